package gap

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// meter measures the scores of a log.
type meter struct {
	scores  *scores
	options Options
}

// sides are the two sides of some messages.
type sides struct {
	organisation, community side
}

func (m *meter) sides(list []int) sides {
	return sides{m.scores.gather(conversation.Organisation, list), m.scores.gather(conversation.Community, list)}
}

// shown is what may be told of the sides.
func (m *meter) shown(s sides) Sides {
	return Sides{m.one(&s.organisation), m.one(&s.community)}
}

func (m *meter) one(s *side) Side {
	out := Side{Persons: len(s.persons), Messages: s.messages, Profile: map[string]float64{}}
	for i := range s.persons {
		out.Dominated = out.Dominated || float64(len(s.persons[i].messages)) > mostOfOne*float64(s.messages)
	}
	if s.enough() {
		for v, p := range s.profile(m.scores.width, nil) {
			out.Profile[m.scores.model.Yardstick.Values[v].ID] = p
		}
	}
	return out
}

// comparison is one side's profile minus another's, with all that is needed for
// intervals.
type comparison struct {
	meter    *meter
	sides    sides
	enough   bool
	a, b     []float64   // profiles, not ipsatised
	gap      []float64   // of the ipsatised profiles
	sampling [][]float64 // covariance of gap over draws of persons
	scoring  [][]float64 // covariance of gap from the scorer's errors
	freedom  float64     // of Student's t
	n        int
	why      []measure.Doubt
}

// compare finds the gap, its sampling error by drawing persons anew and its
// measurement error by the model's spread or by people's labels.
func (m *meter) compare(s sides) *comparison {
	k := m.scores.width
	c := &comparison{meter: m, sides: s, enough: s.organisation.enough() && s.community.enough(), n: len(s.organisation.persons) + len(s.community.persons)}
	if !c.enough {
		c.why = m.tooFew(s)
		return c
	}
	c.a, c.b = s.organisation.profile(k, nil), s.community.profile(k, nil)
	c.gap = minus(ipsatised(c.a), ipsatised(c.b))
	c.freedom = float64(min(len(s.organisation.persons), len(s.community.persons)) - 1)
	c.scoring = m.spread(s)
	if correction, covariance, ok := m.corrected(s); ok {
		for v := range c.gap {
			c.gap[v] += correction[v]
		}
		c.scoring = covariance
	} else if len(m.options.Labels) > 0 {
		c.why = append(c.why, measure.Doubted("few-labels", fewestLabels))
	}
	c.sampling = m.drawn(s)
	return c
}

// drawn is the covariance of the gap over draws of persons.
func (m *meter) drawn(s sides) [][]float64 {
	k, n := m.scores.width, m.options.draws()
	gaps := make([][]float64, n)
	each(n, func(d int) {
		random := stat.Stream(m.options.Seed, d)
		gaps[d] = minus(ipsatised(s.organisation.drawn(k, random)), ipsatised(s.community.drawn(k, random)))
	})
	return covariance(gaps)
}

// spread is the covariance of the gap from the scorer's errors: those of its
// topics and those of its texts, on both sides.
func (m *meter) spread(s sides) [][]float64 {
	k := m.scores.width
	v := square(k)
	for _, side := range []*side{&s.organisation, &s.community} {
		fr, en := m.scores.model.Spread("fr"), m.scores.model.Spread("en")
		for a := range k {
			for b := range k {
				topic := side.french*fr.Topic[a][b] + (1-side.french)*en.Topic[a][b]
				text := side.french*fr.Text[a][b] + (1-side.french)*en.Text[a][b]
				v[a][b] += topic*side.topics + text*side.texts
			}
		}
	}
	return v
}

// estimate gives Σ weight·gap with its interval.
func (c *comparison) estimate(weights []float64) measure.Estimate {
	if !c.enough {
		return measure.Unmeasured(measure.Score, c.n, c.why...)
	}
	center, sd := c.at(weights)
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: c.freedom}.Quantile(.975)
	e := measure.Estimate{Center: center, Lo: center - t*sd, Hi: center + t*sd, Confidence: .95, N: c.n, Unit: measure.Score}
	return e.With(c.why...)
}

func (c *comparison) at(weights []float64) (center, sd float64) {
	variance := 0.0
	for a, x := range weights {
		if x == 0 {
			continue
		}
		center += x * c.gap[a]
		for b, y := range weights {
			variance += x * y * (c.sampling[a][b] + c.scoring[a][b])
		}
	}
	return center, math.Sqrt(max(variance, 0))
}

// one weighs value v alone.
func (c *comparison) one(v int) []float64 {
	w := make([]float64, c.meter.scores.width)
	w[v] = 1
	return w
}

// p is how probable a gap this far from 0 would be if there was none.
func (c *comparison) p(v int) float64 {
	center, sd := c.at(c.one(v))
	if sd == 0 {
		return 1
	}
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: c.freedom}.Survival(math.Abs(center)/sd)
}

// values tells every value's gap, the widest first.
func (c *comparison) values() []Value {
	y := c.meter.scores.model.Yardstick
	out := make([]Value, len(y.Values))
	p := make([]float64, len(out))
	for v := range out {
		out[v] = Value{ID: y.Values[v].ID, Name: y.Values[v].Name, Gap: c.estimate(c.one(v)), Quotes: []Quote{}}
		if c.enough {
			out[v].Organisation, out[v].Community = &c.a[v], &c.b[v]
			p[v] = c.p(v)
		}
	}
	if !c.enough {
		return out
	}
	for v, q := range stat.BenjaminiHochberg(p) {
		if out[v].Differs = q < .05; !out[v].Differs {
			out[v].More = c.more(v)
		}
	}
	slices.SortStableFunc(out, func(a, b Value) int {
		x, y := math.Abs(a.Gap.Center), math.Abs(b.Gap.Center)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out
}

// more says what would bring the interval of value v, now around 0, away from
// it: both errors shrink with the number of messages and topics; labels take the
// place of the scorer's part.
func (c *comparison) more(v int) *More {
	center, sd := c.at(c.one(v))
	need := math.Abs(center) / 1.96
	if need < 1e-4 || sd <= need {
		return nil
	}
	n := float64(min(c.sides.organisation.messages, c.sides.community.messages))
	more := &More{Messages: int(math.Ceil(n * (sd*sd/(need*need) - 1)))}
	if left := need*need - c.sampling[v][v]; left > 0 {
		text := 0.0
		for _, lang := range []string{"en", "fr"} {
			from := c.meter.scores.model.Spread(lang)
			text = max(text, from.Text[v][v]+from.Topic[v][v])
		}
		more.Labels = max(fewestLabels, int(math.Ceil(2*text/left)))
	}
	const never = 1_000_000
	if more.Messages > never {
		return nil
	}
	return more
}

// axes tells the gap on the two axes: the mean over the values at the first
// pole minus the mean over those at the second, each by how near it stands.
func (c *comparison) axes() map[string]measure.Estimate {
	out := map[string]measure.Estimate{}
	for _, axis := range ethos.Axes {
		if w := axisWeights(c.meter.scores.model.Yardstick, axis); w != nil {
			out[axis] = c.estimate(w)
		}
	}
	return out
}

// axisWeights weighs each value by its place; nil when a pole is empty.
func axisWeights(y *ethos.Yardstick, axis string) []float64 {
	w := make([]float64, len(y.Values))
	first, second := 0.0, 0.0
	for v := range w {
		w[v] = y.Values[v].Axes[axis]
		first += max(w[v], 0)
		second += max(-w[v], 0)
	}
	if first == 0 || second == 0 {
		return nil
	}
	for v := range w {
		if w[v] > 0 {
			w[v] /= first
		} else {
			w[v] /= second
		}
	}
	return w
}
