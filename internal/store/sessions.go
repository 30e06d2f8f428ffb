package store

import (
	"context"
	"errors"
	"time"
)

// FindCtx gives what a session holds, if there is one and it hasn't expired. It,
// CommitCtx and DeleteCtx make the Store a scs.CtxStore; of a session's token
// only the SHA-256 is kept.
func (s *Store) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	err = s.Read(ctx).QueryRow(`SELECT data FROM sessions WHERE hash = $1 AND expires > $2`, hashed(token), now()).Scan(&b)
	if errors.Is(err, ErrNotFound) {
		return nil, false, nil
	}
	return b, err == nil, Wrap(err, "finding a session")
}

// CommitCtx keeps a session until it expires.
func (s *Store) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return Wrap(s.Change(ctx, func(t *Tx) error {
		return t.Exec(`INSERT INTO sessions (hash, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires`, hashed(token), bytesOf(b), Micro(expiry))
	}), "keeping a session")
}

// DeleteCtx ends a session, if there is one.
func (s *Store) DeleteCtx(ctx context.Context, token string) error {
	return Wrap(s.Change(ctx, func(t *Tx) error {
		return t.Exec(`DELETE FROM sessions WHERE hash = $1`, hashed(token))
	}), "ending a session")
}

// Find, Commit and Delete are the same without a context, as scs.Store asks.
func (s *Store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Store) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// now is the time as it is kept.
func now() int64 { return time.Now().UnixMicro() }

// bytesOf is b, and never null: no bytes are bytes too.
func bytesOf(b []byte) []byte { return append([]byte{}, b...) }
