package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// Coming in: by a link that works once, sent by mail or made by an admin, or by
// a passkey. There are no passwords. Nothing here tells whether an address is
// known.
var signinRoutes = []Route{
	{Method: http.MethodGet, Path: "/signin", Name: "signin", Allow: Anyone, Page: true, Handle: signin, Out: signinView{},
		Query: []Parameter{{Name: "next", About: "where to go then", Type: "string"}}},
	{Method: http.MethodPost, Path: "/signin", Name: "signin-ask", Allow: Anyone, Page: true, Handle: askLink, In: linkWish{}, Out: Done{}},
	{Method: http.MethodGet, Path: "/link", Name: "link", Allow: Anyone, Page: true, Handle: openLink, Out: linkView{},
		Query: []Parameter{{Name: "token", About: "the link's secret", Type: "string"}, {Name: "next", About: "where to go then", Type: "string"}}},
	{Method: http.MethodPost, Path: "/link", Name: "link-use", Allow: Anyone, Page: true, Handle: useLink, In: linkView{}, Out: Done{}},
	{Method: http.MethodPost, Path: "/signout", Name: "signout", Allow: Anyone, Page: true, Handle: signout, Out: Done{}},
}

// How long links can be used.
const (
	linkLasts   = 15 * time.Minute
	inviteLasts = 7 * 24 * time.Hour
)

type signinView struct {
	Next     string `json:"next"`
	Sent     bool   `json:"sent"`     // what there was to send has been sent
	ByMail   bool   `json:"by_mail"`  // links go by mail; else an admin makes them
	Passkeys bool   `json:"passkeys"` // they work here
}

func (signinView) Template() string { return "signin" }

func signin(r *Request) (View, error) {
	next := local(r.URL.Query().Get("next"))
	if r.User.ID != 0 && r.form == asPage {
		return Done{Location: next}, nil
	}
	return signinView{Next: next, Sent: r.URL.Query().Has("sent"), ByMail: r.Server.Mail != nil, Passkeys: r.Server.passkeys != nil}, nil
}

// local is an address of this house; the first page for any other.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}

type linkWish struct {
	Mail string `json:"mail"`
	Next string `json:"next"`
}

// askLink sends a link to an address that is somebody's. The answer is the same,
// and comes as soon, when it is nobody's.
func askLink(r *Request) (View, error) {
	var in linkWish
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	s, next := r.Server, local(in.Next)
	if s.Mail == nil {
		return nil, &Bad{"mail", "signin.no-mail", nil}
	}
	at, err := mail.ParseAddress(strings.TrimSpace(in.Mail))
	if err != nil {
		return signinView{Next: next, ByMail: true, Passkeys: s.passkeys != nil}, &Bad{"mail", "signin.bad-mail", nil}
	}
	if !s.limits.allow("signin "+address(r.Request), 10, time.Minute) || !s.limits.allow("signin to "+strings.ToLower(at.Address), 5, 15*time.Minute) {
		return nil, errTooMany
	}
	s.later(r, func(ctx context.Context) error { return s.mailLink(ctx, at.Address, next, r.Lang) })
	q := url.Values{"sent": {"1"}}
	if next != "/" {
		q.Set("next", next)
	}
	return Done{Location: "/signin?" + q.Encode()}, nil
}

// later does something after the answer; what goes wrong is in the log alone.
func (s *Server) later(r *Request, do func(context.Context) error) {
	s.still.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Minute)
		defer cancel()
		if err := do(ctx); err != nil {
			s.Log.Error("after an answer", "path", r.URL.Path, "cause", err)
		}
	})
}

// mailLink mails a link, if the address is somebody's.
func (s *Server) mailLink(ctx context.Context, to, next string, l lang.Language) error {
	u, err := account.UserByMail(ctx, s.Store, to)
	if errors.Is(err, store.ErrNotFound) || err == nil && !u.Disabled.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	l = spoken(u, l)
	at, err := s.link(ctx, u, "link", linkLasts, next)
	if err != nil {
		return err
	}
	return s.Mail(ctx, u.Mail, l.Say("signin.mail.subject"), l.Say("signin.mail.text", int(linkLasts.Minutes()), at))
}

// link makes a link by which somebody comes in once: kind link or invite.
func (s *Server) link(ctx context.Context, u account.User, kind string, lasts time.Duration, next string) (string, error) {
	secret, _, err := account.NewToken(ctx, s.Store, account.Token{Kind: kind, User: u.ID, Made: s.Now(), Expires: s.Now().Add(lasts)})
	if err != nil {
		return "", err
	}
	q := url.Values{"token": {secret}}
	if next != "" && next != "/" {
		q.Set("next", next)
	}
	return strings.TrimSuffix(s.URL, "/") + "/link?" + q.Encode(), nil
}

// FirstLink gives a link by which the first admin comes in, once, within a day;
// it makes her when there is none. It is empty as soon as the house has a name,
// except in a demonstration: from then on links are made on the team page.
func (s *Server) FirstLink(ctx context.Context) (string, error) {
	users, err := account.Users(ctx, s.Store)
	if err != nil {
		return "", err
	}
	first := firstAdmin(users)
	named, err := settings.Setting(ctx, s.Store, KeyOrganisation)
	if err != nil || first.ID != 0 && named != "" && !s.Fictional {
		return "", err
	}
	if first.ID == 0 {
		if first, err = account.SaveUser(ctx, s.Store, account.User{Name: "admin", Role: account.Admin, Made: s.Now()}); err != nil {
			return "", err
		}
	}
	return s.link(ctx, first, "link", 24*time.Hour, "")
}

// Link gives a link by which the user of a mail address comes in, once, within a
// day; the first admin when the address is empty. It is for whoever keeps the
// machine, when nobody can come in any more. ErrNotFound when there is no such
// user, or she is shut out.
func (s *Server) Link(ctx context.Context, mail string) (string, error) {
	var u account.User
	if mail != "" {
		var err error
		if u, err = account.UserByMail(ctx, s.Store, mail); err != nil {
			return "", err
		}
	} else {
		users, err := account.Users(ctx, s.Store)
		if err != nil {
			return "", err
		}
		u = firstAdmin(users)
	}
	if u.ID == 0 || !u.Disabled.IsZero() {
		return "", fmt.Errorf("making a link: %w", store.ErrNotFound)
	}
	if err := account.Audit(ctx, s.Store, account.Act{Time: s.Now(), Action: "team.link", Subject: userName(u.ID)}); err != nil {
		return "", err
	}
	return s.link(ctx, u, "link", 24*time.Hour, "")
}

// firstAdmin is the admin who has been one for longest; the zero User when there
// is none.
func firstAdmin(users []account.User) (first account.User) {
	for _, u := range users {
		if u.Role == account.Admin && u.Disabled.IsZero() && (first.ID == 0 || u.ID < first.ID) {
			first = u
		}
	}
	return first
}

// linkView is the page that a link opens: a button, since a mail reader that
// looks at the link to judge it must not spend it.
type linkView struct {
	Token string `json:"token"`
	Next  string `json:"next"`
}

func (linkView) Template() string { return "link" }

func openLink(r *Request) (View, error) {
	r.out.Header().Set("Referrer-Policy", "no-referrer")
	return linkView{r.URL.Query().Get("token"), local(r.URL.Query().Get("next"))}, nil
}

func useLink(r *Request) (View, error) {
	var in linkView
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	s, ctx := r.Server, r.Context()
	if !s.limits.allow("link "+address(r.Request), 20, time.Minute) {
		return nil, errTooMany
	}
	t, err := account.UseToken(ctx, s.Store, "link", in.Token)
	if errors.Is(err, store.ErrNotFound) {
		t, err = account.UseToken(ctx, s.Store, "invite", in.Token)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil, store.ErrExpired // never made, or tidied away: the same to whoever asks
	}
	if err != nil {
		return nil, err
	}
	u, err := account.UserByID(ctx, s.Store, t.User)
	if err != nil {
		return nil, err
	}
	return r.in(u, "signin.link", in.Next)
}

// in signs somebody in and sends her on.
func (r *Request) in(u account.User, how, next string) (View, error) {
	if !u.Disabled.IsZero() {
		return nil, store.ErrExpired
	}
	if err := r.Server.enter(r.Context(), u); err != nil {
		return nil, err
	}
	r.User = u
	return Done{Location: local(next)}, r.act(how, "", "")
}

// act writes a line of the audit log.
func (r *Request) act(action, subject, detail string) error {
	return account.Audit(r.Context(), r.Server.Store, account.Act{Time: r.Now(), By: r.User.ID, Action: action, Subject: subject, Detail: detail})
}

func signout(r *Request) (View, error) {
	if err := r.Server.sessions.Destroy(r.Context()); err != nil {
		return nil, err
	}
	return Done{Location: "/signin", Notice: "signin.out"}, nil
}
