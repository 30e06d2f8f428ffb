package tally_test

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/tally"
	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/measure/stat"
)

var paris = func() *time.Location { z, _ := time.LoadLocation("Europe/Paris"); return z }()

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, paris)
	if err != nil {
		panic(err)
	}
	return t
}

// agreed is a chain in which who has been promised a place.
func agreed(id string, kind board.Kind, author, who board.PersonID, start string) *board.Chain {
	c := &board.Chain{Post: board.Post{ID: board.PostID(id), Author: author, Act: board.Offer, Kind: kind, Start: at(start), End: at(start).Add(time.Hour), Zone: paris, Capacity: 4,
		Stops: []board.Stop{{Name: "A", At: geo.Point{Lat: 45, Lon: 5}}, {Name: "B", At: geo.Point{Lat: 45.5, Lon: 5}}}}}
	early := at(start).AddDate(0, 0, -20)
	if err := c.Post.Publish(early); err != nil {
		panic(err)
	}
	_, err := c.Request(board.Wish{ID: "p", Person: who, Count: 1}, early)
	_, err2 := c.Do("p", board.Accept, author, early)
	if err := errors.Join(err, err2); err != nil {
		panic(err)
	}
	return c
}

// thanked is a kept promise for which who thanked.
func thanked(id string, author, who board.PersonID, start string) *board.Chain {
	c := agreed(id, board.Skill, author, who, start)
	day := at(start).AddDate(0, 0, 1)
	for _, p := range []board.PersonID{author, who} {
		if err := c.Say("p", p, board.Deed{Happened: true}, day); err != nil {
			panic(err)
		}
	}
	if err := c.Thank("p", who, "Merci", board.Skill, day); err != nil {
		panic(err)
	}
	return c
}

func ExampleOf() {
	c := thanked("1", "awa", "driss", "2026-06-01T10:00")
	t := tally.Of("awa", []*board.Chain{c}, at("2026-12-12T11:00"))
	fmt.Printf("%d of %d kept, %d thanked; faded %.2f\n", t.Kept, t.Agreed, t.Thanked, t.Faded.Kept)
	// Output: 1 of 1 kept, 1 thanked; faded 0.47
}

// Un-promising: the first is free, then it counts, then it fades.
func TestC09(t *testing.T) {
	var chains []*board.Chain
	for i, day := range []string{"2026-09-01T00:00", "2026-11-20T12:00", "2026-11-28T12:00"} {
		c := agreed(fmt.Sprint(i), board.Bed, "farid", "bruno", at(day).Add(30*time.Hour).Format("2006-01-02T15:04"))
		if _, err := c.Do("p", board.Cancel, "farid", at(day)); err != nil {
			t.Fatal(err)
		}
		chains = append(chains, c)
	}
	theirs := agreed("x", board.Bed, "farid", "chloe", "2026-11-25T12:00")
	if _, err := theirs.Do("p", board.Cancel, "chloe", at("2026-11-25T00:00")); err != nil {
		t.Fatal(err)
	}
	chains = append(chains, theirs)
	for when, want := range map[string]int{"2026-11-29T00:00": 2, "2026-11-30T00:00": 1, "2026-12-05T00:00": 1, "2027-03-10T00:00": 0} {
		if got := tally.Of("farid", chains, at(when)); got.Unpromised != want || got.Late != 0 || got.Agreed != 3 {
			t.Errorf("on %s: un-promised %d of %d, late %d; want %d of 3", when, got.Unpromised, got.Agreed, got.Late, want)
		}
	}
	if got := tally.Of("chloe", chains, at("2026-11-29T00:00")); got.Unpromised != 0 || got.Late != 1 {
		t.Errorf("chloe: un-promised %d, late %d; want 0 and 1 (12 hours ahead)", got.Unpromised, got.Late)
	}
	gone := agreed("y", board.Table, "host", "gwen", "2026-11-28T12:00")
	for _, p := range []board.PersonID{"host", "gwen"} {
		if err := gone.Say("p", p, board.Deed{Absent: "gwen"}, at("2026-11-28T20:00")); err != nil {
			t.Fatal(err)
		}
	}
	g, h := tally.Of("gwen", []*board.Chain{gone}, at("2026-11-29T00:00")), tally.Of("host", []*board.Chain{gone}, at("2026-11-29T00:00"))
	if g.Missed != 1 || g.Unpromised != 0 || h.Missed != 0 {
		t.Errorf("a no-show stands apart: gwen %+v, host %+v", g, h)
	}
}

// A ride over midnight belongs to the day it departs; four a day, 2 km, 30 minutes.
func TestC03(t *testing.T) {
	trip := func(car, start string, km float64) tally.Trip {
		return tally.Trip{Person: "c", Car: car, Start: at(start), Km: km}
	}
	var r tally.Register
	for i, start := range []string{"2026-12-11T06:00", "2026-12-11T09:00", "2026-12-11T12:00", "2026-12-11T23:30"} {
		if err := r.Add(trip(fmt.Sprint(i), start, 90)); err != nil {
			t.Fatal(err)
		}
	}
	var not *tally.Unregistered
	if err := r.Add(trip("x", "2026-12-11T18:00", 90)); !errors.As(err, &not) || not.Rule != "a-day" {
		t.Errorf("a fifth that day: %v", err)
	}
	if err := r.Add(trip("y", "2026-12-12T00:15", 90)); err != nil {
		t.Errorf("the first of the next day: %v", err)
	}
	if err := r.Add(trip("z", "2026-12-12T00:44", 90)); !errors.As(err, &not) || not.Rule != "apart" {
		t.Errorf("29 minutes later: %v", err)
	}
	if err := r.Add(trip("z", "2026-12-12T00:45", 90)); err != nil {
		t.Errorf("30 minutes later: %v", err)
	}
	if err := r.Add(trip("s", "2026-12-14T08:00", 1.99)); !errors.As(err, &not) || not.Rule != "short" {
		t.Errorf("1.99 km: %v", err)
	}
	if err := r.Add(trip("n", "2026-12-14T08:00", math.NaN())); !errors.As(err, &not) {
		t.Errorf("an unknown length: %v", err)
	}
	if err := errors.Join(r.Add(trip("q", "2026-12-15T08:00", 9)), r.Add(trip("q", "2026-12-15T08:00", 9))); err != nil {
		t.Errorf("two passengers of one ride: %v", err)
	}
}

// Thanks weigh 1, ½, ¼ … between the same two, and a ride that the register
// refuses gives no edge.
func TestEdges(t *testing.T) {
	var chains []*board.Chain
	for i := range 5 {
		chains = append(chains, thanked(fmt.Sprint(i), "awa", "driss", at("2026-03-02T10:00").AddDate(0, 0, 20*i).Format("2006-01-02T15:04")))
	}
	edges := tally.Edges(chains, at("2026-12-01T00:00"))
	total := 0.0
	for i, e := range edges {
		if e.Weight != math.Pow(.5, float64(i)) || e.From != "driss" || e.To != "awa" {
			t.Errorf("edge %d: %+v", i, e)
		}
		total += e.Weight
	}
	if len(edges) != 5 || total > 2 {
		t.Errorf("%d edges weigh %g", len(edges), total)
	}
	if early := tally.Edges(chains[:1], at("2026-03-16T10:59")); len(early) != 0 {
		t.Errorf("sealed thanks count: %+v", early)
	}
	short := agreed("r", board.Ride, "awa", "elise", "2026-03-02T10:00")
	short.Post.Stops[1].At = geo.Point{Lat: 45.01, Lon: 5}
	for _, p := range []board.PersonID{"awa", "elise"} {
		if err := short.Say("p", p, board.Deed{Happened: true}, at("2026-03-03T10:00")); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []board.PersonID{"awa", "elise"} {
		if err := short.Thank("p", p, "Merci", board.Ride, at("2026-03-03T10:00")); err != nil {
			t.Fatal(err)
		}
	}
	if edges := tally.Edges([]*board.Chain{short}, at("2026-12-01T00:00")); len(edges) != 0 {
		t.Errorf("a ride of 1.1 km gives %+v", edges)
	}
	short.Post.Stops[1].At = geo.Point{Lat: 45.5, Lon: 5}
	if edges := tally.Edges([]*board.Chain{short}, at("2026-12-01T00:00")); len(edges) != 2 {
		t.Errorf("a ride of 56 km gives %d edges", len(edges))
	}
}

// What came back within ninety days, directly and by chains that go forward in time.
func TestReciprocity(t *testing.T) {
	day := func(n int) time.Time { return at("2026-01-01T10:00").AddDate(0, 0, n) }
	gifts := []tally.Gift{
		{"a", "b", day(0)}, {"b", "a", day(10)}, // direct for a; b's first gift comes back by no later one
		{"c", "d", day(0)}, {"d", "e", day(20)}, {"e", "c", day(40)}, // a chain for c; d and e get nothing after theirs
		{"f", "g", day(0)}, {"h", "f", day(5)}, // f received, but not through its gift
		{"i", "j", day(0)}, {"j", "i", day(91)}, // too late
		{"k", "l", day(30)}, {"m", "k", day(29)}, // before
		{"n", "n", day(0)}, {"o", "p", day(300)}, // to oneself; not over at the census
	}
	r := tally.Reciprocity(gifts, day(340), .95)
	lo, hi := stat.Wilson(1, 11, .95)
	if r.Direct.N != 11 || r.Direct.Center != 1./11 || r.Direct.Lo != lo || r.Direct.Hi != hi {
		t.Errorf("direct %v, want 1 of 11", r.Direct)
	}
	if r.Chain.Center != 2./11 || r.Any.Center != 3./11 {
		t.Errorf("by chain %v, from anybody %v; want 2 and 3 of 11", r.Chain, r.Any)
	}
	if none := tally.Reciprocity(nil, day(0), .95); none.Any.Known() {
		t.Errorf("nobody gave: %v", none.Any)
	}
}
