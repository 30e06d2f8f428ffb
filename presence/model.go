package presence

import (
	"math"
	"slices"

	"github.com/entregent/entregent/measure/stat"
)

// The components, in the order of the report.
const (
	attention = iota
	constancy
	evenness
	diffusion
	voice
	exchange // the component called conversation
	components
)

var componentNames = [components]string{"attention", "constancy", "evenness", "diffusion", "voice", "conversation"}

// model is a cohort boiled down to what a bootstrap draw needs: every appeal,
// answer and post belongs to a cluster (an asker in a week), every cluster to a
// week, and a draw says how often each counts.
type model struct {
	par      Parameters
	clusters int
	weekOf   []int32 // of clusters
	weeks    int

	attention *stat.Bootstrap

	matured []outcome // appeals old enough to say
	facets  []facet   // those that can be compared
	replies []reply   // answers, for diffusion and voice

	people, departments int // numbers in replies
	declared            int // departments there should be

	broadcasts, exchanges []float64 // by week: threads opened, appeals answered
	local, foreign        []float64 // by week: messages in others' threads, all and local ones
	named                 bool      // the log says who wrote
	measured              [components]bool
}

// outcome is whether a matured appeal was answered in time.
type outcome struct {
	cluster, week int32
	weight        float64
	answered      bool
}

// facet splits the matured appeals into groups.
type facet struct {
	name   string
	group  []int32 // of matured; -1: none
	groups int
	p      float64 // of the log-rank test
	gated  bool    // it survived
}

// reply is one message of the organisation to an outsider.
type reply struct {
	message, cluster   int32
	person, department int32 // -1: not known
	answers            bool  // it stopped a clock or could have
	human              bool  // signed, and neither a copy nor hollow
}

// draw evaluates the components with every cluster counted times[c] times. The
// slices of s are scratch.
func (m *model) draw(times []float64, s *scratch) (v [components]float64) {
	for k := range v {
		v[k] = math.NaN()
	}
	if m.measured[attention] {
		v[attention] = m.attention.Draw(times)
	}
	if m.measured[constancy] {
		v[constancy] = m.constancy(times, s)
	}
	if m.measured[evenness] {
		v[evenness] = m.evenness(times, s)
	}
	if m.measured[diffusion] || m.measured[voice] {
		v[diffusion], v[voice] = m.work(times, s)
	}
	if m.measured[exchange] {
		v[exchange] = m.exchange(s.week)
	}
	return v
}

// scratch is what a draw writes to.
type scratch struct {
	times  []float64 // how often each cluster counts
	week   []float64 // how often each week counts
	k, n   []float64
	people []float64
	places []float64
}

func (m *model) scratch() *scratch {
	size := m.weeks
	for _, f := range m.facets {
		size = max(size, f.groups)
	}
	return &scratch{times: make([]float64, m.clusters), week: make([]float64, m.weeks), k: make([]float64, size), n: make([]float64, size),
		people: make([]float64, m.people), places: make([]float64, m.departments)}
}

func (m *model) constancy(times []float64, s *scratch) float64 {
	k, n := s.k[:m.weeks], s.n[:m.weeks]
	clear(k)
	clear(n)
	for i := range m.matured {
		o := &m.matured[i]
		w := o.weight * times[o.cluster]
		n[o.week] += w
		if o.answered {
			k[o.week] += w
		}
	}
	return apart(stat.ICCCounts(k, n))
}

func (m *model) evenness(times []float64, s *scratch) float64 {
	least := 1.0
	for _, f := range m.facets {
		if !f.gated {
			continue
		}
		k, n := s.k[:f.groups], s.n[:f.groups]
		clear(k)
		clear(n)
		for i := range m.matured {
			o := &m.matured[i]
			g := f.group[i]
			if g < 0 {
				continue
			}
			w := o.weight * times[o.cluster]
			n[g] += w
			if o.answered {
				k[g] += w
			}
		}
		if e := apart(stat.ICCCounts(k, n)); e < least {
			least = e
		}
	}
	return least
}

// apart is 1-√max(0, ICC): how little groups stand apart.
func apart(icc float64) float64 {
	if math.IsNaN(icc) {
		return 1
	}
	return 1 - math.Sqrt(min(1, max(0, icc)))
}

// work gives diffusion and human voice.
func (m *model) work(times []float64, s *scratch) (d, v float64) {
	clear(s.people)
	clear(s.places)
	human, all := 0.0, 0.0
	for i := range m.replies {
		r := &m.replies[i]
		w := times[r.cluster]
		all += w
		if r.human {
			human += w
		}
		if !r.answers {
			continue
		}
		if r.person >= 0 {
			s.people[r.person] += w
		}
		if r.department >= 0 {
			s.places[r.department] += w
		}
	}
	d, v = math.NaN(), math.NaN()
	if m.measured[diffusion] {
		d = m.spread(s)
	}
	if m.measured[voice] && all > 0 {
		v = human / all
	}
	return d, v
}

// spread is ½·departments + ½·people. Where no department is declared the
// organisation is one department.
func (m *model) spread(s *scratch) float64 {
	people := 0.0
	if slices.ContainsFunc(s.people, func(x float64) bool { return x > 0 }) {
		people = min(1, max(0, (math.Exp(stat.ChaoShen(s.people))-1)/(m.par.PeopleTarget-1)))
	}
	heard := 0.0
	for _, n := range s.places {
		if n >= 3 {
			heard++
		}
	}
	return (min(1, heard/float64(max(1, m.declared))) + people) / 2
}

// exchange is ½·(1-B) + ½·T, each the mean over the weeks that have something
// to say of it, so that one campaign week weighs as one week.
func (m *model) exchange(week []float64) float64 {
	var b, bn, t, tn float64
	for w, times := range week {
		if all := m.broadcasts[w] + m.exchanges[w]; all > 0 {
			b += times * m.exchanges[w] / all
			bn += times
		}
		if m.foreign[w] > 0 {
			t += times * m.local[w] / m.foreign[w]
			tn += times
		}
	}
	switch {
	case bn == 0 && tn == 0:
		return math.NaN()
	case tn == 0:
		return b / bn
	case bn == 0:
		return t / tn
	}
	return (b/bn + t/tn) / 2
}

// index is 100·A·(product of the others)^(1/how many), over those measured.
func index(v [components]float64) float64 {
	log, n := 0.0, 0
	for k := constancy; k < components; k++ {
		if !math.IsNaN(v[k]) {
			log += math.Log(v[k])
			n++
		}
	}
	if n == 0 {
		return 100 * v[attention]
	}
	return 100 * v[attention] * math.Exp(log/float64(n))
}
