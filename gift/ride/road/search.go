package road

import (
	"container/heap"
	"math"
)

// lengths gives the length of the shortest way from one point to each (Dijkstra 1959), or with arcs turned round from
// each to it; in kilometres, +Inf where there is none.
func (a *arcs) lengths(from int32) []float64 {
	km := make([]float64, len(a.first)-1)
	for i := range km {
		km[i] = math.Inf(1)
	}
	km[from] = 0
	q := &front{{from, 0}}
	for q.Len() > 0 {
		r := heap.Pop(q).(reached)
		if r.km > km[r.v] {
			continue
		}
		for i := a.first[r.v]; i < a.first[r.v+1]; i++ {
			if d := r.km + a.km[i]; d < km[a.to[i]] {
				km[a.to[i]] = d
				heap.Push(q, reached{a.to[i], d})
			}
		}
	}
	return km
}

// reached is a point and how it is ordered: by its length, or by that and a bound of what is left.
type reached struct {
	v  int32
	km float64
}

type front []reached

func (f front) Len() int           { return len(f) }
func (f front) Less(i, j int) bool { return f[i].km < f[j].km }
func (f front) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *front) Push(x any)        { *f = append(*f, x.(reached)) }
func (f *front) Pop() any {
	last := len(*f) - 1
	r := (*f)[last]
	*f = (*f)[:last]
	return r
}

// landmark is a point with all lengths from it and to it.
type landmark struct{ from, to []float64 }

// landmarkCount is how many there are.
const landmarkCount = 16

// land chooses landmarks, each the point furthest from those there are, both ways.
func (m *Map) land() {
	far := m.out.lengths(0)
	next := furthest(far)
	for i := range far {
		far[i] = math.Inf(1)
	}
	for range min(landmarkCount, len(m.points)) {
		l := landmark{m.out.lengths(next), m.in.lengths(next)}
		m.landmarks = append(m.landmarks, l)
		for v := range far {
			far[v] = min(far[v], l.from[v]+l.to[v])
		}
		next = furthest(far)
	}
}

func furthest(km []float64) (v int32) {
	for i, d := range km {
		if d > km[v] {
			v = int32(i)
		}
	}
	return v
}

// least bounds the length from a to b from below: d(l,b) − d(l,a) and d(a,l) − d(b,l) are never longer.
func (m *Map) least(a, b int32) float64 {
	bound := 0.
	for i := range m.landmarks {
		l := &m.landmarks[i]
		bound = max(bound, l.from[b]-l.from[a], l.to[a]-l.to[b])
	}
	return bound
}

// length is that of the shortest way from a to b: A* (Hart, Nilsson, Raphael 1968) with the landmarks' bound, which is
// consistent, so that a point is done when it is taken.
func (m *Map) length(a, b int32) float64 {
	km := map[int32]float64{a: 0}
	done := map[int32]bool{}
	q := &front{{a, m.least(a, b)}}
	for q.Len() > 0 {
		v := heap.Pop(q).(reached).v
		if v == b {
			return km[b]
		}
		if done[v] {
			continue
		}
		done[v] = true
		for i := m.out.first[v]; i < m.out.first[v+1]; i++ {
			to, d := m.out.to[i], km[v]+m.out.km[i]
			if old, ok := km[to]; !ok || d < old {
				km[to] = d
				heap.Push(q, reached{to, d + m.least(to, b)})
			}
		}
	}
	return math.Inf(1)
}
