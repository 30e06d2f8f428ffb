package gap

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure/stat"
)

// shared gives the folder of data that tests may read, or skips the test.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("needs ../shared/data beside the project")
	}
	return data
}

func long(t testing.TB) {
	t.Helper()
	if os.Getenv("ENTREGENT_LONG") == "" {
		t.Skip("takes a while: set ENTREGENT_LONG=1")
	}
}

// world is all labelled arguments, each scored by a scorer that never saw its
// topic: what groups are drawn from.
type world struct {
	p      [][]float64
	yes    [][]bool
	words  [][]bool // values that the dictionary finds
	topics map[string][]int
	names  []string // of topics
	spread ethos.Spread
	model  *ethos.Model
}

func newWorld(t testing.TB, yardstick string) *world {
	t.Helper()
	dir := filepath.Join(shared(t), "values", "valueeval23")
	model, err := ethos.Builtin(yardstick)
	if err != nil {
		t.Fatal(err)
	}
	base, err := ethos.Builtin("schwartz")
	if err != nil {
		t.Fatal(err)
	}
	var examples []ethos.Example
	file := func(name string) *os.File {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	for _, split := range []string{"training", "validation"} {
		e, err := ethos.ReadExamples(file("arguments-"+split+".tsv"), file("labels-"+split+".tsv"), base.Yardstick.Names())
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, e...)
	}
	w := &world{model: model, topics: map[string][]int{}, words: dictionary(t, model, examples)}
	var topics []string
	w.p, w.yes, topics, w.spread, err = ethos.Apart(examples, yardstick, "en", folds)
	if err != nil {
		t.Fatal(err)
	}
	for i, topic := range topics {
		if w.topics[topic] == nil {
			w.names = append(w.names, topic)
		}
		w.topics[topic] = append(w.topics[topic], i)
	}
	return w
}

// dictionary finds the values of which a text holds one of pyvalues' words.
func dictionary(t testing.TB, model *ethos.Model, examples []ethos.Example) (words [][]bool) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(shared(t), "values", "dictionaries", "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lists map[string][]string
	if err := json.Unmarshal(b, &lists); err != nil {
		t.Fatal(err)
	}
	value := map[uint64][]int{}
	for v, name := range model.Yardstick.Names() {
		for key, list := range lists {
			if strings.EqualFold(key, name) {
				for _, word := range list {
					value[prose.Hash(word)] = append(value[prose.Hash(word)], v)
				}
			}
		}
	}
	for _, e := range examples {
		has := make([]bool, len(model.Yardstick.Values))
		for _, token := range prose.Tokens(nil, e.Text) {
			for _, v := range value[token.Hash] {
				has[v] = true
			}
		}
		words = append(words, has)
	}
	return words
}

// group draws topics until they hold enough arguments, and messages from them.
func (w *world) group(order []string, topics, messages int, random *rand.Rand) (used int, population, sample []int) {
	for used < len(order) && (len(population) < messages || used < topics) {
		population = append(population, w.topics[order[used]]...)
		used++
	}
	sample = slices.Clone(population)
	random.Shuffle(len(sample), func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
	return used, population, sample[:min(messages, len(sample))]
}

// side makes a side in which every message is a person's only one.
func (w *world) side(r *reading, sample []int, which conversation.Side, of map[int]int) []int {
	var list []int
	for _, i := range sample {
		r.messages = append(r.messages, message{person: len(r.messages), entry: conversation.Entry{Side: which, Thread: of[i]}})
		for _, p := range w.p[i] {
			r.p = append(r.p, float32(p))
		}
		list = append(list, len(r.messages)-1)
	}
	return list
}

func (w *world) truth(population []int) []float64 { return share(w.yes, population) }

// share is the profile of what was said of texts, yes or no.
func share(said [][]bool, texts []int) []float64 {
	mean := make([]float64, len(said[0]))
	for _, i := range texts {
		for v, y := range said[i] {
			if y {
				mean[v] += 1 / float64(len(texts))
			}
		}
	}
	return ipsatised(mean)
}

// folds: the more, the nearer each scorer is to the one that comes with the
// program, which has learned from all topics.
const folds = 20

// plain: gaps from ten points on are large enough for their sign to matter.
const plain = .1

// outcome adds up what pairs of groups showed.
type outcome struct {
	pairs, r, sign, plain, largest, covered, values, declared, half float64
	anyDeclared                                                     float64
	found, true                                                     []float64 // of all pairs
}

func (o *outcome) score(found, true []float64) {
	o.pairs++
	o.r += correlation(found, true)
	o.found, o.true = append(o.found, found...), append(o.true, true...)
	best, real := 0, 0
	for v := range found {
		if math.Abs(true[v]) >= plain {
			o.plain++
			if found[v]*true[v] > 0 {
				o.sign++
			}
		}
		if math.Abs(found[v]) > math.Abs(found[best]) {
			best = v
		}
		if math.Abs(true[v]) > math.Abs(true[real]) {
			real = v
		}
	}
	if best == real {
		o.largest++
	}
}

// pair measures one pair of groups as Measure does.
func (w *world) pair(a, b []int, draws int, seed uint64) *comparison {
	of := map[int]int{}
	for n, name := range w.names {
		for _, i := range w.topics[name] {
			of[i] = n
		}
	}
	r := &reading{model: w.model, width: len(w.p[0])}
	list := append(w.side(r, a, conversation.Organisation, of), w.side(r, b, conversation.Community, of)...)
	m := meter{reading: r, options: Options{Model: w.model, Draws: draws, Seed: seed}}
	return m.compare(m.sides(list))
}

func (w *world) simulate(pairs, topics, size int, same bool) (ours, hard, words outcome) {
	for n := range pairs {
		messages, random := size, stat.Stream(7, n)
		order := slices.Clone(w.names)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		if same {
			messages = 2 * size
		}
		used, popA, a := w.group(order, topics, messages, random)
		_, popB, b := w.group(order[used:], topics, messages, random)
		if same {
			popB, a, b = popA, a[:size], a[size:]
		}
		true := minus(w.truth(popA), w.truth(popB))
		c := w.pair(a, b, 100, uint64(n))
		ours.score(c.gap, true)
		for v := range true {
			e := c.estimate(c.one(v))
			ours.values++
			if e.Lo <= true[v] && true[v] <= e.Hi {
				ours.covered++
			}
			ours.half += (e.Hi - e.Lo) / 2
		}
		before := ours.declared
		for _, v := range c.values() {
			if v.Differs {
				ours.declared++
			}
		}
		if ours.declared > before {
			ours.anyDeclared++
		}
		hard.score(minus(w.hard(a), w.hard(b)), true)
		words.score(minus(share(w.words, a), share(w.words, b)), true)
	}
	return ours, hard, words
}

// hard is the profile of thresholded labels.
func (w *world) hard(sample []int) []float64 {
	scorer := w.model.Scorer()
	scorer.Read("", "en")
	mean := make([]float64, len(w.p[0]))
	for _, i := range sample {
		for v, p := range w.p[i] {
			if p > scorer.Threshold(v) {
				mean[v] += 1 / float64(len(sample))
			}
		}
	}
	return ipsatised(mean)
}

func (o *outcome) log(t *testing.T, name string) {
	t.Helper()
	t.Logf("%-12s r %.3f (over all pairs and values %.3f) sign %.3f largest %.3f coverage %.3f half-width %.3f pairs with a declared gap %.3f (%g pairs)", name,
		o.r/o.pairs, correlation(o.found, o.true), o.sign/o.plain, o.largest/o.pairs, o.covered/max(o.values, 1), o.half/max(o.values, 1), o.anyDeclared/o.pairs, o.pairs)
}

// Pairs of groups with disjoint topics, 150 messages each. True gaps are those
// of people's labels over all arguments of a group's topics.
func TestRecoverySimulated(t *testing.T) {
	long(t)
	w := newWorld(t, "schwartz")
	for _, n := range []int{100, 150, 200, 500} {
		ours, hard, _ := w.simulate(400, n/50, n, false)
		t.Logf("20 values, %d messages a side", n)
		ours.log(t, "ours")
		hard.log(t, "hard labels")
		if n != 150 {
			continue
		}
		for name, x := range map[string]struct{ found, want float64 }{"r": {correlation(ours.found, ours.true), .78}, "sign": {ours.sign / ours.plain, .9}, "largest": {ours.largest / ours.pairs, .4}} {
			if x.found < x.want {
				t.Errorf("%s %.3f, want %.2f or more", name, x.found, x.want)
			}
		}
		if c := ours.covered / ours.values; c < .93 || c > .97 {
			t.Errorf("coverage %.3f, want .93 to .97", c)
		}
	}
	same, _, _ := w.simulate(200, 3, 150, true)
	same.log(t, "same")
	if d := same.anyDeclared / same.pairs; d > .05 {
		t.Errorf("%.3f of comparisons within one population declare a gap, want .05 at most", d)
	}
}

// What is won over counting thresholded labels, and over a dictionary.
func TestRecoveryAgainstADictionary(t *testing.T) {
	long(t)
	w := newWorld(t, "schwartz10")
	ours, hard, words := w.simulate(400, 3, 150, false)
	ours.log(t, "ours")
	hard.log(t, "hard labels")
	words.log(t, "dictionary")
	if !(ours.r > hard.r && hard.r > words.r) {
		t.Errorf("r: ours %.3f, hard labels %.3f, dictionary %.3f", ours.r/ours.pairs, hard.r/hard.pairs, words.r/words.pairs)
	}
}
