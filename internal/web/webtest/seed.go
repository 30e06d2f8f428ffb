package webtest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/hook"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
)

// Tests of every page there is, and of any that comes: a route of the table is
// visited here as soon as it stands there.

// Seeded is what the tests of every page know by name.
type Seeded struct {
	Blob string
	Job  int64
}

// Evil is text that would be a program if a page let it.
const Evil = `<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>"' onmouseover=alert(4) {{.}} ${7*7} <style>*{display:none}</style></textarea></title><svg onload=alert(5)>`

// Seed fills a house with something of all kinds, in which whatever somebody
// else writes is hostile.
func (h *Site) Seed() {
	h.T.Helper()
	ctx := h.T.Context()
	check := func(err error) {
		h.T.Helper()
		if err != nil {
			h.T.Fatal(err)
		}
	}
	check(settings.Set(ctx, h.Store, map[string]string{settings.KeyOrganisation: "Acme " + Evil[:40], settings.KeyRoster: "acme.example", settings.KeyPublic: "on", settings.KeyContact: "dpo@acme.example"}))
	author := "bo" + Evil
	messages := []conversation.Message{
		Message("1", author, "How does it work? "+Evil, Ago(50*time.Hour), func(m *conversation.Message) { m.Channel, m.Department = "forum"+Evil[:60], "help"+Evil[:60] }),
		Message("2", "claire@acme.example", "Like this. "+Evil, In("1", "1"), Ours, Ago(40*time.Hour)),
		Message("3", author, "Thank you, @claire@acme.example! But why? "+Evil, In("1", "2"), Ago(39*time.Hour)),
		Message("4", "dora@people.example", "Est-ce que quelqu’un peut m’aider ? "+Evil, Ago(30*time.Hour), func(m *conversation.Message) { m.Lang = "fr" }),
		Message("5", "=cmd|'/c calc'!A1", "@SUM(1+1) please answer?", Ago(20*time.Hour)),
	}
	for i := range 30 {
		messages = append(messages, Message(strconv.Itoa(10+i), fmt.Sprintf("p%d@people.example", i), "Could you help me with this, please?", Ago(time.Duration(i)*10*time.Hour)))
	}
	h.Hears("forum", messages...)
	check(source.Save(ctx, h.Store, source.Source{Name: "forum", Kind: source.File, Title: "The forum " + Evil, Config: "{}"}))
	_, err := inbox.SaveCannedReply(ctx, h.Store, inbox.CannedReply{Title: "Hello " + Evil[:50], Lang: "en", Text: Evil})
	check(err)
	_, err = notice.AddNotice(ctx, h.Store, notice.Notice{Kind: "source", Text: "demo.loaded", Link: "/inbox", Level: "info", Time: h.Now()})
	check(err)
	_, err = board.Thank(ctx, h.Store, board.Thanks{From: "dora@people.example", To: conversation.PersonID(author), Text: Evil, Time: h.Now()})
	check(err)
	_, err = inbox.AddNote(ctx, h.Store, inbox.Note{Thread: "forum/1", By: 1, Text: Evil, Time: h.Now()})
	check(err)
	_, err = hook.Save(ctx, h.Store, hook.Hook{URL: "https://hooks.example/" + url.QueryEscape(Evil), Secret: "x"})
	check(err)
	_, _, err = account.NewToken(ctx, h.Store, account.Token{Kind: "api", User: 1, Name: Evil, Scopes: []string{"read"}})
	check(err)
	check(account.Audit(ctx, h.Store, account.Act{Action: "=cmd" + Evil, Subject: "=HYPERLINK(1)", Detail: Evil}))
	h.Known.Blob, _, err = h.Store.SaveBlob(ctx, "evil\"><script>.jsonl", strings.NewReader(
		`{"id":"1","time":"2026-01-05T10:00:00Z","author":"<script>alert(1)</script>","text":"<script>alert(2)</script> How?"}`+"\n"+`{"id":"<img src=x onerror=alert(3)>"}`+"\n"))
	check(err)
	h.Known.Job, err = job.Enqueue(ctx, h.Store, job.Job{Kind: "import", Key: Evil[:20], Payload: []byte(`{}`), Detail: Evil})
	check(err)
	h.CatchUp()
}

// Example gives an address of a page's route with all that it needs to show
// something.
func (h *Site) Example(route web.Route) string {
	switch route.Path {
	case "/thread":
		return "/thread?id=" + url.QueryEscape("forum/1")
	case "/person", "/person/export", "/why":
		return route.Path + "?id=" + url.QueryEscape("bo"+Evil)
	case "/sources/preview":
		return "/sources/preview?source=evil&blob=" + h.Known.Blob
	case "/sources/remove":
		return "/sources/remove?name=forum"
	case "/job":
		return "/job?id=" + strconv.FormatInt(h.Known.Job, 10)
	case "/signin":
		return "/signin?lang=en" // a page of its own only for who isn't in
	}
	return route.Path
}

// Pages are the routes that somebody can see.
func Pages(t *testing.T) (list []web.Route) {
	t.Helper()
	for _, route := range routes.All() {
		if route.Method == http.MethodGet && (route.Page || route.Path == "/api") {
			list = append(list, route)
		}
	}
	if len(list) < 10 {
		t.Fatalf("only %d pages", len(list))
	}
	return list
}

// Sees gives the visitor who most of a page.
func (h *Site) Sees(route web.Route, admin *Visitor) *Visitor {
	if route.Path == "/signin" || route.Path == "/link" {
		return h.Stranger()
	}
	return admin
}

// Demo is a demonstration for tests.
func Demo(c *web.Config) {
	c.Demo = func(ctx context.Context) error {
		if err := source.Save(ctx, c.Store, source.Source{Name: "demo", Kind: source.Demo, Title: "Portelune", Config: "{}"}); err != nil {
			return err
		}
		_, err := c.Store.Append(ctx, "demo", []conversation.Message{
			Message("1", "zoe", "Where is my bike?", Ago(50*time.Hour)), Message("2", "yan", "And mine?", Ago(30*time.Hour)), Message("3", "xia", "Does it float?"),
		})
		return err
	}
}
