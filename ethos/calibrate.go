package ethos

import (
	"math"
	"slices"
)

// fitLogistic finds bias and slopes so that logistic(bias + Σ slope·x) is the
// probability of the label: logistic regression by Newton's method, on Platt's
// (1999) smoothed targets. Slopes are held back a little, so that a score that
// says nothing gets none. With one score this is Platt's calibration.
func fitLogistic(x [][]float64, y []bool) (bias float64, slopes []float64) {
	k := 0
	if len(x) > 0 {
		k = len(x[0])
	}
	return fitAround(make([]float64, k), 1e-2, x, y)
}

// fitAround is fitLogistic with slopes drawn to expected by a force: a normal
// prior with variance 1/force.
func fitAround(expected []float64, force float64, x [][]float64, y []bool) (bias float64, slopes []float64) {
	k := len(expected)
	yes := 0.0
	for _, v := range y {
		if v {
			yes++
		}
	}
	no := float64(len(y)) - yes
	high, low := (yes+1)/(yes+2), 1/(no+2)
	at := append([]float64{0}, expected...)
	at[0] = ln((yes + 1) / (no + 1))
	for range 30 {
		gradient, hessian := make([]float64, k+1), make([][]float64, k+1)
		for a := range hessian {
			hessian[a] = make([]float64, k+1)
			hessian[a][a] = 1e-9
			if a > 0 {
				hessian[a][a] = force
				gradient[a] = float64(force * (expected[a-1] - at[a]))
			}
		}
		for i := range x {
			s := at[0]
			for a, v := range x[i] {
				s += float64(at[a+1] * v)
			}
			p, target := logistic(s), low
			if y[i] {
				target = high
			}
			w := float64(p * (1 - p))
			for a := range at {
				va := 1.0
				if a > 0 {
					va = x[i][a-1]
				}
				gradient[a] += float64((target - p) * va)
				for b := range a + 1 {
					vb := 1.0
					if b > 0 {
						vb = x[i][b-1]
					}
					hessian[a][b] += float64(float64(w*va) * vb)
				}
			}
		}
		step := solve(hessian, gradient)
		largest := 0.0
		for a := range at {
			at[a] += step[a]
			largest = max(largest, math.Abs(step[a]))
		}
		if largest < 1e-10 {
			break
		}
	}
	return at[0], at[1:]
}

// solve gives x of Ax = b for a positive definite A of which the lower half is
// given (Cholesky). It changes A.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for j := range i + 1 {
			s := a[i][j]
			for k := range j {
				s -= float64(a[i][k] * a[j][k])
			}
			if i == j {
				a[i][i] = math.Sqrt(max(s, 1e-12))
			} else {
				a[i][j] = s / a[j][j]
			}
		}
	}
	x := slices.Clone(b)
	for i := range n {
		for k := range i {
			x[i] -= float64(a[i][k] * x[k])
		}
		x[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= float64(a[k][i] * x[k])
		}
		x[i] /= a[i][i]
	}
	return x
}

// threshold finds the probability above which saying "yes" gives the best F1,
// among the texts for which use is true.
func threshold(p []float64, y []bool, use func(i int) bool) float64 {
	var order []int
	yes := 0
	for i := range p {
		if use(i) {
			order = append(order, i)
			if y[i] {
				yes++
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	best, at, hits := -1.0, .5, 0
	for n, i := range order {
		if y[i] {
			hits++
		}
		if n+1 < len(order) && p[order[n+1]] == p[i] {
			continue
		}
		if f := 2 * float64(hits) / float64(yes+n+1); f > best {
			best, at = f, p[i]
			if n+1 < len(order) {
				at = (p[i] + p[order[n+1]]) / 2
			}
		}
	}
	return at
}
