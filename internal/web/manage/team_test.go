package manage_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/hook"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestInvitingByHand(t *testing.T) {
	h := webtest.New(t, func(c *web.Config) { c.Mail = nil })
	admin := h.As(account.Admin)
	shown := admin.Submit(admin.Get("/team"), "/team/invite", "name", "Bo", "mail", "bo@acme.example", "role", "teammate")
	shown.Has("A link for Bo", "only this once")
	to := webtest.Attr(shown.One("input", "id", "secret"), "value")
	bo := h.Stranger()
	bo.Submit(bo.Get(linkIn(t, to)), "/link").Has("Who is waiting")
	h.Stranger().Get("/signin").Has("No mail server is set up here")
	admin.TryPost("/team/invite", "name", "Bo", "mail", "BO@acme.example", "role", "teammate").Wants(http.StatusConflict)
	admin.TryPost("/team/invite", "name", "Bo", "mail", "bo", "role", "teammate").Wants(http.StatusBadRequest)
	admin.TryPost("/team/invite", "name", "Bo", "mail", "b@acme.example", "role", "owner").Wants(http.StatusBadRequest)
}

func TestInvitingByMail(t *testing.T) {
	h := webtest.New(t)
	admin := h.As(account.Admin)
	admin.Post("/team/invite", "name", "Bo", "mail", "bo@acme.example", "role", "reader").Has("on its way to bo@acme.example")
	h.Wait()
	bo := h.Stranger()
	bo.Submit(bo.Get(linkIn(t, h.Mails[0].Text)), "/link")
	bo.Get("/account").Has("reader")
}

func TestShuttingOut(t *testing.T) {
	h := webtest.New(t)
	admin, bo := h.As(account.Admin), h.As(account.Manager)
	id := strconv.FormatInt(bo.User.ID, 10)
	admin.Post("/team/link", "id", id).Has("A link for " + bo.User.Name)
	page := admin.Post("/team/disable", "id", id).Has("is shut out")
	if a := bo.Try("/settings"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("shut out, she still sees the settings: %s", a.Status)
	}
	admin.Submit(page, "/team/enable").Has("may come in again") // the notice's undo
	if a := bo.Try("/settings"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("let in again, an old session opens: %s", a.Status)
	}
	own := strconv.FormatInt(admin.User.ID, 10)
	admin.TryPost("/team/disable", "id", own).Wants(http.StatusBadRequest).Has("Nobody else is admin")
	admin.TryPost("/team/save", "id", own, "name", "A", "mail", "a@acme.example", "role", "reader").Wants(http.StatusBadRequest)
	admin.Post("/team/save", "id", id, "name", "Bo", "mail", "bo@acme.example", "role", "admin", "person", "@bo").Has("Bo is kept.")
	admin.Post("/team/disable", "id", own) // now there is another
}

func TestAuditLog(t *testing.T) {
	h := webtest.New(t)
	admin := h.As(account.Admin)
	admin.Post("/settings", "organisation", "Acme")
	page := admin.Get("/audit").Has("changed a setting", "organisation", admin.User.Name)
	admin.Submit(page, "/audit/verify").Has("The log is whole.")
	for i := range 130 {
		if err := account.Audit(t.Context(), h.Store, account.Act{Action: "test", Subject: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	page = admin.Get("/audit")
	if n := len(page.All(nil, "tr")); n != 101 {
		t.Errorf("%d lines on a page", n)
	}
	older := page.One("nav", "class", "pages")
	admin.Get(webtest.Attr(older.FirstChild, "href")).Has("changed a setting").Lacks("Older")
	csv := admin.Get("/api/audit.csv")
	if n := strings.Count(csv.Body, "\r\n"); n < 132 {
		t.Errorf("the CSV has %d lines", n)
	}
}

func TestTokens(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Manager)
	shown := ada.Submit(ada.Get("/tokens"), "/tokens", "name", "nightly", "scopes", "manage")
	secret := webtest.Attr(shown.One("input", "id", "secret"), "value")
	ada.Get("/tokens").Has("nightly").Lacks(secret)
	program := h.Stranger()
	program.Token = secret
	program.Get("/api/settings")
	program.Try("/api/account").Wants(http.StatusForbidden) // no token opens it
	program.Try("/api/audit").Wants(http.StatusForbidden)   // the scope does, her role doesn't
	program.Token = secret + "x"
	program.Try("/api/settings").Wants(http.StatusUnauthorized)

	bo := h.As(account.Teammate)
	bo.TryPost("/tokens", "name", "x", "scopes", "manage").Wants(http.StatusBadRequest)
	bo.TryPost("/tokens", "name", "x").Wants(http.StatusBadRequest)
	bo.Get("/tokens").Lacks("nightly")
	list, err := account.Tokens(t.Context(), h.Store, "api")
	if err != nil || len(list) != 1 {
		t.Fatalf("tokens: %v, %v", list, err)
	}
	id := strconv.FormatInt(list[0].ID, 10)
	bo.TryPost("/tokens/revoke", "id", id).Wants(http.StatusNotFound)
	ada.Post("/tokens/revoke", "id", id).Has("opens nothing any more")
	program.Token = secret
	program.Try("/api/settings").Wants(http.StatusUnauthorized)
}

func TestHooks(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Manager)
	shown := ada.Submit(ada.Get("/hooks"), "/hooks", "url", "https://hooks.acme.example/in", "kinds", "message").Has("hooks.acme.example")
	secret := webtest.Attr(shown.One("input", "id", "secret"), "value")
	list, err := hook.List(t.Context(), h.Store)
	if err != nil || len(list) != 1 || list[0].Secret != secret || len(list[0].Kinds) != 1 {
		t.Fatalf("hooks: %+v, %v", list, err)
	}
	page := ada.Get("/hooks").Has("https://hooks.acme.example/in").Lacks(secret, "Try again")
	list[0].Off, list[0].Secret = time.Now(), ""
	if _, err := hook.Save(t.Context(), h.Store, list[0]); err != nil {
		t.Fatal(err)
	}
	ada.Submit(ada.Get("/hooks").Has("given up on"), "/hooks/resume").Has("is on again").Lacks("Try again")
	if list, err = hook.List(t.Context(), h.Store); err != nil || list[0].Secret != secret || !list[0].Off.IsZero() {
		t.Errorf("on again: %+v, %v", list, err)
	}
	ada.TryPost("/hooks/resume", "id", "404").Wants(http.StatusNotFound)
	for _, wrong := range []string{"", "hooks.acme.example", "ftp://a.example/", "http://a.example/", "https://u:p@a.example/", "javascript:alert(1)"} {
		ada.TryPost("/hooks", "url", wrong).Wants(http.StatusBadRequest)
	}
	ada.Submit(page, "/hooks/delete").Has("The webhook is gone.")
}
