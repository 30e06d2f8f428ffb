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
	*ws = walks{}
	total := 0
	for c, circle := range w.circles {
		if len(circle) > 0 {
			total += w.opt.Walks
			ws.met[c] = make(count, people)
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
	parallel(total, size, func() *block { return newBlock(w, size) }, func(b *block, lo, hi int) {
		w.walkBlock(b, nexts, lo, hi)
	})
	ws.enlist(people, nexts)
	w.recountHarm()
}

// walkBlock makes walks lo to hi, which start in the same circle.
func (w *World) walkBlock(b *block, nexts []float32, lo, hi int) {
	ws := &w.walks
	circle := w.circles[0]
	if lo >= ws.n {
		circle = w.circles[1]
	}
	for i := lo; i < hi; i++ {
		b.limits[i-lo] = uint8(ws.off[i+1] - ws.off[i])
	}
	b.walk(func(i int) uint64 { return w.seed(ws.number(uint32(lo + i))) }, circle, hi-lo)
	for i := lo; i < hi; i++ {
		t, off := &b.tracks[i-lo], int(ws.off[i])
		ws.size[i] = b.limits[i-lo]
		for k := range int(ws.size[i]) {
			ws.path[off+k].person, nexts[off+k] = t.people[k], t.next[k]
		}
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

// enlist makes the lists of visits, each in the order of the walks, and counts whom the walks met. Every core goes through
// all walks, and cares for its part of the people.
func (ws *walks) enlist(people int, nexts []float32) {
	ends := make([]uint32, people+1)
	met := ws.met
	share := people/runtime.GOMAXPROCS(0) + 1
	parallel(people, share, nothing, func(_ struct{}, lo, hi int) {
		ws.each(lo, hi, func(path []step, i, k int) {
			p := path[k].person
			path[k].at = ends[p+1]
			ends[p+1]++
			for j := range k { // another core may be writing where else the path is listed, so no whole step is read
				if path[j].person == p {
					return
				}
			}
			if k > 0 {
				met[ws.circle(uint32(i))][p]++
			}
		})
	})
	for p := range people {
		ends[p+1] += ends[p]
	}
	arena := make([]visit, ends[people])
	ws.visits = make([][]visit, people)
	parallel(people, share, nothing, func(_ struct{}, lo, hi int) {
		ws.each(lo, hi, func(path []step, i, k int) {
			arena[ends[path[k].person]+path[k].at] = visitAt(nexts[int(ws.off[i])+k], uint32(i), k)
		})
		for p := lo; p < hi; p++ {
			ws.visits[p] = arena[ends[p]:ends[p+1]:ends[p+1]]
		}
	})
}

// each calls yield for every step, of a walk's path, that meets one of the people lo to hi.
func (ws *walks) each(lo, hi int, yield func(path []step, walk, pos int)) {
	for i, size := range ws.size {
		path := ws.path[ws.off[i]:][:size]
		for k := range path {
			if p := int(path[k].person); lo <= p && p < hi {
				yield(path, i, k)
			}
		}
	}
}

func (c *count) sum(o count) {
	for p, n := range o {
		if n > 0 {
			c.add(uint32(p), n)
		}
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
