package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Tx is a transaction that writes: all of it or nothing. What it changed is
// numbered just before it commits, so that changes can be seen in the order of
// their numbers, whoever commits first. Not for concurrent use, nor after the
// function that it was given to has returned.
type Tx struct {
	raw    *sql.Tx
	ctx    context.Context
	store  *Store
	pg     bool
	now    int64 // µs: the time of all that happens in it
	events []event
	notify bool // though nothing is told
}

// Emit is a change without its number yet; of messages: those from seq on, n of
// them, one after the other.
type event struct {
	kind    Kind
	subject string
	seq, n  int64
}

// Change runs do in a transaction that writes. A method makes one call of it, so
// that what it acknowledges is on disk when it returns. On PostgreSQL do may run
// again, when two transactions stood in each other's way.
func (s *Store) Change(ctx context.Context, do func(*Tx) error) error {
	for try := 1; ; try++ {
		told, err := s.once(ctx, do)
		if err == nil {
			if told {
				s.notifier.notify()
			}
			return nil
		}
		var pg *pgconn.PgError
		if try == 8 || !errors.As(err, &pg) || pg.Code != "40P01" && pg.Code != "40001" {
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, do func(*Tx) error) (told bool, err error) {
	s.prepare(ctx)
	raw, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer raw.Rollback() //nolint:errcheck // after a commit it does nothing; before, err says why
	t := &Tx{raw: raw, ctx: ctx, store: s, pg: s.pg, now: time.Now().UnixMicro()}
	if err := do(t); err != nil {
		return false, err
	}
	if err := t.numberEvents(); err != nil {
		return false, fmt.Errorf("numbering changes: %w", err)
	}
	return len(t.events) > 0 || t.notify, raw.Commit()
}

// Next takes n numbers of a counter and gives the first: 1 for a new counter.
// Others who want some wait until this transaction ends.
func (t *Tx) Next(counter string, n int64) (first int64, err error) {
	err = t.QueryRow(`INSERT INTO counters (name, n) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET n = counters.n + excluded.n RETURNING n`, counter, n).Scan(&first)
	return first - n + 1, err
}

// Emit has a change numbered as the transaction commits. A kind and subject told
// twice is one change.
func (t *Tx) Emit(kind Kind, subject string) {
	for _, c := range t.events {
		if c.kind == kind && c.subject == subject && c.seq == 0 {
			return
		}
	}
	t.events = append(t.events, event{kind: kind, subject: subject, n: 1})
}

// EmitMessage tells that the message of a seq changed; neighbours become one row.
func (t *Tx) EmitMessage(seq int64) {
	if k := len(t.events); k > 0 && t.events[k-1].kind == MessageChanged && t.events[k-1].seq+t.events[k-1].n == seq {
		t.events[k-1].n++
		return
	}
	t.events = append(t.events, event{kind: MessageChanged, seq: seq, n: 1})
}

// Notify rings the bell as the transaction commits, though nothing that has a
// number changed.
func (t *Tx) Notify() { t.notify = true }

// numberEvents is the last thing a transaction does: the counter's row stays locked
// from here to the commit, and no longer.
func (t *Tx) numberEvents() error {
	var sum int64
	for _, c := range t.events {
		sum += c.n
	}
	if t.pg && (sum > 0 || t.notify) { // told to the others when it commits
		if _, err := t.ExecCount(`SELECT pg_notify('entregent', '')`); err != nil {
			return err
		}
	}
	if sum == 0 {
		return nil
	}
	n, err := t.Next("change", sum)
	if err != nil {
		return err
	}
	rows := Bulk{Into: "changes (last, first, time, kind, subject, seq)", Width: 6}
	for _, c := range t.events {
		rows.Add(n+c.n-1, n, t.now, string(c.kind), c.subject, c.seq)
		n += c.n
	}
	return rows.Insert(t)
}

// Micro is a time as it is kept: µs since 1970, 0 for never.
func Micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is a kept time read back.
func Time(µs int64) time.Time {
	if µs == 0 {
		return time.Time{}
	}
	return time.UnixMicro(µs).UTC()
}
