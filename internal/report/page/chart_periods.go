package page

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Below the shares of a period stands how many appeals there were.
const (
	pile   = ground + 66 // where the counts stand
	height = 44.0        // of the tallest
)

// periodsPicture draws the shares answered over time, each period as long as it
// was, with the alarms marked.
func periodsPicture(s *report.Speaker) template.HTML {
	all := s.Presence.Periods
	from, until := all[0].From, all[len(all)-1].Until
	at := report.Calendar(from, until)
	lo, hi := math.NaN(), math.NaN()
	most := 1
	for _, p := range all {
		if e := p.Answered7dOrg; e.Known() {
			lo, hi = least(lo, e.Center), -least(-hi, -e.Center)
		}
		most = max(most, p.Appeals)
	}
	d := draw("periods-picture", "chart", pile+30, s.Say("periods.picture"), s.Say("periods.desc", len(all), s.Period(all[0].From, s.Span()),
		s.Period(all[len(all)-1].From, s.Span()), s.Percent(lo, 0), s.Percent(hi, 0), len(s.Presence.Alarms)))
	grid(s, d)
	drawAlarms(s, d, at)
	for _, p := range all {
		x1, x2 := at.Day(p.From), at.Day(p.Until)
		d.box("count", x1+.1*(x2-x1), pile-height*float64(p.Appeals)/float64(most), x2-.1*(x2-x1), pile)
	}
	d.paths(func(path func(string, []point, bool)) {
		for _, some := range stretches(all, func(p presence.Period) measure.Estimate { return p.Answered7dOrg }) {
			path("band", band(flat(at, some, lower), flat(at, some, upper)), true)
			path("curve org", flat(at, some, middle), false)
		}
		for _, some := range stretches(all, func(p presence.Period) measure.Estimate { return p.Answered7dAny }) {
			path("curve anyone", flat(at, some, middle), false)
		}
	})
	d.line("rule", 0, pile, 1, pile)
	d.label("tick", "end", 0, -8, pile-height+9, s.Integer(most))
	d.label("tick", "end", 0, -8, pile, "0")
	d.ticks(report.Thinned(s.DayTicks(from, until, 9), .11, .27), pile)
	d.endLabels(lastShares(s, all))
	return d.done()
}

// legible is the widest interval that is drawn: a wider one would shout and say
// nothing, and stands in the table only. Where all are wider all are drawn.
func legible(all []presence.Period) float64 {
	const widest = .75
	for _, p := range all {
		if e := p.Answered7dOrg; e.Hi-e.Lo <= widest {
			return widest
		}
	}
	return 1
}

// leavesOut says whether the picture leaves out a period that the table has.
func leavesOut(all []presence.Period) bool {
	widest := legible(all)
	return slices.ContainsFunc(all, func(p presence.Period) bool { return p.Answered7dOrg.Hi-p.Answered7dOrg.Lo > widest })
}

// stretch is periods one after the other whose estimate can be drawn.
type stretch struct {
	periods   []presence.Period
	estimates []measure.Estimate
}

func stretches(all []presence.Period, of func(presence.Period) measure.Estimate) (found []stretch) {
	open, widest := false, legible(all)
	for _, p := range all {
		e := of(p)
		drawn := e.Known() && e.Hi-e.Lo <= widest
		if drawn {
			if !open {
				found = append(found, stretch{})
			}
			last := &found[len(found)-1]
			last.periods, last.estimates = append(last.periods, p), append(last.estimates, e)
		}
		open = drawn
	}
	return found
}

func lower(e measure.Estimate) float64  { return e.Lo }
func middle(e measure.Estimate) float64 { return e.Center }
func upper(e measure.Estimate) float64  { return e.Hi }

// flat is a stretch's line: level for as long as each period was.
func flat(at report.Scale, s stretch, of func(measure.Estimate) float64) (points []point) {
	for i, p := range s.periods {
		y := upward(of(s.estimates[i]))
		points = append(points, point{at.Day(p.From), y}, point{at.Day(p.Until), y})
	}
	return points
}

// lastShares names the two curves where they end.
func lastShares(s *report.Speaker, all []presence.Period) []series {
	end := func(name, class string, of func(presence.Period) measure.Estimate) series {
		drawn := stretches(all, of)
		if len(drawn) == 0 {
			return series{}
		}
		last := drawn[len(drawn)-1].estimates
		return series{name, class, []point{{1, upward(last[len(last)-1].Center)}}}
	}
	return []series{end(s.Say("curve.org"), "org", func(p presence.Period) measure.Estimate { return p.Answered7dOrg }),
		end(s.Say("curve.anyone"), "anyone", func(p presence.Period) measure.Estimate { return p.Answered7dAny })}
}

// drawAlarms marks when each alarm ran; its number stands above where there is
// room.
func drawAlarms(s *report.Speaker, d *drawing, at report.Scale) {
	room := []report.Tick{}
	for i, a := range s.Presence.Alarms {
		x1, x2 := at.Day(a.From), at.Day(a.Until)
		if a.Until.Unix() < int64(at.Lo) {
			continue
		}
		d.box("alarm", x1, roof, max(x2, x1+.002), pile)
		if name := (report.Tick{At: x1}); !report.Crowded(room, name, .05) {
			room = append(room, name)
			d.label("alarm-name", edge(x1), x1, 0, roof-3, fmt.Sprintf("▲%d", i+1))
		}
	}
}

// least is the smaller of two where the first may not be known yet.
func least(a, b float64) float64 {
	if math.IsNaN(a) {
		return b
	}
	return min(a, b)
}
