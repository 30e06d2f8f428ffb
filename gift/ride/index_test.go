package ride

import (
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entregent/entregent/gift/geo"
)

var paris = zone("Europe/Paris")

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// hours compares times as moments with their zone's name.
var moments = cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location().String() == b.Location().String() })

// drawPoint draws a point of a small country, so that rides meet, or rarely one anywhere, a pole and the date line too.
func drawPoint(t *rapid.T, name string) geo.Point {
	switch rapid.IntRange(0, 19).Draw(t, name+" where") {
	case 0:
		return geo.Point{Lat: rapid.Float64Range(-90, 90).Draw(t, name+" lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, name+" lon")}
	case 1, 2, 3:
		return geo.Point{Lat: -17, Lon: 180 - .1*float64(rapid.IntRange(0, 3).Draw(t, name+" west"))}
	case 4, 5, 6:
		return geo.Point{Lat: -17, Lon: -180 + .1*float64(rapid.IntRange(0, 3).Draw(t, name+" east"))}
	}
	return geo.Point{Lat: 45 + .05*float64(rapid.IntRange(0, 20).Draw(t, name+" lat")), Lon: 3 + .05*float64(rapid.IntRange(0, 20).Draw(t, name+" lon"))}
}

// first is the Saturday before clocks are set forward in Paris and four months before they are set back.
var first = time.Date(2026, 3, 28, 0, 0, 0, 0, paris)

func drawTime(t *rapid.T, name string) time.Time {
	z := zone(rapid.SampledFrom([]string{"Europe/Paris", "Europe/Paris", "Europe/Paris", "UTC", "Pacific/Auckland", "America/New_York"}).Draw(t, name+" zone"))
	return first.Add(time.Duration(rapid.IntRange(0, 4*24*12).Draw(t, name)) * 5 * time.Minute).In(z)
}

func drawRide(t *rapid.T, id ID) Ride {
	r := Ride{ID: id, Depart: drawTime(t, "depart"), Seats: rapid.IntRange(0, 3).Draw(t, "seats")}
	for range rapid.SampledFrom([]int{2, 2, 2, 2, 3, 4, 5}).Draw(t, "points") {
		r.Path = append(r.Path, drawPoint(t, "point"))
	}
	switch rapid.IntRange(0, 5).Draw(t, "when") {
	case 0, 1:
		r.Weekly = Weekdays(rapid.IntRange(1, 127).Draw(t, "weekdays"))
		if rapid.Bool().Draw(t, "ends") {
			r.Until = r.Depart.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "until")) * time.Hour)
		}
	case 2:
		for range rapid.IntRange(0, 3).Draw(t, "dates") {
			r.Dates = append(r.Dates, drawTime(t, "date"))
		}
	}
	drawMore(t, &r)
	return r
}

func drawMore(t *rapid.T, r *Ride) {
	switch rapid.IntRange(0, 7).Draw(t, "more") {
	case 0:
		for range r.Path[1:] {
			r.LegSeats = append(r.LegSeats, rapid.IntRange(0, 3).Draw(t, "leg seats"))
		}
	case 1:
		r.Duration = time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute
	case 2:
		r.Allowed = &Detour{rapid.Float64Range(0, 9).Draw(t, "km"), rapid.Float64Range(0, .5).Draw(t, "share"), rapid.Float64Range(0, 60).Draw(t, "most")}
	case 3:
		r.Except = append(r.Except, r.Depart, drawTime(t, "except"))
	}
}

func drawAsk(t *rapid.T) Ask {
	a := Ask{From: drawPoint(t, "from"), To: drawPoint(t, "to"), Seats: rapid.IntRange(0, 2).Draw(t, "wanted")}
	which := rapid.IntRange(0, 4).Draw(t, "which")
	if which != 0 {
		a.Leave = drawWindow(t, "leave")
	}
	if which == 0 || which == 1 {
		a.Arrive = drawWindow(t, "arrive")
	}
	if rapid.Bool().Draw(t, "walks") {
		a.Walk = rapid.Float64Range(0, MaxWalk).Draw(t, "walk")
	}
	return a
}

func drawWindow(t *rapid.T, name string) Window {
	at := drawTime(t, name)
	long := rapid.SampledFrom([]time.Duration{0, time.Hour, 6 * time.Hour, 24 * time.Hour, 20 * 24 * time.Hour}).Draw(t, name+" long")
	return Window{at, at.Add(long)}
}

// TestIndexIsExhaustive: whatever is added, replaced, removed and sorted in, in whatever order, the index answers as the
// definition does over what is in it, to the last bit. Recall is 1, and nothing else is found.
func TestIndexIsExhaustive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x Index
		in := map[ID]Ride{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			act(t, &x, in)
		}
		all := exhaustive(t, in)
		for range 4 {
			same(t, &x, all, drawAsk(t), rapid.IntRange(0, 6).Draw(t, "k"))
		}
	})
}

// act does one thing to an index, and to the rides that are in it.
func act(t *rapid.T, x *Index, in map[ID]Ride) {
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0:
		x.Rebuild()
	case 1:
		id := ID(rapid.IntRange(0, 100).Draw(t, "gone"))
		r, was := in[id]
		if got := x.Remove(id); got != (was && (r.Weekly != 0 || len(r.Departures(time.Unix(0, 0), first.AddDate(1, 0, 0))) > 0)) {
			t.Fatalf("Remove(%d) = %v", id, got)
		}
		delete(in, id)
	default:
		for range rapid.IntRange(1, 20).Draw(t, "rides") {
			r := drawRide(t, ID(rapid.IntRange(0, 300).Draw(t, "id")))
			if r.Check() != nil {
				continue
			}
			if err := x.Add(r); err != nil {
				t.Fatal(err)
			}
			in[r.ID] = r
		}
	}
}

func exhaustive(t interface{ Fatal(...any) }, in map[ID]Ride) *Exhaustive {
	var all Exhaustive
	for _, r := range in {
		if err := all.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	return &all
}

func same(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, x *Index, all *Exhaustive, a Ask, k int) {
	want, err := all.Match(a, k)
	got, err2 := x.Match(a, k)
	if (err == nil) != (err2 == nil) {
		t.Fatalf("%+v: %v, %v", a, err, err2)
	}
	if len(want) == 0 && len(got) == 0 {
		return
	}
	if d := cmp.Diff(want, got, moments); d != "" {
		t.Fatalf("%+v, the %d best: %s", a, k, d)
	}
}

// TestRebuildBeside: rides that come and go while the index is rebuilt are found, or not, as they should.
func TestRebuildBeside(t *testing.T) {
	var x Index
	in := map[ID]Ride{}
	put := func(id ID, lat float64) {
		r := Ride{ID: id, Path: []geo.Point{{Lat: lat, Lon: 3}, {Lat: lat + 1, Lon: 3}}, Depart: first, Seats: 1}
		if err := x.Add(r); err != nil {
			t.Error(err)
		}
		in[id] = r
	}
	for i := range 20000 {
		put(ID(i), 40+float64(i%700)/100)
	}
	var done sync.WaitGroup
	for range 3 {
		done.Go(x.Rebuild)
	}
	for i := range 3000 {
		put(ID(i*3), 41+float64(i%500)/100)
		x.Remove(ID(i * 5))
		delete(in, ID(i*5))
	}
	done.Wait()
	if x.Len() != len(in) {
		t.Errorf("%d rides, want %d", x.Len(), len(in))
	}
	all := exhaustive(t, in)
	for i := range 20 {
		at := 40 + float64(i)/3
		same(t, &x, all, Ask{From: geo.Point{Lat: at, Lon: 3}, To: geo.Point{Lat: at + .9, Lon: 3.01}, Leave: Around(first, time.Hour)}, 0)
	}
	x.Rebuild()
	if x.Due() || x.Len() != len(in) || x.fresh != nil {
		t.Errorf("after a rebuild %d rides, and another one is due: %v", x.Len(), x.Due())
	}
}

// TestChord: it is the straight line, from sin and cos of the library, and never longer than the great circle.
func TestChord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := keep(drawPoint(t, "a")), keep(drawPoint(t, "b"))
		km := a.point().Km(b.point())
		want := 2 * geo.Radius * math.Sin(km/2/geo.Radius)
		got := chord(a, b, 1-2*sin2(float64(a.lat)*radian))
		if math.Abs(got-want) > 1e-6 || got > km+1e-6 {
			t.Fatalf("chord %v, want %v, great circle %v", got, want, km)
		}
	})
}

// TestKept: what is added can be found before and after it is sorted in; what is replaced or removed can't.
func TestKept(t *testing.T) {
	var x Index
	a := Ask{From: geo.Point{Lat: 45, Lon: 3}, To: geo.Point{Lat: 46, Lon: 3}, Leave: Around(first, time.Hour)}
	ids := func() (list []ID) {
		found, err := x.Match(a, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range found {
			list = append(list, m.ID)
		}
		slices.Sort(list)
		return list
	}
	expect := func(when string, want ...ID) {
		t.Helper()
		if got := ids(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	r := Ride{ID: 7, Path: []geo.Point{a.From, a.To}, Depart: first, Seats: 1}
	add := func() {
		t.Helper()
		if err := x.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	expect("empty")
	add()
	expect("added", 7)
	x.Rebuild()
	expect("sorted in", 7)
	r.Seats = 0
	add()
	expect("replaced by a full one")
	r.Seats, r.ID = 2, 8
	add()
	r.ID, r.Dates = 9, []time.Time{first.Add(time.Minute), first.Add(time.Hour)}
	add()
	expect("two more", 8, 9)
	x.Remove(8)
	expect("one removed", 9)
	x.Rebuild()
	expect("sorted in again", 9)
	if !x.Remove(9) || x.Remove(9) || x.Remove(4) {
		t.Error("Remove says wrongly what was in")
	}
	expect("all removed")
	if x.Len() != 1 {
		t.Errorf("%d left: the full one is, and nothing else", x.Len())
	}
}
