package store

import (
	"context"
)

// SaveCanned keeps a ready answer: a new one when its ID is 0.
func (s *Store) SaveCanned(ctx context.Context, c Canned) (int64, error) {
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

// DeleteCanned forgets a ready answer.
func (s *Store) DeleteCanned(ctx context.Context, id int64) error {
	err := s.Change(ctx, func(t *Tx) error { return t.ExecOne(`DELETE FROM canned WHERE id = $1`, id) })
	return Wrap(err, "deleting the canned answer %d", id)
}

// Canneds gives all ready answers, by title.
func (s *Store) Canneds(ctx context.Context) ([]Canned, error) {
	list, err := All(s.Read(ctx), func(rows Scanner) (c Canned, err error) {
		err = rows.Scan(&c.ID, &c.Title, &c.Lang, &c.Text)
		return c, err
	}, `SELECT id, title, lang, text FROM canned ORDER BY title, id`)
	return list, Wrap(err, "reading canned answers")
}
