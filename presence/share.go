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
	"github.com/entregent/entregent/measure/stat"
)

// The times after which answers are counted.
var horizons = []struct {
	name  string
	hours float64
}{{"1h", 1}, {"24h", 24}, {"48h", 48}, {"7d", 168}}

// answered gives the share answered within each horizon, under both rules.
func (g *cohort) answered(appeals []*appeal, of Denominator) []Answered {
	out := g.within(g.follow(appeals, (*appeal).byOrganisation), ByOrganisation, of)
	return append(out, g.within(g.follow(appeals, (*appeal).byAnyone), ByAnyone, of)...)
}

// within takes the share at every horizon.
func (r *facts) within(w waits, rule Rule, of Denominator) (out []Answered) {
	for _, h := range horizons {
		out = append(out, Answered{Within: h.name, Rule: rule, Of: of, Estimate: r.share(w, h.hours)})
	}
	return out
}

// waits are appeals on their way to an answer. ended holds how each wait ended,
// withdrawal being one end; in lasting the withdrawn go on waiting to the
// census, since they were never answered and the census would have seen it:
// Kaplan-Meier of such waits estimates the same cumulative incidence (Fine &
// Gray 1999, "censoring complete" data), and every interval is at hand for it.
type waits struct {
	ended, lasting *stat.Sample
	n              int
	oldest         float64 // hours from the first appeal to the census
}

// follow watches appeals up to the time that end gives, or never.
func (r *facts) follow(appeals []*appeal, end func(a *appeal) int64) waits {
	w := waits{n: len(appeals)}
	ended := make([]stat.Observation, len(appeals))
	competing := false
	for i, a := range appeals {
		ended[i] = r.observe(a, end(a))
		competing = competing || ended[i].Cause == 2
		w.oldest = max(w.oldest, r.wait(a.arrived, r.until))
	}
	w.ended = stat.NewSample(ended)
	w.lasting = w.ended
	if competing {
		lasting := make([]stat.Observation, len(appeals))
		for i, a := range appeals {
			lasting[i] = r.lasting(a, end(a))
		}
		w.lasting = stat.NewSample(lasting)
	}
	return w
}

func (a *appeal) byOrganisation() int64 { return a.org }
func (a *appeal) byAnyone() int64       { return a.anyone }

// ended is when an appeal was answered by those whose answers count.
func (r *facts) ended(a *appeal) int64 {
	if r.opt.Answers == ByAnyone {
		return a.anyone
	}
	return a.org
}

// share is the share of waits that ended with an answer within so many hours:
// Aalen-Johansen (withdrawals compete), with the interval of Rothman and Wilson
// for waits of which those of one asker hang together; in a log shorter than
// four times the wait, where that interval is too narrow, the beta product's
// (Fay, Brittain & Proschan 2013).
func (r *facts) share(w waits, hours float64) measure.Estimate {
	if w.n == 0 {
		return measure.Unmeasured(measure.Share, 0, measure.Doubted("no-appeals"))
	}
	if r.daily && hours < 48 {
		return measure.Unmeasured(measure.Share, w.n, r.dayDoubt())
	}
	curve := w.lasting.Curve()
	if still, _ := curve.At(hours); still > 0 && curve.Last() < hours {
		return measure.Unmeasured(measure.Share, w.n, measure.Doubted("too-young", clock(hours)))
	}
	f := w.ended.Incidence(hours, 1).Value()
	method := stat.Rothman
	if w.oldest < 4*hours {
		method = stat.BetaProduct
	}
	lo, hi := curve.Interval(hours, r.par.Confidence, method)
	if w.lasting.Clusters() < w.n { // somebody asked more than once
		lo, hi = w.lasting.Interval(hours, r.par.Confidence, method)
	}
	e := measure.Estimate{Center: f, Lo: max(0, min(1-hi, f)), Hi: min(1, max(1-lo, f)), Confidence: r.par.Confidence, N: w.n, Unit: measure.Share}
	if r.daily {
		e = e.With(r.dayDoubt())
	}
	return e
}

func (r *facts) dayDoubt() measure.Doubt {
	return measure.Doubted("day-precision", r.days, len(r.acts))
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
	s := stat.NewSample(obs)
	c := s.Curve()
	q := c.Quantile(.5)
	if s.Clusters() < len(obs) { // somebody asked more than once
		at := q
		if math.IsNaN(q) {
			at = c.Last()
		}
		c = c.WithDesign(s.DesignEffect(at, g.par.Confidence))
	}
	lo, hi := c.QuantileInterval(.5, g.par.Confidence, stat.BetaProduct)
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
	w := g.follow(g.needing, func(a *appeal) int64 { return min(a.receipt, a.org) })
	return g.within(w, ByOrganisation, Needing)
}

// now is the period view: every appeal of the log that was still waiting when
// the window began comes under observation then (left truncation), so that the
// old ones weigh in.
func (r *facts) now(c *cases, from int64) []Answered {
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
	w := waits{ended: s, lasting: s, n: len(obs), oldest: math.Inf(1)}
	return r.within(w, ByOrganisation, Needing)
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
	n.HonestWithin = measure.Finite(g.share(g.follow(g.appeals, (*appeal).byOrganisation), 168).Center)
	return n
}

// curve draws the shares answered by time, at steps even in the logarithm.
func (g *cohort) curve() []Point {
	if len(g.needing) == 0 {
		return []Point{}
	}
	org, anyone := g.follow(g.needing, (*appeal).byOrganisation), g.follow(g.needing, (*appeal).byAnyone)
	watched := org.ended.Curve()
	naive := g.firstResponses()
	grid := g.grid(watched.Last())
	points := make([]Point, len(grid))
	each(len(grid), func(i int) {
		h := grid[i]
		p := Point{Hours: h, Organisation: g.share(org, h), Anyone: g.share(anyone, h),
			Withdrawn: org.ended.Incidence(h, 2).Value(), AtRisk: int(watched.Risk(h))}
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
	return g.attentionBy(appeals, weight, g.ended)
}

// attentionBy is attention to appeals that end as end says.
func (g *cohort) attentionBy(appeals []*appeal, weight []float64, end func(*appeal) int64) measure.Estimate {
	if len(appeals) == 0 {
		return measure.Unmeasured(measure.Score, 0, measure.Doubted("no-appeals"))
	}
	obs := make([]stat.Observation, len(appeals))
	for i, a := range appeals {
		obs[i] = g.lasting(a, end(a))
		if weight != nil {
			obs[i].Weight = weight[i]
		}
	}
	s := stat.NewSample(obs)
	reading := s.Attention(float64(g.par.T1), float64(g.par.Tau))
	a, se := reading.Value(), reading.ClusteredSE()
	lo, hi := stat.RothmanWilson(a, se*se, float64(s.Clusters()), g.par.Confidence)
	e := measure.Estimate{Center: a, Lo: lo, Hi: hi, Confidence: g.par.Confidence, N: len(obs), Unit: measure.Score}
	if g.daily {
		e = e.With(g.dayDoubt())
	}
	if young := g.young(appeals, end); young > 0 {
		e = e.With(measure.Doubted("unfinished", young, len(appeals), clock(float64(g.par.Tau))))
	}
	return e
}

// young counts the appeals that still wait and have not waited as long as
// attention looks.
func (g *cohort) young(appeals []*appeal, end func(*appeal) int64) int {
	n := 0
	for _, a := range appeals {
		if end(a) > g.until && a.left > g.until && g.wait(a.arrived, g.until) < float64(g.par.Tau) {
			n++
		}
	}
	return n
}

// timeOf turns the log's clock into a time.
func timeOf(us int64) time.Time { return time.UnixMicro(us).UTC() }
