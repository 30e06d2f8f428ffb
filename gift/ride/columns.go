package ride

import (
	"math"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// columns hold rides of one sort, once or weekly, an entry for each departure of the first sort. Entries are only ever
// appended, or marked as dead, so that a copy of the slices' headers is a snapshot. An entry takes 39 bytes, a weekly
// one 43, and more if there is something extra about it: it has stops, say.
type columns struct {
	ways  []fromTo
	when  []uint32  // once: Unix seconds; weekly: the second of the day, and the weekdays from bit 17
	reach []float32 // km, rounded up: the length with the detour that is allowed
	ids   []ID
	seats []uint8 // on the leg that has most
	zones []uint8
	more  []bool  // has an extra
	days  []dates // weekly only
	extra map[int]*extra
	dead  bits
}

// fromTo is where a ride starts and ends.
type fromTo struct{ start, end spot }

// dates are the first and the last day of a weekly ride.
type dates struct{ first, last uint16 }

// extra is what few rides have.
type extra struct {
	path     []spot // nil: only ends
	seats    []int
	detour   Detour
	duration time.Duration
	except   []int64
}

const secondBits = 17 // of a day

func pack(days Weekdays, second int) uint32 { return uint32(days)<<secondBits | uint32(second) }

func unpack(when uint32) (days Weekdays, second int) {
	return Weekdays(when >> secondBits), int(when & (1<<secondBits - 1))
}

func (c *columns) len() int { return len(c.ids) }

// add appends an entry of a ride that was checked.
func (c *columns) add(r Ride, when uint32, zone uint8) {
	w := newWay(r)
	n := len(r.Path) - 1
	x := &extra{detour: r.detour(), duration: r.Duration, seats: r.LegSeats, except: unix(r.Except)}
	most := r.Seats
	if r.LegSeats != nil {
		most = 0
		for _, s := range r.LegSeats {
			most = max(most, s)
		}
	}
	if n > 1 {
		for _, p := range r.Path {
			x.path = append(x.path, keep(p))
		}
	}
	more := r.Allowed != nil || r.Duration > 0 || r.LegSeats != nil || x.except != nil || n > 1
	e := entry{fromTo{keep(r.Path[0]), keep(r.Path[n])}, when, up(w.length + w.allowed), r.ID, uint8(most), zone, dates{}, nil}
	if more {
		e.extra = x
	}
	if r.Weekly != 0 {
		e.dates = dates{uint16(dayOf(r.Depart)), forEver}
		if !r.Until.IsZero() {
			e.dates.last = uint16(dayOf(r.Until.In(r.Depart.Location())))
		}
	}
	c.append(e, r.Weekly != 0)
}

// entry is one row of the columns.
type entry struct {
	way   fromTo
	when  uint32
	reach float32
	id    ID
	seats uint8
	zone  uint8
	dates dates
	extra *extra
}

func (c *columns) append(e entry, weekly bool) {
	if e.extra != nil {
		if c.extra == nil {
			c.extra = map[int]*extra{}
		}
		c.extra[c.len()] = e.extra
	}
	c.ways, c.when, c.reach = append(c.ways, e.way), append(c.when, e.when), append(c.reach, e.reach)
	c.ids, c.seats, c.zones = append(c.ids, e.id), append(c.seats, e.seats), append(c.zones, e.zone)
	c.more = append(c.more, e.extra != nil)
	if weekly {
		c.days = append(c.days, e.dates)
	}
}

func (c *columns) entry(i int) entry {
	e := entry{c.ways[i], c.when[i], c.reach[i], c.ids[i], c.seats[i], c.zones[i], dates{}, nil}
	if c.days != nil {
		e.dates = c.days[i]
	}
	if c.more[i] {
		e.extra = c.extra[i]
	}
	return e
}

// sized are empty columns with room for n entries.
func sized(n int, weekly bool) columns {
	c := columns{ways: make([]fromTo, 0, n), when: make([]uint32, 0, n), reach: make([]float32, 0, n), ids: make([]ID, 0, n),
		seats: make([]uint8, 0, n), zones: make([]uint8, 0, n), more: make([]bool, 0, n)}
	if weekly {
		c.days = make([]dates, 0, n)
	}
	return c
}

// tail is what comes from entry n on, in columns of its own.
func (c *columns) tail(n int, weekly bool) columns {
	rest := sized(c.len()-n, weekly)
	for i := n; i < c.len(); i++ {
		rest.append(c.entry(i), weekly)
		if c.dead.has(i) {
			rest.dead.set(i - n)
		}
	}
	return rest
}

// way makes the ride of an entry ready, in w, whose slices are used again.
func (c *columns) way(i int, zones []*time.Location, w *way) {
	w.id, w.seats, w.all = c.ids[i], nil, int(c.seats[i])
	w.points = append(w.points[:0], c.ways[i].start.point())
	detour, duration := DefaultDetour, time.Duration(0)
	w.leaves = calendar{zone: zones[c.zones[i]], dates: w.leaves.dates[:0]}
	if c.more[i] {
		x := c.extra[i]
		w.seats, detour, duration, w.leaves.except = x.seats, x.detour, x.duration, x.except
		for j := 1; j < len(x.path)-1; j++ {
			w.points = append(w.points, x.path[j].point())
		}
	}
	w.points = append(w.points, c.ways[i].end.point())
	w.measure(detour, duration)
	if c.days == nil {
		w.leaves.dates = append(w.leaves.dates, int64(c.when[i]))
		return
	}
	w.leaves.days, w.leaves.second = unpack(c.when[i])
	w.leaves.first, w.leaves.last = day(c.days[i].first), day(c.days[i].last)
}

// up rounds to the next float32 above, so that a bound stays one.
func up(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		f = math.Nextafter32(f, math.MaxFloat32)
	}
	return f
}

// bits is a set of small numbers; the zero value is empty.
type bits struct {
	words []uint64
	n     int // how many are in it
}

func (b *bits) has(i int) bool { return i>>6 < len(b.words) && b.words[i>>6]>>(i&63)&1 == 1 }

func (b *bits) set(i int) {
	if b.has(i) {
		return
	}
	for i>>6 >= len(b.words) {
		b.words = append(b.words, 0)
	}
	b.words[i>>6] |= 1 << (i & 63)
	b.n++
}

// The sphere in units of 10⁻⁷ degree.
const (
	radian  = math.Pi / 180 / perDegree
	kmADot  = geo.Radius * radian // along a meridian
	halfWay = 180 * perDegree
)

// sin2 is sin²(x/2) for |x| ≤ π, by its series: (1 − cos x)/2 = x²/2·(1/2! − x²/4! + x⁴/6! − …). The error is below
// 10⁻¹⁰ at π and below 10⁻¹⁶ up to 1.
func sin2(x float64) float64 {
	y := x * x
	return y * .5 * (1./2 + y*(-1./24+y*(1./720+y*(-1./40320+y*(1./3628800+y*(-1./479001600+y*(1./87178291200+
		y*(-1./20922789888000+y*(1./6402373705728000+y*(-1./2432902008176640000))))))))))
}

// chord is the straight line in kilometres between two spots, never longer than the great circle; cos is the cosine of
// the first's latitude.
func chord(a, b spot, cos float64) float64 {
	east := math.Abs(float64(a.lon) - float64(b.lon))
	if east > halfWay {
		east = 2*halfWay - east
	}
	h := sin2((float64(a.lat)-float64(b.lat))*radian) + cos*(1-2*sin2(float64(b.lat)*radian))*sin2(east*radian)
	return 2 * geo.Radius * math.Sqrt(max(h, 0))
}
