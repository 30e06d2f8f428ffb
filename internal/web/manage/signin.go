package manage

import (
	"context"
	"errors"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// Signing in: by a link that works once, sent by mail or made by an admin, or by
// a passkey. There are no passwords. Nothing here tells whether an address is
// known.
var signinRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/signin", Name: "signin", Allow: account.Anyone, Page: true, Handle: showSignIn, Out: signinView{},
		Query: []web.Parameter{{Name: "next", About: "where to go then", Type: "string"}}},
	{Method: http.MethodPost, Path: "/signin", Name: "signin-ask", Allow: account.Anyone, Page: true, Handle: askLink, In: linkWish{}, Out: web.Done{}},
	{Method: http.MethodGet, Path: "/link", Name: "link", Allow: account.Anyone, Page: true, Handle: openLink, Out: linkView{},
		Query: []web.Parameter{{Name: "token", About: "the link's secret", Type: "string"}, {Name: "next", About: "where to go then", Type: "string"}}},
	{Method: http.MethodPost, Path: "/link", Name: "link-use", Allow: account.Anyone, Page: true, Handle: useLink, In: linkView{}, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/signout", Name: "signout", Allow: account.Anyone, Page: true, Handle: signOut, Out: web.Done{}},
}

type signinView struct {
	Next     string `json:"next"`
	Sent     bool   `json:"sent"`     // what there was to send has been sent
	ByMail   bool   `json:"by_mail"`  // links go by mail; else an admin makes them
	Passkeys bool   `json:"passkeys"` // they work here
}

func (signinView) Template() string { return "signin" }

func showSignIn(r *web.Request) (web.View, error) {
	next := web.LocalPath(r.URL.Query().Get("next"))
	if r.User.ID != 0 && r.Format == web.AsPage {
		return web.Done{Location: next}, nil
	}
	return signinView{Next: next, Sent: r.URL.Query().Has("sent"), ByMail: r.Server.Mail != nil, Passkeys: r.Server.Passkeys != nil}, nil
}

type linkWish struct {
	Mail string `json:"mail"`
	Next string `json:"next"`
}

// askLink sends a link to an address that is somebody's. The answer is the same,
// and comes as soon, when it is nobody's.
func askLink(r *web.Request) (web.View, error) {
	var in linkWish
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	s, next := r.Server, web.LocalPath(in.Next)
	if s.Mail == nil {
		return nil, lang.Invalid("mail", "signin.no-mail")
	}
	at, err := mail.ParseAddress(strings.TrimSpace(in.Mail))
	if err != nil {
		return signinView{Next: next, ByMail: true, Passkeys: s.Passkeys != nil}, lang.Invalid("mail", "signin.bad-mail")
	}
	if err := limitLinks(r, at.Address); err != nil {
		return nil, err
	}
	s.After(r, func(ctx context.Context) error { return mailLink(ctx, s, at.Address, next, r.Lang) })
	q := url.Values{"sent": {"1"}}
	if next != "/" {
		q.Set("next", next)
	}
	return web.Done{Location: "/signin?" + q.Encode()}, nil
}

// limitLinks counts links asked for from an address, and for one.
func limitLinks(r *web.Request, to string) error {
	if err := r.Limit("signin", account.LinksPerAddress, time.Minute); err != nil {
		return err
	}
	return r.LimitKey("signin to "+strings.ToLower(to), account.LinksPerMail, 15*time.Minute)
}

// mailLink mails a link, if the address is somebody's.
func mailLink(ctx context.Context, s *web.Server, to, next string, l lang.Language) error {
	u, err := account.UserByMail(ctx, s.Store, to)
	if errors.Is(err, store.ErrNotFound) || err == nil && !u.Disabled.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	secret, err := account.NewLink(ctx, s.Store, u, account.SignInLink, s.Now(), account.LinkLifetime)
	if err != nil {
		return err
	}
	l = web.UserLanguage(u, l)
	return s.Mail(ctx, u.Mail, l.Say("signin.mail.subject"), l.Say("signin.mail.text", int(account.LinkLifetime.Minutes()), s.SignInURL(secret, next)))
}

// linkView is the page that a link opens: a button, since a mail reader that
// looks at the link to judge it must not spend it.
type linkView struct {
	Token string `json:"token"`
	Next  string `json:"next"`
}

func (linkView) Template() string { return "link" }

func openLink(r *web.Request) (web.View, error) {
	r.Out.Header().Set("Referrer-Policy", "no-referrer")
	return linkView{r.URL.Query().Get("token"), web.LocalPath(r.URL.Query().Get("next"))}, nil
}

func useLink(r *web.Request) (web.View, error) {
	var in linkView
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := r.Limit("link", account.TriesPerAddress, time.Minute); err != nil {
		return nil, err
	}
	u, err := account.UseLink(r.Context(), r.Server.Store, in.Token)
	if err != nil {
		return nil, err
	}
	return signIn(r, u, "signin.link", in.Next)
}

// signIn signs somebody in and sends them on; how is for the audit log.
func signIn(r *web.Request, u account.User, how, next string) (web.View, error) {
	if !u.Disabled.IsZero() {
		return nil, store.ErrExpired
	}
	if err := r.Server.StartSession(r.Context(), u); err != nil {
		return nil, err
	}
	r.User = u
	return web.Done{Location: web.LocalPath(next)}, r.Audit(how, "", "")
}

func signOut(r *web.Request) (web.View, error) {
	if err := r.Server.EndSession(r.Context()); err != nil {
		return nil, err
	}
	return web.Done{Location: "/signin", Notice: "signin.out"}, nil
}
