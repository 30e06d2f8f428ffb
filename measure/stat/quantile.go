package stat

import (
	"math"
	"slices"
)

// Quantile is the value below which the share p of the sorted values lies,
// between two of them in proportion (R's type 7, Hyndman & Fan 1996). NaN
// without values or with p outside 0..1.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	h := p * float64(len(sorted)-1)
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := h - float64(i)
	if part == 0 {
		return sorted[i]
	}
	return sorted[i] + part*(sorted[i+1]-sorted[i])
}

// BenjaminiHochberg adjusts the p-values of many comparisons made at once, so
// that of those kept below a limit, at most that share is expected to be false
// (Benjamini & Hochberg 1995; R's p.adjust "BH"). NaN stay NaN and don't count.
func BenjaminiHochberg(p []float64) []float64 {
	order := make([]int, 0, len(p))
	adjusted := slices.Clone(p)
	for i, v := range p {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	least, n := 1.0, float64(len(order))
	for k, i := range order {
		least = min(least, p[i]*n/(n-float64(k)))
		adjusted[i] = least
	}
	return adjusted
}
