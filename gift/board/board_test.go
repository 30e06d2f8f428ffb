package board_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/money"
)

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

var paris = zone("Europe/Paris")

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, paris)
	if err != nil {
		panic(err)
	}
	return t
}

// ride is an open ride of one author.
func ride(author board.PersonID, start string, seats int, stops ...string) *board.Chain {
	c := &board.Chain{Post: board.Post{ID: "post", Author: author, Act: board.Offer, Kind: board.Ride, Start: at(start), End: at(start).Add(time.Hour), Zone: paris, Capacity: seats, Audience: board.Members}}
	for _, s := range stops {
		c.Post.Stops = append(c.Post.Stops, board.Stop{Name: s})
	}
	if err := c.Post.Publish(at(start).AddDate(0, 0, -5)); err != nil {
		panic(err)
	}
	return c
}

// agree has somebody ask and the author accept.
func agree(t testing.TB, c *board.Chain, who board.PersonID, count int, now time.Time) {
	t.Helper()
	if _, err := c.Request(board.Wish{ID: board.PromiseID(who), Person: who, Count: count}, now); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(board.PromiseID(who), board.Accept, c.Post.Author, now); err != nil {
		t.Fatal(err)
	}
}

func happened(t testing.TB, c *board.Chain, id board.PromiseID, now time.Time, people ...board.PersonID) {
	t.Helper()
	for _, who := range people {
		if err := c.Say(id, who, board.Deed{Happened: true}, now); err != nil {
			t.Fatal(err)
		}
	}
}

// From an offer to thanks that can be read.
func ExampleChain() {
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	c := &board.Chain{Post: board.Post{ID: "1", Author: "awa", Act: board.Offer, Kind: board.Thing, Text: "Une poussette à donner", Zone: time.UTC, Capacity: 1}}
	fmt.Println(c.Post.Publish(now))
	_, _ = c.Request(board.Wish{ID: "p", Person: "driss", Count: 1, Start: now.Add(time.Hour)}, now)
	_, _ = c.Do("p", board.Accept, "awa", now)
	later := now.Add(2 * time.Hour)
	fmt.Println(c.Thank("p", "driss", "Merci !", board.Thing, later))
	_, _ = c.Say("p", "awa", board.Deed{Happened: true}, later), c.Say("p", "driss", board.Deed{Happened: true}, later)
	fmt.Println(c.Thank("p", "driss", "Merci !", board.Thing, later))
	_, open := c.Opened(c.Find("p"), 1, later)
	fmt.Println("read at once:", open)
	// Output:
	// <nil>
	// thanks need a promise that was kept; this one is unsaid
	// <nil>
	// read at once: false
}

// The way back has the stops in the other order and seats of its own.
func TestC04(t *testing.T) {
	out := ride("awa", "2026-12-04T08:00", 3, "Quimper", "Vannes", "Redon", "Nantes")
	back := out.Post.WayBack("back", at("2026-12-06T17:00"))
	var names []string
	for _, s := range back.Stops {
		names = append(names, s.Name)
	}
	if fmt.Sprint(names) != "[Nantes Redon Vannes Quimper]" || !back.End.Equal(at("2026-12-06T18:00")) {
		t.Errorf("the way back is %v until %s", names, back.End)
	}
	back.Capacity = 1
	back.Stops[0].Name = "elsewhere"
	if out.Post.Capacity != 3 || out.Post.Stops[3].Name != "Nantes" {
		t.Error("a change to the way back changes the way out")
	}
	if back.SameAs(&out.Post) {
		t.Error("the way back is taken for the same post")
	}
}

// A seat free on one leg only.
func TestC05(t *testing.T) {
	c := ride("awa", "2026-12-04T08:00", 2, "Quimper", "Vannes", "Redon", "Nantes")
	now := at("2026-12-01T08:00")
	ask := func(who board.PersonID, n, from, to int) error {
		if _, err := c.Request(board.Wish{ID: board.PromiseID(who), Person: who, Count: n, From: from, To: to}, now); err != nil {
			return err
		}
		_, err := c.Do(board.PromiseID(who), board.Accept, "awa", now)
		return err
	}
	if err := errors.Join(ask("bruno", 2, 0, 1), ask("chloe", 2, 1, 3)); err != nil {
		t.Fatal(err)
	}
	var full *board.Full
	if err := ask("driss", 1, 2, 3); !errors.As(err, &full) || full.Leg != 2 {
		t.Errorf("driss: %v", err)
	}
	if err := ask("elise", 1, 0, 2); !errors.As(err, &full) || full.Leg != 0 || full.Free != 0 {
		t.Errorf("elise: %v, want the first leg named", err)
	}
	if _, err := c.Do("bruno", board.Cancel, "bruno", now); err != nil {
		t.Fatal(err)
	}
	if free := c.Free(""); !reflect.DeepEqual(free, []int{2, 0, 0}) {
		t.Errorf("free after the cancellation: %v", free)
	}
}

// The last seat, two hundred hands: places are never promised twice.
func TestC07(t *testing.T) {
	c := ride("awa", "2026-12-04T08:00", 1, "A", "B")
	now := at("2026-12-01T08:00")
	for n := range 200 {
		id := board.PersonID(fmt.Sprint("p", n))
		if _, err := c.Request(board.Wish{ID: board.PromiseID(id), Person: id, Count: 1}, now); err != nil {
			t.Fatal(err)
		}
	}
	accepted, full := 0, 0
	for n := range 200 {
		_, err := c.Do(board.PromiseID(fmt.Sprint("p", n)), board.Accept, "awa", now)
		var f *board.Full
		switch {
		case err == nil:
			accepted++
		case errors.As(err, &f):
			full++
		}
	}
	if accepted != 1 || full != 199 || c.Free("")[0] != 0 {
		t.Errorf("%d accepted, %d full, %v free", accepted, full, c.Free(""))
	}
	c = ride("awa", "2026-12-04T08:00", 3, "A", "B")
	for i, n := range []int{2, 2, 1} {
		id := board.PersonID(fmt.Sprint("q", i))
		_, _ = c.Request(board.Wish{ID: board.PromiseID(id), Person: id, Count: n}, now)
		_, _ = c.Do(board.PromiseID(id), board.Accept, "awa", now)
	}
	if free := c.Free("")[0]; free != 0 {
		t.Errorf("requests for 2, 2 and 1 of 3 leave %d", free)
	}
}

// A chain of cancellations and reopening.
func TestC08(t *testing.T) {
	c := ride("awa", "2026-12-04T17:00", 2, "A", "B")
	noon := at("2026-12-03T12:00")
	agree(t, c, "bruno", 1, noon.Add(-time.Hour))
	agree(t, c, "chloe", 1, noon.Add(-time.Hour))
	_, _ = c.Request(board.Wish{ID: "driss", Person: "driss", Count: 1}, noon.Add(-time.Hour))
	if c.Find("driss").State != board.Waiting || c.Next() != nil {
		t.Fatal("driss doesn't wait")
	}
	told, err := c.Do("bruno", board.Cancel, "bruno", noon)
	if err != nil || len(told) != 2 || told[0].To != "awa" || told[0].By != "bruno" || !told[1].Reopens {
		t.Fatalf("bruno cancels: %+v, %v", told, err)
	}
	if next := c.Next(); next == nil || next.Person != "driss" {
		t.Fatal("it isn't driss's turn")
	}
	if _, err := c.Do("driss", board.Accept, "awa", noon.Add(5*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Request(board.Wish{ID: "bruno2", Person: "bruno", Count: 1}, noon.Add(10*time.Minute)); err != nil || c.Find("bruno2").State != board.Waiting || c.Find("bruno").State != board.Cancelled {
		t.Errorf("bruno again: %v, %s; his old promise is %s", err, c.Find("bruno2").State, c.Find("bruno").State)
	}
	told, err = c.End("awa", noon.Add(2*time.Hour))
	var cancelled []board.PersonID
	for _, n := range told {
		if n.Move == board.Cancel && n.To != "" {
			cancelled = append(cancelled, n.To)
		}
		if n.To == "awa" || n.By != "awa" && n.To != "" {
			t.Errorf("told %+v", n)
		}
	}
	if err != nil || fmt.Sprint(cancelled) != "[chloe driss]" {
		t.Errorf("told of the cancelled ride: %v, %v", cancelled, err)
	}
	var illegal *board.Illegal
	if _, err := c.Do("bruno", board.Cancel, "bruno", noon.Add(3*time.Hour)); !errors.As(err, &illegal) {
		t.Errorf("yesterday's link: %v", err)
	}
	if p := c.Find("chloe"); p.By != "awa" || !p.At.Equal(noon.Add(2*time.Hour)) || p.Counted != "awa" {
		t.Errorf("chloe is told: by %s at %s", p.By, p.At)
	}
}

// It did not happen: no invitation to thank, and no thanks.
func TestC10(t *testing.T) {
	c := &board.Chain{Post: board.Post{ID: "bed", Author: "host", Act: board.Offer, Kind: board.Bed, Start: at("2026-11-20T00:00"), End: at("2026-11-22T00:00"), Dates: true, Zone: paris, Capacity: 1}}
	if err := c.Post.Publish(at("2026-11-10T09:00")); err != nil {
		t.Fatal(err)
	}
	agree(t, c, "guest", 1, at("2026-11-11T09:00"))
	p := c.Find("guest")
	var early *board.Passed
	if err := c.Say("guest", "host", board.Deed{}, at("2026-11-22T20:00")); !errors.As(err, &early) || !early.Early {
		t.Errorf("said before the last day is over: %v", err)
	}
	day1 := at("2026-11-23T10:00")
	if c.Due(p, "host", day1) != board.SayDue || c.Due(p, "guest", day1) != board.SayDue {
		t.Error("the first question isn't whether it happened")
	}
	if err := c.Say("guest", "host", board.Deed{Absent: "guest"}, day1); err != nil {
		t.Fatal(err)
	}
	for day := 1; day < 17; day++ {
		now := day1.AddDate(0, 0, day)
		if c.Due(p, "host", now) != board.NothingDue {
			t.Errorf("day %d: the host is reminded", day)
		}
		var not *board.NotKept
		if err := c.Thank("guest", "guest", "Merci", board.Bed, now); !errors.As(err, &not) {
			t.Errorf("day %d: the guest thanks: %v", day, err)
		}
		if _, seen := c.Seen(p, "stranger", now); seen {
			t.Errorf("day %d: something is published", day)
		}
	}
	if err := c.Say("guest", "guest", board.Deed{Happened: true}, day1.AddDate(0, 0, 5)); err != nil {
		t.Fatal(err)
	}
	if o := c.Outcome(p, day1.AddDate(0, 0, 6)); o != board.Disputed {
		t.Errorf("two answers against each other: %s", o)
	}
}

// Accept, remove, delete: the riders keep their history and their say.
func TestC11(t *testing.T) {
	c := ride("hugo", "2026-12-04T17:00", 3, "A", "B")
	for _, who := range []board.PersonID{"a", "b", "c"} {
		agree(t, c, who, 1, at("2026-12-02T10:00"))
	}
	hour := at("2026-12-04T16:00")
	for _, who := range []board.PromiseID{"a", "b", "c"} {
		if _, err := c.Do(who, board.Cancel, "hugo", hour); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.End("hugo", hour); err != nil {
		t.Fatal(err)
	}
	next := at("2026-12-05T12:00")
	for _, who := range []board.PersonID{"a", "b", "c"} {
		p := c.Find(board.PromiseID(who))
		if s, ok := c.Seen(p, who, next); !ok || s.State != board.Cancelled || !p.Late || p.By != "hugo" {
			t.Errorf("%s sees %+v", who, s)
		}
		if err := c.Tell(p.ID, who, board.Facts{}, next); err != nil {
			t.Errorf("%s can't tell the moderators: %v", who, err)
		}
		var not *board.NotKept
		if err := c.Thank(p.ID, who, "Merci", board.Ride, next); !errors.As(err, &not) {
			t.Errorf("%s thanks: %v", who, err)
		}
	}
	if err := c.Tell("a", "a", board.Facts{}, next.AddDate(0, 0, 15)); err == nil {
		t.Error("the facts are open for more than fourteen days")
	}
	if c.Post.Shows(board.Viewer{ID: "x", Member: true}) {
		t.Error("the deleted post is listed")
	}
}

// Expiry and repost.
func TestC12(t *testing.T) {
	cot := func() *board.Chain {
		c := &board.Chain{Post: board.Post{ID: "cot", Author: "elise", Act: board.Offer, Kind: board.Thing, Text: "Un lit bébé", Zone: paris, Capacity: 1}}
		if err := c.Post.Publish(at("2026-11-01T09:00")); err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := cot()
	if !c.Post.AskedAt().Equal(at("2026-11-28T09:00")) {
		t.Errorf("asked on %s", c.Post.AskedAt())
	}
	if err := c.Post.Confirm("elise", at("2026-11-29T10:00")); err != nil || !c.Post.Expires.Equal(at("2026-12-31T09:00")) {
		t.Errorf("confirmed until %s, %v", c.Post.Expires, err)
	}
	if err := c.Post.Confirm("somebody", at("2026-11-29T10:00")); err == nil {
		t.Error("somebody else confirms")
	}
	c = cot()
	if c.Expire(at("2026-12-01T08:59")) || !c.Expire(at("2026-12-01T09:00")) || c.Post.State != board.Withdrawn {
		t.Error("it isn't withdrawn on 1 December at 9:00")
	}
	if err := c.Post.Confirm("elise", at("2027-02-28T09:00")); err != nil || c.Post.State != board.Open {
		t.Errorf("published again within 90 days: %v", err)
	}
	c = cot()
	c.Expire(at("2026-12-01T09:00"))
	if err := c.Post.Confirm("elise", at("2027-03-02T09:00")); err == nil {
		t.Error("published again after 90 days")
	}
	c = cot()
	if _, err := c.Request(board.Wish{ID: "p", Person: "bruno", Count: 1, Start: at("2026-12-05T10:00")}, at("2026-11-30T09:00")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do("p", board.Accept, "elise", at("2026-11-30T09:00")); err != nil {
		t.Fatal(err)
	}
	if c.Expire(at("2026-12-02T09:00")) {
		t.Error("a post expires under a promise")
	}
}

// The same post twice.
func TestC13(t *testing.T) {
	a := ride("awa", "2026-12-04T17:00", 2, "Épinal", "Nancy")
	b := ride("awa", "2026-12-04T17:00", 2, "Épinal", "Nancy")
	back := ride("awa", "2026-12-04T20:00", 2, "Nancy", "Épinal")
	other := ride("bruno", "2026-12-04T17:00", 2, "Épinal", "Nancy")
	if !a.Post.SameAs(&b.Post) || a.Post.SameAs(&back.Post) || a.Post.SameAs(&other.Post) {
		t.Error("the double click, the way back or another driver is taken wrongly")
	}
	ask := a.Post
	ask.Act = board.Ask
	v := board.Viewer{ID: "awa", Member: true}
	if m := board.Suits(&a.Post, &ask, v, v); m != board.Same {
		t.Errorf("Awa's own ask with her own ride: %q", m)
	}
	ask.Author = "driss"
	if m := board.Suits(&a.Post, &ask, board.Viewer{ID: "driss", Member: true}, v); m != board.Fits {
		t.Errorf("somebody else's ask: %q", m)
	}
	if _, err := a.Request(board.Wish{ID: "x", Person: "awa", Count: 1}, at("2026-12-01T10:00")); err == nil {
		t.Error("Awa promises herself a seat")
	}
}

// The post changes after the promise.
func TestC14(t *testing.T) {
	c := ride("bruno", "2026-12-04T17:00", 3, "Lyon", "Valence (26)")
	now := at("2026-12-01T10:00")
	agree(t, c, "chloe", 1, now)
	agree(t, c, "driss", 1, now)
	edit := func(change func(*board.Post)) ([]board.Notice, error) {
		next := c.Post
		next.Stops = append([]board.Stop(nil), next.Stops...)
		change(&next)
		return c.Edit(next, "bruno", now)
	}
	var kept *board.Promised
	if _, err := edit(func(p *board.Post) { p.Capacity = 1 }); !errors.As(err, &kept) || kept.Count != 2 {
		t.Errorf("seats 1: %v", err)
	}
	if _, err := edit(func(p *board.Post) { p.Stops[1].Name = "Valence (82)" }); !errors.As(err, &kept) || kept.Field != "stops" {
		t.Errorf("another Valence: %v", err)
	}
	if told, err := edit(func(p *board.Post) { p.Text = "départ de la gare" }); err != nil || len(told) != 0 || c.Post.Version != 1 {
		t.Errorf("a typing error: %v, %v, version %d", told, err, c.Post.Version)
	}
	told, err := edit(func(p *board.Post) { p.Start, p.End = at("2026-12-04T19:00"), at("2026-12-04T20:00") })
	if err != nil || len(told) != 2 || c.Find("chloe").State != board.Changed || !c.Find("chloe").Start.Equal(at("2026-12-04T19:00")) {
		t.Fatalf("19:00: %v, %v, %s", told, err, c.Find("chloe").State)
	}
	if free := c.Free("")[0]; free != 1 {
		t.Errorf("the seats of those who are asked anew are given away: %d free", free)
	}
	if _, err := c.Do("driss", board.Cancel, "driss", now.Add(time.Hour)); err != nil || c.Find("driss").Counted != "" {
		t.Errorf("leaving then counts: %v, %q", err, c.Find("driss").Counted)
	}
	if _, err := c.Do("chloe", board.Lapse, "", now.Add(23*time.Hour)); err == nil {
		t.Error("it lapses before 24 hours")
	}
	if _, err := c.Do("chloe", board.Lapse, "", now.Add(24*time.Hour)); err != nil || c.Find("chloe").State != board.Lapsed {
		t.Errorf("silent for 24 hours: %v", err)
	}
}

// For women only: nobody else learns that it exists.
func TestC18(t *testing.T) {
	c := ride("chloe", "2026-12-04T17:00", 3, "Angers", "Tours")
	c.Post.Audience = board.Women
	for name, v := range map[string]board.Viewer{
		"a profile changed yesterday": {ID: "farid", Member: true, Woman: true},
		"a verified man":              {ID: "driss", Member: true, Verified: true},
		"no gender stated":            {ID: "alix", Member: true, Verified: true},
		"a stranger":                  {},
		"blocked":                     {ID: "e", Member: true, Verified: true, Woman: true, Blocked: true},
	} {
		if c.Post.Shows(v) {
			t.Errorf("%s sees it", name)
		}
	}
	if !c.Post.Shows(board.Viewer{ID: "awa", Member: true, Verified: true, Woman: true}) {
		t.Error("a verified woman doesn't see it")
	}
}

// A block ends an open promise without counting, and tells the blocked nothing.
func TestC19(t *testing.T) {
	c := ride("elise", "2026-12-04T17:00", 3, "A", "B")
	agree(t, c, "hugo", 1, at("2026-12-01T10:00"))
	told, err := c.Do("hugo", board.Block, "elise", at("2026-12-04T10:00"))
	p := c.Find("hugo")
	if err != nil || p.State != board.Cancelled || p.Counted != "" {
		t.Errorf("the block: %v, %s, counts against %q", err, p.State, p.Counted)
	}
	for _, n := range told {
		if n.To == "hugo" {
			t.Errorf("hugo is told: %+v", n)
		}
	}
}

// Prices in posts, imports, edits and thanks.
func TestC20(t *testing.T) {
	p := board.Post{Author: "a", Act: board.Offer, Kind: board.Thing, Zone: paris, Capacity: 1, Text: "vélo, dix balles"}
	var priced *board.Priced
	if err := p.Publish(at("2026-12-01T10:00")); !errors.As(err, &priced) || priced.Verdict != money.Refuse || p.State != "" || p.Text != "vélo, dix balles" {
		t.Errorf("a price: %v, state %q", err, p.State)
	}
	c := ride("awa", "2026-12-04T17:00", 3, "A", "B")
	next := c.Post
	next.Text = "participation 10 €"
	if _, err := c.Edit(next, "awa", at("2026-12-01T10:00")); !errors.As(err, &priced) || c.Post.Text != "" {
		t.Errorf("a price added by an edit: %v", err)
	}
	for price, ok := range map[board.Price]bool{board.NoPrice: true, board.Free: true, board.Paying: false, board.Unknown: false} {
		if (price.Imports() == nil) != ok {
			t.Errorf("a journey of price %q: %v", price, price.Imports())
		}
	}
	if err := board.FreeOfMoney("pay what you can", true); err != nil {
		t.Errorf("after the author said that it is none: %v", err)
	}
}

// The account is gone, promises were open.
func TestC23(t *testing.T) {
	now := at("2026-12-03T20:00")
	c := ride("farid", "2026-12-04T17:00", 3, "A", "B")
	agree(t, c, "chloe", 1, now)
	told, err := c.Do("chloe", board.Erase, "farid", now)
	if err != nil || len(told) < 1 || told[0].To != "chloe" || c.Find("chloe").Counted != "" {
		t.Errorf("the rider: %+v, %v", told, err)
	}
	drill := &board.Chain{Post: board.Post{ID: "drill", Author: "gwen", Act: board.Offer, Kind: board.Loan, Zone: paris, Capacity: 1, Start: at("2026-11-30T10:00"), End: at("2026-12-13T10:00")}}
	if err := drill.Post.Publish(at("2026-11-29T10:00")); err != nil {
		t.Fatal(err)
	}
	agree(t, drill, "farid", 1, at("2026-11-29T11:00"))
	if _, err := drill.Do("farid", board.Erase, "farid", now); err != nil {
		t.Fatal(err)
	}
	p := drill.Find("farid")
	if s := drill.Loan(p, now.AddDate(0, 1, 0)); s != board.BorrowerOff {
		t.Errorf("the loan is %s", s)
	}
	if err := drill.GiveBack("farid", "gwen", now); err != nil || drill.Loan(p, now) != board.Back {
		t.Errorf("the lender closes it: %v, %s", err, drill.Loan(p, now))
	}
	seat := ride("gwen", "2026-11-20T10:00", 2, "A", "B")
	agree(t, seat, "farid", 1, at("2026-11-19T10:00"))
	day := at("2026-11-21T10:00")
	happened(t, seat, "farid", day, "gwen", "farid")
	_ = seat.Thank("farid", "farid", "Merci", board.Ride, day)
	seat.Forget("farid", day.AddDate(0, 0, 1))
	if _, seen := seat.Seen(seat.Find("farid"), "stranger", day.AddDate(0, 0, 20)); seen {
		t.Error("an erased person's sealed thanks open")
	}
}

// A host in another zone: days stay days, and the window closes at the last midnight.
func TestC24(t *testing.T) {
	auckland := zone("Pacific/Auckland")
	day := func(n int) time.Time { return time.Date(2026, 12, n, 0, 0, 0, 0, auckland) }
	c := &board.Chain{Post: board.Post{ID: "bed", Author: "kiri", Act: board.Offer, Kind: board.Bed, Start: day(5), End: day(8), Dates: true, Zone: auckland, Capacity: 1}}
	now := time.Date(2026, 12, 4, 18, 0, 0, 0, time.UTC)
	if err := c.Post.Publish(now.AddDate(0, 0, -3)); err != nil {
		t.Fatal(err)
	}
	var passed *board.Passed
	if _, err := c.Request(board.Wish{ID: "t", Person: "chloe", Count: 1, Start: day(4), End: day(5), Zone: paris}, now); !errors.As(err, &passed) {
		t.Errorf("today by her browser: %v", err)
	}
	if _, err := c.Request(board.Wish{ID: "p", Person: "chloe", Count: 1, Start: day(5), End: day(7), Zone: paris}, now); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do("p", board.Accept, "kiri", now); err != nil {
		t.Fatal(err)
	}
	if got, want := c.Reveal(c.Find("p")), time.Date(2026, 12, 22, 0, 0, 0, 0, paris); !got.Equal(want) {
		t.Errorf("the window closes at %s, want %s", got, want)
	}
}

// Thanks: only kept, blind, once, one reply, the kind within 48 hours.
func TestThanks(t *testing.T) {
	c := ride("awa", "2026-12-04T17:00", 2, "A", "B")
	agree(t, c, "bruno", 1, at("2026-12-01T10:00"))
	p, day := c.Find("bruno"), at("2026-12-05T10:00")
	happened(t, c, "bruno", day, "awa")
	if o := c.Outcome(p, day.Add(board.Silence-time.Minute)); o != board.Unsaid {
		t.Errorf("one yes: %s", o)
	}
	if o := c.Outcome(p, day.Add(board.Silence)); o != board.Kept {
		t.Errorf("one yes and three days of silence: %s", o)
	}
	happened(t, c, "bruno", day, "bruno")
	if err := c.Thank("bruno", "stranger", "Merci", board.Ride, day); err == nil {
		t.Error("a stranger thanks")
	}
	if err := c.Thank("bruno", "bruno", "Merci Awa", board.Ride, day); err != nil {
		t.Fatal(err)
	}
	if err := c.Thank("bruno", "bruno", "Merci encore", board.Ride, day); err == nil {
		t.Error("thanked twice")
	}
	if err := c.Say("bruno", "bruno", board.Deed{}, day); err == nil {
		t.Error("it didn't happen after thanks")
	}
	if err := c.Correct("bruno", "bruno", board.Skill, day.Add(49*time.Hour)); err == nil {
		t.Error("corrected after 48 hours")
	}
	if err := c.Correct("bruno", "bruno", board.Skill, day.Add(47*time.Hour)); err != nil || p.Thanks[1].Kind != board.Skill {
		t.Errorf("corrected within 48 hours: %v", err)
	}
	if err := c.Reply("bruno", "awa", "De rien", day); err == nil {
		t.Error("a reply to sealed thanks")
	}
	open := at("2026-12-18T18:00")
	if _, ok := c.Opened(p, 1, open.Add(-time.Second)); ok {
		t.Error("it opens before fourteen days")
	}
	if _, ok := c.Opened(p, 1, open); !ok {
		t.Error("it doesn't open after fourteen days")
	}
	if err := c.Correct("bruno", "bruno", board.Ride, open); err == nil {
		t.Error("corrected after it opened")
	}
	if err := c.Reply("bruno", "bruno", "De rien", open); err == nil {
		t.Error("the author of the thanks replies")
	}
	if err := c.Reply("bruno", "awa", "De rien", open); err != nil {
		t.Fatal(err)
	}
	if err := c.Reply("bruno", "awa", "Et encore", open); err == nil {
		t.Error("a second reply")
	}
	if err := c.Thank("bruno", "awa", "Merci", board.Ride, open); err == nil {
		t.Error("thanks after the window")
	}
}

// Both wrote: both open at the second.
func TestBothWrote(t *testing.T) {
	c := ride("awa", "2026-12-04T17:00", 2, "A", "B")
	agree(t, c, "bruno", 1, at("2026-12-01T10:00"))
	p, day := c.Find("bruno"), at("2026-12-05T10:00")
	happened(t, c, "bruno", day, "awa", "bruno")
	_, _ = c.Thank("bruno", "awa", "Merci", board.Ride, day), c.Thank("bruno", "bruno", "Merci", board.Ride, day.Add(time.Hour))
	for side := range 2 {
		if when, ok := c.Opened(p, side, day.Add(2*time.Hour)); !ok || !when.Equal(day.Add(time.Hour)) {
			t.Errorf("side %d opened at %s, %v", side, when, ok)
		}
	}
}

// Nothing that anybody else can see depends on sealed thanks.
func TestBlind(t *testing.T) {
	for _, writer := range []board.PersonID{"awa", "bruno"} {
		var chains [2]*board.Chain
		for i := range chains {
			chains[i] = ride("awa", "2026-12-04T17:00", 2, "A", "B")
			agree(t, chains[i], "bruno", 1, at("2026-12-01T10:00"))
			happened(t, chains[i], "bruno", at("2026-12-05T10:00"), "awa", "bruno")
		}
		if err := chains[0].Thank("bruno", writer, "Merci", board.Ride, at("2026-12-05T11:00")); err != nil {
			t.Fatal(err)
		}
		for hours := range 13*24 + 6 {
			now := at("2026-12-05T11:00").Add(time.Duration(hours) * time.Hour)
			for _, who := range []board.PersonID{"awa", "bruno", "stranger"} {
				if who == writer {
					continue
				}
				a, aOK := chains[0].Seen(chains[0].Find("bruno"), who, now)
				b, bOK := chains[1].Seen(chains[1].Find("bruno"), who, now)
				if aOK != bOK || !reflect.DeepEqual(a, b) {
					t.Fatalf("%s can tell after %d h whether %s wrote: %+v, %+v", who, hours, writer, a, b)
				}
			}
		}
	}
}

// A draw: an hour, an order that the seed alone decides, and nobody sees who
// entered.
func TestDraw(t *testing.T) {
	names := []board.PersonID{"a", "b", "c", "d", "e", "f", "g", "h"}
	won := map[string]bool{}
	for turn := range 2 {
		c := ride("awa", "2026-12-04T17:00", 3, "A", "B")
		c.Post.Draw = at("2026-12-03T12:00")
		for i := range names {
			who := names[i]
			if turn == 1 {
				who = names[len(names)-1-i]
			}
			told, err := c.Request(board.Wish{ID: board.PromiseID(who), Person: who, Count: 1}, at("2026-12-02T10:00"))
			if err != nil || len(told) != 0 {
				t.Fatal(told, err)
			}
		}
		if _, ok := c.Seen(c.Find("a"), "awa", at("2026-12-02T11:00")); ok {
			t.Error("the owner sees who entered")
		}
		if _, err := c.Do("a", board.Accept, "awa", at("2026-12-02T11:00")); err == nil {
			t.Error("accepted before the draw")
		}
		if _, err := c.DrawLots(7, at("2026-12-03T11:59")); err == nil {
			t.Error("drawn too early")
		}
		if _, err := c.DrawLots(7, at("2026-12-03T12:00")); err != nil {
			t.Fatal(err)
		}
		s := ""
		for _, who := range names {
			if c.Find(board.PromiseID(who)).State == board.Agreed {
				s += string(who)
			}
		}
		if len(s) != 3 {
			t.Errorf("%q won three seats", s)
		}
		won[s] = true
	}
	if len(won) != 1 {
		t.Errorf("the order of entering matters: %v", won)
	}
}

// A loan: due, extended unless somebody waits, back when the lender says so.
func TestLoan(t *testing.T) {
	c := &board.Chain{Post: board.Post{ID: "drill", Author: "gwen", Act: board.Offer, Kind: board.Loan, Zone: paris, Capacity: 1, Start: at("2026-12-01T10:00"), End: at("2026-12-08T10:00")}}
	if err := c.Post.Publish(at("2026-11-30T10:00")); err != nil {
		t.Fatal(err)
	}
	agree(t, c, "driss", 1, at("2026-11-30T11:00"))
	p := c.Find("driss")
	for when, want := range map[string]board.LoanState{"2026-11-30T12:00": board.Ready, "2026-12-02T10:00": board.Out, "2026-12-09T10:00": board.Overdue} {
		if got := c.Loan(p, at(when)); got != want {
			t.Errorf("on %s it is %s, want %s", when, got, want)
		}
	}
	if err := c.Extend("driss", "driss", at("2026-12-10T10:00"), at("2026-12-05T10:00")); err != nil || c.Loan(p, at("2026-12-09T10:00")) != board.Out {
		t.Errorf("extended: %v", err)
	}
	c.Promises = append(c.Promises, board.Promise{ID: "w", Person: "elise", Count: 1, To: 1, State: board.Waiting})
	p = c.Find("driss")
	if err := c.Extend("driss", "driss", at("2026-12-20T10:00"), at("2026-12-05T10:00")); err == nil {
		t.Error("extended while another waits")
	}
	if err := c.GiveBack("driss", "driss", at("2026-12-09T10:00")); err != nil || c.Loan(p, at("2026-12-09T11:00")) != board.SaidBack {
		t.Errorf("the borrower says: %v, %s", err, c.Loan(p, at("2026-12-09T11:00")))
	}
	if err := c.GiveBack("driss", "gwen", at("2026-12-09T12:00")); err != nil || c.Loan(p, at("2026-12-09T12:00")) != board.Back {
		t.Errorf("the lender says: %v", err)
	}
}

// A series: seats per occurrence, and one thanks per pair and quarter.
func TestOccurrences(t *testing.T) {
	c := ride("awa", "2026-12-01T08:00", 1, "A", "B")
	c.Post.Repeat = "FREQ=WEEKLY"
	now := at("2026-11-30T08:00")
	ask := func(id string, who board.PersonID, start string, o ...string) error {
		if _, err := c.Request(board.Wish{ID: board.PromiseID(id), Person: who, Count: 1, Occurrences: o, Start: at(start)}, now); err != nil {
			return err
		}
		_, err := c.Do(board.PromiseID(id), board.Accept, "awa", now)
		return err
	}
	if err := errors.Join(ask("1", "b", "2026-12-01T08:00", "2026-12-01T08:00"), ask("2", "c", "2026-12-08T08:00", "2026-12-08T08:00"), ask("3", "b", "2026-12-15T08:00", "2026-12-15T08:00")); err != nil {
		t.Fatal(err)
	}
	var full *board.Full
	if err := ask("4", "d", "2026-12-08T08:00", "2026-12-08T08:00", "2026-12-22T08:00"); !errors.As(err, &full) {
		t.Errorf("an occurrence that is full: %v", err)
	}
	for i, day := range []string{"2026-12-02T08:00", "2026-12-16T08:00"} {
		id := board.PromiseID([]string{"1", "3"}[i])
		happened(t, c, id, at(day), "awa", "b")
		if err := c.Thank(id, "b", "Merci", board.Ride, at(day)); (err == nil) != (i == 0) {
			t.Errorf("thanks %d in one series: %v", i+1, err)
		}
	}
}

// Whatever is tried in whatever order: places are never oversold, a refused move
// changes nothing, and no thanks can be read without a kept promise.
func TestLaws(t *testing.T) {
	people := []board.PersonID{"o", "a", "b", "c", "d"}
	moves := []board.Move{board.Accept, board.Decline, board.TakeBack, board.Cancel, board.Confirm, board.Lapse, board.Remove, board.Block, board.Erase, board.Change}
	rapid.Check(t, func(rt *rapid.T) {
		c := ride("o", "2026-12-04T08:00", rapid.IntRange(1, 4).Draw(rt, "seats"), "A", "B", "C", "D")
		now := at("2026-12-01T08:00")
		for n := range rapid.IntRange(1, 60).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 300).Draw(rt, "minutes")) * time.Minute)
			before := fmt.Sprintf("%+v", *c)
			who := rapid.SampledFrom(people).Draw(rt, "who")
			var err error
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				from := rapid.IntRange(0, 2).Draw(rt, "from")
				_, err = c.Request(board.Wish{ID: board.PromiseID(fmt.Sprint(n)), Person: who, Count: rapid.IntRange(0, 4).Draw(rt, "count"), From: from, To: rapid.IntRange(0, 4).Draw(rt, "to")}, now)
			case 1:
				if len(c.Promises) > 0 {
					_, err = c.Do(rapid.SampledFrom(c.Promises).Draw(rt, "promise").ID, rapid.SampledFrom(moves).Draw(rt, "move"), who, now)
				}
			case 2:
				if len(c.Promises) > 0 {
					err = c.Say(rapid.SampledFrom(c.Promises).Draw(rt, "promise").ID, who, board.Deed{Happened: rapid.Bool().Draw(rt, "yes")}, now)
				}
			case 3:
				if len(c.Promises) > 0 {
					err = c.Thank(rapid.SampledFrom(c.Promises).Draw(rt, "promise").ID, who, "Merci", board.Ride, now)
				}
			}
			if err != nil && fmt.Sprintf("%+v", *c) != before {
				rt.Fatalf("a refused move changed the chain: %v", err)
			}
			for leg, free := range c.Free("") {
				if free < 0 {
					rt.Fatalf("leg %d is oversold", leg)
				}
			}
			for i := range c.Promises {
				p := &c.Promises[i]
				for side := range 2 {
					if _, open := c.Opened(p, side, now.AddDate(0, 0, 30)); open && (p.State != board.Agreed || p.Agreed.IsZero()) {
						rt.Fatal("thanks without a kept promise can be read")
					}
				}
			}
		}
	})
}
