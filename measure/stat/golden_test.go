package stat

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// golden is a table of reference numbers from R; testdata/README.md tells where
// each comes from.
type golden struct {
	t    *testing.T
	name string
	any
}

func load(t *testing.T, file string) golden {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	g := golden{t: t, name: file}
	if err := json.Unmarshal(data, &g.any); err != nil {
		t.Fatal(err)
	}
	return g
}

// at follows keys down the table.
func (g golden) at(keys ...string) golden {
	g.t.Helper()
	for _, k := range keys {
		m, _ := g.any.(map[string]any)
		v, ok := m[k]
		if !ok {
			g.t.Fatalf("%s has no %s", g.name, k)
		}
		g.any, g.name = v, g.name+" "+k
	}
	return g
}

// list gives the numbers of an array, NaN for null.
func (g golden) list() []float64 {
	g.t.Helper()
	all, ok := g.any.([]any)
	if !ok {
		all = []any{g.any}
	}
	x := make([]float64, len(all))
	for i, v := range all {
		switch v := v.(type) {
		case float64:
			x[i] = v
		case nil:
			x[i] = math.NaN()
		case []any:
			x[i] = golden{g.t, g.name, v}.number()
		default:
			g.t.Fatalf("%s: not a number: %v", g.name, v)
		}
	}
	return x
}

func (g golden) number() float64 { g.t.Helper(); return g.list()[0] }

// each gives the elements of an array.
func (g golden) each() []golden {
	g.t.Helper()
	var parts []golden
	for i, v := range g.any.([]any) {
		parts = append(parts, golden{g.t, g.name + " " + strconv.Itoa(i), v})
	}
	return parts
}

// agree compares to 1e-12, relative, and absolute near 0: the tables are
// written with 15 digits.
func (g golden) agree(got ...float64) { g.t.Helper(); g.within(1e-12, got...) }

func (g golden) within(tolerance float64, got ...float64) {
	g.t.Helper()
	want := g.list()
	if len(got) != len(want) {
		g.t.Fatalf("%s: %d numbers, want %d", g.name, len(got), len(want))
	}
	for i, w := range want {
		if math.IsNaN(w) != math.IsNaN(got[i]) || math.Abs(got[i]-w) > max(tolerance*math.Abs(w), 1e-16) {
			g.t.Errorf("%s [%d]: %.17g, want %.17g, off by %.1e", g.name, i, got[i], w, math.Abs(got[i]-w)/math.Abs(w))
		}
	}
}

// column is a named column of a CSV file, as text.
func column(t *testing.T, file, name string) []string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for c, head := range rows[0] {
		if head == name {
			var values []string
			for _, row := range rows[1:] {
				values = append(values, row[c])
			}
			return values
		}
	}
	t.Fatalf("%s has no column %s", file, name)
	return nil
}

// numbers is a column of numbers, NaN where R says NA.
func numbers(t *testing.T, file, name string) []float64 {
	t.Helper()
	var x []float64
	for _, s := range column(t, file, name) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil && s != "NA" {
			t.Fatal(err)
		}
		if s == "NA" {
			v = math.NaN()
		}
		x = append(x, v)
	}
	return x
}

// labels numbers a column's values from 0 in the order they appear.
func labels(t *testing.T, file, name string) []int {
	t.Helper()
	seen := map[string]int{}
	var id []int
	for _, s := range column(t, file, name) {
		if _, ok := seen[s]; !ok {
			seen[s] = len(seen)
		}
		id = append(id, seen[s])
	}
	return id
}

// waits makes observations from times and causes.
func waits(time, cause []float64) []Observation {
	obs := make([]Observation, len(time))
	for i := range obs {
		obs[i] = Observation{Time: time[i], Cause: int(cause[i])}
	}
	return obs
}

func clustered(t *testing.T) []Observation {
	obs := waits(numbers(t, "clustered.csv", "time"), numbers(t, "clustered.csv", "status"))
	for i, a := range numbers(t, "clustered.csv", "asker") {
		obs[i].Cluster = int(a)
	}
	return obs
}

// pick keeps the elements where keep holds.
func pick[T any](x []T, keep func(i int) bool) []T {
	var some []T
	for i, v := range x {
		if keep(i) {
			some = append(some, v)
		}
	}
	return some
}
