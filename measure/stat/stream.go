package stat

import "math/rand/v2"

// Stream is the i-th of the random streams that belong to a seed. Draw i of a
// bootstrap takes stream i, so that draws can be made in any order and on any
// number of cores with the same result.
func Stream(seed uint64, i int) *rand.Rand {
	a := scramble(seed)
	b := scramble(a ^ uint64(i))
	return rand.New(rand.NewPCG(a, b))
}

// scramble is the mixing step of SplitMix64 (Steele, Lea & Flood 2014):
// neighbouring numbers come out unlike.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
