package mail

import (
	"strings"
	"time"
)

// Clock reads times that are written in other ways than mail's own.
type Clock func(word string) (t time.Time, ok bool)

// early is before any mail: Ray Tomlinson's first network mail is of 1971. An
// unset clock says 1970-01-01, and 1980-01-01 on machines that began with DOS.
var early = time.Date(1971, 6, 1, 0, 0, 0, 0, time.UTC)

// How far a mail's Date may lie from when it arrived: written before it came, by
// clocks that go wrong by minutes; held by a moderator for days. A postmark says
// the time of a place that isn't named, or when a program copied the mail.
const (
	clockAhead = 10 * time.Minute
	held       = 7 * 24 * time.Hour
	anyZone    = 26 * time.Hour
)

// When is the time at which a mail was written, as far as its parts agree. Date
// counts, unless nobody can have written it then: before there was mail, later
// than the mail arrived, or a week and more before anything received it. Then
// the time of arrival stands for it, the last of Received or the postmark's.
// why says so; it is empty when Date stands. Times that can't be read are none.
func When(date string, received []string, stamp string, other Clock) (t time.Time, why string) {
	t = moment(date, other)
	first, last := arrivals(received, other)
	var mark time.Time
	arrived := last
	if arrived.IsZero() {
		mark = postmarked(stamp, other)
		arrived = mark
	}
	switch {
	case t.IsZero() && strings.TrimSpace(date) == "":
		why = "no Date: the time it was received stands for it"
	case t.IsZero():
		why = "a Date that can't be read: the time it was received stands for it"
	case t.Before(early) || unset(t):
		why = "a Date from before its time: the time it was received stands for it"
	case !last.IsZero() && t.Sub(last) > clockAhead, last.IsZero() && !mark.IsZero() && t.Sub(mark) > anyZone:
		why = "a Date after it was received: the time it was received stands for it"
	case !first.IsZero() && first.Sub(t) > held:
		why = "a Date long before it was received: the time it was received stands for it"
	}
	if why == "" || arrived.IsZero() {
		if t.Before(early) {
			return time.Time{}, ""
		}
		return t, ""
	}
	if last.IsZero() && other != nil { // in the reader's zone
		if local, ok := other(stamp); ok {
			return local, why
		}
	}
	return arrived, why
}

// postmarked is a postmark's time, as if its zone were UTC where it names none.
func postmarked(stamp string, other Clock) time.Time {
	if t, ok := ctime(stamp); ok {
		return t
	}
	return moment(stamp, other)
}

// unset are the times of clocks that nobody set.
func unset(t time.Time) bool {
	t = t.UTC()
	return t.Year() == 1980 && t.YearDay() == 1 || t.Year() == 1979 && t.Month() == 12 && t.Day() == 31
}

// arrivals are the first and the last time that the machines on its way write in
// Received (RFC 5321, 4.4). What a program writes that copies an old mail into a
// mailbox is none.
func arrivals(received []string, other Clock) (first, last time.Time) {
	for _, r := range received {
		if strings.Contains(r, "HTTPREST") || strings.Contains(r, "with IMAP") || strings.Contains(r, "imapsync") {
			continue
		}
		t := moment(r[strings.LastIndexByte(r, ';')+1:], other)
		if t.IsZero() || t.Before(early) {
			continue
		}
		if first.IsZero() || t.Before(first) {
			first = t
		}
		if last.IsZero() { // the topmost was written last
			last = t
		}
	}
	return first, last
}

// moment reads a time; the zero time when it can't be read.
func moment(word string, other Clock) time.Time {
	if word = strings.TrimSpace(word); word == "" {
		return time.Time{}
	}
	if t, ok := mailTime(word); ok {
		return t
	}
	if other != nil {
		if t, ok := other(word); ok && t.Year() >= 1970 && t.Year() < 9999 {
			return t
		}
	}
	return time.Time{}
}

// mailTime reads "Mon, 2 Mar 2026 09:00:00 +0100" (RFC 5322, 3.3), with years of
// two and three digits as 4.3 has them: 26 is 2026, 99 is 1999, 126 is 2026.
func mailTime(s string) (t time.Time, ok bool) {
	if comma := strings.IndexByte(s, ','); comma >= 0 && comma < 12 {
		s = s[comma+1:]
	}
	var f [5]string
	n := 0
	for n < len(f) {
		s = strings.TrimLeft(s, " \t")
		if s == "" || s[0] == '(' {
			break
		}
		end := strings.IndexAny(s, " \t(")
		if end < 0 {
			end = len(s)
		}
		f[n], s = s[:end], s[end:]
		n++
	}
	if n < 4 || n == 4 && s != "" && s[0] != '(' {
		return t, false
	}
	day, dayOK := number(f[0], 1, 2)
	month := monthOf(f[1])
	year, yearOK := number(f[2], 2, 4)
	if !dayOK || month == 0 || !yearOK || day < 1 || day > 31 {
		return t, false
	}
	switch {
	case len(f[2]) == 3:
		year += 1900
	case len(f[2]) == 2 && year < 50:
		year += 2000
	case len(f[2]) == 2:
		year += 1900
	}
	h, m, sec, ok := clock(f[3])
	if !ok {
		return t, false
	}
	zone, ok := offset(f[4])
	if !ok {
		return t, false
	}
	t = time.Date(year, month, day, h, m, sec, 0, time.UTC)
	if t.Day() != day {
		return t, false
	}
	return t.Add(-zone), true
}

// ctime reads "Mon Mar  2 09:00:00 2026", as postmarks are written; a zone may
// stand on either side of the year.
func ctime(s string) (t time.Time, ok bool) {
	if len(s) < 20 || s[3] != ' ' {
		return t, false
	}
	var f [6]string
	n := 0
	for word := range strings.FieldsSeq(s[4:]) {
		if n == len(f) {
			return t, false
		}
		f[n] = word
		n++
	}
	if n < 4 || n > 5 {
		return t, false
	}
	if n == 5 && (f[3][0] == '+' || f[3][0] == '-' || f[3][0] > '9') {
		f[3], f[4] = f[4], f[3]
	}
	day, dayOK := number(f[1], 1, 2)
	year, yearOK := number(f[3], 4, 4)
	h, m, sec, clockOK := clock(f[2])
	month := monthOf(f[0])
	zone, zoneOK := offset(f[4])
	if !dayOK || !yearOK || !clockOK || month == 0 || !zoneOK && n == 5 {
		return t, false
	}
	t = time.Date(year, month, day, h, m, sec, 0, time.UTC)
	return t.Add(-zone), t.Day() == day
}

// number reads figures alone, from least to most of them.
func number(s string, least, most int) (n int, ok bool) {
	if len(s) < least || len(s) > most {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || '9' < s[i] {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// monthOf reads a month's first three letters, in English; 0 when it is none.
func monthOf(s string) time.Month {
	if len(s) != 3 {
		return 0
	}
	low := [3]byte{s[0] | 0x20, s[1] | 0x20, s[2] | 0x20}
	i := strings.Index(months, string(low[:]))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return time.Month(i/3 + 1)
}

// clock reads 09:00 and 09:00:30.
func clock(s string) (h, m, sec int, ok bool) {
	hour, rest, ok := strings.Cut(s, ":")
	minute, second, more := strings.Cut(rest, ":")
	h, hOK := number(hour, 1, 2)
	m, mOK := number(minute, 2, 2)
	if more {
		if sec, ok = number(second, 2, 2); !ok {
			return 0, 0, 0, false
		}
	}
	return h, m, min(sec, 59), ok && hOK && mOK && h < 24 && m < 60 && sec <= 60
}

// offset reads a zone in figures, or one of those of RFC 5322, 4.3.
func offset(s string) (d time.Duration, ok bool) {
	if len(s) == 5 && (s[0] == '+' || s[0] == '-') {
		n, ok := number(s[1:], 4, 4)
		d = time.Duration(n/100)*time.Hour + time.Duration(n%100)*time.Minute
		if s[0] == '-' {
			d = -d
		}
		return d, ok && n%100 < 60 && n <= 1500
	}
	switch s {
	case "GMT", "UT", "UTC", "Z":
		return 0, true
	case "EDT":
		return -4 * time.Hour, true
	case "EST", "CDT":
		return -5 * time.Hour, true
	case "CST", "MDT":
		return -6 * time.Hour, true
	case "MST", "PDT":
		return -7 * time.Hour, true
	case "PST":
		return -8 * time.Hour, true
	}
	return 0, false
}
