package sentence

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/phrase"
	"github.com/entregent/entregent/gift/board/series"
)

// moments are the days and hours of a part, sorted by what they are for.
type moments struct {
	days, ends []*span
	rule       *span
	hours      []*hour
	arrive     *hour
	until      *hour
	part       string
	dropped    bool
}

// gather sorts the days and hours of the reading.
func (r *reading) gather() *moments {
	m := &moments{}
	live := 0
	for _, t := range r.Items {
		if s, ok := t.Value.(*span); ok && s.bound != "day" {
			live++
		}
	}
	for _, t := range r.Items {
		switch v := t.Value.(type) {
		case *span:
			m.addDay(v, live > 0)
		case *hour:
			m.addHour(v)
		default:
			if p := meanings["part"][t.Text]; p > 0 && m.part == "" && !strings.HasPrefix(t.Text, "nuit") && !strings.HasPrefix(t.Text, "night") {
				m.part = partNames[p]
			}
		}
	}
	return m
}

func (m *moments) addDay(s *span, others bool) {
	switch {
	case s.past || s.bound == "except" || s.bound == "none" || s.bound == "day" && others:
		m.dropped = m.dropped || s.bound == "none"
	case s.repeat != "" && m.rule != nil && s.start.IsZero():
	case s.repeat != "" && m.rule == nil:
		m.rule = s
		m.part = first(m.part, s.part)
	case s.bound == "until" || s.bound == "before" || s.bound == "inclusive" || s.bound == "leave" && (len(m.days) > 0 || len(m.ends) > 0):
		m.ends = append(m.ends, s)
	default:
		m.days = append(m.days, s)
		m.part = first(m.part, s.part)
	}
}

func (m *moments) addHour(h *hour) {
	switch {
	case h.bound == "arrive":
		m.arrive = h
	case h.bound == "before" && m.until == nil:
		m.until = h
	default:
		m.hours = append(m.hours, h)
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

const dayFormat = "2006-01-02"

// when fills the days and hours of the form.
func (r *reading) when(f *Form, o Options) {
	m := r.gather()
	f.Part = m.part
	if m.dropped {
		f.mark(End, "open")
	}
	if f.Kind == board.Ride && m.until != nil && m.arrive == nil && len(m.hours) == 0 {
		m.arrive, m.until = m.until, nil
	}
	switch {
	case m.rule != nil:
		r.recurrent(f, m, o)
	case len(m.days) > 0:
		r.dayed(f, m, o)
	case len(m.hours) > 0:
		r.hourOnly(f, m, o)
	}
	r.finish(f, m, o)
}

// dayed fills the start from the first day, and the end from a range or a second
// day.
func (r *reading) dayed(f *Form, m *moments, o Options) {
	d := m.days[0]
	if d.weekdays && f.Kind != board.Bed && f.Kind != board.Loan || d.weekdays && d.vague != "" {
		f.mark(Start, "either", d.start.Format(dayFormat), "weekly")
		f.mark(End, "either")
		f.mark(Repeat, "either")
	}
	if d.vague != "" {
		f.mark(Start, d.vague, readings(d)...)
		if !d.end.IsZero() {
			f.mark(End, d.vague)
		}
	}
	if d.rule == "weekend" && f.Kind == board.Ride { // one day of the two
		f.mark(Start, "either", d.start.Format(dayFormat), d.end.Format(dayFormat))
		f.mark(End, "either")
	}
	start := d.start
	if !d.end.IsZero() {
		f.End = d.end.Format(dayFormat)
	}
	if f.End == "" && len(m.days) > 1 && len(m.ends) == 0 && f.Kind != board.Ride {
		if second := m.days[1]; second.start.After(start) {
			f.End = second.start.Format(dayFormat)
			f.mark(End, "several")
		}
	}
	f.Start = start.Format(dayFormat)
	if len(m.hours) > 0 {
		r.at(f, start, m.hours[0], m, o)
		if len(m.hours) > 1 && m.hours[1].bound != "back" && f.Kind != board.Ride {
			f.End = first(f.End, start.Format(dayFormat)) + "T" + format(r.minutes(f, m.hours[1], m))
		}
	}
	if f.Kind == board.Bed && d.end.IsZero() && f.End == "" && len(m.ends) == 0 && (d.bound != "from" || r.nights() > 1) {
		nights := r.nights()
		if d.night || nights > 0 || m.part == "evening" {
			f.End = start.AddDate(0, 0, max(1, nights)).Format(dayFormat)
		}
	}
	if d.bound == "from" && f.Kind != board.Bed {
		f.End = ""
	}
}

// readings are the days that a vague span may mean.
func readings(s *span) []string {
	switch s.vague {
	case "next":
		return []string{s.start.Format(dayFormat), s.start.AddDate(0, 0, 7).Format(dayFormat)}
	case "order":
		if d := s.start.Day(); d <= 12 {
			return []string{s.start.Format(dayFormat), civil(s.start.Year(), time.Month(d), int(s.start.Month())).Format(dayFormat)}
		}
	}
	return []string{s.start.Format(dayFormat)}
}

// at gives the start its hour, and says when that hour doesn't exist or comes
// twice that day.
func (r *reading) at(f *Form, day time.Time, h *hour, m *moments, o Options) {
	minutes := r.minutes(f, h, m)
	if h.midnight && minutes == 0 { // tomorrow at midnight: the night that begins tomorrow
		day = day.AddDate(0, 0, 1)
		f.mark(Start, "midnight", day.AddDate(0, 0, -1).Format(dayFormat)+"T00:00", day.Format(dayFormat)+"T00:00")
	}
	if len(m.days) > 0 && m.days[0].night && m.days[0].part == "evening" && minutes < 5*60 && !h.midnight { // tonight at 2: tomorrow
		day = day.AddDate(0, 0, 1)
		f.mark(Start, "night")
	}
	f.Start = day.Format(dayFormat) + "T" + format(minutes)
	r.exists(f, day, minutes, o)
}

// exists marks an hour that the change of clocks leaves out or repeats.
func (r *reading) exists(f *Form, day time.Time, minutes int, o Options) {
	local := series.Local{Year: day.Year(), Month: day.Month(), Day: day.Day(), Hour: minutes / 60, Minute: minutes % 60}
	at := local.In(o.Now.Location())
	if len(at) != 1 { // says more than any other doubt about the hour
		f.Marks = slices.DeleteFunc(f.Marks, func(m Mark) bool { return m.Field == Start })
	}
	switch len(at) {
	case 0:
		before, after := local.Around(o.Now.Location())
		f.mark(Start, "no such hour", before.String(), after.String())
	case 2:
		f.mark(Start, "twice", at[0].Format(time.RFC3339), at[1].Format(time.RFC3339))
	}
}

// minutes is the hour of the day that was meant: in the evening, 7 is 19.
func (r *reading) minutes(f *Form, h *hour, m *moments) int {
	if h.sure || h.minutes >= 12*60 {
		return h.minutes
	}
	afternoon := m.part == "evening" || m.part == "afternoon"
	if f.Kind == board.Table && h.minutes >= 60 && h.minutes <= 10*60 && m.part != "morning" {
		afternoon = true
		f.mark(Start, "either")
	}
	if f.Kind == board.Ride && h.minutes < 5*60+1 && m.part != "night" && m.part == "" {
		afternoon = true
		f.mark(Start, "either")
	}
	if afternoon {
		return h.minutes + 12*60
	}
	return h.minutes
}

// hourOnly fills a start from an hour without a day: today's, or tomorrow's when
// it is past; it is marked.
func (r *reading) hourOnly(f *Form, m *moments, o Options) {
	day := civilDay(o.Now)
	minutes := r.minutes(f, m.hours[0], m)
	if minutes <= o.Now.Hour()*60+o.Now.Minute() {
		day = day.AddDate(0, 0, 1)
	}
	if m.hours[0].bound == "from" && f.Kind != board.Ride {
		return
	}
	r.at(f, day, m.hours[0], m, o)
	f.mark(Start, "no day", f.Start)
}

// recurrent fills rule and first occurrence.
func (r *reading) recurrent(f *Form, m *moments, o Options) {
	s := m.rule
	rule, interval := s.repeat, 1
	if rule == "FREQ=DAILY" && f.Kind == board.Ride && everyDay.MatchString(" "+phrase.Folded(s.words)+" ") {
		rule = weekly(1, working)
		f.mark(Repeat, "either", rule, "FREQ=DAILY")
	}
	parity := ""
	for _, t := range r.Items {
		if v, ok := t.Value.(*span); ok && (v.repeat == "even" || v.repeat == "odd") {
			parity = v.repeat
		}
	}
	if rule == "even" || rule == "odd" {
		if len(m.days) == 0 {
			return
		}
		rule, interval = weekly(2, []time.Weekday{m.days[0].start.Weekday()}), 2
	}
	if f.Kind == board.Bed && !s.start.IsZero() { // Friday and Saturday night: one stay
		f.Start, f.End = s.start.Format(dayFormat), s.end.AddDate(0, 0, 1).Format(dayFormat)
		f.mark(End, "nights", f.End, s.end.Format(dayFormat))
		return
	}
	f.Repeat = rule
	if rule == "FREQ=DAILY" && f.Kind == board.Ride {
		f.mark(Repeat, "either", rule, weekly(1, working))
	}
	if s.vague != "" && parity == "" {
		f.mark(Start, s.vague)
		f.mark(Repeat, s.vague)
	}
	minutes := -1
	if len(m.hours) > 0 {
		minutes = r.minutes(f, m.hours[0], m)
	}
	from := civilDay(o.Now)
	switch {
	case !s.start.IsZero():
		from, f.End = s.start, s.end.Format(dayFormat)
	case len(m.days) > 0:
		f.mark(Start, "several")
		from = m.days[0].start
	}
	f.Start = firstOf(rule, from, minutes, o, parity)
	_ = interval
}

// firstOf is the first occurrence after now of a rule that runs from a day on; a
// rule without an hour begins tomorrow at the earliest unless today matches.
func firstOf(rule string, from time.Time, minutes int, o Options, parity string) string {
	option, err := rrule.StrToROption(strings.Split(rule, ";UNTIL")[0])
	if err != nil {
		return ""
	}
	option.Interval = 1
	option.Dtstart = from
	all, err := rrule.NewRRule(*option)
	if err != nil {
		return ""
	}
	today := civilDay(o.Now)
	next := all.Iterator()
	for range 60 {
		d, ok := next()
		if !ok {
			return ""
		}
		_, week := d.ISOWeek()
		if parity == "even" && week%2 == 1 || parity == "odd" && week%2 == 0 {
			continue
		}
		if d.Equal(today) && minutes >= 0 && minutes <= o.Now.Hour()*60+o.Now.Minute() {
			continue
		}
		if d.Equal(today) && minutes < 0 && strings.Contains(rule, "BYDAY") && !strings.Contains(rule, ",") {
			continue
		}
		if minutes < 0 {
			return d.Format(dayFormat)
		}
		return d.Format(dayFormat) + "T" + format(minutes)
	}
	return ""
}

// finish fills ends, arrivals and hours that bound.
func (r *reading) finish(f *Form, m *moments, o Options) {
	if len(m.ends) > 0 {
		e := m.ends[len(m.ends)-1]
		end := e.start
		if !e.end.IsZero() {
			end = e.end
		}
		if e.vague != "" {
			f.mark(End, e.vague)
		} else {
			if e.bound == "before" {
				end = e.start.AddDate(0, 0, -1)
				f.mark(End, "before", end.Format(dayFormat), e.start.Format(dayFormat))
			}
			f.End = end.Format(dayFormat)
		}
		if f.Start == "" && f.Act == board.Offer && f.Kind == board.Thing {
			f.Start = civilDay(o.Now).Format(dayFormat)
		} else if f.Start == "" {
			f.mark(Start, "missing")
		}
	}
	if m.arrive != nil && f.Start != "" {
		f.ArriveBy = f.Start[:len(dayFormat)] + "T" + format(r.minutes(f, m.arrive, m))
	}
	if m.until != nil && f.Kind != board.Ride {
		day := first(f.Start, civilDay(o.Now).Format(dayFormat))[:len(dayFormat)]
		f.End = day + "T" + format(r.minutes(f, m.until, m))
		if !strings.Contains(f.Start, "T") {
			f.mark(Start, "missing")
		}
	}
}

// nights is how many nights were said, 0 when none.
func (r *reading) nights() int {
	for i, t := range r.Items {
		if i > 0 && (t.Text == "nuits" || t.Text == "nuit" || t.Text == "nights" || t.Text == "night") {
			if n := atoi(r.Items[i-1].Text); n > 0 {
				return n
			}
			if t.Text == "nuit" || t.Text == "night" {
				return 1
			}
		}
	}
	return 0
}
