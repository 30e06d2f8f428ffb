package presence

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/stat"
)

// The times after which answers are counted.
var horizons = []struct {
	name  string
	hours float64
}{{"1h", 1}, {"24h", 24}, {"48h", 48}, {"7d", 168}}

// answered gives the share answered within each horizon, under both rules.
func (g *cohort) answered(appeals []*appeal, of Denominator) []Answered {
	out := []Answered{}
	for _, rule := range []Rule{ByOrganisation, ByAnyone} {
		s := stat.NewSample(g.waits(appeals, rule, nil))
		for _, h := range horizons {
			out = append(out, Answered{Within: h.name, Rule: rule, Of: of, Estimate: g.share(s, len(appeals), h.hours)})
		}
	}
	return out
}

// share is the share of waits that ended with an answer within so many hours:
// Aalen-Johansen (withdrawals compete), with the interval of Rothman and Wilson
// on the variance that treats an asker as one.
func (g *cohort) share(s *stat.Sample, n int, hours float64) measure.Estimate {
	if n == 0 {
		return measure.Unmeasured(measure.Share, 0, measure.Doubted("no-appeals"))
	}
	if g.daily && hours < 48 {
		return measure.Unmeasured(measure.Share, n, g.dayDoubt())
	}
	curve := s.Curve()
	if still, _ := curve.At(hours); still > 0 && curve.Last() < hours {
		return measure.Unmeasured(measure.Share, n, measure.Doubted("too-young", clock(hours)))
	}
	reading := s.Incidence(hours, 1)
	f, se := reading.Value(), reading.ClusteredSE()
	lo, hi := stat.RothmanWilson(f, se*se, effective(curve, hours, s), g.par.Confidence)
	e := measure.Estimate{Center: f, Lo: lo, Hi: hi, Confidence: g.par.Confidence, N: n, Unit: measure.Share}
	if g.daily {
		e = e.With(g.dayDoubt())
	}
	return e
}

// effective is how many independent waits stand behind a share of 0 or 1: those
// still watched, but no more than there are askers.
func effective(c *stat.Curve, hours float64, s *stat.Sample) float64 {
	n := c.Effective(hours)
	if k := float64(s.Clusters()); k < n || math.IsNaN(n) {
		n = k
	}
	return max(n, 1)
}

func (r *reading) dayDoubt() measure.Doubt {
	return measure.Doubted("day-precision", r.days, len(r.entries))
}

// clock writes a number of hours as people say it.
func clock(hours float64) string {
	if hours >= 72 && math.Mod(hours, 24) == 0 {
		return fmt.Sprintf("%.0f d", hours/24)
	}
	return fmt.Sprintf("%.0f h", hours)
}

// median is the wait by which half of the appeals that needed an answer had
// one; +Inf bounds and an unknown center mean it was not reached.
func (g *cohort) median() measure.Estimate {
	if len(g.needing) == 0 {
		return measure.Unmeasured(measure.Hours, 0, measure.Doubted("no-appeals"))
	}
	obs := make([]stat.Observation, len(g.needing))
	for i, a := range g.needing {
		obs[i] = g.lasting(a, a.org)
	}
	c := stat.KaplanMeier(obs)
	q := c.Quantile(.5)
	lo, hi := c.QuantileInterval(.5, g.par.Confidence, stat.LogLog)
	e := measure.Estimate{Center: q, Lo: lo, Hi: hi, Confidence: g.par.Confidence, N: len(obs), Unit: measure.Hours}
	if math.IsNaN(q) {
		e.Doubts = append(e.Doubts, measure.Doubted("not-reached"))
	}
	if math.IsNaN(hi) {
		e.Hi = math.Inf(1)
	}
	if g.daily {
		e = e.With(g.dayDoubt())
	}
	return e
}

// acknowledged gives how soon a receipt, an answer or anything public came from
// the organisation: kept apart from answers.
func (g *cohort) acknowledged() []Answered {
	obs := make([]stat.Observation, len(g.needing))
	for i, a := range g.needing {
		obs[i] = g.observe(a, min(a.receipt, a.org))
	}
	s := stat.NewSample(obs)
	out := []Answered{}
	for _, h := range horizons {
		out = append(out, Answered{Within: h.name, Rule: ByOrganisation, Of: Needing, Estimate: g.share(s, len(obs), h.hours)})
	}
	return out
}

// now is the period view: every appeal of the log that was still waiting when
// the window began comes under observation then (left truncation), so that the
// old ones weigh in.
func (r *reading) now(c *cases, from int64) []Answered {
	var obs []stat.Observation
	for i := range c.appeals {
		a := &c.appeals[i]
		if a.excluded || !a.needs {
			continue
		}
		o := r.lasting(a, a.org)
		if a.arrived < from {
			o.Entry = r.wait(a.arrived, from)
			if o.Time <= o.Entry {
				continue
			}
		}
		obs = append(obs, o)
	}
	s := stat.NewSample(obs)
	g := &cohort{reading: r}
	out := []Answered{}
	for _, h := range horizons {
		out = append(out, Answered{Within: h.name, Rule: ByOrganisation, Of: Needing, Estimate: g.share(s, len(obs), h.hours)})
	}
	return out
}

// naive is what is usually reported: first responses of any kind, over answered
// messages only.
func (g *cohort) naive() Naive {
	var waits []float64
	for _, a := range g.appeals {
		if a.naive <= g.until {
			waits = append(waits, g.wait(a.arrived, a.naive))
		}
	}
	n := Naive{Answered: len(waits), Appeals: len(g.appeals)}
	if len(waits) == 0 {
		return n
	}
	slices.Sort(waits)
	sum, within := 0.0, 0.0
	for _, w := range waits {
		sum += w
		if w <= 168 {
			within++
		}
	}
	n.MeanHours = measure.Finite(sum / float64(len(waits)))
	n.MedianHours = measure.Finite(stat.Quantile(waits, .5))
	n.Within7d = measure.Finite(within / float64(len(waits)))
	s := stat.NewSample(g.waits(g.appeals, ByOrganisation, nil))
	n.HonestWithin = measure.Finite(g.share(s, len(g.appeals), 168).Center)
	return n
}

// curve draws the shares answered by time, at steps even in the logarithm.
func (g *cohort) curve() []Point {
	if len(g.needing) == 0 {
		return []Point{}
	}
	org := stat.NewSample(g.waits(g.needing, ByOrganisation, nil))
	any := stat.NewSample(g.waits(g.needing, ByAnyone, nil))
	watched := org.Curve()
	naive := g.firstResponses()
	grid := g.grid(watched.Last())
	points := make([]Point, len(grid))
	each(len(grid), func(i int) {
		h := grid[i]
		p := Point{Hours: h, Organisation: g.share(org, len(g.needing), h), Anyone: g.share(any, len(g.needing), h),
			Withdrawn: org.Incidence(h, 2).Value(), AtRisk: int(watched.Risk(h))}
		if len(naive) > 0 {
			k, _ := slices.BinarySearch(naive, math.Nextafter(h, math.Inf(1)))
			p.NaiveShare = float64(k) / float64(len(naive))
		}
		points[i] = p
	})
	return points
}

// each does n things that don't depend on each other, on all cores.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}

// firstResponses are the waits of the appeals that had any response, sorted.
func (g *cohort) firstResponses() []float64 {
	var waits []float64
	for _, a := range g.needing {
		if a.naive <= g.until {
			waits = append(waits, g.wait(a.arrived, a.naive))
		}
	}
	slices.Sort(waits)
	return waits
}

// grid is the times of the curve in hours: from ten minutes to thirty days or
// the longest wait seen, eight to a doubling or so; days where only days are
// known.
func (g *cohort) grid(last float64) []float64 {
	last = min(last, 30*24)
	var at []float64
	if g.daily {
		for h := 48.0; h <= last; h += 24 {
			at = append(at, h)
		}
		return at
	}
	for h := 1.0 / 6; h < last; h *= math.Pow(2, .2) {
		at = append(at, h)
	}
	for _, h := range horizons {
		if h.hours <= last {
			at = append(at, h.hours)
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// attention estimates the attention score with the interval of Wilson on the
// variance that treats an asker as one.
func (g *cohort) attention(appeals []*appeal, weight []float64) measure.Estimate {
	if len(appeals) == 0 {
		return measure.Unmeasured(measure.Score, 0, measure.Doubted("no-appeals"))
	}
	obs := make([]stat.Observation, len(appeals))
	for i, a := range appeals {
		obs[i] = g.lasting(a, a.org)
		if weight != nil {
			obs[i].Weight = weight[i]
		}
	}
	s := stat.NewSample(obs)
	reading := s.Attention(float64(g.t1()), float64(g.par.Tau))
	a, se := reading.Value(), reading.ClusteredSE()
	lo, hi := stat.RothmanWilson(a, se*se, float64(s.Clusters()), g.par.Confidence)
	e := measure.Estimate{Center: a, Lo: lo, Hi: hi, Confidence: g.par.Confidence, N: len(obs), Unit: measure.Score}
	if g.daily {
		e = e.With(g.dayDoubt())
	}
	if young := g.young(appeals); young > 0 {
		e = e.With(measure.Doubted("unfinished", young, len(appeals), clock(float64(g.par.Tau))))
	}
	return e
}

// young counts the appeals that still wait and have not waited as long as
// attention looks.
func (g *cohort) young(appeals []*appeal) int {
	n := 0
	for _, a := range appeals {
		if a.org > g.until && a.left > g.until && g.wait(a.arrived, g.until) < float64(g.par.Tau) {
			n++
		}
	}
	return n
}

// timeOf turns the log's clock into a time.
func timeOf(us int64) time.Time { return time.UnixMicro(us).UTC() }
