package whuffie

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"time"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// Reciprocity says how often giving comes back: "the more we give the more we receive", measured rather than assumed.
//
// Each person's clock starts with her first gift. She has received directly when somebody she gave to gives to her, and by
// a chain when somebody does who had received, through others, in a series of gifts that began with hers, each later
// than the one before. The shares are Kaplan-Meier's at Within: somebody whose first gift is younger has not failed to
// receive, she has waited until now. Intervals are those of Rothman (1978) at 95 %.
type Reciprocity struct {
	Within time.Duration
	Givers int // people who gave
	Young  int // of these, with a first gift less than Within old, and nothing received yet

	Direct   measure.Estimate // received from somebody they gave to
	Chain    measure.Estimate // received by a chain through others
	Estimate measure.Estimate // one or the other
	Anyone   measure.Estimate // received from anybody at all, which may have nothing to do with their giving
}

// act is one gift between people.
type act struct {
	giver, receiver uint32
	at              int64
}

// Reciprocate measures reciprocity in a log, as it is known at a time (the log's last event if until is zero): each
// thanks and each gift is an act of giving; one ID counts once; organisations and gifts that were paid for stay out.
func Reciprocate(log []Event, organisations []string, until time.Time, within time.Duration) Reciprocity {
	acts, people, last := actsOf(log, organisations, until)
	if until.IsZero() {
		until = last
	}
	b := newBacks(acts, people)
	b.direct()
	b.chains(int64(within / time.Second))
	r := Reciprocity{Within: within}
	end := until.Unix()
	for p, t0 := range b.first {
		if t0 == never {
			continue
		}
		r.Givers++
		if time.Duration(end-t0)*time.Second < within && min(b.straight[p], b.chain[p]) > end {
			r.Young++
		}
	}
	r.Direct = b.estimate(b.straight, end, within)
	r.Chain = b.estimate(b.chain, end, within)
	r.Anyone = b.estimate(b.any, end, within)
	either := make([]int64, people)
	for p := range either {
		either[p] = min(b.straight[p], b.chain[p])
	}
	r.Estimate = b.estimate(either, end, within)
	return r
}

// actsOf lists the acts of giving in order of time, and counts the people.
func actsOf(log []Event, organisations []string, until time.Time) (acts []act, people int, last time.Time) {
	numbers, heard := map[string]uint32{}, map[string]bool{}
	number := func(name string) uint32 {
		n, ok := numbers[name]
		if !ok {
			n = uint32(len(numbers))
			numbers[name] = n
		}
		return n
	}
	for _, e := range log {
		if e.Kind == Withdraw {
			heard[e.ID] = true
		}
	}
	out := map[string]bool{}
	for _, name := range organisations {
		out[name] = true
	}
	for _, e := range log {
		if e.Kind != Thanks && e.Kind != Gift || e.Paid || e.From == e.To || e.check() != nil || e.ID != "" && heard[e.ID] {
			continue
		}
		if !until.IsZero() && e.Time.After(until) || out[e.From] || out[e.To] {
			continue
		}
		if e.Time.After(last) {
			last = e.Time
		}
		heard[e.ID] = true
		giver, receiver := e.From, e.To
		if e.Kind == Thanks {
			giver, receiver = receiver, giver
		}
		acts = append(acts, act{number(giver), number(receiver), e.Time.Unix()})
	}
	slices.SortStableFunc(acts, func(a, b act) int { return cmp.Compare(a.at, b.at) })
	return acts, len(numbers), last
}

// never is later than any time.
const never = math.MaxInt64

// backs is when each person first gave, and when it first came back.
type backs struct {
	acts                        []act
	first, straight, chain, any []int64
}

func newBacks(acts []act, people int) *backs {
	b := &backs{acts: acts}
	for _, times := range []*[]int64{&b.first, &b.straight, &b.chain, &b.any} {
		*times = slices.Repeat([]int64{never}, people)
	}
	for _, a := range acts {
		b.first[a.giver] = min(b.first[a.giver], a.at)
	}
	return b
}

// direct finds when each giver first received from somebody she gave to, and from anybody.
func (b *backs) direct() {
	type pair struct{ giver, receiver uint32 }
	gave := map[pair]int64{}
	for _, a := range b.acts {
		if _, again := gave[pair{a.giver, a.receiver}]; !again {
			gave[pair{a.giver, a.receiver}] = a.at
		}
		if t, did := gave[pair{a.receiver, a.giver}]; did && t < a.at {
			b.straight[a.receiver] = min(b.straight[a.receiver], a.at)
		}
		if b.first[a.receiver] < a.at {
			b.any[a.receiver] = min(b.any[a.receiver], a.at)
		}
	}
}

// chains finds when a chain of gifts first came back to each giver through others. 64 givers are followed at once, each
// by a bit, from the first of their first gifts until `within` seconds after the last.
func (b *backs) chains(within int64) {
	var givers []uint32
	for p, t := range b.first {
		if t != never {
			givers = append(givers, uint32(p))
		}
	}
	slices.SortStableFunc(givers, func(x, y uint32) int { return cmp.Compare(b.first[x], b.first[y]) })
	at := func(t int64) int {
		i, _ := slices.BinarySearchFunc(b.acts, t, func(a act, t int64) int { return cmp.Compare(a.at, t) })
		return i
	}
	for batch := range slices.Chunk(givers, 64) {
		b.follow(batch, b.acts[at(b.first[batch[0]]):at(b.first[batch[len(batch)-1]]+within+1)])
	}
}

// reach is which givers' chains have come to somebody: straight from the giver, or through others.
type reach struct{ straight, through uint64 }

func (b *backs) follow(givers []uint32, acts []act) {
	bit := map[uint32]uint64{}
	for i, g := range givers {
		bit[g] = 1 << i
	}
	reached := map[uint32]reach{}
	news := map[uint32]reach{}
	for len(acts) > 0 {
		same := 1
		for same < len(acts) && acts[same].at == acts[0].at {
			same++
		}
		for _, a := range acts[:same] { // what is given at one time can't pass on what is given at the same time
			from := reached[a.giver]
			if back := from.through & bit[a.receiver]; back != 0 {
				g := givers[bits.TrailingZeros64(back)]
				b.chain[g] = min(b.chain[g], a.at)
			}
			n := news[a.receiver]
			n.straight |= bit[a.giver]
			n.through |= (from.straight | from.through) &^ bit[a.receiver]
			news[a.receiver] = n
		}
		for p, n := range news {
			r := reached[p]
			reached[p] = reach{r.straight | n.straight, r.through | n.through}
		}
		clear(news)
		acts = acts[same:]
	}
}

// estimate is the share of givers to whom something came back, by these times, within a while of their first gift.
func (b *backs) estimate(times []int64, end int64, within time.Duration) measure.Estimate {
	const confidence = .95
	var obs []stat.Observation
	for p, t0 := range b.first {
		if t0 == never || t0 >= end {
			continue
		}
		o := stat.Observation{Time: float64(min(times[p], end) - t0)}
		if times[p] <= end {
			o.Cause = 1
		}
		obs = append(obs, o)
	}
	if len(obs) == 0 {
		return measure.Unmeasured(measure.Share, 0)
	}
	s, varLog := stat.KaplanMeier(obs).At(within.Seconds())
	variance := s * s * varLog
	if s == 0 {
		variance = 0
	}
	e := measure.Estimate{Center: 1 - s, Confidence: confidence, N: len(obs), Unit: measure.Share}
	e.Lo, e.Hi = stat.RothmanWilson(1-s, variance, float64(len(obs)), confidence)
	if longest := time.Duration(end-b.acts[0].at) * time.Second; longest < within {
		e = e.With(measure.Doubted("short-log", longest.Hours()/24, within.Hours()/24))
	}
	return e
}
