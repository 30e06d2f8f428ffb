package store

import (
	"context"
	"errors"

	"github.com/entregent/entregent/conversation"
)

// Log reads all messages into a log, in order of Seq, and gives the number of a
// change: all changes up to it are in the log, and some behind it may be.
func (s *Store) Log(ctx context.Context, log *conversation.Log) (upto int64, err error) {
	if upto, err = s.LastChange(ctx); err != nil {
		return 0, Wrap(err, "reading the newest change")
	}
	return upto, s.parallelScan(ctx, Range{}, func(m Message) error {
		log.Append(m.Message)
		return log.Err()
	})
}

// A sweep reads this many numbers at a time, and as many times at once.
const (
	scanWindow   = 5000
	scanParallel = 3
)

// parallelScan reads a range that is a large part of everything, whose conditions stand
// in the messages alone: windows of Seq are read side by side, and come in order.
func (s *Store) parallelScan(ctx context.Context, r Range, do func(Message) error) error {
	var last int64
	if err := s.Read(ctx).QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM messages`).Scan(&last); err != nil {
		return Wrap(err, "reading messages")
	}
	voices, err := s.authorships(ctx)
	if err != nil {
		return Wrap(err, "reading accounts")
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	windows := make(chan chan window, scanParallel-1)
	go func() {
		defer close(windows)
		for from := r.After; from < last && ctx.Err() == nil; from += scanWindow {
			w := make(chan window, 1)
			select {
			case windows <- w:
				go func() { w <- s.window(ctx, r, from, min(from+scanWindow, last)) }()
			case <-ctx.Done():
			}
		}
	}()
	for w := range windows {
		got := <-w
		if got.err != nil {
			return Wrap(got.err, "reading messages")
		}
		for i := range got.rows {
			k := &got.rows[i]
			v, known := voices[k.account]
			if !known { // she came while this was going on
				if v, err = s.authorship(ctx, k.account); err != nil {
					return Wrap(err, "reading an account")
				}
				voices[k.account] = v
			}
			if err := do(k.message(v)); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

type window struct {
	rows []messageRow
	err  error
}

// window reads the rows of a range with numbers behind from, up to to.
func (s *Store) window(ctx context.Context, r Range, from, to int64) window {
	r.After, r.Limit = from, scanWindow
	where, args := r.where(s.pg, to, "")
	rows := make([]messageRow, 0, to-from)
	var k messageRow
	places := k.scanTargets()
	err := Each(s.Read(ctx), func(row Scanner) error {
		err := row.Scan(places...)
		rows = append(rows, k)
		return err
	}, `SELECT `+messageColumns+` FROM messages m `+where, args...)
	return window{rows, err}
}

// authorships reads whose every account is.
func (s *Store) authorships(ctx context.Context) (map[int64]authorship, error) {
	voices := map[int64]authorship{}
	return voices, Each(s.Read(ctx), func(rows Scanner) error {
		var n int64
		var v authorship
		err := rows.Scan(&n, &v.account, &v.person, &v.side, &v.department)
		voices[n] = v
		return err
	}, `SELECT n, id, person, side, department FROM accounts`)
}

// authorship reads whose one account is; nobody's if it is gone again.
func (s *Store) authorship(ctx context.Context, n int64) (v authorship, err error) {
	err = s.Read(ctx).QueryRow(`SELECT id, person, side, department FROM accounts WHERE n = $1`, n).Scan(&v.account, &v.person, &v.side, &v.department)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return v, err
}
