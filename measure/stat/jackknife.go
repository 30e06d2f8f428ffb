package stat

import "math"

// influences is how much each observation moves the reading: its weight times
// the derivative of the reading by that weight (the infinitesimal jackknife of
// Efron 1981). They add up to 0; dropped observations move nothing.
//
// An end at row r moves it by S/n·(prize-worth), with S the share waiting
// before r; being at risk without ending, by the same with the hazards' sign
// turned, summed over the rows waited through.
func (rd *Reading) influences() []float64 {
	s := rd.sample
	rows := len(rd.prize)
	drift := make([]float64, rows+1) // summed over the rows before
	for r := range rows {
		drift[r+1] = drift[r]
		if d := rd.gone[r]; d > 0 {
			n := s.risk[r]
			drift[r+1] += rd.surv[r] / n * (rd.won[r]/n*rd.prize[r] - d/n*rd.worth[r])
		}
	}
	u := make([]float64, len(s.obs))
	for i := range s.waits {
		w := &s.waits[i]
		r := w.row
		move := drift[w.from] - drift[r+1]
		if ended, won := rd.ending(w); won {
			move += rd.surv[r] / s.risk[r] * (rd.prize[r] - rd.worth[r])
		} else if ended {
			move -= rd.surv[r] / s.risk[r] * rd.worth[r]
		}
		u[w.index] = w.w * move
	}
	return u
}

// ending tells whether a wait ended by a cause that counts, and whether it won
// the prize.
func (rd *Reading) ending(w *wait) (ended, won bool) {
	ended = w.cause == 1 || w.cause > 1 && rd.competing
	return ended, ended && (rd.cause == 0 || int(w.cause) == rd.cause)
}

// Pseudo is what each observation would have contributed, were the reading a
// mean: its pseudo-observation n·θ-(n-1)·θ₋ᵢ, θ₋ᵢ being the reading without it
// (Andersen, Klein & Rosthøj 2003). They can be averaged by group, compared,
// and clustered ([ClusteredMean]) as if no wait had been cut short. With
// weights or delayed entries, θ plus the scaled infinitesimal jackknife stands
// for them. Dropped observations give NaN.
func (rd *Reading) Pseudo() []float64 {
	s := rd.sample
	out := make([]float64, len(s.obs))
	for i := range out {
		out[i] = math.NaN()
	}
	if s.weighted || s.delayed {
		total := 0.0
		for _, w := range s.waits {
			total += w.w
		}
		u := rd.influences()
		for _, w := range s.waits {
			out[w.index] = rd.value + total/w.w*u[w.index]
		}
		return out
	}
	rd.leaveOneOut(out)
	return out
}

// leaveOneOut fills in exact pseudo-observations θ+(n-1)(θ-θ₋ᵢ) in one pass.
// Without wait i, every row it waits through has one less at risk, and the rows
// after it are as they were. The small differences themselves are added up, so
// that multiplying them by n costs no digits.
func (rd *Reading) leaveOneOut(out []float64) {
	s := rd.sample
	lessEarned, lessLeft, left := 0.0, 0.0, 1.0 // in the rows passed; left: with one less at risk
	r := 0
	for i := range s.waits {
		w := &s.waits[i]
		for ; r < int(w.row); r++ {
			d, k, n := rd.gone[r], rd.won[r], s.risk[r]
			if d == 0 {
				continue
			}
			lessEarned += rd.prize[r] * k / n * (lessLeft - left/(n-1))
			lessLeft = lessLeft*survive(n, d) + left*d/(n*(n-1))
			left *= survive(n-1, d)
		}
		less := lessEarned + lessLeft*rd.before(r) + left*rd.without(r, w)
		out[w.index] = rd.value + float64(len(s.waits)-1)*less
	}
}

// before is what can be expected by those waiting before row r.
func (rd *Reading) before(r int) float64 {
	if rd.gone[r] == 0 {
		return rd.worth[r]
	}
	return rd.step(rd.worth[r], r, rd.sample.risk[r], rd.gone[r], rd.won[r])
}

// without is how much less could be expected before row r without a wait that
// is last seen there.
func (rd *Reading) without(r int, w *wait) float64 {
	d, k, n := rd.gone[r], rd.won[r], rd.sample.risk[r]
	if d == 0 {
		return 0
	}
	e, o := 0.0, 0.0
	if ended, won := rd.ending(w); won {
		e, o = 1, 1
	} else if ended {
		e = 1
	}
	if n == 1 {
		return rd.prize[r]*o - rd.worth[r]*e
	}
	return (rd.worth[r]*(d-e*n) + rd.prize[r]*(o*n-k)) / (n * (n - 1))
}

// ClusteredMean is the mean of values and its standard error when those of a
// cluster depend on each other: the root of the summed squares of each
// cluster's deviations, over n. NaN values are passed over.
func ClusteredMean(values []float64, cluster []int) (mean, se float64) {
	id, clusters := number(min(len(values), len(cluster)), func(i int) int { return cluster[i] })
	n := 0.0
	for i := range id {
		if v := values[i]; !math.IsNaN(v) {
			mean, n = mean+v, n+1
		}
	}
	mean /= n
	sums := make([]float64, clusters)
	for i, c := range id {
		if v := values[i]; !math.IsNaN(v) {
			sums[c] += v - mean
		}
	}
	return mean, math.Sqrt(sumSquares(sums)) / n
}

// number gives the n names 0,1,2.. in the order they first appear, and says how
// many there are.
func number(n int, name func(i int) int) (id []int32, count int) {
	id = make([]int32, n)
	if n == 0 {
		return id, 0
	}
	low, high := name(0), name(0)
	for i := range n {
		low, high = min(low, name(i)), max(high, name(i))
	}
	if span := uint64(high) - uint64(low); span < uint64(4*n+1024) { // no map needed
		seen := make([]int32, span+1)
		for i := range n {
			at := uint64(name(i)) - uint64(low)
			if seen[at] == 0 {
				count++
				seen[at] = int32(count)
			}
			id[i] = seen[at] - 1
		}
		return id, count
	}
	seen := make(map[int]int32)
	for i := range n {
		c, ok := seen[name(i)]
		if !ok {
			c = int32(len(seen))
			seen[name(i)] = c
		}
		id[i] = c
	}
	return id, len(seen)
}
