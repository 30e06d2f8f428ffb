package work_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web/webtest"
)

// An answer goes the whole way: a program brings the question, somebody answers
// it here, the program carries the answer out, and when it comes back as a
// message of its source it is known.
func TestAnswersAreCarriedOut(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Teammate)
	p := h.Program(ada.User, "write")
	const question = `{"id":"q1","time":"2026-01-05T10:00:00Z","author":"bo@people.example","side":"community","text":"How does it work?"}`
	bring(p, "/api/messages?source=fedi", "application/x-ndjson", question).Wants(http.StatusOK)
	h.CatchUp()
	kept, err := inbox.SendReply(t.Context(), h.Store, inbox.Reply{Thread: "fedi/q1", To: "fedi/q1", By: ada.User.ID, Author: "@acme", Text: "Like this.", Key: "1"})
	if err != nil {
		t.Fatal(err)
	}
	var out struct{ Messages []api.Answer }
	p.JSON("/api/outgoing?source=fedi", &out)
	if len(out.Messages) != 1 || out.Messages[0].ReplyTo != "q1" || out.Messages[0].Thread != "q1" || out.Messages[0].Author != "@acme" || out.Messages[0].ID != kept.ID {
		t.Fatalf("on the way out: %+v", out)
	}
	for range 2 { // told twice is told once
		p.PostJSON("/api/outgoing", map[string]string{"id": string(kept.ID), "ref": "a1"}).Wants(http.StatusOK)
	}
	p.JSON("/api/outgoing", &out)
	if len(out.Messages) != 0 {
		t.Errorf("still on the way: %+v", out)
	}
	back := bring(p, "/api/messages?source=fedi", "application/x-ndjson", `{"id":"a1","time":"2026-01-05T12:00:00Z","author":"@acme","side":"organisation","reply_to":"q1","text":"Like this."}`)
	var got brought
	if err := json.Unmarshal([]byte(back.Body), &got); err != nil || len(got.Results) != 1 || got.Results[0].Fate == store.Added || got.Results[0].Fate == store.Refused {
		t.Errorf("the answer came back as another message: %s", back.Body)
	}
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 2 {
		t.Errorf("there are %d messages: %v", n.Messages, err)
	}

	h.Hears("mail", webtest.Message("1", "bo", "How?"))
	other, err := inbox.SendReply(t.Context(), h.Store, inbox.Reply{Thread: "mail/1", To: "mail/1", By: ada.User.ID, Author: "@acme", Text: "So.", Key: "2"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{string(other.ID), "fedi/q1"} {
		p.PostJSON("/api/outgoing", map[string]string{"id": id}).Wants(http.StatusBadRequest)
	}
	p.PostJSON("/api/outgoing", map[string]string{"id": "fedi/none"}).Wants(http.StatusNotFound)
	h.Program(ada.User, "read").Try("/api/outgoing").Wants(http.StatusForbidden)
}
