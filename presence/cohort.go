package presence

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
)

// cohort is the appeals that arrived in the window, and what the organisation
// said in it.
type cohort struct {
	*facts
	cases *cases

	from     int64
	appeals  []*appeal // not excluded, in order of arrival
	needing  []*appeal // of them, recognised as needing an answer
	weight   []float64 // of needing: 1, less for askers above the cap; the mean is 1
	capped   int       // askers whose weight was cut
	excluded []*appeal // needing, but not counted
	weekly   weekly
}

// window fixes when the measured appeals arrived.
func (r *facts) window() int64 {
	switch {
	case !r.opt.Since.IsZero():
		return r.opt.Since.UnixMicro()
	case r.opt.Window < 0:
		return math.MinInt64
	case r.opt.Window > 0:
		return r.until - r.opt.Window.Microseconds()
	}
	return r.until - 90*aDay
}

// gather makes the cohort of the window that begins at from.
func (r *facts) gather(c *cases, from int64) *cohort {
	g := &cohort{facts: r, cases: c, from: from}
	for a := range c.all() {
		switch {
		case a.arrived < from || a.arrived > r.until:
		case a.excluded:
			if a.needs {
				g.excluded = append(g.excluded, a)
			}
		default:
			g.appeals = append(g.appeals, a)
		}
	}
	slices.SortFunc(g.appeals, r.byArrival)
	for _, a := range g.appeals {
		if a.needs {
			g.needing = append(g.needing, a)
		}
	}
	g.weight, g.capped = capWeights(g.needing, r.par.Cap)
	g.from = max(from, min(r.until, r.first())) // a window doesn't begin before the log
	g.weekly = newWeekly(g.from, r.until, r.opt.Location)
	return g
}

// byArrival orders appeals in time, and those of one moment by rank.
func (r *facts) byArrival(a, b *appeal) int {
	if a.arrived != b.arrived {
		return cmp.Compare(a.arrived, b.arrived)
	}
	return cmp.Compare(r.log.Rank(int(a.message)), r.log.Rank(int(b.message)))
}

// first is the time of the log's first message.
func (r *facts) first() int64 {
	if !r.begun {
		r.begin, r.begun = never, true
		for i := range r.acts {
			r.begin = min(r.begin, r.log.At(i).Time)
		}
	}
	return r.begin
}

// capWeights gives every appeal weight 1, but an asker who would weigh more
// than share of the whole gets exactly that much, shared among her appeals.
// With fewer than 1/share askers that can't be, and all askers weigh the same
// at most. The weights' mean is 1.
func capWeights(appeals []*appeal, share float64) (weight []float64, capped int) {
	count := map[int32]int{}
	for _, a := range appeals {
		count[a.asker]++
	}
	sizes := make([]int, 0, len(count))
	for _, n := range count {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	limit := capLimit(sizes, max(share, 1/float64(max(1, len(count)))))
	weight = make([]float64, len(appeals))
	sum := 0.0
	for i, a := range appeals {
		weight[i] = min(1, limit/float64(count[a.asker]))
		sum += weight[i]
	}
	for i := range weight {
		weight[i] *= float64(len(weight)) / sum
	}
	for _, n := range sizes {
		if float64(n) > limit*(1+1e-9) {
			capped++
		}
	}
	return weight, capped
}

// capLimit is the largest L such that L is at most share of Σ min(size, L).
func capLimit(sizes []int, share float64) float64 {
	below := 0.0 // sum of the sizes that stay whole
	for i, n := range sizes {
		above := float64(len(sizes) - i)
		if free := 1 - share*above; free > 1e-12 {
			if l := share * below / free; l < float64(n) {
				return max(l, 1)
			}
		}
		below += float64(n)
	}
	return math.Inf(1)
}

// weekly numbers the weeks of a window, from Monday to Sunday.
type weekly struct{ starts []int64 }

func newWeekly(from, until int64, loc *time.Location) weekly {
	if loc == nil {
		loc = time.UTC
	}
	var c weekly
	for t := Week.start(time.UnixMicro(from).In(loc)); t.UnixMicro() <= until; t = Week.step(t, 1) {
		c.starts = append(c.starts, t.UnixMicro())
	}
	return c
}

// week gives the number of the week that holds t.
func (c weekly) week(t int64) int {
	i, found := slices.BinarySearch(c.starts, t)
	if !found {
		i--
	}
	return max(i, 0)
}

// inWindow says whether message i was written in the window.
func (g *cohort) inWindow(e *conversation.Entry) bool { return e.Time >= g.from && e.Time <= g.until }
