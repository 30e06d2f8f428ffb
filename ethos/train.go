package ethos

import (
	"errors"
	"fmt"
	"slices"
)

// Notice stands at the head of the model file.
const Notice = `Entregent ethos model: feature weights and calibration for the yardsticks schwartz, schwartz10, schwartz4 and fosse.
Licence: Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0), https://creativecommons.org/licenses/by-sa/4.0/
It is adapted from the training and validation arguments and the value categories of Touché23-ValueEval
(https://doi.org/10.5281/zenodo.6814563), CC BY-SA 4.0, by Johannes Kiesel, Nailia Mirzakhmedova, Milad Alshomary,
Maximilian Heinrich, Nicolas Handke, Xiaoni Cai, Valentin Barriere, Doratossadat Dastgheib, Omid Ghahroodi,
Mohammad Ali Sadraei, Ehsaneddin Asgari, Henning Wachsmuth and Benno Stein. Changes: texts became counts of hashed
features, and these became weights; for French the texts were first glossed with our own word list.
Rebuild it byte for byte with: entregent ethos train DIR
`

// Folds is in how many parts the topics are cut for calibration and evaluation.
const Folds = 5

// fold gives the part a topic belongs to.
func fold(topic string, folds int) int {
	h := uint64(0xcbf29ce484222325)
	for i := range len(topic) {
		h = (h ^ uint64(topic[i])) * 0x100000001b3
	}
	return int((h ^ h>>29) % uint64(folds))
}

// Train learns the built-in models from the examples of the yardstick schwartz
// (see [ReadExamples] and [ReadGuide]) and gives the model file. The same
// examples give the same bytes, on any machine and any number of cores.
func Train(examples []Example) ([]byte, error) {
	schwartz := builtinYardstick("schwartz")
	for _, e := range examples {
		if len(e.Labels) != len(schwartz.Values) {
			return nil, fmt.Errorf("training: %s has %d labels, want %d", e.ID, len(e.Labels), len(schwartz.Values))
		}
	}
	if len(examples) < 100 {
		return nil, errors.New("training: needs at least 100 examples")
	}
	tongues := map[string]*tongue{}
	views := []view{}
	for _, name := range []string{"schwartz", "schwartz10", "schwartz4"} {
		views = append(views, view{Yardstick: name, Labelled: true, Heads: map[string][]head{}, Spread: map[string]Spread{}})
	}
	for _, lang := range languages {
		c := study(examples, lang)
		tongues[lang] = c.tongue()
		for i := range views {
			views[i].Heads[lang], views[i].Spread[lang] = c.view(builtinYardstick(views[i].Yardstick))
		}
	}
	base, err := open(write(Notice, tongues, views))
	if err != nil {
		return nil, err
	}
	views = append(views, seededView(base["schwartz"], examples))
	return write(Notice, tongues, views), nil
}

// seededView is the yardstick fosse: its seeds, and the labelled values that go
// with them in the examples' texts.
func seededView(base *Model, examples []Example) view {
	var texts []Text
	for _, e := range examples {
		if !e.Guide {
			texts = append(texts, Text{e.Text, "en"})
		}
	}
	m := Seeded(builtinYardstick("fosse"), base, texts)
	v := view{Yardstick: "fosse", Heads: map[string][]head{}, Spread: m.spread}
	for _, lang := range languages {
		v.Heads[lang] = m.tongues[lang].heads
	}
	return v
}

// course is what was learned of the labelled values in one language, and what
// each text scored when its topic was left out.
type course struct {
	examples []Example
	folds    int
	lang     string
	matrix   *matrix
	all      [][]weigher // by value, from all examples
	bias     []float64
	apart    [][]float64 // apart[i][v]: example i's score for value v, its topic's fold left out
}

// study learns every value from all examples, and once more without each fold.
func study(examples []Example, lang string) *course {
	c := crossStudy(examples, lang, Folds, nil)
	k := len(c.apart[0])
	c.all, c.bias = make([][]weigher, k), make([]float64, k)
	lot := c.without(-1)
	each(k, func(v int) { c.all[v], c.bias[v] = c.learn(v, lot) })
	return c
}

// crossStudy scores every example by a scorer that has seen nothing of its
// topic's fold. Others are texts scored in place of an example's own (by its
// number), which keep out of the learning.
// It learns from our own phrases too, which stand behind the examples.
func crossStudy(examples []Example, lang string, folds int, others map[int]string) *course {
	examples = slices.Concat(examples, phrases())
	c := &course{examples: examples, folds: folds, lang: lang, apart: make([][]float64, len(examples))}
	k := len(examples[0].Labels)
	texts := make([]string, len(examples))
	for i, e := range examples {
		c.apart[i] = make([]float64, k)
		texts[i] = e.Text
		switch {
		case lang != "fr":
		case e.French != "":
			texts[i] = e.French
		default:
			texts[i] = gloss(e.Text, i)
		}
	}
	place := map[int]int32{}
	for i := range examples {
		if text, ok := others[i]; ok {
			place[i] = int32(len(texts))
			texts = append(texts, text)
		}
	}
	c.matrix = gather(texts, len(examples), 2)
	lots := make([]*lot, folds)
	each(folds, func(out int) { lots[out] = c.without(out) })
	each(k*folds, func(job int) {
		v, out := job/folds, job%folds
		weights, bias := c.learn(v, lots[out])
		for i, e := range examples {
			if e.Guide || fold(e.Topic, folds) != out {
				continue
			}
			at := int32(i)
			if p, ok := place[i]; ok {
				at = p
			}
			c.apart[i][v] = c.matrix.score(at, weights, bias)
		}
	})
	return c
}

// without gives the examples outside a fold (-1: all).
func (c *course) without(out int) *lot {
	var texts []int32
	for i, e := range c.examples {
		if e.Guide || out < 0 || fold(e.Topic, c.folds) != out {
			texts = append(texts, int32(i))
		}
	}
	return c.matrix.lot(texts)
}

// learn learns value v.
func (c *course) learn(v int, from *lot) ([]weigher, float64) {
	return taught.learn(from, func(i int32) bool { return c.examples[i].Labels[v] }, func(i int32) float64 {
		if c.examples[i].Guide {
			return taught.cost * taught.guideCost
		}
		return taught.cost
	})
}

func (c *course) tongue() *tongue { return newTongue(c.matrix, c.all, c.bias) }

// view fits a yardstick's heads on the scores of texts whose topic was left
// out, and measures their spread.
func (c *course) view(y *Yardstick) ([]head, Spread) {
	columns, labels := c.columns(y)
	heads := make([]head, len(y.Values))
	var residuals [][]float64
	var topics []string
	each(len(y.Values), func(v int) {
		var x [][]float64
		var yes []bool
		for i, e := range c.examples {
			if !e.Guide {
				x = append(x, pick(c.apart[i], columns[v]))
				yes = append(yes, labels[v](e))
			}
		}
		h := head{Columns: columns[v]}
		h.Bias, h.Slopes = fitLogistic(x, yes)
		p := make([]float64, len(x))
		for i := range x {
			p[i] = h.probability(x[i])
		}
		h.Threshold = threshold(p, yes, func(int) bool { return true })
		heads[v] = h
	})
	for i, e := range c.examples {
		if e.Guide {
			continue
		}
		r := make([]float64, len(heads))
		for v, h := range heads {
			r[v] = -h.probability(pick(c.apart[i], h.Columns))
			if labels[v](e) {
				r[v]++
			}
		}
		Ipsatise(r)
		residuals, topics = append(residuals, r), append(topics, e.Topic)
	}
	return heads, measureSpread(residuals, topics)
}

// columns gives, for each value of a yardstick, the labelled values that it is
// made of, and who has any of them.
func (c *course) columns(y *Yardstick) (columns [][]int, labels []func(Example) bool) {
	base := builtinYardstick("schwartz").IDs()
	for v := range y.Values {
		parts := []int{v}
		if y.Base != "" {
			parts = parts[:0]
			for _, id := range y.Values[v].Merges {
				parts = append(parts, slices.Index(base, id))
			}
		}
		columns = append(columns, parts)
		labels = append(labels, func(e Example) bool {
			return slices.ContainsFunc(parts, func(p int) bool { return e.Labels[p] })
		})
	}
	return columns, labels
}

func pick(x []float64, columns []int) []float64 {
	out := make([]float64, len(columns))
	for i, c := range columns {
		out[i] = x[c]
	}
	return out
}

// probability of a value for the sums of its columns.
func (h *head) probability(x []float64) float64 { return logistic(h.odds(x)) }

func (h *head) odds(x []float64) float64 {
	s := h.Bias
	for i, v := range x {
		s += float64(h.Slopes[i] * v)
	}
	return s
}

// Scored is what a scorer that has seen nothing of a text's topic says of texts,
// beside what people said, by a labelled yardstick: what is needed to test what
// is built on probabilities.
type Scored struct {
	P      [][]float64 // of each text, how probable each value is
	Yes    [][]bool    // whether people found it
	Topics []string
	Spread Spread // how far the two stray
}

// Apart scores the examples that are no guides by scorers that have learned from
// the other topics' examples only, once for all yardsticks. Topics are left out
// by folds of so many; the more, the nearer each scorer is to the one that comes
// with the program, which has learned from all.
func Apart(examples []Example, lang string, folds int, yardsticks ...string) ([]Scored, error) {
	var out []Scored
	c := crossStudy(examples, lang, folds, nil)
	for _, name := range yardsticks {
		y := builtinYardstick(name)
		if y == nil || name == "fosse" {
			return nil, fmt.Errorf("no labelled yardstick %q", name)
		}
		heads, spread := c.view(y)
		s := Scored{Spread: spread}
		_, labels := c.columns(y)
		for i, e := range examples {
			if e.Guide {
				continue
			}
			var row []float64
			var has []bool
			for v := range heads {
				row = append(row, heads[v].probability(pick(c.apart[i], heads[v].Columns)))
				has = append(has, labels[v](e))
			}
			s.P, s.Yes, s.Topics = append(s.P, row), append(s.Yes, has), append(s.Topics, e.Topic)
		}
		out = append(out, s)
	}
	return out, nil
}
