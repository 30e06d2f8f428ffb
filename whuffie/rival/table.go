package rival

import (
	"github.com/entregent/entregent/whuffie"
)

// Line is what one measure gives an attacker.
type Line struct {
	Measure   string
	Own       float64 // by how much the attack multiplies the owner's standing
	Coalition float64 // what owner and fakes have together, for each unit the owner had before
}

// Table plays a plan against every measure; log and circle are those of the world for which it was made. The circle of
// the rivals is without the owner, as is whuffie's reach (see whuffie.Audit): nobody's fakes are measured by the trust in
// herself.
//
// For bought vouches, before is the world in which those who were bought thank the owner directly.
func Table(w *whuffie.World, log []whuffie.Event, circle []string, p whuffie.Plan) ([]Line, error) {
	audit, err := w.Audit(p)
	if err != nil {
		return nil, err
	}
	before := log
	for _, e := range p.Honest {
		e.To = p.Owner
		before = append(before[:len(before):len(before)], e)
	}
	var honest []string
	for _, name := range circle {
		if name != p.Owner {
			honest = append(honest, name)
		}
	}
	lines := []Line{{"whuffie", audit.Own(), audit.Gain()}}
	calm, attacked := New(before, w.Clock(), 0), Under(log, p)
	for _, m := range measures {
		own0, _ := m.told(calm, honest, p)
		own, coalition := m.told(attacked, honest, p)
		lines = append(lines, Line{m.name, own / own0, coalition / own0})
	}
	return lines, nil
}

// measures tell what the owner has, and what she and the fakes have together.
var measures = []struct {
	name string
	told func(g *Graph, circle []string, p whuffie.Plan) (own, coalition float64)
}{
	{"count", func(g *Graph, _ []string, p whuffie.Plan) (float64, float64) { return together(g, p, g.Count()) }},
	{"PageRank", func(g *Graph, _ []string, p whuffie.Plan) (float64, float64) { return together(g, p, g.PageRank()) }},
	{"personalised PageRank", func(g *Graph, circle []string, p whuffie.Plan) (float64, float64) {
		return together(g, p, g.Personalised(g.Circle(circle)))
	}},
	{"EigenTrust", func(g *Graph, circle []string, p whuffie.Plan) (float64, float64) {
		return together(g, p, g.EigenTrust(g.Circle(circle)))
	}},
	{"MeritRank's measure", merit},
}

func together(g *Graph, p whuffie.Plan, told []float64) (own, coalition float64) {
	own = told[g.Find(p.Owner)]
	coalition = own
	for _, f := range p.Fakes {
		if n := g.Find(f); n >= 0 {
			coalition += told[n]
		}
	}
	return own, coalition
}

// merit asks for each fake on her own, which takes a run of the measure: fakes of one plan do the same thing, so one of
// them stands for all; on a ring, those beyond the 64th are met by less than 0.85^64 of the walks; and of the fakes for
// whom somebody was bought, at most 64, spread evenly, stand for all.
func merit(g *Graph, circle []string, p whuffie.Plan) (own, coalition float64) {
	share := g.Circle(circle)
	ask := func(name string) float64 {
		n := g.Find(name)
		if n < 0 {
			return 0
		}
		return From(share, g.MeritRank(n))
	}
	own = ask(p.Owner)
	if g.Find(p.Fakes[0]) < 0 {
		return own, own
	}
	asked, times := p.Fakes[:1], float64(len(p.Fakes))
	switch p.Shape {
	case whuffie.Ring:
		asked, times = p.Fakes[:min(64, len(p.Fakes))], 1
	case whuffie.Vouches:
		n := len(p.Honest)
		asked = nil
		for i := range min(64, n) {
			asked = append(asked, p.Fakes[i*n/min(64, n)])
		}
		times = float64(n) / float64(len(asked))
	}
	coalition = own
	for _, name := range asked {
		coalition += times * ask(name)
	}
	return own, coalition
}
