package whuffie

import (
	"fmt"
	"iter"
	"math"
	"slices"
)

// Build makes a world of a whole log at once. It equals, bit for bit, a New world to which the events were appended one
// by one, with a Tick before each event that is later than the clock. It stops at the first event that can't be taken.
func Build(o Options, log iter.Seq[Event]) (*World, error) {
	w, err := empty(o)
	if err != nil {
		return nil, err
	}
	if err := w.gather(o.Known, o.Seen); err != nil {
		return nil, err
	}
	b := bulk{World: w, withdrawn: map[uint32]bool{}}
	n := 0
	for e := range log {
		if err := b.take(e); err != nil {
			return nil, fmt.Errorf("event %d: %w", n, err)
		}
		n++
	}
	b.settle()
	w.walkAll()
	return w, nil
}

// bulk takes a log into flat arrays, and sorts them into rows once.
type bulk struct {
	*World
	from      []uint32 // of each mark; none once erased
	marks     []mark   // thanks, with the clock at which they were heard as end, and unfaded
	withdrawn map[uint32]bool
}

func (b *bulk) take(e Event) error {
	if err := e.check(); err != nil {
		return err
	}
	if at, err := seconds(e.Time); err == nil && at > b.clock {
		b.clock = endOfDay(at)
	}
	switch e.Kind {
	case Thanks, Harm:
		from, m, err := b.hear(e)
		if err != nil || from == none {
			return err
		}
		m.end = float64(b.clock)
		if e.Kind == Harm {
			r := b.reports(from, m.to)
			r.marks = append(r.marks, m)
			return nil
		}
		b.from = append(b.from, from)
		b.marks = append(b.marks, m)
		return nil
	case Withdraw:
		if n := b.ids.find(e.ID); n != none {
			b.withdrawn[n] = true
			return nil
		}
		return b.World.Withdraw(e.ID)
	case Forget:
		b.forget(e.From)
	}
	return nil
}

// forget is World.Forget before there are rows and walks. Who was thanked is still told by number until the fading of
// pairs is settled.
func (b *bulk) forget(name string) {
	p := b.names.find(name)
	if p == none {
		return
	}
	for i := range b.marks {
		if b.from[i] == p || b.marks[i].to == p {
			b.negate(&b.marks[i])
			b.eraseIDs(b.marks[i : i+1])
		}
		if b.from[i] == p {
			b.from[i] = none
		}
	}
	for i := range b.harm {
		for j := range b.harm[i].marks {
			b.negate(&b.harm[i].marks[j])
		}
	}
	b.erase(p)
}

// settle gives each person her row, fades the pairs and measures the marks.
func (b *bulk) settle() {
	b.stick.base = b.stick.rebased(b.clock)
	b.setClock(b.clock)
	b.byPerson()
	parallel(len(b.people), 1<<10, func() *pairs { return newPairs(len(b.people)) }, func(ps *pairs, lo, hi int) {
		for p := lo; p < hi; p++ {
			r := &b.people[p].thanks
			ps.fade(r.marks, b.stick)
			b.measure(r, b.opt.Reserve)
		}
	})
	for i := range b.harm {
		b.measure(&b.harm[i], b.opt.HarmReserve)
	}
	b.from, b.marks = nil, nil
}

// negate marks a withdrawn thanks or report as such.
func (b *bulk) negate(m *mark) {
	if b.withdrawn[m.id] {
		m.weight = -abs(m.weight)
	}
}

// byPerson sorts the marks in place into one run a person, in the order heard, and cuts the rows out of it.
func (b *bulk) byPerson() {
	kept := 0
	for i, p := range b.from {
		if p != none {
			b.from[kept], b.marks[kept] = p, b.marks[i]
			kept++
		}
	}
	b.from, b.marks = b.from[:kept], slices.Clip(b.marks[:kept])
	ends := make([]uint32, len(b.people)+1)
	for _, p := range b.from {
		ends[p+1]++
	}
	for p := range b.people {
		ends[p+1] += ends[p]
		b.people[p].thanks.marks = b.marks[ends[p]:ends[p+1]:ends[p+1]]
	}
	place := b.from // where each mark goes
	for i, p := range b.from {
		place[i] = ends[p]
		ends[p]++
	}
	for i := range place {
		for place[i] != uint32(i) {
			j := place[i]
			b.marks[i], b.marks[j] = b.marks[j], b.marks[i]
			place[i], place[j] = place[j], place[i]
		}
	}
}

// measure gives the marks of a row their ends; until then the end holds the clock.
func (b *bulk) measure(r *row, reserve float64) {
	for i := range r.marks {
		m := &r.marks[i]
		b.negate(m)
		if m.to != none && b.people[m.to].gone {
			m.to = none
		}
		r.mass += b.stick.mass(float64(abs(m.weight)), m.time)
		m.end = b.stick.mass(reserve, uint32(m.end)) + r.mass
	}
}

func abs(w float32) float32 { return float32(math.Abs(float64(w))) }

// pairs counts, along a row, how often each person was thanked before.
type pairs struct {
	latest []int32 // of each person: the index of the latest mark for her; −1 when there is none
	before []int32 // of each mark of the row: the one before for the same person
}

func newPairs(people int) *pairs {
	p := &pairs{latest: make([]int32, people)}
	for i := range p.latest {
		p.latest[i] = -1
	}
	return p
}

// fade halves each mark's weight once for each earlier one of the same pair within a half-life, as row.earlier does.
func (p *pairs) fade(marks []mark, y yardstick) {
	p.before = slices.Grow(p.before[:0], len(marks))[:len(marks)]
	for i := range marks {
		m := &marks[i]
		p.before[i], p.latest[m.to] = p.latest[m.to], int32(i)
		n := 0
		for j := p.before[i]; j >= 0 && n < maxFade; j = p.before[j] {
			if y.near(marks[j].time, m.time) {
				n++
			}
		}
		m.weight = faded(m.weight, n)
	}
	for i := range marks {
		p.latest[marks[i].to] = -1
	}
}
