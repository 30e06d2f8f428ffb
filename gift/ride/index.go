package ride

import (
	"fmt"
	"math"
	"sync"
	"time"
)

// Index finds the rides that match, without looking at each. The zero value is empty; it is safe for concurrent use.
//
// What is added is found by the next ask. It waits unsorted and is looked through one by one, 20,000 rides in some
// 0.4 ms; Rebuild sorts it in. The index starts no goroutine: whoever adds many rides calls Rebuild when Due says that it
// pays, beside asks and changes if they like.
type Index struct {
	mu         sync.RWMutex
	zones      []*time.Location
	piles      [2]pile // once, weekly
	fresh      map[ID]waiting
	rebuilding bool
	removed    []ID // while rebuilding
	rebuild    sync.Mutex
}

const (
	once     = 0
	weeks    = 1
	maxZones = 256
)

// pile holds the rides of one sort.
type pile struct {
	sorted *tree // nil: none yet
	tail   columns
}

// waiting is where in a tail a ride's entries are.
type waiting struct{ pile, first, n int }

func addError(id ID, err error) error { return fmt.Errorf("adding ride %d: %w", id, err) }

// Add adds a ride, in place of one with the same ID. An error says what is wrong with it, see Ride.Check; the index is
// then as it was.
func (x *Index) Add(r Ride) error {
	if err := r.Check(); err != nil {
		return addError(r.ID, err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	zone, err := x.zone(r.Depart)
	if err != nil {
		return addError(r.ID, err)
	}
	x.remove(r.ID)
	kind, when := once, []uint32(nil)
	if r.Weekly != 0 {
		kind, when = weeks, []uint32{pack(r.Weekly, secondsOfDay(r.Depart))}
	} else {
		for _, t := range r.Departures(time.Unix(0, 0), time.Unix(math.MaxUint32, 0)) {
			when = append(when, uint32(t.Unix()))
		}
	}
	if len(when) == 0 { // every departure is called off
		return nil
	}
	tail := &x.piles[kind].tail
	if x.fresh == nil {
		x.fresh = map[ID]waiting{}
	}
	x.fresh[r.ID] = waiting{kind, tail.len(), len(when)}
	for _, w := range when {
		tail.add(r, w, zone)
	}
	return nil
}

// zone gives the number of a departure's time zone.
func (x *Index) zone(t time.Time) (uint8, error) {
	for i, z := range x.zones {
		if z == t.Location() || sameZone(z, t) {
			return uint8(i), nil
		}
	}
	if len(x.zones) == maxZones {
		return 0, fmt.Errorf("the zone %s: there are %d others already", t.Location(), maxZones)
	}
	x.zones = append(x.zones, t.Location())
	return uint8(len(x.zones) - 1), nil
}

// sameZone tells whether a zone is that of a time, loaded another time: it has the same name, and the same offset each
// month from 1970 to 2106 and at the time.
func sameZone(z *time.Location, t time.Time) bool {
	if z.String() != t.Location().String() {
		return false
	}
	same := func(t time.Time) bool {
		_, a := t.Zone()
		_, b := t.In(z).Zone()
		return a == b
	}
	if fixed(t) && fixed(t.In(z)) {
		return same(t)
	}
	for month := range 12 * 137 {
		if !same(time.Unix(int64(month)*2629800, 0).In(t.Location())) {
			return false
		}
	}
	return same(t)
}

// fixed tells whether a time's zone never changes its offset.
func fixed(t time.Time) bool {
	start, end := t.ZoneBounds()
	return start.IsZero() && end.IsZero()
}

// Remove takes a ride out, and tells whether it was in.
func (x *Index) Remove(id ID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.remove(id)
}

func (x *Index) remove(id ID) (found bool) {
	if w, ok := x.fresh[id]; ok {
		for i := range w.n {
			x.piles[w.pile].tail.dead.set(w.first + i)
		}
		delete(x.fresh, id)
		found = true
	}
	for i := range x.piles {
		found = x.piles[i].bury(id) || found
	}
	if found && x.rebuilding {
		x.removed = append(x.removed, id)
	}
	return found
}

// bury marks the sorted entries of an ID as dead.
func (p *pile) bury(id ID) (found bool) {
	if p.sorted == nil {
		return false
	}
	for _, e := range p.sorted.find(id) {
		p.sorted.dead.set(e)
		found = true
	}
	return found
}

// Len is the number of departures that can be found; a weekly ride is one.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for i := range x.piles {
		p := &x.piles[i]
		n += p.tail.len() - p.tail.dead.n
		if p.sorted != nil {
			n += p.sorted.len() - p.sorted.dead.n
		}
	}
	return n
}

// Match gives the k best matches for an ask, best first; all of them when k is 0. An error is in the ask.
func (x *Index) Match(a Ask, k int) ([]Match, error) {
	q, err := newQuery(a)
	if err != nil {
		return nil, err
	}
	if k < 0 {
		return nil, fmt.Errorf("matching an ask: the %d best: from 0, which is all", k)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := newSearch(q, x.zones, k)
	for i := range x.piles {
		p := &x.piles[i]
		if i == weeks {
			s.weekdays()
		}
		s.scan(&p.tail, 0, p.tail.len())
		if p.sorted != nil {
			s.climb(p.sorted)
		}
	}
	return s.best.sorted(), nil
}
