// Package rival holds the other measures of standing that whuffie is compared with: counting, PageRank, personalised
// PageRank, EigenTrust and MeritRank's measure. All are computed exactly, on the same logs and under the same attacks
// (see Table), so that the comparison can be made again by anyone.
//
// They are written for comparison and for tests, not for use: each has a known way to be raised by fakes.
package rival

import (
	"math"
	"time"

	"github.com/entregent/entregent/whuffie"
)

// Graph is a log as the rivals see it: who thanked whom, with one weight a pair.
type Graph struct {
	number  map[string]int
	rows    [][]edge // whom each person thanked
	total   []float64
	reports [][]edge // whom each person reported
	clique  []int    // people who, besides, all thank each other once
}

type edge struct {
	to     int
	weight float64
}

// New makes the graph of a log, in which withdrawn and erased thanks should no longer be. With a half-life, what is older
// than now weighs less; without one (0) all weighs alike, as the rivals have it.
func New(log []whuffie.Event, now time.Time, halfLife time.Duration) *Graph {
	g := &Graph{number: map[string]int{}}
	type pair struct{ from, to int }
	at := map[whuffie.Kind]map[pair]int{whuffie.Thanks: {}, whuffie.Harm: {}}
	for _, e := range log {
		if e.Kind != whuffie.Thanks && e.Kind != whuffie.Harm || e.Paid || e.From == e.To {
			continue
		}
		from, to := g.person(e.From), g.person(e.To)
		w := e.Strength
		if w == 0 {
			w = 1
		}
		if halfLife > 0 {
			w *= math.Exp2(-float64(now.Sub(e.Time)) / float64(halfLife))
		}
		list := &g.rows[from]
		if e.Kind == whuffie.Harm {
			list = &g.reports[from]
		} else {
			g.total[from] += w
		}
		i, old := at[e.Kind][pair{from, to}]
		if !old {
			i = len(*list)
			at[e.Kind][pair{from, to}] = i
			*list = append(*list, edge{to: to})
		}
		(*list)[i].weight += w
	}
	return g
}

// Under makes the graph of a log under attack.
func Under(log []whuffie.Event, p whuffie.Plan) *Graph {
	g := New(append(log[:len(log):len(log)], p.Events...), time.Time{}, 0)
	if p.Clique {
		for _, f := range p.Fakes {
			n := g.person(f)
			g.clique = append(g.clique, n)
			g.total[n] += float64(len(p.Fakes) - 1)
		}
	}
	return g
}

func (g *Graph) person(name string) int {
	n, ok := g.number[name]
	if !ok {
		n = len(g.number)
		g.number[name] = n
		g.rows = append(g.rows, nil)
		g.reports = append(g.reports, nil)
		g.total = append(g.total, 0)
	}
	return n
}

// Find is the number by which the measures tell of somebody; −1 if the log doesn't name her.
func (g *Graph) Find(name string) int {
	if n, ok := g.number[name]; ok {
		return n
	}
	return -1
}

// Len is the number of people.
func (g *Graph) Len() int { return len(g.rows) }

// Circle is an even share of 1 for each of some people.
func (g *Graph) Circle(names []string) []float64 {
	share := make([]float64, g.Len())
	n := 0
	for _, name := range names {
		if p := g.Find(name); p >= 0 {
			share[p]++
			n++
		}
	}
	for p := range share {
		share[p] /= float64(max(n, 1))
	}
	return share
}

// forward moves what everybody has along her thanks; who thanked nobody loses it.
func (g *Graph) forward(x []float64) []float64 {
	y := make([]float64, g.Len())
	for p, row := range g.rows {
		if g.total[p] == 0 {
			continue
		}
		each := x[p] / g.total[p]
		for _, e := range row {
			y[e.to] += each * e.weight
		}
	}
	all := 0.0
	for _, p := range g.clique {
		all += x[p] / g.total[p]
	}
	for _, p := range g.clique {
		y[p] += all - x[p]/g.total[p]
	}
	return y
}

// backward gives everybody the mean of those she thanked.
func (g *Graph) backward(f []float64) []float64 {
	y := make([]float64, g.Len())
	all := 0.0
	for _, p := range g.clique {
		all += f[p]
		y[p] -= f[p]
	}
	for _, p := range g.clique {
		y[p] += all
	}
	for p, row := range g.rows {
		if g.total[p] == 0 {
			continue
		}
		for _, e := range row {
			y[p] += e.weight * f[e.to]
		}
		y[p] /= g.total[p]
	}
	return y
}
