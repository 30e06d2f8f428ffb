package stat

import (
	"math"
	"sort"
)

// Curve is the Kaplan-Meier curve of a set of waits: at each time, the share
// still waiting. All slices have one element for each distinct time at which a
// wait ended or was last seen, in order.
type Curve struct {
	Time     []float64 // in the unit of the observations
	AtRisk   []float64 // waits still on just before the time (weights added up)
	Events   []float64 // of these, ended by the event at the time
	Censored []float64 // of these, last seen waiting at the time
	Surv     []float64 // share still waiting just after the time, 0..1
	VarLog   []float64 // Greenwood's sum of d/(n(n-d)): the variance of log Surv; +Inf where Surv is 0
	N        int       // observations used
	Dropped  int       // observations that cannot be placed in time: see [KaplanMeier]
}

// KaplanMeier estimates the curve of waits. Cause 1 is the event, every other
// cause ends the wait as if it were censored; for causes that compete use
// [AalenJohansen]. Observations whose time is NaN or negative, whose entry is
// not before their time, or whose weight is negative or beyond 1e100 are dropped
// and counted.
//
// S(t) is the product over times t_j ≤ t of 1-d_j/n_j (Kaplan & Meier 1958).
// With delayed entries, those who entered before t_j count in n_j; should the
// few early ones all be answered, S falls to 0 and stays there.
func KaplanMeier(obs []Observation) *Curve {
	return tabulate(obs).curve()
}

func (tb *table) curve() *Curve {
	c := &Curve{
		Time: tb.time, AtRisk: tb.risk, Events: tb.event, Censored: tb.censored,
		Surv: make([]float64, len(tb.time)), VarLog: make([]float64, len(tb.time)),
		N: len(tb.waits), Dropped: tb.dropped,
	}
	if tb.other != nil {
		c.Censored = make([]float64, len(tb.time))
		for r := range c.Censored {
			c.Censored[r] = tb.censored[r] + tb.other[r]
		}
	}
	s, v := 1.0, 0.0
	for r, d := range tb.event {
		if n := tb.risk[r]; d > 0 {
			s *= survive(n, d)
			v += greenwood(n, d)
		}
		c.Surv[r], c.VarLog[r] = s, v
	}
	return c
}

// survive is the share of n that d leave waiting, never below 0 by rounding.
func survive(n, d float64) float64 {
	if d >= n {
		return 0
	}
	return (n - d) / n
}

// greenwood is one term of the variance of log S; +Inf when nobody is left.
func greenwood(n, d float64) float64 {
	if d >= n {
		return math.Inf(1)
	}
	return d / (n * (n - d))
}

// row is the last row at or before t, -1 if there is none.
func (c *Curve) row(t float64) int {
	return sort.Search(len(c.Time), func(i int) bool { return c.Time[i] > t }) - 1
}

// At is the share still waiting after t, with the variance of its logarithm.
// After the last time the curve is drawn on flat; see [Curve.Last].
func (c *Curve) At(t float64) (surv, varLog float64) {
	if len(c.Time) == 0 || math.IsNaN(t) {
		return math.NaN(), math.NaN()
	}
	r := c.row(t)
	if r < 0 {
		return 1, 0
	}
	return c.Surv[r], c.VarLog[r]
}

// SE is Greenwood's standard error of the share still waiting after t; 0 where
// that share is 0 or 1, which says nothing of how sure it is.
func (c *Curve) SE(t float64) float64 {
	s, v := c.At(t)
	if s == 0 {
		return 0
	}
	return s * math.Sqrt(v)
}

// Risk is how many are still waiting and observed just after t: those whose
// time is longer. 0 past the last time.
func (c *Curve) Risk(t float64) float64 {
	r := c.row(t) + 1
	if r >= len(c.Time) {
		return 0
	}
	return c.AtRisk[r]
}

// Last is the longest time seen; the data say nothing of what comes later.
// NaN without data.
func (c *Curve) Last() float64 {
	if len(c.Time) == 0 {
		return math.NaN()
	}
	return c.Time[len(c.Time)-1]
}

// RMST is the mean wait counted up to tau (restricted mean survival time: the
// area under the curve from 0 to tau) and its Greenwood standard error, in the
// unit of time. As in R's print.survfit(rmean=tau), the curve is drawn on flat
// after its last time.
func (c *Curve) RMST(tau float64) (mean, se float64) {
	if len(c.Time) == 0 || !(tau >= 0) {
		return math.NaN(), math.NaN()
	}
	last := c.row(tau)
	next, area, variance := tau, 0.0, 0.0 // area under the curve from row r to tau
	for r := last; r >= 0; r-- {
		area += c.Surv[r] * (next - c.Time[r])
		next = c.Time[r]
		if n, d := c.AtRisk[r], c.Events[r]; d > 0 && n > d {
			variance += area * area * greenwood(n, d)
		}
	}
	return area + next, math.Sqrt(variance)
}

// Quantile is the time by which the share p has been answered (p = 0.5: the
// median wait). As in R, it is the middle of the flat piece when the curve is
// flat exactly at 1-p, and NaN when p is not reached.
func (c *Curve) Quantile(p float64) float64 {
	return c.crossing(p, true, func(r int) float64 { return c.Surv[r] })
}

// QuantileInterval is where the bounds of the curve at the given confidence
// cross 1-p (Brookmeyer & Crowley 1982, as R's quantile.survfit). A bound that
// is not reached is NaN: hi is then longer than was seen, lo not known.
func (c *Curve) QuantileInterval(p, confidence float64, m Method) (lo, hi float64) {
	falling := m == Grunkemeier || m == BetaProduct // costly, but sure never to rise
	lo = c.crossing(p, falling, func(r int) float64 { l, _ := c.intervalAt(r, confidence, m); return l })
	hi = c.crossing(p, falling, func(r int) float64 { _, h := c.intervalAt(r, confidence, m); return h })
	return lo, hi
}

// crossing is the first time at which s, a value for each row, is at most 1-p
// within R's tolerance sqrt(2^-52). If s is known never to rise, it is found by
// halving.
func (c *Curve) crossing(p float64, falling bool, s func(row int) float64) float64 {
	const tolerance = 1.4901161193847656e-08
	rows := len(c.Time)
	if !(p > 0 && p < 1) {
		return math.NaN()
	}
	search := func(from int, reached func(r int) bool) int {
		if falling {
			return from + sort.Search(rows-from, func(i int) bool { return reached(from + i) })
		}
		for r := from; r < rows; r++ {
			if reached(r) {
				return r
			}
		}
		return rows
	}
	at := search(0, func(r int) bool { return s(r) <= 1-p+tolerance })
	if at == rows {
		return math.NaN()
	}
	below := search(at, func(r int) bool { return s(r) < 1-p-tolerance })
	if below == at {
		return c.Time[at]
	}
	return (c.Time[at] + c.Time[min(below, rows-1)]) / 2 // flat exactly at 1-p
}
