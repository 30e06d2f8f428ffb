package road

import (
	"fmt"
	"math"
	"slices"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
)

// Rides are rides on a map. Asks may come from several goroutines at once, but not while a ride is added.
type Rides struct {
	m    *Map
	list []placed
}

// NewRides is an empty set of rides on a map.
func NewRides(m *Map) *Rides { return &Rides{m: m} }

// placed is a ride on the map.
type placed struct {
	ride.Ride
	at     []int32
	legs   []float64 // km
	length float64   // km
}

// rounding is how much two computed lengths may differ that are the same, in km.
const rounding = 1e-6

// Add adds a ride and finds its way, stop by stop. An error is in the ride, or a point of it is too far from any road.
func (x *Rides) Add(r ride.Ride) error {
	if err := r.Check(); err != nil {
		return fmt.Errorf("adding ride %d: %w", r.ID, err)
	}
	one := placed{Ride: r}
	one.Path = nil
	for i, p := range r.Path {
		v, err := x.m.near(p)
		if err != nil {
			return fmt.Errorf("adding ride %d: point %d: %w", r.ID, i+1, err)
		}
		one.at, one.Path = append(one.at, v), append(one.Path, kept(p))
		if i > 0 {
			km := x.m.length(one.at[i-1], v)
			one.legs = append(one.legs, km)
			one.length += km
		}
	}
	if one.length == 0 {
		return fmt.Errorf("adding ride %d: a way of no length: the same crossing is nearest to all of its points", r.ID)
	}
	x.list = append(x.list, one)
	return nil
}

// kept is a point as package ride keeps it.
func kept(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1e7) / 1e7, Lon: math.Round(p.Lon*1e7) / 1e7}
}

// Match gives the k best matches for an ask, best first; all when k is 0. looked is for how many rides the landmarks
// couldn't exclude a match.
func (x *Rides) Match(a ride.Ask, k int) (found []ride.Match, looked int, err error) {
	if err := a.Check(); err != nil {
		return nil, 0, fmt.Errorf("matching an ask: %w", err)
	}
	s, err := x.search(a)
	if err != nil {
		return nil, 0, err
	}
	for i := range x.list {
		if !s.possible(&x.list[i]) {
			continue
		}
		looked++
		s.one = &x.list[i]
		m, ok, err := ride.MatchBy(s.one.Ride, a, s)
		if err != nil {
			return nil, looked, err
		}
		if ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, ride.Compare)
	if k > 0 && len(found) > k {
		found = found[:k]
	}
	return found, looked, nil
}

// search is one ask on the map. It is the metric by which a ride is matched, and makes each search when it is first
// needed: rides without stops need one back from o and one on from d.
type search struct {
	m                          *Map
	o, d                       int32
	from, to                   geo.Point
	walks                      bool
	direct                     float64 // km from o to d
	toFrom, onFrom, toTo, onTo []float64
	one                        *placed
}

func (x *Rides) search(a ride.Ask) (*search, error) {
	s := &search{m: x.m, from: kept(a.From), to: kept(a.To), walks: a.Walk > 0}
	var err error
	if s.o, err = x.m.near(s.from); err != nil {
		return nil, fmt.Errorf("matching an ask: from: %w", err)
	}
	if s.d, err = x.m.near(s.to); err != nil {
		return nil, fmt.Errorf("matching an ask: to: %w", err)
	}
	s.direct = x.m.length(s.o, s.d)
	return s, nil
}

// possible is the two-point bound with the landmarks' lengths. What is walked needn't follow roads, so that with a walk
// nothing can be said.
func (s *search) possible(r *placed) bool {
	if s.walks {
		return true
	}
	allowed := ride.DefaultDetour
	if r.Allowed != nil {
		allowed = *r.Allowed
	}
	least := s.m.least(r.at[0], s.o) + s.direct + s.m.least(s.d, r.at[len(r.at)-1]) - r.length
	return least <= allowed.Of(r.length)+2*rounding
}

// Km is the length by road between two of the points that matter: the ride's, o and d.
func (s *search) Km(from, to geo.Point) float64 {
	for i := range s.one.legsOf() {
		if s.one.Path[i] == from && s.one.Path[i+1] == to {
			return s.one.legs[i]
		}
	}
	switch {
	case from == s.from && to == s.to:
		return s.direct
	case to == s.from:
		return once(&s.toFrom, &s.m.in, s.o)[s.where(from)]
	case from == s.to:
		return once(&s.onTo, &s.m.out, s.d)[s.where(to)]
	case from == s.from:
		return once(&s.onFrom, &s.m.out, s.o)[s.where(to)]
	case to == s.to:
		return once(&s.toTo, &s.m.in, s.d)[s.where(from)]
	}
	return s.m.length(s.where(from), s.where(to))
}

func (r *placed) legsOf() []float64 {
	if r == nil {
		return nil
	}
	return r.legs
}

// once makes a search the first time.
func once(km *[]float64, a *arcs, v int32) []float64 {
	if *km == nil {
		*km = a.lengths(v)
	}
	return *km
}

// where is the point of the network of a point that matters.
func (s *search) where(p geo.Point) int32 {
	for i, q := range s.one.Path {
		if p == q {
			return s.one.at[i]
		}
	}
	if p == s.from {
		return s.o
	}
	return s.d
}
