package tally

import (
	"fmt"
	"github.com/entregent/entregent/gift/board"
	"time"
)

// Trip is one person's journey in one car.
type Trip struct {
	Person board.PersonID
	Car    string    // the ride: two passengers of one ride are one trip of its driver
	Start  time.Time // in the zone of departure, which says the day
	Km     float64
}

// The register's rules against invented rides.
const (
	TripsADay = 4
	LeastKm   = 2.0
	Apart     = 30 * time.Minute // between two departures of one person
)

// Unregistered is a trip that breaks a rule of the register.
type Unregistered struct {
	Rule   string // a-day, short, apart
	Person board.PersonID
	Trip   Trip
}

// Error says which rule.
func (e *Unregistered) Error() string {
	return fmt.Sprintf("the ride of %s at %s doesn't count: %s", e.Person, e.Trip.Start.Format(time.RFC3339), map[string]string{
		"a-day": "more than 4 that day", "short": "less than 2 km", "apart": "within 30 minutes of another"}[e.Rule])
}

// Register keeps the trips that count. The zero value is empty.
type Register struct{ trips map[board.PersonID][]Trip }

// Add enters the trips of one ride, all or none; the first rule that is broken
// is the error. A ride over midnight belongs to the day it departs.
func (r *Register) Add(trips ...Trip) error {
	for _, t := range trips {
		if err := r.check(t); err != nil {
			return err
		}
	}
	if r.trips == nil {
		r.trips = map[board.PersonID][]Trip{}
	}
	for _, t := range trips {
		if !r.has(t) {
			r.trips[t.Person] = append(r.trips[t.Person], t)
		}
	}
	return nil
}

func (r *Register) has(t Trip) bool {
	for _, o := range r.trips[t.Person] {
		if o.Car == t.Car && o.Start.Equal(t.Start) {
			return true
		}
	}
	return false
}

func (r *Register) check(t Trip) error {
	if !(t.Km >= LeastKm) {
		return &Unregistered{"short", t.Person, t}
	}
	if r.has(t) {
		return nil
	}
	day, n := t.Start.Format(time.DateOnly), 1
	for _, o := range r.trips[t.Person] {
		if d := o.Start.Sub(t.Start); o.Car != t.Car && d < Apart && d > -Apart {
			return &Unregistered{"apart", t.Person, t}
		}
		if o.Start.Format(time.DateOnly) == day {
			n++
		}
	}
	if n > TripsADay {
		return &Unregistered{"a-day", t.Person, t}
	}
	return nil
}

// trips are the driver's and the passenger's journeys of a kept ride; their
// length is that of the passenger's part, along its stops.
func trips(c *board.Chain, p *board.Promise) []Trip {
	km := 0.0
	for i := p.From; i < p.To && i+1 < len(c.Post.Stops); i++ {
		km += c.Post.Stops[i].At.Km(c.Post.Stops[i+1].At)
	}
	start := p.Start
	if c.Post.Zone != nil {
		start = start.In(c.Post.Zone)
	}
	car := string(c.Post.ID)
	if len(p.Occurrences) > 0 {
		car += " " + p.Occurrences[0]
	}
	return []Trip{{c.Post.Author, car, start, km}, {p.Person, car, start, km}}
}
