package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Method is a way to draw the interval of a point of a [Curve].
type Method int

// The methods. Rothman is Wilson's interval with the effective number of waits
// (see [RothmanWilson]); it stays open where the curve is 0 or 1. Plain to
// Arcsin are those of R's survfit (conf.type): they shrink to nothing before
// the first event, and are unknown (NaN) where the curve is 0. Grunkemeier is
// the likelihood-ratio interval (Thomas & Grunkemeier 1975).
const (
	Rothman Method = iota
	Plain
	Log
	LogLog
	Logit
	Arcsin
	Grunkemeier
)

// Interval is the interval of the share still waiting after t, at the given
// confidence such as 0.95. That of the share answered is 1-hi to 1-lo.
func (c *Curve) Interval(t, confidence float64, m Method) (lo, hi float64) {
	if len(c.Time) == 0 || math.IsNaN(t) {
		return math.NaN(), math.NaN()
	}
	return c.intervalAt(c.row(t), confidence, m)
}

// intervalAt is the interval just after row r; -1 is the start.
func (c *Curve) intervalAt(r int, confidence float64, m Method) (lo, hi float64) {
	s, v := 1.0, 0.0
	if r >= 0 {
		s, v = c.Surv[r], c.VarLog[r]
	}
	switch m {
	case Rothman:
		return WilsonEffective(s, c.effective(r), confidence)
	case Grunkemeier:
		return c.likelihoodRatio(r, confidence)
	}
	return transformed(s, v, confidence, m)
}

// transformed is Greenwood's interval on the scale that m names. Source:
// survfit_confint in R's survival 3.5-3.
func transformed(s, varLog, confidence float64, m Method) (lo, hi float64) {
	if s == 1 {
		return 1, 1
	}
	if s == 0 {
		return math.NaN(), math.NaN()
	}
	w := normalQuantile(confidence) * math.Sqrt(varLog) // half-width on the scale of log S
	switch m {
	case Plain:
		return max(0, s-w*s), min(1, s+w*s)
	case Log:
		return s * math.Exp(-w), min(1, s*math.Exp(w))
	case LogLog:
		h := math.Exp(w / math.Log(s)) // below 1
		return math.Exp(math.Log(s) / h), math.Exp(math.Log(s) * h)
	case Logit:
		odds, h := s/(1-s), math.Exp(w/(1-s))
		return 1 - 1/(1+odds/h), 1 - 1/(1+odds*h)
	case Arcsin:
		a, h := math.Asin(math.Sqrt(s)), w/2*math.Sqrt(s/(1-s))
		l, u := math.Sin(max(0, a-h)), math.Sin(min(math.Pi/2, a+h))
		return l * l, u * u
	}
	return math.NaN(), math.NaN()
}

// Effective is how many complete waits would tell as much about the share
// answered by t as these waits do: F(1-F)/var(F) (Rothman 1978), with F = 1-S
// and Greenwood's variance. Where F is 0 or 1 that quotient is 0/0, and its
// neighbour is taken: before the first event, those still watched after t (the
// value it would have, were one of them answered now); when all are answered,
// the value just before the last were.
func (c *Curve) Effective(t float64) float64 {
	if len(c.Time) == 0 || math.IsNaN(t) {
		return math.NaN()
	}
	return c.effective(c.row(t))
}

func (c *Curve) effective(r int) float64 {
	for r >= 0 && c.Surv[r] == 0 {
		if r == 0 || c.Surv[r-1] == 1 {
			return c.AtRisk[r]
		}
		r--
	}
	if r >= 0 && c.Surv[r] < 1 {
		return (1 - c.Surv[r]) / (c.Surv[r] * c.VarLog[r])
	}
	if r+1 < len(c.Time) {
		return c.AtRisk[r+1]
	}
	return 0
}

// RothmanWilson is the interval of a share f known with the given variance
// (not standard error): Wilson's with n' = f(1-f)/variance in place of n
// (Rothman 1978). Where f is 0 or 1, or the variance is not positive, the
// variance says nothing and n' is n.
func RothmanWilson(f, variance, n, confidence float64) (lo, hi float64) {
	if f > 0 && f < 1 && variance > 0 {
		n = f * (1 - f) / variance
	}
	return WilsonEffective(f, n, confidence)
}

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
	lo = 0
	if least > 0 {
		lo, _ = at(bisect(-least, 0, func(x float64) bool { _, q := at(x); return !(q > limit) }))
	}
	top := 1.0
	for _, q := at(top); q < limit && top < 1e300; _, q = at(top) {
		top *= 2
	}
	hi, _ = at(bisect(0, top, func(x float64) bool { _, q := at(x); return q > limit }))
	return lo, hi
}

// bisect finds where yes begins to hold between a, where it does not, and b,
// where it does, as closely as floating point can tell.
func bisect(a, b float64, yes func(float64) bool) float64 {
	for {
		m := a + (b-a)/2
		if m == a || m == b {
			return b
		}
		if yes(m) {
			b = m
		} else {
			a = m
		}
	}
}

// normalQuantile is how many standard errors on each side make the confidence:
// 1.96 for 0.95.
func normalQuantile(confidence float64) float64 {
	if !(confidence > 0 && confidence < 1) {
		return math.NaN()
	}
	return -distuv.UnitNormal.Quantile((1 - confidence) / 2)
}
