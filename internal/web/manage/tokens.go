package manage

import (
	"net/http"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
)

// Tokens let a program in, as the user who made them: never further than the user may
// go, and only as far as their scopes.
var tokenRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/tokens", Name: "tokens", Allow: account.Working, Page: true, Handle: showTokens, Out: tokensView{}},
	{Method: http.MethodPost, Path: "/tokens", Name: "tokens-make", Allow: account.Working, Page: true, Handle: makeToken, In: account.TokenForm{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/tokens/revoke", Name: "tokens-revoke", Allow: account.Working, Page: true, Handle: revokeToken, In: web.ByID{}, Out: web.Done{}},
}

type tokensView struct {
	Tokens []account.OwnedToken `json:"tokens"`
	Scopes []account.Scope      `json:"-"` // that the user may give
}

func (tokensView) Template() string { return "tokens" }

func showTokens(r *web.Request) (web.View, error) {
	list, err := account.TokensFor(r.Context(), r.Server.Store, r.User)
	return tokensView{list, account.Grantable(r.User.Role)}, err
}

func makeToken(r *web.Request) (web.View, error) {
	var in account.TokenForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if bad := in.Check(r.User.Role); bad != nil {
		v, err := showTokens(r)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	secret, t, err := account.NewAPIToken(r.Context(), r.Server.Store, r.User, in, r.Now())
	if err != nil {
		return nil, err
	}
	return secretView{"token", t.Name, secret, t.ID, "/tokens"}, r.Audit("token.make", t.Name, strings.Join(in.Scopes, " "))
}

func revokeToken(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	t, err := account.RevokeFor(r.Context(), r.Server.Store, r.User, in.ID)
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/tokens", Notice: "tokens.revoked", Args: []any{t.Name}}, r.Audit("token.revoke", t.Name, "")
}
