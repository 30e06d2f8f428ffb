package store

import (
	"context"
)

// CannedReply is an answer kept ready; one sent with it is marked so for the measure of voice.
type CannedReply struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Lang  string `json:"lang"`
	Text  string `json:"text"`
}

// SaveCannedReply keeps a ready answer: a new one when its ID is 0.
func (s *Store) SaveCannedReply(ctx context.Context, c CannedReply) (int64, error) {
	err := s.Change(ctx, func(t *Tx) error {
		if c.ID == 0 {
			return t.QueryRow(`INSERT INTO canned (title, lang, text) VALUES ($1, $2, $3) RETURNING id`,
				Clean(c.Title), Clean(c.Lang), Clean(c.Text)).Scan(&c.ID)
		}
		return t.ExecOne(`UPDATE canned SET title = $2, lang = $3, text = $4 WHERE id = $1`,
			c.ID, Clean(c.Title), Clean(c.Lang), Clean(c.Text))
	})
	return c.ID, Wrap(err, "keeping the canned answer %q", c.Title)
}

// DeleteCannedReply forgets a ready answer.
func (s *Store) DeleteCannedReply(ctx context.Context, id int64) error {
	err := s.Change(ctx, func(t *Tx) error { return t.ExecOne(`DELETE FROM canned WHERE id = $1`, id) })
	return Wrap(err, "deleting the canned answer %d", id)
}

// CannedReplies gives all ready answers, by title.
func (s *Store) CannedReplies(ctx context.Context) ([]CannedReply, error) {
	list, err := All(s.Read(ctx), func(rows Scanner) (c CannedReply, err error) {
		err = rows.Scan(&c.ID, &c.Title, &c.Lang, &c.Text)
		return c, err
	}, `SELECT id, title, lang, text FROM canned ORDER BY title, id`)
	return list, Wrap(err, "reading canned answers")
}
