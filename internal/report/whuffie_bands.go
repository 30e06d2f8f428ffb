package report

import (
	"html/template"
	"maps"
	"slices"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/whuffie"
)

// fewest is how many people a band holds at least of which a report tells
// anything when it lists nobody: who is one of fewer could be known.
const fewest = 5

// bandMet is a band that only a report knows: all those of whom there is
// something to say.
const bandMet whuffie.Band = "met"

// bandsDown are the bands from the highest to the lowest, the organisation's
// last.
var bandsDown = []whuffie.Band{whuffie.BandMany, whuffie.BandSome, whuffie.BandFew, bandMet, whuffie.BandTooFew, whuffie.BandOrganisation}

// coarse gives the bands as they are shown, the highest first, and what thanks go
// between them. Where people aren't listed, a band that holds too few joins the
// one below, and what still holds too few keeps its thanks to itself.
func (t standing) coarse() (bands []entregent.Band, flows []whuffie.Between) {
	people, joined := map[whuffie.Band]int{}, map[whuffie.Band]whuffie.Band{}
	for _, b := range t.Bands {
		people[b.Band], joined[b.Band] = b.People, b.Band
	}
	few := func(band whuffie.Band) bool { return !t.people && 0 < people[band] && people[band] < fewest }
	join := func(into whuffie.Band, from ...whuffie.Band) {
		for _, b := range from {
			people[into] += people[b]
			people[b] = 0
			for band, now := range joined {
				if now == b {
					joined[band] = into
				}
			}
		}
	}
	if few(whuffie.BandMany) {
		join(whuffie.BandSome, whuffie.BandMany)
	}
	if few(whuffie.BandSome) {
		join(bandMet, whuffie.BandSome, whuffie.BandFew)
	}
	for _, b := range bandsDown {
		if people[b] > 0 {
			bands = append(bands, entregent.Band{Band: b, People: people[b]})
		}
	}
	sums := map[[2]whuffie.Band]int{}
	for _, f := range t.Flow {
		sums[[2]whuffie.Band{joined[f.From], joined[f.To]}] += f.Thanks
	}
	for _, from := range bandsDown {
		for _, to := range bandsDown {
			n := sums[[2]whuffie.Band{from, to}]
			if n == 0 || few(from) || few(to) && to != whuffie.BandOrganisation {
				continue
			}
			flows = append(flows, whuffie.Between{From: from, To: to, Thanks: n})
		}
	}
	return bands, flows
}

// in names a band in a few words.
func (t standing) in(b whuffie.Band) string { return t.Say("whuffie.in." + string(b)) }

// heads says how many people a band holds.
func (t standing) heads(b entregent.Band) string {
	if !t.people && b.People < fewest {
		return t.Say("whuffie.fewer", fewest)
	}
	return t.Integer(b.People)
}

// flowPicture draws who lifts whom: on the left the bands of those who thank, on
// the right those of who is thanked, and between them ribbons as wide as the
// thanks are many. It stays as large whatever the number of people.
func (t standing) flowPicture(flows []whuffie.Between) template.HTML {
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
		for _, b := range bandsDown {
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
	for _, b := range bandsDown {
		if y, there := left[b]; there {
			d.label("name", "start", 0, 0, y-6, t.in(b)+" "+t.Integer(said[b]))
			d.box("dot", 0, y, .012, y+high(said[b]))
		}
		if y, there := right[b]; there {
			d.label("name", "end", 1, 0, y-6, t.in(b)+" "+t.Integer(got[b]))
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
