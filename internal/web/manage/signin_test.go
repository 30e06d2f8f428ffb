package manage_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

// linkIn finds the link of a mail, as an address of this house.
func linkIn(t *testing.T, text string) string {
	t.Helper()
	i := strings.Index(text, "https://house.example/link?")
	if i < 0 {
		t.Fatalf("no link in %q", text)
	}
	u, err := url.Parse(strings.Fields(text[i:])[0])
	if err != nil {
		t.Fatal(err)
	}
	return u.RequestURI()
}

func TestComingInByMail(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Teammate).User
	v := h.Stranger()
	page := v.Get("/account") // leads to signing in
	page.Has("Sign in", "Your mail address")
	v.Submit(page, "/signin", "mail", ada.Mail).Has("If we know this address")
	h.Wait()
	if len(h.Mails) != 1 || h.Mails[0].To != ada.Mail {
		t.Fatalf("mails: %v", h.Mails)
	}
	to := linkIn(t, h.Mails[0].Text)

	before := v.Cookies["__Host-entregent"]
	v.Get(to) // a mail reader may look: that spends nothing
	opened := v.Get(to)
	in := v.Submit(opened, "/link")
	in.Has("Your account") // where she wanted to go
	if in.Path != "/account" {
		t.Errorf("after signing in: %s", in.Path)
	}
	if now := v.Cookies["__Host-entregent"]; now == "" || now == before {
		t.Error("signing in left the cookie as it was: whoever planted it is in too")
	}
	h.Stranger().TryPost("/link", "token", webtest.Attr(opened.One("input", "name", "token"), "value")).Wants(http.StatusGone)
	v.Submit(in, "/signout").Has("You are signed out.")
	if a := v.Try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("signed out, /account: %s", a.Status)
	}
}

// Nobody learns from here who has an account: what is told, shown and counted is
// the same.
func TestNobodyIsTold(t *testing.T) {
	h := webtest.New(t)
	known := h.As(account.Manager).User
	gone := h.As(account.Manager).User
	gone.Disabled = time.Now()
	if _, err := account.SaveUser(t.Context(), h.Store, gone); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, to := range []string{known.Mail, gone.Mail, "nobody@elsewhere.example"} {
		a := h.Stranger().Post("/signin", "mail", to)
		if first == "" {
			first = a.Body
		}
		if a.Body != first {
			t.Errorf("%s is told something else:\n%s\n%s", to, a.Body, first)
		}
	}
	h.Wait()
	if len(h.Mails) != 1 {
		t.Errorf("%d mails went out, not one", len(h.Mails))
	}
	for range 3 {
		h.Stranger().Post("/signin", "mail", "nobody@elsewhere.example")
	}
	for range 2 {
		h.Stranger().TryPost("/signin", "mail", "nobody@elsewhere.example")
	}
	h.Stranger().TryPost("/signin", "mail", "nobody@elsewhere.example").Wants(http.StatusTooManyRequests)
}

func TestLinksGrowOld(t *testing.T) {
	now := time.Now()
	h := webtest.New(t, func(c *web.Config) { c.Now = func() time.Time { return now } })
	u := h.As(account.Reader).User
	now = now.Add(-16 * time.Minute) // it was made then
	to := h.LinkFor(u, "")
	v := h.Stranger()
	page := v.Get(linkIn(t, to))
	v.TryPost("/link", "token", webtest.Attr(page.One("input", "name", "token"), "value")).Wants(http.StatusGone)
	v.TryPost("/link", "token", "").Wants(http.StatusGone)
}

func TestFirstLink(t *testing.T) {
	h := webtest.New(t)
	to, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.FirstLink(t.Context())
	if err != nil || again == to || again == "" {
		t.Fatalf("a second first link: %q, %v", again, err)
	}
	if users, _ := account.Users(t.Context(), h.Store); len(users) != 1 || users[0].Role != account.Admin {
		t.Fatalf("users: %v", users)
	}
	v := h.Stranger()
	v.Submit(v.Get(linkIn(t, to)), "/link")
	if err := settings.Set(t.Context(), h.Store, map[string]string{settings.KeyOrganisation: "Portelune"}); err != nil {
		t.Fatal(err)
	}
	if none, err := h.FirstLink(t.Context()); none != "" || err != nil {
		t.Errorf("a house that is set up still prints a link: %q, %v", none, err)
	}
	// Whoever keeps the machine lets her in again, when nothing else does.
	if to, err = h.Link(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	w := h.Stranger()
	w.Submit(w.Get(linkIn(t, to)), "/link")
	w.Get("/team")
	if _, err := h.Link(t.Context(), "nobody@house.example"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a link for nobody: %v", err)
	}
}

// A session ends where it should: elsewhere when she says so, everywhere when
// she is disabled, by itself after a week without a visit.
func TestSessionsEnd(t *testing.T) {
	now := time.Now()
	h := webtest.New(t, func(c *web.Config) { c.Now = func() time.Time { return now } })
	office := h.As(account.Teammate)
	home := h.Stranger()
	to := h.LinkFor(office.User, "/account")
	home.Submit(home.Get(linkIn(t, to)), "/link")
	now = now.Add(time.Minute)
	home.Submit(home.Get("/account"), "/account/sessions").Has("Your other sessions are ended.")
	if a := office.Try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the other session goes on: %s", a.Status)
	}
	for range 3 {
		now = now.Add(3 * 24 * time.Hour)
		home.Get("/account")
	}
	now = now.Add(8 * 24 * time.Hour)
	if a := home.Try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("after eight days without a visit: %s", a.Status)
	}

	other := h.As(account.Teammate)
	other.Get("/account")
	u := other.User
	u.Disabled = now
	if _, err := account.SaveUser(t.Context(), h.Store, u); err != nil {
		t.Fatal(err)
	}
	if a := other.Try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("disabled, she still comes in: %s", a.Status)
	}
}

func TestLocal(t *testing.T) {
	for next, want := range map[string]string{
		"/inbox?page=2": "/inbox?page=2", "": "/", "//evil.example": "/", "https://evil.example/": "/", "/\\evil.example": "/",
		"javascript:alert(1)": "/", "inbox": "/", "/\tevil": "/", "/%2f/evil": "/", "/a/../../b": "/a/../../b",
	} {
		if got := web.LocalPath(next); got != want {
			t.Errorf("next=%q leads to %q, not %q", next, got, want)
		}
	}
}

func TestAccount(t *testing.T) {
	h := webtest.New(t)
	v := h.As(account.Reader)
	v.Submit(v.Get("/account"), "/account", "name", "Ada Lovelace", "lang", "fr").Has("C’est gardé.", "Langue des pages")
	v.Get("/account?lang=en").Has("Language of the pages")
	v.Get("/account").Has("Language of the pages") // what was chosen last
	elsewhere := h.Stranger()
	to := h.LinkFor(v.User, "/account")
	elsewhere.Submit(elsewhere.Get(linkIn(t, to)), "/link").Has("Langue des pages") // on another device the account's
	a := v.TryPost("/account?lang=fr", "name", " ", "lang", "fr").Wants(http.StatusBadRequest)
	a.Has("Il faut un nom")
	v.TryPost("/account", "name", "Ada", "lang", "tlh").Wants(http.StatusBadRequest)
}
