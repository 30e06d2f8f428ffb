package lang

import (
	"fmt"
	"strconv"
	"time"
)

// Date writes a day: 3 March 2010, 1er mars 2010.
func (l Language) Date(t time.Time) string { return l.date(t, l.catalogue().Months) }

// ShortDate writes a day for a table: 3 Mar 2010, 3 mars 2010.
func (l Language) ShortDate(t time.Time) string { return l.date(t, l.catalogue().Short) }

func (l Language) date(t time.Time, months []string) string {
	if t.IsZero() {
		return Unknown
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 && l.Has("date.first") {
		day = l.Say("date.first")
	}
	return day + fixed + months[t.Month()-1] + fixed + strconv.Itoa(t.Year())
}

// Moment writes a day and the time of day: 3 Mar 2010, 14:05; 3 mars 2010,
// 14 h 05.
func (l Language) Moment(t time.Time) string {
	if t.IsZero() {
		return Unknown
	}
	return l.ShortDate(t) + ", " + fmt.Sprintf(l.catalogue().Clock, t.Hour(), t.Minute())
}

// Day writes a day of a year that is known: 3 Mar, 3 mars.
func (l Language) Day(t time.Time) string {
	return strconv.Itoa(t.Day()) + fixed + l.catalogue().Short[t.Month()-1]
}

// Month writes a month: Mar 2010, mars 2010.
func (l Language) Month(t time.Time) string {
	return l.catalogue().Short[t.Month()-1] + fixed + l.Year(t)
}

// Year writes a year.
func (l Language) Year(t time.Time) string { return strconv.Itoa(t.Year()) }

// Span is the length of a period over time.
type Span int

// The spans of periods.
const (
	Weekly Span = iota
	Monthly
	Quarterly
	HalfYearly
	Yearly
)

// SpanOf tells which span a period has by its length.
func SpanOf(d time.Duration) Span {
	for s, days := range []float64{8, 32, 93, 185} {
		if d.Hours() <= days*24 {
			return Span(s)
		}
	}
	return Yearly
}

// Period names the period that begins at t: Mar 2010, Q1 2010, T1 2010, 2010.
func (l Language) Period(t time.Time, s Span) string {
	year := l.Year(t)
	switch s {
	case Weekly:
		return l.ShortDate(t)
	case Monthly:
		return l.Month(t)
	case Quarterly:
		return l.Say("date.quarter") + strconv.Itoa(1+(int(t.Month())-1)/3) + fixed + year
	case HalfYearly:
		return l.Say("date.half") + strconv.Itoa(1+(int(t.Month())-1)/6) + fixed + year
	}
	return year
}
