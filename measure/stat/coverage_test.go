package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// long asks for the slow simulations: ENTREGENT_LONG=1 go test -run Coverage -v
var long = os.Getenv("ENTREGENT_LONG") != ""

// town is a way in which people answer: of all waits, the share f ends within
// the horizon of 1.
type town func(r *rand.Rand, f float64) float64

var towns = map[string]town{
	"steady": func(r *rand.Rand, f float64) float64 { return r.ExpFloat64() / -math.Log(1-f) },
	"quick or late": func(r *rand.Rand, f float64) float64 {
		if r.Float64() < f {
			return math.Pow(r.Float64(), 3)
		}
		return 1 + 50*r.Float64()
	},
}

// cell is one case of the simulation: n waits arrive evenly during a log
// that lasts window horizons, and are cut short by its end.
type cell struct {
	town   string
	window float64
	n      int
	f      float64
}

// covered counts how often each method's interval holds the true share.
func (c cell) covered(reps int, methods ...Method) []float64 {
	r := Stream(20101110, c.n)
	obs := make([]Observation, c.n)
	hits := make([]float64, len(methods))
	for range reps {
		for i := range obs {
			wait, watched := towns[c.town](r, c.f), r.Float64()*c.window
			obs[i] = Observation{Time: min(wait, watched)}
			if wait <= watched {
				obs[i].Cause = 1
			}
		}
		curve := KaplanMeier(obs)
		for k, m := range methods {
			if lo, hi := curve.Interval(1, .95, m); lo <= 1-c.f && 1-c.f <= hi {
				hits[k]++
			}
		}
	}
	for k := range hits {
		hits[k] /= float64(reps)
	}
	return hits
}

// A 95 % interval of the share answered must hold the truth 93 to 98 % of the
// time. Rothman's does when the log is ten times as long as the horizon.
// Log-log, the usual one, is shown beside it.
func TestCoverage(t *testing.T) {
	reps, windows := 4000, []float64{10}
	if long {
		reps, windows = 20000, []float64{1e6, 10, 4, 2, 1.2}
	}
	for name := range towns {
		for _, window := range windows {
			for _, n := range []int{10, 30, 100, 400} {
				for _, f := range []float64{.1, .5, .8, .98} {
					t.Run(fmt.Sprintf("%s/window %g/n %d/F %g", name, window, n, f), func(t *testing.T) {
						t.Parallel()
						c := cell{name, window, n, f}.covered(reps*min(n, 200)/n, Rothman, LogLog)
						t.Logf("Rothman %.3f, log-log %.3f", c[0], c[1])
						if window == 10 && (c[0] < .93 || c[0] > .98) {
							t.Errorf("Rothman covers %.3f", c[0])
						}
					})
				}
			}
		}
	}
}

// However short the log, the beta product holds the truth at least 93 % of the
// time. It may hold it more often: waits come in whole numbers, and with 10 of
// them and a share of .98 an interval covers 82 % or 98.4 %.
func TestBetaProductCoverage(t *testing.T) {
	reps, windows := 500, []float64{1.2}
	if long {
		reps, windows = 10000, []float64{1e6, 10, 4, 2, 1.2}
	}
	for name := range towns {
		for _, window := range windows {
			for _, n := range []int{10, 30, 100, 400} {
				for _, f := range []float64{.1, .5, .8, .98} {
					t.Run(fmt.Sprintf("%s/window %g/n %d/F %g", name, window, n, f), func(t *testing.T) {
						t.Parallel()
						c := cell{name, window, n, f}.covered(reps, Rothman, BetaProduct)
						t.Logf("Rothman %.3f, beta product %.3f", c[0], c[1])
						if c[1] < .93 {
							t.Errorf("beta product covers %.3f", c[1])
						}
					})
				}
			}
		}
	}
}

// People who ask again tend to be answered, or not, as before. With errors by
// asker the interval of the share answered still covers; with errors that take
// each wait for independent it does not. Shares of clustered cases likewise.
func TestClusteredCoverage(t *testing.T) {
	reps := 600
	if long {
		reps = 5000
	}
	for _, askers := range []int{15, 40, 150} {
		for _, f := range []float64{.5, .8, .95, .99} {
			t.Run(fmt.Sprintf("askers %d/F %g", askers, f), func(t *testing.T) {
				t.Parallel()
				r := Stream(8, askers)
				hits := map[string]float64{}
				count := func(method string, truth, lo, hi float64) {
					if lo <= truth && truth <= hi {
						hits[method] += 1 / float64(reps)
					}
				}
				for range reps {
					var obs []Observation
					var yes []float64
					var who []int
					for a := range askers {
						fate := r.Float64() < .7 // of seven in ten askers; for the rest chance decides each time
						alike := r.Float64() < f
						for range 1 + r.IntN(8) {
							good := alike
							if !fate {
								good = r.Float64() < f
							}
							o := Observation{Time: 1 + 50*r.Float64(), Cause: 1, Cluster: a}
							if good {
								o.Time = math.Pow(r.Float64(), 3)
							}
							if cut := 10 * r.Float64(); cut < o.Time {
								o.Time, o.Cause = cut, 0
							}
							obs, who = append(obs, o), append(who, a)
							yes = append(yes, 0)
							if good {
								yes[len(yes)-1] = 1
							}
						}
					}
					s := NewSample(obs)
					lo, hi := s.Interval(1, .95, Rothman)
					count("Rothman", 1-f, lo, hi)
					lo, hi = s.Interval(1, .95, BetaProduct)
					count("beta product", 1-f, lo, hi)
					lo, hi = s.Curve().Interval(1, .95, BetaProduct)
					count("as independent", 1-f, lo, hi)
					_, lo, hi, _ = ClusteredProportion(yes, who, .95)
					count("proportion", f, lo, hi)
				}
				t.Log(hits)
				for _, m := range []string{"Rothman", "beta product", "proportion"} {
					if hits[m] < .92 {
						t.Errorf("%s covers %.3f", m, hits[m])
					}
				}
				if f < .99 && hits["as independent"] > .9 {
					t.Errorf("taking waits for independent covers %.3f: this simulation shows nothing", hits["as independent"])
				}
			})
		}
	}
}
