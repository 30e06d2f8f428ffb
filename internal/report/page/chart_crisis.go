package page

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/presence"
)

// crisisPicture draws a crisis on a line of time: the surge above, the silence
// as a broken line until the first word, and the moments, numbered as in the
// table beside it; below, how many appeals had come and how many had an answer.
func crisisPicture(s *report.Speaker, id string, c presence.Crisis) template.HTML {
	const top, line = 16.0, 96.0
	base := 128.0
	if len(c.Course) > 0 {
		base = courseBase
	}
	end := crisisEnd(s, c)
	at := report.Calendar(c.Start, end)
	d := draw(id, "chart short", base+26, s.Say("crisis.picture", s.Date(c.Start)), crisisDesc(s, c))
	if c.Alarm < len(s.Presence.Alarms) {
		a := s.Presence.Alarms[c.Alarm]
		x1, x2 := at.Day(a.From), at.Day(a.Until)
		d.box("surge", x1, top-6, max(x2, x1+.005), top)
		d.label("tick", "start", x1, 0, top+12, s.Say("crisis.surge"))
	}
	quiet := 1.0
	if c.FirstWord != nil {
		quiet = at.Day(c.FirstWord.Time)
	}
	d.line("spoken", quiet, line, 1, line)
	d.line("silence", 0, line, quiet, line)
	if quiet > .15 {
		d.label("tick", "middle", quiet/2, 0, line-10, s.Say("crisis.silent"))
	}
	var placed []point
	for i, m := range s.Moments(c) {
		if m.Milestone == nil {
			continue
		}
		p := point{at.Day(m.Time), line}
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
			d.label("promise", "middle", at.Day(p.Due), 0, line+22, sign(p))
		}
	}
	if len(c.Course) > 0 {
		drawCourse(s, d, at, c)
	}
	d.line("rule", 0, base, 1, base)
	d.ticks(report.Thinned(sinceTicks(s, at, c.Start, end), .1, .19), base)
	return d.done()
}

// The room below the line of time, in pixels from the top.
const (
	courseTop  = 144.0
	courseBase = 248.0
)

// drawCourse draws how the appeals of a crisis piled up, and the answers.
func drawCourse(s *report.Speaker, d *drawing, at report.Scale, c presence.Crisis) {
	most := max(1, c.Course[len(c.Course)-1].Appeals)
	read := func(of func(presence.Course) int) []point {
		points := []point{{0, courseBase}}
		for _, day := range c.Course {
			y := courseBase - (courseBase-courseTop)*float64(of(day))/float64(most)
			points = append(points, point{at.Day(c.Start.AddDate(0, 0, day.Days)), y})
		}
		return points
	}
	came := read(func(day presence.Course) int { return day.Appeals })
	served := read(func(day presence.Course) int { return day.Answered })
	d.paths(func(path func(string, []point, bool)) {
		path("unserved", band(served, came), true)
		path("curve", steps(came), false)
		path("curve org", steps(served), false)
	})
	last := c.Course[len(c.Course)-1]
	d.label("name", "end", 1, -4, courseTop-5, s.Integer(last.Appeals)+" "+s.Say("course.appeals"))
	d.label("name strong", "end", 1, -4, min(courseBase-6, served[len(served)-1].y-6), s.Integer(last.Answered)+" "+s.Say("course.answered"))
}

// sign is the mark of a promise.
func sign(p presence.Promise) string {
	return map[string]string{"promise.kept": "◆", "promise.broken": "◇", "promise.open": "○"}[report.Kept(p)]
}

// crisisEnd is the last thing on the line of time.
func crisisEnd(s *report.Speaker, c presence.Crisis) time.Time {
	end := c.Start.Add(24 * time.Hour)
	if n := len(c.Course); n > 0 {
		end = c.Start.AddDate(0, 0, c.Course[n-1].Days)
	}
	later := func(t time.Time) {
		if t.After(end) {
			end = t
		}
	}
	if c.Alarm < len(s.Presence.Alarms) {
		later(s.Presence.Alarms[c.Alarm].Until)
	}
	for _, m := range s.Moments(c) {
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
func crisisDesc(s *report.Speaker, c presence.Crisis) string {
	said := []string{}
	for _, m := range s.Moments(c) {
		when := s.Say("crisis.never")
		if m.Milestone != nil {
			when = "+" + s.Duration(m.Hours)
		}
		said = append(said, s.Say("pair", m.Name, when))
	}
	return strings.Join(said, ". ")
}

// sinceTicks names at most nine round times since the start.
func sinceTicks(s *report.Speaker, at report.Scale, start, end time.Time) (ticks []report.Tick) {
	const d = 24 * time.Hour
	by := 365 * d
	for _, step := range []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, d / 2, d, 2 * d, 5 * d, 7 * d, 14 * d, 30 * d, 90 * d} {
		if end.Sub(start)/step <= 8 {
			by = step
			break
		}
	}
	for t := time.Duration(0); !start.Add(t).After(end); t += by {
		label := "0"
		if t > 0 {
			label = "+" + s.Duration(t.Hours())
		}
		ticks = append(ticks, report.Tick{At: at.Day(start.Add(t)), Label: label})
	}
	return ticks
}
