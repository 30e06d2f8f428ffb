package gap

import (
	"cmp"
	"encoding/json"
	"fmt"
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

// world is all labelled arguments, each scored by a scorer that never saw its
// topic: what groups are drawn from.
type world struct {
	ethos.Scored
	words  [][]bool // values that the dictionary finds
	topics map[string][]int
	of     []int    // the number of each argument's topic
	names  []string // of topics
	model  *ethos.Model
}

// worlds are those of schwartz and of schwartz10, made once for a number of
// folds: the more, the nearer each scorer is to the one that comes with the
// program, which has learned from all topics.
var worlds = map[int][]*world{}

func newWorlds(t testing.TB, folds int) (twenty, ten *world) {
	t.Helper()
	dir := filepath.Join(shared(t), "values", "valueeval23")
	if worlds[folds] == nil {
		examples, guide := arguments(t, dir)
		yardsticks := []string{"schwartz", "schwartz10"}
		scored, err := ethos.Apart(append(examples[:len(examples):len(examples)], guide...), "en", folds, yardsticks...)
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range yardsticks {
			model, err := ethos.Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			w := &world{Scored: scored[i], model: model, topics: map[string][]int{}, words: dictionary(t, model, examples)}
			for n, topic := range w.Topics {
				if w.topics[topic] == nil {
					w.names = append(w.names, topic)
				}
				w.topics[topic] = append(w.topics[topic], n)
				w.of = append(w.of, slices.Index(w.names, topic))
			}
			worlds[folds] = append(worlds[folds], w)
		}
	}
	return worlds[folds][0], worlds[folds][1]
}

// arguments reads ValueEval'23's training and validation arguments and its guide
// to the values.
func arguments(t testing.TB, dir string) (examples, guide []ethos.Example) {
	t.Helper()
	base, err := ethos.Builtin("schwartz")
	if err != nil {
		t.Fatal(err)
	}
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
	guide, err = ethos.ReadGuide(file("value-categories.json"), base.Yardstick.Names())
	if err != nil {
		t.Fatal(err)
	}
	return examples, guide
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
func (w *world) side(r *scores, sample []int, which conversation.Side) []int {
	var list []int
	for _, i := range sample {
		r.messages = append(r.messages, message{person: int32(len(r.messages)), side: which, thread: int32(w.of[i])})
		for _, p := range w.P[i] {
			r.p = append(r.p, float32(p))
		}
		list = append(list, len(r.messages)-1)
	}
	return list
}

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

// probable is the profile of calibrated probabilities, as Measure makes it where
// each person wrote one message.
func (w *world) probable(sample []int) []float64 {
	mean := make([]float64, len(w.P[0]))
	for _, i := range sample {
		for v, p := range w.P[i] {
			mean[v] += p / float64(len(sample))
		}
	}
	return ipsatised(mean)
}

// hard is the profile of thresholded labels.
func (w *world) hard(sample []int) []float64 {
	scorer := w.model.Scorer()
	scorer.Read("", "en")
	mean := make([]float64, len(w.P[0]))
	for _, i := range sample {
		for v, p := range w.P[i] {
			if p > scorer.Threshold(v) {
				mean[v] += 1 / float64(len(sample))
			}
		}
	}
	return ipsatised(mean)
}

// plain: gaps from ten points on are large enough for their sign to matter.
const plain = .1

// recovery adds up how near what a way of counting finds comes to what is there.
type recovery struct {
	pairs, r, sign, plain float64
	largest, amongThree   float64 // the widest gap is found widest; among the three found widest
	size                  float64 // how wide the one found widest is, of the widest
	found, true           []float64
}

func (o *recovery) score(found, true []float64) {
	o.pairs++
	o.r += correlation(found, true)
	o.found, o.true = append(o.found, found...), append(o.true, true...)
	order := make([]int, len(found))
	real := 0
	for v := range found {
		order[v] = v
		if math.Abs(true[v]) >= plain {
			o.plain++
			if found[v]*true[v] > 0 {
				o.sign++
			}
		}
		if math.Abs(true[v]) > math.Abs(true[real]) {
			real = v
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(found[b]), math.Abs(found[a])) })
	if order[0] == real {
		o.largest++
	}
	if slices.Contains(order[:3], real) {
		o.amongThree++
	}
	o.size += math.Abs(true[order[0]] / true[real])
}

func (o *recovery) String() string {
	return fmt.Sprintf("r %.3f a pair, %.3f over all; sign %.3f; widest found %.3f, among three %.3f, of a size of %.2f (%g pairs)",
		o.r/o.pairs, correlation(o.found, o.true), o.sign/o.plain, o.largest/o.pairs, o.amongThree/o.pairs, o.size/o.pairs, o.pairs)
}

// draw makes pair n of two groups with disjoint topics: all their arguments, and
// those that are their messages.
func (w *world) draw(n, topics, size int) (wholeA, wholeB, a, b []int) {
	random := stat.Stream(7, n)
	order := slices.Clone(w.names)
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	used, wholeA, a := w.group(order, topics, size, random)
	_, wholeB, b = w.group(order[used:], topics, size, random)
	return wholeA, wholeB, a, b
}

// recover compares what ways of counting find in pairs of groups with what
// people's labels over all arguments of the groups' topics say.
func (w *world) recover(pairs, size int) (ways map[string]*recovery) {
	count := map[string]func(sample []int) []float64{"ours": w.probable, "hard labels": w.hard,
		"dictionary":      func(sample []int) []float64 { return share(w.words, sample) },
		"people's labels": func(sample []int) []float64 { return share(w.Yes, sample) }} // of the messages: what sampling alone costs
	ways = map[string]*recovery{}
	for name := range count {
		ways[name] = &recovery{}
	}
	for n := range pairs {
		wholeA, wholeB, a, b := w.draw(n, size/50, size)
		true := minus(share(w.Yes, wholeA), share(w.Yes, wholeB))
		for name, profile := range count {
			ways[name].score(minus(profile(a), profile(b)), true)
		}
	}
	return ways
}

// shrinkage is by how much the true gaps are wider than those found, by least
// squares: over all, and of each of k values.
func (o *recovery) shrinkage(k int) (all float64, by []float64) {
	up, down := make([]float64, k), make([]float64, k)
	ups, downs := 0., 0.
	for i, x := range o.found {
		up[i%k] += x * o.true[i]
		down[i%k] += x * x
		ups, downs = ups+x*o.true[i], downs+x*x
	}
	for v := range up {
		by = append(by, up[v]/down[v])
	}
	return ups / downs, by
}

func (w *world) tell(t *testing.T, pairs, size int) map[string]*recovery {
	t.Helper()
	ways := w.recover(pairs, size)
	for _, name := range []string{"ours", "hard labels", "dictionary", "people's labels"} {
		if name != "dictionary" || len(w.P[0]) == 10 { // pyvalues has ten values
			t.Logf("%d values, %d messages a side: %-15s %v", len(w.P[0]), size, name, ways[name])
		}
	}
	return ways
}

// howMuch says how much is simulated: a little in passing, all of it with
// ENTREGENT_LONG=1.
func howMuch() (folds, pairs, intervals int) {
	if os.Getenv("ENTREGENT_LONG") == "" {
		return 5, 300, 60
	}
	return 20, 16000, 400
}

// Pairs of groups with disjoint topics, 150 messages each, beside thresholded
// labels and a dictionary. Which value's gap is the widest is often a near thing:
// people's own labels of the 150 messages say it in nine pairs of ten.
func TestRecovery(t *testing.T) {
	folds, pairs, _ := howMuch()
	twenty, ten := newWorlds(t, folds)
	slack := 0.
	if folds < 20 {
		slack = .04 // fewer folds, fewer pairs
	}
	ours := twenty.tell(t, pairs, 150)["ours"]
	for _, x := range []struct {
		name        string
		found, want float64
	}{{"r a pair", ours.r / ours.pairs, .775}, {"r over all", correlation(ours.found, ours.true), .79}, {"sign", ours.sign / ours.plain, .9},
		{"widest", ours.largest / ours.pairs, .45}, {"widest among three", ours.amongThree / ours.pairs, .75}} {
		if x.found < x.want-slack {
			t.Errorf("%s %.3f, want %.2f or more", x.name, x.found, x.want)
		}
	}
	all, by := ours.shrinkage(len(twenty.P[0]))
	for v, times := range by {
		t.Logf("%s: true gaps are %.2f times those found", twenty.model.Yardstick.Values[v].ID, times)
	}
	t.Logf("over all %.2f", all)
	if all < 1.2 || all > 1.6 {
		t.Errorf("true gaps are %.2f times those found, want about 1.4", all)
	}
	ways := ten.tell(t, pairs, 150)
	if ours, hard, words := ways["ours"], ways["hard labels"], ways["dictionary"]; !(ours.r > hard.r && hard.r > words.r && ours.largest > hard.largest && hard.largest > words.largest) {
		t.Error("ours isn't better than hard labels, or these than a dictionary")
	}
	if folds == 20 {
		for _, size := range []int{50, 100, 200, 500} {
			twenty.tell(t, pairs/4, size)
		}
	}
}

// pair measures one pair of groups as Measure does.
func (w *world) pair(a, b []int, seed uint64) *comparison {
	r := &scores{model: w.model, width: len(w.P[0])}
	list := append(w.side(r, a, conversation.Organisation), w.side(r, b, conversation.Community)...)
	m := meter{scores: r, options: Options{Model: w.model, Draws: 100, Seed: seed}}
	return m.compare(m.sides(list))
}

// Intervals cover the gap that people's labels over all arguments of the groups'
// topics show, whose sampling alone would cover far less.
func TestIntervalsCover(t *testing.T) {
	folds, _, pairs := howMuch()
	twenty, _ := newWorlds(t, folds)
	sizes := []int{150}
	if folds == 20 {
		sizes = []int{100, 150, 200, 500}
	}
	for _, size := range sizes {
		covered, alone, half, values := 0., 0., 0., 0.
		for n := range pairs {
			wholeA, wholeB, a, b := twenty.draw(n, size/50, size)
			true := minus(share(twenty.Yes, wholeA), share(twenty.Yes, wholeB))
			c := twenty.pair(a, b, uint64(n))
			for v := range true {
				values++
				e := c.estimate(c.one(v))
				half += (e.Hi - e.Lo) / 2
				if e.Lo <= true[v] && true[v] <= e.Hi {
					covered++
				}
				if math.Abs(true[v]-c.gap[v]) <= 1.96*math.Sqrt(c.sampling[v][v]) {
					alone++
				}
			}
		}
		t.Logf("%d messages a side: %.3f of the gaps covered, by drawing persons alone %.3f; half-width %.3f (%d pairs)", size, covered/values, alone/values, half/values, pairs)
		if size == 150 && (covered/values < .93 || covered/values > .97) {
			t.Errorf("%.3f covered, want .93 to .97", covered/values)
		}
	}
}

// Two halves of one population: hardly ever is a gap declared.
func TestSamePopulationDeclaresNothing(t *testing.T) {
	folds, _, pairs := howMuch()
	twenty, _ := newWorlds(t, folds)
	pairs /= 2
	wrong := 0.
	for n := range pairs {
		random := stat.Stream(8, n)
		order := slices.Clone(twenty.names)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		_, _, sample := twenty.group(order, 6, 300, random)
		c := twenty.pair(sample[:150], sample[150:], uint64(n))
		if slices.ContainsFunc(c.values(), func(v Value) bool { return v.Differs }) {
			wrong++
		}
	}
	t.Logf("%.3f of %d comparisons within one population declare a gap", wrong/float64(pairs), pairs)
	if wrong/float64(pairs) > .05 {
		t.Error("want .05 at most")
	}
}
