package page

import (
	"html/template"
	"math"

	"github.com/entregent/entregent/internal/report"
)

// dots draws an estimate on its scale: a dot for the estimate, a line for its
// interval. full is the scale's end: 1 for shares and scores, 100 for points.
func dots(id string, f report.Figure, full float64, title, desc string) template.HTML {
	const height, middle = 28, 14
	d := draw(id, "strip", height, title, desc)
	ground := "ground"
	if !f.Known {
		ground = "ground unknown"
	}
	d.line(ground, 0, middle, 1, middle)
	for _, x := range []float64{0, .25, .5, .75, 1} {
		tall := 3.0
		if x == 0 || x == 1 {
			tall = 6
		}
		d.line("ground", x, middle-tall, x, middle+tall)
	}
	if f.Known {
		if f.Interval != "" && !math.IsInf(f.Hi, 0) {
			d.line("interval", report.Unit(f.Lo/full), middle, report.Unit(f.Hi/full), middle)
		}
		d.dot("dot", report.Unit(f.Center/full), middle, 5.5)
	}
	return d.done()
}

// contrast draws what an average over the answered says beside what is so.
func contrast(s *report.Speaker, naive float64, honest report.Figure) template.HTML {
	const height, middle = 92, 46
	said, so := s.Percent(naive, 0), honest.Whole()
	d := draw("naive-picture", "strip", height, s.Say("naive.picture"), s.Say("naive.desc", said, so))
	d.line("ground", 0, middle, 1, middle)
	for _, x := range []float64{0, .5, 1} {
		d.line("ground", x, middle-6, x, middle+6)
	}
	d.line("gap", report.Unit(honest.Center), middle, report.Unit(naive), middle)
	d.line("interval", report.Unit(honest.Lo), middle, report.Unit(honest.Hi), middle)
	d.dot("dot", report.Unit(honest.Center), middle, 6.5)
	d.dot("dot hollow", report.Unit(naive), middle, 6.5)
	d.label("name faint", side(naive), report.Unit(naive), 0, middle-18, said+" "+s.Say("naive.answered-only"))
	d.label("name strong", side(honest.Center), report.Unit(honest.Center), 0, middle+30, honest.Value+" "+s.Say("naive.honest"))
	return d.done()
}

// Side anchors a label so that it stays inside the picture.
func side(x float64) string {
	switch {
	case x < .3:
		return "start"
	case x > .7:
		return "end"
	}
	return "middle"
}
