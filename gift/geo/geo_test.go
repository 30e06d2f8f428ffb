package geo

import (
	"math"
	"testing"
)

// TestKm: a degree of a meridian is R·π/180; a quarter of the equator is R·π/2; and over the date line the short way
// counts.
func TestKm(t *testing.T) {
	for _, c := range []struct {
		p, q Point
		want float64
	}{
		{Point{45, 3}, Point{46, 3}, Radius * math.Pi / 180},
		{Point{0, 0}, Point{0, 90}, Radius * math.Pi / 2},
		{Point{0, 179.5}, Point{0, -179.5}, Radius * math.Pi / 180},
		{Point{90, 0}, Point{-90, 120}, Radius * math.Pi},
		{Point{48, 2}, Point{48, 2}, 0},
	} {
		if got := c.p.Km(c.q); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("from %v to %v: %v km, want %v", c.p, c.q, got, c.want)
		}
	}
	if !math.IsNaN(Nowhere.Km(Point{1, 2})) {
		t.Error("a distance from nowhere")
	}
}

func TestKnown(t *testing.T) {
	for _, p := range []Point{Nowhere, {91, 0}, {0, 181}, {math.Inf(1), 0}, {0, math.NaN()}} {
		if p.Known() {
			t.Errorf("%v is known", p)
		}
	}
	if !(Point{-90, 180}).Known() {
		t.Error("the edge of the map is a place")
	}
}
