package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// moment is a flag that holds a time as a person writes it: a day (2010-12-31)
// or an instant (2010-12-31T18:00:00Z). Which end of the day is meant, and
// where, is only known when the other flags are read.
type moment struct {
	day     time.Time
	instant time.Time
}

// UnmarshalText reads a moment.
func (m *moment) UnmarshalText(text []byte) error {
	s := string(text)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		m.instant = t
		return nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return fmt.Errorf("%q is neither a day (2010-12-31) nor an instant (2010-12-31T18:00:00Z)", s)
	}
	m.day = t
	return nil
}

// begins gives the instant, or when the day begins in location; zero when the
// flag was not given.
func (m moment) begins(location *time.Location) time.Time {
	if m.day.IsZero() {
		return m.instant
	}
	y, mo, d := m.day.Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, location)
}

// ends gives the instant, or the last microsecond of the day in location: the
// census counts what came at it, and midnight is the next day's.
func (m moment) ends(location *time.Location) time.Time {
	if m.day.IsZero() {
		return m.instant
	}
	return m.begins(location).AddDate(0, 0, 1).Add(-time.Microsecond)
}

// span is a flag that holds a length of time: 90d, 13w, 36h, or all.
type span time.Duration

// UnmarshalText reads a span; all is -1, as presence.Options takes it.
func (s *span) UnmarshalText(text []byte) error {
	word := string(text)
	if word == "all" {
		*s = -1
		return nil
	}
	units := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour, "y": 365 * 24 * time.Hour}
	for unit, length := range units {
		number, found := strings.CutSuffix(word, unit)
		if n, err := strconv.Atoi(number); found && err == nil && n > 0 && n <= int(math.MaxInt64/length) {
			*s = span(time.Duration(n) * length)
			return nil
		}
	}
	return fmt.Errorf("%q is no length of time: write 90d, 13w, 1y, 36h or all", word)
}

// zone is a flag that holds a place's time.
type zone struct{ *time.Location }

// UnmarshalText reads the name of a time zone.
func (z *zone) UnmarshalText(text []byte) (err error) {
	z.Location, err = time.LoadLocation(string(text))
	if err != nil {
		return fmt.Errorf("%q is no time zone: write Europe/Paris, America/Montreal or UTC", text)
	}
	return nil
}
