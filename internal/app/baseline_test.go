package app

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// baseline is what version 0's first server with pages kept: a database (SQLite), a
// backup of it, a backup of the same on PostgreSQL, and the reports that it made of
// them, 40 days after the first message.
const baseline = "../store/testdata/baseline"

var baselineMeasured = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(40 * 24 * time.Hour)

// What an older server kept opens, is sound and gives the same report:
// every number it told, under the same keys.
func TestBaselineOpens(t *testing.T) {
	t.Run("database", func(t *testing.T) {
		folder := t.TempDir()
		packed, err := os.Open(filepath.Join(baseline, "entregent.db.zst"))
		if err != nil {
			t.Fatal(err)
		}
		defer packed.Close()
		unpack, err := zstd.NewReader(packed)
		if err != nil {
			t.Fatal(err)
		}
		defer unpack.Close()
		text, err := io.ReadAll(unpack)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "entregent.db"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Database: folder, Log: t.Logf})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		soundAndSame(t, s, "sqlite")
	})
	for _, from := range []string{"sqlite", "postgres"} {
		t.Run(from+" backup", func(t *testing.T) {
			backup := filepath.Join(baseline, from+".backup")
			if wrong, err := store.VerifyBackup(t.Context(), backup); err != nil || len(wrong) > 0 {
				t.Errorf("%v: %v", wrong, err)
			}
			into := map[string]func() string{"sqlite": t.TempDir, "postgres": func() string { _, address := storetest.Postgres(t); return address }}
			for engine, place := range into {
				t.Run("into "+engine, func(t *testing.T) {
					o := store.Options{Database: place(), Log: t.Logf}
					if err := store.Restore(t.Context(), backup, o, nil); err != nil {
						t.Fatal(err)
					}
					s, err := store.Open(t.Context(), o)
					if err != nil {
						t.Fatal(err)
					}
					defer s.Close()
					soundAndSame(t, s, from)
				})
			}
		})
	}
}

// soundAndSame verifies a store and measures it as the baseline did.
func soundAndSame(t *testing.T, s *store.Store, report string) {
	t.Helper()
	if wrong, err := s.Verify(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("%v: %v", wrong, err)
	}
	if err := Measure(t.Context(), s, baselineMeasured, func(float64) {}); err != nil {
		t.Fatal(err)
	}
	got, err := measuring.LatestReport(t.Context(), s, measuring.Job)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(filepath.Join(baseline, report+".report.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	unpack, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	want, err := io.ReadAll(unpack)
	if err != nil {
		t.Fatal(err)
	}
	var before, now map[string]any
	if err := json.Unmarshal(want, &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got.Parts["json"], &now); err != nil {
		t.Fatal(err)
	}
	told := 0
	differ("", before, now, func(where string, was, is any) {
		if told++; told <= 20 {
			t.Errorf("%s was %v and is %v", where, was, is)
		}
	})
}

// differ tells where a value of JSON isn't what it was. Keys may have come; none
// may have gone.
func differ(where string, was, is any, tell func(where string, was, is any)) {
	switch was := was.(type) {
	case map[string]any:
		if is, ok := is.(map[string]any); ok {
			for key := range was {
				differ(where+"."+key, was[key], is[key], tell)
			}
			return
		}
	case []any:
		if is, ok := is.([]any); ok && len(is) == len(was) {
			for i := range was {
				differ(fmt.Sprintf("%s[%d]", where, i), was[i], is[i], tell)
			}
			return
		}
	}
	if !reflect.DeepEqual(was, is) {
		tell(where, was, is)
	}
}
