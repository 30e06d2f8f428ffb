package ride

import (
	"math"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// way is a ride made ready: what the definition of a match needs.
type way struct {
	id      ID
	points  []geo.Point
	legs    []float64 // km
	seats   []int     // free by leg; nil: all on every leg
	all     int
	length  float64 // km
	allowed float64 // km of detour
	pace    float64 // seconds a km
	leaves  calendar
	by      Metric // nil: great circles
}

// Metric is lengths other than those of great circles: of roads, see package road. They must be such that no way round
// is shorter; from one point to another and back they may differ. +Inf is no way.
type Metric interface {
	Km(from, to geo.Point) float64
}

// MatchBy matches one ride with lengths of a metric; what is walked stays a great circle. ok is false when it doesn't
// match; an error is in the ride or the ask. The points it asks lengths of are rounded to 10⁻⁷ degree.
func MatchBy(r Ride, a Ask, by Metric) (m Match, ok bool, err error) {
	if err := r.Check(); err != nil {
		return m, false, err
	}
	q, err := newQuery(a)
	if err != nil {
		return m, false, err
	}
	q.km = by.Km(q.From, q.To)
	w := &way{by: by}
	w.set(r)
	m, ok = w.best(q)
	return m, ok, nil
}

// km is the length from one point to another.
func (w *way) km(from, to geo.Point) float64 {
	if w.by != nil {
		return w.by.Km(from, to)
	}
	return from.Km(to)
}

// span is how long the way takes at most, in seconds, with a detour and rounding.
func (w *way) span() float64 { return (w.length+w.allowed+2*rounding)*w.pace + 4 }

// measure works out the lengths of a way whose points are set.
func (w *way) measure(d Detour, duration time.Duration) {
	w.legs, w.length = w.legs[:0], 0
	for i := range w.points[1:] {
		km := w.km(w.points[i], w.points[i+1])
		w.legs = append(w.legs, km)
		w.length += km
	}
	w.allowed, w.pace = d.Of(w.length), 3600./Speed
	if duration > 0 {
		w.pace = duration.Seconds() / w.length
	}
}

// newWay makes a ride ready.
func newWay(r Ride) *way {
	w := &way{}
	w.set(r)
	return w
}

func (w *way) set(r Ride) {
	w.id, w.seats, w.all, w.leaves = r.ID, r.LegSeats, r.Seats, r.calendar()
	for _, p := range r.Path {
		w.points = append(w.points, keep(p).point())
	}
	w.measure(r.detour(), r.Duration)
}

func (r Ride) detour() Detour {
	if r.Allowed != nil {
		return *r.Allowed
	}
	return DefaultDetour
}

// end is a place where somebody gets in or out, and how far they walk to or from it.
type end struct {
	at   geo.Point
	walk float64 // km
}

// option is one way of taking somebody along.
type option struct {
	in, out  int // legs
	up, down end
	detour   float64 // km
	before   float64 // km from the start to where they get in
	shared   float64 // km they are driven
}

// cost is what options and matches are ordered by: the kilometres driven and walked because two go together.
func (o option) cost() float64 { return o.detour + o.up.walk + o.down.walk }

// rounding is how much a computed length may differ from the true one, in kilometres: a millimetre, some thousand
// times what it does.
const rounding = 1e-6

// options calls try with every way of taking somebody along, whatever its detour.
func (w *way) options(q *query, try func(option)) {
	from, to := 0.0, 0.0 // km from the start to the beginning of a leg
	for i, leg := range w.legs {
		ups, n := ends(q.From, w.points[i], q.Walk)
		for _, up := range ups[:n] {
			to = from
			for j := i; j < len(w.legs); j++ {
				downs, n := ends(q.To, w.points[j+1], q.Walk)
				for _, down := range downs[:n] {
					if up.at != down.at {
						try(w.option(i, j, up, down, from, to, q.km))
					}
				}
				to += w.legs[j]
			}
		}
		from += leg
	}
}

// ends are where somebody can get in or out: where they are or go, or at a point of the way that is near enough.
func ends(own, point geo.Point, walk float64) (list [2]end, n int) {
	list[0] = end{own, 0}
	if walk > 0 {
		if km := own.Km(point); km > 0 && km <= walk {
			list[1] = end{point, km}
			return list, 2
		}
	}
	return list, 1
}

// option works out one: in on leg i, out on leg j, which begin that far from the start; direct is from o to d.
func (w *way) option(i, j int, up, down end, from, to, direct float64) option {
	o := option{in: i, out: j, up: up, down: down}
	reach := w.km(w.points[i], up.at)
	leave := w.km(down.at, w.points[j+1])
	o.before = from + reach
	if i == j {
		if o.shared = direct; up.walk+down.walk > 0 {
			o.shared = w.km(up.at, down.at)
		}
		o.detour = reach + o.shared + leave - w.legs[i]
	} else {
		on, off := w.km(up.at, w.points[i+1]), w.km(w.points[j], down.at)
		o.shared = on + (to - from - w.legs[i]) + off
		o.detour = reach + on - w.legs[i] + off + leave - w.legs[j]
	}
	o.detour = max(o.detour, 0) // rounding
	return o
}

// free is the number of seats free on every leg from i to j, and the leg with the fewest.
func (w *way) free(i, j int) (seats, leg int) {
	if w.seats == nil {
		return w.all, i
	}
	seats = math.MaxInt
	for l := i; l <= j; l++ {
		if w.seats[l] < seats {
			seats, leg = w.seats[l], l
		}
	}
	return seats, leg
}

// possible is when a ride leaves, roughly, and the two-point bound: when it is false, nothing fits the hours, or no
// option has a detour that is allowed. A walk of a at one end and
// b at the other shortens |w0 o| + |o d| + |d wn| by at most 2a + 2b.
func (w *way) possible(q *query) bool {
	if !w.leaves.ever(q.lo, q.hi, w.span()) {
		return false
	}
	room := w.length + w.allowed + 4*q.Walk + rounding - q.km
	first := w.points[0].Km(q.From)
	return first <= room && first+q.To.Km(w.points[len(w.points)-1]) <= room
}

// match is the definition: the best way of taking somebody along, of all options and departures; ok is false when there
// is none.
func (w *way) match(q *query) (best Match, ok bool) {
	if !w.possible(q) {
		return best, false
	}
	return w.best(q)
}

// best tries every option at every departure.
func (w *way) best(q *query) (best Match, ok bool) {
	w.options(q, func(o option) {
		if !(o.detour <= w.allowed+rounding) { // NaN where there is no way
			return
		}
		free, _ := w.free(o.in, o.out)
		if free < q.Seats {
			return
		}
		if ok && o.cost() > best.Cost() {
			return
		}
		w.times(q, o, func(m Match) {
			m.Free = free
			if !ok || less(&m, &best) {
				best, ok = m, true
			}
		})
	})
	return best, ok
}

// times calls take with the match that an option is at each departure that fits the ask's hours.
func (w *way) times(q *query, o option, take func(Match)) {
	before, shared := seconds(o.before*w.pace), seconds(o.shared*w.pace)
	from, to := time.Unix(q.lo, 0).Add(-before-shared), time.Unix(q.hi, 0)
	w.leaves.each(from, to, func(t time.Time) {
		up := t.Add(before)
		down := up.Add(shared)
		if q.Leave.holds(up) && q.Arrive.holds(down) {
			take(w.made(o, t, up, down))
		}
	})
}

// seconds is a time to the second.
func seconds(s float64) time.Duration { return time.Duration(math.Round(s)) * time.Second }
