// Package rmat makes large random graphs of thanks that look like real ones: a few people thank and are thanked a great
// deal, most hardly ever. It serves the benchmarks, and anyone who wants to measure her own machine.
//
// R-MAT (Chakrabarti, Zhan, Faloutsos, SDM 2004) drops each thanks into one quarter of the matrix of pairs, again and
// again, with the chances a, b, c, d; the defaults are those of Graph500 and of the GAP benchmark: .57, .19, .19, .05.
package rmat

import "math/bits"

// Graph says what to make: 2^Scale people and Degree·2^Scale thanks.
type Graph struct {
	Scale  int
	Degree int // thanks per person, on average
	Seed   uint64
}

// Edge is the n-th thanks: the numbers of who received (and thanks) and of who gave. It is a pure function of the graph
// and n, so that a graph can be made twice, or in parts, without being kept. Both may be the same person.
func (g Graph) Edge(n int) (receiver, giver uint32) {
	h := mix(g.Seed ^ mix(uint64(n)+1))
	for level := 0; level < g.Scale; level++ {
		if level%4 == 0 && level > 0 {
			h = mix(h)
		}
		u := uint16(h >> (16 * (level % 4)))
		receiver, giver = receiver<<1, giver<<1
		switch {
		case u < a:
		case u < a+b:
			giver |= 1
		case u < a+b+c:
			receiver |= 1
		default:
			receiver |= 1
			giver |= 1
		}
	}
	return g.shuffle(receiver), g.shuffle(giver)
}

// Len is the number of thanks.
func (g Graph) Len() int { return g.Degree << g.Scale }

// People is the number of people; some may neither thank nor be thanked.
func (g Graph) People() int { return 1 << g.Scale }

// The chances, of 65,536.
const (
	a = 37356
	b = 12452
	c = 12452
)

// shuffle renames people, so that the busy ones don't come first: a bijection of [0, 2^Scale).
func (g Graph) shuffle(p uint32) uint32 {
	if g.Scale == 0 {
		return p
	}
	mask := uint32(1)<<g.Scale - 1
	for round := range uint32(3) {
		p = (p*(2654435761+2*round) + round + uint32(g.Seed)) & mask
		p ^= p >> ((g.Scale + 1) / 2)
	}
	return bits.Reverse32(p) >> (32 - g.Scale)
}

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
