package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// An old database comes forward by itself, after a snapshot; a newer one is left alone.
func TestMigrate(t *testing.T) {
	for engine, where := range map[string]func(testing.TB) string{"sqlite": func(t testing.TB) string { return t.TempDir() }, "postgres": storetest.Empty} {
		t.Run(engine, func(t *testing.T) {
			var told []string
			o := store.Options{Database: where(t), DryRun: true, Log: func(format string, args ...any) { told = append(told, fmt.Sprintf(format, args...)) }}
			if s, err := store.Open(t.Context(), o); s != nil || err != nil || len(told) < 2 || told[0] != "would make: 00001_messages.sql" {
				t.Fatalf("%v %v %q", s, err, told)
			}
			if engine == "sqlite" {
				if files := ok(os.ReadDir(o.Database))(t); len(files) != 0 {
					t.Errorf("a dry run leaves %v", files)
				}
			}
			no(t, store.MakeOld(t.Context(), o.Database, 1))
			told = nil
			ok(store.Open(t.Context(), o))(t)
			if len(told) < 2 || told[0] != "would take a snapshot of version 1" || told[1] != "would make: 00002_desk_and_house.sql" {
				t.Fatalf("%q", told)
			}
			o.DryRun, told = false, nil
			s := ok(store.Open(t.Context(), o))(t)
			if len(told) < 2 || !strings.Contains(told[0], "a snapshot of version 1: ") {
				t.Fatalf("%q", told)
			}
			sound(t, s)
			snapshot := told[0][strings.LastIndex(told[0], " ")+1:]
			if engine == "sqlite" {
				old := filepath.Join(t.TempDir(), "entregent.db")
				no(t, os.Rename(snapshot, old))
				again := ok(store.Open(t.Context(), store.Options{Database: filepath.Dir(old)}))(t)
				sound(t, again)
				no(t, again.Close())
			} else if n := ok(s.Ask(t.Context(), `SELECT COUNT(*) FROM `+snapshot+`.accounts`))(t); n != 1 {
				t.Errorf("the snapshot holds %d accounts", n)
			}
			no(t, s.Exec(t.Context(), `INSERT INTO migrations (version_id, is_applied) VALUES (99, `+map[string]string{"sqlite": "1", "postgres": "true"}[engine]+`)`))
			no(t, s.Close())
			if _, err := store.Open(t.Context(), o); !errors.Is(err, store.ErrNewer) {
				t.Error(err)
			}
		})
	}
}

// Both engines have the same tables with the same columns, in the same order.
func TestSameTables(t *testing.T) {
	lite, _ := storetest.SQLite(t)
	pg, _ := storetest.Postgres(t)
	if d := cmp.Diff(ok(lite.Columns(t.Context()))(t), ok(pg.Columns(t.Context()))(t)); d != "" {
		t.Error(d)
	}
}
