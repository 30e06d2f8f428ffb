package presence

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// overdispersion are how much more, or less, a whole stretch of time brings than its
// season says: the variance of a factor that lasts hours (one message brings the
// next) and of one that lasts days. In a real conversation an hour resembles
// those before it; without moods the simulated histories would be calmer than
// any real community, every lively evening would pass for a surge, and alarms
// would come more often than told.
type overdispersion struct{ hours, days float64 }

// How long moods last, in hours: the time in which their correlation falls to
// 1/e.
const (
	hourly = 2
	daily  = 10 * 24
)

// clearly is how many standard errors of chance a mood must be above 0. One is
// little: to miss moods costs false alarms, to see some where there are none
// costs little.
const clearly = 1

// estimateOverdispersion finds the moods in how counts resemble those 1 to 3 hours and 1 to 3
// days before them: with a rate that wanders, their relative covariance is that
// of the rate (Zeger 1988, "A regression model for time series of counts").
func (s *season) estimateOverdispersion(c *calendar, aside []bool) (m overdispersion) {
	hours := 24 / c.perDay() // of a bin
	m.days = s.alike(c, aside, c.hours, 3*c.hours, daily/hours)
	if c.hours > 1 {
		m.hours = max(0, s.alike(c, aside, 1, 3, hourly/hours)-m.days)
	}
	return m
}

// alike is the variance of a factor with a correlation of exp(-lag/tau) that
// gives counts their covariance at lags from one to another; 0 unless it is clear
// of chance.
func (s *season) alike(c *calendar, aside []bool, from, to int, tau float64) float64 {
	var sum, square, weight, fade float64
	for lag := from; lag <= to; lag++ {
		for t := lag; t < len(s.mean); t++ {
			if u := t - lag; !aside[t] && !aside[u] {
				x := (float64(c.counts[t]) - s.mean[t]) * (float64(c.counts[u]) - s.mean[u])
				sum += x
				square += x * x
				weight += s.mean[t] * s.mean[u]
			}
		}
		fade += math.Exp(-float64(lag)/tau) / float64(to-from+1)
	}
	if sum <= clearly*math.Sqrt(square) {
		return 0
	}
	return sum / weight / fade
}

// mood is a factor of mean 1 that wanders: the exponential of a normal
// autoregression.
type mood struct{ at, keep, sd float64 }

func newMood(variance, tau float64, r *rand.Rand) *mood {
	m := &mood{keep: math.Exp(-1 / tau), sd: math.Sqrt(math.Log1p(variance))}
	if m.sd > 0 {
		m.at = m.sd * r.NormFloat64()
	}
	return m
}

func (m *mood) next(r *rand.Rand) float64 {
	if m.sd == 0 {
		return 1
	}
	m.at = m.keep*m.at + m.sd*math.Sqrt(1-m.keep*m.keep)*r.NormFloat64()
	return math.Exp(m.at - m.sd*m.sd/2)
}

// draw makes a history of the same length and calendar by chance. What the moods
// don't explain of the scatter is the hour's own.
func (s *season) draw(c *calendar, r *rand.Rand) *calendar {
	d := *c
	d.counts = make([]int32, len(c.counts))
	hours := 24 / c.perDay()
	fast, slow := newMood(s.overdispersion.hours, hourly/hours, r), newMood(s.overdispersion.days, daily/hours, r)
	alpha := (1+s.alpha)/(1+s.overdispersion.hours)/(1+s.overdispersion.days) - 1
	for t, mu := range s.mean {
		mu *= fast.next(r) * slow.next(r)
		if alpha > 0 && mu > 0 {
			mu *= distuv.Gamma{Alpha: 1 / alpha, Beta: 1 / alpha, Src: r}.Rand()
		}
		if mu > 0 {
			d.counts[t] = int32(distuv.Poisson{Lambda: mu, Src: r}.Rand())
		}
	}
	return &d
}
