package stat

import "math"

// Sample is a set of waits, sorted once, from which any number of readings can
// be taken: a share answered, a mean wait, an attention score, each with its
// errors and its bootstrap draws.
type Sample struct {
	*table
	obs      []Observation
	id       []int32 // of each observation, its cluster numbered from 0
	clusters int
}

// NewSample sorts and counts waits. It keeps obs, which must not be changed
// while the sample is in use. Unusable observations are left out, as told at
// [KaplanMeier].
func NewSample(obs []Observation) *Sample {
	s := &Sample{table: tabulate(obs), obs: obs}
	s.id, s.clusters = number(len(obs), func(i int) int { return obs[i].Cluster })
	return s
}

// Curve is the sample's Kaplan-Meier curve.
func (s *Sample) Curve() *Curve { return s.curve() }

// Clusters is how many different clusters the sample has.
func (s *Sample) Clusters() int { return s.clusters }

// Survival reads the share still waiting after t, causes other than 1 taken as
// censoring.
func (s *Sample) Survival(t float64) *Reading {
	return s.read(after(t), 1, 1, false)
}

// Mean reads the mean wait counted up to tau (see [Curve.RMST]).
func (s *Sample) Mean(tau float64) *Reading {
	return s.read(func(u float64) float64 { return min(u, tau) }, tau, 1, false)
}

// Attention reads the attention score (see [AttentionScore]).
func (s *Sample) Attention(t1, tau float64) *Reading {
	if !(t1 > 0 && t1 < tau) {
		return s.read(func(float64) float64 { return math.NaN() }, math.NaN(), 1, false)
	}
	scale := math.Log(tau / t1)
	return s.read(func(u float64) float64 {
		switch {
		case u <= t1:
			return 1
		case u >= tau:
			return 0
		}
		return 1 - math.Log(u/t1)/scale
	}, 0, 1, false)
}

// Incidence reads the share ended by the cause at or before t while all causes
// compete (see [AalenJohansen]); cause 0 is the share still waiting.
func (s *Sample) Incidence(t float64, cause int) *Reading {
	if cause <= 0 {
		return s.read(after(t), 1, 0, true)
	}
	later := after(t)
	return s.read(func(u float64) float64 { return 1 - later(u) }, 0, cause, true)
}

// after is worth 1 for what comes later than t.
func after(t float64) func(float64) float64 {
	return func(u float64) float64 {
		if u > t {
			return 1
		}
		return 0
	}
}

// Reading is a number read off a sample as an expectation: a wait that ends at
// row j by the cause looked at earns a prize g[j], one that ends otherwise
// nothing, one that never ends earns a last prize. The share still waiting, the
// mean wait, the attention score and the cumulative incidence are all such
// numbers, so that their errors need to be found only once.
//
// With h the share of those at risk that ends at row j (by the cause: k of h),
// what can be expected by those still waiting obeys
// worth[j-1] = k·g[j] + (1-h)·worth[j].
type Reading struct {
	sample    *Sample
	prize     []float64
	last      float64
	cause     int       // the cause looked at; 0 is any
	competing bool      // other causes end the wait; else they censor it
	won       []float64 // at each row, weight ended by the cause
	gone      []float64 // at each row, weight ended by any cause that counts
	surv      []float64 // share still waiting before each row
	worth     []float64 // to be expected after each row
	value     float64
}

// read lays a prize over the sample.
func (s *Sample) read(prize func(t float64) float64, last float64, cause int, competing bool) *Reading {
	rows := len(s.time)
	room := make([]float64, 3*rows)
	rd := &Reading{
		sample: s, last: last, cause: cause, competing: competing,
		prize: room[:rows:rows], surv: room[rows : 2*rows : 2*rows], worth: room[2*rows:],
		gone: s.event,
	}
	if competing && s.other != nil {
		rd.gone = make([]float64, rows)
		for r := range rd.gone {
			rd.gone[r] = s.event[r] + s.other[r]
		}
	}
	rd.won = rd.gone
	if competing && cause > 0 {
		rd.won = make([]float64, rows)
		for _, w := range s.waits {
			if int(w.cause) == cause {
				rd.won[w.row] += w.w
			}
		}
	}
	surv := 1.0
	for r, d := range rd.gone {
		rd.surv[r] = surv
		if d > 0 {
			rd.prize[r] = prize(s.time[r])
			surv *= survive(s.risk[r], d)
		}
	}
	v := last
	for r := rows - 1; r >= 0; r-- {
		rd.worth[r] = v
		if d := rd.gone[r]; d > 0 {
			v = rd.step(v, r, s.risk[r], d, rd.won[r])
		}
	}
	rd.value = v
	if rows == 0 {
		rd.value = math.NaN()
	}
	return rd
}

// step is what can be expected before row r, where of n at risk d end and k of
// these win, when v can be expected after it.
func (rd *Reading) step(v float64, r int, n, d, k float64) float64 {
	return v*survive(n, d) + rd.prize[r]*(k/n)
}

// Value is the reading itself; NaN without data.
func (rd *Reading) Value() float64 { return rd.value }

// SE is the standard error for independent waits: Greenwood's, the square root
// of the sum of W(t_j)²·d_j/(n_j(n_j-d_j)) with W(s) what remains to be
// expected from those waiting at s; for an incidence, the infinitesimal
// jackknife's, as in R.
func (rd *Reading) SE() float64 {
	if rd.competing {
		return math.Sqrt(sumSquares(rd.influences()))
	}
	if len(rd.prize) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for r, d := range rd.gone {
		if n := rd.sample.risk[r]; d > 0 && d < n {
			w := rd.surv[r] * (rd.prize[r] - rd.worth[r])
			sum += w * w * d * (n - d) / (n * n * n)
		}
	}
	return math.Sqrt(sum)
}

// ClusteredSE is the standard error when the waits of a cluster depend on each
// other: the infinitesimal jackknife's, as R's survfit(cluster=).
func (rd *Reading) ClusteredSE() float64 {
	sums := make([]float64, rd.sample.clusters)
	for i, u := range rd.influences() {
		sums[rd.sample.id[i]] += u
	}
	return math.Sqrt(sumSquares(sums))
}

func sumSquares(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return sum
}
