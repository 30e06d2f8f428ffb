package stat

import "math"

// likelihoodRatio is the interval of all s that a likelihood-ratio test does
// not refuse (Thomas & Grunkemeier 1975): given s, the hazards become
// d/(n+λ), with λ such that their curve passes through s.
func (c *Curve) likelihoodRatio(r int, confidence float64) (lo, hi float64) {
	z := normalQuantile(confidence)
	limit := z * z
	from := r // the last row with an event
	for from >= 0 && c.Events[from] == 0 {
		from--
	}
	if from < 0 { // no event: the likelihood of s is s^n
		return math.Exp(-limit / 2 / c.effective(r)), 1
	}
	at := func(lambda float64) (s, ratio float64) {
		logS := 0.0
		for j := 0; j <= from; j++ {
			n, d := c.AtRisk[j], c.Events[j]
			if d == 0 {
				continue
			}
			logS += math.Log1p(-d / (n + lambda))
			ratio += n * math.Log1p(lambda/n)
			if n > d {
				ratio -= (n - d) * math.Log1p(lambda/(n-d))
			}
		}
		return math.Exp(logS), 2 * ratio
	}
	least := math.Inf(1)
	for j := 0; j <= from; j++ {
		if c.Events[j] > 0 {
			least = min(least, c.AtRisk[j]-c.Events[j])
		}
	}
	beyond := func(lambda float64) float64 { _, ratio := at(lambda); return min(ratio-limit, 1e9) }
	if least > 0 {
		lo, _ = at(crossZero(-least, 0, beyond))
	}
	top := 1.0
	for beyond(top) < 0 && top < 1e300 {
		top *= 2
	}
	hi, _ = at(crossZero(0, top, beyond))
	return lo, hi
}

// crossZero finds where f passes zero between a and b, at which its signs
// differ, to nearly the last digit: Ridders's method (1979), which never leaves
// the bracket.
func crossZero(a, b float64, f func(float64) float64) float64 {
	fa, fb := f(a), f(b)
	best := math.NaN()
	for range 200 {
		if fa == 0 {
			return a
		}
		if fb == 0 {
			return b
		}
		m := a + (b-a)/2
		fm := f(m)
		if m == a || m == b || fm == 0 {
			return m
		}
		x := m + (m-a)*math.Copysign(1, fa)*fm/math.Sqrt(fm*fm-fa*fb)
		if math.Abs(x-best) <= 1e-15*math.Abs(x) || x <= min(a, b) || x >= max(a, b) {
			return x
		}
		best = x
		fx := f(x)
		switch {
		case math.Signbit(fm) != math.Signbit(fx):
			a, fa, b, fb = m, fm, x, fx
		case math.Signbit(fa) != math.Signbit(fx):
			b, fb = x, fx
		default:
			a, fa = x, fx
		}
	}
	return best
}
