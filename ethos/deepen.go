package ethos

import (
	"math"
	"slices"
)

// Numbers of [Learn]'s second step. They were found where each of schwartz's
// twenty values is treated as unlabelled in turn.
const (
	takenShare   = .2  // of a corpus that is taken for examples of a value
	pseudoCost   = .02 // of an error on such an example
	labelCost    = .1  // of an error on a label of a person
	ownSlope     = .8  // of the learned score in the log-odds, in its standard deviations
	beforeSlope  = .4  // of the seeded log-odds, in theirs
	ownSeedSlope = .6  // of a seed found
	fewLabels    = 30  // from here on, labels of a value set its slopes and bias
	fitForce     = 40  // how strongly labels must pull to change these
	pseudoParts  = 3
)

// deepen replaces the seeded scorer of a language by one learned from the
// corpus, when that is large enough: the texts that the seeded scorer finds most
// probable are taken as examples, and people's labels as better ones.
func (m *Model) deepen(lang string, texts []Text, labels []Label) {
	k := len(m.Yardstick.Values)
	l, place := m.lesson(lang, texts)
	if len(l.first) < fewestTexts {
		return
	}
	for _, label := range labels {
		if i, ok := place[label.Text]; ok {
			if l.said[label.Value] == nil {
				l.said[label.Value] = map[int32]bool{}
			}
			l.said[label.Value][i] = label.Yes
		}
	}
	columns, bias, heads := make([][]weigher, k), make([]float64, k), make([]head, k)
	seeded := m.tongues[lang]
	each(k, func(v int) {
		var own ownHead
		columns[v], bias[v], own = l.value(v)
		heads[v] = own.over(v, k, seeded.heads[v])
	})
	t := newTongue(l.matrix, columns, bias).joined(seeded)
	t.heads, t.seeds = heads, seeded.seeds
	m.tongues[lang] = t
}

// lesson is a corpus in one language from which a yardstick's words are learned.
type lesson struct {
	matrix       *matrix
	first, seeds [][]float64      // of each text, by value: the seeded log-odds, the seeds found
	said         []map[int32]bool // by value: people's labels of texts
}

// lesson takes the texts of a language, and tells where in it each one is.
func (m *Model) lesson(lang string, texts []Text) (l *lesson, place map[int]int32) {
	l, place = &lesson{said: make([]map[int32]bool, len(m.Yardstick.Values))}, map[int]int32{}
	s := m.Scorer()
	var own []string
	for i, text := range texts {
		told := s.Read(text.Text, text.Lang)
		if (told == "fr") != (lang == "fr") || s.Words() == 0 {
			continue
		}
		odds := make([]float64, len(m.Yardstick.Values))
		for v := range odds {
			odds[v] = s.odds(v)
		}
		place[i] = int32(len(own))
		own = append(own, text.Text)
		l.first, l.seeds = append(l.first, odds), append(l.seeds, countSeeds(s.hits, len(odds)))
	}
	l.matrix = gather(own, len(own), 2)
	return l, place
}

// ownHead weighs what was learned from a corpus (its column), what was known
// before (the seeded log-odds without its seeds), and seeds found.
type ownHead struct{ bias, own, before, seed, threshold float64 }

// over makes it a head of a joined table: k learned columns, then those of the
// seeded head.
func (o ownHead) over(v, k int, seeded head) head {
	h := head{Columns: []int{v}, Slopes: []float64{o.own}, Bias: o.bias + o.before*seeded.Bias, Seed: o.seed, Threshold: o.threshold}
	for i, c := range seeded.Columns {
		h.Columns = append(h.Columns, k+c)
		h.Slopes = append(h.Slopes, o.before*seeded.Slopes[i])
	}
	return h
}

// value learns one value: which texts to take for examples, then their words,
// then how its score becomes a probability.
func (l *lesson) value(v int) ([]weigher, float64, ownHead) {
	yes := l.examples(v)
	label := func(i int32) bool {
		if y, ok := l.said[v][i]; ok {
			return y
		}
		return yes[i]
	}
	cost := func(i int32) float64 {
		if _, ok := l.said[v][i]; ok {
			return labelCost
		}
		return pseudoCost
	}
	apart, before := l.apart(label, cost), l.before(v)
	var all []int32
	for i := range l.first {
		all = append(all, int32(i))
	}
	weights, bias := taught.learn(l.matrix.lot(all), label, cost)
	h := ownHead{own: ownSlope / deviation(apart), before: beforeSlope / deviation(before), seed: ownSeedSlope, threshold: .25}
	h.bias = rest - h.own*mean(apart) - h.before*mean(before)
	if len(l.said[v]) >= fewLabels {
		l.fit(v, &h, apart, before)
	}
	return weights, bias, h
}

// deviation is the standard deviation, never 0.
func deviation(x []float64) float64 {
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += float64((v - m) * (v - m))
	}
	return max(math.Sqrt(sum/float64(len(x))), 1e-6)
}

// examples takes the share of texts that rank highest by the words that seeds
// bring with them, by what was known before, and by the seeds themselves.
func (l *lesson) examples(v int) []bool {
	n := len(l.first)
	seeds, rank := make([]float64, n), make([]float64, n)
	for i := range seeds {
		seeds[i] = l.seeds[i][v]
	}
	words := l.apart(func(i int32) bool { return seeds[i] > 0 }, func(int32) float64 { return pseudoCost })
	before := l.before(v)
	dw, db, ds := deviation(words), deviation(before), deviation(seeds)
	for i := range rank {
		rank[i] = float64(words[i]/dw) + float64(before[i]/db) + float64(seeds[i]/ds)/2
	}
	sorted := slices.Clone(rank)
	slices.Sort(sorted)
	cut := sorted[int(float64(n)*(1-takenShare))]
	yes := make([]bool, n)
	for i, r := range rank {
		yes[i] = r > cut
	}
	return yes
}

// apart scores each text by a scorer that has not learned from it.
func (l *lesson) apart(label func(int32) bool, cost func(int32) float64) []float64 {
	scores := make([]float64, len(l.first))
	for part := range pseudoParts {
		var learned []int32
		for i := range scores {
			if i%pseudoParts != part {
				learned = append(learned, int32(i))
			}
		}
		weights, bias := taught.learn(l.matrix.lot(learned), label, cost)
		for i := part; i < len(scores); i += pseudoParts {
			scores[i] = l.matrix.score(int32(i), weights, bias)
		}
	}
	return scores
}

// before gives the seeded log-odds of each text without the seeds' share.
func (l *lesson) before(v int) []float64 {
	odds := make([]float64, len(l.first))
	for i := range odds {
		odds[i] = l.first[i][v] - float64(seedSlope*l.seeds[i][v])
	}
	return odds
}

// fit sets the slopes of a head by people's labels. Scores are standardised
// first, so that all slopes are pulled alike.
func (l *lesson) fit(v int, h *ownHead, apart, before []float64) {
	var x [3][]float64
	var y []bool
	for i := range apart { // in the order of the texts, so that the sum is the same every time
		if yes, ok := l.said[v][int32(i)]; ok {
			x[0], x[1], x[2] = append(x[0], apart[i]), append(x[1], before[i]), append(x[2], l.seeds[i][v])
			y = append(y, yes)
		}
	}
	expected, rows := make([]float64, 3), make([][]float64, len(y))
	for i := range rows {
		rows[i] = make([]float64, 3)
	}
	for c, slope := range []float64{h.own, h.before, h.seed} {
		m, d := mean(x[c]), deviation(x[c])
		expected[c] = slope * d
		for i := range rows {
			rows[i][c] = (x[c][i] - m) / d
		}
	}
	bias, slopes := fitAround(expected, fitForce, rows, y)
	p := make([]float64, len(y))
	for i := range p {
		p[i] = logistic(bias + float64(slopes[0]*rows[i][0]) + float64(slopes[1]*rows[i][1]) + float64(slopes[2]*rows[i][2]))
	}
	h.threshold = threshold(p, y, func(int) bool { return true })
	for c, slope := range []*float64{&h.own, &h.before, &h.seed} {
		*slope = slopes[c] / deviation(x[c])
		bias -= *slope * mean(x[c])
	}
	h.bias = bias
}
