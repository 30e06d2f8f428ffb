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
func (r Ride) Departures(from, to time.Time) (list []time.Time) {
	c := r.calendar()
	c.each(from, to, func(t time.Time) { list = append(list, t) })
	return list
}

// calendar is when a ride leaves: on dates, or each week.
type calendar struct {
	zone        *time.Location
	dates       []int64 // Unix seconds, in order, each once
	days        Weekdays
	first, last day
	second      int     // of the day
	except      []int64 // Unix seconds
}

func (r Ride) calendar() calendar {
	c := calendar{zone: r.Depart.Location(), days: r.Weekly, except: unix(r.Except)}
	if r.Weekly == 0 {
		c.dates = append(unix(r.Dates), r.Depart.Unix())
		slices.Sort(c.dates)
		c.dates = slices.Compact(c.dates)
		return c
	}
	c.first, c.last, c.second = dayOf(r.Depart), forEver, secondsOfDay(r.Depart)
	if !r.Until.IsZero() {
		c.last = dayOf(r.Until.In(c.zone))
	}
	return c
}

func unix(times []time.Time) (list []int64) {
	for _, t := range times {
		list = append(list, t.Unix())
	}
	return list
}

// each calls take with each departure from and to, in order.
func (c *calendar) each(from, to time.Time, take func(time.Time)) {
	if c.days == 0 {
		for _, s := range c.dates {
			c.offer(time.Unix(s, 0).In(c.zone), from, to, take)
		}
		return
	}
	begin := max(c.first, dayOf(from.In(c.zone))-1)
	end := min(c.last, dayOf(to.In(c.zone))+1)
	for d := begin; d <= end; d++ {
		if c.days.Has(d.weekday()) {
			c.offer(d.at(c.second, c.zone), from, to, take)
		}
	}
}

// offer takes one departure if it is in the time and not called off.
func (c *calendar) offer(t, from, to time.Time, take func(time.Time)) {
	if !t.Before(from) && !t.After(to) && !slices.Contains(c.except, t.Unix()) {
		take(t)
	}
}

// ever tells whether a departure is at hi at the latest and within span seconds before lo, or later; of a weekly ride it
// says yes.
func (c *calendar) ever(lo, hi int64, span float64) bool {
	return c.days != 0 || slices.ContainsFunc(c.dates, func(t int64) bool { return t <= hi && float64(t)+span >= float64(lo) })
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
