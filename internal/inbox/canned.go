package inbox

import (
	"context"

	"github.com/entregent/entregent/internal/store"
)

// CannedReply is an answer kept ready; one sent with it is marked so for the measure of voice.
type CannedReply struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Lang  string `json:"lang"`
	Text  string `json:"text"`
}

// SaveCannedReply keeps a ready answer: a new one when its ID is 0.
func SaveCannedReply(ctx context.Context, s *store.Store, c CannedReply) (int64, error) {
	err := s.Change(ctx, func(t *store.Tx) error {
		if c.ID == 0 {
			return t.QueryRow(`INSERT INTO canned (title, lang, text) VALUES ($1, $2, $3) RETURNING id`,
				store.Clean(c.Title), store.Clean(c.Lang), store.Clean(c.Text)).Scan(&c.ID)
		}
		return t.ExecOne(`UPDATE canned SET title = $2, lang = $3, text = $4 WHERE id = $1`,
			c.ID, store.Clean(c.Title), store.Clean(c.Lang), store.Clean(c.Text))
	})
	return c.ID, store.Wrap(err, "keeping the canned answer %q", c.Title)
}

// DeleteCannedReply forgets a ready answer.
func DeleteCannedReply(ctx context.Context, s *store.Store, id int64) error {
	err := s.Change(ctx, func(t *store.Tx) error { return t.ExecOne(`DELETE FROM canned WHERE id = $1`, id) })
	return store.Wrap(err, "deleting the canned answer %d", id)
}

// CannedReplies gives all ready answers, by title.
func CannedReplies(ctx context.Context, s *store.Store) ([]CannedReply, error) {
	list, err := store.All(s.Read(ctx), func(rows store.Scanner) (c CannedReply, err error) {
		err = rows.Scan(&c.ID, &c.Title, &c.Lang, &c.Text)
		return c, err
	}, `SELECT id, title, lang, text FROM canned ORDER BY title, id`)
	return list, store.Wrap(err, "reading canned answers")
}
