package stat

import "math"

// PoissonCUSUM is the trace of a cumulative sum that watches counts for a rise
// from mu to rho·mu: C_t = max(0, C_{t-1}+y_t-k), with k = PoissonReference(mu,
// rho·mu) (Lucas 1985). It sounds an alarm where it reaches a threshold h.
func PoissonCUSUM(y []float64, mu, rho float64) []float64 {
	k := PoissonReference(mu, rho*mu)
	return cusum(len(y), func(t int) float64 { return y[t] - k })
}

// PoissonReference is the count above which a CUSUM from l0 to l1 rises:
// (l1-l0)/ln(l1/l0).
func PoissonReference(l0, l1 float64) float64 { return (l1 - l0) / math.Log(l1/l0) }

// NegBinCUSUM is the trace of a cumulative sum of [NegBinIncrement]: of counts
// expected to be mu[t] (one value is used for all) that may have risen rho
// times.
func NegBinCUSUM(y, mu []float64, rho, r float64) []float64 {
	if len(mu) == 0 {
		return nil
	}
	return cusum(len(y), func(t int) float64 { return NegBinIncrement(y[t], mu[min(t, len(mu)-1)], rho, r) })
}

// NegBinIncrement is the logarithm of how much likelier the count y is when
// rho·mu are expected than when mu are, counts being negative binomial with
// variance mu+mu²/r: y·ln(ρ(r+μ)/(r+ρμ)) + r·ln((r+μ)/(r+ρμ)). With r = +Inf,
// that of Poisson counts, y·ln(ρ)-(ρ-1)μ.
func NegBinIncrement(y, mu, rho, r float64) float64 {
	if math.IsInf(r, 1) {
		return y*math.Log(rho) - (rho-1)*mu
	}
	less := math.Log1p(-(rho - 1) * mu / (r + rho*mu)) // ln((r+μ)/(r+ρμ))
	return y*(math.Log(rho)+less) + r*less
}

// cusum adds up increments, from 0 again whenever the sum would fall below.
func cusum(n int, increment func(t int) float64) []float64 {
	trace := make([]float64, n)
	sum := 0.0
	for t := range trace {
		sum = max(0, sum+increment(t))
		trace[t] = sum
	}
	return trace
}

// PageHinkley is the trace of Page and Hinkley's test for a rise of the mean
// above the mean so far by more than delta: how far the sum of y-mean-delta
// stands above its lowest point (Hinkley 1971).
func PageHinkley(y []float64, delta float64) []float64 {
	trace := make([]float64, len(y))
	mean, sum, lowest := 0.0, 0.0, math.Inf(1)
	for t, v := range y {
		mean += (v - mean) / float64(t+1)
		sum += v - mean - delta
		lowest = min(lowest, sum)
		trace[t] = sum - lowest
	}
	return trace
}
