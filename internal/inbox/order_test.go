package inbox

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// anItem draws somebody who has waited up to twice the promise.
func anItem(t *rapid.T, id int, promise time.Duration) Item {
	whuffie := rapid.SampledFrom([]float64{0, 0, .3, .7, 1, 5, -1}).Draw(t, "whuffie")
	return Item{
		ID:       fmt.Sprint(id),
		Arrived:  noon.Add(-time.Duration(rapid.Int64Range(0, int64(2*promise/time.Minute)).Draw(t, "minutes")) * time.Minute),
		Newcomer: rapid.Bool().Draw(t, "newcomer"),
		Whuffie:  whuffie,
	}
}

func morning(t *rapid.T) (items []Item, promise, pace time.Duration) {
	promise = time.Duration(rapid.IntRange(1, 72).Draw(t, "promise")) * time.Hour
	pace = time.Duration(rapid.IntRange(1, 240).Draw(t, "pace")) * time.Minute
	for i := range rapid.IntRange(0, 25).Draw(t, "waiting") {
		items = append(items, anItem(t, i, promise))
	}
	return items, promise, pace
}

// plain is the same morning if nobody had whuffie.
func plain(items []Item) []Item {
	same := slices.Clone(items)
	for i := range same {
		same[i].Whuffie = 0
	}
	return same
}

// places gives each item's place.
func places(items []Item) map[string]int {
	at := map[string]int{}
	for i, item := range items {
		at[item.ID] = i
	}
	return at
}

// No message passes its promised wait because of whuffie, whoever has how much,
// at the pace foreseen or any faster one.
func TestNoPromiseIsBrokenForWhuffie(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		items, promise, pace := morning(t)
		without := plain(items)
		Order(items, noon, promise, pace)
		Order(without, noon, promise, pace)
		real := time.Duration(rapid.Int64Range(int64(time.Minute), int64(pace)).Draw(t, "real pace"))
		before := places(without)
		for place, item := range items {
			if before[item.ID] != place {
				moved++
			}
			answered := func(place int) time.Time { return noon.Add(time.Duration(place+1) * real) }
			if due := item.Due(promise); answered(place).After(due) && !answered(before[item.ID]).After(due) {
				t.Fatalf("%+v would be answered in time at place %d, and too late at %d", item, before[item.ID], place)
			}
		}
	})
	if moved < 100 && !testing.Short() { // short: a fifth of the cases
		t.Errorf("whuffie moved only %d items: the law was hardly tried", moved)
	}
}

// The same through a whole day: whoever is first is answered, others arrive
// meanwhile, and the order is made again after each answer.
func TestNoPromiseIsBrokenAllDay(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		items, promise, pace := morning(t)
		for i := range rapid.IntRange(0, 25).Draw(t, "to come") {
			item := anItem(t, 100+i, promise)
			item.Arrived = noon.Add(noon.Sub(item.Arrived))
			items = append(items, item)
		}
		real := time.Duration(rapid.Int64Range(int64(time.Minute), int64(pace)).Draw(t, "real pace"))
		with, without := serve(items, promise, pace, real), serve(plain(items), promise, pace, real)
		for _, item := range items {
			due := item.Due(promise)
			if !with[item.ID].Equal(without[item.ID]) {
				moved++
			}
			if with[item.ID].After(due) && !without[item.ID].After(due) {
				t.Fatalf("%+v is answered at %s, and without whuffie at %s, before its promise %s", item, with[item.ID], without[item.ID], due)
			}
		}
	})
	if moved < 100 && !testing.Short() { // short: a fifth of the cases
		t.Errorf("whuffie moved only %d items: the law was hardly tried", moved)
	}
}

// serve answers one item each pace, the first of the order, and tells when each
// was answered.
func serve(items []Item, promise, foreseen, pace time.Duration) map[string]time.Time {
	left, answered := slices.Clone(items), map[string]time.Time{}
	for now := noon; len(left) > 0; {
		var here []Item
		for _, item := range left {
			if !item.Arrived.After(now) {
				here = append(here, item)
			}
		}
		if len(here) == 0 {
			now = slices.MinFunc(left, func(a, b Item) int { return a.Arrived.Compare(b.Arrived) }).Arrived
			continue
		}
		Order(here, now, promise, foreseen)
		now = now.Add(pace)
		answered[here[0].ID] = now
		left = slices.DeleteFunc(left, func(i Item) bool { return i.ID == here[0].ID })
	}
	return answered
}

// A newcomer is never pushed back, nor is who already waits too long.
func TestNobodyIsPushedBackWhoMustNotBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, promise, pace := morning(t)
		without := plain(items)
		Order(items, noon, promise, pace)
		Order(without, noon, promise, pace)
		before := places(without)
		for place, item := range items {
			if place <= before[item.ID] {
				continue
			}
			if item.Newcomer {
				t.Fatalf("the newcomer %+v is pushed back from %d to %d", item, before[item.ID], place)
			}
			if item.Due(promise).Before(noon) {
				t.Fatalf("%+v waits too long already and is pushed back from %d to %d", item, before[item.ID], place)
			}
		}
	})
}

// Nobody overtakes who arrived more than a tenth of the promised wait before.
func TestALiftIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, promise, pace := morning(t)
		Order(items, noon, promise, pace)
		for i, a := range items {
			for _, b := range items[i+1:] {
				if lead := a.Arrived.Sub(b.Arrived); lead > promise/10 {
					t.Fatalf("%+v stands before %+v, which arrived %s earlier", a, b, lead)
				}
			}
		}
	})
}

// The order depends on who waits, not on how the list was given.
func TestOrderIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, promise, pace := morning(t)
		again := rapid.Permutation(items).Draw(t, "shuffled")
		Order(items, noon, promise, pace)
		Order(again, noon, promise, pace)
		if !slices.Equal(items, again) {
			t.Fatalf("%+v\nor %+v", items, again)
		}
	})
}

func BenchmarkOrder(b *testing.B) {
	var items []Item
	for i := range 100_000 {
		items = append(items, Item{ID: fmt.Sprint(i), Arrived: noon.Add(-time.Duration(i*7919%100_000) * time.Minute), Whuffie: float64(i%3) / 2})
	}
	for b.Loop() {
		Order(slices.Clone(items), noon, 24*time.Hour, 10*time.Minute)
	}
}
