package gap

import (
	"math"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// Distance is how far the whole profiles stand apart: the square root of the
// Jensen-Shannon divergence (Lin 1991) in base 2, 0 the same and 1 nothing in
// common, of the profiles taken as shares. Two samples of one population never
// show 0, so Null is what persons dealt out at random to the two sides show on
// average, Excess what is left above it, and P how often chance shows as much.
type Distance struct {
	JSD    measure.Estimate `json:"jsd"`
	Null   *float64         `json:"null"`
	Excess *float64         `json:"excess"`
	P      *float64         `json:"p"`
	// Circular is the same by another distance, where the values stand on a
	// circle (those of Schwartz); null for other yardsticks.
	Circular *Circular `json:"circular"`
}

// Circular is how far one profile must be carried round the circle of the values
// to become the other, as a share of half the way round, beside what persons
// dealt out at random show.
type Circular struct {
	Found  float64 `json:"found"`
	Null   float64 `json:"null"`
	Excess float64 `json:"excess"`
	P      float64 `json:"p"`
}

// distance deals the persons out anew, keeping the sizes of the sides.
func (m *meter) distance(s sides) Distance {
	n := len(s.organisation.persons) + len(s.community.persons)
	if !s.organisation.enough() || !s.community.enough() {
		return Distance{JSD: measure.Unmeasured(measure.Score, n, m.tooFew(s)...)}
	}
	k, draws := m.scores.width, m.options.draws()
	a, b := s.organisation.profile(k, nil), s.community.profile(k, nil)
	all := append(append([]person(nil), s.organisation.persons...), s.community.persons...)
	apart, around := make([]float64, draws), make([]float64, draws)
	each(draws, func(d int) {
		order := stat.Stream(m.options.Seed+1, d).Perm(n)
		var a, b side
		for i, p := range order {
			if i < len(s.organisation.persons) {
				a.persons = append(a.persons, all[p])
			} else {
				b.persons = append(b.persons, all[p])
			}
		}
		one, other := a.profile(k, nil), b.profile(k, nil)
		apart[d], around[d] = jsd(one, other), circular(one, other)
	})
	found := jsd(a, b)
	null, excess, p := beside(found, apart)
	out := Distance{JSD: measure.Estimate{Center: found, Lo: math.NaN(), Hi: math.NaN(), N: n, Unit: measure.Score}, Null: &null, Excess: &excess, P: &p}
	if m.scores.model.Yardstick.Circle {
		c := Circular{Found: circular(a, b)}
		c.Null, c.Excess, c.P = beside(c.Found, around)
		out.Circular = &c
	}
	return out
}

// beside sets what was found beside what chance showed.
func beside(found float64, dealt []float64) (null, excess, p float64) {
	above := 1.0
	for _, x := range dealt {
		null += x / float64(len(dealt))
		if x >= found {
			above++
		}
	}
	return null, found - null, above / float64(len(dealt)+1)
}

func jsd(a, b []float64) float64 {
	var sa, sb float64
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
	}
	sum := 0.0
	for i := range a {
		p, q := a[i]/sa, b[i]/sb
		mid := (p + q) / 2
		if p > 0 {
			sum += p * math.Log2(p/mid) / 2
		}
		if q > 0 {
			sum += q * math.Log2(q/mid) / 2
		}
	}
	return math.Sqrt(max(sum, 0))
}

// halves is how often persons are split for the reliability.
const halves = 100

// leastReliable: below it the gaps say more of who happened to speak than of the
// sides.
const leastReliable = .7

// reliability splits the persons of both sides in halves, correlates the gaps
// that the halves show over the values, and steps the mean up to full length
// (Spearman-Brown).
func (m *meter) reliability(s sides) measure.Estimate {
	n := len(s.organisation.persons) + len(s.community.persons)
	if !s.organisation.enough() || !s.community.enough() {
		return measure.Unmeasured(measure.Score, n, m.tooFew(s)...)
	}
	k := m.scores.width
	found := make([]float64, halves)
	each(halves, func(d int) {
		random := stat.Stream(m.options.Seed+2, d)
		var gaps [2][]float64
		var parts [2][2]side
		for w, whole := range []*side{&s.organisation, &s.community} {
			for i, p := range random.Perm(len(whole.persons)) {
				parts[i%2][w].persons = append(parts[i%2][w].persons, whole.persons[p])
			}
		}
		for h := range gaps {
			gaps[h] = minus(ipsatised(parts[h][0].profile(k, nil)), ipsatised(parts[h][1].profile(k, nil)))
		}
		found[d] = correlation(gaps[0], gaps[1])
	})
	mean := 0.0
	for _, r := range found {
		mean += r / halves
	}
	e := measure.Estimate{Center: 2 * mean / (1 + mean), Lo: math.NaN(), Hi: math.NaN(), N: n, Unit: measure.Score}
	if mean <= -1 || math.IsNaN(e.Center) {
		return measure.Unmeasured(measure.Score, n)
	}
	if e.Center < leastReliable {
		e = e.With(measure.Doubted("unreliable", e.Center, leastReliable))
	}
	return e
}
