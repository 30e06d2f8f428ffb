package store_test

import (
	"testing"

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
