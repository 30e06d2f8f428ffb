package presence

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
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
	c.start = floor(times[0] + shift)
	n := max(0, (until+shift-c.start)/c.width)
	c.counts, c.cell = make([]int32, n), make([]uint8, n)
	for _, t := range times {
		if i := (floor(t+shift) - c.start) / c.width; i < n {
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
//
// In a real conversation one message brings the next: counts of neighbouring
// hours rise and fall together. sway is the variance of the logarithm of the
// rate that the season doesn't explain, and hold what is left of a deviation
// after one bin; both are 0 where hours are independent. Simulated histories
// have the same memory, or the threshold would take every lively evening for a
// surge.
type season struct {
	mean       []float64
	alpha      float64
	sway, hold float64
}

// increment is the log-likelihood ratio of y messages coming at ratio·μ against
// μ: y·ln(ρ(r+μ)/(r+ρμ)) + r·ln((r+μ)/(r+ρμ)), with r = 1/α.
func (s *season) increment(y int32, mu, ratio float64) float64 {
	if s.alpha == 0 {
		return float64(y)*math.Log(ratio) - (ratio-1)*mu
	}
	l := math.Log((1 + s.alpha*mu) / (1 + s.alpha*ratio*mu))
	return float64(y)*(math.Log(ratio)+l) + l/s.alpha
}

// draw makes a history of the same length and calendar by chance.
func (s *season) draw(c *calendar, r *rand.Rand) *calendar {
	d := *c
	d.counts = make([]int32, len(c.counts))
	mood := math.Sqrt(s.sway) * r.NormFloat64()
	alpha := max(0, (1+s.alpha)*math.Exp(-s.sway)-1) // what sway leaves of the scatter
	for t, mu := range s.mean {
		if s.sway > 0 {
			mu *= math.Exp(mood - s.sway/2)
			mood = s.hold*mood + math.Sqrt(s.sway*(1-s.hold*s.hold))*r.NormFloat64()
		}
		if alpha > 0 && mu > 0 {
			mu *= distuv.Gamma{Alpha: 1 / alpha, Beta: 1 / alpha, Src: r}.Rand()
		}
		if mu > 0 {
			d.counts[t] = int32(distuv.Poisson{Lambda: mu, Src: r}.Rand())
		}
	}
	return &d
}

// learn fits a season, setting plain surges aside until none is left to find.
func learn(c *calendar, ratio float64) *season {
	s := &season{mean: make([]float64, len(c.counts))}
	aside := make([]bool, len(c.counts))
	level := c.levels()
	for range 6 {
		s.fit(c, level, aside)
		found := s.surges(c.counts, ratio, plainSurge)
		if !setAside(aside, found) {
			break
		}
	}
	return s
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
func (c *calendar) levels() []float64 {
	week := c.week()
	sums := make([]float64, len(c.counts)/week)
	for t, y := range c.counts[:len(sums)*week] {
		sums[t/week] += float64(y)
	}
	mean := 0.0
	for _, x := range sums {
		mean += x / float64(len(sums))
	}
	level := make([]float64, len(c.counts))
	var last float64
	for t := range level {
		if w := t / week; t%week == 0 {
			from := max(0, w-quarter)
			last = ordinary(sums[from:min(from+quarter, len(sums))])
			// A community that fell asleep is not compared with nothing: a
			// tenth of its mean, and a message a week, are always ordinary.
			last = max(last, mean/10, 1) / float64(week)
		}
		level[t] = last
	}
	return level
}

// ordinary is the mean of the weeks that are not far above their median.
func ordinary(weeks []float64) float64 {
	sorted := slices.Sorted(slices.Values(weeks))
	median := (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
	most := 1.5*median + 3*math.Sqrt(median) + 1
	sum, n := 0.0, 0.0
	for _, x := range sorted {
		if x <= most {
			sum += x
			n++
		}
	}
	return sum / n
}

// fit learns the shape of the week and the dispersion from the bins that are
// not set aside.
func (s *season) fit(c *calendar, level []float64, aside []bool) {
	s.alpha = 0
	for range 2 { // the dispersion tells how much to trust the shape, and the shape gives the dispersion
		shape := c.shape(level, aside, s.alpha)
		for t := range s.mean {
			s.mean[t] = level[t] * shape[c.cell[t]]
		}
		s.alpha = dispersion(c.counts, s.mean, aside)
	}
	s.sway, s.hold = memory(c, s.mean, aside)
}

// memory measures how far neighbouring bins deviate together. With a rate whose
// logarithm is a first-order autoregression, the counts' relative covariance at
// lag k is exp(σ²φᵏ)-1 (Zeger 1988, "A regression model for time series of
// counts"): σ² and φ come from the lags of one bin and of a quarter of a day, if
// the first is clear of chance.
func memory(c *calendar, mean []float64, aside []bool) (sway, hold float64) {
	far := max(2, c.hours/4)
	near, chance := together(c.counts, mean, aside, 1)
	if near <= 3*chance {
		return 0, 0
	}
	later, chance := together(c.counts, mean, aside, far)
	a, b := math.Log1p(near), math.Log1p(max(later, chance))
	hold = min(.995, math.Pow(b/a, 1/float64(far-1)))
	return min(2, a/hold), hold
}

// together is the relative covariance of counts a lag apart, and how large
// chance alone makes it.
func together(counts []int32, mean []float64, aside []bool, lag int) (covariance, chance float64) {
	var sum, weight, square float64
	for t := range counts[:max(0, len(counts)-lag)] {
		u := t + lag
		if aside[t] || aside[u] {
			continue
		}
		x, y := float64(counts[t])-mean[t], float64(counts[u])-mean[u]
		sum += x * y
		square += x * x * y * y
		weight += mean[t] * mean[u]
	}
	if weight == 0 {
		return 0, 0
	}
	return sum / weight, math.Sqrt(square) / weight
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

// dispersion is the α under which counts with these means are likeliest, 0 when
// they scatter no more than a Poisson. The score of the log-likelihood,
//
//	Σ_t { Σ_{j<y} j/(1+αj) − yμ/(1+αμ) + [ln(1+αμ) − αμ/(1+αμ)]/α² },
//
// is positive below it.
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
	if score(0) <= 0 {
		return 0
	}
	lo, hi := 0.0, 1.0
	for hi < 64 && score(hi) > 0 {
		lo, hi = hi, 2*hi
	}
	for hi-lo > .005*hi && hi > 1e-4 {
		if mid := (lo + hi) / 2; score(mid) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// bend is (ln(1+x) − x/(1+x))/x², ½ at 0.
func bend(x float64) float64 {
	if x < 1e-3 {
		return .5 - x*(2./3-x*.75)
	}
	return (math.Log1p(x) - x/(1+x)) / (x * x)
}
