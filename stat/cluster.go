package stat

import "math"

// ClusteredProportion is the share of a yes-or-no outcome (values 0 or 1, or
// shares between) whose cases depend on each other within clusters: the answers
// of one person, say. n is the effective number of cases, the independent ones
// that would tell as much, never more than there are; lo and hi are Wilson's
// for it.
//
// n is p(1-p) over the clustered variance of the mean. As few clusters tell
// little of how they differ, it is multiplied by (z/t)² with t Student's
// quantile for the effective number of clusters (all cases squared over the
// summed squares of cluster sizes) less one, but at least one (Korn & Graubard
// 1998; Dean & Pagano 2015). Where all agree, the variance says nothing and only
// this second step applies. One cluster alone counts as one case. NaN values
// are passed over.
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
	yes, all, squares, clusters := 0.0, 0.0, 0.0, 0.0
	for c := range min(len(k), len(n)) {
		if n[c] > 0 {
			yes, all, squares, clusters = yes+k[c], all+n[c], squares+n[c]*n[c], clusters+1
		}
	}
	if all == 0 {
		return math.NaN(), math.NaN(), math.NaN(), 0
	}
	p, effective = yes/all, all
	if clusters == 1 {
		lo, hi = WilsonEffective(p, 1, confidence)
		return p, lo, hi, 1
	}
	variance := 0.0
	for c := range min(len(k), len(n)) {
		if n[c] > 0 {
			d := (k[c] - n[c]*p) / all
			variance += d * d
		}
	}
	variance *= clusters / (clusters - 1)
	if variance > 0 && p > 0 && p < 1 {
		effective = min(all, p*(1-p)/variance)
	}
	freedom := max(1, all*all/squares-1)
	shrink := normalQuantile(confidence) / studentQuantile(confidence, freedom)
	effective *= shrink * shrink
	lo, hi = WilsonEffective(p, effective, confidence)
	return p, lo, hi, effective
}
