package store

import (
	"context"
	"database/sql"
	"errors"
)

// Store is an open database. It is safe for use by many goroutines.
type Store struct {
	write *sql.DB // one connection on SQLite
	read  *sql.DB
	pg    bool
}

// Options say how to open a store.
type Options struct {
	// Database is a folder for SQLite (entregent.db in it) or postgres://….
	Database string
	// DryRun tells which migrations would be made, and makes none.
	DryRun bool
	// Log gets what an operator should know: migrations made, snapshots taken.
	Log func(format string, args ...any)
}

// Open opens a database, makes it if there is none, and brings it forward to
// this version, after a snapshot (SQLite: a copy beside it; PostgreSQL: a schema
// of that name). ErrNewer when a newer version made it.
func Open(ctx context.Context, o Options) (*Store, error) { return nil, errors.ErrUnsupported }

// Close closes it.
func (s *Store) Close() error { return errors.ErrUnsupported }
