package whuffie

import "slices"

// walks are all walks of a world and who is met by them: walk i < n starts in the known circle, walk n+i in the seen one.
//
// For each person there is the list of the visits she gets, and for each visit the row length at which its draw moves.
// When a row grows, the visits that the new length has passed walk on anew; no other walk can change, since each step is a
// pure function of the walk, the person and her row.
type walks struct {
	n      int
	off    []uint32  // walk i may use path[off[i]:off[i+1]]: as many steps as it may meet people
	path   []step    // in order
	size   []uint8   // people walk i met
	visits [][]visit // of each person
	tallies
}

type step struct {
	person uint32
	at     uint32 // index in the person's visits
}

// visit is one time that a walk meets somebody.
type visit struct {
	next  float32 // the length of her row at which the draw moves, or a little less
	place uint32  // the walk, and the position in it
}

func (v visit) walk() uint32 { return v.place / Horizon }
func (v visit) pos() int     { return int(v.place % Horizon) }

func visitAt(next float32, walk uint32, pos int) visit {
	return visit{next, walk*Horizon + uint32(pos)}
}

// tallies count walks: met[c] those of circle c that met each person other than by starting with her, harmed those of the
// known circle that drew a report against her.
type tallies struct {
	met    [2]count
	harmed count
}

// count is a number for each person; beyond its end all are 0.
type count []uint32

func (c count) of(p uint32) uint32 {
	if int(p) >= len(c) {
		return 0
	}
	return c[p]
}

func (c *count) add(p uint32, n uint32) {
	if int(p) >= len(*c) {
		*c = append(*c, make(count, int(p)+1-len(*c))...)
	}
	(*c)[p] += n
}

// meet makes room for people up to n.
func (ws *walks) meet(n int) {
	for len(ws.visits) < n {
		ws.visits = append(ws.visits, nil)
	}
}

// shift rescales the row lengths by 2^-by.
func (ws *walks) shift(by int) {
	for _, list := range ws.visits {
		for i := range list {
			list[i].next = floor32(scale(float64(list[i].next), -by))
		}
	}
}

// number is the one by which walk i is hashed: walks of the second circle are numbered on from the largest first one.
func (ws *walks) number(i uint32) uint64 {
	if int(i) >= ws.n {
		return maxWalks + uint64(i) - uint64(ws.n)
	}
	return uint64(i)
}

// track reads walk i, without its next lengths.
func (ws *walks) track(i uint32) (t track) {
	t.size = int(ws.size[i])
	for k, s := range ws.path[ws.off[i]:][:t.size] {
		t.people[k] = s.person
	}
	return t
}

// circle is the one in which walk i starts.
func (ws *walks) circle(i uint32) int {
	if int(i) >= ws.n {
		return 1
	}
	return 0
}

// count adds what walk i meets and draws to the tallies, sign times.
func (w *World) count(i uint32, t *track, sign int) {
	to := &w.walks.tallies
	circle := w.walks.circle(i)
	met := &to.met[circle]
	for k := 1; k < t.size; k++ {
		if t.first(k) {
			met.add(t.people[k], uint32(sign))
		}
	}
	if circle == 0 && len(w.harm) > 0 {
		w.harms(t, w.seed(w.walks.number(i)), func(_ uint32, _ int, about uint32) { to.harmed.add(about, uint32(sign)) })
	}
}

// tally counts some walks, or discounts them.
func (w *World) tally(list []uint32, sign int) {
	for _, i := range list {
		t := w.walks.track(i)
		w.count(i, &t, sign)
	}
}

// walksAt lists the walks that met p, each once.
func (w *World) walksAt(p uint32) []uint32 {
	var list []uint32
	for _, v := range w.walks.visits[p] {
		t := w.walks.track(v.walk())
		if t.first(v.pos()) {
			list = append(list, v.walk())
		}
	}
	return list
}

// recheck walks anew from p wherever p's row has outgrown a draw.
func (w *World) recheck(p uint32) {
	c := w.length(p)
	if c == 0 {
		return
	}
	var outgrown []visit
	for _, v := range w.walks.visits[p] {
		if float64(v.next) <= c {
			outgrown = append(outgrown, v)
		}
	}
	for _, v := range outgrown {
		if now := w.walks.visit(p, v); now != nil && float64(now.next) <= c {
			w.rewalk(v.walk(), v.pos()+1)
		}
	}
}

func (w *World) recheckAll() {
	for p := range w.walks.visits {
		w.recheck(uint32(p))
	}
}

// redraw walks anew from p wherever p's row leads elsewhere than it did, though it hasn't grown.
func (w *World) redraw(p uint32) {
	for _, v := range slices.Clone(w.walks.visits[p]) {
		if w.walks.visit(p, v) != nil && w.astray(p, v) {
			w.rewalk(v.walk(), v.pos()+1)
		}
	}
}

// astray says whether a walk goes on from p to somebody to whom p's row doesn't lead.
func (w *World) astray(p uint32, v visit) bool {
	t := w.walks.track(v.walk())
	k := v.pos()
	if k+1 == t.size {
		return false
	}
	c := w.length(p)
	if c == 0 {
		return true
	}
	s := draw(w.seed(w.walks.number(v.walk())), w.key(p), t.people[:k+1])
	return w.follow(p, last(s, c, w.base())) != t.people[k+1]
}

// visit finds a visit of p again, if the walk still meets p there.
func (ws *walks) visit(p uint32, v visit) *visit {
	walk, pos := v.walk(), v.pos()
	if pos >= int(ws.size[walk]) {
		return nil
	}
	s := ws.path[int(ws.off[walk])+pos]
	if s.person != p {
		return nil
	}
	return &ws.visits[p][s.at]
}

// recountHarm counts anew what all walks draw: every draw of a report depends on the clock.
func (w *World) recountHarm() {
	ws := &w.walks
	if len(w.harm) == 0 {
		return
	}
	ws.harmed = nil
	for _, sums := range parallel(ws.n, 1<<14, func() *count { return new(count) }, func(sums *count, lo, hi int) {
		for i := lo; i < hi; i++ {
			t := ws.track(uint32(i))
			w.harms(&t, w.seed(uint64(i)), func(_ uint32, _ int, about uint32) { sums.add(about, 1) })
		}
	}) {
		ws.harmed.sum(*sums)
	}
}

// rewalk keeps the first `keep` people of walk i and walks on from there.
func (w *World) rewalk(i uint32, keep int) {
	ws := &w.walks
	t := ws.track(i)
	w.count(i, &t, -1)
	path := ws.path[ws.off[i]:ws.off[i+1]]
	for k := keep; k < t.size; k++ {
		ws.leave(path[k])
	}
	t.size = keep
	t.walk(w, w.seed(ws.number(i)), len(path))
	ws.size[i] = uint8(t.size)
	if keep > 0 {
		ws.visits[path[keep-1].person][path[keep-1].at].next = floor32(t.next[keep-1])
	}
	for k := keep; k < t.size; k++ {
		p := t.people[k]
		path[k] = step{p, uint32(len(ws.visits[p]))}
		ws.visits[p] = append(ws.visits[p], visitAt(floor32(t.next[k]), i, k))
	}
	w.count(i, &t, +1)
}

// leave removes one visit; the last of the person's list takes its place.
func (ws *walks) leave(s step) {
	list := ws.visits[s.person]
	end := list[len(list)-1]
	list[s.at] = end
	ws.path[int(ws.off[end.walk()])+end.pos()].at = s.at
	ws.visits[s.person] = list[:len(list)-1]
}
