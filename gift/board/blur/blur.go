// Package blur keeps what is public about gifts from telling where anybody lives
// or that they are away.
//
// A post that its author made public is shown at a [Key.Place] 800 to 1,500
// metres from the true one, always the same for the same home, so that averaging
// what is seen for years gives that place and not the true one. Statistics and
// open data are [Cells]: places to two decimals with at least six people in
// half a year, in fives, hours to ten minutes.
package blur

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// How far a public place is from the true one, in km, and how near another true
// place of the same person may be to share it. Least - Home > 0.3: the true
// place is never within 300 m of what is shown.
const (
	Least = .8
	Most  = 1.5
	Home  = .4
)

// Key is the secret of one board: without it nobody can repeat the draw.
type Key []byte

// Shown is a true place and the public place drawn for it.
type Shown struct{ True, Public geo.Point }

// Place gives the public place of a person's true one, in steps of .001 degree.
// before are the places drawn for them earlier: one whose true place is within
// 400 m is used again. Nothing random: same key, person and places, same result.
func (k Key) Place(person string, at geo.Point, before []Shown) Shown {
	for _, s := range before {
		if s.True.Km(at) <= Home {
			return s // measured from the first place, so that steps don't add up
		}
	}
	for n := uint64(0); ; n++ {
		angle, distance := k.draw(person, len(before), n)
		p := geo.Point{Lat: round(at.Lat+distance*math.Cos(angle)/kmPerDegree, 1000),
			Lon: round(at.Lon+distance*math.Sin(angle)/kmPerDegree/max(.01, math.Cos(at.Lat*math.Pi/180)), 1000)}
		if d := p.Km(at); d >= Least && d <= Most+.1 && math.Abs(p.Lat) < 90 {
			return Shown{at, p}
		}
		if n > 100 { // at a pole there is no such place
			return Shown{at, geo.Point{Lat: round(at.Lat, 1), Lon: round(at.Lon, 1)}}
		}
	}
}

const kmPerDegree = 111.195 // of a great circle, R = 6371.0088 km

// draw gives an angle and a distance, uniform over the ring.
func (k Key) draw(person string, place int, n uint64) (angle, km float64) {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(person))
	h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte{0}, uint64(place)), n))
	sum := h.Sum(nil)
	u, v := unit(sum), unit(sum[8:])
	return 2 * math.Pi * u, math.Sqrt(Least*Least + v*(Most*Most-Least*Least))
}

func unit(b []byte) float64 { return float64(binary.BigEndian.Uint64(b)>>11) / (1 << 53) }

func round(x, steps float64) float64 { return math.Round(x*steps) / steps }

// Dot is one post for the statistics.
type Dot struct {
	Person string
	Kind   string
	At     geo.Point // any point of the post: only its cell is used
	When   time.Time // of the act, in its own zone
}

// Cell is what is told of one square of .01 degree and one kind.
type Cell struct {
	Lat, Lon float64 // the square's corner
	Kind     string
	People   int         // in fives, at least 5 (of 6 or more)
	Hours    map[int]int // minutes since midnight, in tens → people, in fives; only from six people on
}

// How many people a cell needs, and how long each counts: long enough that a
// week or a month away changes nothing.
const (
	Fewest   = 6
	HalfYear = 26 * 7 * 24 * time.Hour
)

// Cells gives the open data at a moment: the cells in which at least six people
// posted within the last 26 weeks, by place and kind.
func Cells(dots []Dot, now time.Time) []Cell {
	type key struct {
		lat, lon float64
		kind     string
	}
	people := map[key]map[string]bool{}
	hours := map[key]map[int]map[string]bool{}
	for _, d := range dots {
		if d.When.After(now) || now.Sub(d.When) > HalfYear || !d.At.Known() {
			continue
		}
		k := key{math.Floor(d.At.Lat*100) / 100, math.Floor(d.At.Lon*100) / 100, d.Kind}
		if people[k] == nil {
			people[k], hours[k] = map[string]bool{}, map[int]map[string]bool{}
		}
		people[k][d.Person] = true
		m := (d.When.Hour()*60 + d.When.Minute()) / 10 * 10
		if hours[k][m] == nil {
			hours[k][m] = map[string]bool{}
		}
		hours[k][m][d.Person] = true
	}
	var all []Cell
	for k, who := range people {
		if len(who) < Fewest {
			continue
		}
		c := Cell{k.lat, k.lon, k.kind, fives(len(who)), map[int]int{}}
		for m, then := range hours[k] {
			if len(then) >= Fewest {
				c.Hours[m] = fives(len(then))
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Cell) int {
		switch {
		case a.Lat != b.Lat:
			return int(math.Copysign(1, a.Lat-b.Lat))
		case a.Lon != b.Lon:
			return int(math.Copysign(1, a.Lon-b.Lon))
		case a.Kind < b.Kind:
			return -1
		}
		return 1
	})
	return all
}

func fives(n int) int { return n / 5 * 5 }

// Minutes is a time to ten minutes, for public lists.
func Minutes(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Minute()%10)*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}
