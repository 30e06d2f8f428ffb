package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// scanner is a row, of one or of many.
type scanner interface{ Scan(to ...any) error }

// each makes of a scan of a row what all takes.
func each[T any](scan func(scanner) (T, error)) func(*sql.Rows) (T, error) {
	return func(rows *sql.Rows) (T, error) { return scan(rows) }
}

// must runs a statement that has to touch a row: ErrNotFound when it touched none.
func (t *tx) must(query string, args ...any) error {
	n, err := t.exec(query, args...)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// do runs a statement of which nothing is asked.
func (t *tx) do(query string, args ...any) error {
	_, err := t.exec(query, args...)
	return err
}

// ask reads one row outside a transaction; ErrNotFound when there is none.
func (s *Store) ask(ctx context.Context, query string, args ...any) row {
	return row{s.read.QueryRowContext(ctx, query, args...)}
}

// doing puts what was being done before an error; nil stays nil.
func doing(err error, what string, about ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(what, about...), err)
}

// clean makes a text one that both engines keep: valid UTF-8 without NUL.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
