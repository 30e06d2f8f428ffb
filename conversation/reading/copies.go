package reading

import (
	"slices"

	"github.com/entregent/entregent/conversation/prose"
)

// Bands are the bands of a sketch: two texts alike at .8 meet in one band at least
// with probability 1-(1-.8^8)^16 = .95 (Leskovec, Rajaraman & Ullman, Mining of
// Massive Datasets, ch. 3).
const (
	Bands      = 16
	bandLength = 8
)

// copies notes what copies of a message are found by.
func (r *Reader) copies(row *Row) {
	r.shingles = r.m.Shingles(r.shingles[:0])
	if len(r.shingles) == 0 {
		return
	}
	row.Shingles = slices.Clone(r.shingles)
	row.Set = hashSet(row.Shingles)
	row.Keys = bandKeys(prose.Sketched(row.Shingles))
}

// hashSet is a hash of a set of shingles.
func hashSet(set []uint64) uint64 {
	h := uint64(len(set))
	for _, x := range set {
		h = (h ^ x) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return h
}

func bandKeys(s prose.Sketch) (keys [Bands]uint32) {
	for b := range keys {
		h := uint64(b) + 0x9e3779b97f4a7c15
		for _, x := range s[b*bandLength : (b+1)*bandLength] {
			h = (h ^ x) * 0xff51afd7ed558ccd
			h ^= h >> 32
		}
		keys[b] = uint32(h)
	}
	return keys
}
