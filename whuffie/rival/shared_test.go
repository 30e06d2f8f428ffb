package rival_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/whuffie"
)

// shared reads a log from the data that is shared beside the project, in order of time; without it the test is skipped.
func shared(t testing.TB, name string) []whuffie.Event {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no go.mod above: no shared data")
		}
		dir = filepath.Dir(dir)
	}
	path := name
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join(dir, "..", "shared", "data", "whuffie", name)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the shared graph %s isn't there: %v", name, err)
	}
	t.Cleanup(func() { _ = f.Close() })
	var r io.Reader = f
	if strings.HasSuffix(name, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(z.Close)
		r = z
	}
	edges, err := whuffie.Read(name, r)
	if err != nil {
		t.Fatal(err)
	}
	if edges.Bad > 0 {
		t.Fatalf("%d bad lines: %v", edges.Bad, edges.Examples)
	}
	slices.SortStableFunc(edges.Events, func(a, b whuffie.Event) int { return a.Time.Compare(b.Time) })
	return edges.Events
}

// everybody lists the people of a log.
func everybody(log []whuffie.Event) (names []string) {
	heard := map[string]bool{}
	for _, e := range log {
		for _, name := range []string{e.From, e.To} {
			if !heard[name] {
				heard[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}
