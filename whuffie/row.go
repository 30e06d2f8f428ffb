package whuffie

import "math"

// mark is one thanks in the row of the person who said it, or one report in the row of the reporter.
type mark struct {
	end    float64 // where it ends on the row, reserve included, in units of 2^base fresh thanks
	to     uint32  // the person thanked or reported; none once erased
	time   uint32  // seconds since 1970
	weight float32 // s, faded by the pair's earlier thanks; negative once withdrawn
	id     uint32  // in World.ids, or none
}

// live says whether a mark leads to somebody. One that doesn't keeps its place and its mass: a walk that falls on it stops.
func (m *mark) live() bool { return m.weight > 0 && m.to != none }

// row is what one person said, in the order it was heard.
//
// A row is a line cut in pieces. Its length at the clock T is C = κ(T) + M, with κ(T) = κ·2^(T/h) the reserve and
// M = Σ s·2^(t/h) the mass of the marks. Both only grow, and each piece is put at the end: a mark heard when the clock
// was at T lies in (κ(T)+M−m, κ(T)+M]; what is between two marks, before the first and after the last is reserve. So a
// uniform point of (0, C] falls on a mark with probability m/C and on the reserve with κ(T)/C, and whatever grows leaves
// the older pieces where they are.
type row struct {
	marks []mark
	mass  float64 // M
}

// yardstick is what turns times into masses.
type yardstick struct {
	half int64 // h in seconds
	base int   // masses are in units of 2^base
}

// mass is w·2^(t/h).
func (y yardstick) mass(w float64, t uint32) float64 {
	n, rest := int64(t)/y.half, int64(t)%y.half
	return scale(float64(w*exp2(float64(rest)/float64(y.half))), int(n)-y.base)
}

// rebased gives the base that suits a clock: fresh thanks weigh between 1 and 2 units.
func (y yardstick) rebased(clock uint32) int { return int(int64(clock) / y.half) }

// add puts a mark at the end of the row; reserve is κ at the clock.
func (r *row) add(m mark, y yardstick, reserve float64) {
	r.mass += y.mass(math.Abs(float64(m.weight)), m.time)
	m.end = reserve + r.mass
	r.marks = append(r.marks, m)
}

// search finds the first mark that ends at or after a point of the row; len(r.marks) if there is none.
func (r *row) search(point float64) int {
	lo, n := 0, len(r.marks)
	for n > 0 {
		half := n / 2
		if r.marks[lo+half].end < point {
			lo += half + 1
			n -= half + 1
		} else {
			n = half
		}
	}
	return lo
}

// leads is whom a point leads to that search put at mark i; none for the reserve and for a mark that leads nowhere.
func (r *row) leads(i int, point float64, y yardstick) uint32 {
	if i == len(r.marks) {
		return none
	}
	m := &r.marks[i]
	if !m.live() || point <= m.end-y.mass(float64(m.weight), m.time) {
		return none
	}
	return m.to
}

// maxFade is the largest number of halvings: a pair's fortieth thanks in one half-life is as good as nothing.
const maxFade = 40

// earlier counts the thanks for someone on the row that are within a half-life of t, whether since withdrawn or not.
func (r *row) earlier(to, t uint32, y yardstick) (n int) {
	for i := range r.marks {
		if m := &r.marks[i]; m.to == to && y.near(m.time, t) {
			if n++; n == maxFade {
				break
			}
		}
	}
	return n
}

func (y yardstick) near(a, b uint32) bool {
	d := int64(a) - int64(b)
	return -y.half < d && d < y.half
}

// faded halves a weight n times.
func faded(w float32, n int) float32 { return float32(math.Ldexp(float64(w), -n)) }

// shift rescales the row by 2^-by, exactly.
func (r *row) shift(by int) {
	r.mass = scale(r.mass, -by)
	for i := range r.marks {
		r.marks[i].end = scale(r.marks[i].end, -by)
	}
}

// find is the mark with this id, or nil.
func (r *row) find(id uint32) *mark {
	for i := range r.marks {
		if r.marks[i].id == id {
			return &r.marks[i]
		}
	}
	return nil
}
