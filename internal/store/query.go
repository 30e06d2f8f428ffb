package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Query is where rows are read: a transaction ([Tx]), or the connections that
// read outside of any ([Store.Read]).
type Query interface {
	// QueryRow reads one row; its Scan gives ErrNotFound when there is none.
	QueryRow(query string, args ...any) Row
	queryRows(query string, args ...any) (*sql.Rows, error)
}

// Scanner is a row, of one or of many.
type Scanner interface{ Scan(to ...any) error }

// Row is the one row of an answer.
type Row struct{ row *sql.Row }

// Scan reads it; ErrNotFound when there is none.
func (r Row) Scan(to ...any) error {
	err := r.row.Scan(to...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// Read gives the connections that read, outside of any transaction.
func (s *Store) Read(ctx context.Context) Query { return reader{ctx, s.read} }

type reader struct {
	ctx context.Context
	db  interface {
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
}

func (r reader) QueryRow(query string, args ...any) Row {
	return Row{r.db.QueryRowContext(r.ctx, query, args...)}
}

func (r reader) queryRows(query string, args ...any) (*sql.Rows, error) {
	return r.db.QueryContext(r.ctx, query, args...)
}

// QueryRow reads one row; its Scan gives ErrNotFound when there is none.
func (t *Tx) QueryRow(query string, args ...any) Row {
	return Row{t.raw.QueryRowContext(t.ctx, query, args...)}
}

func (t *Tx) queryRows(query string, args ...any) (*sql.Rows, error) {
	return t.raw.QueryContext(t.ctx, query, args...)
}

// All reads every row of an answer.
func All[T any](q Query, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := Each(q, func(row Scanner) error {
		v, err := scan(row)
		list = append(list, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Each gives every row of an answer to do, until that gives an error.
func Each(q Query, do func(Scanner) error, query string, args ...any) error {
	rows, err := q.queryRows(query, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, do)
}

func eachRow(rows *sql.Rows, do func(Scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ExecCount runs a statement and gives the number of rows it touched.
func (t *Tx) ExecCount(query string, args ...any) (int64, error) {
	r, err := t.raw.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// ExecOne runs a statement that has to touch a row: ErrNotFound when it touched none.
func (t *Tx) ExecOne(query string, args ...any) error {
	n, err := t.ExecCount(query, args...)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// Exec runs a statement of which nothing is asked.
func (t *Tx) Exec(query string, args ...any) error {
	_, err := t.ExecCount(query, args...)
	return err
}

// Context is that of the call which began the transaction.
func (t *Tx) Context() context.Context { return t.ctx }

// Now is the time of all that happens in the transaction, as it is kept: µs since
// 1970.
func (t *Tx) Now() int64 { return t.now }

// Postgres is true on PostgreSQL, for the few statements that differ.
func (t *Tx) Postgres() bool { return t.pg }

// Wrap puts what was being done before an error; nil stays nil.
func Wrap(err error, what string, about ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(what, about...), err)
}

// Clean makes a text one that both engines keep: valid UTF-8 without NUL.
func Clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
