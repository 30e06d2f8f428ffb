package sentence

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// relative builds what counts from today.
func (d *dates) relative(rule string) *span {
	at := func(n int) *span { return &span{start: d.today.AddDate(0, 0, n), part: d.part} }
	monday := d.today.AddDate(0, 0, -(int(d.today.Weekday())+6)%7)
	switch rule {
	case "today":
		return at(0)
	case "tonight":
		if a := d.after(); a == "de" || a == "du" || a == "of" { // the night of the 19th
			return nil
		}
		s := at(0)
		s.night, s.part = true, "evening"
		return s
	case "tomorrow":
		return at(1)
	case "aftertomorrow":
		return at(2)
	case "infortnight":
		return at(14)
	case "indays":
		return d.counted(1)
	case "inweeks":
		if len(d.nums) == 0 {
			return at(7)
		}
		return d.counted(7)
	case "weekend":
		return d.weekend(0)
	case "weekendnext":
		s := d.weekend(7)
		s.vague = "next"
		return s
	case "nextweek":
		return &span{start: monday.AddDate(0, 0, 7), end: monday.AddDate(0, 0, 13), vague: "week"}
	case "thisweek":
		return &span{start: d.today, end: monday.AddDate(0, 0, 6), vague: "week"}
	}
	return nil
}

// counted is so many days or weeks from today; in French eight and fifteen days
// are one week and two.
func (d *dates) counted(unit int) *span {
	if len(d.nums) != 1 {
		return nil
	}
	n := d.nums[0] * unit
	if unit == 1 && (n == 8 || n == 15) && strings.Contains(" jours jour j ", " "+d.r.Items[d.j-1].Text+" ") {
		n--
	}
	return &span{start: d.today.AddDate(0, 0, n)}
}

// weekend is the coming Saturday and Sunday, or those some days later; on a
// Sunday it is today's.
func (d *dates) weekend(later int) *span {
	saturday := onWeekday(d.today, time.Saturday, true)
	if d.today.Weekday() == time.Sunday {
		saturday = d.today.AddDate(0, 0, -1)
	}
	s := &span{start: saturday.AddDate(0, 0, later), end: saturday.AddDate(0, 0, later+1)}
	if s.start.Before(d.today) {
		s.start = d.today
	}
	return s
}

// weekday builds one or two days of the week.
func (d *dates) weekday(rule string) *span {
	if len(d.days) == 0 || rule == "day" && d.noWeekday() {
		return nil
	}
	first := onWeekday(d.today, d.days[0], false)
	monday := d.today.AddDate(0, 0, 7-(int(d.today.Weekday())+6)%7)
	switch rule {
	case "inweek":
		return dated(first.AddDate(0, 0, 7))
	case "intwo":
		return dated(first.AddDate(0, 0, 14))
	case "nextweekday":
		return dated(monday.AddDate(0, 0, (int(d.days[0])+6)%7))
	case "nextday":
		s := dated(first)
		if first.Before(monday) {
			s.vague = "next" // this week's or next week's
		}
		return s
	case "nextweekdays":
		return d.listed(monday, monday.AddDate(0, 0, 6))
	case "dayspair":
		return d.listed(d.today, d.today.AddDate(0, 0, 8))
	case "daysrange", "nightfromto":
		return d.between(rule)
	}
	return dated(first)
}

// noWeekday says that an abbreviation isn't meant as a day: sat, sun, mon ami.
func (d *dates) noWeekday() bool {
	w := d.r.Items[d.j-1]
	if len(w.Text) > 3 && w.Text != "vend" {
		return false
	}
	switch w.Text {
	case "mon", "mar", "mer", "dim", "jeu", "sun", "sat", "wed", "sam", "lun", "ven":
		return !w.Capital && d.before() == "" || w.Text == "mon" && !w.Capital || w.Text == "sam" && w.Capital || w.Text == "jeu" || w.Text == "mer" || w.Text == "sun" && !w.Capital || w.Text == "sat" && !w.Capital
	}
	return false
}

// between is Thursday to Sunday; today's weekday is today.
func (d *dates) between(rule string) *span {
	if len(d.days) != 2 {
		return nil
	}
	s := &span{start: onWeekday(d.today, d.days[0], true), weekdays: true}
	s.end = onWeekday(s.start, d.days[1], false)
	if rule == "nightfromto" {
		return &span{start: s.end, night: true, part: "night"}
	}
	if s.start.Equal(d.today) {
		s.vague = "today"
	}
	return s
}

// listed is several weekdays within a week: a rule that ends, or two days to
// choose from.
func (d *dates) listed(from, until time.Time) *span {
	days := sortedFrom(d.days, from)
	s := &span{start: onWeekday(from, days[0], d.r.Items[d.i].Text != "<date>" && from.After(d.today)), weekdays: false}
	s.end = s.start
	for _, w := range days[1:] {
		s.end = onWeekday(s.end, w, false)
	}
	if s.end.After(until) {
		return nil
	}
	for _, t := range d.r.Items[d.i:d.j] {
		if t.Text == "ou" || t.Text == "or" {
			s.vague = "either"
			return s
		}
	}
	s.repeat = weekly(1, d.days) + ";UNTIL=" + s.end.Format("20060102")
	return s
}

func sortedFrom(days []time.Weekday, from time.Time) []time.Weekday {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b time.Weekday) int {
		return onWeekday(from, a, from.Weekday() == time.Monday).Compare(onWeekday(from, b, from.Weekday() == time.Monday))
	})
	return days
}

var codes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// weekly is a rule for these days, Monday first.
func weekly(interval int, days []time.Weekday) string {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b time.Weekday) int { return (int(a)+6)%7 - (int(b)+6)%7 })
	days = slices.Compact(days)
	names := make([]string, len(days))
	for i, w := range days {
		names[i] = codes[w]
	}
	rule := "FREQ=WEEKLY"
	if interval > 1 {
		rule += ";INTERVAL=" + strconv.Itoa(interval)
	}
	return rule + ";BYDAY=" + strings.Join(names, ",")
}

var working = []time.Weekday{1, 2, 3, 4, 5}

// repeated builds what happens again and again; its start is found later, when
// the hour is known.
func (d *dates) repeated(rule string) *span {
	s := &span{part: d.part}
	switch rule {
	case "weekdays":
		s.repeat = weekly(1, working)
	case "schoolrun":
		s.repeat, s.vague = weekly(1, working), "habit"
	case "daily":
		s.repeat = "FREQ=DAILY"
	case "weekends":
		s.repeat = weekly(1, []time.Weekday{6, 0})
		if d.r.Items[d.i].Text == "le" { // this one, or every one
			s.vague = "habit"
		}
	case "everydaysfrom":
		if len(d.days) != 2 {
			return nil
		}
		s.repeat, s.vague = weekly(1, run(d.days[0], d.days[1])), "either"
	case "everyother":
		s.repeat, s.vague = weekly(2, d.days), "first"
	case "everyotherweek":
		s.repeat, s.vague = "FREQ=WEEKLY;INTERVAL=2", "first"
	case "parityeven":
		s.repeat = "even"
	case "parityodd":
		s.repeat = "odd"
	case "habit":
		if _, err := strconv.Atoi(d.after()); err == nil || sets["month"][d.after()] {
			return nil
		}
		s.repeat, s.vague = weekly(1, d.days), "habit"
	default:
		s.repeat = weekly(1, d.days)
	}
	return s
}

// run is the weekdays from a to b.
func run(a, b time.Weekday) []time.Weekday {
	days := []time.Weekday{a}
	for w := a; w != b; {
		w = (w + 1) % 7
		days = append(days, w)
	}
	return days
}

// feast builds seasons and feasts.
func (d *dates) feast(rule string) *span {
	switch rule {
	case "feast25":
		return dated(d.next(time.December, 25))
	case "feast31":
		return &span{start: d.next(time.December, 31), part: "evening", vague: "feast"}
	case "feast24":
		return dated(d.next(time.December, 24))
	case "feast14":
		return dated(d.next(time.July, 14))
	case "feast11":
		return dated(d.next(time.November, 1))
	case "easter":
		e := easter(d.today.Year())
		if e.Before(d.today) {
			e = easter(d.today.Year() + 1)
		}
		return dated(e)
	}
	return d.astronomical()
}

// astronomical is a season, from its first day or today to its last.
func (d *dates) astronomical() *span {
	year := d.today.Year()
	start := civil(year, time.Month(d.season), 21)
	end := start.AddDate(0, 3, 1)
	if d.season == 12 && d.today.Before(civil(year, 3, 20)) {
		start, end = start.AddDate(-1, 0, 0), end.AddDate(-1, 0, 0)
	}
	if end.Before(d.today) {
		start, end = start.AddDate(1, 0, 0), end.AddDate(1, 0, 0)
	}
	if start.Before(d.today) {
		start = d.today
	}
	return &span{start: start, end: end, vague: "season"}
}

// easter is Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	return civil(year, time.Month(month), (h+l-7*m+114)%31+1)
}
