package gap

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Declared sets what the organisation says it stands for against what its
// messages speak of, and beside what it does.
type Declared struct {
	ID       string           `json:"id"`
	Declared float64          `json:"declared"` // mean probability over the declaration's texts
	Lived    *float64         `json:"lived"`    // the organisation's profile; null below the minimum
	Gap      measure.Estimate `json:"gap"`      // lived minus declared, both ipsatised
	Deeds    []Deed           `json:"deeds"`
}

// Deed is something the organisation does that shows a value, as far as a
// conversation can tell. It is a share and no probability: set beside what is
// declared, it can't be subtracted from it.
type Deed struct {
	ID    string           `json:"id"` // one of ethos.Deeds
	Share measure.Estimate `json:"share"`
}

// Deeds are the deeds that Presence measures: the share of appeals that the
// organisation answers within two days, and the components that say whether that
// depends on the week (constancy), on who asks and where (evenness), whether
// more than a few answer (diffusion), and in a human voice.
func Deeds(p presence.Report) map[string]measure.Estimate {
	done := map[string]measure.Estimate{"constancy": p.Components.Constancy.Estimate, "evenness": p.Components.Evenness.Estimate,
		"diffusion": p.Components.Diffusion.Estimate, "voice": p.Components.Voice.Estimate}
	for _, a := range p.Answered {
		if a.Within == "48h" && a.Rule == presence.ByOrganisation && a.Of == presence.All {
			done["answers"] = a.Estimate
		}
	}
	return done
}

// declared scores the declaration's texts as it does messages. The declaration
// is taken whole, not as a sample; the error is the organisation's persons' and
// the scorer's on both. Each text is taken for a topic of its own, for it
// declares something else than the next.
func (m *meter) declared(lived side) []Declared {
	k := m.scores.width
	scorer := m.scores.model.Scorer()
	mean, n, french := make([]float64, k), 0.0, 0.0
	for _, text := range m.options.Declared {
		lang := scorer.Read(text.Text, text.Lang)
		if scorer.Words() < reading.FewestWords {
			continue
		}
		n++
		if lang == "fr" {
			french++
		}
		for v, p := range scorer.Probabilities(nil) {
			mean[v] += p
		}
	}
	out := []Declared{}
	if n == 0 {
		return out
	}
	for v := range mean {
		mean[v] /= n
	}
	said := side{side: conversation.Organisation, french: french / n, topics: 1 / n, texts: 1 / n}
	scoring := m.spread(sides{lived, said})
	var sampling [][]float64
	if lived.enough() {
		sampling = m.drawn(sides{lived, side{persons: []person{{mean: mean}}}})
	}
	for v, value := range m.scores.model.Yardstick.Values {
		d := Declared{ID: value.ID, Declared: mean[v], Gap: measure.Unmeasured(measure.Score, len(lived.persons)), Deeds: []Deed{}}
		for _, id := range value.Deeds {
			if share, ok := m.options.Deeds[id]; ok {
				d.Deeds = append(d.Deeds, Deed{id, share})
			}
		}
		if lived.enough() {
			profile := lived.profile(k, nil)
			d.Lived = &profile[v]
			center := ipsatised(profile)[v] - ipsatised(mean)[v]
			half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(len(lived.persons) - 1)}.Quantile(.975) * math.Sqrt(sampling[v][v]+scoring[v][v])
			d.Gap = measure.Estimate{Center: center, Lo: center - half, Hi: center + half, Confidence: .95, N: len(lived.persons), Unit: measure.Score}
		}
		out = append(out, d)
	}
	return out
}
