package ethos

import (
	"fmt"
	"slices"
)

// Text is a text of a corpus and its language: "fr", "en", or "" to find out.
type Text struct {
	Text, Lang string
}

// Label says whether a person found value Value in text Text of a corpus.
type Label struct {
	Text  int // its number in the corpus
	Value int // its number in the yardstick
	Yes   bool
}

// Seeded makes a model of a yardstick of which nobody has labelled anything: its
// seed words, and the labelled values of schwartz that go with them in a corpus.
// Each value's log-odds is a weighted sum of those of schwartz, its neighbours
// above all, and of the seeds found. [Learn] goes on from there.
func Seeded(y *Yardstick, base *Model, texts []Text) *Model {
	m := &Model{Yardstick: y, Notice: base.Notice, tongues: map[string]*tongue{}, spread: widened(base.spread, len(y.Values))}
	s := survey(y, base, texts)
	for _, lang := range languages {
		from := base.tongues[lang]
		t := &tongue{index: from.index, width: from.width, rows: from.rows, bias: from.bias, scale: from.scale, seeds: newFinder(y, lang)}
		for v := range y.Values {
			t.heads = append(t.heads, s.head(v, from.heads))
		}
		m.tongues[lang] = t
	}
	return m
}

// findings are what a corpus shows of a yardstick before anything is learned:
// for each text the log-odds of the labelled values and the seeds it holds.
type findings struct {
	yardstick *Yardstick
	known     []string    // ids of the labelled values
	odds      [][]float64 // of each text, for each labelled value
	seeds     [][]float64 // of each text, for each value, at most mostSeeds
}

func survey(y *Yardstick, base *Model, texts []Text) *findings {
	f := &findings{yardstick: y, known: base.Yardstick.IDs()}
	scorer := base.Scorer()
	finders := map[string]*finder{"fr": newFinder(y, "fr"), "en": newFinder(y, "en")}
	var hits []hit
	for _, text := range texts {
		lang := scorer.Read(text.Text, text.Lang)
		odds := make([]float64, len(f.known))
		for v := range odds {
			odds[v] = scorer.odds(v)
		}
		if lang != "fr" {
			lang = "en"
		}
		hits, scorer.reader.plain = finders[lang].find(hits[:0], text.Text, scorer.reader.words, scorer.reader.plain)
		f.odds, f.seeds = append(f.odds, odds), append(f.seeds, countSeeds(hits, len(y.Values)))
	}
	return f
}

func countSeeds(hits []hit, values int) []float64 {
	count := make([]float64, values)
	for _, h := range hits {
		count[h.value] = min(count[h.value]+1, mostSeeds)
	}
	return count
}

// How the parts of an unlabelled value are weighed. The numbers do well when each
// of schwartz's twenty is treated as unlabelled in turn, but that of a seed: it
// is large because whoever named the value chose the word.
const (
	companyForce   = 1   // how strongly slopes on labelled values are held back
	fewestSeeded   = 20  // texts with a seed before the labelled values' company counts
	neighbourSlope = .5  // of the neighbours, beside 1 of the company
	companySlope   = .6  // of both in the log-odds
	seedSlope      = 2.  // of a seed found
	rest           = -2. // log-odds of a text that says nothing
)

// head weighs the labelled values by how they go with value v's seeds.
func (f *findings) head(v int, base []head) head {
	slopes, centre := f.company(v)
	h := head{Bias: rest - companySlope*centre, Seed: seedSlope, Threshold: .25}
	for k, slope := range slopes {
		if slope == 0 {
			continue
		}
		// A labelled value's log-odds is itself a weighted column.
		h.Bias += float64(companySlope * slope * base[k].Bias)
		for i, c := range base[k].Columns {
			h.Columns = append(h.Columns, c)
			h.Slopes = append(h.Slopes, float64(companySlope*slope)*base[k].Slopes[i])
		}
	}
	return h
}

// company weighs the labelled values' log-odds: those that tell texts with seeds
// of value v from texts without (standardised over the corpus), and the
// neighbours' (likewise). centre is the mean of the weighted sum.
func (f *findings) company(v int) (slopes []float64, centre float64) {
	k := len(f.known)
	near, slopes := make([]float64, k), make([]float64, k)
	for _, id := range f.yardstick.Values[v].Neighbours {
		if n := slices.Index(f.known, id); n >= 0 {
			near[n] = 1
		}
	}
	seeded, count := make([]bool, len(f.seeds)), 0
	for i := range seeded {
		if seeded[i] = f.seeds[i][v] > 0; seeded[i] {
			count++
		}
	}
	f.weigh(slopes, near, neighbourSlope)
	if count >= fewestSeeded {
		_, together := fitAround(make([]float64, k), companyForce, f.odds, seeded)
		f.weigh(slopes, together, 1)
	}
	if len(f.odds) == 0 { // no corpus: as if the mean log-odds were those of rest
		for _, slope := range slopes {
			centre += rest * slope
		}
		return slopes, centre
	}
	return slopes, mean(f.sums(slopes))
}

// weigh adds to slopes those of part, times so much in standard deviations of
// its sum.
func (f *findings) weigh(slopes, part []float64, times float64) {
	by := 1.0
	if sums := f.sums(part); len(sums) > 1 {
		by = deviation(sums)
	}
	for k, x := range part {
		slopes[k] += times * x / by
	}
}

func (f *findings) sums(slopes []float64) []float64 {
	sums := make([]float64, len(f.odds))
	for i, odds := range f.odds {
		for k, x := range odds {
			sums[i] += float64(slopes[k] * x)
		}
	}
	return sums
}

// widened gives each value of an unlabelled yardstick the mean spread of the
// labelled ones.
func widened(spread map[string]Spread, values int) map[string]Spread {
	out := map[string]Spread{}
	for lang, s := range spread {
		out[lang] = Spread{Topic: evened(s.Topic, values), Text: evened(s.Text, values)}
	}
	return out
}

func evened(from [][]float64, values int) [][]float64 {
	mean := 0.0
	for v := range from {
		mean += from[v][v] / float64(len(from))
	}
	out := square(values)
	for a := range out {
		for b := range out {
			out[a][b] = -mean / float64(max(values-1, 1)) // ipsatised: a row sums to nothing
		}
		out[a][a] = mean
	}
	return out
}

// fewestTexts is the smallest corpus from which a value's own words are learned.
const fewestTexts = 300

// Learn makes a model of a yardstick from a corpus, its own messages: seeds and
// neighbours first ([Seeded]), then a scorer of the corpus's own words, learned
// from the texts that these find (pseudo-labels) and from people's labels where
// there are some. Texts of a language with fewer than 300 texts are scored by
// seeds and neighbours alone.
func Learn(y *Yardstick, texts []Text, labels []Label) (*Model, error) {
	for _, l := range labels {
		if l.Text < 0 || l.Text >= len(texts) || l.Value < 0 || l.Value >= len(y.Values) {
			return nil, fmt.Errorf("learning %s: a label names text %d and value %d, which are not there", y.ID, l.Text, l.Value)
		}
	}
	base, err := Builtin("schwartz")
	if err != nil {
		return nil, err
	}
	m := Seeded(y, base, texts)
	for _, lang := range languages {
		m.deepen(lang, texts, labels)
	}
	return m, nil
}
