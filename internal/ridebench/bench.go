// Package ridebench measures how fast, how complete and how small the matching of rides is, on rides that are invented
// between the communes of France.
package ridebench

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/entregent/entregent/gift/place"
	"github.com/entregent/entregent/gift/ride"
	"github.com/entregent/entregent/gift/ride/gravity"
)

// Options say what to measure.
type Options struct {
	Rides, Asks int
	Check       int // of the asks, how many are compared with the exhaustive search
	Seed        uint64
	From        time.Time // the first day of the invented month
	Tell        func(what string)
}

// Result is what was measured. Times are of one core; all matches of an ask are found and sorted.
type Result struct {
	Rides        int      `json:"rides"`
	Asks         int      `json:"asks"`
	MeanMS       float64  `json:"mean_ms"`
	P99MS        float64  `json:"p99_ms"`
	Recall       *float64 `json:"recall"`    // of the matches the exhaustive search finds, the share the index finds; null: not measured, or none
	Precision    *float64 `json:"precision"` // of those the index finds, the share the exhaustive search finds
	BytesPerRide float64  `json:"bytes_per_ride"`

	P50MS      float64 `json:"p50_ms"`
	MaxMS      float64 `json:"max_ms"`
	TopMeanMS  float64 `json:"top10_mean_ms"` // when the ten best are wanted
	TopP99MS   float64 `json:"top10_p99_ms"`
	RebuildS   float64 `json:"rebuild_s"`
	Checked    int     `json:"checked_asks"`
	Answerable int     `json:"answerable_asks"` // of the checked
	PerAsk     float64 `json:"matches_per_ask"`
	Radius     *Radius `json:"radius25"`
}

// Radius is what the usual search finds on the same rides: those that start within 25 km of the ask's start, end within
// 25 km of its end, and leave in its hours.
type Radius struct {
	Recall    float64 `json:"recall"`    // of the rides that match, the share it finds
	Precision float64 `json:"precision"` // of what it finds, the share that matches
	PerAsk    float64 `json:"found_per_ask"`
	Empty     int     `json:"answerable_left_empty"` // asks that something matches, and it finds none of that
}

// Run invents and measures. The rides, the asks and their matches are given back for who wants to count again.
func Run(ctx context.Context, o Options) (r Result, rides []ride.Ride, asks []ride.Ask, found [][]ride.Match, err error) {
	o.Tell("inventing rides")
	rides, asks = gravity.World{Rides: o.Rides, Asks: o.Asks, Seed: o.Seed, From: o.From}.Make(place.France())
	r = Result{Rides: o.Rides, Asks: o.Asks, Checked: min(o.Check, o.Asks)}
	o.Tell("sorting them")
	x, err := r.index(rides)
	if err != nil {
		return r, nil, nil, nil, err
	}
	o.Tell("asking")
	if found, err = r.ask(ctx, x, asks); err != nil {
		return r, nil, nil, nil, err
	}
	o.Tell("looking at every ride for every ask")
	err = r.check(ctx, rides, asks[:r.Checked], found)
	return r, rides, asks, found, err
}

// index makes the index, and measures its memory by the heap before and after.
func (r *Result) index(rides []ride.Ride) (*ride.Index, error) {
	before := heap()
	x := &ride.Index{}
	for _, one := range rides {
		if err := x.Add(one); err != nil {
			return nil, err
		}
	}
	begin := time.Now()
	x.Rebuild()
	r.RebuildS = time.Since(begin).Seconds()
	r.BytesPerRide = float64(heap()-before) / float64(len(rides))
	return x, nil
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// ask times every ask, once to warm up and once to measure, on one core.
func (r *Result) ask(ctx context.Context, x *ride.Index, asks []ride.Ask) (found [][]ride.Match, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	found = make([][]ride.Match, len(asks))
	runtime.GC()
	for range 2 {
		var times []float64
		for i, a := range asks {
			begin := time.Now()
			if found[i], err = x.Match(a, 0); err != nil {
				return nil, err
			}
			times = append(times, milliseconds(begin))
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		r.MeanMS, r.P50MS, r.P99MS, r.MaxMS = summary(times)
	}
	var times []float64
	for _, a := range asks {
		begin := time.Now()
		if _, err = x.Match(a, 10); err != nil {
			return nil, err
		}
		times = append(times, milliseconds(begin))
	}
	r.TopMeanMS, _, r.TopP99MS, _ = summary(times)
	return found, nil
}

func milliseconds(begin time.Time) float64 { return float64(time.Since(begin).Nanoseconds()) / 1e6 }

// summary gives the mean, the median, the 99th percentile and the largest.
func summary(times []float64) (mean, median, p99, most float64) {
	slices.Sort(times)
	for _, t := range times {
		mean += t / float64(len(times))
	}
	rank := func(p float64) float64 { return times[int(math.Ceil(p*float64(len(times))))-1] }
	return mean, rank(.5), rank(.99), rank(1)
}

// counts are what is added up over the asks that are checked.
type counts struct {
	asks, answerable, empty int
	true, found, both       int // matches: the definition's, the index's, of both
	radius, radiusBoth      int
}

func (c *counts) add(d counts) {
	c.asks += d.asks
	c.answerable += d.answerable
	c.empty += d.empty
	c.true += d.true
	c.found += d.found
	c.both += d.both
	c.radius += d.radius
	c.radiusBoth += d.radiusBoth
}

// check compares with the exhaustive search, and with a radius at both ends, on all cores.
func (r *Result) check(ctx context.Context, rides []ride.Ride, asks []ride.Ask, found [][]ride.Match) error {
	if len(asks) == 0 {
		return nil
	}
	all := &ride.Exhaustive{}
	for _, one := range rides {
		if err := all.Add(one); err != nil {
			return err
		}
	}
	var sum counts
	var mu sync.Mutex
	var first error
	var work sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		work.Go(func() {
			for i := core; i < len(asks) && ctx.Err() == nil; i += cores {
				c, err := compare(all, rides, asks[i], found[i])
				mu.Lock()
				sum.add(c)
				if err != nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	work.Wait()
	if first == nil {
		first = ctx.Err()
	}
	r.tell(sum)
	return first
}

// compare looks at every ride for one ask.
func compare(all *ride.Exhaustive, rides []ride.Ride, a ride.Ask, found []ride.Match) (c counts, err error) {
	list, err := all.Match(a, 0)
	if err != nil {
		return c, err
	}
	right := map[ride.ID]ride.Match{}
	for _, m := range list {
		right[m.ID] = m
	}
	c.asks, c.true, c.found = 1, len(list), len(found)
	for _, m := range found {
		if t, ok := right[m.ID]; ok && t.Detour == m.Detour && t.Up.Equal(m.Up) {
			c.both++
		}
	}
	for i := range rides {
		if !near(&rides[i], &a) {
			continue
		}
		c.radius++
		if _, ok := right[rides[i].ID]; ok {
			c.radiusBoth++
		}
	}
	if len(list) > 0 {
		c.answerable = 1
		if c.radiusBoth == 0 {
			c.empty = 1
		}
	}
	return c, nil
}

// radius in kilometres, at both ends.
const radius = 25

// near is the usual search.
func near(r *ride.Ride, a *ride.Ask) bool {
	const degree = 111.2 // km of latitude, a little more than there are
	start, end := r.Path[0], r.Path[len(r.Path)-1]
	if math.Abs(start.Lat-a.From.Lat)*degree > radius+1 || math.Abs(end.Lat-a.To.Lat)*degree > radius+1 {
		return false
	}
	return start.Km(a.From) <= radius && end.Km(a.To) <= radius && r.Seats >= max(a.Seats, 1) && len(r.Departures(a.Leave.From, a.Leave.To)) > 0
}

// tell works out the shares.
func (r *Result) tell(c counts) {
	r.Answerable = c.answerable
	r.PerAsk = float64(c.true) / float64(c.asks)
	share := func(part, whole int) *float64 {
		if whole == 0 {
			return nil
		}
		v := float64(part) / float64(whole)
		return &v
	}
	r.Recall, r.Precision = share(c.both, c.true), share(c.both, c.found)
	if c.true > 0 && c.radius > 0 {
		r.Radius = &Radius{*share(c.radiusBoth, c.true), *share(c.radiusBoth, c.radius), float64(c.radius) / float64(c.asks), c.empty}
	}
}
