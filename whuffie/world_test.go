package whuffie_test

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/whuffie"
)

func thanks(id, from, to string, day int) whuffie.Event {
	return whuffie.Event{Kind: whuffie.Thanks, ID: id, From: from, To: to, Time: at(day, 9)}
}

func world(t *testing.T, o whuffie.Options, log ...whuffie.Event) *whuffie.World {
	t.Helper()
	w, err := whuffie.Build(o, slices.Values(log))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func exact(t *testing.T, w *whuffie.World, name string) whuffie.Score {
	t.Helper()
	s, err := w.Exact(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func close(a, b float64) bool { return math.Abs(a-b) < 1e-5 }

// A fresh thanks by the only member of the circle, who keeps as much in reserve: α/2. A second one of the same pair weighs
// half, one to another person a whole.
func TestByHand(t *testing.T) {
	o := whuffie.Options{Known: []string{"Ana"}, HalfLife: 1e6 * time.Hour, Walks: 1 << 16}
	for _, test := range []struct {
		what string
		log  []whuffie.Event
		want float64 // Bob's Known
	}{
		{"one thanks", []whuffie.Event{thanks("1", "Ana", "Bob", 1)}, .7 / 2},
		{"the same one twice", []whuffie.Event{thanks("1", "Ana", "Bob", 1), thanks("1", "Ana", "Bob", 1)}, .7 / 2},
		{"two of a pair", []whuffie.Event{thanks("1", "Ana", "Bob", 1), thanks("2", "Ana", "Bob", 1)}, .7 * 1.5 / 2.5},
		{"two people", []whuffie.Event{thanks("1", "Ana", "Bob", 1), thanks("2", "Ana", "Cléo", 1)}, .7 / 3},
		{"through another", []whuffie.Event{thanks("1", "Ana", "Cléo", 1), thanks("2", "Cléo", "Bob", 1)}, .7 * .7 / 4},
		{"by nobody known", []whuffie.Event{thanks("1", "Eve", "Bob", 1)}, 0},
		{"by himself", []whuffie.Event{thanks("1", "Bob", "Bob", 1)}, 0},
		{"paid", []whuffie.Event{{Kind: whuffie.Thanks, From: "Ana", To: "Bob", Time: at(1, 1), Paid: true}}, 0},
		{"a gift nobody acknowledged", []whuffie.Event{{Kind: whuffie.Gift, From: "Bob", To: "Ana", Time: at(1, 1)}}, 0},
		{"half a thanks", []whuffie.Event{{Kind: whuffie.Thanks, From: "Ana", To: "Bob", Time: at(1, 1), Strength: .5}}, .7 * .5 / 1.5},
		{"withdrawn", []whuffie.Event{thanks("1", "Ana", "Bob", 1), {Kind: whuffie.Withdraw, ID: "1"}}, 0},
		{"withdrawn before it was heard", []whuffie.Event{{Kind: whuffie.Withdraw, ID: "1"}, thanks("1", "Ana", "Bob", 1)}, 0},
		{"erased and come again", []whuffie.Event{thanks("1", "Ana", "Bob", 1), {Kind: whuffie.Forget, From: "Bob"}, thanks("1", "Ana", "Bob", 1)}, .7 / 3},
	} {
		w := world(t, o, test.log...)
		if got := w.Score("Bob"); math.Abs(got.Known-test.want) > 4*got.Err {
			t.Errorf("%s: Bob has %v ± %v, not %v", test.what, got.Known, got.Err, test.want)
		}
		if test.want > 0 && !close(exact(t, w, "Bob").Known, test.want) {
			t.Errorf("%s: Bob has exactly %v, not %v", test.what, exact(t, w, "Bob").Known, test.want)
		}
	}
}

func TestFades(t *testing.T) {
	w := world(t, whuffie.Options{Known: []string{"Ana"}, Walks: 1 << 16}, thanks("1", "Ana", "Bob", 1))
	day := at(1, 9)
	for _, halves := range []time.Duration{1, 2, 5, 100, 50} {
		day = day.Add(halves * 90 * 24 * time.Hour)
		if err := w.Tick(day); err != nil {
			t.Fatal(err)
		}
		old := math.Exp2(-w.Clock().Sub(at(1, 9)).Hours() / 24 / 90)
		if got := exact(t, w, "Bob").Known; !close(got, .7*old/(1+old)) {
			t.Errorf("on %s Bob has %v, not %v", day, got, .7*old/(1+old))
		}
	}
	if err := w.Tick(at(1, 1)); err != nil || w.Clock().Before(day) {
		t.Errorf("the clock went back to %v: %v", w.Clock(), err)
	}
}

func TestOrganisations(t *testing.T) {
	log := []whuffie.Event{thanks("1", "Ana", "Acme", 1), thanks("2", "Acme", "Bob", 1)}
	o := whuffie.Options{Known: []string{"Ana"}, HalfLife: 1e6 * time.Hour, Walks: 1 << 16}
	before := world(t, o, log...)
	o.Organisations = []string{"Acme"}
	w := world(t, o, log...)
	if err := before.Organisation("Acme"); err != nil {
		t.Fatal(err)
	}
	for _, w := range []*whuffie.World{before, w} {
		if s := w.Score("Acme"); !s.Organisation || !close(exact(t, w, "Acme").Known, .7/2) {
			t.Errorf("Acme has %+v", s)
		}
		if s := w.Score("Bob"); s.Known != 0 {
			t.Errorf("an organisation passed on %v", s.Known)
		}
	}
}

func TestHarm(t *testing.T) {
	log := []whuffie.Event{thanks("1", "Ana", "Bob", 1), thanks("2", "Dan", "Eve", 1)}
	harm := func(id, from, to string) whuffie.Event {
		return whuffie.Event{Kind: whuffie.Harm, ID: id, From: from, To: to, Time: at(1, 9), Reason: "rude"}
	}
	o := whuffie.Options{Known: []string{"Ana", "Dan"}, HalfLife: 1e6 * time.Hour, Walks: 1 << 16}
	w := world(t, o, append(log, harm("3", "Dan", "Bob"), harm("4", "Dan", "Bob"))...)
	// Dan starts half the walks, and has two reports of which one is live: 1 of 3 in his row.
	if got := exact(t, w, "Bob"); !close(got.Harm, 1.0/2/3) || got.Points != 0 || !close(got.Known, .7/4) {
		t.Errorf("Bob has %+v", got)
	}
	if err := w.Withdraw("4"); err != nil {
		t.Fatal(err)
	}
	if got := w.Score("Bob"); got.Harm != 0 {
		t.Errorf("with no report left Bob has %+v", got)
	}
	if err := w.Harm(whuffie.Event{From: "Dan", To: "Bob", Time: at(1, 9)}); !errors.Is(err, whuffie.ErrNoReason) {
		t.Errorf("a report without a reason: %v", err)
	}
}

func TestRefused(t *testing.T) {
	w := world(t, whuffie.Options{Known: []string{"Ana"}, Walks: 64}, thanks("1", "Ana", "Bob", 1))
	for _, test := range []struct {
		e    whuffie.Event
		want string
	}{
		{whuffie.Event{}, "no known kind"},
		{whuffie.Event{Kind: 99}, "no known kind"},
		{thanks("2", "", "Bob", 1), "missing"},
		{thanks("2", "Ana", "", 1), "missing"},
		{thanks("2", "Ana", "B\x00b", 1), "zero byte"},
		{thanks("2", "Ana", strings.Repeat("b", 1025), 1), "longer"},
		{thanks("2", "Ana", "Bob", 2), "later than the clock"},
		{whuffie.Event{Kind: whuffie.Thanks, From: "Ana", To: "Bob"}, "time is missing"},
		{whuffie.Event{Kind: whuffie.Thanks, From: "Ana", To: "Bob", Time: at(1, 1), Strength: 1.5}, "strength"},
		{whuffie.Event{Kind: whuffie.Thanks, From: "Ana", To: "Bob", Time: at(1, 1), Strength: math.NaN()}, "strength"},
		{whuffie.Event{Kind: whuffie.Withdraw}, "missing"},
		{whuffie.Event{Kind: whuffie.Forget}, "missing"},
		{whuffie.Event{Kind: whuffie.Day, Time: time.Unix(1<<33, 0)}, "between 1970 and 2106"},
	} {
		err := w.Append(test.e)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, which doesn't say %q", test.e, err, test.want)
		}
	}
	if n := w.Len(); n != 2 {
		t.Errorf("what was refused left %d people", n)
	}
	for _, ask := range []func() error{
		func() error { _, err := w.From("Zoe", 64); return err },
		func() error { _, err := w.Explain("Zoe"); return err },
		func() error { _, err := w.Exact("Zoe"); return err },
		func() error { _, err := w.Plan(whuffie.Star, 5, "Zoe"); return err },
	} {
		if err := ask(); !errors.Is(err, whuffie.ErrUnknown) {
			t.Errorf("asked about somebody unknown: %v", err)
		}
	}
	if _, err := w.From("Ana", 100); err == nil {
		t.Error("a view of 100 walks")
	}
	if s := w.Score("Zoe"); s.State() != whuffie.TooFew || s.String() != "too few thanks to say" {
		t.Errorf("somebody unknown has %v", s)
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []whuffie.Options{
		{Walks: 1000}, {Walks: -4}, {Walks: 1 << 27}, {HalfLife: time.Millisecond}, {HalfLife: -time.Hour}, {Follow: 1}, {Follow: -.1},
		{Follow: math.NaN()}, {Reserve: -1}, {Reserve: math.Inf(1)}, {HarmReserve: 1e-30}, {HarmWeight: math.NaN()},
		{Known: []string{""}}, {Seen: []string{"a\x00"}}, {Organisations: []string{""}},
	} {
		if _, err := whuffie.New(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	w, err := whuffie.New(whuffie.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Tick(at(1, 1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Thank(thanks("1", "Ana", "Bob", 1)); err != nil {
		t.Fatal(err)
	}
	if s := w.Score("Bob"); s.Known != 0 {
		t.Errorf("with an empty circle Bob has %v", s)
	}
	if err := w.Circle([]string{"Ana", "Ana"}, nil); err != nil {
		t.Fatal(err)
	}
	if s := w.Score("Bob"); math.Abs(s.Known-.35) > 4*s.Err {
		t.Errorf("with Ana in the circle Bob has %v", s)
	}
}

func TestExplain(t *testing.T) {
	w := world(t, whuffie.Options{Known: []string{"Ana"}, Walks: 1 << 16},
		thanks("soup", "Ana", "Bob", 1), thanks("lamp", "Bob", "Cléo", 2), thanks("ride", "Ana", "Cléo", 3))
	why, err := w.Explain("Cléo")
	if err != nil {
		t.Fatal(err)
	}
	if len(why.Thanks) != 2 || why.Thanks[0].ID != "ride" || why.Thanks[1].From != "Bob" || !why.Thanks[1].Time.Equal(at(2, 9)) {
		t.Errorf("Cléo's thanks: %+v", why.Thanks)
	}
	want := []whuffie.Path{
		{People: []string{"Ana", "Cléo"}, IDs: []string{"ride"}, Walks: why.Thanks[0].Known},
		{People: []string{"Ana", "Bob", "Cléo"}, IDs: []string{"soup", "lamp"}, Walks: why.Thanks[1].Known},
	}
	if diff := cmp.Diff(want, why.Paths); diff != "" {
		t.Error(diff)
	}
}

func TestMeasure(t *testing.T) {
	log := []whuffie.Event{
		thanks("3", "Cléo", "Ana", 9), thanks("1", "Ana", "Bob", 1), thanks("2", "Bob", "Acme", 2), {Kind: whuffie.Thanks, From: "Ana"},
		{Kind: whuffie.Gift, ID: "4", From: "Bob", To: "Cléo", Time: at(3, 1)}, thanks("5", "Ana", "Cléo", 20),
		{Kind: whuffie.Harm, From: "Bob", To: "Cléo", Time: at(4, 1), Reason: "rude"},
	}
	r, err := whuffie.Measure(log, whuffie.Options{Organisations: []string{"Acme"}, Walks: 1 << 12}, at(10, 0))
	if err != nil {
		t.Fatal(err)
	}
	if r.Refused != 1 || len(r.Examples) != 1 || r.Later != 1 || r.Thanks != 3 || r.Gifts != 1 || r.Reports != 1 || r.Circle != 3 {
		t.Errorf("the report says %+v", r)
	}
	var names []string
	for _, p := range r.People {
		names = append(names, p.Name)
	}
	if !slices.Equal(names, []string{"Ana", "Bob", "Cléo"}) || len(r.Organisations) != 1 || r.Organisations[0].Gifts != 1 {
		t.Errorf("%v and %v", names, r.Organisations)
	}
	if !r.Clock.Equal(at(10, 24).Add(-time.Second)) || len(r.Doubts) != 1 || r.Doubts[0].Code != "open-circle" {
		t.Errorf("at %v with %v", r.Clock, r.Doubts)
	}
	counted := whuffie.CountGifts(log, .25)
	if got := counted[4]; got.Kind != whuffie.Thanks || got.From != "Cléo" || got.To != "Bob" || got.Strength != .25 || log[4].Kind != whuffie.Gift {
		t.Errorf("a gift counts as %+v", got)
	}
	if got := whuffie.CountGifts(append(log, thanks("4", "Cléo", "Bob", 5)), .25); len(got) != len(log) {
		t.Errorf("a gift that was acknowledged counts twice: %v", got)
	}
}

// TestFlow: every thanks that counts is in the flow, and none that was taken back.
func TestFlow(t *testing.T) {
	var log []whuffie.Event
	for i := range 20 {
		log = append(log, thanks(strconv.Itoa(i), "Ana", "Bob", 1+i))
	}
	log = append(log, thanks("a", "Bob", "Cléo", 20), thanks("b", "Cléo", "Desk", 20), whuffie.Event{Kind: whuffie.Withdraw, ID: "3"})
	w := world(t, whuffie.Options{Known: []string{"Ana"}, Organisations: []string{"Desk"}, Walks: 1 << 12}, log...)
	want := []whuffie.Between{
		{From: whuffie.BandTooFew, To: whuffie.BandMany, Thanks: 19},
		{From: whuffie.BandMany, To: whuffie.BandMany, Thanks: 1},
		{From: whuffie.BandMany, To: whuffie.BandOrganisation, Thanks: 1},
	}
	if got := w.Flow(); !slices.Equal(got, want) {
		t.Errorf("the flow is %v, want %v", got, want)
	}
}
