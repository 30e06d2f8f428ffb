package ethos

import (
	"math/bits"

	"github.com/entregent/entregent/conversation/prose"
)

// A feature is a word, a pair of neighbouring words, or three to five letters
// in a row inside a word, hashed to one of these buckets.
const (
	bucketBits = 20
	buckets    = 1 << bucketBits
	shortGram  = 3
	longGram   = 5
)

// word is a word of an author's own text: where it stands, and the hash of its
// plain form (lower case, no accents).
type word struct {
	start, end int
	hash       uint64
}

// reader finds an author's own words. Reading another text uses the same
// memory again.
type reader struct {
	message prose.Message
	words   []word
	plain   []byte
}

// read gives the words of text, without quotes, code, addresses and mentions.
// They are good until the next call.
func (r *reader) read(text string) []word {
	r.message.Read(text)
	return r.own(&r.message)
}

func (r *reader) own(m *prose.Message) []word {
	r.words = r.words[:0]
	for i := range m.Tokens {
		if t := &m.Tokens[i]; speaks(t.Kind) {
			r.words = append(r.words, word{t.Start, t.End, t.Hash})
		}
	}
	return r.words
}

// bucket spreads a hash over the buckets (the finaliser of splitmix64).
func bucket(h uint64) uint32 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return uint32(h >> (64 - bucketBits))
}

// pair is the bucket of two words that follow each other.
func pair(a, b word) uint32 { return bucket(a.hash*0x9e3779b97f4a7c15 + bits.RotateLeft64(b.hash, 23)) }

// eachFeature calls f with the buckets of a word and of its runs of letters,
// the word's edges counted as a letter.
func (r *reader) eachFeature(text string, w word, f func(uint32)) {
	f(bucket(w.hash))
	r.plain = append(prose.Fold(append(r.plain[:0], ' '), text[w.start:w.end]), ' ')
	for from := range r.plain {
		h := uint64(0xcbf29ce484222325)
		for i := from; i < len(r.plain) && i < from+longGram; i++ {
			h = (h ^ uint64(r.plain[i])) * 0x100000001b3
			if n := i - from + 1; n >= shortGram {
				f(bucket(h + uint64(n)))
			}
		}
	}
}

// features gives all buckets of a text, one for each time they occur.
func (r *reader) features(dst []uint32, text string) []uint32 {
	words := r.read(text)
	for i, w := range words {
		r.eachFeature(text, w, func(b uint32) { dst = append(dst, b) })
		if i > 0 {
			dst = append(dst, pair(words[i-1], w))
		}
	}
	return dst
}
