package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // the engines' drivers
	_ "modernc.org/sqlite"
)

// Store is an open database. It is safe for use by many goroutines.
type Store struct {
	write *sql.DB // one connection on SQLite
	read  *sql.DB
	pg    bool
	at    string // the database, as Options.Database names it
	log   func(format string, args ...any)

	notifier   notifier
	stop       context.CancelFunc // ends listening
	background sync.WaitGroup     // for it

	statements statementCache
}

// Options say how to open a store.
type Options struct {
	// Database is a folder for SQLite (entregent.db in it) or postgres://….
	Database string
	// DryRun tells which migrations would be made, and makes none: Open then gives
	// no store and no error.
	DryRun bool
	// Log gets what an operator should know: migrations made, snapshots taken.
	Log func(format string, args ...any)
}

// Open opens a database, makes it if there is none, and brings it forward to
// this version, after a snapshot (SQLite: a copy beside it; PostgreSQL: a schema
// of that name). ErrNewer when a newer version made it.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := connect(o)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", nameless(o.Database), err)
	}
	if err := s.migrate(ctx, o.DryRun); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", nameless(o.Database), err), s.Close())
	}
	if o.DryRun {
		return nil, s.Close()
	}
	s.listen()
	return s, nil
}

// connect opens the engine that a database's address names.
func connect(o Options) (*Store, error) {
	s := &Store{at: o.Database, log: o.Log, stop: func() {}}
	if s.log == nil {
		s.log = func(string, ...any) {}
	}
	if o.Database == "" {
		return nil, errors.New("no database named: a folder or postgres://…")
	}
	if s.pg = postgres(o.Database); s.pg {
		return s, s.connectPostgres()
	}
	if strings.Contains(o.Database, "://") {
		return nil, errors.New("a database is a folder or postgres://…")
	}
	if o.DryRun {
		if _, err := os.Stat(s.file()); errors.Is(err, os.ErrNotExist) {
			return s, s.connectSQLite(":memory:")
		}
	}
	if err := os.MkdirAll(o.Database, 0o700); err != nil {
		return nil, err
	}
	if err := private(s.file()); err != nil {
		return nil, err
	}
	return s, s.connectSQLite(s.file())
}

// private makes a file that its owner alone can read, as SQLite's own files
// beside it will be; one that was open to others is closed to them.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

func postgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// Postgres is true on PostgreSQL, for the few statements that differ.
func (s *Store) Postgres() bool { return s.pg }

// file is SQLite's, in the store's folder.
func (s *Store) file() string { return filepath.Join(s.at, "entregent.db") }

// connectSQLite opens one connection that writes, durably, and a few that read.
func (s *Store) connectSQLite(file string) (err error) {
	if s.write, err = sql.Open("sqlite", sqliteAddress(file, 24<<10)+"&_txlock=immediate"); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if file == ":memory:" {
		s.read = s.write
		return nil
	}
	if s.read, err = sql.Open("sqlite", sqliteAddress(file, 4<<10)+"&_pragma=query_only(1)"); err != nil {
		return errors.Join(err, s.write.Close())
	}
	s.read.SetMaxOpenConns(8)
	s.read.SetMaxIdleConns(4)
	return s.write.Ping() // turns the file to WAL before anybody reads
}

// sqliteAddress names a file with the settings of every connection; cache is in KiB.
func sqliteAddress(file string, cache int) string {
	q := url.Values{"_pragma": {
		"busy_timeout(20000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)",
		"wal_autocheckpoint(8000)", "journal_size_limit(67108864)", "temp_store(memory)",
		fmt.Sprintf("cache_size(-%d)", cache), "secure_delete(1)",
	}}
	if file == ":memory:" {
		return "file::memory:?" + q.Encode()
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func (s *Store) connectPostgres() (err error) {
	if s.write, err = sql.Open("pgx", s.at); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), s.at, nameless(s.at))) // no password in a log
	}
	s.write.SetMaxOpenConns(16)
	s.write.SetMaxIdleConns(4)
	s.read = s.write
	return nil
}

// nameless is a database's address as it may be shown: without its password.
func nameless(database string) string {
	if u, err := url.Parse(database); err == nil && postgres(database) {
		return u.Redacted()
	}
	return database
}

// Close closes it.
func (s *Store) Close() error {
	s.stop()
	s.background.Wait()
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(s.read.Close(), err)
	}
	return err
}
