// Package hook tells other programs what changed: addresses that people named get
// each change by a signed POST, in order, and are turned off when they stay silent.
package hook

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Hook is an address that is told of changes.
type Hook struct {
	ID     int64        `json:"id"`
	URL    string       `json:"url"`
	Secret string       `json:"-"`
	Kinds  []store.Kind `json:"kinds"`
	Made   time.Time    `json:"made"`
	Off    time.Time    `json:"off,omitzero"`
	Upto   int64        `json:"upto"` // told of all changes up to this one
	Trying int64        `json:"-"`    // being told of those up to this one; 0: not now
}

const hookColumns = `id, url, secret, kinds, made, ended, upto, trying`

// Save keeps an address to be told of changes: a new one when its ID is 0.
// A new one with Upto 0 is told of what happens from now on. An empty secret of
// one that is known stays as it was.
func Save(ctx context.Context, s *store.Store, h Hook) (int64, error) {
	kinds, err := json.Marshal(h.Kinds)
	if err != nil {
		return 0, err
	}
	err = s.Change(ctx, func(t *store.Tx) error {
		if h.ID != 0 {
			return t.ExecOne(`UPDATE hooks SET url = $2, secret = CASE WHEN $3 = '' THEN secret ELSE $3 END, kinds = $4, ended = $5 WHERE id = $1`,
				h.ID, h.URL, h.Secret, string(kinds), store.Micro(h.Off))
		}
		if h.Upto == 0 {
			if err := t.QueryRow(`SELECT COALESCE(MAX(n), 0) FROM counters WHERE name = 'change'`).Scan(&h.Upto); err != nil {
				return err
			}
		}
		made := store.Micro(h.Made)
		if made == 0 {
			made = t.Now()
		}
		return t.QueryRow(`INSERT INTO hooks (url, secret, kinds, made, ended, upto) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
			h.URL, h.Secret, string(kinds), made, store.Micro(h.Off), h.Upto).Scan(&h.ID)
	})
	return h.ID, store.Wrap(err, "keeping a hook")
}

// List gives all, the ones turned off too, by ID.
func List(ctx context.Context, s *store.Store) ([]Hook, error) {
	list, err := store.All(s.Read(ctx), scanHook, `SELECT `+hookColumns+` FROM hooks ORDER BY id`)
	return list, store.Wrap(err, "reading hooks")
}

func scanHook(row store.Scanner) (h Hook, err error) {
	var kinds string
	var made, ended int64
	if err := row.Scan(&h.ID, &h.URL, &h.Secret, &kinds, &made, &ended, &h.Upto, &h.Trying); err != nil {
		return Hook{}, err
	}
	h.Made, h.Off = store.Time(made), store.Time(ended)
	err = json.Unmarshal([]byte(kinds), &h.Kinds)
	return h, err
}

// Delete forgets one.
func Delete(ctx context.Context, s *store.Store, id int64) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error { return t.ExecOne(`DELETE FROM hooks WHERE id = $1`, id) }), "deleting the hook %d", id)
}

// markTrying notes up to which change a hook is about to be told; 0: none.
func markTrying(ctx context.Context, s *store.Store, id, upto int64) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return t.ExecOne(`UPDATE hooks SET trying = $2 WHERE id = $1`, id, upto)
	}), "telling the hook %d", id)
}

// markTold remembers that a hook was told of all changes up to one; it never goes
// back.
func markTold(ctx context.Context, s *store.Store, id, upto int64) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return t.Exec(`UPDATE hooks SET upto = $2, trying = 0 WHERE id = $1 AND upto < $2`, id, upto)
	}), "remembering what the hook %d was told", id)
}
