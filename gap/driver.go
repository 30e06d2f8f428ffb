package gap

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure/stat"
)

// Driver is a word that more persons of one side use than of the other, and that
// speaks for a value.
type Driver struct {
	Word         string   `json:"word"`
	Side         string   `json:"side"` // whose word it is
	Organisation int      `json:"organisation"`
	Community    int      `json:"community"` // persons who use it
	Few          int      `json:"few"`       // a count below it is told as 0
	LogOdds      float64  `json:"log_odds"`  // above 0 the organisation's
	Q            float64  `json:"q"`         // p, corrected for the number of words
	Values       []string `json:"values"`    // ids of the values that the word alone speaks for
}

// Numbers of the drivers.
const (
	driversShown = 15  // on each side
	priorUsers   = 500 // persons that the prior counts for
	driverSpeaks = 1.  // log-odds that a word must give a value, standing alone, to be said to speak for it
)

// users counts, for a word, the persons of each side who use it.
type users struct {
	word   string
	counts [2]float64
}

// drivers compares the words of the two sides by log-odds with an informative
// Dirichlet prior (Monroe, Colaresi & Quinn 2008): the prior is what all persons
// together use, so that rare words need more to stand out. Persons are counted,
// not words, so that nobody's habit becomes a side's.
func (m *meter) drivers(s sides) []Driver {
	words, totals := m.vocabulary(s)
	pooled := totals[0] + totals[1]
	var z, p []float64
	var odds []float64
	for _, u := range words {
		prior := priorUsers * (u.counts[0] + u.counts[1]) / pooled
		part := func(w int) float64 {
			return math.Log((u.counts[w] + prior) / (totals[w] + priorUsers - u.counts[w] - prior))
		}
		delta := part(0) - part(1)
		variance := 1/(u.counts[0]+prior) + 1/(u.counts[1]+prior)
		odds, z = append(odds, delta), append(z, delta/math.Sqrt(variance))
		p = append(p, 2*distuv.UnitNormal.Survival(math.Abs(z[len(z)-1])))
	}
	q := stat.BenjaminiHochberg(p)
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(z[b]), math.Abs(z[a])) })
	least := float64(FewestInside) // persons of the side whose word it is
	if m.options.Public {
		least = FewestPublic
	}
	found, shown := []Driver{}, [2]int{}
	scorer := m.scores.model.Scorer()
	for _, i := range order {
		w := 0
		if z[i] < 0 {
			w = 1
		}
		if q[i] >= .05 || shown[w] == driversShown || words[i].counts[w] < least {
			continue
		}
		values := m.speaksFor(scorer, words[i].word)
		if len(values) == 0 {
			continue
		}
		shown[w]++
		found = append(found, Driver{Word: words[i].word, Side: []string{"organisation", "community"}[w], LogOdds: odds[i], Q: q[i],
			Organisation: int(words[i].counts[0]), Community: int(words[i].counts[1]), Values: values})
	}
	return found
}

// vocabulary counts the persons behind each word, and all persons' words.
func (m *meter) vocabulary(s sides) (words []users, totals [2]float64) {
	place := map[uint64]int{}
	var message prose.Message
	var plain []byte
	for w, side := range []*side{&s.organisation, &s.community} {
		for p := range side.persons {
			used := map[uint64]bool{}
			for _, i := range side.persons[p].messages {
				text := m.scores.log.Text(int(m.scores.messages[i].index))
				message.Read(text)
				for _, t := range message.Tokens {
					if t.Kind != prose.Word || used[t.Hash] || t.End-t.Start < 3 {
						continue
					}
					used[t.Hash] = true
					n, ok := place[t.Hash]
					if !ok {
						n = len(words)
						place[t.Hash] = n
						plain = append(plain[:0], strings.ToLower(t.Text(text))...)
						words = append(words, users{word: string(plain)})
					}
					words[n].counts[w]++
					totals[w]++
				}
			}
		}
	}
	return words, totals
}

// speaksFor gives the values to whose log-odds a word alone adds something.
func (m *meter) speaksFor(scorer *ethos.Scorer, word string) []string {
	scorer.Read(word, "")
	ids := []string{}
	for v, value := range m.scores.model.Yardstick.Values {
		spans, _ := scorer.Contributions(v)
		sum := 0.0
		for _, s := range spans {
			sum += s.Contribution
		}
		if sum >= driverSpeaks {
			ids = append(ids, value.ID)
		}
	}
	return ids
}
