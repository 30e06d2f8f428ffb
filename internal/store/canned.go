package store

import (
	"context"
	"database/sql"
)

// SaveCanned keeps a ready answer: a new one when its ID is 0.
func (s *Store) SaveCanned(ctx context.Context, c Canned) (int64, error) {
	err := s.change(ctx, func(t *tx) error {
		if c.ID == 0 {
			return t.row(`INSERT INTO canned (title, lang, text) VALUES ($1, $2, $3) RETURNING id`,
				clean(c.Title), clean(c.Lang), clean(c.Text)).Scan(&c.ID)
		}
		return t.must(`UPDATE canned SET title = $2, lang = $3, text = $4 WHERE id = $1`,
			c.ID, clean(c.Title), clean(c.Lang), clean(c.Text))
	})
	return c.ID, doing(err, "keeping the canned answer %q", c.Title)
}

// DeleteCanned forgets a ready answer.
func (s *Store) DeleteCanned(ctx context.Context, id int64) error {
	err := s.change(ctx, func(t *tx) error { return t.must(`DELETE FROM canned WHERE id = $1`, id) })
	return doing(err, "deleting the canned answer %d", id)
}

// Canneds gives all ready answers, by title.
func (s *Store) Canneds(ctx context.Context) ([]Canned, error) {
	list, err := all(ctx, s.read, func(rows *sql.Rows) (c Canned, err error) {
		err = rows.Scan(&c.ID, &c.Title, &c.Lang, &c.Text)
		return c, err
	}, `SELECT id, title, lang, text FROM canned ORDER BY title, id`)
	return list, doing(err, "reading canned answers")
}
