package presence

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/measure/stat"
)

// calendar is messages counted by the hour, or by the day where nothing finer
// is known.
type calendar struct {
	counts []int32
	cell   []uint8 // of each bin: which hour of the week (or day of the week) it is
	hours  int     // cells in a day: 24 or 1
	start  int64   // µs, of the first bin
	width  int64   // µs, of a bin
}

const (
	hour    = int64(time.Hour / time.Microsecond)
	quarter = 13 // weeks from which the level is learned
)

// count fills a calendar from sorted times up to the census. An unfinished last
// hour is left out; a last day is taken as finished, since day-only times stand
// at its beginning.
func count(times []int64, day bool, until int64, loc *time.Location) *calendar {
	c := &calendar{hours: 24, width: hour}
	shift := int64(0)
	if day {
		// A date may have been written as midnight anywhere: the nearest
		// midnight UTC is its day.
		c.hours, c.width, shift = 1, 24*hour, 12*hour
		until += c.width
	}
	if len(times) == 0 {
		return c
	}
	if loc == nil || day {
		loc = time.UTC
	}
	floor := func(t int64) int64 { return t - ((t%c.width)+c.width)%c.width }
	c.start = max(floor(times[0]+shift), floor(until-mostYears*365*24*hour))
	n := max(0, (until+shift-c.start)/c.width)
	c.counts, c.cell = make([]int32, n), make([]uint8, n)
	for _, t := range times {
		if i := (floor(t+shift) - c.start) / c.width; i >= 0 && i < n {
			c.counts[i]++
		}
	}
	for i := range c.cell {
		t := c.at(i).In(loc)
		c.cell[i] = uint8(int(t.Weekday())*c.hours + t.Hour()%c.hours)
	}
	return c
}

func (c *calendar) at(bin int) time.Time { return time.UnixMicro(c.start + int64(bin)*c.width).UTC() }
func (c *calendar) perDay() float64      { return float64(c.hours) }
func (c *calendar) week() int            { return 7 * c.hours }

// season is what each bin is expected to bring: the level of its week times the
// share of its hour. Counts scatter round it as a negative binomial of variance
// μ + αμ²; α = 1/r is 0 for a Poisson.
type season struct {
	mean           []float64
	alpha          float64
	overdispersion overdispersion
}

// evidence is, for each bin, how much likelier its count is when messages come
// ratio times as often: the increments of the sum.
func (s *season) evidence(counts []int32, ratio float64) []float64 {
	e := make([]float64, len(counts))
	for t, y := range counts {
		e[t] = stat.NegBinIncrement(float64(y), s.mean[t], ratio, 1/s.alpha)
	}
	return e
}

// learn fits a season, setting plain surges aside until none is left to find.
func learn(c *calendar, ratio float64) (*season, []bool) {
	s := &season{mean: make([]float64, len(c.counts))}
	level, aside := c.levels()
	for range 6 {
		s.fit(c, level, aside)
		found := surges(s.evidence(c.counts, ratio), plainSurge)
		if !setAside(aside, found) {
			break
		}
	}
	return s, aside
}

// setAside marks the surges and says whether that changed anything.
func setAside(aside []bool, found []surge) (changed bool) {
	was := slices.Clone(aside)
	clear(aside)
	for _, g := range found {
		last := g.top
		if g.open {
			last = len(aside) - 1
		}
		for t := g.from; t <= last; t++ {
			aside[t] = true
		}
	}
	return !slices.Equal(was, aside)
}

// levels gives the ordinary number of messages per bin for each bin: that of
// the quarter before its week; for the log's first quarter, that quarter's own.
func (c *calendar) levels() (level []float64, aside []bool) {
	week := c.week()
	sums := make([]float64, len(c.counts)/week)
	for t, y := range c.counts[:len(sums)*week] {
		sums[t/week] += float64(y)
	}
	mean := 0.0
	for _, x := range sums {
		mean += x / float64(len(sums))
	}
	level, aside = make([]float64, len(c.counts)), make([]bool, len(c.counts))
	var last, most float64
	for t := range level {
		if w := t / week; t%week == 0 {
			from := max(0, w-quarter)
			last, most = ordinary(sums[from:min(from+quarter, len(sums))])
			// A community that fell asleep is not compared with nothing: a
			// tenth of its mean, and a message a week, are always ordinary.
			last = max(last, mean/10, 1) / float64(week)
		}
		level[t] = last
		aside[t] = t/week < len(sums) && sums[t/week] > most
	}
	return level, aside
}

// ordinary is the mean of the weeks that are not far above their median.
func ordinary(weeks []float64) (mean, most float64) {
	sorted := slices.Sorted(slices.Values(weeks))
	median := (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
	most = 1.5*median + 3*math.Sqrt(median) + 1
	sum, n := 0.0, 0.0
	for _, x := range sorted {
		if x <= most {
			sum += x
			n++
		}
	}
	return sum / n, most
}

// fit learns the shape of the week and the dispersion from the bins that are
// not set aside. How far to trust the shape depends on the dispersion, so a
// rough one comes first.
func (s *season) fit(c *calendar, level []float64, aside []bool) {
	s.expect(c, level, c.shape(level, aside, 0))
	s.expect(c, level, c.shape(level, aside, scatter(c.counts, s.mean, aside)))
	s.alpha = dispersion(c.counts, s.mean, aside)
}

func (s *season) expect(c *calendar, level, shape []float64) {
	for t := range s.mean {
		s.mean[t] = level[t] * shape[c.cell[t]]
	}
}

// pile is a group of bins: what came, what was expected, how many bins.
type pile struct{ seen, expected, bins float64 }

// shape is the share of each cell of the week, 1 on average: a factor for the
// day times one for the hour, times one for the cell; each is drawn towards 1,
// and the hours towards their neighbours, as far as the counts don't say
// otherwise.
func (c *calendar) shape(level []float64, aside []bool, alpha float64) []float64 {
	cells := make([]pile, c.week())
	for t, y := range c.counts {
		if !aside[t] {
			cells[c.cell[t]].add(float64(y), level[t], 1)
		}
	}
	shape := make([]float64, len(cells))
	for i := range shape {
		shape[i] = 1
	}
	adjust := func(groups int, group func(cell int) int, near bool) {
		piles := make([]pile, groups)
		for i, p := range cells {
			piles[group(i)].add(p.seen, p.expected*shape[i], p.bins)
		}
		factors := shrunk(piles, alpha)
		if near {
			factors = between(piles, factors, alpha)
		}
		for i := range shape {
			shape[i] *= factors[group(i)]
		}
	}
	for range 2 {
		adjust(7, func(i int) int { return i / c.hours }, false)
		if c.hours > 1 {
			adjust(c.hours, func(i int) int { return i % c.hours }, true)
		}
	}
	if c.hours > 1 {
		adjust(len(cells), func(i int) int { return i }, false)
	}
	sum := 0.0
	for _, x := range shape {
		sum += x
	}
	for i := range shape {
		shape[i] *= float64(len(shape)) / sum
	}
	return shape
}

func (p *pile) add(seen, expected, bins float64) {
	p.seen += seen
	p.expected += expected
	p.bins += bins
}

// shrunk gives each pile the factor (seen+κ)/(expected+κ): the mean of a gamma
// posterior whose prior has mean 1 and variance 1/κ, estimated from how much
// more the piles differ from what is expected than counts do by chance
// (empirical Bayes by moments).
func shrunk(piles []pile, alpha float64) []float64 {
	excess, weight := 0.0, 0.0
	for _, p := range piles {
		if p.bins == 0 {
			continue
		}
		d := p.seen - p.expected
		excess += d*d - p.expected - alpha*p.expected*p.expected/p.bins
		weight += p.expected * p.expected
	}
	factors := make([]float64, len(piles))
	for i, p := range piles {
		factors[i] = 1
		if excess > 0 {
			k := weight / excess
			factors[i] = (p.seen + k) / (p.expected + k)
		}
	}
	return factors
}

// between draws the factors of a round of piles towards those of their
// neighbours.
func between(piles []pile, factors []float64, alpha float64) []float64 {
	n := len(piles)
	smooth := make([]float64, n)
	rest := make([]pile, n)
	for i := range piles {
		smooth[i] = (factors[(i+n-1)%n] + 2*factors[i] + factors[(i+1)%n]) / 4
		rest[i] = pile{piles[i].seen, piles[i].expected * smooth[i], piles[i].bins}
	}
	for i, f := range shrunk(rest, alpha) {
		smooth[i] *= f
	}
	return smooth
}

// scatter is α by moments: Σ[(y−μ)² − μ] / Σμ².
func scatter(counts []int32, mean []float64, aside []bool) float64 {
	excess, weight := 0.0, 0.0
	for t, y := range counts {
		if !aside[t] {
			mu := mean[t]
			d := float64(y) - mu
			excess += d*d - mu
			weight += mu * mu
		}
	}
	return max(0, excess/weight)
}

// dispersion is the α under which counts with these means are likeliest, 0 when
// they scatter no more than a Poisson: the root of the score of the
// log-likelihood,
//
//	Σ_t { Σ_{j<y} j/(1+αj) − yμ/(1+αμ) + [ln(1+αμ) − αμ/(1+αμ)]/α² },
//
// which falls as α grows. It is looked for between bounds that close in, by the
// secant (regula falsi, Illinois).
func dispersion(counts []int32, mean []float64, aside []bool) float64 {
	var over []float64 // over[j]: bins with more than j messages
	for t, y := range counts {
		for j := 0; j < int(y) && !aside[t]; j++ {
			if j == len(over) {
				over = append(over, 0)
			}
			over[j]++
		}
	}
	score := func(a float64) (u float64) {
		for j, n := range over {
			u += n * float64(j) / (1 + a*float64(j))
		}
		for t, y := range counts {
			if !aside[t] {
				mu := mean[t]
				u += mu*mu*bend(a*mu) - float64(y)*mu/(1+a*mu)
			}
		}
		return u
	}
	lo, below := 0.0, score(0)
	if !(below > 0) {
		return 0
	}
	hi := max(1e-3, 1.5*scatter(counts, mean, aside))
	above := score(hi)
	for above > 0 && hi < 1e3 {
		lo, below, hi = hi, above, 2*hi
		above = score(hi)
	}
	for side := 0; hi-lo > .003*hi && hi > 1e-4; {
		a := (lo*above - hi*below) / (above - below)
		u := score(a)
		if math.Abs(u) < 1e-3*math.Abs(above-below)*a/(hi-lo) { // within a thousandth of a
			return a
		}
		if u > 0 {
			lo, below = a, u
			if side == 1 {
				above /= 2
			}
			side = 1
		} else {
			hi, above = a, u
			if side == -1 {
				below /= 2
			}
			side = -1
		}
	}
	return (lo + hi) / 2
}

// bend is (ln(1+x) − x/(1+x))/x², ½ at 0.
func bend(x float64) float64 {
	if x < 1e-3 {
		return .5 - x*(2./3-x*.75)
	}
	return (math.Log(1+x) - x/(1+x)) / (x * x)
}
