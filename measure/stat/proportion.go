package stat

import "math"

// Wilson is the score interval of a share: x of n (Wilson 1927). It stays
// inside 0..1 and stays open when x is 0 or n. With n = 0 it is 0..1.
func Wilson(x, n, confidence float64) (lo, hi float64) {
	if n == 0 {
		return WilsonEffective(0, 0, confidence)
	}
	return WilsonEffective(x/n, n, confidence)
}

// WilsonEffective is Wilson's interval of a share p that is as well known as if
// it had been counted on n independent cases; n need not be whole.
func WilsonEffective(p, n, confidence float64) (lo, hi float64) {
	z := normalQuantile(confidence)
	if math.IsNaN(p+n+z) || p < 0 || p > 1 || n < 0 {
		return math.NaN(), math.NaN()
	}
	if math.IsInf(n, 1) {
		return p, p
	}
	z2 := z * z
	center, half := n*p+z2/2, z*math.Sqrt(n*p*(1-p)+z2/4)
	lo, hi = (center-half)/(n+z2), (center+half)/(n+z2)
	if p == 0 || n == 0 {
		lo = 0
	}
	if p == 1 || n == 0 {
		hi = 1
	}
	return max(0, lo), min(1, hi)
}

// ClopperPearson is the interval of a share, x of n, that covers at least as
// often as it says, whatever the share (Clopper & Pearson 1934). It is wide.
func ClopperPearson(x, n, confidence float64) (lo, hi float64) {
	if !countable(x, n, confidence) {
		return math.NaN(), math.NaN()
	}
	tail := (1 - confidence) / 2
	hi = 1
	if x > 0 {
		lo, _ = betaQuantile(tail, x, n-x+1)
	}
	if x < n {
		hi, _ = betaQuantile(1-tail, x+1, n-x)
	}
	return lo, hi
}

// Jeffreys is the equal-tailed interval of a share, x of n, under the prior
// Beta(½,½), with 0 and 1 kept when x is 0 or n (Brown, Cai & DasGupta 2001).
func Jeffreys(x, n, confidence float64) (lo, hi float64) {
	if !countable(x, n, confidence) {
		return math.NaN(), math.NaN()
	}
	tail := (1 - confidence) / 2
	hi = 1
	if x > 0 {
		lo, _ = betaQuantile(tail, x+.5, n-x+.5)
	}
	if x < n {
		hi, _ = betaQuantile(1-tail, x+.5, n-x+.5)
	}
	return lo, hi
}

func countable(x, n, confidence float64) bool {
	return x >= 0 && x <= n && n > 0 && !math.IsInf(n, 1) && confidence > 0 && confidence < 1
}
