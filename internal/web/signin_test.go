package web

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
	h := newHouse(t)
	ada := h.as(account.Teammate).User
	v := h.stranger()
	page := v.get("/account") // leads to signing in
	page.has("Sign in", "Your mail address")
	v.submit(page, "/signin", "mail", ada.Mail).has("If we know this address")
	h.still.Wait()
	if len(h.mails) != 1 || h.mails[0].To != ada.Mail {
		t.Fatalf("mails: %v", h.mails)
	}
	to := linkIn(t, h.mails[0].Text)

	before := v.cookies["__Host-entregent"]
	v.get(to) // a mail reader may look: that spends nothing
	opened := v.get(to)
	in := v.submit(opened, "/link")
	in.has("Your account") // where she wanted to go
	if in.Path != "/account" {
		t.Errorf("after signing in: %s", in.Path)
	}
	if now := v.cookies["__Host-entregent"]; now == "" || now == before {
		t.Error("signing in left the cookie as it was: whoever planted it is in too")
	}
	h.stranger().tryPost("/link", "token", attr(opened.one("input", "name", "token"), "value")).wants(http.StatusGone)
	v.submit(in, "/signout").has("You are signed out.")
	if a := v.try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("signed out, /account: %s", a.Status)
	}
}

// Nobody learns from here who has an account: what is told, shown and counted is
// the same.
func TestNobodyIsTold(t *testing.T) {
	h := newHouse(t)
	known := h.as(account.Manager).User
	gone := h.as(account.Manager).User
	gone.Disabled = time.Now()
	if _, err := account.SaveUser(t.Context(), h.Store, gone); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, to := range []string{known.Mail, gone.Mail, "nobody@elsewhere.example"} {
		a := h.stranger().post("/signin", "mail", to)
		if first == "" {
			first = a.Body
		}
		if a.Body != first {
			t.Errorf("%s is told something else:\n%s\n%s", to, a.Body, first)
		}
	}
	h.still.Wait()
	if len(h.mails) != 1 {
		t.Errorf("%d mails went out, not one", len(h.mails))
	}
	for range 3 {
		h.stranger().post("/signin", "mail", "nobody@elsewhere.example")
	}
	for range 2 {
		h.stranger().tryPost("/signin", "mail", "nobody@elsewhere.example")
	}
	h.stranger().tryPost("/signin", "mail", "nobody@elsewhere.example").wants(http.StatusTooManyRequests)
}

func TestLinksGrowOld(t *testing.T) {
	now := time.Now()
	h := newHouse(t, func(c *Config) { c.Now = func() time.Time { return now } })
	u := h.as(account.Reader).User
	now = now.Add(-16 * time.Minute) // it was made then
	to, err := h.link(t.Context(), u, "link", linkLasts, "")
	if err != nil {
		t.Fatal(err)
	}
	v := h.stranger()
	page := v.get(linkIn(t, to))
	v.tryPost("/link", "token", attr(page.one("input", "name", "token"), "value")).wants(http.StatusGone)
	v.tryPost("/link", "token", "").wants(http.StatusGone)
}

func TestFirstLink(t *testing.T) {
	h := newHouse(t)
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
	v := h.stranger()
	v.submit(v.get(linkIn(t, to)), "/link")
	if err := settings.SetSettings(t.Context(), h.Store, map[string]string{KeyOrganisation: "Portelune"}); err != nil {
		t.Fatal(err)
	}
	if none, err := h.FirstLink(t.Context()); none != "" || err != nil {
		t.Errorf("a house that is set up still prints a link: %q, %v", none, err)
	}
	// Whoever keeps the machine lets her in again, when nothing else does.
	if to, err = h.Link(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	w := h.stranger()
	w.submit(w.get(linkIn(t, to)), "/link")
	w.get("/team")
	if _, err := h.Link(t.Context(), "nobody@house.example"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a link for nobody: %v", err)
	}
}

// A session ends where it should: elsewhere when she says so, everywhere when
// she is disabled, by itself after a week without a visit.
func TestSessionsEnd(t *testing.T) {
	now := time.Now()
	h := newHouse(t, func(c *Config) { c.Now = func() time.Time { return now } })
	office := h.as(account.Teammate)
	home := h.stranger()
	to, err := h.link(t.Context(), office.User, "link", linkLasts, "/account")
	if err != nil {
		t.Fatal(err)
	}
	home.submit(home.get(linkIn(t, to)), "/link")
	now = now.Add(time.Minute)
	home.submit(home.get("/account"), "/account/sessions").has("Your other sessions are ended.")
	if a := office.try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the other session goes on: %s", a.Status)
	}
	for range 3 {
		now = now.Add(3 * 24 * time.Hour)
		home.get("/account")
	}
	now = now.Add(8 * 24 * time.Hour)
	if a := home.try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("after eight days without a visit: %s", a.Status)
	}

	other := h.as(account.Teammate)
	other.get("/account")
	u := other.User
	u.Disabled = now
	if _, err := account.SaveUser(t.Context(), h.Store, u); err != nil {
		t.Fatal(err)
	}
	if a := other.try("/account"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("disabled, she still comes in: %s", a.Status)
	}
}

func TestLocal(t *testing.T) {
	for next, want := range map[string]string{
		"/inbox?page=2": "/inbox?page=2", "": "/", "//evil.example": "/", "https://evil.example/": "/", "/\\evil.example": "/",
		"javascript:alert(1)": "/", "inbox": "/", "/\tevil": "/", "/%2f/evil": "/", "/a/../../b": "/a/../../b",
	} {
		if got := local(next); got != want {
			t.Errorf("next=%q leads to %q, not %q", next, got, want)
		}
	}
}

func TestAccount(t *testing.T) {
	h := newHouse(t)
	v := h.as(account.Reader)
	v.submit(v.get("/account"), "/account", "name", "Ada Lovelace", "lang", "fr").has("C’est gardé.", "Langue des pages")
	v.get("/account?lang=en").has("Language of the pages")
	v.get("/account").has("Language of the pages") // what was chosen last
	elsewhere := h.stranger()
	to, err := h.link(t.Context(), v.User, "link", linkLasts, "/account")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere.submit(elsewhere.get(linkIn(t, to)), "/link").has("Langue des pages") // on another device the account's
	a := v.tryPost("/account?lang=fr", "name", " ", "lang", "fr").wants(http.StatusBadRequest)
	a.has("Il faut un nom")
	v.tryPost("/account", "name", "Ada", "lang", "tlh").wants(http.StatusBadRequest)
}
