package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// tx is a transaction: all of it or nothing. What it changed is numbered just
// before it commits, so that changes can be seen in the order of their numbers,
// whoever commits first.
type tx struct {
	*sql.Tx
	ctx   context.Context
	store *Store
	pg    bool
	now   int64 // µs: the time of all that happens in it
	tells []tell
	woken bool // though nothing is told
}

// tell is a change without its number yet; of messages: those from seq on, n of
// them, one after the other.
type tell struct {
	kind    Kind
	subject string
	seq, n  int64
}

// change runs do in a transaction that writes. A method makes one call of it, so
// that what it acknowledges is on disk when it returns. On PostgreSQL do may run
// again, when two transactions stood in each other's way.
func (s *Store) change(ctx context.Context, do func(*tx) error) error {
	for try := 1; ; try++ {
		told, err := s.once(ctx, do)
		if err == nil {
			if told {
				s.bell.ring()
			}
			return nil
		}
		var pg *pgconn.PgError
		if try == 8 || !errors.As(err, &pg) || pg.Code != "40P01" && pg.Code != "40001" {
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, do func(*tx) error) (told bool, err error) {
	s.prepare(ctx)
	raw, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer raw.Rollback() //nolint:errcheck // after a commit it does nothing; before, err says why
	t := &tx{Tx: raw, ctx: ctx, store: s, pg: s.pg, now: time.Now().UnixMicro()}
	if err := do(t); err != nil {
		return false, err
	}
	if err := t.number(); err != nil {
		return false, fmt.Errorf("numbering changes: %w", err)
	}
	return len(t.tells) > 0 || t.woken, raw.Commit()
}

// exec runs a statement and gives the number of rows it touched.
func (t *tx) exec(query string, args ...any) (int64, error) {
	r, err := t.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row reads one row; sql.ErrNoRows becomes ErrNotFound.
func (t *tx) row(query string, args ...any) row {
	return row{t.QueryRowContext(t.ctx, query, args...)}
}

// next takes n numbers of a counter and gives the first: 1 for a new counter.
// Others who want some wait until this transaction ends.
func (t *tx) next(counter string, n int64) (first int64, err error) {
	err = t.row(`INSERT INTO counters (name, n) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET n = counters.n + excluded.n RETURNING n`, counter, n).Scan(&first)
	return first - n + 1, err
}

// tell has a change numbered as the transaction commits. A kind and subject told
// twice is one change.
func (t *tx) tell(kind Kind, subject string) {
	for _, c := range t.tells {
		if c.kind == kind && c.subject == subject && c.seq == 0 {
			return
		}
	}
	t.tells = append(t.tells, tell{kind: kind, subject: subject, n: 1})
}

// tellMessage tells that the message of a seq changed; neighbours become one row.
func (t *tx) tellMessage(seq int64) {
	if k := len(t.tells); k > 0 && t.tells[k-1].kind == MessageChanged && t.tells[k-1].seq+t.tells[k-1].n == seq {
		t.tells[k-1].n++
		return
	}
	t.tells = append(t.tells, tell{kind: MessageChanged, seq: seq, n: 1})
}

// wake rings the bell as the transaction commits, though nothing that has a
// number changed.
func (t *tx) wake() { t.woken = true }

// number is the last thing a transaction does: the counter's row stays locked
// from here to the commit, and no longer.
func (t *tx) number() error {
	var sum int64
	for _, c := range t.tells {
		sum += c.n
	}
	if t.pg && (sum > 0 || t.woken) { // told to the others when it commits
		if _, err := t.exec(`SELECT pg_notify('entregent', '')`); err != nil {
			return err
		}
	}
	if sum == 0 {
		return nil
	}
	n, err := t.next("change", sum)
	if err != nil {
		return err
	}
	rows := bulk{into: "changes (last, first, time, kind, subject, seq)", width: 6}
	for _, c := range t.tells {
		rows.add(n+c.n-1, n, t.now, string(c.kind), c.subject, c.seq)
		n += c.n
	}
	return rows.insert(t)
}

// row is one row of an answer.
type row struct{ *sql.Row }

// Scan reads it; ErrNotFound when there is none.
func (r row) Scan(into ...any) error {
	err := r.Row.Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// queryer is a transaction or a pool of connections.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// all reads every row of an answer.
func all[T any](ctx context.Context, q queryer, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// micro is a time as it is kept: µs since 1970, 0 for never.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is a kept time read back.
func moment(µs int64) time.Time {
	if µs == 0 {
		return time.Time{}
	}
	return time.UnixMicro(µs).UTC()
}
