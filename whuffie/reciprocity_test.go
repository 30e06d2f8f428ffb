package whuffie_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/entregent/entregent/whuffie"
)

const ninety = 90 * 24 * time.Hour

func after(days float64) time.Time {
	return at(1, 0).Add(time.Duration(days * 24 * float64(time.Hour)))
}

func gift(giver, receiver string, day float64) whuffie.Event {
	return whuffie.Event{Kind: whuffie.Gift, From: giver, To: receiver, Time: after(day)}
}

func TestReciprocityByHand(t *testing.T) {
	log := []whuffie.Event{
		gift("Ana", "Bob", 0), gift("Bob", "Ana", 10), // direct for Ana
		gift("Cléo", "Dan", 0), gift("Dan", "Eve", 5), gift("Eve", "Cléo", 20), // a chain for Cléo
		gift("Fay", "Gus", 0), gift("Hal", "Fay", 3), // from anybody for Fay
		gift("Ida", "Joe", 0), gift("Joe", "Ida", 95), // too late for Ida
		gift("Kim", "Kim", 1), {Kind: whuffie.Gift, From: "Lea", To: "Max", Time: after(2), Paid: true}, // no gifts
	}
	r := whuffie.Reciprocate(log, nil, after(400), ninety)
	// Givers: Ana, Bob, Cléo, Dan, Eve, Fay, Hal, Ida, Joe.
	for _, test := range []struct {
		what      string
		got, want float64
	}{
		{"givers", float64(r.Givers), 9},
		{"direct", r.Direct.Center, 1.0 / 9},
		{"by a chain", r.Chain.Center, 1.0 / 9},
		{"one or the other", r.Estimate.Center, 2.0 / 9},
		{"from anybody", r.Anyone.Center, 3.0 / 9},
	} {
		if math.Abs(test.got-test.want) > 1e-12 {
			t.Errorf("%s: %v, not %v", test.what, test.got, test.want)
		}
	}
	if r.Estimate.Lo >= r.Estimate.Center || r.Estimate.Hi <= r.Estimate.Center {
		t.Errorf("the interval is %v", r.Estimate)
	}
}

// Somebody who gave yesterday hasn't failed to receive. By hand: of five givers one receives after 10 days; one is seen
// for 5 only, so four were seen then.
func TestReciprocityIsCensored(t *testing.T) {
	log := []whuffie.Event{
		gift("Ana", "Zoe", 0), gift("Bob", "Yan", 0), gift("Cléo", "Xia", 0), {Kind: whuffie.Thanks, From: "Ana", To: "Zoe", Time: after(10)},
		gift("Dan", "Wim", 95),
	}
	r := whuffie.Reciprocate(log, nil, after(100), ninety)
	want := 1.0 / 4
	if math.Abs(r.Direct.Center-want) > 1e-12 || r.Young != 1 || r.Givers != 5 {
		t.Errorf("direct %v of %d givers, %d young; not %v", r.Direct, r.Givers, r.Young, want)
	}
	short := whuffie.Reciprocate(log[:4], nil, after(20), ninety)
	if len(short.Direct.Doubts) != 1 || short.Direct.Doubts[0].Code != "short-log" {
		t.Errorf("a log of 20 days: %v", short.Direct)
	}
	if none := whuffie.Reciprocate(nil, nil, time.Time{}, ninety); none.Givers != 0 || none.Estimate.Known() {
		t.Errorf("of nothing: %+v", none)
	}
}

// The chains that are followed 64 at once are those found by following each giver alone.
func TestChains(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 20 {
		people := 5 + r.IntN(150)
		var log []whuffie.Event
		for day := 0.0; len(log) < 3*people; day += float64(r.IntN(3)) * r.Float64() * 60 / float64(people) {
			log = append(log, gift(fmt.Sprint(r.IntN(people)), fmt.Sprint(r.IntN(people)), day))
		}
		end := log[len(log)-1].Time.Add(2 * ninety)
		got := whuffie.Reciprocate(log, nil, end, ninety)
		if want := chained(log); math.Abs(got.Chain.Center-want) > 1e-12 {
			t.Fatalf("%d people: by a chain %v, one by one %v", people, got.Chain.Center, want)
		}
	}
}

// chained is the share of givers to whom a chain of gifts comes back through others, followed one by one.
func chained(log []whuffie.Event) float64 {
	first := map[string]time.Time{}
	for _, e := range log {
		if _, gave := first[e.From]; !gave && e.From != e.To {
			first[e.From] = e.Time
		}
	}
	back := 0.0
	for giver, t0 := range first {
		through := map[string]time.Time{}
		straight := map[string]time.Time{}
		came := false
		for _, e := range log {
			if e.From == e.To || e.Time.Sub(t0) > ninety {
				continue
			}
			has := func(m map[string]time.Time) bool { t, ok := m[e.From]; return ok && t.Before(e.Time) }
			switch {
			case e.To == giver:
				came = came || has(through)
			case e.From == giver:
				note(straight, e)
			case has(straight) || has(through):
				note(through, e)
			}
		}
		if came {
			back++
		}
	}
	return back / float64(len(first))
}

func note(m map[string]time.Time, e whuffie.Event) {
	if _, old := m[e.To]; !old {
		m[e.To] = e.Time
	}
}
