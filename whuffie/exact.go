package whuffie

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
)

// Oracle tells the exact shares that the walks estimate, as long as its World doesn't change.
//
// With f₀(r) = 0 and fₙ(v) = 1, fₙ(r) = α·Σ_θ P(r→g)·fₙ₋₁(g) is the chance that a walk at r, which may still meet n
// people, meets v; so K(v) is the mean of f₇ over the circle, without v herself. Seven sweeps over all thanks tell one
// person (an absorbing dynamic programme). For harm, every set of reporters that might have drawn is tried in turn.
//
// People are numbered from the most to the least thanked, so that the numbers read most often lie close together
// (Zhang et al., IEEE Big Data 2017); shares are float32: exact to about six digits.
type Oracle struct {
	w       *World
	number  []uint32  // of each person, here
	off     []uint32  // edges of person n are off[n] to off[n+1]
	to      []uint32  // by number
	p       []float32 // α·m/C
	starts  [2][]uint32
	cuts    []int // persons at which the sweep is cut into parts of about as many edges
	f, back []float32
}

// maxReporters is the largest number of live reporters of one person that an exact Harm tries: 2^n programmes.
const maxReporters = 8

// Exact tells somebody's standing without chance, in seven sweeps over all thanks. To ask for several people, ask an
// Oracle. See Oracle.Score for the error.
func (w *World) Exact(name string) (Score, error) { return w.Oracle().Score(name) }

// Oracle prepares exact answers: about twice the memory of the thanks' sweeps, and one pass to sort them.
func (w *World) Oracle() *Oracle {
	o := &Oracle{w: w, number: make([]uint32, len(w.people)), off: make([]uint32, len(w.people)+1)}
	order := w.mostThanked()
	for n, p := range order {
		o.number[p] = uint32(n)
		if w.length(p) > 0 {
			o.off[n+1] = uint32(len(w.people[p].thanks.marks))
		}
		o.off[n+1] += o.off[n]
	}
	o.to, o.p = make([]uint32, o.off[len(order)]), make([]float32, o.off[len(order)])
	parallel(len(order), 1<<12, nothing, func(_ struct{}, lo, hi int) {
		for n := lo; n < hi; n++ {
			o.fill(n, order[n])
		}
	})
	for c, circle := range w.circles {
		for _, p := range circle {
			if p != none {
				o.starts[c] = append(o.starts[c], o.number[p])
			}
		}
	}
	o.cut()
	o.f, o.back = make([]float32, len(order)), make([]float32, len(order))
	return o
}

// mostThanked orders people by how many thanks lead to them.
func (w *World) mostThanked() []uint32 {
	counts := make([]atomic.Uint32, len(w.people))
	parallel(len(w.people), 1<<12, nothing, func(_ struct{}, lo, hi int) {
		for p := lo; p < hi; p++ {
			for _, m := range w.people[p].thanks.marks {
				if m.to != none {
					counts[m.to].Add(1)
				}
			}
		}
	})
	order := make([]uint32, len(w.people))
	for p := range order {
		order[p] = uint32(p)
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(counts[b].Load(), counts[a].Load()) })
	return order
}

// fill writes the edges of person p, who has number n here. An edge that leads nowhere has no chance.
func (o *Oracle) fill(n int, p uint32) {
	at := o.off[n]
	c := o.w.length(p)
	if c == 0 {
		return
	}
	for i := range o.w.people[p].thanks.marks {
		m := &o.w.people[p].thanks.marks[i]
		if m.live() {
			o.to[at] = o.number[m.to]
			o.p[at] = float32(o.w.opt.Follow * o.w.stick.mass(float64(m.weight), m.time) / c)
		}
		at++
	}
}

// cut divides the people into parts of about as many edges.
func (o *Oracle) cut() {
	const part = 1 << 16
	o.cuts = []int{0}
	last := uint32(0)
	for n := range o.number {
		if o.off[n+1]-last > part {
			o.cuts = append(o.cuts, n+1)
			last = o.off[n+1]
		}
	}
	if o.cuts[len(o.cuts)-1] < len(o.number) {
		o.cuts = append(o.cuts, len(o.number))
	}
}

// sweep makes fₙ of fₙ₋₁; fixed people keep their value.
func (o *Oracle) sweep(fixed []uint32) {
	parallel(len(o.cuts)-1, 1, nothing, func(_ struct{}, lo, hi int) {
		for n := o.cuts[lo]; n < o.cuts[hi]; n++ {
			o.back[n] = gather(o.to[o.off[n]:o.off[n+1]], o.p[o.off[n]:o.off[n+1]], o.f)
		}
	})
	for _, n := range fixed {
		o.back[n] = o.f[n]
	}
	o.f, o.back = o.back, o.f
}

// gather is Σ p·f(to).
func gather(to []uint32, p, f []float32) float32 {
	var a, b float32
	p = p[:len(to)]
	i := 0
	for ; i+1 < len(to); i += 2 {
		a += float32(p[i] * f[to[i]])
		b += float32(p[i+1] * f[to[i+1]])
	}
	if i < len(to) {
		a += float32(p[i] * f[to[i]])
	}
	return a + b
}

// hit makes f the share of walks, from each person, that meet one of the people in hits before anybody in stops; who
// starts there has met her.
func (o *Oracle) hit(hits, stops []uint32) {
	clear(o.f)
	fixed := append(slices.Clone(hits), stops...)
	for _, n := range stops {
		o.f[n] = 0
	}
	for _, n := range hits {
		o.f[n] = 1
	}
	for range Horizon - 1 {
		o.sweep(fixed)
	}
}

// sum adds up what hit found for the circle's members.
func (o *Oracle) sum(circle int) (sum float64) {
	for _, n := range o.starts[circle] {
		sum += float64(o.f[n])
	}
	return sum
}

// From is the exact share of walks from a viewer that meet somebody: what View.Own estimates as Known.
func (o *Oracle) From(viewer, name string) (float64, error) {
	e, p := o.w.names.find(viewer), o.w.names.find(name)
	if e == none || p == none {
		return 0, fmt.Errorf("exact standing of %q for %q: %w", name, viewer, ErrUnknown)
	}
	if e == p {
		return 0, nil
	}
	o.hit([]uint32{o.number[p]}, nil)
	return float64(o.f[o.number[e]]), nil
}

// Score tells somebody's standing without chance. Harm of somebody with more than 8 live reporters is still the walks'
// estimate, and Err then says so by not being 0.
func (o *Oracle) Score(name string) (Score, error) {
	w := o.w
	p := w.names.find(name)
	if p == none {
		return Score{}, fmt.Errorf("exact standing of %q: %w", name, ErrUnknown)
	}
	v := []uint32{o.number[p]}
	var share [2]float64
	o.hit(v, nil)
	for c := range w.circles {
		if n := len(w.circles[c]); n > 0 {
			sum := o.sum(c)
			if slices.Contains(o.starts[c], v[0]) {
				sum--
			}
			share[c] = sum / float64(n)
		}
	}
	d, exact := o.harm(p)
	s := w.sum(share[0], share[1], d)
	if !exact {
		s.Err = math.Sqrt(w.variance(s, Score{Harm: d}) / float64(w.opt.Walks))
	}
	s.Met = int(share[0] * float64(w.opt.Walks))
	s.Organisation = w.people[p].organisation
	return s, nil
}

// harm is D: the mean, over every set of reporters who might be those that draw, of the share of walks that meet one of
// the set before they meet p.
func (o *Oracle) harm(p uint32) (share float64, exact bool) {
	reporters, chances := o.w.reportersOf(p)
	n := len(reporters)
	switch {
	case n == 0 || len(o.w.circles[0]) == 0:
		return 0, true
	case n > maxReporters:
		return o.w.score(p).Harm, false
	}
	sum := 0.0
	for set := uint(1); set < 1<<n; set++ {
		chance := 1.0
		drawn := make([]uint32, 0, bits.OnesCount(set))
		for i, r := range reporters {
			if set>>i&1 == 1 {
				chance *= chances[i]
				drawn = append(drawn, o.number[r])
			} else {
				chance *= 1 - chances[i]
			}
		}
		o.hit(drawn, []uint32{o.number[p]})
		sum += float64(chance * o.sum(0))
	}
	return sum / float64(len(o.w.circles[0])), true
}

// reportersOf lists who has a live report about p, in the order of their numbers, and the chance that a walk through her
// draws it.
func (w *World) reportersOf(p uint32) (reporters []uint32, chances []float64) {
	for _, q := range w.reporters {
		if w.chanceOf(q, p) > 0 {
			reporters = append(reporters, q)
		}
	}
	slices.Sort(reporters)
	for _, q := range reporters {
		chances = append(chances, w.chanceOf(q, p))
	}
	return reporters, chances
}

// chanceOf is the chance that a walk which meets q draws her report about p.
func (w *World) chanceOf(q, p uint32) float64 {
	if w.people[q].harm < 0 || w.people[q].organisation {
		return 0
	}
	r := &w.harm[w.people[q].harm]
	for i := range r.marks {
		if m := &r.marks[i]; m.live() && m.to == p {
			return w.stick.mass(float64(m.weight), m.time) / (w.reserves.harm + r.mass)
		}
	}
	return 0
}
