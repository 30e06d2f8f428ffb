package page

import (
	"html/template"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// The room of a chart with a share upward: pixels from the top.
const (
	roof   = 14.0
	ground = 274.0
)

// upward is where a share stands.
func upward(share float64) float64 { return ground - report.Unit(share)*(ground-roof) }

// grid draws the shares 0, 25, … 100 % across.
func grid(s *report.Speaker, d *drawing) {
	for i := range 5 {
		share := float64(i) / 4
		d.line("rule", 0, upward(share), 1, upward(share))
		if i%2 == 0 {
			d.label("tick", "end", 0, -8, upward(share)+4, s.Percent(share, 0))
		}
	}
}

// series is one curve: what it is called, its class, its points.
type series struct {
	name, class string
	points      []point
}

// curvePicture draws the curve of waiting as a staircase with its band, under
// what an average over the answered claims.
func curvePicture(s *report.Speaker) template.HTML {
	curve := s.Presence.Curve
	first, last := curve[0], curve[len(curve)-1]
	at := report.TimeScale(curve)
	d := draw("curve-picture", "chart", ground+34, s.Say("curve.picture"), s.Say("curve.desc", s.Percent(first.Organisation.Center, 0), s.Percent(last.Organisation.Center, 0),
		s.Clock(last.Hours), s.Percent(last.Organisation.Center, 0), s.Percent(last.Anyone.Center, 0), s.Percent(last.NaiveShare, 0)))
	grid(s, d)
	d.ticks(s.WaitTicks(at, .09, .2), ground)
	read := func(of func(presence.Point) float64) (points []point) {
		for _, p := range curve {
			if y := of(p); y == y { // known
				points = append(points, point{at.At(p.Hours), upward(y)})
			}
		}
		return points
	}
	bounds := func(e func(presence.Point) measure.Estimate) []point {
		return band(read(func(p presence.Point) float64 { return e(p).Lo }), read(func(p presence.Point) float64 { return e(p).Hi }))
	}
	org := func(p presence.Point) measure.Estimate { return p.Organisation }
	any := func(p presence.Point) measure.Estimate { return p.Anyone }
	all := []series{
		{s.Say("curve.org"), "org", read(func(p presence.Point) float64 { return p.Organisation.Center })},
		{s.Say("curve.anyone"), "anyone", read(func(p presence.Point) float64 { return p.Anyone.Center })},
		{s.Say("curve.naive"), "naive", read(func(p presence.Point) float64 { return p.NaiveShare })},
	}
	d.paths(func(path func(string, []point, bool)) {
		path("band faint", bounds(any), true)
		path("band", bounds(org), true)
		for i := len(all) - 1; i >= 0; i-- {
			path("curve "+all[i].class, steps(all[i].points), false)
		}
	})
	d.endLabels(all)
	return d.done()
}

// endLabels names each curve where it ends, in the margin where there is one.
func (d *drawing) endLabels(all []series) {
	const line = 15.0
	var ys, heights []float64
	var names [][]string
	var classes []string
	for _, one := range all {
		if n := len(one.points); n > 0 {
			name := report.Wrap(one.name, 24)
			ys, heights = append(ys, one.points[n-1].y), append(heights, line*float64(len(name))+4)
			names, classes = append(names, name), append(classes, one.class)
		}
	}
	for i, y := range apart(ys, heights, ground+line) {
		for k, words := range names[i] {
			d.label("end "+classes[i], "start", 1, 10, y+4+line*float64(k), words)
		}
	}
}
