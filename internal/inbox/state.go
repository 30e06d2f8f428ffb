package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
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

// ViewTime is how long somebody counts as having a thread open after MarkViewing.
const ViewTime = time.Minute

const deskColumns = `thread, assignee, snoozed, into_thread, closed, version`

// StateOf gives what people did with a thread; the zero State when nobody did
// anything.
func StateOf(ctx context.Context, s *store.Store, id conversation.ThreadID) (State, error) {
	d, err := scanDesk(s.Read(ctx).QueryRow(`SELECT `+deskColumns+` FROM desks WHERE thread = $1`, id))
	if errors.Is(err, store.ErrNotFound) {
		return State{Thread: id}, nil
	}
	return d, store.Wrap(err, "reading the desk of %s", id)
}

// States gives every state that differs from the zero value.
func States(ctx context.Context, s *store.Store) (map[conversation.ThreadID]State, error) {
	list, err := store.All(s.Read(ctx), scanDesk, `SELECT `+deskColumns+` FROM desks
		WHERE assignee <> 0 OR snoozed <> 0 OR into_thread <> '' OR closed <> 0`)
	if err != nil {
		return nil, store.Wrap(err, "reading desks")
	}
	desks := make(map[conversation.ThreadID]State, len(list))
	for _, d := range list {
		desks[d.Thread] = d
	}
	return desks, nil
}

func scanDesk(row store.Scanner) (d State, err error) {
	var snoozed, closed int64
	err = row.Scan(&d.Thread, &d.Assignee, &snoozed, &d.Into, &closed, &d.Version)
	d.Snoozed, d.Closed = store.Time(snoozed), store.Time(closed)
	return d, err
}

// SetState changes a thread's state if its version is still d.Version (-1: any),
// and gives what it was before: that, set again, is the undo. ErrConflict when
// somebody else was faster, or when merging would lead in a circle.
func SetState(ctx context.Context, s *store.Store, d State, by int64) (before State, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		if err := t.Exec(`INSERT INTO desks (thread) VALUES ($1) ON CONFLICT (thread) DO NOTHING`, d.Thread); err != nil {
			return err
		}
		before, err = scanDesk(t.QueryRow(`UPDATE desks SET version = version + 1 WHERE thread = $1 RETURNING `+deskColumns, d.Thread))
		if err != nil {
			return err
		}
		before.Version--
		if d.Version >= 0 && d.Version != before.Version {
			return fmt.Errorf("version %d, now %d: %w", d.Version, before.Version, store.ErrConflict)
		}
		if err := noCircle(t, d.Thread, d.Into); err != nil {
			return err
		}
		if err := t.Exec(`UPDATE desks SET assignee = $2, snoozed = $3, into_thread = $4, closed = $5, by_user = $6 WHERE thread = $1`,
			d.Thread, d.Assignee, store.Micro(d.Snoozed), d.Into, store.Micro(d.Closed), by); err != nil {
			return err
		}
		t.Emit(store.DeskChanged, string(d.Thread))
		return nil
	})
	if err != nil {
		return State{}, store.Wrap(err, "changing the desk of %s", d.Thread)
	}
	return before, nil
}

// noCircle refuses to merge a thread into one that is itself, in the end, merged
// into it. It holds what it passes by, so that two merges at once can't close a
// circle between them.
func noCircle(t *store.Tx, thread, into conversation.ThreadID) error {
	for at := into; at != ""; {
		if at == thread {
			return fmt.Errorf("merging %s into %s, which is a part of it: %w", thread, into, store.ErrConflict)
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
func AddNote(ctx context.Context, s *store.Store, n Note) (id int64, err error) {
	if n.Time.IsZero() {
		n.Time = time.Now()
	}
	err = s.Change(ctx, func(t *store.Tx) error {
		if err := t.QueryRow(`INSERT INTO notes (thread, by_user, made, text) VALUES ($1, $2, $3, $4) RETURNING id`,
			n.Thread, n.By, store.Micro(n.Time), store.Clean(n.Text)).Scan(&id); err != nil {
			return err
		}
		t.Emit(store.DeskChanged, string(n.Thread))
		return nil
	})
	return id, store.Wrap(err, "keeping a note on %s", n.Thread)
}

// Notes gives a thread's notes, the first first.
func Notes(ctx context.Context, s *store.Store, id conversation.ThreadID) ([]Note, error) {
	notes, err := store.All(s.Read(ctx), func(rows store.Scanner) (n Note, err error) {
		var made int64
		err = rows.Scan(&n.ID, &n.Thread, &n.By, &made, &n.Text)
		n.Time = store.Time(made)
		return n, err
	}, `SELECT id, thread, by_user, made, text FROM notes WHERE thread = $1 ORDER BY made, id`, id)
	return notes, store.Wrap(err, "reading notes on %s", id)
}

// MarkViewing says that a user has a thread open now, and whether they are writing. It is
// no Change.
func MarkViewing(ctx context.Context, s *store.Store, id conversation.ThreadID, user int64, typing bool) error {
	now, typed := store.Micro(time.Now()), int64(0)
	if typing {
		typed = now
	}
	err := s.Change(ctx, func(t *store.Tx) error {
		return t.Exec(`INSERT INTO looks (thread, by_user, seen, typed) VALUES ($1, $2, $3, $4)
			ON CONFLICT (thread, by_user) DO UPDATE SET seen = excluded.seen, typed = excluded.typed`, id, user, now, typed)
	})
	return store.Wrap(err, "looking at %s", id)
}

// Viewers are those who had a thread open within ViewTime; true for who is
// writing.
func Viewers(ctx context.Context, s *store.Store, id conversation.ThreadID) (map[int64]bool, error) {
	since := store.Micro(time.Now().Add(-ViewTime))
	viewers := map[int64]bool{}
	err := store.Each(s.Read(ctx), func(row store.Scanner) error {
		var user, typed int64
		err := row.Scan(&user, &typed)
		viewers[user] = typed > since
		return err
	}, `SELECT by_user, typed FROM looks WHERE thread = $1 AND seen > $2`, id, since)
	return viewers, store.Wrap(err, "who looks at %s", id)
}

// TidyViewers deletes who had a thread open before a time (µs).
func TidyViewers(t *store.Tx, before int64) error {
	return t.Exec(`DELETE FROM looks WHERE seen < $1`, before)
}

// ForgetEmptyThreads deletes the states and notes of threads that have no message.
func ForgetEmptyThreads(t *store.Tx) error {
	if err := t.Exec(`DELETE FROM desks WHERE NOT EXISTS (SELECT 1 FROM messages WHERE thread = desks.thread)`); err != nil {
		return err
	}
	return t.Exec(`DELETE FROM notes WHERE NOT EXISTS (SELECT 1 FROM messages WHERE thread = notes.thread)`)
}
