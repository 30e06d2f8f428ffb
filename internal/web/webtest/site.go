// Package webtest is the harness of the tests of pages. A test reads like a visit:
//
//	h := webtest.New(t)                                           // a real store in a temporary folder
//	h.Hears("forum", webtest.Message("1", "ada", "How?"))         // messages come in
//	ada := h.As(account.Manager)                                  // somebody signed in; h.Stranger() isn't
//	page := ada.Get("/inbox")                                     // 200 and well-formed, or the test ends
//	page.Has("How?")
//	ada.Submit(page, "/thread/reply", "text", "Like this.")       // a form of the page, filled in and sent
//	ada.Post("/thread/aside", "thread", "forum/1")                // a form that is sent without being shown
//	ada.JSON("/api/inbox", &view)                                 // the same as JSON
//
// What is wrong with an answer ends the test, with the page's own words. Every answer
// of the API is held to the document that programs are given; see Main.
package webtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
)

// Site is a server on a store of its own.
type Site struct {
	*web.Server
	T     *testing.T
	Mails []Mail
	users int
	Known Seeded // what seed made
}

// Mail is a mail that the server sent.
type Mail struct{ To, Subject, Text string }

// New makes a site on SQLite in a temporary folder; it sends mails into
// h.mails. Change the Config by tune.
func New(t *testing.T, tune ...func(*web.Config)) *Site {
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
	h := &Site{T: t}
	c := web.Config{Store: kept, Live: live.Open(kept, live.Options{}), URL: "https://house.example", Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	h.Send(&c)
	for _, change := range tune {
		change(&c)
	}
	if h.Server, err = web.New(c, routes.Pages()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Shut)
	h.CatchUp()
	return h
}

// Shut ends the streams of open pages.
func (h *Site) Shut() {
	if err := h.Close(); err != nil {
		h.T.Error(err)
	}
}

// Hears has messages come in by a source, which it makes, and the measures follow.
func (h *Site) Hears(name string, messages ...conversation.Message) {
	h.T.Helper()
	ctx := h.T.Context()
	if err := source.Save(ctx, h.Store, source.Source{Name: name, Kind: source.File, Title: name, Config: "{}", Made: h.Now()}); err != nil {
		h.T.Fatal(err)
	}
	told, err := h.Store.Append(ctx, name, messages)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, one := range told {
		if one.Fate == store.Refused {
			h.T.Fatalf("%s refused: %s", one.ID, one.Why)
		}
	}
	h.CatchUp()
}

// CatchUp has the measures know all that happened.
func (h *Site) CatchUp() {
	h.T.Helper()
	if err := h.Live.CatchUp(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	if err := h.Live.Stand(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

// Message is something a person of the community said, two hours ago, in a
// thread of its own; change what should differ.
func Message(id, author, text string, change ...func(*conversation.Message)) conversation.Message {
	m := conversation.Message{ID: conversation.MessageID(id), Author: conversation.PersonID(author), Side: conversation.Community,
		Time: time.Now().Add(-2 * time.Hour).UTC().Truncate(time.Second), Lang: "en", Channel: "forum", Text: text}
	for _, c := range change {
		c(&m)
	}
	return m
}

// In puts a message into a thread, as an answer to another.
func In(thread, to string) func(*conversation.Message) {
	return func(m *conversation.Message) {
		m.Thread, m.ReplyTo = conversation.ThreadID(thread), conversation.MessageID(to)
	}
}

// Ago has a message said so long ago.
func Ago(d time.Duration) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Time = time.Now().Add(-d).UTC().Truncate(time.Second) }
}

// Ours has the organisation say it.
func Ours(m *conversation.Message) { m.Side = conversation.Organisation }

// Send has the site's mails kept in h.mails.
func (h *Site) Send(c *web.Config) {
	c.Mail = func(_ context.Context, to, subject, text string) error {
		h.Mails = append(h.Mails, Mail{to, subject, text})
		return nil
	}
}

// LinkFor is an address at which a user signs in once, who then goes to next.
func (h *Site) LinkFor(u account.User, next string) string {
	h.T.Helper()
	secret, err := account.NewLink(h.T.Context(), h.Store, u, account.SignInLink, h.Now(), account.LinkLifetime)
	if err != nil {
		h.T.Fatal(err)
	}
	return h.SignInURL(secret, next)
}
