package place

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/entregent/entregent/gift/geo"
)

// Table holds places and finds them. It doesn't change once read, and is safe for concurrent use.
type Table struct {
	places   []Place
	names    map[string][]int32  // by their folded name, as they are called
	bare     map[string][]int32  // without the article
	former   map[string][]former // by a former name
	postcode map[string][]int32
	code     map[string]int32
	longest  int // words in the longest name
}

// former is a former name and the place that took it in.
type former struct {
	place int32
	name  string
}

// columns are the names under which a table's columns are known.
var columns = map[string]string{
	"insee": "code", "code": "code", "nom": "name", "name": "name", "departement": "department", "department": "department",
	"country": "country", "lat": "lat", "lon": "lon", "population": "population", "codes_postaux": "postcodes", "postcodes": "postcodes",
	"communes_deleguees": "former", "former": "former", "alt_name": "former", "type": "type",
}

// Read reads a table of places: CSV with a header that names its columns, in any order. It must have name (or nom),
// lat and lon; it may have code (insee), department (departement), country, population, postcodes (codes_postaux, with
// spaces between), former (communes_deleguees, alt_name; semicolons between) and type ("arrondissement"). Other columns
// are left alone. An error tells name and line.
func Read(r io.Reader, name string) (*Table, error) {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, noEOF(err))
	}
	at := map[string]int{}
	for i, h := range header {
		if c, ok := columns[strings.TrimPrefix(strings.TrimSpace(strings.ToLower(h)), "\ufeff")]; ok {
			at[c] = i
		}
	}
	for _, c := range []string{"name", "lat", "lon"} {
		if _, ok := at[c]; !ok {
			return nil, fmt.Errorf("reading %s: its header has no column %s", name, c)
		}
	}
	t := &Table{names: map[string][]int32{}, bare: map[string][]int32{}, former: map[string][]former{}, postcode: map[string][]int32{}, code: map[string]int32{}}
	for {
		row, err := in.Read()
		if err == io.EOF {
			t.finish()
			return t, nil
		}
		if err == nil {
			err = t.add(func(column string) string {
				if i, ok := at[column]; ok {
					return strings.Clone(strings.TrimSpace(row[i]))
				}
				return ""
			})
		}
		if err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("reading %s, line %d: %w", name, line, err)
		}
	}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty: a header with name, lat and lon is expected")
	}
	return err
}

// add keeps the place of one row.
func (t *Table) add(field func(string) string) error {
	p := Place{Code: Code(field("code")), Name: field("name"), Department: Department(field("department")), Country: field("country"),
		Arrondissement: field("type") == "arrondissement", Postcodes: strings.Fields(field("postcodes"))}
	if p.Name == "" {
		return errors.New("a place without a name")
	}
	if p.Country == "" && p.Department != "" {
		p.Country = "FR"
	}
	var err error
	if p.At, err = point(field("lat"), field("lon")); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	if s := field("population"); s != "" {
		if p.Population, err = strconv.Atoi(s); err != nil || p.Population < 0 {
			return fmt.Errorf("%s: %q is no number of people", p.Name, s)
		}
	}
	t.index(p, field("former"))
	return nil
}

// point reads a place's two degrees; both empty is nowhere.
func point(lat, lon string) (geo.Point, error) {
	if lat == "" && lon == "" {
		return geo.Nowhere, nil
	}
	y, err := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	p := geo.Point{Lat: y, Lon: x}
	if err != nil || err2 != nil || !p.Known() {
		return geo.Nowhere, fmt.Errorf("%q, %q is no point: degrees are expected, latitude within ±90, longitude within ±180", lat, lon)
	}
	return p, nil
}

// index makes a place findable.
func (t *Table) index(p Place, formerly string) {
	n := int32(len(t.places))
	t.places = append(t.places, p)
	key := fold(p.Name)
	t.longest = max(t.longest, strings.Count(key, " ")+1)
	t.names[key] = append(t.names[key], n)
	if rest, ok := withoutArticle(key); ok {
		t.bare[rest] = append(t.bare[rest], n)
	}
	for _, code := range p.Postcodes {
		t.postcode[code] = append(t.postcode[code], n)
	}
	if p.Code != "" {
		t.code[string(p.Code)] = n
	}
	for name := range strings.SplitSeq(formerly, ";") {
		if name = strings.TrimSpace(name); name == "" || fold(name) == key {
			continue
		}
		old := fold(name)
		t.longest = max(t.longest, strings.Count(old, " ")+1)
		t.former[old] = append(t.former[old], former{n, name})
		if rest, ok := withoutArticle(old); ok {
			t.former[rest] = append(t.former[rest], former{n, name})
		}
	}
}

// cities have arrondissements, whose codes follow the given one.
var cities = []struct {
	key         string
	city        Code
	before      int // the code of the first arrondissement, less one
	department  Department
	arrondissem int // how many
}{
	{"paris", "75056", 75100, "75", 20},
	{"lyon", "69123", 69380, "69", 9},
	{"marseille", "13055", 13200, "13", 16},
}

// finish puts arrondissements where their city is.
func (t *Table) finish() {
	for _, c := range cities {
		city, ok := t.code[string(c.city)]
		if !ok {
			continue
		}
		for i := 1; i <= c.arrondissem; i++ {
			if n, ok := t.code[strconv.Itoa(c.before+i)]; ok && !t.places[n].At.Known() {
				t.places[n].At = t.places[city].At
			}
		}
	}
}

// Len is the number of places.
func (t *Table) Len() int { return len(t.places) }

// All gives every place in the order of the table; the list is the table's and is not to be changed.
func (t *Table) All() []Place { return t.places }

// ByCode gives the place of a code.
func (t *Table) ByCode(c Code) (p Place, ok bool) {
	n, ok := t.code[strings.ToUpper(string(c))]
	if !ok {
		return Place{}, false
	}
	return t.places[n], true
}

// Nearest gives the k places nearest to a point, nearest first; arrondissements, which are put where their city is,
// aren't among them. It looks at every place: about 2 ms for France.
func (t *Table) Nearest(at geo.Point, k int) []Place {
	type one struct {
		km float64
		n  int32
	}
	var list []one
	for n := range t.places {
		p := &t.places[n]
		if p.Arrondissement {
			continue
		}
		km := at.Km(p.At)
		if km != km || len(list) == k && (k <= 0 || km >= list[k-1].km) {
			continue
		}
		i, _ := slices.BinarySearchFunc(list, km, func(o one, km float64) int { return cmp.Compare(o.km, km) })
		if list = slices.Insert(list, i, one{km, int32(n)}); len(list) > k {
			list = list[:max(k, 0)]
		}
	}
	found := make([]Place, len(list))
	for i, o := range list {
		found[i] = t.places[o.n]
	}
	return found
}
