package store

import (
	"context"
	"errors"
)

// MakeOld makes a database as an older version left it.
func MakeOld(ctx context.Context, database string, version int64) error {
	s, err := connect(Options{Database: database})
	if err != nil {
		return err
	}
	return errors.Join(s.empty(ctx, version), s.Close())
}

// Exec changes the database behind the store's back.
func (s *Store) Exec(ctx context.Context, statement string) error {
	_, err := s.write.ExecContext(ctx, statement)
	return err
}

// Ask reads one number.
func (s *Store) Ask(ctx context.Context, query string) (n int64, err error) {
	return n, s.Read(ctx).QueryRow(query).Scan(&n)
}

// Columns tells the columns of every table that is copied.
func (s *Store) Columns(ctx context.Context) (map[string][]string, error) {
	tables, err := s.tables(s.Read(ctx))
	columns := map[string][]string{}
	for _, t := range tables {
		columns[t.Name] = t.Columns
	}
	return columns, err
}

// ExecOld changes a database of an older version.
func ExecOld(ctx context.Context, database string, statements ...string) error {
	s, err := connect(Options{Database: database})
	if err != nil {
		return err
	}
	for _, statement := range statements {
		err = errors.Join(err, s.Exec(ctx, statement))
	}
	return errors.Join(err, s.Close())
}
