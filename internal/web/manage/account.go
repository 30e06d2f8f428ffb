package manage

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// One's own account: name, language, passkeys, sessions.
var accountRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/account", Name: "account", Allow: account.SignedIn, Page: true, Handle: showAccount, Out: accountView{}},
	{Method: http.MethodPost, Path: "/account", Name: "account-save", Allow: account.SignedIn, Page: true, Handle: saveAccount, In: accountForm{}, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/account/sessions", Name: "account-sessions", Allow: account.SignedIn, Page: true, Handle: endOwnSessions, Out: web.Done{}},
}

type accountView struct {
	Name     string    `json:"name"`
	Mail     string    `json:"mail"`
	Lang     string    `json:"lang"`
	Role     string    `json:"role"`
	Person   string    `json:"person"`
	Passkeys []passkey `json:"passkeys"`
	CanHave  bool      `json:"can_have_passkeys"` // they work at this address
}

type passkey struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	Made time.Time `json:"made"`
}

func (accountView) Template() string { return "account" }

func showAccount(r *web.Request) (web.View, error) {
	keys, err := account.Credentials(r.Context(), r.Server.Store, r.User.ID)
	if err != nil {
		return nil, err
	}
	u := r.User
	v := accountView{Name: u.Name, Mail: u.Mail, Lang: u.Lang, Role: string(u.Role), Person: u.Person, CanHave: r.Server.Passkeys != nil}
	for _, k := range keys {
		v.Passkeys = append(v.Passkeys, passkey{base64.RawURLEncoding.EncodeToString(k.ID), k.Name, k.Made})
	}
	return v, nil
}

type accountForm struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
}

func saveAccount(r *web.Request) (web.View, error) {
	var in accountForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u := r.User
	u.Name, u.Lang = strings.TrimSpace(in.Name), in.Lang
	if _, known := lang.Parse(in.Lang); !known && in.Lang != "" {
		return nil, lang.Invalid("lang", "error.value", in.Lang)
	}
	if bad := account.CheckName(u.Name); bad != nil {
		v, err := showAccount(r)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	r.Lang = web.UserLanguage(u, r.Lang)
	web.KeepLanguage(r, u.Lang)
	return web.Done{Location: "/account", Notice: "account.saved"}, nil
}

// endOwnSessions ends one's sessions everywhere but here.
func endOwnSessions(r *web.Request) (web.View, error) {
	if err := account.EndSessions(r.Context(), r.Server.Store, r.User.ID, r.Now()); err != nil {
		return nil, err
	}
	if r.Token == nil {
		if err := r.Server.StartSession(r.Context(), r.User); err != nil {
			return nil, err
		}
	}
	return web.Done{Location: "/account", Notice: "account.ended"}, r.Audit("sessions.end", "", "")
}
