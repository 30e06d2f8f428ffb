package stat

import (
	"math"
	"math/rand/v2"
)

// Bootstrap takes a reading again and again with resampled clusters, each time
// in one pass over the sorted waits. Several goroutines may use one.
type Bootstrap struct {
	prize []float64 // of each row, while it still matters when a wait ends
	last  float64
	ends  lane      // the waits that end at these rows
	late  lane      // when some entered late: the waits, by the first row they are at risk
	tail  []float64 // by cluster, the weight of waits that end later
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

const maxCluster = 1<<26 - 1

// Bootstrap prepares draws. In them a wait's Cluster is an index, so clusters
// should be numbered from 0; waits whose cluster is negative, or above
// 67,108,862, are left out of all draws.
func (rd *Reading) Bootstrap() *Bootstrap {
	s := rd.sample
	b := &Bootstrap{last: rd.last}
	rows, waits := len(s.time), len(s.waits)
	if !s.delayed { // from some row on, an end is worth no more than none
		for rows > 0 && (rd.gone[rows-1] == 0 || rd.prize[rows-1] == rd.last) {
			rows--
		}
		for waits > 0 && int(s.waits[waits-1].row) >= rows {
			waits--
			if c := index(s.obs[s.waits[waits].index].Cluster); c < maxCluster {
				b.tail = append(b.tail, make([]float64, max(0, c+1-len(b.tail)))...)
				b.tail[c] += s.waits[waits].w
			}
		}
	}
	b.prize = rd.prize[:rows]
	b.ends = rd.lane(s.waits[:waits], rows, func(w *wait) int32 { return w.row })
	if s.delayed {
		b.late = rd.lane(s.entries(), rows, func(w *wait) int32 { return w.from })
	}
	return b
}

// index is a cluster as an index; maxCluster, which is left out, if it can't be.
func index(cluster int) int { return int(min(uint(cluster), maxCluster)) }

// lane packs waits that are in the order of their row.
func (rd *Reading) lane(waits []wait, rows int, row func(*wait) int32) lane {
	s := rd.sample
	l := lane{start: make([]int32, rows+1), ticket: make([]ticket, len(waits))}
	if s.weighted {
		l.weight = make([]float64, len(waits))
	}
	for i := range waits {
		w := &waits[i]
		l.start[row(w)+1]++
		l.ticket[i] = ticket(index(s.obs[w.index].Cluster)) << 2
		if ended, won := rd.ending(w); won {
			l.ticket[i] |= 2
		} else if ended {
			l.ticket[i] |= 1
		}
		if l.weight != nil {
			l.weight[i] = w.w
		}
	}
	for r := range rows {
		l.start[r+1] += l.start[r]
	}
	return l
}

// Draw is the reading when cluster c counts times[c] times; clusters past the
// end of times don't count. With all ones it is the reading itself, but for
// rounding. NaN when nothing counts.
func (b *Bootstrap) Draw(times []float64) float64 {
	n := 0.0 // at risk
	for c, w := range b.tail[:min(len(b.tail), len(times))] {
		n += w * times[c]
	}
	v, seen := b.last, n
	for r := len(b.prize) - 1; r >= 0; r-- {
		if b.late.start != nil && r+1 < len(b.prize) {
			all, _, _ := b.late.sum(r+1, times)
			n -= all
		}
		all, gone, won := b.ends.sum(r, times)
		n, seen = n+all, seen+all
		if gone > 0 {
			v += (won*b.prize[r] - gone*v) / max(n, gone)
		}
	}
	if seen == 0 {
		return math.NaN()
	}
	return v
}

// sum adds up the waits of a row: all, those that ended, those that won.
func (l *lane) sum(row int, times []float64) (all, gone, won float64) {
	from, to := l.start[row], l.start[row+1]
	for i, t := range l.ticket[from:to] {
		c := int(t >> 2)
		if c >= len(times) {
			continue
		}
		w := times[c]
		if l.weight != nil {
			w *= l.weight[int(from)+i]
		}
		all += w
		switch t & 3 {
		case 1:
			gone += w
		case 2:
			gone, won = gone+w, won+w
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
