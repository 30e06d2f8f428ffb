package ethos

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// Evaluation says how well a scorer finds what people found. Intervals come
// from drawing topics anew (a cluster bootstrap), since texts of one topic are
// alike.
type Evaluation struct {
	Yardstick     string
	Texts, Topics int
	// Official is the shared task's F1: the harmonic mean of the mean precision
	// and the mean recall. MeanF1 is the mean of the values' own.
	Official, MeanF1, MeanAUC measure.Estimate
	Precision, Recall         float64
	Values                    []ValueEvaluation // in the order of the yardstick
	Confusions                []Confusion       // the most frequent first
}

// ValueEvaluation is the same for one value.
type ValueEvaluation struct {
	Name              string
	Share             float64 // of texts that have it
	Precision, Recall float64
	F1, AUC           measure.Estimate
}

// Confusion counts texts in which one value was missed and another was said
// that is not there.
type Confusion struct {
	Missed, Said string
	Texts        int
}

// Weakest gives the n values with the lowest AUC.
func (e *Evaluation) Weakest(n int) []ValueEvaluation {
	values := slices.Clone(e.Values)
	slices.SortStableFunc(values, func(a, b ValueEvaluation) int { return cmp.Compare(a.AUC.Center, b.AUC.Center) })
	return values[:min(n, len(values))]
}

// judged are texts with what a scorer said of them and what people said.
type judged struct {
	names  []string
	topics []string
	p      [][]float64 // by value, by text
	said   [][]bool
	yes    [][]bool
}

func newJudged(names []string, texts int) *judged {
	j := &judged{names: names}
	for range names {
		j.p = append(j.p, make([]float64, texts))
		j.said = append(j.said, make([]bool, texts))
		j.yes = append(j.yes, make([]bool, texts))
	}
	return j
}

// Evaluate cross-validates the scorer of a built-in yardstick of labelled
// values on the examples: every topic is scored by a scorer, and cut by a
// threshold, that have seen nothing of its fold.
func Evaluate(examples []Example, yardstick, lang string) (*Evaluation, error) {
	return evaluateApart(examples, yardstick, lang, nil)
}

// EvaluateFrench cross-validates the French scorer on real French: the parallel
// texts (id to French text) are scored instead of the glosses of their English
// originals, whose folds are left out. Only they are judged.
func EvaluateFrench(examples []Example, yardstick string, parallel map[string]string) (*Evaluation, error) {
	others := map[int]string{}
	for i, e := range examples {
		if text, ok := parallel[e.ID]; ok && !e.Guide {
			others[i] = text
		}
	}
	return evaluateApart(examples, yardstick, "fr", others)
}

func evaluateApart(examples []Example, yardstick, lang string, others map[int]string) (*Evaluation, error) {
	y := builtinYardstick(yardstick)
	if y == nil || yardstick == "fosse" {
		return nil, fmt.Errorf("evaluating: no labelled yardstick %q", yardstick)
	}
	c := crossStudy(examples, lang, Folds, others)
	columns, labels := c.columns(y)
	var tested []int
	for i, e := range examples {
		if _, ok := others[i]; !e.Guide && (ok || others == nil) {
			tested = append(tested, i)
		}
	}
	j := newJudged(y.Names(), len(tested))
	each(len(y.Values), func(v int) {
		// One calibration for all folds: it keeps the order of the scores, while one
		// for each fold would set against each other texts of different folds.
		h := head{Columns: columns[v]}
		var fitted []int
		var x [][]float64
		var yes []bool
		for i, e := range examples {
			if _, ok := others[i]; !e.Guide && !ok {
				fitted, x, yes = append(fitted, i), append(x, pick(c.apart[i], h.Columns)), append(yes, labels[v](e))
			}
		}
		h.Bias, h.Slopes = fitLogistic(x, yes)
		p := make([]float64, len(x))
		for i := range x {
			p[i] = h.probability(x[i])
		}
		for out := range Folds {
			cut := threshold(p, yes, func(n int) bool { return fold(examples[fitted[n]].Topic, Folds) != out })
			for n, i := range tested {
				if fold(examples[i].Topic, Folds) == out {
					j.p[v][n] = h.probability(pick(c.apart[i], h.Columns))
					j.said[v][n], j.yes[v][n] = j.p[v][n] > cut, labels[v](examples[i])
				}
			}
		}
	})
	for _, i := range tested {
		j.topics = append(j.topics, examples[i].Topic)
	}
	return j.evaluation(yardstick), nil
}

// EvaluateModel judges a model, its thresholds as they are, on examples that it
// was not learned from. Their labels are those of schwartz.
func EvaluateModel(m *Model, examples []Example, lang string) *Evaluation {
	c := &course{examples: examples}
	_, labels := c.columns(m.Yardstick)
	j := newJudged(m.Yardstick.Names(), len(examples))
	s := m.Scorer()
	var p []float64
	for i, e := range examples {
		s.Read(e.Text, lang)
		p = s.Probabilities(p[:0])
		for v := range p {
			j.p[v][i], j.said[v][i], j.yes[v][i] = p[v], p[v] > s.Threshold(v), labels[v](e)
		}
		j.topics = append(j.topics, e.Topic)
	}
	return j.evaluation(m.Yardstick.ID)
}

// EvaluateDictionary judges a dictionary (value name to words, as JSON): a value
// is said when one of its words is there, and the more often the surer.
func EvaluateDictionary(dictionary io.Reader, examples []Example, yardstick string) (*Evaluation, error) {
	var words map[string][]string
	if err := json.NewDecoder(dictionary).Decode(&words); err != nil {
		return nil, fmt.Errorf("reading a dictionary: %w", err)
	}
	y := builtinYardstick(yardstick)
	if y == nil {
		return nil, fmt.Errorf("evaluating: no yardstick %q", yardstick)
	}
	c := &course{examples: slices.DeleteFunc(slices.Clone(examples), func(e Example) bool { return e.Guide })}
	_, labels := c.columns(y)
	j := newJudged(y.Names(), len(c.examples))
	listed := &Yardstick{ID: "dictionary"}
	for _, name := range y.Names() {
		v := Value{ID: name}
		for key, list := range words {
			if strings.EqualFold(key, name) {
				v.Seeds.EN = list
			}
		}
		listed.Values = append(listed.Values, v)
	}
	find := newFinder(listed, "en")
	var r reader
	var hits []hit
	for i, e := range c.examples {
		hits, r.plain = find.find(hits[:0], e.Text, r.read(e.Text), r.plain)
		for _, h := range hits {
			j.p[h.value][i]++
			j.said[h.value][i] = true
		}
		for v := range j.names {
			j.yes[v][i] = labels[v](e)
		}
	}
	for _, e := range c.examples {
		j.topics = append(j.topics, e.Topic)
	}
	return j.evaluation(yardstick), nil
}

// draws is how often topics are drawn for an interval.
const draws = 200

// evaluation counts, then counts again on drawn topics.
func (j *judged) evaluation(yardstick string) *Evaluation {
	number, of := map[string]int{}, make([]int, len(j.topics))
	for i, t := range j.topics {
		if _, ok := number[t]; !ok {
			number[t] = len(number)
		}
		of[i] = number[t]
	}
	e := &Evaluation{Yardstick: yardstick, Texts: len(j.topics), Topics: len(number)}
	order := make([][]int, len(j.names))
	each(len(order), func(v int) {
		order[v] = make([]int, len(j.topics))
		for i := range order[v] {
			order[v][i] = i
		}
		slices.SortStableFunc(order[v], func(a, b int) int { return cmp.Compare(j.p[v][a], j.p[v][b]) })
	})
	ones := make([]float64, len(number))
	for t := range ones {
		ones[t] = 1
	}
	whole := j.count(order, of, ones)
	drawn := make([]tally, draws)
	each(draws, func(d int) {
		times := make([]float64, len(number))
		stat.Resample(stat.Stream(1, d), times)
		drawn[d] = j.count(order, of, times)
	})
	interval := func(f func(t *tally) float64) measure.Estimate {
		var all []float64
		for d := range drawn {
			if x := f(&drawn[d]); !math.IsNaN(x) {
				all = append(all, x)
			}
		}
		slices.Sort(all)
		return measure.Estimate{Center: f(&whole), Lo: stat.Quantile(all, .025), Hi: stat.Quantile(all, .975), Confidence: .95, N: e.Texts, Unit: measure.Score}
	}
	e.Official, e.MeanF1, e.MeanAUC = interval((*tally).official), interval((*tally).meanF1), interval((*tally).meanAUC)
	e.Precision, e.Recall = mean(whole.precision), mean(whole.recall)
	for v, name := range j.names {
		e.Values = append(e.Values, ValueEvaluation{Name: name, Share: whole.share[v], Precision: whole.precision[v], Recall: whole.recall[v],
			F1: interval(func(t *tally) float64 { return t.f1(v) }), AUC: interval(func(t *tally) float64 { return t.auc[v] })})
	}
	e.Confusions = j.confusions()
	return e
}

// tally holds, by value, what counting gives.
type tally struct{ precision, recall, auc, share []float64 }

func (t *tally) f1(v int) float64 {
	if t.precision[v]+t.recall[v] == 0 {
		return 0
	}
	return 2 * t.precision[v] * t.recall[v] / (t.precision[v] + t.recall[v])
}

func (t *tally) official() float64 {
	p, r := mean(t.precision), mean(t.recall)
	return 2 * p * r / max(p+r, 1e-12)
}

func (t *tally) meanF1() float64 {
	sum := 0.0
	for v := range t.precision {
		sum += t.f1(v)
	}
	return sum / float64(len(t.precision))
}

// meanAUC leaves out values that no text, or every text, has.
func (t *tally) meanAUC() float64 {
	return mean(slices.DeleteFunc(slices.Clone(t.auc), math.IsNaN))
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// count counts each text as often as its topic was drawn. The AUC is the
// probability that a text with the value scores above one without, ties half.
func (j *judged) count(order [][]int, of []int, times []float64) tally {
	var t tally
	for v := range j.names {
		var hit, said, yes, all, below, area float64
		for a := 0; a < len(order[v]); {
			b, up, down := a, 0.0, 0.0
			for b < len(order[v]) && j.p[v][order[v][b]] == j.p[v][order[v][a]] {
				i := order[v][b]
				w := times[of[i]]
				all += w
				if j.said[v][i] {
					said += w
				}
				if j.yes[v][i] {
					up += w
					if j.said[v][i] {
						hit += w
					}
				} else {
					down += w
				}
				b++
			}
			area += up * (below + down/2)
			below += down
			yes += up
			a = b
		}
		auc := math.NaN()
		if yes > 0 && below > 0 {
			auc = area / (yes * below)
		}
		t.precision, t.recall = append(t.precision, hit/max(said, 1)), append(t.recall, hit/max(yes, 1))
		t.auc, t.share = append(t.auc, auc), append(t.share, yes/max(all, 1))
	}
	return t
}

const mostConfusions = 10

// confusions pairs each missed value with each wrongly said one of its text.
func (j *judged) confusions() []Confusion {
	var all []Confusion
	for missed := range j.names {
		for said := range j.names {
			c := Confusion{Missed: j.names[missed], Said: j.names[said]}
			for i := range j.topics {
				if j.yes[missed][i] && !j.said[missed][i] && j.said[said][i] && !j.yes[said][i] {
					c.Texts++
				}
			}
			if c.Texts > 0 {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Confusion) int { return cmp.Compare(b.Texts, a.Texts) })
	return all[:min(len(all), mostConfusions)]
}
