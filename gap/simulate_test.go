package gap

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/stat"
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
	words  [][]float64 // what the dictionary counts
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
	w := &world{model: model, topics: map[string][]int{}}
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

func (w *world) truth(population []int) []float64 {
	mean := make([]float64, len(w.p[0]))
	for _, i := range population {
		for v, y := range w.yes[i] {
			if y {
				mean[v] += 1 / float64(len(population))
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
}

func (o *outcome) score(found, true []float64) {
	o.pairs++
	o.r += correlation(found, true)
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

func (w *world) simulate(pairs, topics, messages int, same bool) (ours, hard outcome) {
	for n := range pairs {
		random := stat.Stream(7, n)
		order := slices.Clone(w.names)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		used, popA, a := w.group(order, topics, messages, random)
		_, popB, b := w.group(order[used:], topics, messages, random)
		if same {
			popB = popA
			rest := slices.Clone(popA)
			random.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			a, b = rest[:messages], rest[messages:min(2*messages, len(rest))]
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
	}
	return ours, hard
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
	t.Logf("%-12s r %.3f sign %.3f largest %.3f coverage %.3f half-width %.3f pairs with a declared gap %.3f (%g pairs)", name,
		o.r/o.pairs, o.sign/o.plain, o.largest/o.pairs, o.covered/max(o.values, 1), o.half/max(o.values, 1), o.anyDeclared/o.pairs, o.pairs)
}

// Pairs of groups with disjoint topics, 150 messages each. True gaps are those
// of people's labels over all arguments of a group's topics.
func TestRecoverySimulated(t *testing.T) {
	long(t)
	w := newWorld(t, "schwartz")
	for _, n := range []int{100, 150, 200, 500} {
		ours, hard := w.simulate(400, n/10, n, false)
		t.Logf("%d messages a side", n)
		ours.log(t, "ours")
		hard.log(t, "hard labels")
		if n != 150 {
			continue
		}
		for name, x := range map[string]struct{ found, want float64 }{"r": {ours.r / ours.pairs, .75}, "sign": {ours.sign / ours.plain, .9}, "largest": {ours.largest / ours.pairs, .45}} {
			if x.found < x.want {
				t.Errorf("%s %.3f, want %.2f or more", name, x.found, x.want)
			}
		}
		if c := ours.covered / ours.values; c < .93 || c > .97 {
			t.Errorf("coverage %.3f, want .93 to .97", c)
		}
		if ours.r <= hard.r {
			t.Errorf("thresholded labels recover the gap as well: %.3f, %.3f", hard.r/hard.pairs, ours.r/ours.pairs)
		}
	}
	same, _ := w.simulate(200, 15, 150, true)
	same.log(t, "same")
	if d := same.anyDeclared / same.pairs; d > .05 {
		t.Errorf("%.3f of comparisons within one population declare a gap, want .05 at most", d)
	}
}
