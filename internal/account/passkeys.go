package account

import (
	"context"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Credential is a passkey.
type Credential struct {
	ID   []byte
	Name string
	Data []byte
	Made time.Time
}

// SaveCredential keeps a user's passkey; one that they have already gets the new
// data (its counter rises with each use). ErrTaken when it is another user's.
func SaveCredential(ctx context.Context, s *store.Store, user int64, id []byte, name string, data []byte) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		n, err := t.ExecCount(`INSERT INTO credentials (id, user_id, name, data, made) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, data = excluded.data WHERE credentials.user_id = excluded.user_id`,
			id, user, store.Clean(name), append([]byte{}, data...), t.Now())
		if err == nil && n == 0 {
			err = store.ErrTaken
		}
		return err
	}), "keeping a passkey of user %d", user)
}

// Credentials gives a user's passkeys, the oldest first.
func Credentials(ctx context.Context, s *store.Store, user int64) ([]Credential, error) {
	list, err := store.All(s.Read(ctx), func(rows store.Scanner) (c Credential, err error) {
		var made int64
		err = rows.Scan(&c.ID, &c.Name, &c.Data, &made)
		c.Made = store.Time(made)
		return c, err
	}, `SELECT id, name, data, made FROM credentials WHERE user_id = $1 ORDER BY made, id`, user)
	return list, store.Wrap(err, "reading the passkeys of user %d", user)
}

// DeleteCredential forgets a user's passkey.
func DeleteCredential(ctx context.Context, s *store.Store, user int64, id []byte) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return t.ExecOne(`DELETE FROM credentials WHERE user_id = $1 AND id = $2`, user, id)
	}), "deleting a passkey of user %d", user)
}
