// Package geo is points on the earth and the great circles between them.
//
// The earth is a sphere of the mean radius of the International Union of Geodesy and Geophysics: lengths differ by at
// most 0.56 % from those on the ellipsoid.
package geo

import (
	"fmt"
	"math"
)

// Radius of the earth in kilometres: the arithmetic mean of the three half axes (IUGG, R₁).
const Radius = 6371.0088

// Point is a place on the earth in degrees, WGS 84: north and east are positive. The zero value is a point in the Gulf
// of Guinea, not an unknown one; unknown is Nowhere.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Nowhere is the point of what has no known place: both of its degrees are NaN.
var Nowhere = Point{math.NaN(), math.NaN()}

// Known tells whether p is a point: its latitude within ±90 and its longitude within ±180 degrees, neither NaN.
func (p Point) Known() bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// String is the point to five decimals, about a metre.
func (p Point) String() string { return fmt.Sprintf("%.5f, %.5f", p.Lat, p.Lon) }

// Km is the length in kilometres of the great circle from p to q, by the haversine formula, which is exact for short
// ways too. It is NaN when one of the two is unknown.
func (p Point) Km(q Point) float64 {
	const degree = math.Pi / 180
	dLat, dLon := math.Sin((q.Lat-p.Lat)*degree/2), math.Sin((q.Lon-p.Lon)*degree/2)
	h := dLat*dLat + math.Cos(p.Lat*degree)*math.Cos(q.Lat*degree)*dLon*dLon
	return 2 * Radius * math.Asin(math.Sqrt(min(h, 1)))
}
