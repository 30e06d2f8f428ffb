package ethos

import (
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation/prose"
)

// messages are short texts of real length, made from the parallel sample and its
// words, half of them French.
func messages(b *testing.B) []string {
	var all []string
	for _, text := range parallel(b) {
		all = append(all, text)
	}
	return append(all, english...)
}

var english = strings.Split(strings.TrimSpace(`
Thanks for the quick answer, I will try the new firmware tonight and tell you how it goes.
We are proud to report another record quarter, with strong margins and growing market share.
Has anyone managed to get the sensor working behind a solar panel without losing readings?
I am happy to lend you my spare board, no need to send anything back.
The procedure must be approved by the legal team before we can publish anything.
Everybody should be free to change the code and share what they have learned.
Sorry to hear that, hope your family is safe and that you get some rest.
Our shareholders expect profitability, so we will cut costs and streamline the process.
Please read the guidelines before posting, comments that break the rules will be removed.
It is unfair that the small ones pay more than the big ones for the same electricity.
`), "\n")

// BenchmarkScore scores short messages, the language found out for each.
func BenchmarkScore(b *testing.B) {
	m, err := Builtin("schwartz")
	if err != nil {
		b.Fatal(err)
	}
	texts := messages(b)
	s := m.Scorer()
	var p []float64
	bytes, n := 0, 0
	for b.Loop() {
		s.Read(texts[n%len(texts)], "")
		p = s.Probabilities(p[:0])
		bytes += len(texts[n%len(texts)])
		n++
	}
	b.SetBytes(int64(bytes / n))
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkPlainRead only looks at every byte: what no scorer can beat.
func BenchmarkPlainRead(b *testing.B) {
	texts := messages(b)
	n, sum := 0, 0
	for b.Loop() {
		for _, c := range []byte(texts[n%len(texts)]) {
			sum += int(c)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
	_ = sum
}

// BenchmarkDictionary counts words in a map of words, as dictionaries do.
func BenchmarkDictionary(b *testing.B) {
	words := map[string]int{}
	for i, v := range builtinYardstick("schwartz").Values {
		for _, s := range append(v.Seeds.EN, v.Seeds.FR...) {
			words[strings.TrimSuffix(s, "*")] = i
		}
	}
	texts := messages(b)
	n := 0
	var count [20]int
	for b.Loop() {
		for w := range strings.FieldsSeq(strings.ToLower(texts[n%len(texts)])) {
			if v, ok := words[strings.Trim(w, ".,;:!?«»\"'")]; ok {
				count[v]++
			}
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkTokens is the share of reading the words alone.
func BenchmarkTokens(b *testing.B) {
	texts := messages(b)
	var m prose.Message
	n := 0
	for b.Loop() {
		m.Read(texts[n%len(texts)])
		m.Language()
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkTrain learns all built-in models from ValueEval'23.
func BenchmarkTrain(b *testing.B) {
	examples := valueeval(b)
	for b.Loop() {
		if _, err := Train(examples); err != nil {
			b.Fatal(err)
		}
	}
}
