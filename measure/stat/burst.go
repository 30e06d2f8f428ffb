package stat

import "math"

// Burstiness tells from the gaps between events whether they come in bursts:
// -1 like a clock, 0 at random, towards 1 in bursts (Goh & Barabási 2008).
// plain is (r-1)/(r+1) with r the standard deviation over the mean; finite
// takes into account that few gaps can't show much (Kim & Jo 2016, equation
// 22). NaN with fewer than two gaps or no time passing.
func Burstiness(gaps []float64) (plain, finite float64) {
	n := float64(len(gaps))
	mean, sd := meanSD(gaps)
	r := sd / mean
	if n < 2 || math.IsNaN(r) {
		return math.NaN(), math.NaN()
	}
	up, down := math.Sqrt(n+1), math.Sqrt(n-1)
	return (r - 1) / (r + 1), (up*r - down) / ((up-2)*r + down)
}

// Memory is the correlation of each gap with the next one: above 0, long gaps
// follow long ones (Goh & Barabási 2008). NaN where it isn't defined.
func Memory(gaps []float64) float64 {
	if len(gaps) < 3 {
		return math.NaN()
	}
	a, b := gaps[:len(gaps)-1], gaps[1:]
	ma, _ := meanSD(a)
	mb, _ := meanSD(b)
	ab, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		x, y := a[i]-ma, b[i]-mb
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

// meanSD is the mean and the standard deviation (over n-1).
func meanSD(x []float64) (mean, sd float64) {
	n := float64(len(x))
	for _, v := range x {
		mean += v
	}
	mean /= n
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sd / (n - 1))
}
