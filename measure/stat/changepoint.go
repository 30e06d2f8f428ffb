package stat

import "math"

// Changepoints watches counts for moments at which their rate changed: Bayesian
// online change-point detection (Adams & MacKay 2007) with Poisson counts, a
// Gamma(shape, rate) prior on their mean and a constant chance hazard, at each
// count, that everything begins anew. For each count, run is the likeliest
// number of counts since the last change (0: it came after this one), and
// recent the chance that it came within the last window counts. The longest runs
// are forgotten once their chance is below e^-700.
func Changepoints(y []float64, shape, rate, hazard float64, window int) (run []int, recent []float64) {
	run, recent = make([]int, len(y)), make([]float64, len(y))
	shapes, rates, logs := []float64{shape}, []float64{rate}, []float64{0} // of each run, the longest first
	for t, v := range y {
		for i := range logs {
			logs[i] += logNegBin(v, shapes[i], rates[i]/(rates[i]+1))
			shapes[i] += v
			rates[i]++
		}
		all := logSum(logs)
		for i := range logs {
			logs[i] += math.Log1p(-hazard) - all
		}
		for len(logs) > 1 && logs[0] < -700 {
			logs, shapes, rates = logs[1:], shapes[1:], rates[1:]
		}
		logs, shapes, rates = append(logs, math.Log(hazard)), append(shapes, shape), append(rates, rate)
		last := len(logs) - 1
		for length := range logs {
			l := logs[last-length]
			if l > logs[last-run[t]] {
				run[t] = length
			}
			if length < window {
				recent[t] += math.Exp(l)
			}
		}
	}
	return run, recent
}

// logNegBin is the logarithm of the chance of y failures before size successes,
// each of chance p.
func logNegBin(y, size, p float64) float64 {
	a, _ := math.Lgamma(y + size)
	b, _ := math.Lgamma(size)
	c, _ := math.Lgamma(y + 1)
	return a - b - c + size*math.Log(p) + y*math.Log1p(-p)
}

// logSum is the logarithm of the sum of exponentials.
func logSum(logs []float64) float64 {
	top := math.Inf(-1)
	for _, l := range logs {
		top = max(top, l)
	}
	sum := 0.0
	for _, l := range logs {
		sum += math.Exp(l - top)
	}
	return top + math.Log(sum)
}
