// Package ride finds the rides that can take somebody along, exactly: every ride whose driver may make the detour, and
// none else.
//
//	var rides ride.Index
//	rides.Add(ride.Ride{ID: 1, Path: []geo.Point{voiron, grenoble}, Depart: tuesday8, Weekly: ride.On(time.Tuesday), Seats: 3})
//	found, err := rides.Match(ride.Ask{From: moirans, To: grenoble, Leave: ride.Around(tuesday8, 15*time.Minute)}, 10)
//	fmt.Println(found[0].Sentence(ride.English))
//
// A driver goes from point to point, w0, w1, … wn, a length L. Taking somebody from o to d, in this order, each on a leg
// of the way, makes the way longer by the detour. A ride matches when the detour is at most what its driver allows, seats
// are free on each leg that is shared, and the hours fit. Lengths are great circles; see package road for real roads.
//
// For a way without stops the detour is |w0 o| + |o d| + |d wn| − L. With stops the same expression is a lower bound, by
// the triangle inequality, so that it leaves nothing out that matches; then every pair of legs i ≤ j is tried.
// Exhaustive does this for each ride in turn and is the definition; Index gives the same answers some thousand times
// sooner, and a test holds it to them.
package ride

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// ID names a ride; it is the caller's.
type ID uint64

// Ride is what a driver offers. Its times are kept to the second, from 1970 to 2105, its points to 10⁻⁷ degree, about a
// centimetre.
type Ride struct {
	ID     ID
	Path   []geo.Point // the start, stops if any, the end: at least two
	Depart time.Time   // from the start; its location is the ride's time zone

	// A ride that happens more than once has Dates, further departures (a rule of RFC 5545 that the caller has worked
	// out, say), or Weekly: each week on these days, at Depart's time of day in its zone, from Depart's day on.
	Dates  []time.Time
	Weekly Weekdays
	Until  time.Time   // the last day of Weekly, in Depart's zone; zero: for ever
	Except []time.Time // departures that don't happen

	Seats    int           // free on every leg
	LegSeats []int         // free on each leg, if it isn't the same: one less than there are points
	Duration time.Duration // of the way without a detour; 0: at Speed
	Allowed  *Detour       // nil: DefaultDetour
}

// Speed in kilometres of great circle an hour, of a ride that doesn't say how long it takes.
const Speed = 75

// MaxSeats is the most seats a ride can offer.
const MaxSeats = 255

// Detour is how much longer a driver lets their way become: Km plus Share of the length, at most Max km.
type Detour struct {
	Km, Share, Max float64
}

// DefaultDetour is 2 km and 15 % of the length, at most 20 km.
var DefaultDetour = Detour{Km: 2, Share: .15, Max: 20}

// Of is what is allowed on a way of some length in kilometres.
func (d Detour) Of(length float64) float64 { return min(d.Km+d.Share*length, d.Max) }

func (d Detour) check() error {
	for _, v := range []float64{d.Km, d.Share, d.Max} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return fmt.Errorf("a detour of %v km and %v of the length, at most %v km: none of them can be negative, infinite or NaN", d.Km, d.Share, d.Max)
		}
	}
	return nil
}

// Check tells what is wrong with a ride; nil when it can be added.
func (r Ride) Check() error {
	if len(r.Path) < 2 {
		return fmt.Errorf("a way of %d points: it needs a start and an end", len(r.Path))
	}
	for i, p := range r.Path {
		if !p.Known() {
			return fmt.Errorf("point %d of the way, %v, isn't on the earth: latitude within ±90, longitude within ±180 degrees", i+1, p)
		}
	}
	if r.Seats < 0 || r.Seats > MaxSeats {
		return fmt.Errorf("%d seats: from 0 to %d", r.Seats, MaxSeats)
	}
	if r.LegSeats != nil && len(r.LegSeats) != len(r.Path)-1 {
		return fmt.Errorf("seats for %d legs, but the way has %d", len(r.LegSeats), len(r.Path)-1)
	}
	for _, n := range r.LegSeats {
		if n < 0 || n > MaxSeats {
			return fmt.Errorf("%d seats on a leg: from 0 to %d", n, MaxSeats)
		}
	}
	if r.Allowed != nil {
		if err := r.Allowed.check(); err != nil {
			return err
		}
	}
	return errors.Join(r.checkTimes(), r.checkLength())
}

func (r Ride) checkLength() error {
	km := 0.0
	for i := range r.Path[1:] {
		km += keep(r.Path[i]).point().Km(keep(r.Path[i+1]).point())
	}
	if km == 0 {
		return errors.New("a way of no length: its start is its end")
	}
	return nil
}

func (r Ride) checkTimes() error {
	for _, t := range append([]time.Time{r.Depart}, r.Dates...) {
		if !countable(t) {
			return fmt.Errorf("a departure on %s: from 1970 to 2105", t.Format(time.DateTime))
		}
	}
	switch {
	case r.Duration < 0 || r.Duration > 7*24*time.Hour:
		return fmt.Errorf("a way of %v: from 0 to a week", r.Duration)
	case r.Weekly != 0 && r.Dates != nil:
		return errors.New("both weekly and on dates: it can be one of them")
	case r.Weekly == 0 && !r.Until.IsZero():
		return errors.New("until a day, but not weekly")
	case r.Weekly > 127:
		return fmt.Errorf("weekdays %b: there are seven", r.Weekly)
	case !r.Until.IsZero() && dayOf(r.Until.In(r.Depart.Location())) < dayOf(r.Depart):
		return errors.New("until a day before the first departure")
	case !r.Until.IsZero() && !countable(r.Until):
		return fmt.Errorf("until %s: from 1970 to 2105", r.Until.Format(time.DateOnly))
	}
	return nil
}

// countable tells whether a time fits in 32 bits, with days to spare at both ends.
func countable(t time.Time) bool {
	return t.Unix() >= 2*86400 && t.Year() < 2106
}

// spot is a point in 10⁻⁷ degrees, as it is kept.
type spot struct{ lat, lon int32 }

const perDegree = 1e7

func keep(p geo.Point) spot {
	return spot{int32(math.Round(p.Lat * perDegree)), int32(math.Round(p.Lon * perDegree))}
}

func (s spot) point() geo.Point {
	return geo.Point{Lat: float64(s.lat) / perDegree, Lon: float64(s.lon) / perDegree}
}
