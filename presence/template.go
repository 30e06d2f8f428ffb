package presence

import (
	"cmp"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/conversation/speech"
)

// A text that went, nearly word for word, to this many threads is a template.
const templateThreads = 3

// copies marks the organisation's copies: messages of which [Options]' likeness
// (Jaccard of three-word shingles, names and numbers blanked) is found in
// templateThreads threads or more. Candidates come from locality-sensitive
// hashing of MinHash sketches (Broder 1997; Leskovec, Rajaraman & Ullman ch. 3):
// of those that share a band, each is compared exactly with the one of the lowest
// rank, the band's head, and joined to it if alike.
type copies struct {
	r    *facts
	own  []sketched
	keep bool // of each message its shingles: texts can't be asked for
	join forest
	slot []int32 // by message, when some can change: one past its slot; 0: none
	free []int32 // slots of messages that are no longer the organisation's

	gone, come, same []int32 // slots that wait for settle

	compared map[[2]uint64]bool // by two sets' hashes: alike; while clusters are looked for
}

// sketched is a message with its bands.
type sketched struct {
	message int32 // -1: none
	heads   uint16
	set     uint64 // a hash of its shingles: equal sets needn't be compared
	keys    [reading.Bands]uint32
	words   []uint64 // its shingles, where texts can't be asked for
}

// sketch is what is compared of a message; none if it can be no copy.
func (c *copies) sketch(i int32, row *reading.Row) sketched {
	if len(row.Shingles) == 0 {
		return none
	}
	s := sketched{message: i, set: row.Set, keys: row.Keys}
	if c.keep {
		s.words = row.Shingles
	}
	return s
}

var none = sketched{message: -1}

// again finds all clusters of the messages it holds.
func (c *copies) again(changed func(message int32)) {
	c.join = newForest(len(c.own))
	c.compared = map[[2]uint64]bool{}
	defer func() { c.compared = nil }()
	every := make([]int32, 0, len(c.own))
	for k := range c.own {
		if c.own[k].message >= 0 {
			every = append(every, int32(k))
		}
	}
	c.group(every, true)
	c.mark(every, changed)
}

// group joins the messages of some slots, which stand alone, to the heads of
// their bands. It finds the heads anew when these are all there are; else a band
// whose head isn't among them is left out.
func (c *copies) group(slots []int32, heads bool) {
	order := slices.Clone(slots)
	for b := range reading.Bands {
		slices.SortFunc(order, func(x, y int32) int {
			if p, q := c.own[x].keys[b], c.own[y].keys[b]; p != q {
				return cmp.Compare(p, q)
			}
			return c.byRank(x, y)
		})
		for from := 0; from < len(order); {
			to := from + 1
			for to < len(order) && c.own[order[to]].keys[b] == c.own[order[from]].keys[b] {
				to++
			}
			if heads {
				c.lead(order[from:to], b)
			}
			if c.own[order[from]].heads&(1<<b) != 0 {
				c.follow(order[from], order[from+1:to])
			}
			from = to
		}
	}
}

func (c *copies) byRank(x, y int32) int {
	return cmp.Compare(c.r.log.Rank(int(c.own[x].message)), c.r.log.Rank(int(c.own[y].message)))
}

// lead makes the first of those that share band b its head.
func (c *copies) lead(sharing []int32, b int) {
	for k, s := range sharing {
		c.own[s].heads &^= 1 << b
		if k == 0 {
			c.own[s].heads |= 1 << b
		}
	}
}

// follow joins to a head those that are alike.
func (c *copies) follow(head int32, others []int32) {
	var first, other []uint64
	for _, k := range others {
		if c.join.root(k) == c.join.root(head) {
			continue
		}
		x, y := c.own[head].set, c.own[k].set
		alike, known := c.compared[[2]uint64{x, y}]
		switch {
		case x == y:
			alike = true
		case !known:
			if first == nil {
				first = c.shingles(nil, head)
			}
			other = c.shingles(other, k)
			alike = prose.Jaccard(first, other) >= c.r.par.TemplateJaccard
			c.compared[[2]uint64{x, y}] = alike
		}
		if alike {
			c.join.join(k, head)
		}
	}
}

// shingles are those of a slot's message; they may be written to dst.
func (c *copies) shingles(dst []uint64, slot int32) []uint64 {
	if c.keep {
		return c.own[slot].words
	}
	return prose.Shingles(dst[:0], c.r.log.Text(int(c.own[slot].message)))
}

// mark marks the copies among some slots, whole clusters of them, and tells
// which messages are no longer what they were.
func (c *copies) mark(slots []int32, changed func(message int32)) {
	threads := map[int32]map[int]bool{}
	for _, k := range slots {
		root := c.join.root(k)
		if threads[root] == nil {
			threads[root] = map[int]bool{}
		}
		if t := threads[root]; len(t) < templateThreads {
			t[c.r.at(c.own[k].message).Thread] = true
		}
	}
	for _, k := range slots {
		i := c.own[k].message
		is := len(threads[c.join.root(k)]) >= templateThreads
		if is != (c.r.flags[i]&copied != 0) {
			c.r.flags[i] ^= copied
			changed(i)
		}
	}
}

// at is the slot of a message.
func (c *copies) at(i int32) (slot int32, there bool) {
	for int(i) >= len(c.slot) {
		c.slot = append(c.slot, 0)
	}
	return c.slot[i] - 1, c.slot[i] > 0
}

// put takes the sketch of a message that changed; none if it can be no copy.
func (c *copies) put(i int32, s sketched) {
	k, there := c.at(i)
	switch {
	case there && s.message >= 0 && c.own[k].set == s.set:
		c.same = append(c.same, k)
		return
	case there:
		c.gone = append(c.gone, k)
		c.slot[i] = 0
	}
	if s.message >= 0 {
		c.come = append(c.come, c.take(s))
	}
}

// settle finds the clusters of what changed, and tells which messages are copies
// now and were none, or were and are none.
func (c *copies) settle(changed func(message int32)) {
	gone, come, same := c.gone, c.come, c.same
	c.gone, c.come, c.same = nil, nil, nil
	left := map[int32]bool{}
	for _, k := range gone {
		left[k] = true
	}
	come = slices.DeleteFunc(come, func(k int32) bool { return left[k] })
	same = slices.DeleteFunc(same, func(k int32) bool { return left[k] })
	if len(come) > len(c.own)/4 {
		for _, k := range gone {
			c.drop(k)
		}
		c.again(changed)
		return
	}
	c.compared = map[[2]uint64]bool{}
	defer func() { c.compared = nil }()
	keys := c.share(gone, come)
	again := c.clusters(keys, gone, come, same)
	for _, k := range gone {
		c.drop(k)
	}
	for at, sharing := range keys {
		sharing = slices.DeleteFunc(sharing, func(k int32) bool { return c.own[k].message < 0 })
		slices.SortFunc(sharing, c.byRank)
		c.lead(sharing, int(at>>32))
		keys[at] = sharing
	}
	again = slices.DeleteFunc(again, func(k int32) bool { return c.own[k].message < 0 })
	if len(gone) > 0 || c.leads(keys, come) {
		for _, k := range again {
			c.join[k] = k
		}
		c.group(again, false)
	} else {
		for _, k := range come {
			for b, key := range c.own[k].keys {
				c.follow(keys[band(b, key)][0], []int32{k})
			}
		}
	}
	c.mark(again, changed)
}

// leads says whether one of those who come is the head of a band that was
// another's.
func (c *copies) leads(keys map[uint64][]int32, come []int32) bool {
	for _, k := range come {
		for b, key := range c.own[k].keys {
			if sharing := keys[band(b, key)]; sharing[0] == k && len(sharing) > 1 {
				return true
			}
		}
	}
	return false
}

func band(b int, key uint32) uint64 { return uint64(b)<<32 | uint64(key) }

// take gives a sketched message a slot of its own.
func (c *copies) take(s sketched) int32 {
	if n := len(c.free); n > 0 {
		k := c.free[n-1]
		c.free = c.free[:n-1]
		c.own[k], c.join[k], c.slot[s.message] = s, k, k+1
		return k
	}
	k := int32(len(c.own))
	c.own, c.join = append(c.own, s), append(c.join, k)
	c.slot[s.message] = k + 1
	return k
}

// drop frees a slot.
func (c *copies) drop(k int32) {
	c.own[k] = none
	c.join[k] = k
	c.free = append(c.free, k)
}

// share lists who shares each band of some slots.
func (c *copies) share(slots ...[]int32) map[uint64][]int32 {
	keys := map[uint64][]int32{}
	var few [1 << 10]uint64 // a bit for the bands that are looked for
	for _, k := range slices.Concat(slots...) {
		for b, key := range c.own[k].keys {
			keys[band(b, key)] = nil
			h := uint16(key ^ uint32(b))
			few[h>>6] |= 1 << (h & 63)
		}
	}
	if len(keys) == 0 {
		return keys
	}
	for k := range c.own {
		s := &c.own[k]
		if s.message < 0 {
			continue
		}
		for b, key := range s.keys {
			if h := uint16(key ^ uint32(b)); few[h>>6]&(1<<(h&63)) != 0 {
				if sharing, wanted := keys[band(b, key)]; wanted {
					keys[band(b, key)] = append(sharing, int32(k))
				}
			}
		}
	}
	return keys
}

// clusters lists whole clusters: those of some slots, and of all who share a
// band with them.
func (c *copies) clusters(keys map[uint64][]int32, some ...[]int32) (slots []int32) {
	roots := map[int32]bool{}
	for _, k := range slices.Concat(some...) {
		roots[c.join.root(k)] = true
	}
	for _, sharing := range keys {
		for _, k := range sharing {
			roots[c.join.root(k)] = true
		}
	}
	if len(roots) == 0 {
		return nil
	}
	for k := range c.own {
		if c.own[k].message >= 0 && roots[c.join.root(int32(k))] {
			slots = append(slots, int32(k))
		}
	}
	return slots
}

// forest is a union-find.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) root(i int32) int32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	f[max(a, b)] = min(a, b)
}

// paste counts message i among its author's copies, or out again.
func (r *facts) paste(i int32, by int) {
	e := r.at(i)
	if e.Author >= 0 && e.Side == conversation.Organisation && (e.Bot || r.flags[i]&copied != 0 || r.acts[i].Has(speech.Automatic)) {
		r.people[e.Author].pasted += int32(by)
	}
}

// robot says whether an account of the organisation is an undeclared bot: nine
// messages in ten, of twenty or more, are copies or say they are automatic.
func (a *account) robot() bool { return a.spoke >= 20 && a.pasted*10 >= a.spoke*9 }
