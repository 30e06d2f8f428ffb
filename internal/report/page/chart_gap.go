package page

import (
	"fmt"
	"html/template"
	"math"
	"time"

	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
)

// Where the three parts of a row stand across it: the organisation's scale runs
// from ownZero to the left, the community's from othersZero to the right, the
// gap's between them.
const (
	ownZero    = .27
	gapFrom    = .33
	gapTo      = .67
	othersZero = .73
)

// lozenge is the community's mark, as a dot is the organisation's.
func (d *drawing) lozenge(class string, x, y, r float64) {
	fmt.Fprintf(d, `<svg x="%.2f%%" y="%.1f" overflow="visible" aria-hidden="true"><path class="%s" d="M0 %g L%g 0 L0 %g L%g 0Z"/></svg>`, 100*x, y, class, -r, r, r, -r)
}

// facePicture draws the two sides facing each other over one value.
func facePicture(s *report.Speaker, id string, v gap.Value, r report.Reach, title, desc string) template.HTML {
	const height, middle = 30, 15
	d := draw(id, "strip face", height, title, desc)
	d.line("ground", 0, middle, ownZero, middle)
	d.line("ground", ownZero, middle-6, ownZero, middle+6)
	d.line("ground", othersZero, middle, 1, middle)
	d.line("ground", othersZero, middle-6, othersZero, middle+6)
	if own, others := report.Finite(v.Organisation), report.Finite(v.Community); r.Side > 0 && !math.IsNaN(own+others) {
		x, y := ownZero*(1-report.Unit(own/r.Side)), othersZero+(1-othersZero)*report.Unit(others/r.Side)
		d.line("share", x, middle, ownZero, middle)
		d.dot("dot own", x, middle, 5.5)
		d.line("share", othersZero, middle, y, middle)
		d.lozenge("dot others", y, middle, 6.5)
	}
	d.tilt(v.Gap, r.Gap, v.Differs, gapFrom, gapTo, middle)
	return d.done()
}

// tilt draws a gap with its interval between two places, what is above 0 to the
// left. The dot is full when the gap is there.
func (d *drawing) tilt(e measure.Estimate, bound float64, differs bool, from, to, y float64) {
	ground := "ground"
	if !e.Known() {
		ground = "ground unknown"
	}
	zero := (from + to) / 2
	d.line(ground, from, y, to, y)
	d.line("zero", zero, y-10, zero, y+10)
	if !e.Known() || bound <= 0 {
		return
	}
	at := func(x float64) float64 { return zero - (to-from)/2*min(1, max(-1, x/bound)) }
	if !math.IsNaN(e.Lo) && !math.IsNaN(e.Hi) {
		d.line("interval", at(e.Hi), y, at(e.Lo), y)
	}
	class := "dot hollow"
	if differs {
		class = "dot"
	}
	d.dot(class, at(e.Center), y, 5)
}

// axisPicture draws where the organisation stands on an axis, seen from its
// community.
func axisPicture(s *report.Speaker, a report.Axis, bound float64, f report.Figure) template.HTML {
	name := s.Say("gap-axis." + a.ID)
	d := draw("gap-"+a.ID+"-picture", "strip face", 50, name, s.Say("gap.axis.desc", name, f.Whole(), s.Leans(a)))
	d.tilt(a.Estimate, bound, !report.HoldsZero(a.Estimate), 0, 1, 15)
	d.label("tick", "start", 0, 0, 44, "← "+s.Say("gap-first."+a.ID))
	d.label("tick", "end", 1, 0, 44, s.Say("gap-second."+a.ID)+" →")
	return d.done()
}

// gapPeriodsPicture draws one axis over time: a dot and its interval for each
// period that holds enough. It is empty when none does.
func gapPeriodsPicture(s *report.Speaker, id string) template.HTML {
	all := s.Gap.Periods
	const top, bottom = 12.0, 172.0
	bound, known, lo, hi := 0., 0, math.NaN(), math.NaN()
	for _, p := range all {
		if e, ok := p.Axes[id]; ok && e.Known() {
			bound, known = report.Farther(bound, e), known+1
			lo, hi = least(lo, e.Center), -least(-hi, -e.Center)
		}
	}
	if known == 0 || bound == 0 {
		return ""
	}
	from, to := all[0].From, all[len(all)-1].To
	on := report.Calendar(from, to)
	y := func(x float64) float64 { return (top+bottom)/2 - (bottom-top)/2*x/bound }
	name := s.Say("gap-axis." + id)
	d := draw("gap-"+id+"-time", "chart", bottom+30, s.Say("gap.periods.picture", name), s.Say("gap.periods.desc", known, len(all), s.Signed(lo), s.Signed(hi)))
	for _, x := range []float64{bound, 0, -bound} {
		d.line("rule", 0, y(x), 1, y(x))
		d.label("tick", "end", 0, -8, y(x)+4, s.Decimal(x, 2))
	}
	d.label("tick", "start", 0, 6, top+13, s.Say("gap-first."+id))
	d.label("tick", "start", 0, 6, bottom-5, s.Say("gap-second."+id))
	for _, p := range all {
		e, ok := p.Axes[id]
		if !ok || !e.Known() {
			continue
		}
		x := (on.Day(p.From) + on.Day(p.To.Add(-time.Hour))) / 2
		d.line("interval", x, y(e.Lo), x, y(e.Hi))
		class := "dot"
		if report.HoldsZero(e) {
			class = "dot hollow"
		}
		d.dot(class, x, y(e.Center), 5)
	}
	d.ticks(report.Thinned(s.DayTicks(from, to, 9), .11, .27), bottom)
	return d.done()
}
