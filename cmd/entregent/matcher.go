package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/entregent/entregent/gift/ride"
	"github.com/entregent/entregent/gift/ride/road"
	"github.com/entregent/entregent/internal/route"
)

// matcher matches rides with asks, by great circles or by roads.
type matcher interface {
	Add(ride.Ride) error
	Match(a ride.Ask, k int) ([]ride.Match, error)
}

// matcher is what the flags ask for.
func (c *rideMatchCommand) matcher(s *step) (matcher, error) {
	given := 0
	for _, v := range []string{c.Map, c.OSRM, c.Valhalla} {
		if v != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return nil, errors.New("--map, --osrm and --valhalla: one of them")
	case c.Map != "":
		return mapMatcher(c.Map)
	case c.OSRM != "":
		return &routed{ctx: s.ctx, router: route.OSRM{URL: c.OSRM}}, nil
	case c.Valhalla != "":
		return &routed{ctx: s.ctx, router: route.Valhalla{URL: c.Valhalla}}, nil
	}
	return &straight{}, nil
}

// straight matches by great circles, and sorts when it pays.
type straight struct{ ride.Index }

func (x *straight) Match(a ride.Ask, k int) ([]ride.Match, error) {
	if x.Due() {
		x.Rebuild()
	}
	return x.Index.Match(a, k)
}

// mapped matches by the roads of a map.
type mapped struct{ *road.Rides }

func mapMatcher(file string) (matcher, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := road.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return mapped{road.NewRides(m)}, nil
}

func (x mapped) Match(a ride.Ask, k int) ([]ride.Match, error) {
	found, _, err := x.Rides.Match(a, k)
	return found, err
}

// routed has a server match by road what is best by great circles.
type routed struct {
	straight
	ctx    context.Context
	router route.Router
	rides  map[ride.ID]ride.Ride
}

func (x *routed) Add(r ride.Ride) error {
	if x.rides == nil {
		x.rides = map[ride.ID]ride.Ride{}
	}
	x.rides[r.ID] = r
	return x.straight.Add(r)
}

func (x *routed) Match(a ride.Ask, k int) ([]ride.Match, error) {
	best, err := x.straight.Match(a, route.MaxRides)
	if err != nil {
		return nil, err
	}
	var rides []ride.Ride
	for _, m := range best {
		rides = append(rides, x.rides[m.ID])
	}
	return route.Match(x.ctx, x.router, rides, a, k)
}
