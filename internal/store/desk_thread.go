package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
)

// State is what people here do with a thread.
type State struct {
	Thread   conversation.ThreadID `json:"thread"`
	Assignee int64                 `json:"assignee,omitempty"` // a user's ID; 0: nobody's
	Snoozed  time.Time             `json:"snoozed,omitzero"`   // until when
	Into     conversation.ThreadID `json:"into,omitempty"`     // merged into another
	Closed   time.Time             `json:"closed,omitzero"`    // set aside by hand: waits no more on this list, goes on in the measures
	Version  int                   `json:"version"`            // rises with each change
}

// Note is a word among teammates, beside a thread.
type Note struct {
	ID     int64                 `json:"id"`
	Thread conversation.ThreadID `json:"thread"`
	By     int64                 `json:"by"`
	Time   time.Time             `json:"time"`
	Text   string                `json:"text"`
}

// ViewTime is how long somebody counts as having a thread open after a Look.
const ViewTime = time.Minute

const deskColumns = `thread, assignee, snoozed, into_thread, closed, version`

// State gives what people did with a thread; the zero desk when nobody did
// anything.
func (s *Store) StateOf(ctx context.Context, id conversation.ThreadID) (State, error) {
	d, err := scanDesk(s.Read(ctx).QueryRow(`SELECT `+deskColumns+` FROM desks WHERE thread = $1`, id))
	if errors.Is(err, ErrNotFound) {
		return State{Thread: id}, nil
	}
	return d, Wrap(err, "reading the desk of %s", id)
}

// States gives every desk that differs from the zero value.
func (s *Store) States(ctx context.Context) (map[conversation.ThreadID]State, error) {
	list, err := All(s.Read(ctx), scanDesk, `SELECT `+deskColumns+` FROM desks
		WHERE assignee <> 0 OR snoozed <> 0 OR into_thread <> '' OR closed <> 0`)
	if err != nil {
		return nil, Wrap(err, "reading desks")
	}
	desks := make(map[conversation.ThreadID]State, len(list))
	for _, d := range list {
		desks[d.Thread] = d
	}
	return desks, nil
}

func scanDesk(row Scanner) (d State, err error) {
	var snoozed, closed int64
	err = row.Scan(&d.Thread, &d.Assignee, &snoozed, &d.Into, &closed, &d.Version)
	d.Snoozed, d.Closed = Time(snoozed), Time(closed)
	return d, err
}

// SetState changes a thread's desk if its version is still d.Version (-1: any),
// and gives what it was before: that, set again, is the undo. ErrConflict when
// somebody else was faster, or when merging would lead in a circle.
func (s *Store) SetState(ctx context.Context, d State, by int64) (before State, err error) {
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
		return State{}, Wrap(err, "changing the desk of %s", d.Thread)
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

// MarkViewing says that a user has a thread open now, and whether she is writing. It is
// no Change.
func (s *Store) MarkViewing(ctx context.Context, id conversation.ThreadID, user int64, typing bool) error {
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

// Viewers are those who had a thread open within LookTime; true for who is
// writing.
func (s *Store) Viewers(ctx context.Context, id conversation.ThreadID) (map[int64]bool, error) {
	since := Micro(time.Now().Add(-ViewTime))
	lookers := map[int64]bool{}
	err := Each(s.Read(ctx), func(row Scanner) error {
		var user, typed int64
		err := row.Scan(&user, &typed)
		lookers[user] = typed > since
		return err
	}, `SELECT by_user, typed FROM looks WHERE thread = $1 AND seen > $2`, id, since)
	return lookers, Wrap(err, "who looks at %s", id)
}

// TidyViewers deletes who had a thread open before a time (µs).
func (t *Tx) TidyViewers(before int64) error {
	return t.Exec(`DELETE FROM looks WHERE seen < $1`, before)
}
