package web

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
)

// One's own account: name, language, passkeys, sessions.
var accountRoutes = []Route{
	{Method: http.MethodGet, Path: "/account", Name: "account", Allow: SignedIn, Page: true, Handle: showAccount, Out: accountView{}},
	{Method: http.MethodPost, Path: "/account", Name: "account-save", Allow: SignedIn, Page: true, Handle: saveAccount, In: accountForm{}, Out: Done{}},
	{Method: http.MethodPost, Path: "/account/sessions", Name: "account-sessions", Allow: SignedIn, Page: true, Handle: endOwnSessions, Out: Done{}},
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

func showAccount(r *Request) (View, error) {
	keys, err := account.Credentials(r.Context(), r.Server.Store, r.User.ID)
	if err != nil {
		return nil, err
	}
	u := r.User
	v := accountView{Name: u.Name, Mail: u.Mail, Lang: u.Lang, Role: string(u.Role), Person: u.Person, CanHave: r.Server.passkeys != nil}
	for _, k := range keys {
		v.Passkeys = append(v.Passkeys, passkey{base64.RawURLEncoding.EncodeToString(k.ID), k.Name, k.Made})
	}
	return v, nil
}

type accountForm struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
}

func saveAccount(r *Request) (View, error) {
	var in accountForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u := r.User
	u.Name, u.Lang = strings.TrimSpace(in.Name), in.Lang
	if _, known := lang.Parse(in.Lang); !known && in.Lang != "" {
		return nil, &Bad{"lang", "error.value", []any{in.Lang}}
	}
	if u.Name == "" || len(u.Name) > 200 {
		v, err := showAccount(r)
		if err != nil {
			return nil, err
		}
		return v, &Bad{"name", "account.no-name", nil}
	}
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	r.Lang = spoken(u, r.Lang)
	r.Server.keepLanguage(r.out, u.Lang)
	return Done{Location: "/account", Notice: "account.saved"}, nil
}

// endOwnSessions ends one's sessions everywhere but here.
func endOwnSessions(r *Request) (View, error) {
	if err := r.Server.endSessions(r.Context(), r.User.ID); err != nil {
		return nil, err
	}
	if r.Token == nil {
		if err := r.Server.enter(r.Context(), r.User); err != nil {
			return nil, err
		}
	}
	return Done{Location: "/account", Notice: "account.ended"}, r.act("sessions.end", "", "")
}
