package stat

import (
	"math"
	"math/rand/v2"
)

// Bootstrap takes a reading again and again with resampled clusters, each time
// in one pass over the sorted waits. Several goroutines may use one.
type Bootstrap struct {
	reading *Reading
	ends    lane // the waits, by the row they end at
	entries lane // when some entered late: the waits, by the first row they are at risk
}

// lane is waits row by row, packed so that a draw reads little memory.
type lane struct {
	start  []int32   // where each row begins, and the end
	ticket []ticket  // of each wait
	weight []float64 // of each wait; nil: all 1
}

// ticket is a wait's cluster and, in the low two bits, how it ended: 0 not, 1
// it did, 2 and won.
type ticket uint32

const maxCluster = 1<<30 - 1

// Bootstrap prepares draws. In them a wait's Cluster is an index, so it must
// not be negative; waits for which it is are left out of all draws.
func (rd *Reading) Bootstrap() *Bootstrap {
	s := rd.sample
	b := &Bootstrap{reading: rd}
	b.ends = rd.lane(s.waits, func(w *wait) int32 { return w.row })
	if s.delayed {
		b.entries = rd.lane(s.entries(), func(w *wait) int32 { return w.from })
	}
	return b
}

// lane packs waits that are in the order of their row.
func (rd *Reading) lane(waits []wait, row func(*wait) int32) lane {
	s := rd.sample
	l := lane{start: make([]int32, len(s.time)+1), ticket: make([]ticket, len(waits))}
	if s.weighted {
		l.weight = make([]float64, len(waits))
	}
	for i := range waits {
		w := &waits[i]
		l.start[row(w)+1]++
		end := ticket(0)
		if ended, won := rd.ending(w); won {
			end = 2
		} else if ended {
			end = 1
		}
		c := s.obs[w.index].Cluster
		if c < 0 || c > maxCluster {
			c = maxCluster
		}
		l.ticket[i] = ticket(c)<<2 | end
		if l.weight != nil {
			l.weight[i] = w.w
		}
	}
	for r := range s.time {
		l.start[r+1] += l.start[r]
	}
	return l
}

// Draw is the reading when cluster c counts times[c] times; clusters past the
// end of times don't count. With all ones it is the reading itself, but for
// rounding. NaN when nothing counts.
func (b *Bootstrap) Draw(times []float64) float64 {
	rd := b.reading
	v, n, any := rd.last, 0.0, 0.0
	for r := len(rd.prize) - 1; r >= 0; r-- {
		if b.entries.start != nil {
			all, _, _ := b.entries.sum(r+1, times)
			n -= all
		}
		all, gone, won := b.ends.sum(r, times)
		n, any = n+all, any+all
		if gone > 0 {
			v += (won*rd.prize[r] - gone*v) / max(n, gone)
		}
	}
	if any == 0 {
		return math.NaN()
	}
	return v
}

// sum adds up the waits of a row: all, those that ended, those that won.
func (l *lane) sum(row int, times []float64) (all, gone, won float64) {
	if row+1 >= len(l.start) {
		return 0, 0, 0
	}
	for i := l.start[row]; i < l.start[row+1]; i++ {
		t := l.ticket[i]
		c := int(t >> 2)
		if c >= len(times) {
			continue
		}
		w := times[c]
		if l.weight != nil {
			w *= l.weight[i]
		}
		all += w
		switch t & 3 {
		case 1:
			gone += w
		case 2:
			gone += w
			won += w
		}
	}
	return all, gone, won
}

// Resample draws as many clusters as times is long, with replacement, and puts
// in times how often each was drawn.
func Resample(r *rand.Rand, times []float64) {
	clear(times)
	for range times {
		times[r.IntN(len(times))]++
	}
}
