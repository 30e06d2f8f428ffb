package whuffie

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Circle replaces both circles, and walks anew from them.
func (w *World) Circle(known, seen []string) error {
	if err := w.gather(known, seen); err != nil {
		return err
	}
	w.walkAll()
	return nil
}

// gather makes the circles, each name once, in the order given.
func (w *World) gather(known, seen []string) error {
	var circles [2][]uint32
	for c, list := range [...][]string{known, seen} {
		in := map[uint32]bool{}
		for _, name := range list {
			p, err := w.named(name)
			if err != nil {
				return fmt.Errorf("circle: %w", err)
			}
			if !in[p] {
				in[p] = true
				circles[c] = append(circles[c], p)
			}
		}
	}
	w.circles = circles
	return nil
}

// walkAll makes every walk, on all cores; what comes out doesn't depend on their number.
func (w *World) walkAll() {
	people := len(w.people)
	ws := &w.walks
	*ws = walks{tallies: newTallies(people)}
	total := 0
	for c, circle := range w.circles {
		if len(circle) > 0 {
			total += w.opt.Walks
		}
		if c == 0 {
			ws.n = total
		}
	}
	ws.size = make([]uint8, total)
	ws.off = make([]uint32, total+1)
	ws.limits(w)
	ws.path = make([]step, ws.off[total])
	nexts := make([]float32, ws.off[total])
	size := min(blockSize, w.opt.Walks)
	fresh := func() *counted { return &counted{newBlock(w, size), newTallies(people)} }
	for _, part := range parallel(total, size, fresh, func(part *counted, lo, hi int) { w.walkBlock(part, nexts, lo, hi) }) {
		ws.add(part.tallies)
	}
	ws.enlist(people, nexts)
}

// counted is a block, and what its walks met.
type counted struct {
	*block
	tallies
}

// walkBlock makes walks lo to hi, which start in the same circle.
func (w *World) walkBlock(b *counted, nexts []float32, lo, hi int) {
	ws := &w.walks
	circle := w.circles[0]
	if lo >= ws.n {
		circle = w.circles[1]
	}
	b.walk(func(i int) uint64 { return w.seed(ws.number(uint32(lo + i))) }, circle, hi-lo)
	for i := lo; i < hi; i++ {
		t := b.track(i - lo)
		ws.size[i] = uint8(t.size)
		for k := range t.size {
			at := int(ws.off[i]) + k
			ws.path[at].person, nexts[at] = t.people[k], b.tracks[i-lo].next[k]
		}
		w.count(uint32(i), &t, &b.tallies, +1)
	}
}

// limits makes room for as many people as each walk may meet.
func (ws *walks) limits(w *World) {
	parallel(len(ws.size), 1<<14, nothing, func(_ struct{}, lo, hi int) {
		for i := lo; i < hi; i++ {
			ws.off[i+1] = uint32(w.limit(w.seed(ws.number(uint32(i)))))
		}
	})
	for i := range ws.size {
		ws.off[i+1] += ws.off[i]
	}
}

// enlist makes the lists of visits, each in the order of the walks. Every core goes through all walks and lists its part
// of the people.
func (ws *walks) enlist(people int, nexts []float32) {
	ends := make([]uint32, people+1)
	ws.visits = make([][]visit, people)
	share := people/runtime.GOMAXPROCS(0) + 1
	parallel(people, share, nothing, func(_ struct{}, lo, hi int) {
		ws.each(lo, hi, func(s *step, _, _ int) { ends[s.person+1]++ })
	})
	for p := range people {
		ends[p+1] += ends[p]
	}
	arena := make([]visit, ends[people])
	parallel(people, share, nothing, func(_ struct{}, lo, hi int) {
		for p := lo; p < hi; p++ {
			ws.visits[p] = arena[ends[p]:ends[p]:ends[p+1]]
		}
		ws.each(lo, hi, func(s *step, i, k int) {
			list := &ws.visits[s.person]
			s.at = uint32(len(*list))
			*list = append(*list, visitAt(nexts[int(ws.off[i])+k], uint32(i), k))
		})
	})
}

// each calls yield for every step that meets one of the people lo to hi, with its walk and position.
func (ws *walks) each(lo, hi int, yield func(s *step, walk, pos int)) {
	for i, size := range ws.size {
		path := ws.path[ws.off[i]:][:size]
		for k := range path {
			if p := int(path[k].person); lo <= p && p < hi {
				yield(&path[k], i, k)
			}
		}
	}
}

// add sums tallies.
func (t tallies) add(o tallies) {
	for c := range t.met {
		for p, n := range o.met[c] {
			t.met[c][p] += n
		}
	}
	for p, n := range o.harmed {
		t.harmed[p] += n
	}
}

// parallel runs do on every part of [0, n), on all cores, each core with something fresh of its own, which it gives back.
// The parts don't depend on the number of cores.
func parallel[T any](n, part int, fresh func() T, do func(own T, lo, hi int)) []T {
	var taken atomic.Int64
	var wait sync.WaitGroup
	owns := make([]T, min(runtime.GOMAXPROCS(0), (n+part-1)/part))
	for core := range owns {
		wait.Go(func() {
			owns[core] = fresh()
			for {
				lo := int(taken.Add(1)-1) * part
				if lo >= n {
					return
				}
				do(owns[core], lo, min(n, lo+part))
			}
		})
	}
	wait.Wait()
	return owns
}

func nothing() (none struct{}) { return }
