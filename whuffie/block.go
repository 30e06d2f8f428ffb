package whuffie

import "math"

// A world of millions doesn't fit a processor's caches, and a walk waits for memory at every step. So blockSize walks are
// made together, step after step: before each step they are sorted by where they are, so that memory is read in its
// order, and gangSize of them step side by side, so that the loads of one are under way while another waits. What comes
// out is what track.walk makes, walk by walk.
const (
	blockSize = 1 << 15
	gangSize  = 64
)

// block is what one core needs to make walks.
type block struct {
	w      *World
	tracks []blockTrack
	limits []uint8  // as many people as each walk may meet; in the end, as it met
	on     []cursor // walks that may go on
	spare  []cursor
	gang   gang

	fleeting bool // nobody will ask for the next lengths
}

// blockTrack is a track as it is kept: see track and visit.
type blockTrack struct {
	people [Horizon]uint32
	next   [Horizon]float32
}

// cursor is a walk of the block, and whom it has reached.
type cursor struct{ walk, person uint32 }

// gang is what the walks that step side by side know of where they are.
type gang struct {
	rows   [gangSize][]mark
	length [gangSize]float64
	keys   [gangSize]uint64
	points [gangSize]float64
	lo, n  [gangSize]int
	going  [gangSize]uint8
}

func newBlock(w *World, size int) *block {
	return &block{
		w:      w,
		tracks: make([]blockTrack, size),
		limits: make([]uint8, size),
		on:     make([]cursor, size),
		spare:  make([]cursor, size),
	}
}

// track reads walk i, without its next lengths.
func (b *block) track(i int) track {
	return track{people: b.tracks[i].people, size: int(b.limits[i])}
}

// walk makes n walks from a circle, given their seeds; their limits are set.
func (b *block) walk(seeds func(i int) uint64, circle []uint32, n int) {
	b.on = b.on[:n]
	for i := range b.on {
		b.on[i] = cursor{uint32(i), b.w.start(seeds(i), len(circle))}
	}
	for i := range b.on {
		b.on[i].person = circle[b.on[i].person]
	}
	b.walkOn(seeds, 0)
}

// walkOn lets the walks go on from where they are, as their k-th person.
func (b *block) walkOn(seeds func(i int) uint64, k int) {
	on := b.on
	b.on = b.on[:0]
	for _, c := range on {
		if c.person == none {
			b.limits[c.walk] = uint8(k)
		} else {
			b.arrive(c, k)
		}
	}
	for ; len(b.on) > 0; k++ {
		b.sort()
		on := b.on
		b.on = b.on[:0]
		for len(on) > 0 {
			side := on[:min(len(on), gangSize)]
			b.step(seeds, side, k)
			on = on[len(side):]
		}
	}
}

// arrive notes that a walk meets somebody as its k-th, and whether it may go on.
func (b *block) arrive(c cursor, k int) {
	t := &b.tracks[c.walk]
	t.people[k] = c.person
	t.next[k] = inf32
	if k+1 < int(b.limits[c.walk]) {
		b.on = append(b.on, c)
	} else {
		b.limits[c.walk] = uint8(k + 1)
	}
}

// step lets some walks make their k-th step, side by side.
func (b *block) step(seeds func(i int) uint64, side []cursor, k int) {
	g, w := &b.gang, b.w
	for i, c := range side {
		q := &w.people[c.person]
		g.rows[i], g.keys[i] = q.thanks.marks, q.key
		g.length[i] = w.reserves.thanks + q.thanks.mass
		if q.organisation || q.gone {
			g.length[i] = 0
		}
	}
	for i, c := range side {
		g.n[i] = 0
		if g.length[i] > 0 {
			t := &b.tracks[c.walk]
			s := draw(seeds(int(c.walk)), g.keys[i], t.people[:k+1])
			if b.fleeting {
				g.points[i] = last(s, g.length[i], w.stick.base)
			} else {
				var next float64
				g.points[i], next = around(s, g.length[i], w.stick.base)
				t.next[k] = floor32(next)
			}
			g.lo[i], g.n[i] = 0, len(g.rows[i])
		}
	}
	g.search(len(side))
	for i, c := range side {
		to := uint32(none)
		if g.length[i] > 0 {
			r := row{marks: g.rows[i]}
			to = r.leads(g.lo[i], g.points[i], w.stick)
		}
		if to == none {
			b.limits[c.walk] = uint8(k + 1)
			continue
		}
		b.arrive(cursor{c.walk, to}, k+1)
	}
}

// search halves all rows in step, as row.at does one.
func (g *gang) search(size int) {
	going := g.going[:0]
	for i := range size {
		if g.n[i] > 0 {
			going = append(going, uint8(i))
		}
	}
	for len(going) > 0 {
		still := going[:0]
		for _, i := range going {
			half := g.n[i] / 2
			left := half
			if mid := g.lo[i] + half; g.rows[i][mid].end < g.points[i] {
				g.lo[i] = mid + 1
				left = g.n[i] - half - 1
			}
			g.n[i] = left
			if left > 0 {
				still = append(still, i)
			}
		}
		going = still
	}
}

// sort orders the walks by person.
func (b *block) sort() {
	b.on, b.spare = byPerson(b.on, b.spare, len(b.w.people))
}

// byPerson sorts cursors by person, keeping the order of equals (a radix sort). It gives the sorted list and what is now
// spare, which must hold as many.
func byPerson(list, spare []cursor, people int) (sorted, rest []cursor) {
	const digit = 10
	for shift := 0; people>>shift > 0; shift += digit {
		var ends [1 << digit]uint32
		for _, c := range list {
			ends[c.person>>shift&(1<<digit-1)]++
		}
		sum := uint32(0)
		for d, n := range ends {
			ends[d] = sum
			sum += n
		}
		sorted := spare[:len(list)]
		for _, c := range list {
			d := c.person >> shift & (1<<digit - 1)
			sorted[ends[d]] = c
			ends[d]++
		}
		list, spare = sorted, list[:cap(list)]
	}
	return list, spare
}

var inf32 = float32(math.Inf(1))

// floor32 is the largest float32 ≤ x > 0.
func floor32(x float64) float32 {
	f := float32(x)
	if float64(f) > x {
		f = math.Float32frombits(math.Float32bits(f) - 1)
	}
	return f
}
