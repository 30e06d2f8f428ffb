package sentence

import (
	"strconv"
	"strings"
	"time"
)

// span is what one stretch of words says about days. Days are midnights in UTC
// and stand for civil days of the poster's zone; the zero time is not said.
type span struct {
	rule       string // the table's rule
	words      string // as they were written
	start, end time.Time
	repeat     string // RFC 5545 rule without DTSTART
	part       string // morning, noon, afternoon, evening
	weekdays   bool   // a range of weekdays, which may also be meant every week
	night      bool   // this night
	past       bool
	bound      string // before, until, from, except, back, leave, none
	vague      string // why it has more than one reading; "" when it has one
}

// calendar turns the words of days in the reading into items <date>.
func (r *reading) calendar(now time.Time, american bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for _, rule := range book["calendar"] {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			d := dates{r: r, i: i, j: j, today: today, now: now, american: american}
			d.gather()
			s := d.build(rule.Label)
			if s == nil {
				start = i + 1
				continue
			}
			s.rule, s.words = rule.Label, r.Words(i, j)
			r.Replace(i, j, "<date>", s)
			start = i + 1
		}
	}
}

// dates builds a span from the items i to j of a reading.
type dates struct {
	r          *reading
	i, j       int
	today, now time.Time
	american   bool
	nums       []int
	days       []time.Weekday
	months     []time.Month
	part       string
	season     int
}

var partNames = []string{"", "morning", "noon", "afternoon", "evening"}

// gather collects the numbers, weekdays, months and parts of the day said.
func (d *dates) gather() {
	for _, t := range d.r.Items[d.i:d.j] {
		if n, err := strconv.Atoi(t.Text); err == nil {
			d.nums = append(d.nums, n)
		}
		if w := meanings["weekday"][t.Text]; w > 0 {
			d.days = append(d.days, time.Weekday(w%7))
		}
		if m := meanings["month"][t.Text]; m > 0 {
			d.months = append(d.months, time.Month(m))
		}
		if p := meanings["part"][t.Text]; p > 0 {
			d.part = partNames[p]
		}
		if s := meanings["season"][t.Text]; s > 0 {
			d.season = s
		}
	}
}

// before and after give the text of the item before and after the match.
func (d *dates) before() string {
	if d.i == 0 {
		return ""
	}
	return d.r.Items[d.i-1].Text
}

func (d *dates) after() string {
	if d.j >= len(d.r.Items) {
		return ""
	}
	return d.r.Items[d.j].Text
}

// build makes the span that a rule says, or nil when these words don't say it.
func (d *dates) build(rule string) *span {
	switch rule {
	case "past":
		return &span{past: true}
	case "date", "range", "pair", "month", "months", "monthm", "monthe", "weekendsin", "nweekends":
		return d.withMonth(rule)
	case "iso", "numeric", "numericrange":
		return d.figures(rule)
	case "weekof":
		if len(d.nums) != 1 {
			return nil
		}
		day := d.nextDay(d.today, d.nums[0])
		return &span{start: day, end: day.AddDate(0, 0, 6), vague: "week"}
	case "dom":
		return d.dayOfMonth()
	case "weekdays", "schoolrun", "daily", "weekends", "everydays", "everydaysfrom", "everyother", "everyotherweek", "parityeven", "parityodd", "habit":
		return d.repeated(rule)
	case "day", "nextday", "inweek", "intwo", "daysrange", "dayspair", "nightfromto", "nextweekday", "nextweekdays":
		return d.weekday(rule)
	case "season", "easter", "feast25", "feast31", "feast24", "feast14", "feast11":
		return d.feast(rule)
	}
	return d.relative(rule)
}

// next is the first day from today on with that day and month.
func (d *dates) next(month time.Month, day int) time.Time {
	for year := d.today.Year(); year < d.today.Year()+9; year++ {
		t := civil(year, month, day)
		if t.Day() == day && t.Month() == month && !t.Before(d.today) {
			return t
		}
	}
	return time.Time{}
}

// nextDay is the first day from today on that is the n-th of its month.
func (d *dates) nextDay(from time.Time, n int) time.Time {
	for k := range 14 {
		t := civil(from.Year(), from.Month()+time.Month(k), n)
		if t.Day() == n && !t.Before(from) {
			return t
		}
	}
	return time.Time{}
}

// onWeekday is the first such weekday after from; from itself counts when same.
func onWeekday(from time.Time, w time.Weekday, same bool) time.Time {
	ahead := (int(w) - int(from.Weekday()) + 7) % 7
	if ahead == 0 && !same {
		ahead = 7
	}
	return from.AddDate(0, 0, ahead)
}

func civil(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// year takes a year of four digits out of the numbers.
func (d *dates) year() int {
	for i, n := range d.nums {
		if n >= 2000 && n < 2100 {
			d.nums = append(d.nums[:i:i], d.nums[i+1:]...)
			return n
		}
	}
	return 0
}

func (d *dates) inYear(year int, month time.Month, day int) time.Time {
	if year == 0 {
		return d.next(month, day)
	}
	return civil(year, month, day)
}

// withMonth builds what names a month.
func (d *dates) withMonth(rule string) *span {
	year := d.year()
	if len(d.months) == 0 {
		return d.bareRange()
	}
	last := d.months[len(d.months)-1]
	switch {
	case rule == "date" && len(d.nums) == 1:
		return dated(d.inYear(year, last, d.nums[0]))
	case (rule == "range" || rule == "pair") && len(d.nums) == 2:
		s := &span{start: d.inYear(year, d.months[0], d.nums[0])}
		s.end = d.inYear(year, last, d.nums[1])
		if s.end.Before(s.start) { // already begun
			s.start = s.start.AddDate(-1, 0, 0)
		}
		return s.ordered()
	case strings.HasPrefix(rule, "month"):
		return d.wholeMonth(rule, year, last)
	}
	return d.weekends(rule, last)
}

func dated(t time.Time) *span {
	if t.IsZero() {
		return nil
	}
	return &span{start: t}
}

// ordered is s when its end isn't before its start.
func (s *span) ordered() *span {
	if s.start.IsZero() || s.end.IsZero() || s.end.Before(s.start) {
		return nil
	}
	return s
}

// bareRange is a range or pair of days of the month without the month.
func (d *dates) bareRange() *span {
	if len(d.nums) != 2 || unit(d.after()) {
		return nil
	}
	s := &span{start: d.nextDay(d.today, d.nums[0])}
	s.end = d.nextDay(s.start, d.nums[1])
	return s.ordered()
}

func (d *dates) wholeMonth(rule string, year int, month time.Month) *span {
	first := civil(year, month, 1)
	if year == 0 {
		first = civil(d.today.Year(), month, 1)
		if first.AddDate(0, 1, 0).Compare(d.today) <= 0 {
			first = first.AddDate(1, 0, 0)
		}
	}
	end := first.AddDate(0, 1, -1)
	s := &span{start: first, end: end}
	switch rule {
	case "months":
		s.end, s.vague = first.AddDate(0, 0, 9), "vague"
	case "monthm":
		s.start, s.end, s.vague = first.AddDate(0, 0, 9), first.AddDate(0, 0, 19), "vague"
	case "monthe":
		s.start, s.vague = first.AddDate(0, 0, 19), "vague"
	}
	return s
}

// weekends builds the weekends of a month: any of them, or the first so many.
func (d *dates) weekends(rule string, month time.Month) *span {
	s := d.wholeMonth("month", 0, month)
	s.vague = "several"
	if rule == "weekendsin" {
		return s
	}
	if len(d.nums) != 1 || d.nums[0] < 1 || d.nums[0] > 5 {
		return nil
	}
	saturday := onWeekday(s.start, time.Saturday, true)
	s.end = saturday.AddDate(0, 0, 7*(d.nums[0]-1)+1)
	s.start = saturday
	return s
}

// figures builds dates in digits; 3/5 is read in the order of the zone.
func (d *dates) figures(rule string) *span {
	year := d.year()
	if rule == "iso" && len(d.nums) == 2 {
		return dated(civil(year, time.Month(d.nums[0]), d.nums[1]))
	}
	if len(d.nums) < 2 || len(d.nums)%2 == 1 {
		return nil
	}
	s := &span{start: d.slash(year, d.nums[0], d.nums[1])}
	if len(d.nums) == 4 {
		s.end = d.slash(year, d.nums[2], d.nums[3])
		return s.ordered()
	}
	if s.start.IsZero() {
		return nil
	}
	if a, b := d.nums[0], d.nums[1]; a != b && a <= 12 && b <= 12 {
		s.vague = "order" // the other order is a date too
	}
	return s
}

func (d *dates) slash(year, a, b int) time.Time {
	if d.american && a <= 12 || b > 12 {
		a, b = b, a
	}
	if b < 1 || b > 12 || a < 1 {
		return time.Time{}
	}
	return d.inYear(year, time.Month(b), a)
}

// dayOfMonth builds « le 14 », the 14th; no street, floor or number of things.
func (d *dates) dayOfMonth() *span {
	if len(d.nums) != 1 || unit(d.after()) || sets["address"][d.before()] || sets["street"][d.after()] {
		return nil
	}
	if a := d.after(); a == "&" || a == "h" || a == ":" && d.before() == "devant" || a == "<time>" && d.r.Items[d.j-1].Text == "" {
		return nil
	}
	return dated(d.nextDay(d.today, d.nums[0]))
}

// unit says whether a word makes the number before it something else than a day.
func unit(w string) bool { return sets["unit"][w] || w == "%" || w == "€" }
