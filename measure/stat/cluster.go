package stat

import "math"

// ClusteredProportion is the share of a yes-or-no outcome (values 0 or 1, or
// shares between) whose cases depend on each other within clusters: the answers
// of one person, say. n is the effective number of cases, the independent ones
// that would tell as much; lo and hi are Wilson's interval for it. NaN values
// are passed over.
//
// n is the number of cases over the design effect, at least 1. The design
// effect is how many times the clustered variance of the mean exceeds p(1-p)/n;
// see [Sample.Interval] for how it is kept honest when few clusters can tell.
func ClusteredProportion(values []float64, cluster []int, confidence float64) (p, lo, hi, n float64) {
	id, clusters := number(min(len(values), len(cluster)), func(i int) int { return cluster[i] })
	size, sum := make([]float64, clusters), make([]float64, clusters)
	for i, c := range id {
		if v := values[i]; !math.IsNaN(v) {
			size[c]++
			sum[c] += v
		}
	}
	return ClusteredCounts(sum, size, confidence)
}

// ClusteredCounts is [ClusteredProportion] from k yeses of n in each cluster.
func ClusteredCounts(k, n []float64, confidence float64) (p, lo, hi, effective float64) {
	g := grouping{}
	yes := 0.0
	for c := range min(len(k), len(n)) {
		if n[c] > 0 {
			yes += k[c]
			g.add(n[c])
		}
	}
	if g.all == 0 {
		return math.NaN(), math.NaN(), math.NaN(), 0
	}
	p = yes / g.all
	variance := 0.0
	for c := range min(len(k), len(n)) {
		if n[c] > 0 {
			d := (k[c] - n[c]*p) / g.all
			variance += d * d
		}
	}
	effect := g.effect(p, variance*g.all/(p*(1-p)), confidence)
	effective = max(1, g.all/effect)
	lo, hi = WilsonEffective(p, effective, confidence)
	return p, lo, hi, effective
}

// Interval is that of the share still waiting after t when the waits of a
// cluster depend on each other: the method's, for as many fewer waits as the
// design effect says.
//
// The design effect is how many times the clustered variance exceeds
// Greenwood's, but at least 1. It is itself uncertain: only clusters that might
// go either way tell of it, 4p(1-p) of each. So it is averaged with the worst
// it could be, all waits of a cluster alike, which counts as half such a
// cluster; where all are answered or none, only the worst is left. Last, it is
// multiplied by (t/z)², t being Student's quantile for the effective number of
// clusters less one (Korn & Graubard 1998). The average is this package's own,
// chosen by simulation (TestClusteredCoverage): without it the interval of a
// share of .95 to .99 covers as little as 82 %.
func (s *Sample) Interval(t, confidence float64, m Method) (lo, hi float64) {
	if len(s.waits) == 0 || math.IsNaN(t) {
		return math.NaN(), math.NaN()
	}
	return s.curve().WithDesign(s.DesignEffect(t, confidence)).Interval(t, confidence, m)
}

// DesignEffect is the one that [Sample.Interval] divides waits by, at least 1.
func (s *Sample) DesignEffect(t, confidence float64) float64 {
	sizes := make([]float64, s.clusters)
	for i := range s.waits {
		sizes[s.id[s.waits[i].index]] += s.waits[i].w
	}
	g := grouping{}
	for _, n := range sizes {
		if n > 0 {
			g.add(n)
		}
	}
	rd := s.Survival(t)
	clustered, plain := rd.ClusteredSE(), rd.SE()
	return g.effect(rd.Value(), clustered*clustered/(plain*plain), confidence)
}

// grouping is how cases fall into clusters.
type grouping struct {
	all, squares, clusters float64
}

func (g *grouping) add(n float64) {
	g.all, g.squares, g.clusters = g.all+n, g.squares+n*n, g.clusters+1
}

// effect is the design effect for a share p, from the ratio of clustered to
// independent variance. A ratio that is NaN tells nothing.
func (g *grouping) effect(p, ratio, confidence float64) float64 {
	const worstCounts = .5
	worst := g.squares / g.all
	effective := g.all / worst // clusters
	told := 4 * p * (1 - p) * effective
	if g.clusters > 1 {
		ratio *= g.clusters / (g.clusters - 1)
	}
	effect := worst
	if told > 0 && ratio > 0 && !math.IsInf(ratio, 1) {
		effect = (told*max(1, ratio) + worstCounts*worst) / (told + worstCounts)
	}
	widen := studentQuantile(confidence, max(1, effective-1)) / normalQuantile(confidence)
	return effect * widen * widen
}
