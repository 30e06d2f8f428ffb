package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Token opens something once or for long; only its hash is kept.
type Token struct {
	ID      int64     `json:"id"`
	Kind    string    `json:"kind"` // link (one-time sign-in), api, invite
	User    int64     `json:"user"`
	Name    string    `json:"name"`
	Scopes  []string  `json:"scopes"`
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires,omitzero"`
	Used    time.Time `json:"used,omitzero"`
}

const tokenColumns = `id, kind, user_id, name, scopes, made, expires, used`

// NewToken makes a token of 32 random bytes and gives them, as URL-safe base64;
// they can't be had again, since only their SHA-256 is kept.
func NewToken(ctx context.Context, s *store.Store, k Token) (secret string, kept Token, err error) {
	bytes := make([]byte, 32)
	rand.Read(bytes)
	secret = base64.RawURLEncoding.EncodeToString(bytes)
	scopes, err := json.Marshal(k.Scopes)
	if err != nil {
		return "", Token{}, err
	}
	err = s.Change(ctx, func(t *store.Tx) error {
		made := store.Micro(k.Made)
		if made == 0 {
			made = t.Now()
		}
		kept, err = scanToken(t.QueryRow(`INSERT INTO tokens (kind, hash, user_id, name, scopes, made, expires)
			VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING `+tokenColumns,
			k.Kind, hashed(secret), k.User, store.Clean(k.Name), string(scopes), made, store.Micro(k.Expires)))
		return err
	})
	if err != nil {
		return "", Token{}, store.Wrap(err, "making a token (%s)", k.Kind)
	}
	return secret, kept, nil
}

// UseToken spends a one-time token: of many that try at once, one gets it.
// ErrExpired when it was used or is too old, or its user disabled; ErrNotFound
// when there never was one.
func UseToken(ctx context.Context, s *store.Store, kind, secret string) (k Token, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		k, err = scanToken(t.QueryRow(`UPDATE tokens SET used = $3 WHERE hash = $1 AND kind = $2 AND used = 0 AND (expires = 0 OR expires > $3)
			AND `+welcome+` RETURNING `+tokenColumns, hashed(secret), kind, t.Now()))
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if t.QueryRow(`SELECT id FROM tokens WHERE hash = $1 AND kind = $2`, hashed(secret), kind).Scan(&k.ID) == nil {
			return store.ErrExpired
		}
		return err
	})
	if err != nil {
		return Token{}, store.Wrap(err, "using a token (%s)", kind)
	}
	return k, nil
}

// CheckToken tells whose a lasting token is, and leaves it as it is. Its errors
// are those of UseToken.
func CheckToken(ctx context.Context, s *store.Store, kind, secret string) (Token, error) {
	var held bool
	k, err := scanToken(more{s.Read(ctx).QueryRow(`SELECT `+tokenColumns+`, `+welcome+` FROM tokens WHERE hash = $1 AND kind = $2`, hashed(secret), kind), &held})
	if err == nil && (!held || !k.Used.IsZero() || !k.Expires.IsZero() && store.Micro(k.Expires) <= store.Micro(time.Now())) {
		err = store.ErrExpired
	}
	if err != nil {
		return Token{}, store.Wrap(err, "checking a token (%s)", kind)
	}
	return k, nil
}

// welcome is true of a token whose user may still come in (or that has none).
const welcome = `NOT EXISTS (SELECT 1 FROM users WHERE users.id = tokens.user_id AND users.disabled <> 0)`

// Tokens gives those of a kind, the newest first.
func Tokens(ctx context.Context, s *store.Store, kind string) ([]Token, error) {
	list, err := store.All(s.Read(ctx), scanToken, `SELECT `+tokenColumns+` FROM tokens WHERE kind = $1 ORDER BY id DESC`, kind)
	return list, store.Wrap(err, "reading tokens (%s)", kind)
}

// RevokeToken takes a token away.
func RevokeToken(ctx context.Context, s *store.Store, id int64) error {
	err := s.Change(ctx, func(t *store.Tx) error { return t.ExecOne(`DELETE FROM tokens WHERE id = $1`, id) })
	return store.Wrap(err, "revoking the token %d", id)
}

func scanToken(row store.Scanner) (k Token, err error) {
	var scopes string
	var made, expires, used int64
	if err := row.Scan(&k.ID, &k.Kind, &k.User, &k.Name, &scopes, &made, &expires, &used); err != nil {
		return Token{}, err
	}
	k.Made, k.Expires, k.Used = store.Time(made), store.Time(expires), store.Time(used)
	err = json.Unmarshal([]byte(scopes), &k.Scopes)
	return k, err
}

// more is a row with one more column than its scan knows.
type more struct {
	store.Scanner
	last any
}

func (m more) Scan(to ...any) error { return m.Scanner.Scan(append(to, m.last)...) }

// hashed is what is kept of a secret. Secrets are 32 random bytes, so a plain
// hash tells nothing of them.
func hashed(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// TidyTokens deletes the sessions and the tokens that ended before a time (µs).
func TidyTokens(t *store.Tx, before int64) error {
	if err := t.Exec(`DELETE FROM sessions WHERE expires < $1`, before); err != nil {
		return err
	}
	return t.Exec(`DELETE FROM tokens WHERE used <> 0 AND used < $1 OR expires <> 0 AND expires < $1`, before)
}
