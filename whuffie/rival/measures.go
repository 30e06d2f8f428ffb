package rival

import "math"

const tolerance = 1e-10

// Count is the weight of the thanks that each person received.
func (g *Graph) Count() []float64 {
	count := make([]float64, g.Len())
	for _, row := range g.rows {
		for _, e := range row {
			count[e.to] += e.weight
		}
	}
	for _, p := range g.clique {
		count[p] += float64(len(g.clique) - 1)
	}
	return count
}

// Net is Count less the weight of the reports against each person.
func (g *Graph) Net() []float64 {
	net := g.Count()
	for _, row := range g.reports {
		for _, e := range row {
			net[e.to] -= e.weight
		}
	}
	return net
}

// PageRank is the share of time that a reader spends at each person who follows a thanks with chance .85 and else begins
// anew with anybody; at who thanked nobody she always does (Brin and Page 1998).
func (g *Graph) PageRank() []float64 {
	anybody := make([]float64, g.Len())
	for p := range anybody {
		anybody[p] = 1 / float64(g.Len())
	}
	return g.surf(anybody, .85)
}

// Personalised is PageRank in which she begins anew with the circle.
func (g *Graph) Personalised(circle []float64) []float64 { return g.surf(circle, .85) }

func (g *Graph) surf(start []float64, follow float64) []float64 {
	x := start
	for range 1000 {
		y := g.forward(x)
		lost := 1.0
		for p := range y {
			y[p] *= follow
			lost -= y[p]
		}
		change := 0.0
		for p := range y {
			y[p] += lost * start[p]
			change += math.Abs(y[p] - x[p])
		}
		if x = y; change < tolerance {
			break
		}
	}
	return x
}

// EigenTrust is t = (1−a)·Cᵀt + a·p, with a = .15, C the thanks less the reports of each pair, where that is positive,
// as shares of what each person says, and p the circle, who are also believed by those who believe nobody (Kamvar,
// Schlosser, Garcia-Molina 2003).
func (g *Graph) EigenTrust(circle []float64) []float64 {
	local := &Graph{rows: make([][]edge, g.Len()), total: make([]float64, g.Len()), clique: g.clique}
	for p, row := range g.rows {
		against := map[int]float64{}
		for _, e := range g.reports[p] {
			against[e.to] = e.weight
		}
		local.total[p] = g.total[p]
		for _, e := range row {
			left := max(0, e.weight-against[e.to])
			local.total[p] -= e.weight - left
			local.rows[p] = append(local.rows[p], edge{e.to, left})
		}
		local.total[p] = max(0, local.total[p])
	}
	return local.surf(circle, .85)
}

// MeritRank is the share of walks from the circle that meet a person, if each walk goes on with chance .85 as long as it
// can, and counts a person once (Nasrulin, Ishmaev, Pouwelse 2022, transitivity decay alone); told exactly, for everybody
// as the viewer: the result's p-th number is the chance that walks which start with p meet her.
func (g *Graph) MeritRank(person int) []float64 { return g.meet(person, .85, 1000) }

// meet is the chance that walks from each person meet one person, within some steps. Starting there isn't meeting.
func (g *Graph) meet(person int, follow float64, steps int) []float64 {
	f := make([]float64, g.Len())
	f[person] = 1
	for range steps {
		y := g.backward(f)
		change := 0.0
		for p := range y {
			y[p] *= follow
			if p == person {
				y[p] = 1
			}
			change = max(change, math.Abs(y[p]-f[p]))
		}
		if f = y; change < tolerance {
			break
		}
	}
	f[person] = 0
	return f
}

// From is the mean of a measure told for every viewer, over a circle.
func From(circle, told []float64) float64 {
	sum := 0.0
	for p, share := range circle {
		sum += share * told[p]
	}
	return sum
}
