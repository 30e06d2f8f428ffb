package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// A test of a page reads like a visit:
//
//	h := newHouse(t)                                  // a real store in a temporary folder
//	h.hears("forum", message("1", "ada", "How?"))     // messages come in
//	ada := h.as(store.Manager)                        // somebody signed in; h.stranger() isn't
//	page := ada.get("/inbox")                         // 200 and well-formed, or the test ends
//	page.has("How?")
//	next := ada.submit(page, "/thread/reply", "text", "Like this.") // a form of the page, filled in and sent
//	ada.post("/snooze", "thread", "forum/1")          // a form that is sent without being shown
//	ada.json("/api/inbox", &view)                     // the same as JSON
//
// What is wrong with an answer ends the test, with the page's own words.

// house is a server on a store of its own.
type house struct {
	*Server
	t     *testing.T
	mails []letter
	users int
	known seeded // what seed made
}

// BenchmarkVisit is what a page costs that shows next to nothing: the session, who
// asks, the layout.
func BenchmarkVisit(b *testing.B) {
	kept, err := store.Open(b.Context(), store.Options{Database: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(Config{Store: kept, Live: live.Open(kept, live.Options{})})
	if err != nil {
		b.Fatal(err)
	}
	u, err := account.SaveUser(b.Context(), kept, account.User{Name: "Ada", Role: account.Reader})
	if err != nil {
		b.Fatal(err)
	}
	ctx, err := s.sessions.Load(b.Context(), "")
	if err != nil || s.enter(ctx, u) != nil {
		b.Fatal(err)
	}
	token, _, err := s.sessions.Commit(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := httptest.NewRequest("GET", "/account", nil)
		r.AddCookie(&http.Cookie{Name: s.sessions.Cookie.Name, Value: token})
		out := httptest.NewRecorder()
		if s.ServeHTTP(out, r); out.Code != http.StatusOK {
			b.Fatal(out.Code)
		}
	}
	b.StopTimer()
	if err := kept.Close(); err != nil {
		b.Fatal(err)
	}
}

// letter is a mail that the house sent.
type letter struct{ To, Subject, Text string }

// newHouse makes a house on SQLite in a temporary folder; it sends mails into
// h.mails. Change the Config by tune.
func newHouse(t *testing.T, tune ...func(*Config)) *house {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Options{Database: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{t: t}
	c := Config{Store: kept, Live: live.Open(kept, live.Options{}), URL: "https://house.example", Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	h.send(&c)
	for _, change := range tune {
		change(&c)
	}
	if h.Server, err = New(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.shut)
	h.catchUp()
	return h
}

// shut ends the streams of open pages.
func (h *house) shut() {
	if err := h.Close(); err != nil {
		h.t.Error(err)
	}
}

// hears has messages come in by a source, which it makes, and the measures follow.
func (h *house) hears(name string, messages ...conversation.Message) {
	h.t.Helper()
	ctx := h.t.Context()
	if err := source.Save(ctx, h.Store, source.Source{Name: name, Kind: source.File, Title: name, Config: "{}", Made: h.Now()}); err != nil {
		h.t.Fatal(err)
	}
	told, err := h.Store.Append(ctx, name, messages)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range told {
		if one.Fate == store.Refused {
			h.t.Fatalf("%s refused: %s", one.ID, one.Why)
		}
	}
	h.catchUp()
}

// catchUp has the measures know all that happened.
func (h *house) catchUp() {
	h.t.Helper()
	if err := h.Live.CatchUp(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	if err := h.Live.Stand(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// message is something a person of the community said, two hours ago, in a
// thread of its own; change what should differ.
func message(id, author, text string, change ...func(*conversation.Message)) conversation.Message {
	m := conversation.Message{ID: conversation.MessageID(id), Author: conversation.PersonID(author), Side: conversation.Community,
		Time: time.Now().Add(-2 * time.Hour).UTC().Truncate(time.Second), Lang: "en", Channel: "forum", Text: text}
	for _, c := range change {
		c(&m)
	}
	return m
}

// in puts a message into a thread, as an answer to another.
func in(thread, to string) func(*conversation.Message) {
	return func(m *conversation.Message) {
		m.Thread, m.ReplyTo = conversation.ThreadID(thread), conversation.MessageID(to)
	}
}

// ago has a message said so long ago.
func ago(d time.Duration) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Time = time.Now().Add(-d).UTC().Truncate(time.Second) }
}

// ours has the organisation say it.
func ours(m *conversation.Message) { m.Side = conversation.Organisation }

// send has the house's mails kept in h.mails.
func (h *house) send(c *Config) {
	c.Mail = func(_ context.Context, to, subject, text string) error {
		h.mails = append(h.mails, letter{to, subject, text})
		return nil
	}
}
