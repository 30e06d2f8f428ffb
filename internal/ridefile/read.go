package ridefile

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/place"
	"github.com/entregent/entregent/gift/ride"
)

// Reader reads rides and asks.
type Reader struct {
	Zone   *time.Location // of times that don't say theirs
	Places *place.Table   // where names are looked up
}

// Ride is a ride of a file, with the ID it has there and the names of its points.
type Ride struct {
	ride.Ride
	Name  string
	Named []string
}

// Ask is an ask of a file, with the ID it has there.
type Ask struct {
	ride.Ask
	Name string
}

var rideColumns = []string{"id", "from", "from_lat", "from_lon", "to", "to_lat", "to_lon", "via", "depart", "zone", "weekly", "dates", "until", "except",
	"seats", "leg_seats", "minutes", "detour_km", "detour_share", "detour_max_km"}

var askColumns = []string{"id", "from", "from_lat", "from_lon", "to", "to_lat", "to_lon", "leave", "arrive", "within", "leave_from", "leave_to",
	"arrive_from", "arrive_to", "zone", "seats", "walk_km"}

// Rides calls take with each ride of a file, numbered by ride.ID from 1.
func (r Reader) Rides(in io.Reader, file string, take func(Ride) error) ([]Problem, error) {
	n := ride.ID(0)
	return read(in, file, rideColumns, func(v record) error {
		n++
		one, err := r.ride(v)
		if err != nil {
			return err
		}
		one.ID = n
		if one.Name == "" {
			one.Name = strconv.FormatUint(uint64(n), 10)
		}
		return take(one)
	})
}

// Asks calls take with each ask of a file.
func (r Reader) Asks(in io.Reader, file string, take func(Ask) error) ([]Problem, error) {
	n := 0
	return read(in, file, askColumns, func(v record) error {
		n++
		one, err := r.ask(v)
		if err != nil {
			return err
		}
		if one.Name == "" {
			one.Name = strconv.Itoa(n)
		}
		return take(one)
	})
}

func (r Reader) ride(v record) (one Ride, err error) {
	one.Name = v["id"]
	zone, err := r.zone(v)
	if err != nil {
		return one, err
	}
	if err := r.path(v, &one); err != nil {
		return one, err
	}
	if one.Depart, err = moment("depart", v["depart"], zone); err != nil {
		return one, err
	}
	if err := one.times(v, zone); err != nil {
		return one, err
	}
	if err := one.numbers(v); err != nil {
		return one, err
	}
	return one, one.Check()
}

// path reads where a ride starts, stops and ends.
func (r Reader) path(v record, one *Ride) error {
	from, err := r.point(v, "from")
	if err != nil {
		return err
	}
	to, err := r.point(v, "to")
	if err != nil {
		return err
	}
	one.Path, one.Named = []geo.Point{from}, []string{v["from"]}
	for _, stop := range v.list("via") {
		p, err := r.at("via", stop)
		if err != nil {
			return err
		}
		one.Path, one.Named = append(one.Path, p), append(one.Named, stop)
	}
	one.Path, one.Named = append(one.Path, to), append(one.Named, v["to"])
	return nil
}

// point reads a point from two columns of degrees, or from one that holds both or a name.
func (r Reader) point(v record, key string) (geo.Point, error) {
	lat, lon := v[key+"_lat"], v[key+"_lon"]
	if lat != "" || lon != "" {
		return degrees(key, lat, lon)
	}
	if v[key] == "" {
		return geo.Nowhere, fmt.Errorf("%s is missing: a name, or degrees: 45.18,5.72", key)
	}
	return r.at(key, v[key])
}

// at reads a name or degrees.
func (r Reader) at(key, text string) (geo.Point, error) {
	if lat, lon, ok := strings.Cut(text, ","); ok {
		if p, err := degrees(key, strings.TrimSpace(lat), strings.TrimSpace(lon)); err == nil {
			return p, nil
		} else if _, no := strconv.ParseFloat(strings.TrimSpace(lat), 64); no == nil {
			return p, err
		}
	}
	found := r.Places.Find(text)
	sure, ok := place.Clear(found)
	switch {
	case len(found) == 0:
		return geo.Nowhere, fmt.Errorf("%s: no place is called %q", key, text)
	case !ok:
		return geo.Nowhere, fmt.Errorf("%s: %q may be %s: write one of them, or degrees", key, text, choice(found))
	case !sure.At.Known():
		return geo.Nowhere, fmt.Errorf("%s: it isn't known where %q lies: write degrees: 45.18,5.72", key, text)
	}
	return sure.At, nil
}

// choice is up to four places of one name.
func choice(found []place.Place) string {
	var list []string
	for i, p := range found {
		if i == 4 {
			list = append(list, "…")
			break
		}
		list = append(list, fmt.Sprintf("%s (%s)", p.Name, p.Department))
	}
	return strings.Join(list, ", ")
}

func degrees(key, lat, lon string) (geo.Point, error) {
	y, err := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	p := geo.Point{Lat: y, Lon: x}
	if err != nil || err2 != nil || !p.Known() {
		return geo.Nowhere, fmt.Errorf("%s: %q, %q is no point: degrees are expected, latitude within ±90, longitude within ±180", key, lat, lon)
	}
	return p, nil
}

// times reads when a ride happens again.
func (one *Ride) times(v record, zone *time.Location) (err error) {
	if one.Weekly, err = weekdays(v.list2("weekly")); err != nil {
		return err
	}
	if v["until"] != "" {
		if one.Until, err = moment("until", v["until"], zone); err != nil {
			return err
		}
	}
	for _, list := range []struct {
		key string
		to  *[]time.Time
	}{{"dates", &one.Dates}, {"except", &one.Except}} {
		for _, s := range v.list(list.key) {
			t, err := moment(list.key, s, zone)
			if err != nil {
				return err
			}
			*list.to = append(*list.to, t)
		}
	}
	return nil
}

// list2 are the values of a key between semicolons, commas or spaces.
func (r record) list2(key string) []string {
	return strings.FieldsFunc(r[key], func(c rune) bool { return c == ';' || c == ',' || c == ' ' })
}

// weekdays reads days as RFC 5545 writes them, MO, or with more letters: mon, monday, lun, lundi.
func weekdays(names []string) (days ride.Weekdays, err error) {
	for _, name := range names {
		found := false
		for i, known := range weekdayNames {
			for full := range strings.SplitSeq(known, " ") {
				if len(name) >= 2 && strings.HasPrefix(full, strings.ToLower(name)) && (full != "mardi" && full != "mercredi" || len(name) > 2) {
					days, found = days|1<<i, true
				}
			}
		}
		if !found {
			return 0, fmt.Errorf("weekly: %q is no weekday: write MO, TU, WE, TH, FR, SA, SU", name)
		}
	}
	return days, nil
}

var weekdayNames = []string{"sunday dimanche", "monday lundi", "tuesday mardi", "wednesday mercredi", "thursday jeudi", "friday vendredi", "saturday samedi"}

// numbers reads seats, the time a ride takes and the detour it allows.
func (one *Ride) numbers(v record) (err error) {
	if one.Seats, err = v.count("seats", 1); err != nil {
		return err
	}
	for _, s := range v.list("leg_seats") {
		n, err := strconv.Atoi(s)
		if err != nil {
			return fmt.Errorf("leg_seats: %q is no whole number", s)
		}
		one.LegSeats = append(one.LegSeats, n)
	}
	minutes, err := v.number("minutes", 0)
	if err != nil {
		return err
	}
	one.Duration = time.Duration(minutes * float64(time.Minute))
	d := ride.DefaultDetour
	var errs [3]error
	d.Km, errs[0] = v.number("detour_km", d.Km)
	d.Share, errs[1] = v.number("detour_share", d.Share)
	d.Max, errs[2] = v.number("detour_max_km", d.Max)
	if d != ride.DefaultDetour {
		one.Allowed = &d
	}
	return errors.Join(errs[:]...)
}

func (r Reader) ask(v record) (one Ask, err error) {
	one.Name = v["id"]
	zone, err := r.zone(v)
	if err != nil {
		return one, err
	}
	if one.From, err = r.point(v, "from"); err != nil {
		return one, err
	}
	if one.To, err = r.point(v, "to"); err != nil {
		return one, err
	}
	if one.Leave, err = window(v, "leave", zone); err != nil {
		return one, err
	}
	if one.Arrive, err = window(v, "arrive", zone); err != nil {
		return one, err
	}
	if one.Seats, err = v.count("seats", 1); err != nil {
		return one, err
	}
	if one.Walk, err = v.number("walk_km", 0); err != nil {
		return one, err
	}
	return one, one.Check()
}

// within is how many minutes before and after an hour an ask holds that says nothing else.
const within = 30

// window reads leave_from and leave_to, or leave and within.
func window(v record, key string, zone *time.Location) (w ride.Window, err error) {
	from, to, at := v[key+"_from"], v[key+"_to"], v[key]
	switch {
	case at != "" && (from != "" || to != ""):
		return w, fmt.Errorf("%s beside %s_from and %s_to: one or the others", key, key, key)
	case at != "":
		t, err := moment(key, at, zone)
		if err != nil {
			return w, err
		}
		minutes, err := v.number("within", within)
		return ride.Around(t, time.Duration(minutes*float64(time.Minute))), err
	case from == "" && to == "":
		return w, nil
	}
	if w.From, err = moment(key+"_from", from, zone); err != nil {
		return w, err
	}
	w.To, err = moment(key+"_to", to, zone)
	return w, err
}

func (r Reader) zone(v record) (*time.Location, error) {
	if v["zone"] == "" {
		return r.Zone, nil
	}
	z, err := time.LoadLocation(v["zone"])
	if err != nil {
		return nil, fmt.Errorf("zone: %q is no time zone: write Europe/Paris or UTC", v["zone"])
	}
	return z, nil
}

// moment reads a time: with its offset as RFC 3339 has it, or without as clocks in a zone show it; a day alone is its
// beginning. An offset says the moment; the zone is the given one all the same, since it tells what a weekly ride does
// at a change of hour.
func moment(key, text string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.In(zone), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04", time.DateOnly} {
		t, err := time.ParseInLocation(layout, text, zone)
		if err != nil {
			continue
		}
		if t.Format(layout) != text {
			return t, fmt.Errorf("%s: clocks in %s never show %s: they are changed then", key, zone, text)
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%s: %q is no time: write 2026-12-04T08:00, or with an offset 2026-12-04T08:00:00+01:00", key, text)
}
