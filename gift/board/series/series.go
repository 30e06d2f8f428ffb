// Package series gives the occurrences of what happens again and again, in the
// clock of its place: a ride at 08:00 stays at 08:00 when the clocks change.
//
//	s, err := series.New(series.Local{2026, 3, 17, 8, 0}, paris, "FREQ=WEEKLY;BYDAY=TU")
//	for _, o := range s.After(now, 4) { … }
//
// An hour that the change of clocks leaves out is moved past the jump, as
// clocks do, and the occurrence says so; one that comes twice is the first.
package series

import (
	"fmt"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Series is a rule of RFC 5545 with its first occurrence and its exceptions.
type Series struct {
	Zone   *time.Location
	rule   *rrule.RRule // in UTC, where a civil time stands for itself
	except map[Local]bool
}

// Occurrence is one time of a series.
type Occurrence struct {
	Local Local     // as the series says: its name, also when it was moved
	At    time.Time // when it is, in the series' zone
	Moved bool      // the clocks jump over the local time that day
}

// New makes a series from its first occurrence, its zone and a rule of RFC 5545
// without DTSTART (UNTIL is a civil day or time of the zone). except are the
// occurrences that don't take place, by their local time. An empty rule is one
// occurrence. An error names the rule.
func New(first Local, zone *time.Location, rule string, except ...Local) (*Series, error) {
	if zone == nil {
		return nil, fmt.Errorf("series of %s: no zone", first)
	}
	if rule == "" {
		rule = "FREQ=DAILY;COUNT=1"
	}
	option, err := rrule.StrToROption(strings.TrimSuffix(rule, ";"))
	if err != nil {
		return nil, fmt.Errorf("reading the rule %q: %w", rule, err)
	}
	if option.Freq > rrule.DAILY {
		return nil, fmt.Errorf("reading the rule %q: more often than daily", rule)
	}
	option.Dtstart = civil(first)
	if _, until, ok := strings.Cut(rule, "UNTIL="); ok && !strings.Contains(strings.SplitN(until, ";", 2)[0], "T") { // the whole last day counts
		option.Until = option.Until.Add(24*time.Hour - time.Second)
	}
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("reading the rule %q: %w", rule, err)
	}
	s := &Series{Zone: zone, rule: r, except: map[Local]bool{}}
	for _, e := range except {
		s.except[e] = true
	}
	return s, nil
}

func civil(l Local) time.Time {
	return time.Date(l.Year, l.Month, l.Day, l.Hour, l.Minute, 0, 0, time.UTC)
}

// Between gives the occurrences from a moment on and before another.
func (s *Series) Between(from, to time.Time) []Occurrence {
	var all []Occurrence
	for _, t := range s.rule.Between(civil(LocalOf(from.In(s.Zone))).Add(-3*time.Hour), civil(LocalOf(to.In(s.Zone))).Add(3*time.Hour), true) {
		if o, ok := s.occurrence(t); ok && !o.At.Before(from) && o.At.Before(to) {
			all = append(all, o)
		}
	}
	return all
}

// After gives the first n occurrences after a moment; fewer when the series ends,
// or when nothing comes within ten years.
func (s *Series) After(after time.Time, n int) []Occurrence {
	var all []Occurrence
	t := civil(LocalOf(after.In(s.Zone))).Add(-3 * time.Hour)
	end := t.AddDate(10, 0, 0)
	for len(all) < n {
		t = s.rule.After(t, false)
		if t.IsZero() || t.After(end) {
			return all
		}
		if o, ok := s.occurrence(t); ok && o.At.After(after) {
			all = append(all, o)
		}
	}
	return all
}

// Has gives the occurrence of a local time, if the series has one there.
func (s *Series) Has(l Local) (Occurrence, bool) {
	t := civil(l)
	if !s.rule.After(t, true).Equal(t) {
		return Occurrence{}, false
	}
	return s.occurrence(t)
}

// occurrence is the occurrence at a civil time; ok is false for an exception.
func (s *Series) occurrence(t time.Time) (Occurrence, bool) {
	o := Occurrence{Local: LocalOf(t)}
	if s.except[o.Local] {
		return o, false
	}
	at := o.Local.In(s.Zone)
	if len(at) == 0 {
		_, after := o.Local.Around(s.Zone)
		at = after.In(s.Zone)
		o.Moved = true
	}
	o.At = at[0]
	return o, true
}
