package stat

import (
	"math"
	"slices"
)

// Observation is one wait, or several equal ones.
type Observation struct {
	// Entry is when the wait came under observation, counted like Time from
	// its start. 0 means from the start; more means delayed entry (left
	// truncation): had the wait ended sooner, nobody would have known of it.
	Entry float64
	// Time is how long the wait lasted, or has lasted so far. Any unit will do,
	// the same everywhere.
	Time float64
	// Cause is how it ended: 0 not yet (censored), 1 by the event of interest,
	// 2 and more by something else that makes the event impossible.
	Cause int
	// Weight is how many waits this one stands for; 0 means 1.
	Weight float64
	// Cluster names a group of waits that depend on each other, such as those
	// of one asker.
	Cluster int
}

func (o *Observation) weight() float64 {
	if o.Weight == 0 {
		return 1
	}
	return o.Weight
}

// maxWeight is far above any number of waits, and far below where sums overflow.
const maxWeight = 1e100

// usable tells whether the wait can be placed in time: a number, not negative,
// and longer than its delayed entry. The negations refuse NaN.
func (o *Observation) usable() bool {
	return o.Time >= 0 && o.Entry >= 0 && (o.Entry == 0 || o.Entry < o.Time) && o.Weight >= 0 && o.Weight <= maxWeight
}

// table is the waits sorted and counted: one row for each distinct time at
// which a wait ended or was last seen.
type table struct {
	time     []float64
	risk     []float64 // weight of those waiting just before the time
	event    []float64 // of these, weight ended by Cause 1
	other    []float64 // of these, weight ended by Cause 2 and more; nil: none
	censored []float64 // of these, weight last seen waiting
	waits    []wait    // in the order of their time
	dropped  int
	delayed  bool // some wait has a delayed entry
	weighted bool // some weight is not 1
}

// wait is an observation placed in a table.
type wait struct {
	row   int32 // of its time
	from  int32 // the first row at which it is at risk
	index int32 // in the observations
	cause int32
	w     float64
}

// moment is a point of time to sort: the end of wait i, or its entry if i is
// given as ^i.
type moment struct {
	t float64
	i int32
}

// compare orders moments by time, equal ones by observation, its entry first.
func (m moment) compare(o moment) int {
	if m.t < o.t {
		return -1
	}
	if m.t > o.t {
		return 1
	}
	if a, b := max(m.i, ^m.i), max(o.i, ^o.i); a != b {
		return int(a - b)
	}
	return int(m.i) - int(o.i)
}

// tabulate sorts and counts waits. Times closer than survfit's tolerance are
// taken for the same, as R's aeqSurv does, so that 0.1+0.2 and 0.3 are a tie.
func tabulate(obs []Observation) *table {
	tb := &table{}
	moments := make([]moment, 0, len(obs))
	competing := false
	for i := range obs {
		o := &obs[i]
		if !o.usable() {
			tb.dropped++
			continue
		}
		if o.Entry > 0 {
			tb.delayed = true
			moments = append(moments, moment{o.Entry, ^int32(i)})
		}
		moments = append(moments, moment{math.Abs(o.Time), int32(i)}) // Abs: -0 is 0
		competing = competing || o.Cause > 1
		tb.weighted = tb.weighted || o.weight() != 1
	}
	moments = sortMoments(moments)
	mergeTies(moments)
	tb.time = endTimes(moments)
	rows := len(tb.time)
	tb.risk, tb.event, tb.censored = make([]float64, rows), make([]float64, rows), make([]float64, rows)
	if competing {
		tb.other = make([]float64, rows)
	}
	tb.waits = make([]wait, 0, len(moments))
	if tb.delayed {
		tb.countDelayed(obs, moments)
	} else {
		tb.count(obs, moments)
	}
	return tb
}

// count fills the rows with waits that were all seen from their start.
func (tb *table) count(obs []Observation, moments []moment) {
	row := 0
	for _, m := range moments {
		if tb.time[row] != m.t {
			row++
		}
		tb.place(&obs[m.i], m.i, row, 0)
	}
	n := 0.0 // summed from the far end, where sums are small and so exact
	for r := len(tb.time) - 1; r >= 0; r-- {
		n += tb.ended(r)
		tb.risk[r] = n
	}
}

// countDelayed fills the rows when some waits entered late: they are at risk
// from the first row after their entry.
func (tb *table) countDelayed(obs []Observation, moments []moment) {
	from := make([]int32, len(obs))
	late := make([]float64, len(tb.time)+1)
	next := 0 // the first row not before the moment
	for _, m := range moments {
		for next < len(tb.time) && tb.time[next] < m.t {
			next++
		}
		if m.i < 0 {
			from[^m.i] = int32(next)
			if next < len(tb.time) && tb.time[next] == m.t {
				from[^m.i]++
			}
			continue
		}
		if from[m.i] > int32(next) { // its entry was merged with its end
			tb.dropped++
			continue
		}
		late[from[m.i]] += obs[m.i].weight()
		tb.place(&obs[m.i], m.i, next, from[m.i])
	}
	n := 0.0
	for r := len(tb.time) - 1; r >= 0; r-- {
		n += tb.ended(r) - late[r+1]
		tb.risk[r] = n
	}
}

// ended is the weight of those last seen at row r.
func (tb *table) ended(r int) float64 {
	n := tb.event[r] + tb.censored[r]
	if tb.other != nil {
		n += tb.other[r]
	}
	return n
}

// place puts one wait in its row.
func (tb *table) place(o *Observation, index int32, row int, from int32) {
	w := o.weight()
	switch {
	case o.Cause == 1:
		tb.event[row] += w
	case o.Cause > 1:
		tb.other[row] += w
	default:
		tb.censored[row] += w
	}
	tb.waits = append(tb.waits, wait{row: int32(row), from: from, index: index, cause: int32(max(0, o.Cause)), w: w})
}

// endTimes are the distinct times at which a wait ends.
func endTimes(moments []moment) []float64 {
	n, last := 0, math.NaN()
	for _, m := range moments {
		if m.i >= 0 && m.t != last {
			n, last = n+1, m.t
		}
	}
	times := make([]float64, 0, n)
	for _, m := range moments {
		if m.i >= 0 && (len(times) == 0 || m.t != times[len(times)-1]) {
			times = append(times, m.t)
		}
	}
	return times
}

// mergeTies gives times that differ by rounding alone, by less than two parts
// in 10⁹ of themselves, the time of the first. R's survfit does the same (aeqSurv,
// survival 3.5-3) with a width that grows with the mean of all times and with
// chains of neighbours: in a long log of hundreds of thousands of waits that
// would melt every wait under an hour into one, so both are left out here.
func mergeTies(moments []moment) {
	const tolerance = 2e-9
	first := math.Inf(-1)
	for k := range moments {
		if t := moments[k].t; !(t-first <= tolerance*first) {
			first = t
		}
		moments[k].t = first
	}
}

// sortMoments sorts by time; of equal times, those given first stay first, so
// that sums are always added up in one order. Times are not negative, so their
// bits sort as they do, eleven at a time (a radix sort).
func sortMoments(moments []moment) []moment {
	if len(moments) < 1024 {
		slices.SortFunc(moments, moment.compare)
		return moments
	}
	const digit, passes = 11, 6
	var counts [passes][1 << digit]int32
	for _, m := range moments {
		bits := math.Float64bits(m.t)
		for p := range passes {
			counts[p][bits>>(p*digit)&(1<<digit-1)]++
		}
	}
	spare := make([]moment, len(moments))
	for p := range passes {
		count := &counts[p]
		first := math.Float64bits(moments[0].t) >> (p * digit) & (1<<digit - 1)
		if int(count[first]) == len(moments) {
			continue // all alike in these bits
		}
		at := int32(0)
		for d, n := range count {
			count[d] = at
			at += n
		}
		for _, m := range moments {
			d := math.Float64bits(m.t) >> (p * digit) & (1<<digit - 1)
			spare[count[d]] = m
			count[d]++
		}
		moments, spare = spare, moments
	}
	return moments
}
