package ethos

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func builtin(t testing.TB, name string) *Model {
	t.Helper()
	m, err := Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The score is a sum: what the words add to what is said of no words is the
// whole, for every value of every yardstick.
func TestContributionsAddUp(t *testing.T) {
	own, err := Learn(&Yardstick{ID: "own", Values: []Value{
		{ID: "care", Name: Words{EN: "Care"}, Seeds: Phrases{EN: []string{"help*", "care", "support"}, FR: []string{"aider", "aide", "soin*"}}, Neighbours: []string{"benevolence-caring"}},
		{ID: "money", Name: Words{EN: "Money"}, Seeds: Phrases{EN: []string{"money", "cost*", "profit*"}, FR: []string{"argent", "coût*", "profit*"}}},
	}}, corpus(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*Model{builtin(t, "schwartz"), builtin(t, "schwartz10"), builtin(t, "fosse"), own} {
		s := m.Scorer()
		for _, text := range []string{"", "Freedom!", "We help each other, and help costs no money at all.", "L'aide est gratuite ; on partage l'argent et les soins.", strings.Repeat("a long story about profit and help ", 40)} {
			s.Read(text, "")
			for v, p := range s.Probabilities(nil) {
				spans, sum := s.Contributions(v)
				for _, span := range spans {
					sum += span.Contribution
				}
				if got := 1 / (1 + math.Exp(-sum)); math.Abs(got-p) > 1e-9 {
					t.Errorf("%s: %q: value %d: words add up to %.9f, the probability is %.9f", m.Yardstick.ID, text[:min(20, len(text))], v, got, p)
				}
			}
		}
	}
}

// corpus is enough texts for a yardstick of one's own to learn from.
func corpus() []Text {
	var all []Text
	say := []string{"they help and care for their neighbours", "the cost of money and profit rises", "a walk in the wood", "nobody knows the answer to this question", "ils aident et prennent soin des autres", "le coût de l'argent"}
	for i := range 400 {
		all = append(all, Text{say[i%len(say)] + " " + say[(i/7)%len(say)], ""})
	}
	return all
}

func TestEvidenceIsWhereTheWordsStand(t *testing.T) {
	s := builtin(t, "schwartz").Scorer()
	text := "Hello there. We must protect wild animals and the forests they live in. Bye."
	s.Read(text, "en")
	v := slices.Index(s.model.Yardstick.IDs(), "universalism-nature")
	if p := s.Probabilities(nil)[v]; p < s.Threshold(v) {
		t.Errorf("nature has probability %.2f, below its threshold", p)
	}
	spans := s.Evidence(v, 3)
	all := ""
	for i, span := range spans {
		if i > 0 && span.Start < spans[i-1].End {
			t.Error("spans overlap or are out of order")
		}
		all += text[span.Start:span.End] + "|"
	}
	if !strings.Contains(all, "animals") {
		t.Errorf("evidence is %q", all)
	}
}

func TestSomebodyElsesWordsSayNothing(t *testing.T) {
	s := builtin(t, "schwartz").Scorer()
	s.Read("I agree.", "en")
	own := s.Probabilities(nil)
	s.Read("> We must protect animals and nature\n\nI agree.", "en")
	if quoted := s.Probabilities(nil); !slices.Equal(own, quoted) {
		t.Error("a quoted text changes what its answer expresses")
	}
}

// A message says the same whatever was read before it.
func TestScorersForget(t *testing.T) {
	m := builtin(t, "fosse")
	a := m.Scorer()
	texts := append(slices.Clone(english), "La rentabilité et le partage", "", "🙂")
	for _, text := range texts {
		a.Read(text, "")
		a.Probabilities(nil)
	}
	for _, text := range texts {
		a.Read(text, "")
		b := m.Scorer()
		b.Read(text, "")
		if !slices.Equal(a.Probabilities(nil), b.Probabilities(nil)) {
			t.Errorf("%q: a scorer that has read on says another thing", text)
		}
	}
}

func TestPolarity(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       Polarity
	}{
		{"We want freedom for all.", "freedom", Attained}, {"There is no freedom here.", "freedom", Constrained},
		{"We live without freedom.", "freedom", Constrained}, {"Not only freedom but care.", "freedom", Attained},
		{"This is not without freedom.", "freedom", Attained}, {"It never rains. Freedom reigns.", "Freedom", Attained},
		{"They lack freedom.", "freedom", Constrained}, {"La liberté pour tous.", "liberté", Attained},
		{"Il n'y a pas de liberté ici.", "liberté", Constrained}, {"Vivre sans liberté.", "liberté", Constrained},
		{"Sans doute la liberté viendra.", "liberté", Attained}, {"Moins de liberté, dit-il.", "liberté", Constrained},
		{"Non seulement la liberté.", "liberté", Attained}, {"Il n'a aucune liberté.", "liberté", Constrained},
	} {
		s := builtin(t, "fosse").Scorer()
		s.Read(c.text, "")
		at := strings.Index(c.text, c.word)
		if got := s.polarity(at + len(c.word)); got != c.want {
			t.Errorf("%q: %s is %s, want %s", c.text, c.word, got, c.want)
		}
	}
}

// The same texts in French and English have nearly the same profile, beyond what
// any two groups of such texts share.
func TestParallelTextsHaveOneProfile(t *testing.T) {
	examples, translated := valueeval(t), parallel(t)
	m := builtin(t, "schwartz")
	s := m.Scorer()
	k := len(m.Yardstick.Values)
	en, fr := make([]float64, k), make([]float64, k)
	var perText float64
	n := 0.0
	for _, e := range examples {
		text, ok := translated[e.ID]
		if !ok || e.Guide {
			continue
		}
		if lang := s.Read(text, ""); lang != "fr" {
			t.Errorf("%q is read as %q", text, lang)
		}
		p := s.Probabilities(nil)
		s.Read(e.Text, "en")
		q := s.Probabilities(nil)
		for v := range p {
			fr[v] += p[v]
			en[v] += q[v]
		}
		perText += pearson(p, q)
		n++
	}
	t.Logf("profiles correlate at %.3f, single texts at %.3f on average (%g texts)", pearson(en, fr), perText/n, n)
	if r := pearson(en, fr); r < .9 {
		t.Errorf("profiles correlate at %.3f, want .9", r)
	}
}

func pearson(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}
