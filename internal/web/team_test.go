package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/hook"
)

func TestInvitingByHand(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Mail = nil })
	admin := h.as(account.Admin)
	shown := admin.submit(admin.get("/team"), "/team/invite", "name", "Bo", "mail", "bo@acme.example", "role", "teammate")
	shown.has("A link for Bo", "only this once")
	to := attr(shown.one("input", "id", "secret"), "value")
	bo := h.stranger()
	bo.submit(bo.get(linkIn(t, to)), "/link").has("Who is waiting")
	h.stranger().get("/signin").has("No mail server is set up here")
	admin.tryPost("/team/invite", "name", "Bo", "mail", "BO@acme.example", "role", "teammate").wants(http.StatusConflict)
	admin.tryPost("/team/invite", "name", "Bo", "mail", "bo", "role", "teammate").wants(http.StatusBadRequest)
	admin.tryPost("/team/invite", "name", "Bo", "mail", "b@acme.example", "role", "owner").wants(http.StatusBadRequest)
}

func TestInvitingByMail(t *testing.T) {
	h := newHouse(t)
	admin := h.as(account.Admin)
	admin.post("/team/invite", "name", "Bo", "mail", "bo@acme.example", "role", "reader").has("on its way to bo@acme.example")
	h.still.Wait()
	bo := h.stranger()
	bo.submit(bo.get(linkIn(t, h.mails[0].Text)), "/link")
	bo.get("/account").has("reader")
}

func TestShuttingOut(t *testing.T) {
	h := newHouse(t)
	admin, bo := h.as(account.Admin), h.as(account.Manager)
	id := strconv.FormatInt(bo.User.ID, 10)
	admin.post("/team/link", "id", id).has("A link for " + bo.User.Name)
	page := admin.post("/team/disable", "id", id).has("is shut out")
	if a := bo.try("/settings"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("shut out, she still sees the settings: %s", a.Status)
	}
	admin.submit(page, "/team/enable").has("may come in again") // the notice's undo
	if a := bo.try("/settings"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("let in again, an old session opens: %s", a.Status)
	}
	own := strconv.FormatInt(admin.User.ID, 10)
	admin.tryPost("/team/disable", "id", own).wants(http.StatusBadRequest).has("Nobody else is admin")
	admin.tryPost("/team/save", "id", own, "name", "A", "mail", "a@acme.example", "role", "reader").wants(http.StatusBadRequest)
	admin.post("/team/save", "id", id, "name", "Bo", "mail", "bo@acme.example", "role", "admin", "person", "@bo").has("Bo is kept.")
	admin.post("/team/disable", "id", own) // now there is another
}

func TestAuditLog(t *testing.T) {
	h := newHouse(t)
	admin := h.as(account.Admin)
	admin.post("/settings", "organisation", "Acme")
	page := admin.get("/audit").has("changed a setting", "organisation", admin.User.Name)
	admin.submit(page, "/audit/verify").has("The log is whole.")
	for i := range 130 {
		if err := account.Audit(t.Context(), h.Store, account.Act{Action: "test", Subject: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	page = admin.get("/audit")
	if n := len(page.all(nil, "tr")); n != 101 {
		t.Errorf("%d lines on a page", n)
	}
	older := page.one("nav", "class", "pages")
	admin.get(attr(older.FirstChild, "href")).has("changed a setting").lacks("Older")
	csv := admin.get("/api/audit.csv")
	if n := strings.Count(csv.Body, "\r\n"); n < 132 {
		t.Errorf("the CSV has %d lines", n)
	}
}

func TestTokens(t *testing.T) {
	h := newHouse(t)
	ada := h.as(account.Manager)
	shown := ada.submit(ada.get("/tokens"), "/tokens", "name", "nightly", "scopes", "manage")
	secret := attr(shown.one("input", "id", "secret"), "value")
	ada.get("/tokens").has("nightly").lacks(secret)
	program := h.stranger()
	program.Token = secret
	program.get("/api/settings")
	program.try("/api/account").wants(http.StatusForbidden) // no token opens it
	program.try("/api/audit").wants(http.StatusForbidden)   // the scope does, her role doesn't
	program.Token = secret + "x"
	program.try("/api/settings").wants(http.StatusUnauthorized)

	bo := h.as(account.Teammate)
	bo.tryPost("/tokens", "name", "x", "scopes", "manage").wants(http.StatusBadRequest)
	bo.tryPost("/tokens", "name", "x").wants(http.StatusBadRequest)
	bo.get("/tokens").lacks("nightly")
	list, err := account.Tokens(t.Context(), h.Store, "api")
	if err != nil || len(list) != 1 {
		t.Fatalf("tokens: %v, %v", list, err)
	}
	id := strconv.FormatInt(list[0].ID, 10)
	bo.tryPost("/tokens/revoke", "id", id).wants(http.StatusNotFound)
	ada.post("/tokens/revoke", "id", id).has("opens nothing any more")
	program.Token = secret
	program.try("/api/settings").wants(http.StatusUnauthorized)
}

func TestHooks(t *testing.T) {
	h := newHouse(t)
	ada := h.as(account.Manager)
	shown := ada.submit(ada.get("/hooks"), "/hooks", "url", "https://hooks.acme.example/in", "kinds", "message").has("hooks.acme.example")
	secret := attr(shown.one("input", "id", "secret"), "value")
	list, err := hook.List(t.Context(), h.Store)
	if err != nil || len(list) != 1 || list[0].Secret != secret || len(list[0].Kinds) != 1 {
		t.Fatalf("hooks: %+v, %v", list, err)
	}
	page := ada.get("/hooks").has("https://hooks.acme.example/in").lacks(secret, "Try again")
	list[0].Off, list[0].Secret = time.Now(), ""
	if _, err := hook.Save(t.Context(), h.Store, list[0]); err != nil {
		t.Fatal(err)
	}
	ada.submit(ada.get("/hooks").has("given up on"), "/hooks/resume").has("is on again").lacks("Try again")
	if list, err = hook.List(t.Context(), h.Store); err != nil || list[0].Secret != secret || !list[0].Off.IsZero() {
		t.Errorf("on again: %+v, %v", list, err)
	}
	ada.tryPost("/hooks/resume", "id", "404").wants(http.StatusNotFound)
	for _, wrong := range []string{"", "hooks.acme.example", "ftp://a.example/", "http://a.example/", "https://u:p@a.example/", "javascript:alert(1)"} {
		ada.tryPost("/hooks", "url", wrong).wants(http.StatusBadRequest)
	}
	ada.submit(page, "/hooks/delete").has("The webhook is gone.")
}
