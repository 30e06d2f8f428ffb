package stat

import "math"

// Changepoints watches counts for moments at which their rate changed: Bayesian
// online change-point detection (Adams & MacKay 2007) with Poisson counts, a
// Gamma(shape, rate) prior on their mean and a constant chance hazard, at each
// count, that everything begins anew. For each count, run is the likeliest
// number of counts since the last change (0: it came after this one), and
// recent the chance that it came within the last window counts. Time and memory
// grow with the square of the number of counts at worst; runs whose chance has
// fallen below 1e-300 cost nothing.
func Changepoints(y []float64, shape, rate, hazard float64, window int) (run []int, recent []float64) {
	run, recent = make([]int, len(y)), make([]float64, len(y))
	shapes, rates, logs := []float64{shape}, []float64{rate}, []float64{0}
	for t, v := range y {
		for i := range logs {
			logs[i] += logNegBin(v, shapes[i], rates[i]/(rates[i]+1))
		}
		all := logSum(logs)
		for i := range logs {
			logs[i] += math.Log1p(-hazard) - all
			shapes[i] += v
			rates[i]++
		}
		logs = append([]float64{math.Log(hazard)}, logs...)
		shapes = append([]float64{shape}, shapes...)
		rates = append([]float64{rate}, rates...)
		for i, l := range logs {
			if l > logs[run[t]] {
				run[t] = i
			}
			if i < window {
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
