package presence

import (
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// values are the components and the index of the log itself and of every draw.
type values struct {
	center [components]float64
	draws  [components][]float64
	index  float64
	sample []float64 // the index of every draw, sorted
}

// evaluate takes the components of the cohort and of par.Draws cluster
// bootstraps of it: weeks are drawn with replacement, then askers within each
// week; the same draws serve all components. Draw d takes the random stream d
// of the seed, so that the number of cores changes nothing.
func (g *cohort) evaluate(m *model) values {
	v := values{center: m.center()}
	v.index = index(v.center)
	draws := g.par.Draws
	out := make([][components]float64, draws)
	members := m.members()
	var done atomic.Int64
	var telling sync.Mutex
	spare := sync.Pool{New: func() any { return m.scratch() }}
	each(draws, func(d int) {
		s := spare.Get().(*scratch)
		m.resample(g.opt.Seed, d, members, s)
		out[d] = m.draw(s.times, s)
		spare.Put(s)
		telling.Lock()
		g.opt.progress("resampling", float64(done.Add(1))/float64(draws))
		telling.Unlock()
	})
	for _, one := range out {
		for k, x := range one {
			if !math.IsNaN(x) {
				v.draws[k] = append(v.draws[k], x)
			}
		}
		if i := index(one); !math.IsNaN(i) {
			v.sample = append(v.sample, i)
		}
	}
	for k := range v.draws {
		slices.Sort(v.draws[k])
	}
	slices.Sort(v.sample)
	return v
}

// members lists the clusters of every week.
func (m *model) members() [][]int32 {
	weeks := make([][]int32, m.weeks)
	for c, w := range m.weekOf {
		weeks[w] = append(weeks[w], int32(c))
	}
	return weeks
}

// center evaluates the components of the log itself: everything counts once.
func (m *model) center() [components]float64 {
	s := m.scratch()
	for i := range s.times {
		s.times[i] = 1
	}
	for w := range s.week {
		s.week[w] = 1
	}
	return m.draw(s.times, s)
}

// resample says in s how often each week and each cluster counts in draw d.
func (m *model) resample(seed uint64, d int, members [][]int32, s *scratch) {
	rng := stat.Stream(seed, d)
	clear(s.times)
	stat.Resample(rng, s.week)
	for w, own := range members {
		n := len(own)
		for range n * int(s.week[w]) {
			s.times[own[rng.IntN(n)]]++
		}
	}
}

// interval is the percentile interval of sorted draws.
func interval(draws []float64, confidence float64) (lo, hi float64) {
	if len(draws) == 0 {
		return math.NaN(), math.NaN()
	}
	tail := (1 - confidence) / 2
	return stat.Quantile(draws, tail), stat.Quantile(draws, 1-tail)
}

// display applies the display rule: no number below the minimums, or wider than
// it can be read.
func (g *cohort) display(m *model, v values) Index {
	x := Index{Confidence: g.par.Confidence, Components: map[string]float64{}, Unmeasured: []string{},
		NAppeals: len(g.needing), NAskers: askers(g.needing), Excluded: len(g.excluded),
		Window: g.span(), Parameters: g.par, Version: Version, Doubts: []measure.Doubt{}}
	for k, name := range componentNames {
		if math.IsNaN(v.center[k]) {
			x.Unmeasured = append(x.Unmeasured, name)
		} else {
			x.Components[name] = v.center[k]
		}
	}
	for _, a := range g.needing {
		if g.ended(a) > g.until && a.left > g.until {
			x.Waiting++
		}
	}
	if !g.spoke() {
		x.Doubts = append(x.Doubts, measure.Doubted("no-organisation"))
		return x
	}
	if x.NAppeals < g.par.MinAppeals || x.NAskers < g.par.MinAskers {
		x.Doubts = append(x.Doubts, measure.Doubted("too-few-appeals", x.NAppeals, x.NAskers, g.par.MinAppeals, g.par.MinAskers))
		if all := g.whole(); all >= g.par.MinAppeals && all > len(g.appeals) {
			x.Doubts = append(x.Doubts, measure.Doubted("narrow-window", len(g.appeals), all))
		}
		return x
	}
	lo, hi := g.bounds(v)
	if !(hi-lo <= g.par.MaxWidth) {
		x.Doubts = append(x.Doubts, measure.Doubted("wide-interval", hi-lo, g.par.MaxWidth))
		return x
	}
	x.Value, x.Lo, x.Hi = measure.Finite(v.index), measure.Finite(lo), measure.Finite(hi)
	bound := v.index
	if len(g.excluded) > 0 {
		bound = index(g.model(g.excluded).center())
		x.Doubts = append(x.Doubts, measure.Doubted("excluded", len(g.excluded), bound))
	}
	x.Bound = measure.Finite(bound)
	return x
}

// whole is the number of appeals in the whole log.
func (g *cohort) whole() (n int) {
	for i := range g.cases.appeals {
		if !g.cases.appeals[i].excluded {
			n++
		}
	}
	return n
}

// spoke says whether any message is the organisation's.
func (g *cohort) spoke() bool {
	return g.ours > 0
}

// bounds is the percentile interval of the index. Where no draw can differ
// because nobody was answered, or everybody at once, attention's own interval
// stands for the draws.
func (g *cohort) bounds(v values) (lo, hi float64) {
	lo, hi = interval(v.sample, g.par.Confidence)
	if a := v.draws[attention]; len(a) > 0 && a[0] == a[len(a)-1] {
		one := v.center
		one[attention] = 1
		e := g.attention(g.needing, g.weight)
		lo, hi = min(lo, e.Lo*index(one)), max(hi, e.Hi*index(one))
	}
	return lo, hi
}

// askers counts the people behind appeals.
func askers(appeals []*appeal) int {
	seen := map[int32]bool{}
	for _, a := range appeals {
		seen[a.asker] = true
	}
	return len(seen)
}
