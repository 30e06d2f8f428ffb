// Package gravity invents rides and asks between the communes of France, as many as one likes, to measure matching with.
//
// People go from one town to another in proportion to the people of both, and less the further they are apart: the
// gravity law, flow ∝ p₁·p₂ / d² (Zipf, 1946), here with d² + 5² km² so that a neighbour isn't everything. Points lie
// around the towns' centroids, as meeting points do. Nothing is drawn from anybody's real journeys.
//
// The same options give the same rides on any machine: every ride and every ask is a function of the seed and its
// number, and a larger world holds the smaller one of its seed, but for rounding none at all.
package gravity

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/place"
	"github.com/entregent/entregent/gift/ride"
)

// World says what to invent.
type World struct {
	Rides, Asks int
	Seed        uint64
	From        time.Time // the first day of the thirty over which rides and asks are spread, in their time zone
}

// Shape of what is invented. The shares are guesses about a board, said here so that anybody can judge them.
const (
	spread   = 30  // days over which one-off rides and asks are spread
	weekly   = .3  // of the rides come every week
	stops    = .05 // of the rides have a stop
	core     = 5   // km, the softening of the law
	around   = 2   // km, the standard deviation of a point round its town's centroid
	least    = 2   // km: a way is longer (register of proofs of car-pooling: at least 2 km)
	within   = 60  // minutes before and after: the asks' windows
	pairSeat = .2  // of the asks want two seats
)

// towns are where people live, as points and as columns.
type towns struct {
	list  []place.Place
	at    [][3]float64 // unit vectors
	until []float64    // people, added up
}

// inhabited are the communes of a table that have people and a known place; neither arrondissements nor, since nobody
// drives there, what lies overseas.
func inhabited(t *place.Table) *towns {
	w := &towns{}
	sum := 0.
	for _, p := range t.All() {
		if p.Arrondissement || p.Population == 0 || !p.At.Known() || len(p.Department) > 2 {
			continue
		}
		sum += float64(p.Population)
		w.list, w.at, w.until = append(w.list, p), append(w.at, vector(p.At)), append(w.until, sum)
	}
	return w
}

func vector(p geo.Point) [3]float64 {
	sinLat, cosLat := math.Sincos(p.Lat * math.Pi / 180)
	sinLon, cosLon := math.Sincos(p.Lon * math.Pi / 180)
	return [3]float64{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// Make invents the rides and the asks of a world over the places of a table, place.France() say. Rides have the IDs 1, 2,
// 3 …. It takes about four seconds, and a million rides as long again.
func (w World) Make(t *place.Table) (rides []ride.Ride, asks []ride.Ask) {
	towns := inhabited(t)
	if len(towns.list) < 2 {
		return nil, nil
	}
	ways := towns.ways(w.Seed, w.Rides+w.Asks, w.Asks)
	asks, rides = make([]ride.Ask, w.Asks), make([]ride.Ride, w.Rides)
	for i := range asks {
		asks[i] = w.ask(ways[i], random(w.Seed, 2, i))
	}
	for i := range rides {
		rides[i] = w.ride(ride.ID(i+1), ways[w.Asks+i], random(w.Seed, 3, i))
	}
	return rides, asks
}

// random is the source of one thing's chances.
func random(seed, what uint64, n int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, what<<56|uint64(n)))
}

// way is where somebody goes.
type way struct{ from, to geo.Point }

// ways draws n ways; the first few are asks'. The ways that start in one town are drawn together, since the weights of
// all other towns are worked out once for them.
func (t *towns) ways(seed uint64, n, asks int) []way {
	type start struct{ town, way int }
	starts := make([]start, n)
	sources := func(i int) *rand.Rand {
		if i < asks {
			return random(seed, 0, i)
		}
		return random(seed, 1, i-asks)
	}
	for i := range starts {
		starts[i] = start{t.draw(t.until, sources(i).Float64()), i}
	}
	slices.SortFunc(starts, func(a, b start) int { return cmp.Or(a.town-b.town, a.way-b.way) })
	ways := make([]way, n)
	weights := make([]float64, len(t.list))
	for i, s := range starts {
		if i == 0 || s.town != starts[i-1].town {
			t.weigh(s.town, weights)
		}
		r := sources(s.way)
		r.Float64() // the town it starts in
		ways[s.way] = t.way(s.town, weights, r)
	}
	return ways
}

// weigh adds up how much each town draws those of one.
func (t *towns) weigh(town int, weights []float64) {
	a, sum := t.at[town], 0.
	for i, b := range t.at {
		x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
		if i != town {
			sum += float64(t.list[i].Population) / ((x*x+y*y+z*z)*geo.Radius*geo.Radius + core*core)
		}
		weights[i] = sum
	}
}

// draw gives the place in added-up weights at a part u of them all.
func (t *towns) draw(weights []float64, u float64) int {
	i, _ := slices.BinarySearch(weights, u*weights[len(weights)-1])
	for i+1 < len(weights) && i > 0 && weights[i] == weights[i-1] {
		i++
	}
	return min(i, len(weights)-1)
}

func (t *towns) way(town int, weights []float64, r *rand.Rand) way {
	for {
		w := way{scatter(t.list[town].At, r), scatter(t.list[t.draw(weights, r.Float64())].At, r)}
		if w.from.Km(w.to) >= least {
			return w
		}
	}
}

// scatter moves a point by chance, and rounds it to five decimals.
func scatter(p geo.Point, r *rand.Rand) geo.Point {
	const degree = 180 / math.Pi / geo.Radius // of a km
	north, east := r.NormFloat64()*around, r.NormFloat64()*around
	return round(geo.Point{Lat: p.Lat + north*degree, Lon: p.Lon + east*degree/math.Cos(p.Lat*math.Pi/180)})
}

func round(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1e5) / 1e5, Lon: math.Round(p.Lon*1e5) / 1e5}
}

// hour is when people leave: to work, from work, or any time of the day; in minutes, by tens when it is no ask.
func hour(r *rand.Rand) int {
	switch u := r.Float64(); {
	case u < .35:
		return min(max(int(7.5*60+r.NormFloat64()*50), 240), 780)
	case u < .7:
		return min(max(int(17.5*60+r.NormFloat64()*70), 780), 1430)
	}
	return 300 + r.IntN(18*60)
}

func (w World) ride(id ride.ID, along way, r *rand.Rand) ride.Ride {
	minute := hour(r) / 10 * 10
	y, m, d := w.From.Date()
	one := ride.Ride{ID: id, Path: []geo.Point{along.from, along.to}, Seats: 1 + r.IntN(4)}
	start := d + r.IntN(spread)
	if r.Float64() < weekly {
		one.Weekly = workdays(r)
		start = d
	}
	one.Depart = time.Date(y, m, start, 0, minute, 0, 0, w.From.Location())
	if r.Float64() < stops {
		one.Path = slices.Insert(one.Path, 1, stop(along, r))
	}
	return one
}

// workdays are those of a commuter: all five, or some, or a weekend's day.
func workdays(r *rand.Rand) ride.Weekdays {
	const five = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
	switch u := r.Float64(); {
	case u < .5:
		return five
	case u < .9:
		if some := ride.Weekdays(r.Uint32()) & five; some != 0 {
			return some
		}
		return five
	}
	return ride.On(time.Weekday(r.IntN(2) * 6))
}

// stop is a point beside the middle of a way, by a tenth of its length.
func stop(w way, r *rand.Rand) geo.Point {
	part := .25 + r.Float64()/2
	aside := r.NormFloat64() * .1
	dLat, dLon := w.to.Lat-w.from.Lat, w.to.Lon-w.from.Lon
	return round(geo.Point{Lat: w.from.Lat + part*dLat - aside*dLon, Lon: w.from.Lon + part*dLon + aside*dLat})
}

func (w World) ask(along way, r *rand.Rand) ride.Ask {
	y, m, d := w.From.Date()
	at := time.Date(y, m, d+r.IntN(spread), 0, hour(r), 0, 0, w.From.Location())
	a := ride.Ask{From: along.from, To: along.to, Leave: ride.Around(at, within*time.Minute), Seats: 1}
	if r.Float64() < pairSeat {
		a.Seats = 2
	}
	return a
}
