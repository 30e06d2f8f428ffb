package whuffie

import (
	"fmt"
	"iter"
	"math"
	"math/bits"
	"slices"
)

// View is how one person sees the others: half by walks that start with her, half by the circle's. Her walks are those of
// the moment when the view was made; the circle's are live.
//
// Most walks of somebody who thanked few or long ago stop with her. Those tell nothing, so a view makes only walks that go
// on, and counts them for the share that would: K = P[goes on]·P[meets | goes on].
type View struct {
	w      *World
	viewer uint32
	n      int
	goes   float64 // P[goes on]
	met    []share // walks that met a person, of those that go on
	harmed []share // walks that drew a report
}

// share is how many walks of a view came to a person.
type share struct {
	person uint32
	walks  uint32
}

// From makes n walks, a power of two, that start with the viewer and go on. 4,096 suit a page.
func (w *World) From(viewer string, n int) (*View, error) {
	p := w.names.find(viewer)
	if p == none {
		return nil, fmt.Errorf("view from %q: %w", viewer, ErrUnknown)
	}
	if n < 1 || n > maxWalks || n&(n-1) != 0 {
		return nil, fmt.Errorf("view from %q: %d walks: not a power of two up to 2^26", viewer, n)
	}
	v := &View{w: w, viewer: p, n: n}
	givers, ends := w.ways(p)
	if len(givers) == 0 {
		return v, nil
	}
	v.goes = w.opt.Follow * ends[len(ends)-1] / w.length(p)
	var met, harmed []cursor
	size := min(n, 1<<11)
	fresh := func() *glimpse {
		g := &glimpse{block: newBlock(w, size), viewer: p, givers: givers, ends: ends, met: make([]cursor, 0, 4*size)}
		g.fleeting = true
		return g
	}
	for _, g := range parallel(n, size, fresh, (*glimpse).look) {
		met = append(met, g.met...)
		harmed = append(harmed, g.harmed...)
	}
	v.met, v.harmed = w.countRuns(met), w.countRuns(harmed)
	return v, nil
}

// ways lists to whom a walk may go on from p: end to end, as far as their masses reach.
func (w *World) ways(p uint32) (givers []uint32, ends []float64) {
	if w.length(p) == 0 {
		return nil, nil
	}
	sum := 0.0
	for i := range w.people[p].thanks.marks {
		if m := &w.people[p].thanks.marks[i]; m.live() {
			if mass := w.stick.mass(float64(m.weight), m.time); mass > 0 {
				sum += mass
				givers, ends = append(givers, m.to), append(ends, sum)
			}
		}
	}
	return givers, ends
}

// glimpse is a block of a viewer's walks, and whom they met.
type glimpse struct {
	*block
	viewer      uint32
	givers      []uint32
	ends        []float64
	met, harmed []cursor
}

// look makes walks lo to hi of a viewer.
func (g *glimpse) look(lo, hi int) {
	seed := func(i int) uint64 { return g.w.seed(viewerWalk + uint64(lo+i)) }
	all := g.ends[len(g.ends)-1]
	g.on = g.on[:hi-lo]
	for i := range g.on {
		s := seed(i)
		point := float64(mix(s^saltStart)>>11) * 0x1p-53 * all
		way, _ := slices.BinarySearch(g.ends, point)
		long, _ := bits.Mul64(mix(s^saltLength), g.w.lengths[0])
		g.tracks[i].people[0] = g.viewer
		g.limits[i] = uint8(g.w.limitAt(long))
		g.on[i] = cursor{uint32(i), g.givers[way]}
	}
	g.walkOn(seed, 1)
	for i := range hi - lo {
		t := g.track(i)
		for k := 1; k < t.size; k++ {
			if t.first(k) {
				g.met = append(g.met, cursor{uint32(i), t.people[k]})
			}
		}
		if len(g.w.harm) > 0 {
			g.w.harms(&t, seed(i), func(_ uint32, _ int, about uint32) {
				g.harmed = append(g.harmed, cursor{uint32(i), about})
			})
		}
	}
}

// countRuns counts how many walks came to each person.
func (w *World) countRuns(list []cursor) (shares []share) {
	list, _ = byPerson(list, make([]cursor, cap(list)), len(w.people))
	for i, c := range list {
		if i == 0 || c.person != list[i-1].person {
			shares = append(shares, share{person: c.person})
		}
		shares[len(shares)-1].walks++
	}
	return shares
}

func (v *View) of(shares []share, p uint32) uint32 {
	i, found := slices.BinarySearchFunc(shares, p, func(s share, p uint32) int { return int(int64(s.person) - int64(p)) })
	if !found {
		return 0
	}
	return shares[i].walks
}

// Own tells somebody's standing by the viewer's walks alone.
func (v *View) Own(name string) Score {
	p := v.w.names.find(name)
	if p == none {
		return Score{}
	}
	s, variance := v.own(p)
	s.Err = math.Sqrt(variance(s))
	return s
}

// own tells what the viewer's walks say of p, and the variance of that in a sum.
func (v *View) own(p uint32) (s Score, variance func(sum Score) float64) {
	n := float64(v.n)
	met := v.of(v.met, p)
	on := Score{Known: float64(met) / n, Harm: float64(v.of(v.harmed, p)) / n}
	s = v.w.sum(float64(v.goes*on.Known), 0, float64(v.goes*on.Harm)+float64((1-v.goes)*v.w.chanceOf(v.viewer, p)))
	s.Met = int(met)
	s.Organisation = v.w.people[p].organisation
	return s, func(sum Score) float64 { return v.goes * v.goes * v.w.variance(sum, on) / n }
}

// Score tells somebody's standing as the viewer sees it: half of Known and of Harm is hers, half the circle's; Seen is
// the circle's.
func (v *View) Score(name string) Score {
	p := v.w.names.find(name)
	if p == none {
		return Score{}
	}
	own, variance := v.own(p)
	all := v.w.score(p)
	s := v.w.sum((own.Known+all.Known)/2, all.Seen, (own.Harm+all.Harm)/2)
	s.Err = math.Sqrt((variance(s)+v.w.variance(s, all)/float64(v.w.opt.Walks))/4 + v.w.seenVariance(s))
	s.Met = own.Met + all.Met
	s.Organisation = all.Organisation
	return s
}

// Met tells, as Score does, everybody whom the viewer's own walks met, in the order in which the log named them.
func (v *View) Met() iter.Seq2[string, Score] {
	return func(yield func(string, Score) bool) {
		for _, s := range v.met {
			if name := v.w.names.get(s.person); name != "" && !yield(name, v.Score(name)) {
				return
			}
		}
	}
}
