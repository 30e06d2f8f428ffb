package gap

import (
	"github.com/entregent/entregent/conversation"
)

// Label is what a person said of a message: which of the yardstick's values, by
// id, it expresses. Values that are not named are not there.
type Label struct {
	Message conversation.MessageID
	Values  []string
}

// fewestLabels on each side, from 30 persons or more, before labels take the
// place of the model's spread.
const fewestLabels = 60

// corrected finds by people's labels how far the probabilities stray on each
// side, and so corrects the gap: the difference estimator of survey sampling
// (prediction-powered inference, Angelopoulos et al. 2023). The labelled
// messages should have been drawn at random. ok is false below 60 labels a side.
func (m *meter) corrected(s sides) (correction []float64, scoring [][]float64, ok bool) {
	k := m.scores.width
	said := map[int]map[string]bool{}
	for _, l := range m.options.Labels {
		i, found := m.scores.log.Find(l.Message)
		if !found {
			continue
		}
		set := map[string]bool{}
		for _, v := range l.Values {
			set[v] = true
		}
		said[i] = set
	}
	correction, scoring = make([]float64, k), square(k)
	for n, side := range []*side{&s.organisation, &s.community} {
		sign := float64(1 - 2*n)
		labels := 0
		var residuals [][]float64
		for p := range side.persons {
			var sum []float64
			n := 0.0
			for _, i := range side.persons[p].messages {
				set, labelled := said[int(m.scores.messages[i].index)]
				if !labelled {
					continue
				}
				if sum == nil {
					sum = make([]float64, k)
				}
				n++
				labels++
				for v := range sum {
					sum[v] -= float64(m.scores.p[i*k+v])
					if set[m.scores.model.Yardstick.Values[v].ID] {
						sum[v]++
					}
				}
			}
			if sum != nil {
				for v := range sum {
					sum[v] /= n
				}
				residuals = append(residuals, ipsatised(sum))
			}
		}
		if labels < fewestLabels || len(residuals) < FewestPersons {
			return nil, nil, false
		}
		c := covariance(residuals)
		for a := range k {
			for _, r := range residuals {
				correction[a] += sign * r[a] / float64(len(residuals))
			}
			for b := range k {
				scoring[a][b] += c[a][b] / float64(len(residuals))
			}
		}
	}
	return correction, scoring, true
}
