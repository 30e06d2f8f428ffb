package ethos

import "slices"

// Numbers of [Learn]'s second step. They were found where each of schwartz's
// twenty values is treated as unlabelled in turn.
const (
	takenShare  = .2  // of a corpus that is taken for examples of a value
	pseudoCost  = .02 // of an error on such an example
	labelCost   = .1  // of an error on a label of a person
	ownSlope    = 1.2 // of the learned score in the log-odds
	fewLabels   = 30  // from here on, labels of a value set its slope and bias
	pseudoParts = 3
)

// deepen replaces the seeded scorer of a language by one learned from the
// corpus, when that is large enough: the texts that the seeded scorer finds most
// probable are taken as examples, and people's labels as better ones.
func (m *Model) deepen(lang string, texts []Text, labels []Label) {
	s := m.Scorer()
	var own []string
	place := map[int]int32{}
	var first [][]float64 // the seeded log-odds
	var seeds [][]float64
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
		first, seeds = append(first, odds), append(seeds, countSeeds(s.hits, len(odds)))
	}
	if len(own) < fewestTexts {
		return
	}
	l := lesson{matrix: gather(own, len(own), 2), first: first, seeds: seeds, said: make([]map[int32]bool, len(m.Yardstick.Values))}
	for _, label := range labels {
		if i, ok := place[label.Text]; ok {
			if l.said[label.Value] == nil {
				l.said[label.Value] = map[int32]bool{}
			}
			l.said[label.Value][i] = label.Yes
		}
	}
	k := len(m.Yardstick.Values)
	columns, bias, heads := make([][]weigher, k), make([]float64, k), make([]head, k)
	each(k, func(v int) { columns[v], bias[v], heads[v] = l.value(v) })
	t := newTongue(l.matrix, columns, bias)
	t.heads, t.seeds = heads, m.tongues[lang].seeds
	m.tongues[lang] = t
}

// lesson is a corpus in one language from which a yardstick's words are learned.
type lesson struct {
	matrix       *matrix
	first, seeds [][]float64
	said         []map[int32]bool // by value: people's labels of texts
}

// value learns one value: which texts to take for examples, then their words,
// then how its score becomes a probability.
func (l *lesson) value(v int) ([]weigher, float64, head) {
	yes := l.examples(v)
	label := func(i int32) bool {
		if y, ok := l.said[v][i]; ok {
			return y
		}
		return yes[i]
	}
	apart := l.apart(label, l.cost(v))
	var all []int32
	for i := range l.first {
		all = append(all, int32(i))
	}
	weights, bias := taught.learn(l.matrix, all, label, l.cost(v))
	h := head{Columns: []int{v}, Slopes: []float64{ownSlope}, Seed: seedSlope, Bias: rest - ownSlope*mean(apart), Threshold: .25}
	if len(l.said[v]) >= fewLabels {
		l.fit(v, &h, apart)
	}
	return weights, bias, h
}

func (l *lesson) cost(v int) func(int32) float64 {
	return func(i int32) float64 {
		if _, ok := l.said[v][i]; ok {
			return labelCost
		}
		return pseudoCost
	}
}

// examples takes the share of texts that the seeded scorer finds most probable.
func (l *lesson) examples(v int) []bool {
	rank := make([]float64, len(l.first))
	for i := range rank {
		rank[i] = l.first[i][v]
	}
	sorted := slices.Clone(rank)
	slices.Sort(sorted)
	cut := sorted[int(float64(len(sorted))*(1-takenShare))]
	yes := make([]bool, len(rank))
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
		weights, bias := taught.learn(l.matrix, learned, label, cost)
		for i := part; i < len(scores); i += pseudoParts {
			scores[i] = l.matrix.score(int32(i), weights, bias)
		}
	}
	return scores
}

// fit sets the slopes of a head by people's labels.
func (l *lesson) fit(v int, h *head, apart []float64) {
	var x [][]float64
	var y []bool
	for i := range apart { // in the order of the texts, so that the sum is the same every time
		if yes, ok := l.said[v][int32(i)]; ok {
			x, y = append(x, []float64{apart[i], l.seeds[i][v]}), append(y, yes)
		}
	}
	bias, slopes := fitAround([]float64{ownSlope, seedSlope}, 4, x, y)
	h.Bias, h.Slopes, h.Seed = bias, slopes[:1], slopes[1]
	p := make([]float64, len(x))
	for i := range x {
		p[i] = logistic(bias + slopes[0]*x[i][0] + slopes[1]*x[i][1])
	}
	h.Threshold = threshold(p, y, func(int) bool { return true })
}
