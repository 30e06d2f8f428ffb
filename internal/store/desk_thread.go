package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
)

// LookTime is how long somebody counts as having a thread open after a Look.
const LookTime = time.Minute

const deskColumns = `thread, assignee, snoozed, into_thread, closed, version`

// Desk gives what people did with a thread; the zero desk when nobody did
// anything.
func (s *Store) Desk(ctx context.Context, id conversation.ThreadID) (Desk, error) {
	d, err := scanDesk(s.Read(ctx).QueryRow(`SELECT `+deskColumns+` FROM desks WHERE thread = $1`, id))
	if errors.Is(err, ErrNotFound) {
		return Desk{Thread: id}, nil
	}
	return d, Wrap(err, "reading the desk of %s", id)
}

// Desks gives every desk that differs from the zero value.
func (s *Store) Desks(ctx context.Context) (map[conversation.ThreadID]Desk, error) {
	list, err := All(s.Read(ctx), scanDesk, `SELECT `+deskColumns+` FROM desks
		WHERE assignee <> 0 OR snoozed <> 0 OR into_thread <> '' OR closed <> 0`)
	if err != nil {
		return nil, Wrap(err, "reading desks")
	}
	desks := make(map[conversation.ThreadID]Desk, len(list))
	for _, d := range list {
		desks[d.Thread] = d
	}
	return desks, nil
}

func scanDesk(row Scanner) (d Desk, err error) {
	var snoozed, closed int64
	err = row.Scan(&d.Thread, &d.Assignee, &snoozed, &d.Into, &closed, &d.Version)
	d.Snoozed, d.Closed = Time(snoozed), Time(closed)
	return d, err
}

// SetDesk changes a thread's desk if its version is still d.Version (-1: any),
// and gives what it was before: that, set again, is the undo. ErrConflict when
// somebody else was faster, or when merging would lead in a circle.
func (s *Store) SetDesk(ctx context.Context, d Desk, by int64) (before Desk, err error) {
	err = s.Change(ctx, func(t *Tx) error {
		if err := t.Exec(`INSERT INTO desks (thread) VALUES ($1) ON CONFLICT (thread) DO NOTHING`, d.Thread); err != nil {
			return err
		}
		before, err = scanDesk(t.QueryRow(`UPDATE desks SET version = version + 1 WHERE thread = $1 RETURNING `+deskColumns, d.Thread))
		if err != nil {
			return err
		}
		before.Version--
		if d.Version >= 0 && d.Version != before.Version {
			return fmt.Errorf("version %d, now %d: %w", d.Version, before.Version, ErrConflict)
		}
		if err := noCircle(t, d.Thread, d.Into); err != nil {
			return err
		}
		if err := t.Exec(`UPDATE desks SET assignee = $2, snoozed = $3, into_thread = $4, closed = $5, by_user = $6 WHERE thread = $1`,
			d.Thread, d.Assignee, Micro(d.Snoozed), d.Into, Micro(d.Closed), by); err != nil {
			return err
		}
		t.Emit(DeskChanged, string(d.Thread))
		return nil
	})
	if err != nil {
		return Desk{}, Wrap(err, "changing the desk of %s", d.Thread)
	}
	return before, nil
}

// noCircle refuses to merge a thread into one that is itself, in the end, merged
// into it. It holds what it passes by, so that two merges at once can't close a
// circle between them.
func noCircle(t *Tx, thread, into conversation.ThreadID) error {
	for at := into; at != ""; {
		if at == thread {
			return fmt.Errorf("merging %s into %s, which is a part of it: %w", thread, into, ErrConflict)
		}
		if err := t.Exec(`INSERT INTO desks (thread) VALUES ($1) ON CONFLICT (thread) DO NOTHING`, at); err != nil {
			return err
		}
		if err := t.QueryRow(`UPDATE desks SET version = version WHERE thread = $1 RETURNING into_thread`, at).Scan(&at); err != nil {
			return err
		}
	}
	return nil
}

// AddNote puts a word beside a thread; a zero time is now.
func (s *Store) AddNote(ctx context.Context, n Note) (id int64, err error) {
	if n.Time.IsZero() {
		n.Time = time.Now()
	}
	err = s.Change(ctx, func(t *Tx) error {
		if err := t.QueryRow(`INSERT INTO notes (thread, by_user, made, text) VALUES ($1, $2, $3, $4) RETURNING id`,
			n.Thread, n.By, Micro(n.Time), Clean(n.Text)).Scan(&id); err != nil {
			return err
		}
		t.Emit(DeskChanged, string(n.Thread))
		return nil
	})
	return id, Wrap(err, "keeping a note on %s", n.Thread)
}

// Notes gives a thread's notes, the first first.
func (s *Store) Notes(ctx context.Context, id conversation.ThreadID) ([]Note, error) {
	notes, err := All(s.Read(ctx), func(rows Scanner) (n Note, err error) {
		var made int64
		err = rows.Scan(&n.ID, &n.Thread, &n.By, &made, &n.Text)
		n.Time = Time(made)
		return n, err
	}, `SELECT id, thread, by_user, made, text FROM notes WHERE thread = $1 ORDER BY made, id`, id)
	return notes, Wrap(err, "reading notes on %s", id)
}

// Look says that a user has a thread open now, and whether she is writing. It is
// no Change.
func (s *Store) Look(ctx context.Context, id conversation.ThreadID, user int64, typing bool) error {
	now, typed := Micro(time.Now()), int64(0)
	if typing {
		typed = now
	}
	err := s.Change(ctx, func(t *Tx) error {
		return t.Exec(`INSERT INTO looks (thread, by_user, seen, typed) VALUES ($1, $2, $3, $4)
			ON CONFLICT (thread, by_user) DO UPDATE SET seen = excluded.seen, typed = excluded.typed`, id, user, now, typed)
	})
	return Wrap(err, "looking at %s", id)
}

// Lookers are those who had a thread open within LookTime; true for who is
// writing.
func (s *Store) Lookers(ctx context.Context, id conversation.ThreadID) (map[int64]bool, error) {
	since := Micro(time.Now().Add(-LookTime))
	rows, err := s.read.QueryContext(ctx, `SELECT by_user, typed FROM looks WHERE thread = $1 AND seen > $2`, id, since)
	if err != nil {
		return nil, Wrap(err, "who looks at %s", id)
	}
	defer rows.Close()
	lookers := map[int64]bool{}
	for rows.Next() {
		var user, typed int64
		if err := rows.Scan(&user, &typed); err != nil {
			return nil, Wrap(err, "who looks at %s", id)
		}
		lookers[user] = typed > since
	}
	return lookers, Wrap(rows.Err(), "who looks at %s", id)
}
