package conversation

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// moment is a time as it was written.
type moment struct {
	time      time.Time
	precision Precision
	swapped   time.Time // the time if day and month change places; zero when they can't
	proves    DateOrder // the order of day and month that this date shows
	zone      string    // what was supposed of its zone; empty: nothing
}

func (m moment) doubtful() bool { return !m.swapped.IsZero() }

// dates reads times as people and machines write them.
type dates struct {
	zone  *time.Location
	order DateOrder                 // of day and month: empty, supposed or sure
	sure  bool                      // given, or proved by a date
	zones map[string]*time.Location // by name, as Europe/Paris
}

// IsTime is true for what a reader would understand as a time or a day: see
// [Importer.Add]. Figures alone count from 1990 to 2060 only.
func IsTime(s string) bool {
	d := dates{zone: time.UTC}
	m, err := d.read(s)
	if err != nil {
		return false
	}
	if isFigure(s) {
		return m.time.Year() >= 1990 && m.time.Year() < 2060
	}
	return true
}

// isFigure is true for digits and what stands between them in a number.
func isFigure(s string) bool {
	return strings.Trim(s, "0123456789.,") == ""
}

var (
	errNoTime   = errors.New("is no time that is known here")
	errNoDay    = errors.New("is a day that no calendar has")
	errSerial   = errors.New("is a number, and no time since 1970")
	errNoMoment = errors.New("is outside the years 1 to 9999")
)

// read understands RFC 3339 and its relatives, seconds, milliseconds,
// microseconds or nanoseconds since 1970, the days since 1900 of spreadsheets,
// the dates of mail and of Twitter, and days written in figures or with the
// months' names in seven languages, with or without an hour and a zone. A day alone has precision Day and is the midnight that
// opens it in the reader's zone.
func (d *dates) read(s string) (moment, error) {
	s = strings.TrimSpace(s)
	if len(s) >= len("2006-01-02T15:04:05") && s[4] == '-' {
		if t, ok := d.usual(s); ok {
			return moment{time: t}, nil
		}
	}
	if m, err := d.number(s); err != errNoTime {
		return m, err
	}
	if len(s) > longestDate {
		return moment{}, errNoTime
	}
	w := writtenDate{zone: d.zone, dates: d}
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			s = wideSpaces.Replace(s)
			break
		}
	}
	if !w.split(s) {
		return moment{}, errNoTime
	}
	m, err := w.moment(d.order)
	if err == nil && w.abbreviation != "" {
		m.time, m.zone = d.abroad(&w, m.time)
	}
	if err == nil && m.proves != "" && !d.sure {
		d.order, d.sure = m.proves, true
	}
	return m, err
}

// number reads figures alone: since 1970, or 20100209, or 20100209133000.
func (d *dates) number(s string) (moment, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	if fraction == "" {
		whole, fraction, _ = strings.Cut(s, ",") // as half of Europe writes it
	}
	if len(whole) > 0 && (whole[0] < '0' || whole[0] > '9') && whole[0] != '-' {
		return moment{}, errNoTime
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return moment{}, errNoTime
	}
	if fraction == "" {
		switch len(whole) {
		case len("20060102"):
			t, err := time.ParseInLocation("20060102", s, d.zone)
			if err == nil && t.Year() >= 1900 && t.Year() < 2100 {
				return moment{time: t, precision: Day}, nil
			}
		case len("200601021504"):
			t, err := time.ParseInLocation("200601021504", s, d.zone)
			if err == nil && t.Year() >= 1970 && t.Year() < 2100 {
				return moment{time: t}, nil
			}
		case len("20060102150405"):
			if t, err := time.ParseInLocation("20060102150405", s, d.zone); err == nil {
				return moment{time: t}, nil
			}
		}
	}
	part := 0.0
	if fraction != "" {
		if part, err = strconv.ParseFloat("0."+fraction, 64); err != nil {
			return moment{}, errNoTime
		}
	}
	size := n
	if size < 0 {
		size = -size
	}
	switch {
	case firstSerial <= n && n < lastSerial:
		return d.serial(n, part), nil
	case size < 1e8 && size >= 1:
		return moment{}, errSerial
	case size < 1e11:
		return moment{time: time.Unix(n, int64(math.Round(part*1e6))*1e3).UTC()}, nil
	case size < 1e14:
		return moment{time: time.UnixMilli(n).UTC()}, nil
	case size < 1e17:
		return moment{time: time.UnixMicro(n).UTC()}, nil
	}
	return moment{time: time.Unix(0, n).UTC()}, nil
}

// Days of spreadsheets (ECMA-376 18.17.4.1): day 25,569 is the 1st of January
// 1970, day 73,051 that of 2100.
const firstSerial, lastSerial = 25569, 73051

// serial reads the days since 1900 that spreadsheets count: a whole day has no
// hour.
func (d *dates) serial(day int64, part float64) moment {
	seconds := int(math.Round(part * 86400))
	m := moment{time: time.Date(1970, 1, 1+int(day-firstSerial), 0, 0, seconds, 0, d.zone)}
	if part == 0 {
		m.precision = Day
	}
	return m
}

// longestDate is how long a time that is written may be.
const longestDate = 120

// usual reads what most files write: 2006-01-02T15:04:05, with a space or a T
// between, a fraction or none, and Z, +01:00 or nothing for the zone.
func (d *dates) usual(s string) (t time.Time, ok bool) {
	if len(s) > len("2006-01-02T15:04:05") || s[10] == 'T' {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t, true
		}
	}
	if len(s) != len("2006-01-02 15:04:05") || s[7] != '-' || (s[10] != ' ' && s[10] != 'T') || s[13] != ':' || s[16] != ':' {
		return t, false
	}
	var n [6]int
	for i, at := range [...]int{2, 5, 8, 11, 14, 17} {
		a, b := s[at]-'0', s[at+1]-'0'
		if a > 9 || b > 9 {
			return t, false
		}
		n[i] = int(a)*10 + int(b)
	}
	century, decade := s[0]-'0', s[1]-'0'
	year := (int(century)*10+int(decade))*100 + n[0]
	if century > 9 || decade > 9 || year == 0 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 28 || n[3] > 23 || n[4] > 59 || n[5] > 59 {
		return t, false // or a day that not every month has: it is looked at again
	}
	return time.Date(year, time.Month(n[1]), n[2], n[3], n[4], n[5], 0, d.zone), true
}

// wideSpaces stand in dates that were set for reading.
var wideSpaces = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u00B7", " ", "\u2212", "-", "\u200E", "", "\u200F", "")

// writtenDate is a date taken apart.
type writtenDate struct {
	dates        *dates
	zone         *time.Location
	abbreviation string   // of the zone, when the figures don't say it
	strange      bool     // nobody knows it
	parts        []string // figures of the date, in order
	month        int      // when it is named
	march        bool     // "mar" was met, which may be mardi
	shifted      bool     // a zone was met
	dotted       bool     // the figures stand between dots, as days first do
	clocked      bool
	clock        [4]int // hour, minute, second, nanosecond
}

// split takes a date apart; false when something in it isn't known.
func (w *writtenDate) split(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			n, ok := w.figure(s[i:])
			if !ok {
				return false
			}
			i += n
		case c == '(': // a remark, as mail has it
			end := strings.IndexByte(s[i:], ')')
			if end < 0 {
				return false
			}
			if n := 0; w.clocked && !w.shifted {
				w.shift(s[i+1:i+end], &n) // (UTC+01:00)
			}
			i += end + 1
		case c == '[': // 2026-03-02T09:00+01:00[Europe/Paris]
			end := strings.IndexByte(s[i:], ']')
			if end < 0 || !w.place(s[i+1:i+end]) {
				return false
			}
			i += end + 1
		case strings.IndexByte(" \t,/-.|", c) >= 0:
			i++
		default:
			n := letters(s[i:])
			if place := placeEnd(s[i:]); place > 0 && w.place(s[i:i+place]) {
				n = place
			} else if n == 0 || !w.named(s[i:i+n]) {
				return false
			}
			i += n
			if n := 0; w.clocked && !w.shifted { // 09:00 MEZ is done, 09:00 Uhr +01:00 is not
				w.shift(s[i:], &n)
				i += n
			}
		}
	}
	return true
}

// letters is the length of the word that opens s.
func letters(s string) int {
	for i, r := range s {
		if r < 'A' || ('Z' < r && r < 'a') || ('z' < r && r < 0xC0) {
			return i
		}
	}
	return len(s)
}

// figure takes the number, or the clock with its zone, that opens s.
func (w *writtenDate) figure(s string) (n int, ok bool) {
	n, _ = digits(s, 0)
	if !w.clocked && n <= 2 && n < len(s) && (s[n] == ':' || s[n] == 'h' || s[n] == 'H') {
		return w.time(s)
	}
	if n > 4 || len(w.parts) == 3 {
		return n, false
	}
	w.parts = append(w.parts, s[:n])
	if n < len(s) && s[n] == '.' && n <= 2 {
		w.dotted = true
	}
	return n, true
}

// time takes a clock: 13:30, 13:30:00.25, 1:30 PM, 13h30, and a zone behind it.
func (w *writtenDate) time(s string) (n int, ok bool) {
	w.clocked = true
	french := s[strings.IndexAny(s, ":hH")] != ':'
	for unit := 0; ; unit++ {
		end, ok := digits(s, n)
		if !ok && unit == 1 && french { // 13h
			break
		}
		if !ok || end-n > 2 {
			return n, false
		}
		w.clock[unit], _ = strconv.Atoi(s[n:end])
		n = end
		if n == len(s) || unit == 2 || !isClockMark(s[n], unit, french) {
			break
		}
		n++
	}
	if n < len(s) && (s[n] == '.' || s[n] == ',') {
		if end, ok := digits(s, n+1); ok {
			part, _ := strconv.ParseFloat("0."+s[n+1:end], 64)
			w.clock[3] = int(math.Round(part*1e6)) * 1e3
			n = end
		}
	}
	if !w.half(s, &n) {
		return n, false
	}
	w.shift(s, &n)
	return n, w.clock[0] < 24 && w.clock[1] < 60 && w.clock[2] <= 60
}

// isClockMark is true for what stands behind the hour or the minute: 13:30:00,
// 13h30m00.
func isClockMark(c byte, unit int, french bool) bool {
	if french {
		return (unit == 0 && c|0x20 == 'h') || (unit == 1 && c == 'm')
	}
	return c == ':'
}

// half reads AM and PM.
func (w *writtenDate) half(s string, n *int) bool {
	rest := strings.TrimLeft(s[*n:], " ")
	if len(rest) < 2 || (letters(rest) != 2 && !strings.HasPrefix(rest[1:], ".m") && !strings.HasPrefix(rest[1:], ". m")) {
		return true
	}
	var later int
	switch rest[0] | 0x20 {
	case 'a':
	case 'p':
		later = 12
	default:
		return true
	}
	used := 2
	switch {
	case strings.HasPrefix(rest[1:], ". m."): // a. m., as in Spanish
		used = 5
	case rest[1]|0x20 == 'm':
	case strings.HasPrefix(rest[1:], ".m."):
		used = 4
	default:
		return true
	}
	if w.clock[0] < 1 || w.clock[0] > 12 {
		return false
	}
	w.clock[0] = w.clock[0]%12 + later
	*n = len(s) - len(rest) + used
	return true
}

// shift reads a zone in figures: Z, +01, -0500, +05:30.
func (w *writtenDate) shift(s string, n *int) {
	rest := strings.TrimLeft(s[*n:], " ")
	short := false
	for _, prefix := range []string{"GMT", "UTC"} { // GMT+0100, UTC+1, UTC +1
		if behind, ok := strings.CutPrefix(rest, prefix); ok {
			if behind = strings.TrimLeft(behind, " "); behind != "" && (behind[0] == '+' || behind[0] == '-') {
				rest, short = behind, true
			}
		}
	}
	if rest == "" || (rest[0] != '+' && rest[0] != '-') {
		return
	}
	end, _ := digits(rest, 1)
	hours, minutes := rest[1:end], ""
	switch {
	case len(hours) == 4:
		hours, minutes = hours[:2], hours[2:]
	case len(hours) != 2 && !(short && len(hours) == 1):
		return
	case len(rest) >= end+3 && rest[end] == ':':
		if to, _ := digits(rest, end+1); to == end+3 {
			minutes, end = rest[end+1:to], to
		}
	}
	if end < len(rest) && strings.IndexByte("/.-", rest[end]) >= 0 {
		return // another date, not a zone
	}
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	seconds := h*3600 + m*60
	if rest[0] == '-' {
		seconds = -seconds
	}
	w.shifted, w.zone = true, time.FixedZone("", seconds)
	*n = len(s) - len(rest) + end
}

// moment puts the parts together again.
func (w *writtenDate) moment(order DateOrder) (moment, error) {
	if w.clock[2] == 60 {
		w.clock[2] = 59 // a leap second
	}
	if w.month == 0 && w.march {
		w.month = int(time.March)
	}
	if w.month > 0 {
		return w.withMonth()
	}
	if len(w.parts) != 3 {
		return moment{}, errNoTime
	}
	a, b, c := w.part(0), w.part(1), w.part(2)
	if len(w.parts[0]) == 4 {
		return w.at(a, b, c)
	}
	if len(w.parts[2]) == 3 || len(w.parts[0]) > 2 || len(w.parts[1]) > 2 {
		return moment{}, errNoTime
	}
	year := fullYear(w.parts[2], c)
	days, dayErr := w.at(year, b, a)
	months, monthErr := w.at(year, a, b)
	switch {
	case dayErr != nil && monthErr != nil:
		return days, dayErr
	case dayErr != nil:
		months.proves = MonthFirst
		return months, nil
	case monthErr != nil:
		days.proves = DayFirst
		return days, nil
	case a == b || w.dotted:
		return days, nil
	case order == MonthFirst:
		months.swapped = days.time
		return months, nil
	}
	days.swapped = months.time
	return days, nil
}

// withMonth reads a date whose month is named: day and year remain.
func (w *writtenDate) withMonth() (moment, error) {
	switch {
	case len(w.parts) != 2:
		return moment{}, errNoTime
	case len(w.parts[0]) == 4:
		return w.at(w.part(0), w.month, w.part(1))
	}
	return w.at(fullYear(w.parts[1], w.part(1)), w.month, w.part(0))
}

func (w *writtenDate) part(i int) int {
	n, _ := strconv.Atoi(w.parts[i])
	return n
}

// fullYear reads years of two figures as RFC 5322 does.
func fullYear(figures string, year int) int {
	switch {
	case len(figures) > 2:
		return year
	case year < 50:
		return 2000 + year
	}
	return 1900 + year
}

func (w *writtenDate) at(year, month, day int) (moment, error) {
	if year < 1 || year > 9999 {
		return moment{}, errNoMoment
	}
	t := time.Date(year, time.Month(month), day, w.clock[0], w.clock[1], w.clock[2], w.clock[3], w.zone)
	if midday := time.Date(year, time.Month(month), day, 12, 0, 0, 0, time.UTC); int(midday.Month()) != month || midday.Day() != day {
		return moment{}, errNoDay
	}
	m := moment{time: t}
	if !w.clocked {
		m.precision = Day
	}
	return m, nil
}
