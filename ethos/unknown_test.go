package ethos

import (
	"cmp"
	"math"
	"slices"
	"testing"
)

// Each of the twenty values is treated as one that an organisation brings: its
// labels are kept away, the nineteen others are known. The corpus is the
// arguments themselves.
func TestUnknownValues(t *testing.T) {
	long(t)
	examples := valueeval(t)
	for len(examples) > 0 && examples[len(examples)-1].Guide {
		examples = examples[:len(examples)-1]
	}
	// What the known values say of each text, its topic left out.
	c := crossStudy(examples, "en", Folds, nil)
	y := builtinYardstick("schwartz")
	heads, _ := c.view(y)
	find := newFinder(y, "en")
	f := &findings{yardstick: y, known: y.IDs()}
	var r reader
	for i, e := range examples {
		odds := make([]float64, len(y.Values))
		for v := range odds {
			odds[v] = heads[v].odds(pick(c.apart[i], heads[v].Columns))
		}
		hits, _ := find.find(nil, e.Text, r.read(e.Text), nil)
		f.odds, f.seeds = append(f.odds, odds), append(f.seeds, countSeeds(hits, len(y.Values)))
	}
	matrix := c.matrix
	figures, pooled := map[string]float64{}, map[string]float64{}
	var order []string
	for v := range y.Values {
		// The nineteen others.
		g := &findings{yardstick: y, seeds: f.seeds}
		for k, id := range f.known {
			if k != v {
				g.known = append(g.known, id)
			}
		}
		for _, odds := range f.odds {
			row := append([]float64(nil), odds[:v]...)
			g.odds = append(g.odds, append(row, odds[v+1:]...))
		}
		slopes, centre := g.company(v)
		first := make([][]float64, len(examples))
		seeds, seeded, labels := make([]float64, len(examples)), make([]float64, len(examples)), make([]bool, len(examples))
		for i := range first {
			sum := -centre
			for k, x := range g.odds[i] {
				sum += slopes[k] * x
			}
			seeds[i], seeded[i] = f.seeds[i][v], rest+companySlope*sum+seedSlope*f.seeds[i][v]
			first[i] = make([]float64, len(y.Values))
			first[i][v] = seeded[i]
			labels[i] = examples[i].Labels[v]
		}
		tell := func(name string, scores []float64) {
			if v == 0 {
				order = append(order, name)
			}
			figures[name] += areaWithin(scores, labels, examples) / float64(len(y.Values))
			pooled[name] += area(scores, labels) / float64(len(y.Values))
		}
		tell("seeds alone", seeds)
		tell("seeded", seeded)
		for _, people := range []int{0, 100, 500} {
			l := lesson{matrix: matrix, first: first, seeds: f.seeds, said: make([]map[int32]bool, len(y.Values))}
			l.said[v] = map[int32]bool{}
			random := chance(uint64(v + 1))
			for len(l.said[v]) < people {
				i := random.below(len(examples))
				l.said[v][int32(i)] = labels[i]
			}
			tell(map[int]string{0: "learned", 100: "100 labels", 500: "500 labels"}[people], scoreUnknown(&l, v, examples))
		}
	}
	for _, name := range order {
		t.Logf("%-12s AUC %.4f among all texts, %.4f among those of a fold", name, pooled[name], figures[name])
	}
	if pooled["learned"] < .67 {
		t.Errorf("AUC %.3f without labels, want .67 or more", pooled["learned"])
	}
	if figures["500 labels"] < figures["learned"] {
		t.Errorf("500 labels make it worse: %.3f, %.3f without", figures["500 labels"], figures["learned"])
	}
}

// scoreUnknown learns a value with each fold of topics left out and gives what
// the texts of that fold score.
func scoreUnknown(l *lesson, v int, examples []Example) []float64 {
	scores := make([]float64, len(examples))
	each(Folds, func(out int) {
		var keep []int
		part := lesson{said: make([]map[int32]bool, len(l.said))}
		part.said[v] = map[int32]bool{}
		for i, e := range examples {
			if fold(e.Topic, Folds) == out {
				continue
			}
			if yes, ok := l.said[v][int32(i)]; ok {
				part.said[v][int32(len(keep))] = yes
			}
			keep = append(keep, i)
			part.first, part.seeds = append(part.first, l.first[i]), append(part.seeds, l.seeds[i])
		}
		part.matrix = l.matrix.only(keep)
		weights, bias, h := part.value(v)
		for i, e := range examples {
			if fold(e.Topic, Folds) == out {
				scores[i] = h.bias + h.own*l.matrix.score(int32(i), weights, bias) + h.before*(l.first[i][v]-seedSlope*l.seeds[i][v]) + h.seed*l.seeds[i][v]
			}
		}
	})
	return scores
}

// only gives the matrix of some texts.
func (m *matrix) only(texts []int) *matrix {
	n := &matrix{from: []int32{0}, bucket: m.bucket}
	for _, i := range texts {
		n.feature = append(n.feature, m.text(int32(i))...)
		n.from = append(n.from, int32(len(n.feature)))
		n.inverse = append(n.inverse, m.inverse[i])
	}
	return n
}

// areaWithin is the mean over folds of the AUC among the texts of a fold: each
// fold has its own scorer, and scores of different ones don't compare.
func areaWithin(scores []float64, labels []bool, examples []Example) float64 {
	sum, folds := 0.0, 0.0
	for out := range Folds {
		var p []float64
		var y []bool
		for i, e := range examples {
			if fold(e.Topic, Folds) == out {
				p, y = append(p, scores[i]), append(y, labels[i])
			}
		}
		if a := area(p, y); !math.IsNaN(a) {
			sum, folds = sum+a, folds+1
		}
	}
	return sum / folds
}

func area(p []float64, y []bool) float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	j := judged{names: []string{""}, p: [][]float64{p}, yes: [][]bool{y}, said: [][]bool{make([]bool, len(p))}}
	return j.count([][]int{order}, make([]int, len(p)), []float64{1}).auc[0]
}
