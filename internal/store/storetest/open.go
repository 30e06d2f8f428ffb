// Package storetest holds every engine of the store to the same promises, and
// lends stores to the tests of other rooms: SQLite in a temporary folder, or a
// real PostgreSQL.
//
//	s, folder := storetest.SQLite(t)
//	s, address := storetest.Postgres(t) // skips where there is no PostgreSQL
//
// Run is the suite: the laws of the memory, in words.
package storetest

import (
	"testing"

	"github.com/entregent/entregent/internal/store"
)

// SQLite opens a store of its own in a temporary folder. The folder is for
// opening it once more.
func SQLite(t testing.TB) (s *store.Store, folder string) {
	t.Helper()
	folder = t.TempDir()
	return open(t, folder), folder
}

// Each runs a test over both engines, each time with an empty store.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		s, _ := SQLite(t)
		test(t, s)
	})
	t.Run("postgres", func(t *testing.T) {
		s, _ := Postgres(t)
		test(t, s)
	})
}

func open(t testing.TB, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: database, Log: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
