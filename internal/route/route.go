// Package route asks a routing server for lengths by road, and matches with them the few rides that great circles leave.
//
// OSRM (its table service) and Valhalla (sources_to_targets) are spoken to, in the JSON that they document.
package route

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
	"github.com/entregent/entregent/internal/reach"
)

// Router knows lengths by road.
type Router interface {
	// Matrix gives the length in kilometres from each of some points to each of others: a row for each of from; +Inf where
	// there is no way. An error is of the server, or of the way to it.
	Matrix(ctx context.Context, from, to []geo.Point) ([][]float64, error)
}

// OSRM is a server of the Open Source Routing Machine.
type OSRM struct {
	URL     string // http://localhost:5000
	Profile string // "" is driving
}

// Matrix asks the table service.
func (s OSRM) Matrix(ctx context.Context, from, to []geo.Point) ([][]float64, error) {
	var list, sources, targets []string
	for i, p := range slices.Concat(from, to) {
		list = append(list, degrees(p.Lon)+","+degrees(p.Lat))
		if i < len(from) {
			sources = append(sources, strconv.Itoa(i))
		} else {
			targets = append(targets, strconv.Itoa(i))
		}
	}
	profile := s.Profile
	if profile == "" {
		profile = "driving"
	}
	address := strings.TrimSuffix(s.URL, "/") + "/table/v1/" + url.PathEscape(profile) + "/" + strings.Join(list, ";") +
		"?annotations=distance&sources=" + strings.Join(sources, ";") + "&destinations=" + strings.Join(targets, ";")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("asking OSRM: %w", err)
	}
	var answer struct {
		Code, Message string
		Distances     [][]*float64 // metres
	}
	if err := call(request, &answer); err != nil {
		return nil, fmt.Errorf("asking OSRM: %w", err)
	}
	if answer.Code != "Ok" {
		return nil, fmt.Errorf("asking OSRM: %s %s", answer.Code, answer.Message)
	}
	rows, err := table(answer.Distances, len(from), len(to), 1000)
	if err != nil {
		return nil, fmt.Errorf("asking OSRM: %w", err)
	}
	return rows, nil
}

// Valhalla is a server of that name.
type Valhalla struct {
	URL     string // http://localhost:8002
	Costing string // "" is auto
}

// Matrix asks sources_to_targets.
func (s Valhalla) Matrix(ctx context.Context, from, to []geo.Point) ([][]float64, error) {
	costing := s.Costing
	if costing == "" {
		costing = "auto"
	}
	body, err := json.Marshal(map[string]any{"sources": from, "targets": to, "costing": costing, "units": "kilometers"})
	if err != nil {
		return nil, fmt.Errorf("asking Valhalla: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(s.URL, "/")+"/sources_to_targets", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking Valhalla: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	var answer struct {
		Rows [][]struct {
			Distance *float64 `json:"distance"` // km
		} `json:"sources_to_targets"`
	}
	if err := call(request, &answer); err != nil {
		return nil, fmt.Errorf("asking Valhalla: %w", err)
	}
	rows := make([][]*float64, len(answer.Rows))
	for i, row := range answer.Rows {
		for _, cell := range row {
			rows[i] = append(rows[i], cell.Distance)
		}
	}
	km, err := table(rows, len(from), len(to), 1)
	if err != nil {
		return nil, fmt.Errorf("asking Valhalla: %w", err)
	}
	return km, nil
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// most is how many bytes of an answer are read.
const most = 64 << 20

// call sends a request and reads the JSON that comes back.
// The server is named by whoever runs the command, and stands mostly in their own network.
func call(request *http.Request, answer any) error {
	r, err := reach.Client(true).Do(request)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(io.LimitReader(r.Body, most))
	if err != nil {
		return err
	}
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %.200s", r.Status, body)
	}
	return json.Unmarshal(body, answer)
}

// table checks the shape of an answer and turns it into kilometres; null is no way.
func table(rows [][]*float64, n, m int, unit float64) ([][]float64, error) {
	if len(rows) != n {
		return nil, fmt.Errorf("%d rows of lengths, %d points", len(rows), n)
	}
	km := make([][]float64, n)
	for i, row := range rows {
		if len(row) != m {
			return nil, fmt.Errorf("%d lengths in a row, %d points", len(row), m)
		}
		for _, v := range row {
			switch {
			case v == nil:
				km[i] = append(km[i], math.Inf(1))
			case !(*v >= 0):
				return nil, fmt.Errorf("a length of %v", *v)
			default:
				km[i] = append(km[i], *v/unit)
			}
		}
	}
	return km, nil
}

// MaxRides is how many rides are matched by a router for one ask.
const MaxRides = 200

// Match matches by road the rides that great circles left, at most MaxRides: in two tables, between the ask's two ends
// and all points of the rides, and one for each ride with the lengths of its legs. It gives the k best, all when k is 0.
func Match(ctx context.Context, r Router, rides []ride.Ride, a ride.Ask, k int) ([]ride.Match, error) {
	if len(rides) > MaxRides {
		return nil, fmt.Errorf("matching by road: %d rides, at most %d", len(rides), MaxRides)
	}
	if err := errors.Join(a.Check()); err != nil {
		return nil, fmt.Errorf("matching by road: %w", err)
	}
	x, err := lengths(ctx, r, rides, a)
	if err != nil {
		return nil, err
	}
	var found []ride.Match
	for _, one := range rides {
		m, ok, err := ride.MatchBy(one, a, x)
		if err != nil {
			return nil, fmt.Errorf("matching by road: ride %d: %w", one.ID, err)
		}
		if ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, ride.Compare)
	if k > 0 && len(found) > k {
		found = found[:k]
	}
	return found, nil
}

// known are lengths that were asked for; others are no way.
type known map[[2]geo.Point]float64

// Km gives a length.
func (x known) Km(from, to geo.Point) float64 {
	if from == to {
		return 0
	}
	if km, ok := x[[2]geo.Point{from, to}]; ok {
		return km
	}
	return math.Inf(1)
}

func (x known) ask(ctx context.Context, r Router, from, to []geo.Point) error {
	rows, err := r.Matrix(ctx, from, to)
	if err != nil {
		return err
	}
	for i, p := range from {
		for j, q := range to {
			x[[2]geo.Point{p, q}] = rows[i][j]
		}
	}
	return nil
}

// lengths asks for all that is needed.
func lengths(ctx context.Context, r Router, rides []ride.Ride, a ride.Ask) (known, error) {
	x := known{}
	ends := []geo.Point{kept(a.From), kept(a.To)}
	points := slices.Clone(ends)
	for _, one := range rides {
		var path []geo.Point
		for _, p := range one.Path {
			path = append(path, kept(p))
		}
		points = append(points, path...)
		if err := x.ask(ctx, r, path[:len(path)-1], path[1:]); err != nil {
			return nil, err
		}
	}
	if err := x.ask(ctx, r, ends, points); err != nil {
		return nil, err
	}
	return x, x.ask(ctx, r, points, ends)
}

// kept is a point as package ride keeps it.
func kept(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1e7) / 1e7, Lon: math.Round(p.Lon*1e7) / 1e7}
}
