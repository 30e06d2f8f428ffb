package presence

import (
	"math"
	"time"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// The watch looks for surges: stretches of time in which the community writes
// more than its season explains. It counts messages by the hour, learns what
// each hour of the week usually brings ([season]), and sums the evidence that
// messages now come ρ times as often as usual: a cumulative sum of negative
// binomial log-likelihood ratios that never falls below 0 (Page 1954; for
// counts with a season: Höhle & Paul 2008). When the sum passes a threshold it
// raises an alarm.
//
// The fit is retrospective: the report is about the past, so the shape of the
// week and the dispersion are learned from the whole log, with surges set
// aside. The level is not: it comes from the quarter before, so that a
// community which grows or fades moves it slowly, and a surge can't raise the
// level it is compared with. A permanent change of pace is told once and is
// ordinary after half a quarter.
//
// The threshold is what lets one false alarm through in
// Parameters.FalseAlarmDays, by simulation: histories are drawn from the fitted
// season, and everything is learned again from each of them, so that the price
// of not knowing the season is paid. The histories have moods: in real
// conversations an hour resembles those before it.
const (
	leastDays     = 28   // a shorter log shows no week often enough
	leastMessages = 50   // fewer say nothing about 168 hours
	mostYears     = 30   // what is older is a fault of dates, or forgotten
	drawnAlarms   = 300  // false alarms in the histories that set the threshold
	triedAlarms   = 150  // false alarms in those that try it
	mostBins      = 4e6  // simulated at most
	leastEvidence = 2.0  // a threshold: what is seven times likelier in a surge
	plainSurge    = 15.0 // a sum that chance hardly reaches: set aside when learning
)

// watch finds the surges among the times (µs, sorted) of the community's
// messages up to the census; day says that the times know their day only.
//
// A threshold above 0 is one found before: nothing is simulated.
func watch(times []int64, day bool, until int64, p Parameters, seed uint64, loc *time.Location, before Watch) (Watch, []Alarm) {
	w := Watch{Ratio: p.SurgeRatio}
	c := count(times, day, until, loc)
	days := float64(len(c.counts)) / c.perDay()
	if days < leastDays || len(times) < leastMessages {
		w.Doubts = append(w.Doubts, measure.Doubted("watch-too-short", days, len(times), leastDays, leastMessages))
		return w, []Alarm{}
	}
	s, aside := learn(c, p.SurgeRatio)
	s.overdispersion = s.estimateOverdispersion(c, aside)
	w.Measured, w.PerHour = true, float64(len(times))/(24*days)
	if s.alpha > 0 {
		w.Dispersion = 1 / s.alpha
	}
	w.Threshold, w.FalseAlarms = before.Threshold, before.FalseAlarms
	if w.Threshold == 0 {
		per := p.FalseAlarmDays * c.perDay()
		w.Threshold = threshold(s.histories(c, drawnAlarms*per, p.SurgeRatio, seed), 1/per)
		w.FalseAlarms = alarms(s.histories(c, triedAlarms*per, p.SurgeRatio, ^seed), w.Threshold) * 90 * c.perDay()
	}
	if day {
		w.Doubts = append(w.Doubts, measure.Doubted("watch-by-day"))
	}
	found := []Alarm{}
	evidence := s.evidence(c.counts, p.SurgeRatio)
	for _, g := range surges(evidence, w.Threshold) {
		for _, part := range s.date(c, evidence, g, w.Threshold) {
			found = append(found, c.alarm(part, s.mean, until))
		}
	}
	return w, found
}

// alarm tells a surge in wall-clock time.
func (c *calendar) alarm(g surge, mean []float64, until int64) Alarm {
	a := Alarm{From: c.at(g.from), Raised: c.at(g.raised + 1), Until: c.at(g.top + 1), Ongoing: g.open}
	peak := g.from
	if g.open {
		g.top = len(c.counts) - 1
		a.Until = time.UnixMicro(until).UTC()
	}
	for t := g.from; t <= g.top; t++ {
		a.Observed += int(c.counts[t])
		a.Expected += mean[t]
		if c.counts[t] > c.counts[peak] {
			peak = t
		}
	}
	a.Peak = c.at(peak)
	return a
}

// surge is a stretch of bins, both ends included.
type surge struct {
	from   int  // the first after the sum's last zero: the estimated beginning
	raised int  // the sum passes the threshold
	top    int  // the sum is the largest: the estimated end
	open   bool // the log ends before the sum has fallen from its top by the threshold
}

// surges runs the cumulative sum of the evidence in each bin. A surge is raised
// when the sum reaches the threshold h and over when it has fallen by h from its
// top: it then ended at the top, after which messages came less than about 1.4
// times as often as usual (ρ = 2).
func surges(evidence []float64, h float64) (found []surge) {
	var sum, top float64
	g := surge{raised: -1}
	for t, e := range evidence {
		if sum == 0 {
			g.from = t
		}
		sum = max(0, sum+e)
		if g.raised < 0 && sum >= h {
			g.raised, top = t, 0
		}
		if g.raised < 0 {
			continue
		}
		if sum > top {
			top, g.top = sum, t
		}
		if sum <= top-h {
			found = append(found, g)
			g, sum = surge{raised: -1}, 0
		}
	}
	if g.raised >= 0 {
		g.open = true
		found = append(found, g)
	}
	return found
}

// date finds a surge's beginning again, now that its size is known: the last
// zero of the sum alone would count a few messages of the evening before to a
// surge of twenty times as many. A small surge that was not over when a plain one
// began is told apart, or a false alarm would date a crisis.
func (s *season) date(c *calendar, evidence []float64, g surge, h float64) []surge {
	plain, sum := g.from, 0.0
	for ; plain < g.top && sum < plainSurge; plain++ {
		sum += evidence[plain]
	}
	late := g
	late.from = s.onset(c, g.from, plain, g.top)
	sum = 0
	for late.raised = late.from; late.raised < g.top; late.raised++ {
		if sum += evidence[late.raised]; sum >= h {
			break
		}
	}
	if late.from <= g.raised || sum < h {
		g.from = s.onset(c, g.from, g.raised, g.top)
		return []surge{g}
	}
	early := surge{raised: g.raised, top: g.raised, from: s.onset(c, g.from, g.raised, late.from-1)}
	sum, top := 0.0, 0.0
	for t := g.raised + 1; t < late.from; t++ {
		if sum += evidence[t]; sum > top {
			early.top, top = t, sum
		}
	}
	return []surge{early, late}
}

// onset is, of all beginnings up to last, the likeliest with its own number of
// times as many messages up to a day later: that of the largest n·ln(n/e) − (n −
// e), for n messages where e were expected.
func (s *season) onset(c *calendar, first, last, top int) int {
	from, best := first, 0.0
	n, e := 0.0, 0.0
	for t := min(top, last+c.hours); t >= first; t-- {
		n, e = n+float64(c.counts[t]), e+s.mean[t]
		if n > e && t <= last {
			if score := n*math.Log(n/e) - (n - e); score > best {
				from, best = t, score
			}
		}
	}
	return from
}

// histories draws histories from a season until they make up so many bins,
// learns the season again from each, and gives the evidence found in them.
func (s *season) histories(c *calendar, bins, ratio float64, seed uint64) [][]float64 {
	all := make([][]float64, max(4, int(math.Ceil(min(bins, mostBins)/float64(len(c.counts))))))
	for i := range all {
		d := s.draw(c, stat.Stream(seed, i))
		l, _ := learn(d, ratio)
		all[i] = l.evidence(d.counts, ratio)
	}
	return all
}

// alarms counts the surges at threshold h per bin.
func alarms(histories [][]float64, h float64) float64 {
	n, bins := 0, 0
	for _, evidence := range histories {
		n += len(surges(evidence, h))
		bins += len(evidence)
	}
	return float64(n) / float64(bins)
}

// threshold is the lowest at which the histories raise no more alarms per bin
// than wanted, to a hundredth.
func threshold(histories [][]float64, wanted float64) float64 {
	lo, hi := leastEvidence, leastEvidence
	for hi < 1e6 && alarms(histories, hi) > wanted {
		lo, hi = hi, 2*hi
	}
	for hi-lo > .01 {
		if mid := (lo + hi) / 2; alarms(histories, mid) > wanted {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}
