package road

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
)

var eight = time.Date(2026, 12, 4, 8, 0, 0, 0, time.UTC)

// grid is a made town: n by n crossings about a kilometre apart, some streets one-way or missing, some longer than they
// look; chance decides.
func grid(n int, chance func(int) int) *Map {
	var points []geo.Point
	for i := range n * n {
		points = append(points, geo.Point{Lat: 45 + .01*float64(i/n), Lon: 3 + .013*float64(i%n)})
	}
	var roads []road
	street := func(a, b int) {
		km := points[a].Km(points[b]) * (1 + float64(chance(10))/5)
		kind := chance(8)
		if kind > 1 {
			roads = append(roads, road{int32(a), int32(b), km})
		}
		if kind > 2 {
			roads = append(roads, road{int32(b), int32(a), km})
		}
	}
	for i := range n * n {
		if i%n+1 < n {
			street(i, i+1)
		}
		if i+n < n*n {
			street(i, i+n)
		}
	}
	return newMap(points, roads)
}

// plainMetric finds each length by a search of its own, without landmarks: the definition.
type plainMetric struct {
	m    *Map
	from map[int32][]float64
	at   map[geo.Point]int32
}

func (x plainMetric) where(p geo.Point) int32 {
	v, ok := x.at[p]
	if !ok {
		var err error
		if v, err = x.m.near(p); err != nil {
			panic(err)
		}
		x.at[p] = v
	}
	return v
}

func (x plainMetric) Km(a, b geo.Point) float64 {
	v, w := x.where(a), x.where(b)
	if x.from[v] == nil {
		x.from[v] = x.m.out.lengths(v)
	}
	return x.from[v][w]
}

// drawn is a ride or an ask between points of a map.
func drawn(m *Map, chance func(int) int) geo.Point {
	p := m.points[chance(len(m.points))]
	return kept(geo.Point{Lat: p.Lat + float64(chance(100)-50)*1e-5, Lon: p.Lon + float64(chance(100)-50)*1e-5})
}

// compare puts rides on a map and holds what is found for asks to the definition; it gives how many rides matched, and
// the share of rides the landmarks left to look at.
func compare(t interface {
	Fatalf(string, ...any)
	Fatal(...any)
}, m *Map, rides, asks int, chance func(int) int) (matched int, share float64) {
	x := NewRides(m)
	var list []ride.Ride
	for i := range rides {
		r := ride.Ride{ID: ride.ID(i + 1), Depart: eight.Add(time.Duration(chance(120)) * time.Minute), Seats: 1 + chance(3)}
		for range 2 + chance(5)/4 {
			r.Path = append(r.Path, drawn(m, chance))
		}
		if r.Check() != nil || x.Add(r) != nil {
			continue
		}
		list = append(list, r)
	}
	looked := 0
	metric := plainMetric{m, map[int32][]float64{}, map[geo.Point]int32{}}
	for range asks {
		a := ride.Ask{From: drawn(m, chance), To: drawn(m, chance), Leave: ride.Around(eight.Add(time.Hour), time.Duration(30+chance(90))*time.Minute)}
		if chance(4) == 0 {
			a.Walk = float64(chance(30)) / 10
		}
		if a.Check() != nil {
			continue
		}
		found, n, err := x.Match(a, 0)
		if err != nil {
			t.Fatal(err)
		}
		if a.Walk == 0 {
			looked += n
		}
		right := map[ride.ID]ride.Match{}
		for _, r := range list {
			if one, ok, err := ride.MatchBy(r, a, metric); err != nil {
				t.Fatal(err)
			} else if ok {
				right[r.ID] = one
			}
		}
		if len(found) != len(right) {
			t.Fatalf("%d matches, by Dijkstra %d", len(found), len(right))
		}
		for _, one := range found {
			if r, ok := right[one.ID]; !ok || math.Abs(r.Detour-one.Detour) > rounding || math.Abs(r.Cost()-one.Cost()) > rounding {
				t.Fatalf("%+v, by Dijkstra %+v", one, r)
			}
		}
		matched += len(found)
	}
	return matched, float64(looked) / float64(max(len(list)*asks, 1))
}

// TestMadeTown: on towns of every shape what is found is what Dijkstra finds.
func TestMadeTown(t *testing.T) {
	matched := 0
	rapid.Check(t, func(t *rapid.T) {
		chance := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "chance") }
		if m := grid(2+chance(7), chance); m != nil {
			n, _ := compare(t, m, 15, 6, chance)
			matched += n
		}
	})
	if matched == 0 {
		t.Error("nothing ever matched")
	}
}

// TestLeast: landmarks bound every length from below, and on a line they give it.
func TestLeast(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := grid(12, r.IntN)
	for range 300 {
		a, b := int32(r.IntN(m.Len())), int32(r.IntN(m.Len()))
		true := m.out.lengths(a)[b]
		if m.least(a, b) > true+1e-9 || math.Abs(m.length(a, b)-true) > 1e-9 || math.Abs(m.in.lengths(b)[a]-true) > 1e-9 {
			t.Fatalf("from %d to %d: at least %v, A* %v, Dijkstra %v", a, b, m.least(a, b), m.length(a, b), true)
		}
	}
}

// TestExtracts: on three real maps recall is 1 against Dijkstra, and the landmarks leave few rides to look at.
func TestExtracts(t *testing.T) {
	for _, name := range []string{"liechtenstein-latest", "harrisburg", "baltimore"} {
		f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "osm", name+".osm.pbf"))
		if err != nil {
			t.Skipf("the map %s is not here: %v", name, err)
		}
		m, err := Read(f)
		f.Close()
		if err != nil {
			t.Fatal(name, err)
		}
		r := rand.New(rand.NewPCG(7, 7))
		matched, share := compare(t, m, 100, 16, r.IntN)
		t.Logf("%s: %d points, %d matches as by Dijkstra, %.1f %% of rides looked at", name, m.Len(), matched, 100*share)
		if matched == 0 {
			t.Errorf("%s: nothing matched", name)
		}
	}
}

// pbf writes a small map: a triangle of streets, a dead end that is one-way, a footpath, and a way over the edge.
func pbf() []byte {
	words := []string{"", "highway", "residential", "oneway", "yes", "footway"}
	var table []byte
	for _, w := range words {
		table = protowire.AppendTag(table, 1, protowire.BytesType)
		table = protowire.AppendString(table, w)
	}
	var group []byte
	group = message(group, 2, dense([]int64{10, 11, 12, 13, 14}, []float64{45, 45.01, 45.01, 45.02, 45.03}, []float64{3, 3, 3.01, 3, 3}))
	group = message(group, 3, way([]int64{10, 11, 12, 10}, 1, 2))
	group = message(group, 3, way([]int64{12, 13}, 1, 2, 3, 4))
	group = message(group, 3, way([]int64{13, 14}, 1, 5))
	group = message(group, 3, way([]int64{11, 99}, 1, 2))
	data := message(message(nil, 1, table), 2, group)
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(data)
	z.Close()
	return append(blob("OSMHeader", message(nil, 1, nil)), blob("OSMData", message(nil, 3, packed.Bytes()))...)
}

func message(to []byte, field protowire.Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(to, field, protowire.BytesType), m)
}

func blob(kind string, body []byte) []byte {
	header := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), kind)
	header = protowire.AppendVarint(protowire.AppendTag(header, 3, protowire.VarintType), uint64(len(body)))
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(header))), header...), body...)
}

func zigzags(list []int64) (b []byte) {
	last := int64(0)
	for _, v := range list {
		b = protowire.AppendVarint(b, protowire.EncodeZigZag(v-last))
		last = v
	}
	return b
}

func dense(ids []int64, lats, lons []float64) (m []byte) {
	column := func(list []float64) (c []int64) {
		for _, v := range list {
			c = append(c, int64(math.Round(v*1e7)))
		}
		return c
	}
	return message(message(message(nil, 1, zigzags(ids)), 8, zigzags(column(lats))), 9, zigzags(column(lons)))
}

func way(nodes []int64, tags ...uint64) (m []byte) {
	var keys, values []byte
	for i := 0; i < len(tags); i += 2 {
		keys, values = protowire.AppendVarint(keys, tags[i]), protowire.AppendVarint(values, tags[i+1])
	}
	return message(message(message(nil, 2, keys), 3, values), 8, zigzags(nodes))
}

// TestRead: only what leads anywhere and back, for cars, is in the network; broken files say so.
func TestRead(t *testing.T) {
	m, err := Read(bytes.NewReader(pbf()))
	if err != nil {
		t.Fatal(err)
	}
	if m.Len() != 3 || len(m.out.to) != 6 || math.Abs(m.points[0].Lat-45) > 1e-9 || math.Abs(m.points[2].Lon-3.01) > 1e-9 {
		t.Errorf("%d points, %d roads: %v", m.Len(), len(m.out.to), m.points)
	}
	if _, err := m.near(geo.Point{Lat: 46, Lon: 3}); err == nil || !strings.Contains(err.Error(), "no road of the map is within 2 km of 46") {
		t.Errorf("far from all roads: %v", err)
	}
	whole := pbf()
	for want, data := range map[string][]byte{
		"the file is cut short":      whole[:len(whole)-10],
		"this is no OSM PBF file":    []byte("id,from,to\n1,2,3\n"),
		"there is no road in it":     nil,
		"neither with zlib nor":      blob("OSMData", message(nil, 4, []byte("lzma"))),
		"a way has a tag that isn't": blob("OSMData", message(nil, 1, message(nil, 2, message(nil, 3, way([]int64{1}, 7, 8))))),
	} {
		if _, err := Read(bytes.NewReader(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestDirections(t *testing.T) {
	for text, want := range map[string][2]bool{
		"highway=residential": {true, true}, "highway=residential oneway=yes": {true, false}, "highway=primary oneway=-1": {false, true},
		"highway=motorway": {true, false}, "highway=motorway oneway=no": {true, true}, "highway=tertiary junction=roundabout": {true, false},
		"highway=footway": {false, false}, "highway=service access=private": {false, false}, "highway=service access=no motor_vehicle=yes": {true, true},
		"building=yes": {false, false}, "highway=service area=yes": {false, false},
	} {
		tags := map[string]string{}
		for _, pair := range strings.Fields(text) {
			k, v, _ := strings.Cut(pair, "=")
			tags[k] = v
		}
		if forth, back := directions(tags); forth != want[0] || back != want[1] {
			t.Errorf("%s: %v, %v", text, forth, back)
		}
	}
}
