package stat

import "math"

// ICC is the intraclass correlation of a one-way layout: the share of the
// variation of y that lies between groups (negative when groups differ less
// than chance would make them). msb and msw are the mean squares between and
// within groups, n0 the size of group that stands for unequal ones, and
// icc = (msb-msw)/(msb+(n0-1)·msw), the analysis-of-variance estimator (Donner
// 1986). icc is 0 where y does not vary at all, NaN with fewer than two groups
// or no group of two.
func ICC(y []float64, group []int) (icc, msb, msw, n0 float64) {
	a := OneWay(y, group)
	return a.ICC, a.Between, a.Within, a.Size
}

// Anova is a one-way analysis of variance and the intraclass correlation it
// gives; see [ICC] for its parts.
type Anova struct {
	Groups  int
	N       float64
	Between float64 // mean square between groups
	Within  float64 // mean square within groups
	Size    float64 // n0, the size that stands for groups of unequal size
	ICC     float64
}

// OneWay is the analysis of variance of y by group. Deviations are taken from
// the overall mean, so that a large mean costs no digits.
func OneWay(y []float64, group []int) Anova {
	id, groups := number(min(len(y), len(group)), func(i int) int { return group[i] })
	mean := 0.0
	for i := range id {
		mean += y[i]
	}
	mean /= float64(len(id))
	size, sum := make([]float64, groups), make([]float64, groups)
	for i, g := range id {
		size[g]++
		sum[g] += y[i] - mean
	}
	within := 0.0
	for i, g := range id {
		d := y[i] - mean - sum[g]/size[g]
		within += d * d
	}
	between := 0.0
	for g := range size {
		between += sum[g] * sum[g] / size[g]
	}
	return anova(size, between, within)
}

// anova divides sums of squares by their degrees of freedom.
func anova(size []float64, between, within float64) Anova {
	a := Anova{}
	squares := 0.0
	for _, n := range size {
		if n > 0 {
			a.Groups++
			a.N += n
			squares += n * n
		}
	}
	k := float64(a.Groups)
	if k < 2 || a.N <= k {
		a.Between, a.Within, a.Size, a.ICC = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		return a
	}
	a.Between, a.Within = between/(k-1), within/(a.N-k)
	a.Size = (a.N - squares/a.N) / (k - 1)
	if a.Between > 0 || a.Within > 0 {
		a.ICC = (a.Between - a.Within) / (a.Between + (a.Size-1)*a.Within)
	}
	return a
}

// ICCCounts is [ICC] of yes-or-no outcomes given as k yeses of n in each group.
// Counts may be weighted sums; groups with n = 0 are passed over.
func ICCCounts(k, n []float64) float64 {
	return OneWayCounts(k, n).ICC
}

// OneWayCounts is [OneWay] of yes-or-no outcomes given as k yeses of n in each
// group.
func OneWayCounts(k, n []float64) Anova {
	yes, all := 0.0, 0.0
	groups := min(len(k), len(n))
	for g := range groups {
		if n[g] > 0 {
			yes, all = yes+k[g], all+n[g]
		}
	}
	p := yes / all
	between, within := 0.0, 0.0
	for g := range groups {
		if n[g] > 0 {
			d := k[g] - n[g]*p
			between += d * d / n[g]
			within += k[g] * (n[g] - k[g]) / n[g]
		}
	}
	return anova(n[:groups], between, within)
}

// F is the ratio of the mean squares and P the chance of a larger one, were all
// groups alike and y normal.
func (a Anova) F() (f, p float64) {
	f = a.Between / a.Within
	if math.IsNaN(f) {
		return f, f
	}
	d1, d2 := a.freedom()
	return f, fTail(f, d1, d2)
}

// Interval is the interval of the intraclass correlation at the given
// confidence, exact for normal y in groups of one size (Searle 1971).
func (a Anova) Interval(confidence float64) (lo, hi float64) {
	f, _ := a.F()
	tail := (1 - confidence) / 2
	return a.fromF(f / a.quantile(1-tail)), a.fromF(f / a.quantile(tail))
}

func (a Anova) fromF(f float64) float64 { return (f - 1) / (f + a.Size - 1) }

// quantile is that of the F distribution of a, by way of the beta's.
func (a Anova) quantile(p float64) float64 {
	if math.IsNaN(a.Size) || !(p > 0 && p < 1) {
		return math.NaN()
	}
	d1, d2 := a.freedom()
	x, y := betaQuantile(p, d1/2, d2/2)
	return d2 * x / (d1 * y)
}

// freedom is the degrees of freedom between and within groups.
func (a Anova) freedom() (d1, d2 float64) { return float64(a.Groups) - 1, a.N - float64(a.Groups) }
