package presence

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/stat"
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
// [Parameters].FalseAlarmDays, by simulation: histories are drawn from the
// fitted season, and everything is learned again from each of them, so that the
// price of not knowing the season is paid.
const (
	leastDays     = 28   // a shorter log shows no week twice often enough
	leastMessages = 50   // fewer say nothing about 168 hours
	drawnAlarms   = 400  // false alarms in the histories that set the threshold
	triedAlarms   = 200  // false alarms in those that try it
	mostBins      = 4e6  // simulated at most
	plainSurge    = 15.0 // a sum that chance does not reach in a thousand years: set aside when learning
)

// watch finds the surges among the times (µs, sorted) of the community's
// messages up to the census; day says that the times know their day only.
func watch(times []int64, day bool, until int64, p Parameters, seed uint64, loc *time.Location) (Watch, []Alarm) {
	w := Watch{Ratio: p.SurgeRatio}
	c := count(times, day, until, loc)
	days := float64(len(c.counts)) / c.perDay()
	if days < leastDays || len(times) < leastMessages {
		w.Doubts = append(w.Doubts, measure.Doubted("short-watch", days, len(times), leastDays, leastMessages))
		return w, nil
	}
	s := learn(c, p.SurgeRatio)
	w.Measured, w.PerHour = true, float64(len(times))/(24*days)
	if s.alpha > 0 {
		w.Dispersion = 1 / s.alpha
	}
	w.Threshold = s.threshold(c, p, seed)
	w.FalseAlarms = s.falseAlarms(c, p, seed, w.Threshold)
	if day {
		w.Doubts = append(w.Doubts, measure.Doubted("day-watch"))
	}
	var alarms []Alarm
	for _, g := range s.surges(c.counts, p.SurgeRatio, w.Threshold) {
		alarms = append(alarms, c.alarm(g, s.mean, until))
	}
	return w, alarms
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

// surges runs the cumulative sum. A surge is raised when the sum reaches the
// threshold h and over when it has fallen by h from its top: it then ended at
// the top, after which messages came less than about 1.4 times as often as
// usual (ρ = 2).
func (s *season) surges(counts []int32, ratio, h float64) (found []surge) {
	var sum, top float64
	g := surge{raised: -1}
	for t, y := range counts {
		if sum == 0 {
			g.from = t
		}
		sum = max(0, sum+s.increment(y, s.mean[t], ratio))
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

// tops appends the largest value of each excursion of the sum from zero to
// zero: at a threshold h, those that reach h are its alarms.
func (s *season) tops(tops []float64, counts []int32, ratio float64) []float64 {
	var sum, top float64
	for t, y := range counts {
		sum += s.increment(y, s.mean[t], ratio)
		if sum <= 0 {
			if top > 1 { // lower ones are never a threshold
				tops = append(tops, top)
			}
			sum, top = 0, 0
		}
		top = max(top, sum)
	}
	if top > 1 {
		tops = append(tops, top)
	}
	return tops
}

// threshold is the height that the sum of simulated histories reaches once in
// FalseAlarmDays, the season learned again from each.
func (s *season) threshold(c *calendar, p Parameters, seed uint64) float64 {
	per := p.FalseAlarmDays * c.perDay()
	n := histories(drawnAlarms*per, c)
	var tops []float64
	for i := range n {
		h := s.draw(c, stat.Stream(seed, i))
		tops = learn(h, p.SurgeRatio).tops(tops, h.counts, p.SurgeRatio)
	}
	slices.Sort(tops)
	wanted := int(math.Round(float64(n*len(c.counts)) / per))
	at := len(tops) - wanted
	if at <= 0 || wanted == 0 {
		return plainSurge
	}
	return (tops[at-1] + tops[at]) / 2
}

// falseAlarms counts the alarms in 90 days of other histories.
func (s *season) falseAlarms(c *calendar, p Parameters, seed uint64, h float64) float64 {
	n := histories(triedAlarms*p.FalseAlarmDays*c.perDay(), c)
	alarms := 0
	for i := range n {
		d := s.draw(c, stat.Stream(^seed, i))
		alarms += len(learn(d, p.SurgeRatio).surges(d.counts, p.SurgeRatio, h))
	}
	return float64(alarms) * 90 * c.perDay() / float64(n*len(c.counts))
}

// histories is how many make up so many bins.
func histories(bins float64, c *calendar) int {
	return max(4, int(math.Ceil(min(bins, mostBins)/float64(len(c.counts)))))
}
