package notice

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Notice is something that people here should know: a crisis, a job given up.
type Notice struct {
	ID    int64     `json:"id"`
	Kind  string    `json:"kind"` // crisis, job, source, demo
	Time  time.Time `json:"time"`
	Text  string    `json:"text"` // a key of the catalogue
	Args  []string  `json:"args"`
	Link  string    `json:"link"`
	Read  time.Time `json:"read,omitzero"`
	Level string    `json:"level"` // info, warn
}

// AddNotice tells people here something. While one of the same kind and link is
// unread, it takes the new words and time, and stays one.
func AddNotice(ctx context.Context, s *store.Store, n Notice) (id int64, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		id, err = AddNoticeIn(t, n)
		return err
	})
	return id, store.Wrap(err, "adding a notice (%s)", n.Kind)
}

// AddNoticeIn adds a notice in a transaction; see AddNotice.
func AddNoticeIn(t *store.Tx, n Notice) (id int64, err error) {
	args, err := json.Marshal(n.Args)
	if err != nil {
		return 0, err
	}
	made := store.Micro(n.Time)
	if made == 0 {
		made = t.Now()
	}
	if n.Level == "" {
		n.Level = "info"
	}
	t.Emit(store.NoticeChanged, n.Kind)
	err = t.QueryRow(`INSERT INTO notices (kind, made, text, args, link, level) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, link) WHERE seen = 0 DO UPDATE SET made = excluded.made, text = excluded.text, args = excluded.args, level = excluded.level
		RETURNING id`, n.Kind, made, n.Text, store.Clean(string(args)), store.Clean(n.Link), n.Level).Scan(&id)
	return id, err
}

// Notices gives notices, the newest first, at most limit (0: 100).
func Notices(ctx context.Context, s *store.Store, unread bool, limit int) ([]Notice, error) {
	list, err := store.All(s.Read(ctx), scanNotice, `SELECT id, kind, made, text, args, link, seen, level FROM notices
		WHERE $1 = 0 OR seen = 0 ORDER BY made DESC, id DESC LIMIT $2`, truth(unread), cmp.Or(limit, 100))
	return list, store.Wrap(err, "reading notices")
}

func scanNotice(rows store.Scanner) (n Notice, err error) {
	var args string
	var made, seen int64
	if err := rows.Scan(&n.ID, &n.Kind, &made, &n.Text, &args, &n.Link, &seen, &n.Level); err != nil {
		return Notice{}, err
	}
	n.Time, n.Read = store.Time(made), store.Time(seen)
	err = json.Unmarshal([]byte(args), &n.Args)
	return n, err
}

// ReadNotice sets a notice aside as read.
func ReadNotice(ctx context.Context, s *store.Store, id int64) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		t.Emit(store.NoticeChanged, "")
		return t.ExecOne(`UPDATE notices SET seen = CASE WHEN seen = 0 THEN $2 ELSE seen END WHERE id = $1`, id, t.Now())
	}), "reading the notice %d", id)
}

// truth is a boolean as both engines keep it.
func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// ReadAll takes every notice as read.
func ReadAll(ctx context.Context, s *store.Store) error {
	list, err := Notices(ctx, s, true, mostRead)
	if err != nil {
		return err
	}
	for _, n := range list {
		if err := ReadNotice(ctx, s, n.ID); err != nil {
			return err
		}
	}
	return nil
}

// mostRead is how many notices are taken as read at once.
const mostRead = 1000
