package account

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Scope is what a token may do.
type Scope string

// The scopes of tokens.
const (
	NoToken Scope = ""      // none opens it
	Read    Scope = "read"  // measures, the inbox
	Write   Scope = "write" // messages in, replies
	Manage  Scope = "manage"
)

// APIToken is the kind of the tokens that let programs in.
const APIToken = "api"

// maxTokenDays is how long a token may last, in days.
const maxTokenDays = 3650

// Grantable are the scopes that a role may give to a token.
func Grantable(r Role) []Scope {
	if Managing.Has(r) {
		return []Scope{Read, Write, Manage}
	}
	return []Scope{Read, Write}
}

// Has says whether a token has a scope.
func (t Token) Has(scope Scope) bool { return slices.Contains(t.Scopes, string(scope)) }

// TokenForm is a token as somebody asks for it.
type TokenForm struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	Days   int      `json:"days"` // how long it lasts; 0: until it is revoked
}

// Check says what is wrong with a form, for a user of a role.
func (f TokenForm) Check(r Role) error {
	var bad *lang.InputError
	switch name := strings.TrimSpace(f.Name); {
	case name == "" || len(name) > maxName:
		bad = lang.Invalid("name", "tokens.no-name")
	case len(f.Scopes) == 0:
		bad = lang.Invalid("scopes", "tokens.no-scope")
	case f.Days < 0 || f.Days > maxTokenDays:
		bad = lang.Invalid("days", "error.value", f.Days)
	}
	for _, scope := range f.Scopes {
		if !slices.Contains(Grantable(r), Scope(scope)) {
			bad = lang.Invalid("scopes", "error.value", scope)
		}
	}
	if bad != nil {
		return bad
	}
	return nil
}

// NewAPIToken makes a token of a user's and gives its secret, which can't be had
// again.
func NewAPIToken(ctx context.Context, s *store.Store, u User, f TokenForm, now time.Time) (secret string, t Token, err error) {
	t = Token{Kind: APIToken, User: u.ID, Name: strings.TrimSpace(f.Name), Scopes: f.Scopes, Made: now}
	if f.Days > 0 {
		t.Expires = now.Add(time.Duration(f.Days) * 24 * time.Hour)
	}
	return NewToken(ctx, s, t)
}

// OwnedToken is a token with the name of whose it is.
type OwnedToken struct {
	Token
	Who string `json:"who"`
}

// TokensFor gives the API tokens that a user sees: their own; an admin, everybody's.
func TokensFor(ctx context.Context, s *store.Store, u User) ([]OwnedToken, error) {
	list, err := Tokens(ctx, s, APIToken)
	if err != nil {
		return nil, err
	}
	seen := []OwnedToken{}
	for _, t := range list {
		if t.User != u.ID && u.Role != Admin {
			continue
		}
		owner, err := UserByID(ctx, s, t.User)
		if err != nil {
			return nil, err
		}
		seen = append(seen, OwnedToken{t, owner.Name})
	}
	return seen, nil
}

// RevokeFor revokes a token that a user sees, and gives it.
func RevokeFor(ctx context.Context, s *store.Store, u User, id int64) (OwnedToken, error) {
	list, err := TokensFor(ctx, s, u)
	if err != nil {
		return OwnedToken{}, err
	}
	i := slices.IndexFunc(list, func(t OwnedToken) bool { return t.ID == id })
	if i < 0 {
		return OwnedToken{}, store.ErrNotFound
	}
	return list[i], RevokeToken(ctx, s, id)
}

// Bearer gives the token and the user of an API token's secret; ErrNotFound when it
// is none, has expired, or its user is disabled.
func Bearer(ctx context.Context, s *store.Store, secret string) (Token, User, error) {
	t, err := CheckToken(ctx, s, APIToken, secret)
	if err != nil {
		return Token{}, User{}, err
	}
	u, err := UserByID(ctx, s, t.User)
	if err == nil && !u.Disabled.IsZero() {
		err = store.ErrNotFound
	}
	return t, u, err
}

func lost(err error) bool { return errors.Is(err, store.ErrNotFound) }
