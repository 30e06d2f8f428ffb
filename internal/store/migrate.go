package store

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations bring a database forward, one file a step for both engines (see ddl).
// A step that was released is never changed.
//
//go:embed migrations
var migrations embed.FS

// migrate brings the database forward to this version, or tells how it would.
func (s *Store) migrate(ctx context.Context, dry bool) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("reading the version: %w", err)
	}
	switch {
	case have > want:
		return fmt.Errorf("version %d, and this is %d: %w", have, want, ErrNewer)
	case have == want:
		return nil
	case dry:
		return s.tellSteps(p, have)
	}
	if have > 0 {
		to, err := s.snapshot(ctx, have)
		if err != nil {
			return fmt.Errorf("taking a snapshot: %w", err)
		}
		s.log("before version %d, a snapshot of version %d: %s", want, have, to)
	}
	steps, err := p.Up(ctx)
	if err != nil {
		return fmt.Errorf("bringing version %d forward to %d: %w", have, want, err)
	}
	for _, step := range steps {
		s.log("made: %s", path.Base(step.Source.Path))
	}
	return s.makeSalt(ctx)
}

// provider knows the steps of the engine and which were made.
func (s *Store) provider() (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithTableName("migrations")}
	if s.pg { // several processes may start at once
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return nil, err
		}
		dialect = goose.DialectPostgres
		options = append(options, goose.WithSessionLocker(locker))
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, s.write, ddl{steps, s.pg}, options...)
}

// tellSteps tells the log what would be made.
func (s *Store) tellSteps(p *goose.Provider, have int64) error {
	if have > 0 {
		s.log("would take a snapshot of version %d", have)
	}
	for _, step := range p.ListSources() {
		if step.Version > have {
			s.log("would make: %s", path.Base(step.Path))
		}
	}
	return nil
}

// snapshot copies the database as it stands and tells where to: a file beside
// SQLite's, a schema of PostgreSQL's with every table and its rows.
func (s *Store) snapshot(ctx context.Context, version int64) (to string, err error) {
	name := fmt.Sprintf("snapshot_%d_%s", version, strings.ReplaceAll(time.Now().UTC().Format("20060102_150405.000000"), ".", "_"))
	if !s.pg {
		to = filepath.Join(s.at, name+".db")
		if err := private(to + ".part"); err != nil {
			return "", err
		}
		if _, err = s.write.ExecContext(ctx, `VACUUM INTO $1`, to+".part"); err != nil {
			return "", err
		}
		return to, os.Rename(to+".part", to)
	}
	err = s.Change(ctx, func(t *Tx) error {
		if _, err := t.ExecCount(`CREATE SCHEMA ` + name); err != nil {
			return err
		}
		tables, err := All(t, ScanText, `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`)
		for _, table := range tables {
			if _, e := t.ExecCount(`CREATE TABLE ` + name + `.` + table + ` AS TABLE ` + table); e != nil {
				return e
			}
		}
		return err
	})
	return name, err
}

func ScanText(r Scanner) (text string, err error) { return text, r.Scan(&text) }

// makeSalt makes the salt of objections once for the life of a database and of
// its backups.
func (s *Store) makeSalt(ctx context.Context) error {
	salt := make([]byte, 32)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	return s.Change(ctx, func(t *Tx) error {
		_, err := t.ExecCount(`INSERT INTO secrets (name, value) VALUES ('salt', $1) ON CONFLICT (name) DO NOTHING`, salt)
		return err
	})
}
