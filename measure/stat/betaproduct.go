package stat

import "math"

// betaProduct is the interval of the share still waiting after row r by the
// beta product confidence procedure, mid-p version (Fay, Brittain & Proschan
// 2013; Fay & Brittain 2016).
//
// Each time t_j at which d of n are answered leaves a share that is known as
// Beta(n-d+1, d) is; the product over all of them bounds the share from above.
// It may be about to fall: one more factor Beta(n,1), with n those still
// watched, bounds it from below. Each product is taken for the beta
// distribution with its mean and variance, and the interval is that of an even
// mixture of both. Without censoring it is the mid-p interval of Clopper and
// Pearson; when nobody is watched any more it reaches down to 0.
func (c *Curve) betaProduct(r int, confidence float64) (lo, hi float64) {
	if !(confidence > 0 && confidence < 1) {
		return math.NaN(), math.NaN()
	}
	mean, square := 1.0, 1.0
	for j := 0; j <= r; j++ {
		if n, d := c.AtRisk[j], c.Events[j]; d > 0 {
			a := max(0, n-d) + 1
			mean *= a / (a + d)
			square *= a * (a + 1) / ((a + d) * (a + d + 1))
		}
	}
	n := 0.0
	if r+1 < len(c.Time) {
		n = c.AtRisk[r+1]
	}
	above, below := momentBeta(mean, square), momentBeta(mean*n/(n+1), square*n/(n+2))
	bound := func(share float64) float64 {
		return crossZero(0, 1, func(q float64) float64 { return (above(q)+below(q))/2 - share })
	}
	tail := (1 - confidence) / 2
	if n > 0 && mean > 0 {
		lo = min(bound(tail), c.surv(r))
	}
	if mean == 1 {
		return lo, 1
	}
	return lo, bound(1 - tail)
}

// momentBeta is the distribution function of the beta distribution with the
// given mean and mean square; of the point 0 or 1, when that is the mean.
func momentBeta(mean, square float64) func(q float64) float64 {
	size := (mean - square) / (square - mean*mean)
	return func(q float64) float64 {
		switch {
		case mean == 0 || q >= 1:
			return 1
		case mean == 1 || q <= 0:
			return 0
		}
		return betaCDF(q, 1-q, mean*size, (1-mean)*size)
	}
}

// WithDesign is the curve as if it had been drawn from effect times fewer
// waits: the same shares, with intervals as wide as dependent waits make them.
// effect is a design effect such as the square of [ClusteredSE] over [Curve.SE];
// it must be above 0.
func (c *Curve) WithDesign(effect float64) *Curve {
	scaled := func(x []float64, by float64) []float64 {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = v * by
		}
		return y
	}
	d := *c
	d.AtRisk, d.Events = scaled(c.AtRisk, 1/effect), scaled(c.Events, 1/effect)
	d.Censored, d.VarLog = scaled(c.Censored, 1/effect), scaled(c.VarLog, effect)
	return &d
}
