package whuffie

import "math"

// Everything random in this package is drawn here, from hashes: no stored state, no source of chance. Every product is
// rounded on its own (the float64 conversions forbid fused multiply-adds), so that the same bits come out on any
// machine.

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection of the 64-bit words that looks like chance.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// roots[i] is 2^(i/1024), made of square roots and products only, which IEEE 754 rounds alike everywhere.
var roots = func() (table [1024]float64) {
	table[0] = 1
	root := 2.0
	for bit := len(table) / 2; bit > 0; bit /= 2 {
		root = math.Sqrt(root)
		for i := 0; i < len(table); i += 2 * bit {
			table[i+bit] = float64(table[i] * root)
		}
	}
	return table
}()

// exp2 is 2^f for f in [0, 1), within 2e-14.
func exp2(f float64) float64 {
	i := int(f * 1024)
	z := float64((f - float64(float64(i)*(1.0/1024))) * math.Ln2)
	p := float64(z * (0.5 + float64(z*(1.0/6))))
	p = float64(z * (1 + p))
	root := roots[i&1023]
	return root + float64(root*p)
}

// scale is v·2^e for v ≥ 0: exact, except that what becomes too small for a normal number becomes zero.
func scale(v float64, e int) float64 {
	if -1022 <= e && e <= 1023 {
		v = join(v, e)
	} else {
		v = math.Ldexp(v, e)
	}
	if v < 0x1p-1022 {
		return 0
	}
	return v
}

// crowd[n] is P[an octave holds at most n points] in units of 2^-64; the number of points is Poisson of mean ln 2.
var crowd = func() (table [12]uint64) {
	term, sum := 0.5, 0.5
	for n := range table {
		table[n] = uint64(sum * 0x1p64)
		term = float64(term*math.Ln2) / float64(n+1)
		sum += term
	}
	return table
}()

// octave gives the points of a process in [2^e, 2^(e+1)): how many, and the seed of their places.
func octave(seed uint64, e int) (points int, h uint64) {
	h = mix(seed + uint64(e)*0xd1342543de82ef95)
	for points < len(crowd) && h >= crowd[points] {
		points++
	}
	return points, h
}

// place is the n-th point of an octave as a mantissa in [1, 2), of density 1/(x ln 2).
func place(h uint64, n int) float64 {
	return exp2(float64(mix(h^uint64(n+1)*0xa0761d6478bd642f)>>12) * 0x1p-52)
}

// split writes c as m·2^e with m in [1, 2), and join puts it together; all are normal numbers.
func split(c float64) (m float64, e int) {
	bits := math.Float64bits(c)
	return math.Float64frombits(bits&(1<<52-1) | 1023<<52), int(bits>>52) - 1023
}

func join(m float64, e int) float64 { return m * math.Float64frombits(uint64(e+1023)<<52) }

// around gives, for the scale-invariant Poisson process of a seed (intensity dc/c), the last point ≤ c and the first
// point > c.
//
// P[no point in (x, c]] = exp(−∫ dc/c) = x/c: the last point is uniform on (0, c]. When c grows it stays where it is
// until c passes the next point, and then it lies in the new part: the jump hash of Lamping and Veach (2014) with a real
// number in place of a count of buckets. Octaves are numbered from base, so that a process doesn't depend on the unit
// in which c is measured as long as that is a power of two.
func around(seed uint64, c float64, base int) (last, next float64) {
	top, e := split(c)
	low, high := 0.0, 2.0
	points, h := octave(seed, e+base)
	for n := range points {
		if p := place(h, n); p <= top {
			low = max(low, p)
		} else {
			high = min(high, p)
		}
	}
	down, up := e, e
	for low == 0 {
		down--
		points, h = octave(seed, down+base)
		for n := range points {
			low = max(low, place(h, n))
		}
	}
	for high == 2 {
		up++
		points, h = octave(seed, up+base)
		for n := range points {
			high = min(high, place(h, n))
		}
	}
	return join(low, down), join(high, up)
}

// last is the first result of around.
func last(seed uint64, c float64, base int) float64 {
	top, e := split(c)
	for {
		low := 0.0
		points, h := octave(seed, e+base)
		for n := range points {
			if p := place(h, n); p <= top {
				low = max(low, p)
			}
		}
		if low > 0 {
			return join(low, e)
		}
		top, e = 2, e-1
	}
}
