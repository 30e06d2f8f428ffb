package route

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
)

// crooked is a country whose roads are a quarter longer than great circles.
const crooked = 1.25

// fakeOSRM answers as the table service is documented to: lon,lat in the path, metres, code Ok.
func fakeOSRM(w http.ResponseWriter, r *http.Request) {
	list, ok := strings.CutPrefix(r.URL.Path, "/table/v1/driving/")
	if !ok || r.URL.Query().Get("annotations") != "distance" {
		http.Error(w, `{"code":"InvalidUrl","message":"URL string malformed"}`, http.StatusBadRequest)
		return
	}
	var points []geo.Point
	for s := range strings.SplitSeq(list, ";") {
		var p geo.Point
		fmt.Sscanf(s, "%f,%f", &p.Lon, &p.Lat)
		points = append(points, p)
	}
	pick := func(key string) (some []geo.Point) {
		// the standard library takes a raw ; in a query for an error, and servers do not
		for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
			if v, ok := strings.CutPrefix(pair, key+"="); ok {
				for s := range strings.SplitSeq(v, ";") {
					var i int
					fmt.Sscan(s, &i)
					some = append(some, points[i])
				}
			}
		}
		return some
	}
	var rows [][]any
	for _, a := range pick("sources") {
		var row []any
		for _, b := range pick("destinations") {
			row = append(row, metres(a, b))
		}
		rows = append(rows, row)
	}
	json.NewEncoder(w).Encode(map[string]any{"code": "Ok", "distances": rows})
}

// metres is null to and from an island in the south.
func metres(a, b geo.Point) any {
	if (a.Lat < 0) != (b.Lat < 0) {
		return nil
	}
	return a.Km(b) * 1000 * crooked
}

// fakeValhalla answers as sources_to_targets is documented to: an object a pair, distance in kilometres.
func fakeValhalla(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Sources, Targets []geo.Point
		Costing          string
	}
	if r.Method != http.MethodPost || r.URL.Path != "/sources_to_targets" || json.NewDecoder(r.Body).Decode(&q) != nil || q.Costing != "auto" {
		http.Error(w, `{"error_code":101,"error":"Try a POST or GET request instead"}`, http.StatusBadRequest)
		return
	}
	var rows [][]map[string]any
	for i, a := range q.Sources {
		var row []map[string]any
		for j, b := range q.Targets {
			cell := map[string]any{"from_index": i, "to_index": j, "distance": nil, "time": nil}
			if m, ok := metres(a, b).(float64); ok {
				cell["distance"] = m / 1000
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	json.NewEncoder(w).Encode(map[string]any{"sources_to_targets": rows, "units": "kilometers"})
}

// TestMatch: both servers give the same matches, longer by their roads; a ride that only great circles match is left out.
func TestMatch(t *testing.T) {
	at := time.Date(2026, 12, 4, 8, 0, 0, 0, time.UTC)
	from, to := geo.Point{Lat: 45.5, Lon: 3.02}, geo.Point{Lat: 46.5, Lon: 3.02}
	rides := []ride.Ride{
		{ID: 1, Path: []geo.Point{{Lat: 45, Lon: 3}, {Lat: 46, Lon: 3}, {Lat: 47, Lon: 3}}, Depart: at, Seats: 1},
		{ID: 2, Path: []geo.Point{{Lat: 45.5, Lon: 3.125}, {Lat: 46.5, Lon: 3.125}}, Depart: at, Seats: 1, Allowed: &ride.Detour{Km: 18, Max: 18}},
		{ID: 3, Path: []geo.Point{{Lat: -45, Lon: 3}, {Lat: 47, Lon: 3}}, Depart: at, Seats: 1},
	}
	a := ride.Ask{From: from, To: to, Leave: ride.Around(at.Add(time.Hour), 2*time.Hour)}
	var straight ride.Index
	for _, r := range rides {
		if err := straight.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	flat, err := straight.Match(a, 0)
	if err != nil || len(flat) != 2 {
		t.Fatalf("by great circles: %+v, %v", flat, err)
	}
	for name, server := range map[string]http.HandlerFunc{"osrm": fakeOSRM, "valhalla": fakeValhalla} {
		s := httptest.NewServer(server)
		defer s.Close()
		var r Router = OSRM{URL: s.URL}
		if name == "valhalla" {
			r = Valhalla{URL: s.URL + "/"}
		}
		found, err := Match(context.Background(), r, rides, a, 0)
		if err != nil || len(found) != 1 || found[0].ID != 1 {
			t.Fatalf("%s: %+v, %v", name, found, err)
		}
		if m := found[0]; math.Abs(m.Detour-crooked*flat[0].Detour) > 1e-6 || math.Abs(m.Length-crooked*flat[0].Length) > 1e-6 || m.In != 0 || m.Out != 1 {
			t.Errorf("%s: %+v, by great circles %+v", name, m, flat[0])
		}
	}
}

// TestBadAnswers: what a server says that is no matrix is an error, never a length.
func TestBadAnswers(t *testing.T) {
	p := []geo.Point{{Lat: 45, Lon: 3}, {Lat: 46, Lon: 3}}
	for body, want := range map[string]string{
		`{"code":"NoSegment","message":"Could not find a matching segment"}`: "asking OSRM: NoSegment Could not find a matching segment",
		`{"code":"Ok","distances":[[1,2]]}`:                                  "asking OSRM: 1 rows of lengths, 2 points",
		`{"code":"Ok","distances":[[1,2],[3]]}`:                              "asking OSRM: 1 lengths in a row, 2 points",
		`{"code":"Ok","distances":[[1,2],[3,-4]]}`:                           "asking OSRM: a length of -4",
		`<html>`: "asking OSRM: invalid character '<' looking for beginning of value",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		if _, err := (OSRM{URL: s.URL}).Matrix(context.Background(), p, p); err == nil || err.Error() != want {
			t.Errorf("%s: %v", body, err)
		}
		s.Close()
		if _, err := (Valhalla{URL: s.URL}).Matrix(context.Background(), p, p); err == nil {
			t.Error("a server that is gone answers")
		}
	}
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	if _, err := (Valhalla{URL: s.URL}).Matrix(context.Background(), p, p); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("404: %v", err)
	}
}
