package ridebench

import (
	"context"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/ride"
)

// TestRun: on a small world the index finds everything and nothing else, in no more memory than promised; the usual
// search doesn't.
func TestRun(t *testing.T) {
	r, rides, asks, found, err := Run(context.Background(), Options{Rides: 30000, Asks: 150, Check: 150, Seed: 3,
		From: time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC), Tell: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	if len(rides) != 30000 || len(asks) != 150 || len(found) != 150 || r.Checked != 150 {
		t.Errorf("%d rides, %d asks, %d answers", len(rides), len(asks), len(found))
	}
	if r.Recall == nil || *r.Recall != 1 || *r.Precision != 1 || r.Answerable < 20 {
		t.Errorf("recall %v, precision %v, %d answerable", r.Recall, r.Precision, r.Answerable)
	}
	if r.BytesPerRide > 64 {
		t.Errorf("%v bytes a ride", r.BytesPerRide)
	}
	if r.Radius == nil || r.Radius.Recall > .9 || r.Radius.Precision > .5 || r.Radius.Empty == 0 {
		t.Errorf("the usual search: %+v", r.Radius)
	}
}

// TestCompare: a match that is missing, one too many, and one with a wrong detour each show.
func TestCompare(t *testing.T) {
	_, rides, asks, found, err := Run(context.Background(), Options{Rides: 20000, Asks: 100, Seed: 4, From: time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC), Tell: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	var all ride.Exhaustive
	for _, r := range rides {
		if err := all.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for len(found[n]) < 2 {
		n++
	}
	for name, list := range map[string][]ride.Match{
		"missing": found[n][1:],
		"extra":   append([]ride.Match{{ID: 1 << 40}}, found[n]...),
		"wrong":   append([]ride.Match{{ID: found[n][0].ID, Detour: found[n][0].Detour + .001, Up: found[n][0].Up}}, found[n][1:]...),
	} {
		c, err := compare(&all, rides, asks[n], list)
		if err != nil {
			t.Fatal(err)
		}
		if c.both == c.true && c.both == c.found {
			t.Errorf("%s: not seen", name)
		}
	}
}
