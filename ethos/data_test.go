package ethos

import (
	"os"
	"path/filepath"
	"testing"
)

// shared gives the folder of the data that tests may read and that is not part
// of the project, or skips the test where there is none.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		data := filepath.Join(filepath.Dir(dir), "shared", "data", "values")
		if _, err := os.Stat(data); err == nil {
			return data
		}
	}
	t.Skip("needs ../shared/data/values beside the project")
	return ""
}

// long skips what takes more than a few seconds unless ENTREGENT_LONG is set.
func long(t testing.TB) {
	t.Helper()
	if os.Getenv("ENTREGENT_LONG") == "" {
		t.Skip("takes a while: set ENTREGENT_LONG=1")
	}
}

func open2(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// valueeval reads the training and validation examples and the guide.
func valueeval(t testing.TB) []Example {
	t.Helper()
	dir := filepath.Join(shared(t), "valueeval23")
	names := builtinYardstick("schwartz").Names()
	var all []Example
	for _, split := range []string{"training", "validation"} {
		e, err := ReadExamples(open2(t, filepath.Join(dir, "arguments-"+split+".tsv")), open2(t, filepath.Join(dir, "labels-"+split+".tsv")), names)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e...)
	}
	guide, err := ReadGuide(open2(t, filepath.Join(dir, "value-categories.json")), names)
	if err != nil {
		t.Fatal(err)
	}
	return append(all, guide...)
}

// parallel reads our French versions of training arguments.
func parallel(t testing.TB) map[string]string {
	t.Helper()
	all, err := ReadParallel(open2(t, "testdata/french.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}
