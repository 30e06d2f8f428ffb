package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pressly/goose/v3"
)

var errFull = errors.New("the database isn't empty")

// Backup writes everything, as it stands at one moment, into a new file that
// Restore reads into either engine. Others go on reading and writing meanwhile.
// A file that is there already is an error; one half written doesn't stay.
func (s *Store) Backup(ctx context.Context, path string) error {
	return Wrap(s.backup(ctx, path), "backing up to %s", path)
}

func (s *Store) backup(ctx context.Context, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	if err := s.dump(ctx, f); err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore fills an empty database from a backup, of this version or an older one.
// former, if it is still there (else nil), is the store as it was before: who doesn't
// want to be read there is taken over. Package erasure then takes them out.
func Restore(ctx context.Context, path string, into Options, former *Store) error {
	f, err := os.Open(path)
	if err != nil {
		return Wrap(err, "restoring")
	}
	defer f.Close()
	return Wrap(restore(ctx, f, into, former), "restoring %s", path)
}

// Move copies a house from one database to another, empty one, of the same engine
// or not. Nothing should write to the first meanwhile: what is written behind the
// moment of copying isn't moved.
func Move(ctx context.Context, from, to Options) error {
	s, err := Open(ctx, from)
	if err != nil {
		return Wrap(err, "moving")
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.dump(ctx, w)) }()
	err = restore(ctx, r, to, nil)
	_ = r.CloseWithError(err) // the dump ends, if it hasn't
	return Wrap(errors.Join(err, s.Close()), "moving to %s", nameless(to.Database))
}

func restore(ctx context.Context, from io.Reader, into Options, former *Store) (err error) {
	in, err := openStream(from)
	if err != nil {
		return err
	}
	defer in.z.Close()
	s, err := connect(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.empty(ctx, in.Version); err != nil {
		return err
	}
	if err := s.Change(ctx, func(t *Tx) error { return s.load(t, in) }); err != nil {
		return err
	}
	if err := s.migrate(ctx, false); err != nil {
		return err
	}
	if former != nil {
		return s.copyRefusals(ctx, former)
	}
	return nil
}

// empty makes the tables of a version in a database that has none, or sees that
// those it has are of this version and empty.
func (s *Store) empty(ctx context.Context, version int64) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	switch {
	case version > want:
		return fmt.Errorf("version %d, and this is %d: %w", version, want, ErrNewer)
	case have > version:
		return errors.New("the database is of a newer version than the backup: name one that isn't there yet")
	case have < version:
		if _, err := p.UpTo(ctx, version); err != nil && !errors.Is(err, goose.ErrAlreadyApplied) {
			return err
		}
	}
	tables, err := s.tables(s.Read(ctx))
	for _, t := range tables {
		switch t.Name {
		case "accounts", "chain", "secrets": // a new database holds a row
			continue
		}
		var n int64
		if err := s.Read(ctx).QueryRow(`SELECT COUNT(*) FROM ` + t.Name).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return errFull
		}
	}
	return err
}

// copyRefusals takes over who doesn't want to be read from another store of the
// same salt.
func (s *Store) copyRefusals(ctx context.Context, former *Store) error {
	type objection struct {
		hash []byte
		time int64
	}
	var salt []byte
	if err := former.Read(ctx).QueryRow(`SELECT value FROM secrets WHERE name = 'salt'`).Scan(&salt); err != nil {
		return err
	}
	list, err := All(former.Read(ctx), func(rows Scanner) (o objection, err error) { return o, rows.Scan(&o.hash, &o.time) },
		`SELECT hash, time FROM objections`)
	if err != nil {
		return err
	}
	return s.Change(ctx, func(t *Tx) error {
		if mine, err := t.salt(); err != nil || string(mine) != string(salt) {
			return errors.Join(err, errors.New("the former house is another one: its objections can't be told from others"))
		}
		rows := Bulk{Into: "objections (hash, time)", Width: 2, Suffix: " ON CONFLICT (hash) DO NOTHING"}
		for _, o := range list {
			rows.Add(o.hash, o.time)
		}
		return rows.Insert(t)
	})
}
