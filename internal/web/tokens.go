package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
)

// Tokens let a program in, as the person who made them: never further than she
// may go herself, and only as far as their scopes.
var tokenRoutes = []Route{
	{Method: http.MethodGet, Path: "/tokens", Name: "tokens", Allow: Working, Page: true, Handle: tokens, Out: tokensView{}},
	{Method: http.MethodPost, Path: "/tokens", Name: "tokens-make", Allow: Working, Page: true, Handle: makeToken, In: tokenForm{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/tokens/revoke", Name: "tokens-revoke", Allow: Working, Page: true, Handle: revokeToken, In: oneID{}, Out: Done{}},
}

// scopes, as the page offers them.
var scopes = []Scope{Read, Write, Manage}

type tokensView struct {
	Tokens []token `json:"tokens"`
	Scopes []Scope `json:"-"` // that she may give
}

// token is a token with the name of whose it is.
type token struct {
	account.Token
	Who string `json:"who"`
}

func (tokensView) Template() string { return "tokens" }

// tokensOf reads one's own tokens; an admin's view has everybody's.
func (r *Request) tokensOf() ([]token, error) {
	list, err := account.Tokens(r.Context(), r.Server.Store, "api")
	if err != nil {
		return nil, err
	}
	hers := []token{}
	for _, t := range list {
		if t.User != r.User.ID && r.User.Role != account.Admin {
			continue
		}
		u, err := r.of(t.User)
		if err != nil {
			return nil, err
		}
		hers = append(hers, token{t, u.Name})
	}
	return hers, nil
}

// givable are the scopes that make sense for her role.
func (r *Request) givable() []Scope {
	if slices.Contains(Managing, r.User.Role) {
		return scopes
	}
	return scopes[:2]
}

func tokens(r *Request) (View, error) {
	list, err := r.tokensOf()
	return tokensView{list, r.givable()}, err
}

type tokenForm struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	Days   int      `json:"days"` // how long it lasts; 0: until it is revoked
}

func makeToken(r *Request) (View, error) {
	var in tokenForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	var bad *Bad
	switch in.Name = strings.TrimSpace(in.Name); {
	case in.Name == "" || len(in.Name) > 200:
		bad = &Bad{"name", "tokens.no-name", nil}
	case len(in.Scopes) == 0:
		bad = &Bad{"scopes", "tokens.no-scope", nil}
	case in.Days < 0 || in.Days > 3650:
		bad = &Bad{"days", "error.value", []any{in.Days}}
	}
	for _, s := range in.Scopes {
		if !slices.Contains(r.givable(), Scope(s)) {
			bad = &Bad{"scopes", "error.value", []any{s}}
		}
	}
	if bad != nil {
		v, err := tokens(r)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	t := account.Token{Kind: "api", User: r.User.ID, Name: in.Name, Scopes: in.Scopes, Made: r.Now()}
	if in.Days > 0 {
		t.Expires = r.Now().Add(time.Duration(in.Days) * 24 * time.Hour)
	}
	secret, kept, err := account.NewToken(r.Context(), r.Server.Store, t)
	if err != nil {
		return nil, err
	}
	return secretView{"token", in.Name, secret, kept.ID, "/tokens"}, r.act("token.make", in.Name, strings.Join(in.Scopes, " "))
}

func revokeToken(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	list, err := r.tokensOf()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(t token) bool { return t.ID == in.ID })
	if i < 0 {
		return nil, store.ErrNotFound
	}
	if err := account.RevokeToken(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return Done{Location: "/tokens", Notice: "tokens.revoked", Args: []any{list[i].Name}}, r.act("token.revoke", list[i].Name, "")
}
