package whuffie

import (
	"math"
	"slices"
)

// ground is what a walk goes on.
type ground interface {
	key(p uint32) uint64                   // of p's draws
	length(p uint32) float64               // of p's row, C; 0 if every walk ends at p
	follow(p uint32, point float64) uint32 // whom a point of p's row leads to, or none
	base() int                             // lengths are in units of 2^base
}

// track is one walk: the people it met in order, and for each the length of her row at which her draw will move.
type track struct {
	people [Horizon]uint32
	next   [Horizon]float64
	size   int
}

// walk goes on from the last person of the track, for at most limit people in all. Each step is a pure function of the
// walk's seed, the person, her row, and how often the walk met her before.
func (t *track) walk(g ground, seed uint64, limit int) {
	for t.size > 0 {
		p := t.people[t.size-1]
		t.next[t.size-1] = math.Inf(1)
		c := 0.0
		if t.size < limit {
			c = g.length(p)
		}
		if c == 0 {
			return
		}
		point, next := around(draw(seed, g.key(p), t.people[:t.size]), c, g.base())
		t.next[t.size-1] = next
		to := g.follow(p, point)
		if to == none {
			return
		}
		t.people[t.size] = to
		t.size++
	}
}

// draw is the seed of what happens to a walk at the last of the people it met, who has this key.
func draw(seed, key uint64, people []uint32) uint64 {
	s := seed ^ key
	p := people[len(people)-1]
	for _, q := range people {
		if q == p {
			s += 0x8cb92ba72f3d8dd7
		}
	}
	return mix(s)
}

// first says whether position k is the first at which the walk met its person.
func (t *track) first(k int) bool {
	return !slices.Contains(t.people[:k], t.people[k])
}

// met says whether the walk met p among its first k people.
func (t *track) met(p uint32, k int) bool {
	return slices.Contains(t.people[:k], p)
}

// Salts keep draws of different purposes apart.
const (
	saltStart  = 0x6c62272e07bb0142
	saltLength = 0x27d4eb2f165667c5
	saltHarm   = 0x9e6c63d0876a9a47
	viewerWalk = 1 << 40 // walks of viewers are numbered from here
)

// seed is that of walk i.
func (w *World) seed(i uint64) uint64 { return mix(w.seedKey + mix(i)) }

// limit is the largest number of people walk i may meet: 1 + Geom(α), at most the horizon.
func (w *World) limit(seed uint64) int { return w.limitAt(mix(seed ^ saltLength)) }

// limitAt is the largest n with u < α^(n−1), for u in units of 2^-64.
func (w *World) limitAt(u uint64) int {
	n := 1
	for _, p := range w.lengths {
		if u >= p {
			break
		}
		n++
	}
	return n
}

// start is whom, of a circle of n, a walk starts with: the last point ≤ n of a process of its own, rounded up. A circle
// that grows by one takes over 1/(n+1) of the walks and leaves the others.
func (w *World) start(seed uint64, n int) uint32 {
	if n == 1 {
		return 0
	}
	return uint32(math.Ceil(last(mix(seed^saltStart), float64(n), 0))) - 1
}

// A World is ground.

func (w *World) key(p uint32) uint64 { return w.people[p].key }

func (w *World) base() int { return w.stick.base }

func (w *World) length(p uint32) float64 {
	q := &w.people[p]
	if q.organisation || q.gone {
		return 0
	}
	return w.reserves.thanks + q.thanks.mass
}

func (w *World) follow(p uint32, point float64) uint32 {
	r := &w.people[p].thanks
	return r.leads(r.search(point), point, w.stick)
}

// harms calls yield for each person the walk draws a report against: at each person it meets for the first time it draws
// one of her reports, or none. A report counts once a walk, and not once the walk has met whom it is about: so thanking,
// being thanked and inventing friends can't bring harm upon oneself.
func (w *World) harms(t *track, seed uint64, yield func(reporter uint32, report int, about uint32)) {
	var drawn [Horizon]uint32
	n := 0
	for k, p := range t.people[:t.size] {
		q := &w.people[p]
		if q.harm < 0 || q.organisation || !t.first(k) {
			continue
		}
		r := &w.harm[q.harm]
		point := last(mix(seed^q.key^saltHarm), w.reserves.harm+r.mass, w.stick.base)
		i := r.search(point)
		about := r.leads(i, point, w.stick)
		if about == none || t.met(about, k+1) || slices.Contains(drawn[:n], about) {
			continue
		}
		drawn[n] = about
		n++
		yield(p, i, about)
	}
}
