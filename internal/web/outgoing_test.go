package web

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/store"
)

// An answer goes the whole way: a program brings the question, somebody answers
// it here, the program carries the answer out, and when it comes back as a
// message of its source it is known.
func TestAnswersAreCarriedOut(t *testing.T) {
	h := newHouse(t)
	ada := h.as(account.Teammate)
	p := h.program(ada.User, "write")
	const question = `{"id":"q1","time":"2026-01-05T10:00:00Z","author":"bo@people.example","side":"community","text":"How does it work?"}`
	p.bring("/api/messages?source=fedi", "application/x-ndjson", question).wants(http.StatusOK)
	h.catchUp()
	kept, err := inbox.SendReply(t.Context(), h.Store, inbox.Reply{Thread: "fedi/q1", To: "fedi/q1", By: ada.User.ID, Author: "@acme", Text: "Like this.", Key: "1"})
	if err != nil {
		t.Fatal(err)
	}
	var out outgoingView
	p.json("/api/outgoing?source=fedi", &out)
	if len(out.Messages) != 1 || out.Messages[0].ReplyTo != "q1" || out.Messages[0].Thread != "q1" || out.Messages[0].Author != "@acme" || out.Messages[0].ID != kept.ID {
		t.Fatalf("on the way out: %+v", out)
	}
	for range 2 { // told twice is told once
		p.postJSON("/api/outgoing", map[string]string{"id": string(kept.ID), "ref": "a1"}).wants(http.StatusOK)
	}
	p.json("/api/outgoing", &out)
	if len(out.Messages) != 0 {
		t.Errorf("still on the way: %+v", out)
	}
	back := p.bring("/api/messages?source=fedi", "application/x-ndjson", `{"id":"a1","time":"2026-01-05T12:00:00Z","author":"@acme","side":"organisation","reply_to":"q1","text":"Like this."}`)
	var got brought
	if err := json.Unmarshal([]byte(back.Body), &got); err != nil || len(got.Results) != 1 || got.Results[0].Fate == store.Added || got.Results[0].Fate == store.Refused {
		t.Errorf("the answer came back as another message: %s", back.Body)
	}
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 2 {
		t.Errorf("there are %d messages: %v", n.Messages, err)
	}

	h.hears("mail", message("1", "bo", "How?"))
	other, err := inbox.SendReply(t.Context(), h.Store, inbox.Reply{Thread: "mail/1", To: "mail/1", By: ada.User.ID, Author: "@acme", Text: "So.", Key: "2"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{string(other.ID), "fedi/q1"} {
		p.postJSON("/api/outgoing", map[string]string{"id": id}).wants(http.StatusBadRequest)
	}
	p.postJSON("/api/outgoing", map[string]string{"id": "fedi/none"}).wants(http.StatusNotFound)
	h.program(ada.User, "read").try("/api/outgoing").wants(http.StatusForbidden)
}
