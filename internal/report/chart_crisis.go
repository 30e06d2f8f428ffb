package report

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/entregent/entregent/presence"
)

// crisisPicture draws a crisis on a line of time: the surge above, the silence
// as a broken line until the first word, and the moments, numbered as in the
// table beside it.
func (s *speaker) crisisPicture(id string, c presence.Crisis) template.HTML {
	const top, line, base = 16.0, 74.0, 106.0
	end := s.crisisEnd(c)
	at := calendar(c.Start, end)
	d := draw(id, "chart short", base+26, s.Say("crisis.picture", s.Date(c.Start)), s.crisisDesc(c))
	if c.Alarm < len(s.Presence.Alarms) {
		a := s.Presence.Alarms[c.Alarm]
		x1, x2 := at.day(a.From), at.day(a.Until)
		d.box("surge", x1, top-6, max(x2, x1+.005), top)
		d.label("tick", "start", x1, 0, top+12, s.Say("crisis.surge"))
	}
	quiet := 1.0
	if c.FirstWord != nil {
		quiet = at.day(c.FirstWord.Time)
	}
	d.line("spoken", quiet, line, 1, line)
	d.line("silence", 0, line, quiet, line)
	if quiet > .15 {
		d.label("tick", "middle", quiet/2, 0, line-10, s.Say("crisis.silent"))
	}
	var placed []point
	for i, m := range s.moments(c) {
		if m.Milestone == nil {
			continue
		}
		p := point{at.day(m.Time), line}
		for _, other := range placed {
			if p.x-other.x < .07 && other.x-p.x < .07 && p.y >= other.y-1 {
				p.y = other.y - 24
			}
		}
		placed = append(placed, p)
		d.dot("moment", p.x, p.y, 10)
		d.label("moment-name", "middle", p.x, 0, p.y+4, fmt.Sprint(i+1))
	}
	for _, p := range c.Promises {
		if !p.Due.After(end) {
			d.label("promise", "middle", at.day(p.Due), 0, line+22, sign(p))
		}
	}
	d.line("rule", 0, base, 1, base)
	for i, h := range crisisTicks(end.Sub(c.Start)) {
		class := "tick"
		if i%2 == 1 {
			class = "tick wide"
		}
		x := at.day(c.Start.Add(h))
		d.line("rule", x, base, x, base+5)
		d.label(class, edge(x), x, 0, base+20, "+"+s.Duration(h.Hours()))
	}
	return d.done()
}

// sign is the mark of a promise.
func sign(p presence.Promise) string {
	return map[string]string{"promise.kept": "◆", "promise.broken": "◇", "promise.open": "○"}[kept(p)]
}

// crisisEnd is the last thing on the line of time.
func (s *speaker) crisisEnd(c presence.Crisis) time.Time {
	end := c.Start.Add(24 * time.Hour)
	later := func(t time.Time) {
		if t.After(end) {
			end = t
		}
	}
	if c.Alarm < len(s.Presence.Alarms) {
		later(s.Presence.Alarms[c.Alarm].Until)
	}
	for _, m := range s.moments(c) {
		if m.Milestone != nil {
			later(m.Time)
		}
	}
	for _, p := range c.Promises {
		if p.Kept != nil {
			later(p.Due)
		}
	}
	return end
}

// crisisDesc says the timeline in words.
func (s *speaker) crisisDesc(c presence.Crisis) string {
	said := []string{}
	for _, m := range s.moments(c) {
		when := s.Say("crisis.never")
		if m.Milestone != nil {
			when = "+" + s.Duration(m.Hours)
		}
		said = append(said, s.Say("pair", m.Name, when))
	}
	return strings.Join(said, ". ")
}

// crisisTicks divides a length of time into at most eight round parts.
func crisisTicks(length time.Duration) (ticks []time.Duration) {
	const d = 24 * time.Hour
	by := 365 * d
	for _, step := range []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, d / 2, d, 2 * d, 5 * d, 7 * d, 14 * d, 30 * d, 90 * d} {
		if length/step <= 8 {
			by = step
			break
		}
	}
	for t := time.Duration(0); t <= length; t += by {
		ticks = append(ticks, t)
	}
	return ticks
}
