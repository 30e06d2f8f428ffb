package ethos

import "math"

// The model must come out the same, byte for byte, on any machine. The
// standard library's Log and Exp are written apart for some processors, and a
// compiler may join a product and a sum into one rounding; so the few functions
// that training needs stand here, every product rounded by float64(…).

// ln is the natural logarithm of x > 0: x = m·2^e with m near 1, then the
// series of 2·artanh((m−1)/(m+1)).
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	z := (m - 1) / (m + 1)
	zz := float64(z * z)
	s := 0.0
	for k := 25; k >= 1; k -= 2 {
		s = float64(s*zz) + 1/float64(k)
	}
	return float64(2*float64(z*s)) + float64(float64(e)*math.Ln2)
}

// exp is e^x: x = k·ln 2 + r, then the series of e^r.
func exp(x float64) float64 {
	if x > 700 {
		x = 700
	}
	if x < -700 {
		return 0
	}
	k := math.Round(x / math.Ln2)
	r := x - float64(k*math.Ln2)
	s := 1.0
	for n := 16; n >= 1; n-- {
		s = 1 + float64(s*r)/float64(n)
	}
	return math.Ldexp(s, int(k))
}

// logistic is 1/(1+e^−x).
func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }

// chance is a small generator for shuffling the training texts (splitmix64).
type chance uint64

func (c *chance) below(n int) int {
	*c += 0x9e3779b97f4a7c15
	h := uint64(*c)
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return int((h ^ h>>31) % uint64(n))
}
