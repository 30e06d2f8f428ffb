package weave

import (
	"math"
	"time"
)

// home is where the maker works: an hour before UTC in winter, two from 30 March.
func home(t time.Time) time.Time {
	if t.Before(summer) {
		return t.In(time.FixedZone("CET", 3600))
	}
	return t.In(time.FixedZone("CEST", 7200))
}

// local reads a date and time of home.
func local(date, clock string) (time.Time, error) {
	t, err := time.Parse("2006-01-02 15:04", date+" "+clock)
	if err != nil {
		return t, err
	}
	if t.Before(summer) {
		return t.Add(-time.Hour), nil
	}
	return t.Add(-2 * time.Hour), nil
}

// The dates of the story (UTC).
var (
	begin  = time.Date(2025, 1, 12, 23, 0, 0, 0, time.UTC) // Monday 13 January
	news   = time.Date(2025, 3, 25, 6, 32, 0, 0, time.UTC) // Tuesday, 7.32 at home: the radio
	summer = time.Date(2025, 3, 30, 1, 0, 0, 0, time.UTC)
	staff  = time.Date(2025, 4, 14, 7, 0, 0, 0, time.UTC) // five people begin to answer
	census = time.Date(2025, 5, 3, 17, 0, 0, 0, time.UTC)
)

// rhythm is how much an hour of the day brings: quiet nights, a fuller evening.
var rhythm = [24]float64{.15, .06, .04, .03, .04, .15, .5, 1, 1.2, 1.3, 1.25, 1.1, 1.2, 1.2, 1.1, 1, 1.05, 1.2, 1.35, 1.4, 1.6, 1.5, 1, .4}

// calm is how much a day of the week brings, from Sunday.
var calm = [7]float64{.75, 1.15, 1.1, 1, 1.05, 1, .8}

// moments draws times between two, about n of them, by the rhythm of day and
// week times a factor of the time.
func (l *loom) moments(from, until time.Time, n float64, factor func(time.Time) float64) (times []time.Time) {
	const step = 10 * time.Minute
	weight := func(t time.Time) float64 {
		h := home(t)
		return rhythm[h.Hour()] * calm[h.Weekday()] * factor(t)
	}
	sum := 0.0
	for t := from; t.Before(until); t = t.Add(step) {
		sum += weight(t)
	}
	for t := from; t.Before(until); t = t.Add(step) {
		for range l.poisson(n * weight(t) / sum) {
			times = append(times, t.Add(time.Duration(l.IntN(600))*time.Second))
		}
	}
	return times
}

func (l *loom) poisson(mean float64) (n int) {
	for p := l.Float64(); p > math.Exp(-mean); p *= l.Float64() {
		n++
	}
	return n
}

// later is a while after t, exponential of the given mean; who would write in
// the night does in the morning.
func (l *loom) later(t time.Time, mean time.Duration) time.Time {
	t = t.Add(time.Minute + time.Duration(l.ExpFloat64()*float64(mean)).Round(time.Second))
	if h := home(t).Hour(); h < 7 {
		t = t.Add(time.Duration(7-h)*time.Hour + time.Duration(l.IntN(90))*time.Minute)
	}
	return t
}

// atWork is t, or the next time somebody is at work: Monday to Friday from 9 to
// 18, at home.
func (l *loom) atWork(t time.Time) time.Time {
	for {
		h := home(t)
		if h.Weekday() != time.Saturday && h.Weekday() != time.Sunday && h.Hour() >= 9 && h.Hour() < 18 {
			return t
		}
		if h.Hour() >= 9 {
			h = h.AddDate(0, 0, 1)
		}
		t = home(time.Date(h.Year(), h.Month(), h.Day(), 9, l.IntN(50), l.IntN(60), 0, h.Location())).UTC()
	}
}

// working adds office hours to t.
func (l *loom) working(t time.Time, hours float64) time.Time {
	for t = l.atWork(t); ; {
		h := home(t)
		left := 18 - float64(h.Hour()) - float64(h.Minute())/60
		if hours <= left {
			return t.Add(time.Duration(hours * float64(time.Hour))).Round(time.Second)
		}
		hours -= left
		t = l.atWork(t.Add(time.Duration((left + .1) * float64(time.Hour))))
	}
}
