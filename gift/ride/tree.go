package ride

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// tree is sorted columns under a ball tree (Omohundro 1989) over start, end and time: a binary tree in which each node
// knows a ball that holds the starts of its entries, one that holds their ends, and when they are. Node n has children
// 2n and 2n+1, the root is 1; the entries of a node are a range that is halved.
type tree struct {
	columns
	depth int // levels of nodes below the root
	nodes []node
	byID  []uint32 // entries in the order of their IDs
}

// node bounds its entries. All its numbers are rounded so that they do.
type node struct {
	start, end   [3]float32 // centres, km from the middle of the earth
	rStart, rEnd float32    // radii, km
	length       float32    // km, the longest way
	reach        float32    // km, the longest with its detour
	span         float32    // seconds it takes at most, with the detour
	first, last  uint32     // when: Unix seconds, or seconds of the day
	days         Weekdays   // any of them, when weekly
}

// leaf is how many entries a node without children has at most.
const leaf = 16

// anHour is how far apart, in kilometres, two rides are taken to be that leave at the same places an hour apart, when
// the tree is cut. It changes how fast a search is, not what it finds; 25 to 80 are about as good.
const anHour = 40

// grow sorts entries into a tree.
func grow(c columns, weekly bool, zones []*time.Location) *tree {
	t := &tree{}
	for c.len()>>t.depth > leaf {
		t.depth++
	}
	g := &grower{tree: t, from: &c, weekly: weekly, keys: make([]key, c.len()), order: make([]uint32, c.len()),
		length: make([]float32, c.len()), span: make([]float32, c.len())}
	var w way
	for i := range g.order {
		g.order[i] = uint32(i)
		g.keys[i] = keyOf(&c, i)
		c.way(i, zones, &w)
		g.length[i] = up(w.length)
		g.span[i] = up(w.span())
	}
	t.nodes = make([]node, 2<<t.depth)
	g.cut(1, 0, len(g.order), t.depth)
	t.columns = sized(c.len(), weekly)
	for _, i := range g.order {
		t.columns.append(c.entry(int(i)), weekly)
	}
	t.byID = g.order // its work is done: the memory serves again
	for i := range t.byID {
		t.byID[i] = uint32(i)
	}
	slices.SortFunc(t.byID, func(a, b uint32) int {
		switch x, y := t.ids[a], t.ids[b]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return int(a) - int(b)
	})
	return t
}

// key is what entries are sorted by: the start and the end in km from the middle of the earth, and the time.
type key [7]float32

func keyOf(c *columns, i int) key {
	a, b := vector(c.ways[i].start), vector(c.ways[i].end)
	_, second := unpack(c.when[i])
	if c.days == nil {
		second = int(c.when[i])
	}
	hours := float64(second) / 3600
	return key{float32(a[0]), float32(a[1]), float32(a[2]), float32(b[0]), float32(b[1]), float32(b[2]), float32(hours * anHour)}
}

// vector is a spot in kilometres from the middle of the earth.
func vector(s spot) [3]float64 {
	sinLat, cosLat := math.Sincos(float64(s.lat) * radian)
	sinLon, cosLon := math.Sincos(float64(s.lon) * radian)
	return [3]float64{geo.Radius * cosLat * cosLon, geo.Radius * cosLat * sinLon, geo.Radius * sinLat}
}

// grower is what is needed while a tree grows.
type grower struct {
	tree         *tree
	from         *columns
	weekly       bool
	keys         []key
	order        []uint32
	length, span []float32
}

// cut bounds the entries of a node and halves them along the direction in which they are spread most.
func (g *grower) cut(n, lo, hi, depth int) {
	g.bound(&g.tree.nodes[n], g.order[lo:hi])
	if depth == 0 {
		return
	}
	mid := (lo + hi) / 2
	g.halve(g.order[lo:hi], mid-lo, g.widest(g.order[lo:hi]))
	g.cut(2*n, lo, mid, depth-1)
	g.cut(2*n+1, mid, hi, depth-1)
}

// widest is the direction of the largest variance.
func (g *grower) widest(list []uint32) int {
	var sum, square [7]float64
	for _, i := range list {
		for d, v := range g.keys[i] {
			v := float64(v - g.keys[list[0]][d])
			sum[d] += v
			square[d] += v * v
		}
	}
	best, most := 0, -1.
	for d := range sum {
		if v := square[d] - sum[d]*sum[d]/float64(len(list)); v > most {
			best, most = d, v
		}
	}
	return best
}

// halve puts the k entries that are smallest in a direction first (quickselect, Hoare 1961).
func (g *grower) halve(list []uint32, k, d int) {
	at := func(i int) float32 { return g.keys[list[i]][d] }
	for lo, hi := 0, len(list)-1; lo < hi; {
		pivot := middle(at(lo), at((lo+hi)/2), at(hi))
		i, j := lo, hi
		for i <= j {
			for at(i) < pivot {
				i++
			}
			for at(j) > pivot {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}

func middle(a, b, c float32) float32 { return max(min(a, b), min(max(a, b), c)) }

// bound makes a node hold its entries.
func (g *grower) bound(n *node, list []uint32) {
	if len(list) == 0 {
		n.first, n.reach = math.MaxUint32, -1
		return
	}
	c := g.from
	n.first, n.length, n.reach = math.MaxUint32, 0, 0
	for _, i := range list {
		when := c.when[i]
		if g.weekly {
			days, second := unpack(when)
			n.days |= days
			when = uint32(second)
		}
		n.first, n.last = min(n.first, when), max(n.last, when)
		n.length, n.reach, n.span = max(n.length, g.length[i]), max(n.reach, c.reach[i]), max(n.span, g.span[i])
	}
	n.start, n.rStart = g.ball(list, 0)
	n.end, n.rEnd = g.ball(list, 3)
}

// ball is a centre and how far from it the entries' points are; d is where in the keys they stand. Of the mean and the
// middle of what they span it takes the centre with the smaller ball.
func (g *grower) ball(list []uint32, d int) (centre [3]float32, radius float32) {
	var sum [3]float64
	lo, hi := [3]float32{math.MaxFloat32, math.MaxFloat32, math.MaxFloat32}, [3]float32{-math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32}
	for _, i := range list {
		for x := range sum {
			v := g.keys[i][d+x]
			sum[x] += float64(v)
			lo[x], hi[x] = min(lo[x], v), max(hi[x], v)
		}
	}
	var middle [3]float32
	for x := range sum {
		centre[x], middle[x] = float32(sum[x]/float64(len(list))), (lo[x]+hi[x])/2
	}
	far, other := 0., 0.
	for _, i := range list {
		k := &g.keys[i]
		far = max(far, square(k[d:d+3], &centre))
		other = max(other, square(k[d:d+3], &middle))
	}
	if other < far {
		centre, far = middle, other
	}
	// A key is a float32: each of its three numbers, up to 6371, is off by at most 2⁻¹².
	return centre, up(math.Sqrt(far) + 1e-3)
}

// square is that of the distance between two points.
func square(a []float32, b *[3]float32) (sum float64) {
	for x := range b {
		v := float64(a[x]) - float64(b[x])
		sum += v * v
	}
	return sum
}

// find gives the entries of an ID, of those that are alive.
func (t *tree) find(id ID) (entries []int) {
	i, _ := slices.BinarySearchFunc(t.byID, id, func(e uint32, id ID) int {
		switch x := t.ids[e]; {
		case x < id:
			return -1
		case x > id:
			return 1
		}
		return 0
	})
	for ; i < len(t.byID) && t.ids[t.byID[i]] == id; i++ {
		if e := int(t.byID[i]); !t.dead.has(e) {
			entries = append(entries, e)
		}
	}
	return entries
}
