package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// TestSQLite and TestPostgres hold both engines to the same promises.
func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		s, _ := storetest.SQLite(t)
		return s
	})
}

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		s, _ := storetest.Postgres(t)
		return s
	})
}

// A folder may be named as one likes; what can't be a database is told.
func TestOpen(t *testing.T) {
	for _, name := range []string{"a b?c%20d#é&f=g", "house.db", "'"} {
		folder := filepath.Join(t.TempDir(), name)
		s := ok(store.Open(t.Context(), store.Options{Database: folder}))(t)
		ok(s.Append(t.Context(), "forum", []conversation.Message{{ID: "1", Time: at, Text: "x"}}))(t)
		no(t, s.Close())
		if _, err := os.Stat(filepath.Join(folder, "entregent.db")); err != nil {
			t.Error(err)
		}
		s = ok(store.Open(t.Context(), store.Options{Database: folder}))(t)
		if c := ok(s.Counts(t.Context()))(t); c.Messages != 1 {
			t.Errorf("%q: %+v", name, c)
		}
		no(t, s.Close())
	}
	file := filepath.Join(t.TempDir(), "file")
	no(t, os.WriteFile(file, []byte("hello"), 0o600))
	folder := t.TempDir()
	no(t, os.WriteFile(filepath.Join(folder, "entregent.db"), bytes.Repeat([]byte("hello"), 999), 0o600))
	for _, bad := range []string{"", file, folder, "mysql://x", "postgres://secret:word@127.0.0.1:1/none"} {
		_, err := store.Open(t.Context(), store.Options{Database: bad})
		if err == nil || strings.Contains(err.Error(), "word") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// What is erased is in no file of the database any more.
func TestErasedFromDisk(t *testing.T) {
	s, folder := storetest.SQLite(t)
	ok(s.Append(t.Context(), "forum", []conversation.Message{
		{ID: "1", Author: "ana", Time: at, Text: "xylophone secret"}, {ID: "2", Author: "bo", Time: at, Text: "zither"}}))(t)
	ok(erasure.ErasePerson(t.Context(), s, "ana", ""))(t)
	var all []byte
	for _, f := range ok(filepath.Glob(filepath.Join(folder, "*")))(t) {
		all = append(all, ok(os.ReadFile(f))(t)...)
	}
	for word, want := range map[string]bool{"xylophone": false, "ana": false, "zither": true} {
		if bytes.Contains(all, []byte(word)) != want {
			t.Errorf("%q on disk: %v", word, !want)
		}
	}
}
