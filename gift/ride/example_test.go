package ride_test

import (
	"fmt"
	"time"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
)

func Example() {
	voiron, moirans, grenoble := geo.Point{Lat: 45.37882, Lon: 5.58248}, geo.Point{Lat: 45.32559, Lon: 5.58058}, geo.Point{Lat: 45.18216, Lon: 5.72133}
	eight := time.Date(2026, 3, 17, 8, 0, 0, 0, time.UTC)
	var rides ride.Index
	if err := rides.Add(ride.Ride{ID: 1, Path: []geo.Point{voiron, grenoble}, Depart: eight, Weekly: ride.On(time.Tuesday), Seats: 3}); err != nil {
		fmt.Println(err)
	}
	found, err := rides.Match(ride.Ask{From: moirans, To: grenoble, Leave: ride.Around(eight.AddDate(0, 0, 14), 15*time.Minute)}, 10)
	for _, m := range found {
		fmt.Println(m.ID, m.Sentence(ride.English))
	}
	fmt.Println(err)
	// Output:
	// 1 Picked up on Tuesday 31 March at about 08:05, without a walk, set down at about 08:20: a detour of 0.9 km (3.6 %) on a way of 24.4 km, of which 19.4 km together.
	// <nil>
}
