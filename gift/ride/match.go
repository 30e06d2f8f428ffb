package ride

import (
	"cmp"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// Match is a ride that can take somebody along, and how. Of a ride that can in several ways, or on several days, it is
// the one that costs least, then the earliest.
type Match struct {
	ID       ID
	Detour   float64 // km the driver's way becomes longer
	Length   float64 // km of the driver's way without it
	Shared   float64 // km driven together
	In, Out  int     // the legs on which they get in and out, from 0; a seat is taken on these and all between
	Free     int     // seats on the leg that has the fewest of them
	PickUp   geo.Point
	SetDown  geo.Point
	WalkTo   float64   // km the asker walks to PickUp
	WalkFrom float64   // km they walk from SetDown
	Depart   time.Time // of the driver, from the start, in the ride's zone
	Up, Down time.Time // when they are picked up and set down: estimates, see Speed
}

// Cost is what matches are ordered by, in kilometres: the detour, and what the asker walks.
func (m Match) Cost() float64 { return m.Detour + m.WalkTo + m.WalkFrom }

// Share is the detour as a part of the driver's way.
func (m Match) Share() float64 { return m.Detour / m.Length }

// made is the match that an option is on a departure.
func (w *way) made(o option, depart, up, down time.Time) Match {
	return Match{ID: w.id, Detour: o.detour, Length: w.length, Shared: o.shared, In: o.in, Out: o.out,
		PickUp: o.up.at, SetDown: o.down.at, WalkTo: o.up.walk, WalkFrom: o.down.walk, Depart: depart, Up: up, Down: down}
}

// less orders matches: the least cost, the least walk, the earliest, the smallest ID.
func less(a, b *Match) bool {
	return compare(a, b) < 0
}

func compare(a, b *Match) int {
	return cmp.Or(cmp.Compare(a.Cost(), b.Cost()), cmp.Compare(a.WalkTo+a.WalkFrom, b.WalkTo+b.WalkFrom), a.Depart.Compare(b.Depart),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.In, b.In), cmp.Compare(a.Out, b.Out))
}

// Why tells why a ride doesn't match an ask.
type Why uint8

// The reasons, in the order in which they are looked for.
const (
	Matches  Why = iota
	TooFar       // the least detour is more than the driver allows
	Full         // a leg hasn't seats enough
	NotThen      // no departure fits the hours
	Backward     // the way passes by both, but in the other order
)

// Refusal is why a ride can't take somebody along, with the way that was nearest to it.
type Refusal struct {
	Why     Why
	Match           // the nearest there was: least detour; its Depart, Up and Down are those nearest to the hours asked for, or zero
	Allowed float64 // km of detour
	Leg     int     // the leg that is full, from 0
	Wanted  int     // seats
}

// Explain tells whether one ride can take somebody along, and if not, why. An error is in the ride or in the ask.
func Explain(r Ride, a Ask) (m Match, no Refusal, err error) {
	if err := r.Check(); err != nil {
		return m, no, err
	}
	q, err := newQuery(a)
	if err != nil {
		return m, no, err
	}
	w := newWay(r)
	m, ok := w.match(q)
	if ok {
		return m, no, nil
	}
	no.Allowed, no.Wanted = w.allowed, q.Seats
	no.refuse(w, q)
	return m, no, nil
}

// refuse finds the reason: of the options whose detour is allowed the one that comes furthest.
func (no *Refusal) refuse(w *way, q *query) {
	no.Why = TooFar
	first := true
	w.options(q, func(o option) {
		m := w.made(o, time.Time{}, time.Time{}, time.Time{})
		why, leg := TooFar, 0
		if o.detour <= w.allowed+rounding {
			var free int
			if free, leg = w.free(o.in, o.out); free < q.Seats {
				why, m.Free = Full, free
			} else {
				why, m.Free = NotThen, free
				w.nearest(q, o, &m)
			}
		}
		if first || why > no.Why || why == no.Why && m.Cost() < no.Match.Cost() {
			first, no.Why, no.Match, no.Leg = false, why, m, leg
		}
	})
	if no.Why == TooFar && w.backward(q) {
		no.Why = Backward
	}
}

// nearest sets the times of the departure nearest to the hours asked for, within a day.
func (w *way) nearest(q *query, o option, m *Match) {
	lo, hi := time.Unix(min(q.lo, q.hi), 0), time.Unix(max(q.lo, q.hi), 0)
	before, shared := seconds(o.before*w.pace), seconds(o.shared*w.pace)
	best := time.Duration(-1)
	w.leaves.each(lo.Add(-24*time.Hour-before-shared), hi.Add(24*time.Hour), func(t time.Time) {
		up := t.Add(before)
		down := up.Add(shared)
		if off := max(outside(q.Leave, up), outside(q.Arrive, down)); best < 0 || off < best {
			best, m.Depart, m.Up, m.Down = off, t, up, down
		}
	})
}

// outside is by how much a time misses a window.
func outside(w Window, t time.Time) time.Duration {
	if !w.given() {
		return 0
	}
	return max(w.From.Sub(t), t.Sub(w.To), 0)
}

// backward tells whether the way back would take them along.
func (w *way) backward(q *query) bool {
	back := *q
	back.From, back.To = q.To, q.From
	found := false
	w.options(&back, func(o option) { found = found || o.detour <= w.allowed+rounding })
	return found
}

// Exhaustive looks at every ride for every ask. It is slow, and it is the definition that Index is held to; the zero
// value is empty. It isn't safe for concurrent use.
type Exhaustive struct{ ways []*way }

// Add adds a ride, which must not be changed any more; a ride of the same ID is not replaced.
func (x *Exhaustive) Add(r Ride) error {
	if err := r.Check(); err != nil {
		return addError(r.ID, err)
	}
	x.ways = append(x.ways, newWay(r))
	return nil
}

// Match gives the k best matches, best first; all of them when k is 0.
func (x *Exhaustive) Match(a Ask, k int) ([]Match, error) {
	q, err := newQuery(a)
	if err != nil {
		return nil, err
	}
	best := top{k: k}
	for _, w := range x.ways {
		if m, ok := w.match(q); ok {
			best.add(m)
		}
	}
	return best.sorted(), nil
}

// Compare orders matches as Index gives them: the least cost first, then the least walk, the earliest, the smallest ID.
func Compare(a, b Match) int { return compare(&a, &b) }
