package blur_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/board/blur"
	"github.com/entregent/entregent/gift/geo"
)

func ExampleKey_Place() {
	key := blur.Key("a secret of this board")
	home := geo.Point{Lat: 48.07921, Lon: 7.35544}
	first := key.Place("gwen", home, nil)
	again := key.Place("gwen", geo.Point{Lat: 48.0793, Lon: 7.3553}, []blur.Shown{first})
	d := first.Public.Km(home)
	fmt.Println(d > .8 && d < 1.6, again.Public == first.Public)
	// Output: true true
}

// An attacker keeps 52 weekly lists and takes the mean, the median and each
// single place for the true one.
func TestC17(t *testing.T) {
	key := blur.Key("secret")
	for n := range 400 {
		person := fmt.Sprint("p", n)
		home := geo.Point{Lat: 42 + float64(n%83)*.1, Lon: -4 + float64(n%97)*.12}
		var known []blur.Shown
		var lats, lons []float64
		for week := range 52 { // the phone's place wanders by some 30 m
			at := geo.Point{Lat: home.Lat + float64((week*7+n)%5-2)*.00013, Lon: home.Lon + float64((week*11+n)%5-2)*.0002}
			s := key.Place(person, at, known)
			known = append(known, s)
			if d := s.Public.Km(home); d < .3 {
				t.Fatalf("%s, week %d: shown %.0f m from home", person, week, d*1000)
			}
			lats, lons = append(lats, s.Public.Lat), append(lons, s.Public.Lon)
		}
		mean := geo.Point{Lat: sum(lats) / 52, Lon: sum(lons) / 52}
		slices.Sort(lats)
		slices.Sort(lons)
		for _, guess := range []geo.Point{mean, {Lat: lats[26], Lon: lons[26]}} {
			if d := guess.Km(home); d < .3 {
				t.Errorf("%s: 52 lists give their home to %.0f m", person, d*1000)
			}
		}
	}
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// The direction and distance of the draw are spread over the ring: no direction
// is a better guess than another.
func TestRing(t *testing.T) {
	key, home := blur.Key("k"), geo.Point{Lat: 45, Lon: 5}
	var north, east int
	for n := range 2000 {
		p := key.Place(fmt.Sprint(n), home, nil).Public
		if p.Lat > home.Lat {
			north++
		}
		if p.Lon > home.Lon {
			east++
		}
	}
	for _, x := range []int{north, east} { // 1000 ± 4 standard errors of 22
		if x < 910 || x > 1090 {
			t.Errorf("north %d, east %d of 2000", north, east)
		}
	}
	if key.Place("a", home, nil) == blur.Key("other").Place("a", home, nil) {
		t.Error("the key doesn't matter")
	}
}

// Places with fewer than six people are hidden, and a week away changes nothing.
func TestCells(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	var dots []blur.Dot
	for person := range 7 {
		for week := range 20 {
			dots = append(dots, blur.Dot{Person: fmt.Sprint(person), Kind: "ride", At: geo.Point{Lat: 45.001, Lon: 5.001},
				When: time.Date(2026, 11, 29-7*week, 7, 40+person, 0, 0, time.UTC)})
		}
	}
	for person := range 5 {
		for range 10 {
			dots = append(dots, blur.Dot{Person: fmt.Sprint(person), Kind: "bed", At: geo.Point{Lat: 45.5, Lon: 5.5}, When: now.AddDate(0, 0, -3)})
		}
	}
	all := blur.Cells(dots, now)
	if len(all) != 1 || all[0].Kind != "ride" || all[0].People != 5 || all[0].Lat != 45 || !reflect.DeepEqual(all[0].Hours, map[int]int{460: 5}) {
		t.Fatalf("cells: %+v", all)
	}
	for person := range 7 { // without one person's last four weeks
		left := slices.DeleteFunc(slices.Clone(dots), func(d blur.Dot) bool {
			return d.Person == fmt.Sprint(person) && d.Kind == "ride" && now.Sub(d.When) < 28*24*time.Hour
		})
		if !reflect.DeepEqual(blur.Cells(left, now), all) {
			t.Errorf("the absence of %d can be read", person)
		}
	}
	if later := blur.Cells(dots, now.AddDate(0, 7, 0)); len(later) != 0 {
		t.Errorf("after half a year: %+v", later)
	}
	if m := blur.Minutes(time.Date(2026, 1, 1, 8, 19, 59, 7, time.UTC)); m.Format("15:04:05.000000000") != "08:10:00.000000000" {
		t.Errorf("08:19:59 is shown as %s", m)
	}
}
