package whuffie

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Why says where somebody's standing comes from. The walks of its Thanks add up, exactly, to those of its Score: Known to
// Score.Known, Seen to the smaller of Score.Seen and Score.Known, those of the Reports to Score.Harm. A share is a count
// of walks over Options.Walks, which is a power of two, so the sums are exact as numbers too.
type Why struct {
	Name    string
	Score   Score
	Walks   int    // walks from each circle
	Thanks  []Flow // most walks first
	Reports []Flow // most walks first
	Paths   []Path // ways from the known circle: the commonest of each length, unless it is rare, then the commonest others, at most five
}

// Flow is one thanks or report, and the walks that reached the person by it.
type Flow struct {
	ID       string // the gift or message it rests on; may be empty
	From     string // who said it
	Time     time.Time
	Strength float64 // as it counted on its day: less for each earlier one of the pair
	Known    int     // walks from the known circle
	Seen     int     // walks from the seen circle that count
}

// Path is a way from somebody of the circle to the person, each step a thanks.
type Path struct {
	People []string // who thanks the next one; the last is the person
	IDs    []string // of the thanks along one walk; an ID may be empty
	Walks  int      // that went by these people
}

const (
	maxPaths = 5
	rarest   = 100 // times rarer than the commonest way is too rare for a way to be told
)

// Explain tells where somebody's standing comes from.
func (w *World) Explain(name string) (Why, error) {
	p := w.names.find(name)
	if p == none {
		return Why{}, fmt.Errorf("explaining %q: %w", name, ErrUnknown)
	}
	why := Why{Name: name, Score: w.score(p), Walks: w.opt.Walks}
	known, seen := w.arrivals(p)
	flows := map[origin]*Flow{}
	for _, a := range known {
		w.flow(flows, a).Known++
	}
	for _, a := range seen[:min(len(known), len(seen))] {
		w.flow(flows, a).Seen++
	}
	why.Thanks = ordered(flows)
	why.Reports = w.explainHarm(p)
	why.Paths = w.commonest(known)
	return why, nil
}

// origin is a mark: whose, and which.
type origin struct {
	from uint32
	mark int
}

// arrival is a walk that meets somebody for the first time.
type arrival struct {
	walk uint32
	pos  int
}

// arrivals lists the walks of each circle that meet p other than by starting with her, in their order.
func (w *World) arrivals(p uint32) (known, seen []arrival) {
	var all []arrival
	for _, v := range w.walks.visits[p] {
		a := arrival{v.walk(), v.pos()}
		t := w.walks.track(a.walk)
		if a.pos > 0 && t.first(a.pos) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b arrival) int { return cmp.Compare(a.walk, b.walk) })
	first, _ := slices.BinarySearchFunc(all, w.walks.n, func(a arrival, n int) int { return cmp.Compare(int(a.walk), n) })
	return all[:first], all[first:]
}

// by is the thanks by which a walk came to position pos.
func (w *World) by(t *track, walk uint32, pos int) origin {
	from := t.people[pos-1]
	s := draw(w.seed(w.walks.number(walk)), w.key(from), t.people[:pos])
	return origin{from, w.people[from].thanks.search(last(s, w.length(from), w.base()))}
}

func (w *World) flow(flows map[origin]*Flow, a arrival) *Flow {
	t := w.walks.track(a.walk)
	o := w.by(&t, a.walk, a.pos)
	f := flows[o]
	if f == nil {
		f = w.tell(o.from, &w.people[o.from].thanks.marks[o.mark])
		flows[o] = f
	}
	return f
}

// tell puts a mark into words.
func (w *World) tell(from uint32, m *mark) *Flow {
	return &Flow{ID: w.idOf(m), From: w.names.get(from), Time: time.Unix(int64(m.time), 0).UTC(), Strength: float64(m.weight)}
}

func (w *World) idOf(m *mark) string {
	if m.id == none {
		return ""
	}
	return w.ids.get(m.id)
}

// ordered puts the flows of most walks first.
func ordered(flows map[origin]*Flow) []Flow {
	keys := slices.SortedFunc(maps.Keys(flows), func(a, b origin) int {
		f, g := flows[a], flows[b]
		return cmp.Or(cmp.Compare(g.Known+g.Seen, f.Known+f.Seen), f.Time.Compare(g.Time),
			cmp.Compare(a.from, b.from), cmp.Compare(a.mark, b.mark))
	})
	list := make([]Flow, len(keys))
	for i, k := range keys {
		list[i] = *flows[k]
	}
	return list
}

// explainHarm tells by which reports walks drew harm against p.
func (w *World) explainHarm(p uint32) []Flow {
	flows := map[origin]*Flow{}
	reporters, _ := w.reportersOf(p)
	for _, r := range reporters {
		for _, i := range w.walksAt(r) {
			if int(i) >= w.walks.n {
				continue
			}
			t := w.walks.track(i)
			w.harms(&t, w.seed(uint64(i)), func(reporter uint32, report int, about uint32) {
				if reporter != r || about != p {
					return
				}
				o := origin{r, report}
				if flows[o] == nil {
					flows[o] = w.tell(r, &w.harm[w.people[r].harm].marks[report])
				}
				flows[o].Known++
			})
		}
	}
	return ordered(flows)
}

// commonest finds ways that most walks went, each with the thanks of its first walk: a straight way says who thanks her, a
// longer one how that reaches the circle.
func (w *World) commonest(arrivals []arrival) []Path {
	type way struct {
		first arrival
		walks int
	}
	ways := map[[Horizon]uint32]way{}
	for _, a := range arrivals {
		t := w.walks.track(a.walk)
		for k := a.pos + 1; k < Horizon; k++ {
			t.people[k] = none
		}
		v, old := ways[t.people]
		if !old {
			v.first = a
		}
		v.walks++
		ways[t.people] = v
	}
	list := make([]way, 0, len(ways))
	for _, v := range ways {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b way) int {
		return cmp.Or(cmp.Compare(b.walks, a.walks), cmp.Compare(a.first.pos, b.first.pos), cmp.Compare(a.first.walk, b.first.walk))
	})
	var lengths [Horizon]bool
	first := func(v way) bool { // of its length
		was := lengths[v.first.pos]
		lengths[v.first.pos] = true
		return !was && v.walks >= list[0].walks/rarest
	}
	var chosen, others []way
	for _, v := range list {
		if first(v) {
			chosen = append(chosen, v)
		} else if len(others) < maxPaths {
			others = append(others, v)
		}
	}
	chosen = append(chosen, others...)
	var paths []Path
	for _, v := range chosen[:min(maxPaths, len(chosen))] {
		paths = append(paths, w.path(v.first, v.walks))
	}
	slices.SortStableFunc(paths, func(a, b Path) int { return cmp.Compare(b.Walks, a.Walks) })
	return paths
}

func (w *World) path(a arrival, walks int) Path {
	t := w.walks.track(a.walk)
	p := Path{Walks: walks}
	for k := range a.pos + 1 {
		p.People = append(p.People, w.names.get(t.people[k]))
		if k > 0 {
			o := w.by(&t, a.walk, k)
			p.IDs = append(p.IDs, w.idOf(&w.people[o.from].thanks.marks[o.mark]))
		}
	}
	return p
}
