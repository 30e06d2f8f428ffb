// Package road matches rides by the lengths of roads, from a map of OpenStreetMap.
//
//	m, err := road.Read(file)           // an extract, .osm.pbf
//	rides := road.NewRides(m)
//	err = rides.Add(r)                  // a ride.Ride
//	found, err := rides.Match(ask, 10)  // as package ride does, with shortest ways by road
//
// A way is the shortest by length on roads that cars may use, one-way streets heeded. Points are put on the nearest
// crossing or bend of a road. What a road allows beyond this (turns, weights, hours) isn't read.
//
// Most rides are left out without a search: sixteen landmarks, from and to which all lengths are known, bound every
// length from below by the triangle inequality (ALT, Goldberg and Harrelson, SODA 2005), and so the detour. For the rides
// that are left, one search back from where the asker is and one on from where they go give all detours.
package road

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/entregent/entregent/gift/geo"
)

// Map is a road network in which every point can be reached from every other. It doesn't change, and is safe for
// concurrent use.
type Map struct {
	points    []geo.Point
	out, in   arcs
	cells     map[cell][]int32
	landmarks []landmark
}

// arcs are the roads that leave each point, or that come to it: those of point v are first[v] to first[v+1].
type arcs struct {
	first []int32
	to    []int32
	km    []float64
}

// road is a piece of road in one direction.
type road struct {
	from, to int32
	km       float64
}

// drivable are the kinds of highway that cars use (OpenStreetMap, Key:highway).
var drivable = []string{"motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
	"unclassified", "residential", "living_street", "service", "road"}

// Read reads a map in the PBF format of OpenStreetMap. It keeps the points of the whole file in memory while it reads: 16
// bytes each. An error is in the file, or there are no roads in it.
func Read(r io.Reader) (*Map, error) {
	at := map[int64]geo.Point{}
	b := builder{number: map[int64]int32{}}
	err := readPBF(r, func(id int64, p geo.Point) { at[id] = p }, func(w osmWay) { b.way(w, at) })
	if err != nil {
		return nil, fmt.Errorf("reading a map: %w", err)
	}
	m := newMap(b.points, b.roads)
	if m == nil {
		return nil, errors.New("reading a map: there is no road in it that leads anywhere and back")
	}
	return m, nil
}

// directions tells whether cars may use a way as it is drawn, and the other way round.
func directions(tags map[string]string) (forth, back bool) {
	if !slices.Contains(drivable, tags["highway"]) || tags["area"] == "yes" {
		return false, false
	}
	for _, key := range []string{"motorcar", "motor_vehicle", "vehicle", "access"} { // the most special counts
		if v := tags[key]; v != "" {
			if v == "no" || v == "private" {
				return false, false
			}
			break
		}
	}
	switch tags["oneway"] {
	case "yes", "true", "1":
		return true, false
	case "-1", "reverse":
		return false, true
	case "no", "false", "0":
		return true, true
	}
	once := tags["junction"] == "roundabout" || tags["highway"] == "motorway"
	return true, !once
}

// builder gathers roads.
type builder struct {
	number map[int64]int32
	points []geo.Point
	roads  []road
}

func (b *builder) way(w osmWay, at map[int64]geo.Point) {
	forth, back := directions(w.tags)
	last := int32(-1)
	if !forth && !back {
		return
	}
	for _, n := range w.nodes {
		p, ok := at[n]
		if !ok { // beyond the edge of the extract
			last = -1
			continue
		}
		v, ok := b.number[n]
		if !ok {
			v = int32(len(b.points))
			b.number[n] = v
			b.points = append(b.points, p)
		}
		if last >= 0 && last != v {
			km := b.points[last].Km(p)
			if forth {
				b.roads = append(b.roads, road{last, v, km})
			}
			if back {
				b.roads = append(b.roads, road{v, last, km})
			}
		}
		last = v
	}
}

// newMap makes a map of the largest part of a network in which every point can be reached from every other; nil when
// there is none of two points.
func newMap(points []geo.Point, roads []road) *Map {
	all := &Map{points: points, out: arcsOf(len(points), roads, false), in: arcsOf(len(points), roads, true)}
	part := all.largest()
	if len(part) < 2 {
		return nil
	}
	number := make([]int32, len(points))
	for i := range number {
		number[i] = -1
	}
	m := &Map{cells: map[cell][]int32{}}
	for _, v := range part {
		number[v] = int32(len(m.points))
		m.points = append(m.points, points[v])
	}
	var kept []road
	for _, r := range roads {
		if a, b := number[r.from], number[r.to]; a >= 0 && b >= 0 {
			kept = append(kept, road{a, b, r.km})
		}
	}
	m.out, m.in = arcsOf(len(m.points), kept, false), arcsOf(len(m.points), kept, true)
	for v, p := range m.points {
		c := cellOf(p)
		m.cells[c] = append(m.cells[c], int32(v))
	}
	m.land()
	return m
}

// arcsOf sorts roads by where they begin, or, turned round, by where they end.
func arcsOf(n int, roads []road, turned bool) arcs {
	a := arcs{first: make([]int32, n+1), to: make([]int32, len(roads)), km: make([]float64, len(roads))}
	ends := func(r road) (from, to int32) {
		if turned {
			return r.to, r.from
		}
		return r.from, r.to
	}
	for _, r := range roads {
		from, _ := ends(r)
		a.first[from+1]++
	}
	for v := range n {
		a.first[v+1] += a.first[v]
	}
	next := slices.Clone(a.first)
	for _, r := range roads {
		from, to := ends(r)
		a.to[next[from]], a.km[next[from]] = to, r.km
		next[from]++
	}
	return a
}

// largest gives the points of the largest strongly connected part (Kosaraju): the order in which a search forwards ends
// with them, taken backwards, starts searches backwards that each find one part.
func (m *Map) largest() (best []int32) {
	n := len(m.points)
	seen := make([]bool, n)
	var order []int32
	for v := range n {
		m.out.walk(int32(v), seen, func(v int32) { order = append(order, v) })
	}
	clear(seen)
	for i := n - 1; i >= 0; i-- {
		var part []int32
		m.in.walk(order[i], seen, func(v int32) { part = append(part, v) })
		if len(part) > len(best) {
			best = part
		}
	}
	slices.Sort(best)
	return best
}

// walk visits what can be reached and wasn't seen, depth first, and calls done as it leaves each point.
func (a *arcs) walk(from int32, seen []bool, done func(int32)) {
	if seen[from] {
		return
	}
	type step struct{ v, next int32 }
	seen[from] = true
	stack := []step{{from, a.first[from]}}
	for len(stack) > 0 {
		s := &stack[len(stack)-1]
		if s.next == a.first[s.v+1] {
			done(s.v)
			stack = stack[:len(stack)-1]
			continue
		}
		to := a.to[s.next]
		s.next++
		if !seen[to] {
			seen[to] = true
			stack = append(stack, step{to, a.first[to]})
		}
	}
}

// cell is a square of a hundredth of a degree.
type cell struct{ lat, lon int32 }

func cellOf(p geo.Point) cell {
	return cell{int32(math.Floor(p.Lat * 100)), int32(math.Floor(p.Lon * 100))}
}

// Len is the number of points of the network.
func (m *Map) Len() int { return len(m.points) }

// Snap is how far a point can be from the nearest road, in kilometres.
const Snap = 2

// near gives the point of the network nearest to p; an error when it is more than Snap away.
func (m *Map) near(p geo.Point) (best int32, err error) {
	km := math.Inf(1)
	c := cellOf(p)
	rows := int32(math.Ceil(Snap / 1.1))
	columns := int32(math.Ceil(Snap / 1.1 / max(math.Cos(p.Lat*math.Pi/180), .01)))
	for lat := c.lat - rows; lat <= c.lat+rows; lat++ {
		for lon := c.lon - columns; lon <= c.lon+columns; lon++ {
			for _, v := range m.cells[cell{lat, lon}] {
				if d := m.points[v].Km(p); d < km {
					best, km = v, d
				}
			}
		}
	}
	if km > Snap {
		return 0, fmt.Errorf("no road of the map is within %d km of %v", Snap, p)
	}
	return best, nil
}
