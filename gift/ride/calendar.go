package ride

import (
	"slices"
	"time"
)

// Weekdays are days of the week, a bit each: 1<<time.Sunday to 1<<time.Saturday.
type Weekdays uint8

// On is the weekdays given.
func On(days ...time.Weekday) (w Weekdays) {
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

// Has tells whether d is among the days.
func (w Weekdays) Has(d time.Weekday) bool { return w>>d&1 == 1 }

// Departures gives the moments from and to, both included, at which a ride leaves, in order, in its own zone. At a
// change of hour 08:00 stays 08:00; a time of day that doesn't exist on a day is that much later (02:30 is 03:30), one
// that comes twice is the first.
func (r Ride) Departures(from, to time.Time) []time.Time {
	var list []time.Time
	take := func(t time.Time) {
		t = t.Truncate(time.Second)
		same := func(e time.Time) bool { return e.Unix() == t.Unix() }
		if !t.Before(from) && !t.After(to) && !slices.ContainsFunc(r.Except, same) && !slices.ContainsFunc(list, same) {
			list = append(list, t.In(r.Depart.Location()))
		}
	}
	if r.Weekly == 0 {
		take(r.Depart)
		for _, t := range r.Dates {
			take(t)
		}
		slices.SortFunc(list, time.Time.Compare)
		return list
	}
	first, last := dayOf(r.Depart), day(forEver)
	if !r.Until.IsZero() {
		last = dayOf(r.Until.In(r.Depart.Location()))
	}
	weekly(r.Weekly, first, last, secondsOfDay(r.Depart), r.Depart.Location(), from, to, take)
	return list
}

// weekly calls take with each weekly departure from and to, in order.
func weekly(days Weekdays, first, last day, second int, zone *time.Location, from, to time.Time, take func(time.Time)) {
	begin := max(first, dayOf(from.In(zone))-1)
	end := min(last, dayOf(to.In(zone))+1)
	for d := begin; d <= end; d++ {
		if !days.Has(d.weekday()) {
			continue
		}
		if t := d.at(second, zone); !t.Before(from) && !t.After(to) {
			take(t)
		}
	}
}

// day is a date: days since 1 January 1970.
type day int

// forEver is the last day that is kept.
const forEver = 1<<16 - 1

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// weekday of a date: 1 January 1970 was a Thursday.
func (d day) weekday() time.Weekday { return time.Weekday((int(d) + 4) % 7) }

// at is the moment at which clocks of a zone show a time of day.
func (d day) at(second int, zone *time.Location) time.Time {
	y, m, n := time.Unix(int64(d)*86400, 0).UTC().Date()
	t := time.Date(y, m, n, 0, 0, second, 0, zone)
	_, before := t.Add(-12 * time.Hour).Zone()
	_, after := t.Add(12 * time.Hour).Zone()
	if before == after {
		return t
	}
	// Near a change the offset before it is the right one unless the clocks show something else then: so a time that
	// comes twice is the first, and one that is left out comes later.
	wall := int64(d)*86400 + int64(second)
	early := time.Unix(wall-int64(before), 0).In(zone)
	if _, offset := early.Zone(); offset == before {
		return early
	}
	if late := time.Unix(wall-int64(after), 0).In(zone); secondsOfDay(late) == second {
		return late
	}
	return early
}

// secondsOfDay is what the clocks show.
func secondsOfDay(t time.Time) int {
	h, m, s := t.Clock()
	return h*3600 + m*60 + s
}
