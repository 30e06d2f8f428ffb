// Package place finds places by the names people write: "st-etienne", "L’Haÿ les roses", "Paris 11e", "26000 Valence".
//
//	found := place.Find("Saint-Denis")    // every commune of that name, largest first
//	sure, ok := place.Clear(found)        // not ok: ask which one is meant
//
// The table that comes with it holds France: the communes and the arrondissements of Paris, Lyon and Marseille, with
// postcodes and the names of former communes (names and postcodes: etalab, centroids: INSEE and IGN, Licence Ouverte 2.0;
// some centroids: GeoNames, CC BY 4.0). Read makes a table of other places.
//
// Accents, ligatures, capitals, hyphens and both apostrophes don't matter, st and ste are saint and sainte; letters do:
// a name that is nearly right is not found, since the nearest spelling is so often another place.
package place

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"slices"
	"sync"

	"github.com/entregent/entregent/gift/geo"
)

// Code names a place once and for all: in France the code of INSEE, five characters.
type Code string

// Department is the code of a French département: 01 to 95 without 20, 2A, 2B, 971 to 989.
type Department string

// Place is a commune, an arrondissement, or a place of a table of one's own.
type Place struct {
	Code           Code
	Name           string     // with its article: La Rochelle
	Department     Department // "" outside France
	Country        string     // ISO 3166-1 alpha-2: FR; "" when the table doesn't say
	At             geo.Point  // the centroid; an arrondissement's is its city's; geo.Nowhere when it isn't known
	Population     int        // 0 when it isn't known
	Postcodes      []string   // shared with the table: not to be changed
	Arrondissement bool       // of Paris, Lyon or Marseille
	Former         string     // the former name under which it was found, else ""
}

//go:generate make -C ../.. places
//go:embed communes.csv.gz
var communes []byte

// France is the table that comes with the package; it is read once, in about a quarter of a second, and safe for concurrent use.
var France = sync.OnceValue(readFrance)

// readFrance reads the table that is built in; that it can be read is tested.
func readFrance() *Table {
	unpacked, err := gzip.NewReader(bytes.NewReader(communes))
	if err != nil {
		panic("place: the table of France: " + err.Error())
	}
	t, err := Read(unpacked, "communes.csv.gz")
	if err != nil {
		panic("place: the table of France: " + err.Error())
	}
	return t
}

// Find gives the places of France that a name, a postcode or a code may mean; see Table.Find.
func Find(name string) []Place { return France().Find(name) }

// Longest finds the longest name of a place of France at the beginning of a text; see Table.Longest.
func Longest(text string) (found []Place, length int) { return France().Longest(text) }

// Nearest gives the k communes of France whose centroids are nearest to a point; see Table.Nearest.
func Nearest(at geo.Point, k int) []Place { return France().Nearest(at, k) }

// dwarfed is how many times more people live in a place that may be taken for the one meant: La Rochelle (17) has
// 1,996 times the people of La Rochelle (70), nobody asks which; Montreuil (93) has 137 times those of Montreuil (85).
const dwarfed = 200

// Clear gives the place that is meant when there is no doubt: it is the only one, or 200 times as many people live there
// as in any other. ok is false when someone must choose.
func Clear(found []Place) (sure Place, ok bool) {
	if len(found) == 0 {
		return Place{}, false
	}
	largest := slices.MaxFunc(found, func(a, b Place) int { return a.Population - b.Population })
	for _, p := range found {
		if p.Code != largest.Code && dwarfed*p.Population > largest.Population {
			return Place{}, false
		}
	}
	return largest, true
}

// ByDistance gives a copy of a list, nearest to a point first; places that are nowhere come last. It is how the choice
// among several places of one name is offered to somebody whose own town is known.
func ByDistance(found []Place, from geo.Point) []Place {
	list := slices.Clone(found)
	slices.SortStableFunc(list, func(a, b Place) int { return nearer(from, a, b) })
	return list
}

// nearer compares two places by their distance from a point.
func nearer(from geo.Point, a, b Place) int {
	da, db := from.Km(a.At), from.Km(b.At)
	switch {
	case da < db || da == da && db != db:
		return -1
	case db < da || db == db && da != da:
		return 1
	}
	return 0
}
