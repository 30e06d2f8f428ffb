package prose

import (
	"slices"
)

// Placeholders stand for what changes from one use of a template to the next.
var (
	holdMention = Hash("@someone")
	holdNumber  = Hash("#number")
	holdURL     = Hash("#address")
)

// greetings are the words after which a name may stand.
var greetings = hashes("hi", "hello", "hey", "dear", "bonjour", "bonsoir", "salut", "coucou", "cher", "chere", "mr", "mrs", "ms", "mme", "m", "monsieur", "madame", "mlle")

// Shingles appends to dst the hashes of the runs of three words in the author's own words, sorted and each once. Case,
// accents and punctuation don't count; mentions, a name after a greeting, numbers and addresses are replaced by
// placeholders, so that a template stays the same when the name is swapped. A text of one or two words gives one shingle,
// an empty one none.
func Shingles(dst []uint64, text string) []uint64 {
	var m Message
	m.Read(text)
	return m.Shingles(dst)
}

// Shingles appends to dst the shingles of a message that has been read, as the function of the same name.
func (m *Message) Shingles(dst []uint64) []uint64 {
	from := len(dst)
	var a, b uint64
	words, greeted := 0, false
	for _, t := range m.Tokens {
		h := t.Hash
		switch t.Kind {
		case Mention:
			h = holdMention
		case Number:
			h = holdNumber
		case URL, Email:
			h = holdURL
		case Word:
			if greeted && t.Capital && !greetings[t.Hash] {
				h = holdMention
			}
		case Hashtag:
		default:
			continue
		}
		if h == holdMention && b == holdMention {
			continue // a first name and a family name are one name
		}
		greeted = t.Kind == Word && (greetings[t.Hash] || greeted && h == holdMention)
		words++
		if words > 2 {
			dst = append(dst, shingle(a, b, h))
		}
		a, b = b, h
	}
	if words == 1 || words == 2 {
		dst = append(dst, shingle(0, a, b))
	}
	own := dst[from:]
	slices.Sort(own)
	return dst[:from+len(slices.Compact(own))]
}

// shingle mixes three hashes into one; their order counts.
func shingle(a, b, c uint64) uint64 {
	return mix(mix(mix(a)^b) ^ c)
}

// mix spreads the bits of x (the finaliser of SplitMix64, Steele, Lea & Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Jaccard gives the share of common elements of two sorted sets, |a∩b|/|a∪b|, from 0 to 1. Two empty sets have nothing in
// common: 0.
func Jaccard(a, b []uint64) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

// Sketch is a fixed-size summary of a set of shingles from which Jaccard can be estimated without the set: MinHash by one
// permutation with 128 bins and rotation-free densification (Shrivastava 2017, "Optimal densification"). The zero value
// is not a sketch: make it with Sketched.
type Sketch [128]uint64

// Sketched summarises a set of shingles. Sets without any shingle have a sketch that resembles nothing.
func Sketched(set []uint64) Sketch {
	var s Sketch
	for i := range s {
		s[i] = ^uint64(0)
	}
	if len(set) == 0 {
		return s
	}
	var filled [len(s)]bool
	for _, x := range set {
		h := mix(x)
		bin := h >> 57
		if v := h &^ (127 << 57); !filled[bin] || v < s[bin] {
			s[bin], filled[bin] = v, true
		}
	}
	full := s
	for i := range s {
		for try := uint64(1); !filled[i] && s[i] == ^uint64(0); try++ {
			if bin := mix(uint64(i)<<32|try) >> 57; filled[bin] {
				s[i] = full[bin]
			}
		}
	}
	return s
}

// Resemblance estimates the Jaccard similarity of the sets that two sketches stand for. Its standard error is about
// √(J(1−J)/128), at most .044.
func (s *Sketch) Resemblance(t *Sketch) float64 {
	same := 0
	for i := range s {
		if s[i] == t[i] && s[i] != ^uint64(0) {
			same++
		}
	}
	return float64(same) / float64(len(s))
}
