package series

import (
	"fmt"
	"time"
)

// Local is a time of day on a civil day, before it is known in which zone.
type Local struct {
	Year         int
	Month        time.Month
	Day          int
	Hour, Minute int
}

// LocalOf is the civil day and time of a moment in its own zone.
func LocalOf(t time.Time) Local {
	return Local{t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute()}
}

// String is 2026-03-29T02:30.
func (l Local) String() string {
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d", l.Year, l.Month, l.Day, l.Hour, l.Minute)
}

// In gives the moments that a local time is in a zone: one as a rule, none when
// the clocks jump over it, two when they go back over it, the earlier first.
func (l Local) In(zone *time.Location) []time.Time {
	middle := time.Date(l.Year, l.Month, l.Day, l.Hour, l.Minute, 0, 0, time.UTC)
	var at []time.Time
	seen := map[int]bool{}
	for _, near := range []time.Duration{-26 * time.Hour, 26 * time.Hour} { // the offsets in force on both sides of any change
		_, offset := middle.Add(near).In(zone).Zone()
		t := middle.Add(-time.Duration(offset) * time.Second).In(zone)
		if LocalOf(t) == l && !seen[offset] {
			seen[offset] = true
			at = append(at, t)
		}
	}
	if len(at) == 2 && at[1].Before(at[0]) {
		at[0], at[1] = at[1], at[0]
	}
	return at
}

// Around gives, for a local time that doesn't exist, the times before and after
// the jump that stand for it: 02:30 becomes 01:30 and 03:30 where an hour is left
// out. For one that exists it gives the time itself twice.
func (l Local) Around(zone *time.Location) (before, after Local) {
	if len(l.In(zone)) > 0 {
		return l, l
	}
	middle := time.Date(l.Year, l.Month, l.Day, l.Hour, l.Minute, 0, 0, time.UTC)
	_, early := middle.Add(-26 * time.Hour).In(zone).Zone()
	_, late := middle.Add(26 * time.Hour).In(zone).Zone()
	return LocalOf(middle.Add(-time.Duration(late) * time.Second).In(zone)), LocalOf(middle.Add(-time.Duration(early) * time.Second).In(zone))
}
