package ethos

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

// Scorer reads texts and says which values they express. It keeps memory that
// it uses again: one goroutine, one Scorer.
type Scorer struct {
	model  *Model
	reader reader
	text   string
	tongue *tongue
	sums   []int32
	known  int // features that the model knows
	hits   []hit
	counts []float64 // seeds found, by value
	column []float64
	caches map[*tongue]*cache
}

// Scorer makes a scorer of the model.
func (m *Model) Scorer() *Scorer {
	return &Scorer{model: m, caches: map[*tongue]*cache{}, counts: make([]float64, len(m.Yardstick.Values))}
}

// Read reads a text in a language: "fr", "en", or "" to find out. It gives the
// language taken. What is said before the next Read is about this text.
func (s *Scorer) Read(text, lang string) string {
	s.reader.message.Read(text)
	if lang != "fr" && lang != "en" {
		lang = s.reader.message.Language()
	}
	s.Of(&s.reader.message, lang)
	return lang
}

// Of is Read for a message that has been read already, in a language that is
// known: "fr", "en" or, when it isn't, "".
func (s *Scorer) Of(m *prose.Message, lang string) {
	s.text = m.Text
	words := s.reader.own(m)
	s.tongue = s.model.tongue(lang)
	s.add(words)
	s.hits = s.hits[:0]
	if s.tongue.seeds != nil {
		clear(s.counts)
		s.hits, s.reader.plain = s.tongue.seeds.find(s.hits, s.text, words, s.reader.plain)
		for _, h := range s.hits {
			s.counts[h.value]++
		}
	}
}

// Words is how many words of its author the text has. A text without any
// expresses nothing.
func (s *Scorer) Words() int { return len(s.reader.words) }

// add sums the weights of all features of the words. Sums of whole numbers are
// the same in any order.
func (s *Scorer) add(words []word) {
	t := s.tongue
	if s.caches[t] == nil {
		s.caches[t] = newCache(t.width)
	}
	memory := s.caches[t]
	s.sums = grown(s.sums, t.width)
	s.known = 0
	for i, w := range words {
		sums, known := memory.word(s, w)
		for c, v := range sums {
			s.sums[c] += v
		}
		s.known += int(known)
		if i > 0 {
			s.known += t.addRow(s.sums, pair(words[i-1], w))
		}
	}
	s.column = s.column[:0]
	inverse := 0.0
	if s.known > 0 {
		inverse = 1 / norm(s.known)
	}
	for c, sum := range s.sums {
		s.column = append(s.column, float64(float64(float64(sum)*t.scale[c])*inverse)+t.bias[c])
	}
}

func grown(sums []int32, n int) []int32 {
	if cap(sums) < n {
		return make([]int32, n)
	}
	sums = sums[:n]
	clear(sums)
	return sums
}

// addRow adds a feature's weights and says how many features that were: 1 or 0.
func (t *tongue) addRow(sums []int32, b uint32) int {
	r := t.index.row(b)
	if r < 0 {
		return 0
	}
	row := t.rows[r*t.width : (r+1)*t.width]
	sums = sums[:len(row)]
	for c, w := range row {
		sums[c] += int32(w)
	}
	return 1
}

// cache remembers the sums of words met lately, for most words of any text are
// the same few thousand. A place holds one word.
type cache struct {
	width int
	hash  []uint64
	known []int32
	sums  []int32
}

const cacheBits = 13

func newCache(width int) *cache {
	return &cache{width, make([]uint64, 1<<cacheBits), make([]int32, 1<<cacheBits), make([]int32, width<<cacheBits)}
}

// word gives the sums of a word and of its runs of letters.
func (m *cache) word(s *Scorer, w word) ([]int32, int32) {
	place := int(w.hash * 0x9e3779b97f4a7c15 >> (64 - cacheBits))
	sums := m.sums[place*m.width : (place+1)*m.width]
	if m.hash[place] == w.hash {
		return sums, m.known[place]
	}
	clear(sums)
	known := 0
	s.reader.eachFeature(s.text, w, func(b uint32) { known += s.tongue.addRow(sums, b) })
	m.hash[place], m.known[place] = w.hash, int32(known)
	return sums, int32(known)
}

// odds gives the log-odds of value v.
func (s *Scorer) odds(v int) float64 {
	h := &s.tongue.heads[v]
	sum := h.Bias + float64(h.Seed*min(s.counts[v], mostSeeds))
	for i, c := range h.Columns {
		sum += float64(h.Slopes[i] * s.column[c])
	}
	return sum
}

// mostSeeds: more seeds than this in one text add nothing.
const mostSeeds = 2

// Probabilities appends to dst how probable it is, for each value of the
// yardstick, that a reader would say the text expresses it.
func (s *Scorer) Probabilities(dst []float64) []float64 {
	for v := range s.tongue.heads {
		dst = append(dst, 1/(1+math.Exp(-s.odds(v))))
	}
	return dst
}

// Threshold is the probability above which value v is best said to be there.
func (s *Scorer) Threshold(v int) float64 { return s.tongue.heads[v].Threshold }

// Span is a stretch of text and how much it speaks for (or against) a value.
type Span struct {
	Start        int      `json:"start"` // bytes in the text
	End          int      `json:"end"`
	Value        string   `json:"value"`        // the value's id
	Contribution float64  `json:"contribution"` // to the value's log-odds
	Polarity     Polarity `json:"polarity"`
}

// Contributions gives, for each word of the text, what it adds to the log-odds
// of value v. With base, which is what the model says of a text without words,
// they add up to the text's log-odds.
func (s *Scorer) Contributions(v int) (spans []Span, base float64) {
	t, h := s.tongue, &s.tongue.heads[v]
	words := s.reader.words
	spans = make([]Span, len(words))
	base = h.Bias
	share := make([]float64, t.width)
	for i, c := range h.Columns {
		base += h.Slopes[i] * t.bias[c]
		if s.known > 0 {
			share[c] = h.Slopes[i] * t.scale[c] / norm(s.known)
		}
	}
	worth := func(sums []int32) (total float64) {
		for _, c := range h.Columns {
			total += share[c] * float64(sums[c])
		}
		return total
	}
	var pairs []int32
	for i, w := range words {
		spans[i] = Span{Start: w.start, End: w.end, Value: s.model.Yardstick.Values[v].ID}
		sums, _ := s.caches[t].word(s, w)
		spans[i].Contribution += worth(sums)
		pairs = grown(pairs, t.width)
		if i > 0 && t.addRow(pairs, pair(words[i-1], w)) > 0 {
			half := worth(pairs) / 2
			spans[i-1].Contribution += half
			spans[i].Contribution += half
		}
	}
	left := float64(mostSeeds)
	for _, hit := range s.hits {
		if hit.value != v || left == 0 {
			continue
		}
		left--
		for i := hit.first; i < hit.first+hit.words; i++ {
			spans[i].Contribution += h.Seed / float64(hit.words)
		}
	}
	return spans, base
}

// Evidence gives the few stretches of the text that speak most for value v, in
// the order of the text: neighbouring words of a clause that speak for it are one stretch.
func (s *Scorer) Evidence(v, most int) []Span {
	words, _ := s.Contributions(v)
	var found []Span
	for i, w := range words {
		if w.Contribution < speaking {
			continue
		}
		if n := len(found); n > 0 && i > 0 && found[n-1].End == words[i-1].End && !strings.ContainsAny(s.text[words[i-1].End:w.Start], clauseMarks) {
			found[n-1].End = w.End
			found[n-1].Contribution += w.Contribution
			continue
		}
		found = append(found, w)
	}
	slices.SortStableFunc(found, func(a, b Span) int { return cmp.Compare(b.Contribution, a.Contribution) })
	found = found[:min(most, len(found))]
	for len(found) > 0 && found[len(found)-1].Contribution < beside*found[0].Contribution {
		found = found[:len(found)-1]
	}
	slices.SortFunc(found, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := range found {
		found[i].Polarity = s.polarity(found[i].End)
	}
	return found
}

// speaking is the least a word must add to the log-odds to be shown, and beside
// the least share of what the strongest stretch adds.
const (
	speaking = .05
	beside   = .25
)
