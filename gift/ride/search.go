package ride

import (
	"math"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// search is one ask on its way through the columns.
type search struct {
	*query
	cosFrom, cosTo float64    // of the latitudes of o and d
	o, d           [3]float64 // km from the middle of the earth
	zones          []*time.Location
	on             []onDay // the days on which a weekly ride may leave; nil: any
	in             float64 // nobody gets in before it who is driven straight on, at Speed; Unix seconds
	best           top
	way            way // used again for each ride that is looked at
	stack          []branch
}

// onDay is when, on a day, a weekly ride must leave: at hi at the latest, and such that it can still be under way at lo.
type onDay struct {
	date   day
	bit    Weekdays
	lo, hi float64 // seconds of the day, may be outside it
	in     float64 // the same for getting in: not before it
}

func newSearch(q *query, zones []*time.Location, k int) *search {
	s := &search{query: q, zones: zones, best: top{k: k}, o: vector(q.from), d: vector(q.to)}
	s.cosFrom, s.cosTo = 1-2*sin2(float64(q.from.lat)*radian), 1-2*sin2(float64(q.to.lat)*radian)
	s.in = math.Inf(-1)
	if s.Leave.given() {
		s.in = float64(s.Leave.From.Unix())
	}
	if s.Arrive.given() {
		s.in = max(s.in, float64(s.Arrive.From.Unix())-s.km*3600/Speed)
	}
	return s
}

// maxDays is up to how many days are told apart; a longer time holds every weekday anyhow.
const maxDays = 12

// longest is the time in seconds up to which the days are told apart on which a ride leaves; one that takes longer is
// looked at whenever it leaves.
const longest = 36 * 3600

// weekdays works out the days on which weekly rides may leave.
func (s *search) weekdays() {
	lo, hi := min(s.lo-longest, s.hi), s.hi
	if hi-lo > (maxDays-2)*86400 {
		return
	}
	for _, zone := range s.zones {
		first, last := dayOf(time.Unix(lo, 0).In(zone)), dayOf(time.Unix(hi, 0).In(zone))
		for d := first - 1; d <= last; d++ {
			midnight, slack := d.at(0, zone).Unix(), 0.
			if !even(d, zone) {
				slack = 2 * 3600
			}
			one := onDay{d, 1 << d.weekday(), float64(s.lo-midnight) - slack, float64(s.hi-midnight) + slack, s.in - float64(midnight) - slack}
			if !s.joined(one) {
				s.on = append(s.on, one)
			}
		}
	}
}

// joined widens a day that is there already, for another zone.
func (s *search) joined(one onDay) bool {
	for i := range s.on {
		if o := &s.on[i]; o.date == one.date {
			o.lo, o.hi, o.in = min(o.lo, one.lo), max(o.hi, one.hi), min(o.in, one.in)
			return true
		}
	}
	return false
}

// even tells whether clocks aren't changed on a day or beside it.
func even(d day, zone *time.Location) bool {
	_, a := d.at(0, zone).Add(-30 * time.Hour).Zone()
	_, b := d.at(0, zone).Add(54 * time.Hour).Zone()
	return a == b
}

// scan looks at entries one by one.
func (s *search) scan(c *columns, lo, hi int) {
	for i := lo; i < hi; i++ {
		if !s.then(c, i, 0, float64(c.reach[i])) {
			continue
		}
		reach, ok := s.near(c, i)
		if !ok || c.dead.has(i) || s.Walk == 0 && !s.then(c, i, reach-rounding, reach+rounding) {
			continue
		}
		c.way(i, s.zones, &s.way)
		if m, ok := s.way.best(s.query); ok {
			s.best.add(m)
		}
	}
}

// then tells whether the time of an entry can fit when somebody gets in after a way of some km, between lo and hi; never
// no when it does. Rides with an extra may take another time, and pass by stops.
func (s *search) then(c *columns, i int, lo, hi float64) bool {
	const pace = 3600. / Speed
	lo, hi = lo*pace-2, hi*pace+2
	if c.more[i] {
		lo, hi = 0, math.Inf(1)
	}
	if c.days == nil {
		when := float64(c.when[i])
		return when+lo <= float64(s.hi) && when+hi >= s.in
	}
	if s.on == nil || c.more[i] || float64(c.reach[i])*pace > longest {
		return true
	}
	days, second := unpack(c.when[i])
	at := float64(second)
	for j := range s.on {
		o := &s.on[j]
		if days&o.bit != 0 && at+lo <= o.hi && at+hi >= o.in && o.date >= day(c.days[i].first) && o.date <= day(c.days[i].last) {
			return true
		}
	}
	return false
}

// near tells whether the place of an entry, and its seats, can fit: the two-point bound, with chords, which are shorter
// than great circles, and first with differences of latitude, which are shorter still. It gives the way from the start
// to where somebody would get in, in km.
func (s *search) near(c *columns, i int) (reach float64, ok bool) {
	if int(c.seats[i]) < s.Seats {
		return 0, false
	}
	e := &c.ways[i]
	room := float64(c.reach[i]) - s.km + 4*s.Walk + 2*rounding
	a := math.Abs(float64(e.start.lat)-float64(s.from.lat)) * kmADot * flat
	b := math.Abs(float64(e.end.lat)-float64(s.to.lat)) * kmADot * flat
	if a+b > room {
		return 0, false
	}
	if a = chord(s.from, e.start, s.cosFrom); a+b > room {
		return 0, false
	}
	if a+chord(s.to, e.end, s.cosTo) > room {
		return 0, false
	}
	return 2 * geo.Radius * math.Asin(min(a/(2*geo.Radius), 1)), true
}

// flat makes up for the rounding of a difference of latitudes.
const flat = 1 - 1e-12

// climb looks at a tree, depth first, the more promising child of a node first.
func (s *search) climb(t *tree) {
	s.stack = s.stack[:0]
	if b, ok := s.consider(t, 1, 0, t.len()); ok {
		s.stack = append(s.stack, b)
	}
	for len(s.stack) > 0 {
		last := len(s.stack) - 1
		b := s.stack[last]
		s.stack = s.stack[:last]
		switch {
		case b.cost > s.best.worst()+rounding:
		case b.n >= 1<<t.depth:
			s.scan(&t.columns, b.lo, b.hi)
		default:
			s.children(t, b)
		}
	}
}

func (s *search) children(t *tree, b branch) {
	mid := (b.lo + b.hi) / 2
	one, ok := s.consider(t, 2*b.n, b.lo, mid)
	two, too := s.consider(t, 2*b.n+1, mid, b.hi)
	if ok && too && one.cost < two.cost {
		one, two = two, one
	}
	if ok {
		s.stack = append(s.stack, one)
	}
	if too {
		s.stack = append(s.stack, two)
	}
}

// consider tells whether an entry in a node can match, and what it would cost at least.
func (s *search) consider(t *tree, n, lo, hi int) (branch, bool) {
	v := &t.nodes[n]
	if lo == hi || !s.nodeThen(t, v) {
		return branch{}, false
	}
	way := max(distance(s.o, v.start)-float64(v.rStart), 0) + s.km + max(distance(s.d, v.end)-float64(v.rEnd), 0)
	b := branch{way - float64(v.length) - 2*s.Walk - slack, n, lo, hi}
	return b, way <= float64(v.reach)+4*s.Walk+slack && b.cost <= s.best.worst()
}

// slack makes up for rounding in the nodes, km.
const slack = 1e-3

// nodeThen tells whether the time of an entry in a node can fit.
func (s *search) nodeThen(t *tree, v *node) bool {
	if t.days == nil {
		return int64(v.first) <= s.hi && int64(v.last)+int64(v.span)+1 >= s.lo
	}
	if s.on == nil || v.span > longest {
		return true
	}
	for i := range s.on {
		o := &s.on[i]
		if v.days&o.bit != 0 && float64(v.first) <= o.hi && float64(v.last)+float64(v.span) >= o.lo {
			return true
		}
	}
	return false
}

// distance is the straight line between two points, km.
func distance(a [3]float64, b [3]float32) float64 {
	x, y, z := a[0]-float64(b[0]), a[1]-float64(b[1]), a[2]-float64(b[2])
	return math.Sqrt(x*x + y*y + z*z)
}

// branch is a node to look at, and what a match in it costs at least.
type branch struct {
	cost      float64
	n, lo, hi int
}
