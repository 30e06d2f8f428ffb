package stat

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// PoissonARL is how many counts on average pass before a Poisson CUSUM that
// starts at 0, C = max(0, C+y-k), first reaches h, when lambda are expected at
// each: the average run length. It is exact when k and h are whole multiples of
// 1/m; otherwise they are rounded to such. NaN when they make no sense, and
// beyond 4,000 states (h·m) or a million expected.
//
// The sum is a Markov chain on multiples of 1/m (Brook & Evans 1972). Its states
// are taken out one by one by adding and dividing only, never subtracting
// (Grassmann, Taksar & Heyman 1985), so no digits are lost however rare the
// alarm.
func PoissonARL(lambda, k, h float64, m int) float64 {
	step, states := int(math.Round(k*float64(m))), int(math.Round(h*float64(m)))
	if !(lambda > 0 && lambda <= 1e6) || m < 1 || step < 0 || states < 1 || states > 4000 {
		return math.NaN()
	}
	counts := poissonTails(lambda, (states+step)/m+2)
	chain := mat.NewDense(states, states, nil)
	alarm := make([]float64, states)
	for i := range states {
		y := 0
		for ; i+m*y-step < states; y++ {
			to := max(0, i+m*y-step)
			chain.Set(i, to, chain.At(i, to)+counts[y].exactly)
		}
		alarm[i] = counts[y].atLeast
	}
	return absorption(chain, alarm)
}

type tail struct{ exactly, atLeast float64 }

// poissonTails are the chances of exactly and of at least y = 0..n-1. Tails are
// added up from their far end, so that small ones are exact.
func poissonTails(lambda float64, n int) []tail {
	chance := func(y int) float64 {
		lg, _ := math.Lgamma(float64(y) + 1)
		return math.Exp(float64(y)*math.Log(lambda) - lambda - lg)
	}
	far := n
	for p := 1.0; float64(far) < lambda || p > 1e-300; far++ {
		p = chance(far)
		if far > n && p < 1e-20*chance(n) {
			break
		}
	}
	tails, rest := make([]tail, n), 0.0
	for y := far; y >= 0; y-- {
		p := chance(y)
		rest += p
		if y < n {
			tails[y] = tail{p, min(1, rest)}
		}
	}
	return tails
}

// absorption is the mean number of steps from state 0 until a chain is
// absorbed. It overwrites its arguments.
func absorption(chain *mat.Dense, absorb []float64) float64 {
	n := len(absorb)
	steps := make([]float64, n) // spent in a state on each visit
	for i := range steps {
		steps[i] = 1
	}
	for last := n - 1; last >= 0; last-- {
		row := chain.RawRowView(last)[:last]
		leave := absorb[last]
		for _, p := range row {
			leave += p
		}
		if last == 0 {
			return steps[0] / leave
		}
		for i := range last {
			visits := chain.At(i, last) / leave
			if visits == 0 {
				continue
			}
			to := chain.RawRowView(i)
			for j, p := range row {
				to[j] += visits * p
			}
			absorb[i] += visits * absorb[last]
			steps[i] += visits * steps[last]
		}
	}
	return math.NaN()
}

// NormalARL is the average run length of a one-sided CUSUM of unit-variance
// normal values with the given mean, C = max(0, C+x-k), alarm at h. It solves
// Page's integral equation (1954) at 64 nodes of Gauss and Legendre (Nyström's
// method).
func NormalARL(mean, k, h float64) float64 {
	if !(h > 0) || math.IsNaN(mean+k) || math.IsInf(mean+k+h, 0) {
		return math.NaN()
	}
	const nodes = 64
	z, w := make([]float64, nodes), make([]float64, nodes)
	quad.Legendre{}.FixedLocations(z, w, 0, h)
	normal := distuv.UnitNormal
	// Unknowns: L(0), then L at the nodes. L(z) = 1 + Φ(k-z-mean)·L(0) + ∫φ(x+k-z-mean)·L(x)dx.
	a := mat.NewDense(nodes+1, nodes+1, nil)
	one := mat.NewVecDense(nodes+1, nil)
	for i := range nodes + 1 {
		at := 0.0
		if i > 0 {
			at = z[i-1]
		}
		a.Set(i, 0, -normal.CDF(k-at-mean))
		for j := range nodes {
			a.Set(i, j+1, -w[j]*normal.Prob(z[j]+k-at-mean))
		}
		a.Set(i, i, a.At(i, i)+1)
		one.SetVec(i, 1)
	}
	var l mat.VecDense
	if err := l.SolveVec(a, one); err != nil {
		return math.NaN()
	}
	return l.AtVec(0)
}
