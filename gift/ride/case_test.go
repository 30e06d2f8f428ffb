package ride

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// The cases of the board that are about rides; lengths are theirs, great circles between the centroids of communes
// (INSEE, IGN; Licence Ouverte 2.0).
var town = map[string]geo.Point{
	"Quimper":     {Lat: 47.99696, Lon: -4.09104},
	"Redon":       {Lat: 47.66113, Lon: -2.08026},
	"Rennes":      {Lat: 48.11156, Lon: -1.68188},
	"Grenoble":    {Lat: 45.18219, Lon: 5.72112},
	"Moirans":     {Lat: 45.31872, Lon: 5.56173},
	"Voiron":      {Lat: 45.37899, Lon: 5.58250},
	"Nantes":      {Lat: 47.23196, Lon: -1.54821},
	"Pontchâteau": {Lat: 47.43360, Lon: -2.09527},
	"Nancy":       {Lat: 48.69001, Lon: 6.17534},
	"Lorient":     {Lat: 47.75051, Lon: -3.37896},
	"Ploërmel":    {Lat: 47.92201, Lon: -2.38325},
	"Questembert": {Lat: 47.66393, Lon: -2.43651},
	"Vannes":      {Lat: 47.66005, Lon: -2.75685},
	"Metz":        {Lat: 49.10814, Lon: 6.19595},
}

func at(names ...string) (path []geo.Point) {
	for _, n := range names {
		p, ok := town[n]
		if !ok {
			panic("no town " + n)
		}
		path = append(path, p)
	}
	return path
}

func when(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, paris)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func ask(from, to string, leave Window, seats int) Ask {
	return Ask{From: town[from], To: town[to], Leave: leave, Seats: seats}
}

func hoursOf(list []time.Time) string {
	var s []string
	for _, t := range list {
		s = append(s, t.UTC().Format("2006-01-02T15:04Z"))
	}
	return strings.Join(s, " ")
}

// TestC01 (a weekly ride across the change of hour): 08:00 stays 08:00, and the ask of the Tuesday after it matches.
func TestC01(t *testing.T) {
	r := Ride{ID: 1, Path: at("Voiron", "Grenoble"), Depart: when(t, "2026-03-17 08:00"), Weekly: On(time.Tuesday), Seats: 3}
	next := r.Departures(when(t, "2026-03-20 12:00"), when(t, "2026-04-14 23:00"))
	if got := hoursOf(next); got != "2026-03-24T07:00Z 2026-03-31T06:00Z 2026-04-07T06:00Z 2026-04-14T06:00Z" {
		t.Errorf("it leaves at %s", got)
	}
	m := found(t, r, ask("Moirans", "Grenoble", Around(when(t, "2026-03-31 08:00"), 15*time.Minute), 1))
	if m.Depart.Format("Mon 15:04") != "Tue 08:00" || m.Up.Before(m.Depart) {
		t.Errorf("%+v", m)
	}
}

// found gives the match of an ask that must have one, from the definition and from an index, sorted or not.
func found(t *testing.T, r Ride, a Ask) Match {
	t.Helper()
	m, no, err := Explain(r, a)
	if err != nil || no.Why != Matches {
		t.Fatalf("no match: %v %v", no.Sentence(English), err)
	}
	var x Index
	if err := x.Add(r); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		list, err := x.Match(a, 0)
		if err != nil || len(list) != 1 || list[0].Cost() != m.Cost() || !list[0].Up.Equal(m.Up) {
			t.Fatalf("the index finds %+v (%v), not %+v", list, err, m)
		}
		x.Rebuild()
	}
	return m
}

// refused gives the reason of an ask that must have none.
func refused(t *testing.T, r Ride, a Ask, why Why) Refusal {
	t.Helper()
	m, no, err := Explain(r, a)
	if err != nil || no.Why != why {
		t.Fatalf("%+v, %+v (%v), want %v", m, no, err, why)
	}
	var x Index
	if err := x.Add(r); err != nil {
		t.Fatal(err)
	}
	if list, err := x.Match(a, 0); err != nil || len(list) != 0 {
		t.Fatalf("the index finds %+v (%v)", list, err)
	}
	return no
}

// TestC02 (an hour that doesn't exist, and one that comes twice): a weekly ride keeps its Sundays.
func TestC02(t *testing.T) {
	r := Ride{ID: 1, Path: at("Metz", "Nancy"), Depart: when(t, "2026-03-22 02:30"), Weekly: On(time.Sunday), Seats: 1}
	if got := hoursOf(r.Departures(when(t, "2026-03-20 00:00"), when(t, "2026-04-06 00:00"))); got != "2026-03-22T01:30Z 2026-03-29T01:30Z 2026-04-05T00:30Z" {
		t.Errorf("in March it leaves at %s", got)
	}
	if got := hoursOf(r.Departures(when(t, "2026-10-24 00:00"), when(t, "2026-11-02 00:00"))); got != "2026-10-25T00:30Z 2026-11-01T01:30Z" {
		t.Errorf("in October it leaves at %s", got)
	}
}

// TestC03 (a ride over midnight).
func TestC03(t *testing.T) {
	r := Ride{ID: 1, Path: at("Nantes", "Rennes"), Depart: when(t, "2026-12-11 23:30"), Duration: 80 * time.Minute, Seats: 2}
	driss := Ask{From: town["Nantes"], To: town["Rennes"], Arrive: Window{when(t, "2026-12-12 00:00"), when(t, "2026-12-12 01:30")}}
	m := found(t, r, driss)
	if m.Down.Format("Mon 15:04") != "Sat 00:50" || !strings.Contains(m.Sentence(English), "in the night of Friday 11 to Saturday 12 December") ||
		!strings.Contains(m.Sentence(French), "dans la nuit du vendredi 11 au samedi 12 décembre") {
		t.Errorf("arrives %v: %s %s", m.Down, m.Sentence(English), m.Sentence(French))
	}
	no := refused(t, r, ask("Nantes", "Rennes", Window{when(t, "2026-12-12 00:15"), when(t, "2026-12-12 02:00")}, 1), NotThen)
	if s := no.Sentence(English); !strings.Contains(s, "in the night of Friday 11 to Saturday 12 December at about 23:30") {
		t.Error(s)
	}
}

// TestC04 (the way back): the stops the other way round.
func TestC04(t *testing.T) {
	r := Ride{ID: 1, Path: at("Nantes", "Redon", "Vannes", "Quimper"), Depart: when(t, "2026-12-06 17:00"), Seats: 3}
	sunday := Window{when(t, "2026-12-06 12:00"), when(t, "2026-12-06 23:00")}
	found(t, r, ask("Redon", "Vannes", sunday, 1))
	no := refused(t, r, ask("Vannes", "Redon", sunday, 1), Backward)
	if no.Sentence(French) != "Le trajet va dans l’autre sens." {
		t.Error(no.Sentence(French))
	}
}

var friday = func(t *testing.T) Ride {
	return Ride{ID: 1, Path: at("Quimper", "Vannes", "Redon", "Nantes"), Depart: when(t, "2026-12-04 08:00"), Seats: 2, LegSeats: []int{0, 2, 2}}
}

// TestC05 (a seat free on one leg only): legs of 106.4, 50.7 and 62.3 km.
func TestC05(t *testing.T) {
	day := Window{when(t, "2026-12-04 07:00"), when(t, "2026-12-04 20:00")}
	r := friday(t)
	m := found(t, r, ask("Vannes", "Nantes", day, 2))
	if m.In != 1 || m.Out != 2 || m.Free != 2 || math.Round(m.Shared) != 113 || math.Abs(m.Up.Sub(r.Depart).Hours()*Speed-106.4) > .05 {
		t.Errorf("Chloé: %+v", m)
	}
	r.LegSeats = []int{0, 0, 0}
	refused(t, r, ask("Redon", "Nantes", day, 1), Full)
	r.LegSeats = []int{0, 0, 2}
	no := refused(t, r, ask("Quimper", "Redon", day, 1), Full)
	if no.Leg != 0 || no.Sentence(English, "Quimper", "Vannes", "Redon", "Nantes") != "No seat is free between Quimper and Vannes; 1 wanted." {
		t.Errorf("Élise: %s", no.Sentence(English, "Quimper", "Vannes", "Redon", "Nantes"))
	}
	if s := no.Sentence(French); s != "Il reste 0 place sur l’étape 1 ; il en faut 1." {
		t.Error(s)
	}
}

// TestC06 (stops: exact, and pruned without loss).
func TestC06(t *testing.T) {
	r := friday(t)
	r.LegSeats = nil
	day := Window{when(t, "2026-12-04 07:00"), when(t, "2026-12-04 20:00")}
	m := found(t, r, ask("Lorient", "Pontchâteau", day, 1))
	if math.Abs(m.Detour-10.96) > .005 || math.Abs(m.Length-219.35) > .01 {
		t.Errorf("Lorient: %+v", m)
	}
	if s := m.Sentence(English); !strings.Contains(s, "a detour of 11.0\u00a0km (5.0\u00a0%) on a way of 219.4\u00a0km") {
		t.Error(s)
	}
	if s := m.Sentence(French); !strings.Contains(s, "un détour de 11,0\u00a0km (5,0\u00a0%) sur un trajet de 219,4\u00a0km") {
		t.Error(s)
	}
	if m := found(t, r, ask("Questembert", "Nantes", day, 1)); m.Detour > .05 || !strings.Contains(m.Sentence(English), "no detour") {
		t.Errorf("Questembert: %+v", m)
	}
	if no := refused(t, r, ask("Ploërmel", "Nantes", day, 1), TooFar); math.Abs(no.Detour-26.46) > .005 ||
		no.Sentence(English) != "The detour would be 26.5\u00a0km; the ride allows 20.0\u00a0km." {
		t.Errorf("Ploërmel: %+v", no)
	}
	refused(t, r, ask("Nantes", "Vannes", day, 1), Backward)
}

// TestWalk: who walks to the driver's own stop spares a detour, up to what they say they would walk.
func TestWalk(t *testing.T) {
	r := Ride{ID: 1, Path: []geo.Point{{Lat: 45, Lon: 3}, {Lat: 46, Lon: 3}}, Depart: when(t, "2026-12-04 08:00"), Seats: 1, Allowed: &Detour{}}
	a := Ask{From: geo.Point{Lat: 45, Lon: 3.01}, To: geo.Point{Lat: 46, Lon: 3}, Leave: Around(r.Depart, time.Hour)}
	refused(t, r, a, TooFar)
	a.Walk = .5
	refused(t, r, a, TooFar)
	a.Walk = 1
	m := found(t, r, a)
	if m.Detour != 0 || math.Abs(m.WalkTo-.786) > .001 || m.PickUp != r.Path[0] || !strings.Contains(m.Sentence(English), "after a walk of 0.8\u00a0km, set down") {
		t.Errorf("%+v %s", m, m.Sentence(English))
	}
}

// TestCheck: what can't be added or asked says what is wrong.
func TestCheck(t *testing.T) {
	good := Ride{Path: at("Voiron", "Grenoble"), Depart: when(t, "2026-12-04 08:00"), Seats: 1}
	for want, spoil := range map[string]func(*Ride){
		"a way of 1 points":         func(r *Ride) { r.Path = r.Path[:1] },
		"point 2 of the way":        func(r *Ride) { r.Path = []geo.Point{r.Path[0], {Lat: 91}} },
		"its start is its end":      func(r *Ride) { r.Path = []geo.Point{r.Path[0], r.Path[0]} },
		"256 seats":                 func(r *Ride) { r.Seats = 256 },
		"seats for 2 legs":          func(r *Ride) { r.LegSeats = []int{1, 1} },
		"-1 seats on a leg":         func(r *Ride) { r.LegSeats = []int{-1} },
		"a departure on 0001-01-01": func(r *Ride) { r.Depart = time.Time{} },
		"both weekly and on dates":  func(r *Ride) { r.Weekly, r.Dates = 1, []time.Time{r.Depart} },
		"until a day, but":          func(r *Ride) { r.Until = r.Depart },
		"before the first":          func(r *Ride) { r.Weekly, r.Until = 1, r.Depart.AddDate(0, 0, -1) },
		"none of them can be":       func(r *Ride) { r.Allowed = &Detour{Km: math.NaN()} },
		"from 0 to a week":          func(r *Ride) { r.Duration = -1 },
	} {
		r := good
		spoil(&r)
		var x Index
		if err := x.Add(r); err == nil || !strings.Contains(err.Error(), want) || x.Len() != 0 {
			t.Errorf("%v, want %q", err, want)
		}
	}
	fine := Ask{From: town["Voiron"], To: town["Grenoble"], Leave: Around(good.Depart, time.Hour)}
	for want, spoil := range map[string]func(*Ask){
		"from NaN":         func(a *Ask) { a.From = geo.Nowhere },
		"the same point":   func(a *Ask) { a.To = a.From },
		"no hours":         func(a *Ask) { a.Leave = Window{} },
		"not before it":    func(a *Ask) { a.Leave.To = a.Leave.From.Add(-1) },
		"at most 62":       func(a *Ask) { a.Arrive = Around(good.Depart, 32*24*time.Hour) },
		"a walk of 21":     func(a *Ask) { a.Walk = 21 },
		"-1 seats: from 1": func(a *Ask) { a.Seats = -1 },
	} {
		a := fine
		spoil(&a)
		if _, err := new(Index).Match(a, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestChangeOfHour: on the day itself a weekly ride is found at its time of day too.
func TestChangeOfHour(t *testing.T) {
	r := Ride{ID: 1, Path: at("Metz", "Nancy"), Depart: when(t, "2026-03-01 08:00"), Weekly: On(time.Sunday), Seats: 1}
	for _, day := range []string{"2026-03-29 08:00", "2026-10-25 08:00"} {
		found(t, r, ask("Metz", "Nancy", Around(when(t, day), 5*time.Minute), 1))
	}
}

// TestWalkBothEnds: who stands a kilometre behind the start and goes a kilometre beyond the end walks twice.
func TestWalkBothEnds(t *testing.T) {
	r := Ride{ID: 1, Path: []geo.Point{{Lat: 45, Lon: 3}, {Lat: 46, Lon: 3}}, Depart: when(t, "2026-12-04 08:00"), Seats: 1, Allowed: &Detour{}}
	a := Ask{From: geo.Point{Lat: 44.991, Lon: 3}, To: geo.Point{Lat: 46.009, Lon: 3}, Leave: Around(r.Depart, time.Hour), Walk: 1.001}
	if m := found(t, r, a); math.Abs(m.WalkTo-1.0008) > .001 || math.Abs(m.WalkFrom-1.0008) > .001 {
		t.Errorf("%+v", m)
	}
}

// TestOnTheWay: somebody half way of many long weekly rides is picked up hours after they all have left.
func TestOnTheWay(t *testing.T) {
	var x Index
	in := map[ID]Ride{}
	for i := range 400 {
		r := Ride{ID: ID(i), Path: []geo.Point{{Lat: 43 + float64(i)/1e4, Lon: 3}, {Lat: 49, Lon: 3}}, Weekly: 127, Seats: 1,
			Depart: when(t, "2026-12-01 06:00").Add(time.Duration(i) * time.Minute)}
		if err := x.Add(r); err != nil {
			t.Fatal(err)
		}
		in[r.ID] = r
	}
	x.Rebuild()
	a := Ask{From: geo.Point{Lat: 46, Lon: 3}, To: geo.Point{Lat: 48, Lon: 3}, Leave: Around(when(t, "2026-12-09 16:00"), 30*time.Minute)}
	same(t, &x, exhaustive(t, in), a, 0)
	if list, err := x.Match(a, 0); err != nil || len(list) < 20 {
		t.Errorf("%d found, %v", len(list), err)
	}
}
