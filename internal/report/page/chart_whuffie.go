package page

import (
	"html/template"
	"maps"
	"slices"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/whuffie"
)

// flowPicture draws who lifts whom: on the left the bands of those who thank, on
// the right those of who is thanked, and between them ribbons as wide as the
// thanks are many. It stays as large whatever the number of people.
func flowPicture(t report.Standing, flows []whuffie.Between) template.HTML {
	if len(flows) == 0 {
		return ""
	}
	const head, label, gap, full = 26., 20., 10., 230.
	all, said, got := 0, map[whuffie.Band]int{}, map[whuffie.Band]int{}
	for _, f := range flows {
		all += f.Thanks
		said[f.From] += f.Thanks
		got[f.To] += f.Thanks
	}
	high := func(thanks int) float64 { return max(1, full*float64(thanks)/float64(all)) }
	place := func(sums map[whuffie.Band]int) (at map[whuffie.Band]float64, bottom float64) {
		at, bottom = map[whuffie.Band]float64{}, head
		for _, b := range report.BandsDown {
			if sums[b] > 0 {
				at[b] = bottom + label
				bottom = at[b] + high(sums[b]) + gap
			}
		}
		return at, bottom
	}
	left, low := place(said)
	right, lower := place(got)
	d := draw("whuffie-flow", "strip", max(low, lower), t.Say("whuffie.flow"), t.Say("whuffie.flow.how"))
	d.label("tick", "start", 0, 0, 14, t.Say("whuffie.who-thanks"))
	d.label("tick", "end", 1, 0, 14, t.Say("whuffie.who-is-thanked"))
	d.paths(func(path func(string, []point, bool)) {
		out, in := maps.Clone(left), maps.Clone(right)
		for _, f := range flows {
			wide := full * float64(f.Thanks) / float64(all)
			path("ribbon", ribbon(out[f.From], in[f.To], wide), true)
			out[f.From] += wide
			in[f.To] += wide
		}
	})
	for _, b := range report.BandsDown {
		if y, there := left[b]; there {
			d.label("name", "start", 0, 0, y-6, t.In(b)+" "+t.Integer(said[b]))
			d.box("dot", 0, y, .012, y+high(said[b]))
		}
		if y, there := right[b]; there {
			d.label("name", "end", 1, 0, y-6, t.In(b)+" "+t.Integer(got[b]))
			d.box("dot", .988, y, 1, y+high(got[b]))
		}
	}
	return d.done()
}

// ribbon is a band of a width from one height on the left to another on the
// right, level at both ends.
func ribbon(from, to, wide float64) (edge []point) {
	const bends = 16
	for i := range bends + 1 {
		x := float64(i) / bends
		edge = append(edge, point{.016 + .968*x, from + (to-from)*x*x*(3-2*x)})
	}
	for _, p := range slices.Backward(edge) {
		edge = append(edge, point{p.x, p.y + wide})
	}
	return edge
}
