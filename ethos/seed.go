package ethos

import (
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

// finder finds the seed phrases of a yardstick in texts of one language, unless
// a false friend covers them.
type finder struct {
	exact  map[uint64][]phrase // by the hash of the first word
	prefix map[string][]phrase // by the first three letters of the first word, where it ends in *
}

// phrase is a seed or a false friend: its words, each perhaps open at its end.
type phrase struct {
	value int // -1: a false friend of silences
	of    int // the value that a false friend silences
	words []pattern
}

type pattern struct {
	hash  uint64
	start string // plain letters, when the ending is open
}

// hit is a seed found: the value and the bytes.
type hit struct {
	value      int
	start, end int
	first      int // number of its first word
	words      int
}

const prefixLetters = 2

func newFinder(y *Yardstick, lang string) *finder {
	f := &finder{exact: map[uint64][]phrase{}, prefix: map[string][]phrase{}}
	for v := range y.Values {
		value := &y.Values[v]
		if lang != "fr" {
			f.add(value.Seeds.EN, v, v)
			f.add(value.Not.EN, -1, v)
		}
		if lang != "en" {
			f.add(value.Seeds.FR, v, v)
			f.add(value.Not.FR, -1, v)
		}
	}
	return f
}

func (f *finder) add(seeds []string, value, of int) {
	for _, s := range seeds {
		p := phrase{value: value, of: of}
		text := strings.ReplaceAll(s, "*", "")
		for _, t := range prose.Tokens(nil, text) {
			if !speaks(t.Kind) {
				continue
			}
			w := pattern{hash: t.Hash}
			if s[starred(s, t.End)-1] == '*' {
				w.start = string(prose.Fold(nil, t.Text(text)))
			}
			p.words = append(p.words, w)
		}
		switch {
		case len(p.words) == 0:
		case p.words[0].start == "":
			f.exact[p.words[0].hash] = append(f.exact[p.words[0].hash], p)
		case len(p.words[0].start) >= prefixLetters:
			key := p.words[0].start[:prefixLetters]
			f.prefix[key] = append(f.prefix[key], p)
		}
	}
}

// starred gives the place in s, stars and all, of byte n of s without its stars:
// behind the stars that stand before it.
func starred(s string, n int) int {
	for i := range len(s) {
		if s[i] == '*' {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func speaks(k prose.Kind) bool { return k == prose.Word || k == prose.Hashtag || k == prose.Number }

// find gives the seeds in the words of text, those that no false friend covers,
// in order. plain is memory to fold words in.
func (f *finder) find(dst []hit, text string, words []word, plain []byte) ([]hit, []byte) {
	from := len(dst)
	var silenced []hit
	for i := range words {
		for _, p := range f.exact[words[i].hash] {
			dst, silenced, plain = f.try(dst, silenced, p, text, words, i, plain)
		}
		plain = prose.Fold(plain[:0], text[words[i].start:words[i].end])
		if len(plain) < prefixLetters {
			continue
		}
		for _, p := range f.prefix[string(plain[:prefixLetters])] {
			dst, silenced, plain = f.try(dst, silenced, p, text, words, i, plain)
		}
	}
	if len(silenced) > 0 {
		kept := slices.DeleteFunc(dst[from:], func(h hit) bool {
			return slices.ContainsFunc(silenced, func(s hit) bool {
				return s.value == h.value && s.first <= h.first && h.first+h.words <= s.first+s.words
			})
		})
		dst = dst[:from+len(kept)]
	}
	return dst, plain
}

func (f *finder) try(dst, silenced []hit, p phrase, text string, words []word, i int, plain []byte) ([]hit, []hit, []byte) {
	if i+len(p.words) > len(words) {
		return dst, silenced, plain
	}
	for k, want := range p.words {
		w := words[i+k]
		if want.start == "" {
			if w.hash != want.hash {
				return dst, silenced, plain
			}
			continue
		}
		plain = prose.Fold(plain[:0], text[w.start:w.end])
		if !strings.HasPrefix(string(plain), want.start) {
			return dst, silenced, plain
		}
	}
	h := hit{p.of, words[i].start, words[i+len(p.words)-1].end, i, len(p.words)}
	if p.value < 0 {
		return dst, append(silenced, h), plain
	}
	for _, had := range dst { // a longer or an equal phrase of the same value at the same place counts once
		if had.value == h.value && had.first == h.first {
			return dst, silenced, plain
		}
	}
	return append(dst, h), silenced, plain
}
