package gap

import (
	"math"
	"slices"
)

// circular is how far the one profile must be carried round the circle of the
// values to become the other: the Wasserstein distance of order 1 on a circle
// (Rabin, Delon & Gousseau 2011), of the profiles taken as shares, k values at
// equal steps. 0 is the same; 1 would be everything carried half way round. What
// goes to a neighbour counts for less than what goes to the opposite.
//
// On a circle one may cut anywhere: the distance is the sum of what is carried
// over each step, |F − c|, for the c that makes it least, their median.
func circular(a, b []float64) float64 {
	var sa, sb float64
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
	}
	carried, sum := make([]float64, len(a)), 0.0
	for i := range a {
		sum += a[i]/sa - b[i]/sb
		carried[i] = sum
	}
	sorted := slices.Sorted(slices.Values(carried))
	median, total := sorted[len(sorted)/2], 0.0
	for _, f := range carried {
		total += math.Abs(f - median)
	}
	return total / (float64(len(a)) / 2)
}
