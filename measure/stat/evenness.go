package stat

import (
	"math"
	"slices"
)

// The functions of this file tell how evenly something is shared: answers per
// person, say. They take amounts that are not negative; where nothing is shared
// at all, or an amount is negative or NaN, the answer is NaN.

// Gini is 0 when all have the same and nears 1 when one has everything: half
// the mean difference between two of them, over the mean (Gini 1912).
func Gini(x []float64) float64 {
	total := sumOf(x)
	if math.IsNaN(total) {
		return total
	}
	sorted := slices.Sorted(slices.Values(x))
	n, ranked := float64(len(x)), 0.0
	for i, v := range sorted {
		ranked += v * float64(i+1)
	}
	return 2*ranked/(n*total) - (n+1)/n
}

// Theil is 0 when all have the same and ln(n) when one has everything: how far
// Shannon's entropy lies below its largest value, in nats (Theil 1967).
func Theil(x []float64) float64 {
	return math.Log(float64(len(x))) - Shannon(x)
}

// TheilNormalised is Theil's index over its largest value ln(n); 0..1. Of a
// single share it is NaN.
func TheilNormalised(x []float64) float64 {
	return Theil(x) / math.Log(float64(len(x)))
}

// Jain is 1 when all have the same and 1/n when one has everything (Jain, Chiu
// & Hawe 1984): the share of the n that would have to be served, were it
// evenly.
func Jain(x []float64) float64 {
	total, squares := sumOf(x), 0.0
	for _, v := range x {
		squares += v * v
	}
	return total * total / (float64(len(x)) * squares)
}

// Pielou is Shannon's entropy over its largest value ln(n), those with nothing
// counted among the n: 1 even, 0 one has everything (Pielou 1966). Of a single
// share it is NaN.
func Pielou(x []float64) float64 {
	return Shannon(x) / math.Log(float64(len(x)))
}

// Shannon is the entropy of the shares, -Σ p·ln(p), in nats (Shannon 1948).
func Shannon(x []float64) float64 {
	total := sumOf(x)
	if math.IsNaN(total) {
		return total
	}
	h := 0.0
	for _, v := range x {
		if v > 0 {
			h -= v / total * math.Log(v/total)
		}
	}
	return h
}

// Hill is how many equal shares would be as diverse as these: Hill's number of
// order q ≥ 0 (Hill 1973). Order 0 counts those who have anything, 1 is
// exp(Shannon), 2 the inverse of the chance that two draws meet, +Inf the
// inverse of the largest share.
func Hill(x []float64, q float64) float64 {
	total := sumOf(x)
	if math.IsNaN(total) || !(q >= 0) {
		return math.NaN()
	}
	if q == 1 {
		return math.Exp(Shannon(x))
	}
	if math.IsInf(q, 1) {
		return total / slices.Max(x)
	}
	sum := 0.0
	for _, v := range x {
		if v > 0 {
			sum += math.Pow(v/total, q)
		}
	}
	return math.Pow(sum, 1/(1-q))
}

// ChaoShen is Shannon's entropy, in nats, corrected for the people who exist
// but were not seen in a small sample of counts: shares are shrunk by the
// sample's coverage 1-f1/n (f1: seen once) and weighted by the chance of having
// been seen at all (Chao & Shen 2003). When everyone was seen once, f1 is taken
// as n-1.
func ChaoShen(counts []float64) float64 {
	n := sumOf(counts)
	if math.IsNaN(n) {
		return n
	}
	once := 0.0
	for _, v := range counts {
		if v == 1 {
			once++
		}
	}
	if once == n {
		once--
	}
	coverage, h := 1-once/n, 0.0
	for _, v := range counts {
		if p := coverage * v / n; p > 0 {
			seen := -math.Expm1(n * math.Log1p(-p))
			h -= p * math.Log(p) / seen
		}
	}
	return h
}

// ContributorAbsenceFactor is the fewest people who together have at least half
// of everything (CHAOSS); 0 where there is nothing to share.
func ContributorAbsenceFactor(x []float64) int {
	total := sumOf(x)
	if math.IsNaN(total) {
		return 0
	}
	sorted := slices.Sorted(slices.Values(x))
	had := 0.0
	for k := range sorted {
		had += sorted[len(sorted)-1-k]
		if had >= total/2 {
			return k + 1
		}
	}
	return len(sorted)
}

// sumOf adds up amounts; NaN when the sum is 0 or an amount makes no sense.
func sumOf(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		if !(v >= 0) || math.IsInf(v, 1) {
			return math.NaN()
		}
		sum += v
	}
	if sum == 0 {
		return math.NaN()
	}
	return sum
}
