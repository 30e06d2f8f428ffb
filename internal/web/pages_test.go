package web

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
)

// Tests of every page there is, and of any that comes: a route of the table is
// visited here as soon as it stands there.

// seeded is what the tests of every page know by name.
type seeded struct {
	blob string
	job  int64
}

// evil is text that would be a program if a page let it.
const evil = `<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>"' onmouseover=alert(4) {{.}} ${7*7} <style>*{display:none}</style></textarea></title><svg onload=alert(5)>`

// seed fills a house with something of all kinds, in which whatever somebody
// else writes is hostile.
func (h *house) seed() {
	h.t.Helper()
	ctx := h.t.Context()
	check := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	check(settings.SetSettings(ctx, h.Store, map[string]string{KeyOrganisation: "Acme " + evil[:40], KeyRoster: "acme.example", KeyPublic: "on", KeyContact: "dpo@acme.example"}))
	author := "bo" + evil
	messages := []conversation.Message{
		message("1", author, "How does it work? "+evil, ago(50*time.Hour), func(m *conversation.Message) { m.Channel, m.Department = "forum"+evil[:60], "help"+evil[:60] }),
		message("2", "claire@acme.example", "Like this. "+evil, in("1", "1"), ours, ago(40*time.Hour)),
		message("3", author, "Thank you, @claire@acme.example! But why? "+evil, in("1", "2"), ago(39*time.Hour)),
		message("4", "dora@people.example", "Est-ce que quelqu’un peut m’aider ? "+evil, ago(30*time.Hour), func(m *conversation.Message) { m.Lang = "fr" }),
		message("5", "=cmd|'/c calc'!A1", "@SUM(1+1) please answer?", ago(20*time.Hour)),
	}
	for i := range 30 {
		messages = append(messages, message(strconv.Itoa(10+i), fmt.Sprintf("p%d@people.example", i), "Could you help me with this, please?", ago(time.Duration(i)*10*time.Hour)))
	}
	h.hears("forum", messages...)
	check(source.Save(ctx, h.Store, source.Source{Name: "forum", Kind: source.File, Title: "The forum " + evil, Config: "{}"}))
	_, err := inbox.SaveCannedReply(ctx, h.Store, inbox.CannedReply{Title: "Hello " + evil[:50], Lang: "en", Text: evil})
	check(err)
	_, err = notice.AddNotice(ctx, h.Store, notice.Notice{Kind: "source", Text: "demo.loaded", Link: "/inbox", Level: "info", Time: h.Now()})
	check(err)
	_, err = board.Thank(ctx, h.Store, board.Thanks{From: "dora@people.example", To: conversation.PersonID(author), Text: evil, Time: h.Now()})
	check(err)
	_, err = inbox.AddNote(ctx, h.Store, inbox.Note{Thread: "forum/1", By: 1, Text: evil, Time: h.Now()})
	check(err)
	_, err = hook.Save(ctx, h.Store, hook.Hook{URL: "https://hooks.example/" + url.QueryEscape(evil), Secret: "x"})
	check(err)
	_, _, err = account.NewToken(ctx, h.Store, account.Token{Kind: "api", User: 1, Name: evil, Scopes: []string{"read"}})
	check(err)
	check(account.Audit(ctx, h.Store, account.Act{Action: "=cmd" + evil, Subject: "=HYPERLINK(1)", Detail: evil}))
	h.known.blob, _, err = h.Store.SaveBlob(ctx, "evil\"><script>.jsonl", strings.NewReader(
		`{"id":"1","time":"2026-01-05T10:00:00Z","author":"<script>alert(1)</script>","text":"<script>alert(2)</script> How?"}`+"\n"+`{"id":"<img src=x onerror=alert(3)>"}`+"\n"))
	check(err)
	h.known.job, err = job.Enqueue(ctx, h.Store, job.Job{Kind: "import", Key: evil[:20], Payload: []byte(`{}`), Detail: evil})
	check(err)
	h.catchUp()
}

// example gives an address of a page's route with all that it needs to show
// something.
func (h *house) example(route Route) string {
	switch route.Path {
	case "/thread":
		return "/thread?id=" + url.QueryEscape("forum/1")
	case "/person", "/person/export", "/why":
		return route.Path + "?id=" + url.QueryEscape("bo"+evil)
	case "/sources/preview":
		return "/sources/preview?source=evil&blob=" + h.known.blob
	case "/sources/remove":
		return "/sources/remove?name=forum"
	case "/job":
		return "/job?id=" + strconv.FormatInt(h.known.job, 10)
	case "/signin":
		return "/signin?lang=en" // a page of its own only for who isn't in
	}
	return route.Path
}

// pages are the routes that somebody can see.
func pagesOf(t *testing.T) (list []Route) {
	t.Helper()
	for _, route := range Routes() {
		if route.Method == http.MethodGet && (route.Page || route.Path == "/api") {
			list = append(list, route)
		}
	}
	if len(list) < 10 {
		t.Fatalf("only %d pages", len(list))
	}
	return list
}

// visitors of a page: who sees most of it.
func (h *house) sees(route Route, admin *visitor) *visitor {
	if route.Path == "/signin" || route.Path == "/link" {
		return h.stranger()
	}
	return admin
}

// demo is a demonstration for tests.
func demo(c *Config) {
	c.Demo = func(ctx context.Context) error {
		if err := source.Save(ctx, c.Store, source.Source{Name: "demo", Kind: source.Demo, Title: "Portelune", Config: "{}"}); err != nil {
			return err
		}
		_, err := c.Store.Append(ctx, "demo", []conversation.Message{
			message("1", "zoe", "Where is my bike?", ago(50*time.Hour)), message("2", "yan", "And mine?", ago(30*time.Hour)), message("3", "xia", "Does it float?"),
		})
		return err
	}
}
