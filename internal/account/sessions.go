package account

import (
	"context"
	"errors"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Sessions are who is signed in where, kept as scs.CtxStore asks; of a session's
// token only the SHA-256 is kept.
type Sessions struct{ db *store.Store }

// NewSessions gives the sessions of a database.
func NewSessions(db *store.Store) *Sessions { return &Sessions{db} }

// FindCtx gives what a session holds, if there is one and it hasn't expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	err = s.db.Read(ctx).QueryRow(`SELECT data FROM sessions WHERE hash = $1 AND expires > $2`, hashed(token), store.Micro(time.Now())).Scan(&b)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return b, err == nil, store.Wrap(err, "finding a session")
}

// CommitCtx keeps a session until it expires.
func (s *Sessions) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return store.Wrap(s.db.Change(ctx, func(t *store.Tx) error {
		return t.Exec(`INSERT INTO sessions (hash, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires`, hashed(token), append([]byte{}, b...), store.Micro(expiry))
	}), "keeping a session")
}

// DeleteCtx ends a session, if there is one.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return store.Wrap(s.db.Change(ctx, func(t *store.Tx) error {
		return t.Exec(`DELETE FROM sessions WHERE hash = $1`, hashed(token))
	}), "ending a session")
}

// Find, Commit and Delete are the same without a context, as scs.Store asks.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
