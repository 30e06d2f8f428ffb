package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// program gives a visitor with a token of a user with these scopes.
func (h *house) program(u account.User, scopes ...string) *visitor {
	h.t.Helper()
	secret, _, err := account.NewToken(h.t.Context(), h.Store, account.Token{Kind: "api", User: u.ID, Name: "test", Scopes: scopes, Made: h.Now()})
	if err != nil {
		h.t.Fatal(err)
	}
	v := h.stranger()
	v.Token = secret
	return v
}

// bring sends lines as a program does.
func (v *visitor) bring(to, kind, body string) answer {
	v.h.t.Helper()
	r := httptest.NewRequest("POST", to, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "none")
	return v.do(r)
}

// fates is what became of each line, in one word each.
func (a answer) fates() string {
	a.t.Helper()
	var got brought
	if err := json.Unmarshal([]byte(a.wants(http.StatusOK).Body), &got); err != nil {
		a.t.Fatal(err)
	}
	var list []string
	for _, f := range got.Results {
		list = append(list, string(f.Fate))
		if (f.Why != "") != (f.Fate == store.Refused) {
			a.t.Errorf("line %d is %s because %q", f.Line, f.Fate, f.Why)
		}
	}
	return strings.Join(list, " ")
}

func TestBringingMessages(t *testing.T) {
	h := newHouse(t)
	ada := h.as(account.Teammate)
	p := h.program(ada.User, "write")
	if err := settings.SetSettings(t.Context(), h.Store, map[string]string{KeyRoster: "acme.example"}); err != nil {
		t.Fatal(err)
	}
	lines := `{"id":"1","time":"2026-01-05T10:00:00Z","author":"bo@people.example","text":"How?"}

{"id":"2","time":"2026-01-05T11:00:00Z","author":"cy@acme.example","reply_to":"1","text":"Like this."}
not json
{"id":"3","author":"bo@people.example","text":"no time"}
{"id":"1","time":"2026-01-05T12:00:00Z","author":"bo@people.example","text":"twice"}
{"id":"4","time":"2026-01-05T12:00:00Z","author":"bo@people.example","reply_to":"2","text":"Thank you!"}`
	const to = "/api/messages?source=forum"
	if got := p.bring(to, "application/x-ndjson", lines).fates(); got != "added added refused refused refused added" {
		t.Errorf("the first time: %s", got)
	}
	if got := p.bring(to, "application/x-ndjson", lines).fates(); got != "same same refused refused refused same" {
		t.Errorf("again: %s", got)
	}
	var told brought
	a := p.bring("/api/messages?source=later", "application/x-ndjson", `{"id":"1","time":"9999-12-31T00:00:00Z","text":"x"}`+"\nnonsense\n"+`{"id":"2","time":"2026-01-05T10:00:00Z","author":"x","text":"x"}`)
	if got := a.fates(); got != "refused refused added" || json.Unmarshal([]byte(a.Body), &told) != nil || !strings.HasPrefix(told.Results[0].Why, "future-time") ||
		strings.Contains(told.Results[1].Why, "ends") || told.UnknownSide != 0 {
		t.Errorf("%s: %+v", got, told)
	}
	object := `{"source":"forum","messages":[
		{"id":"2","time":"2026-01-05T11:00:00Z","author":"cy@acme.example","reply_to":"1","text":"Like that."},
		{"id":"5","time":"2026-01-06T11:00:00Z","author":"bo@people.example","reply_to":"4",
		 "text":"And then?"}]}`
	if got := p.bring("/api/messages", "application/json", object).fates(); got != "edited added" {
		t.Errorf("as an object: %s", got)
	}
	for id, thread := range map[string]string{"1": "forum/1", "2": "forum/1", "4": "forum/1", "5": "forum/1"} {
		m, err := h.Store.Message(t.Context(), conversation.MessageID("forum/"+id))
		if err != nil || string(m.Thread) != thread {
			t.Errorf("message %s is in %s: %v", id, m.Thread, err)
		}
		if id == "2" && (m.Side.String() != "organisation" || m.Text != "Like that.") {
			t.Errorf("message 2: %+v", m)
		}
	}
}

func TestBringingWhatCannotBe(t *testing.T) {
	h := newHouse(t)
	ada := h.as(account.Manager)
	h.hears("mail", message("1", "bo", "How?"))
	write, read := h.program(ada.User, "write"), h.program(ada.User, "read")
	const one = `{"id":"9","time":"2026-01-05T10:00:00Z","text":"x"}`
	read.bring("/api/messages?source=a", "application/x-ndjson", one).wants(http.StatusForbidden)
	h.program(h.as(account.Reader).User, "write").bring("/api/messages?source=a", "application/x-ndjson", one).wants(http.StatusForbidden)
	h.stranger().bring("/api/messages?source=a", "application/x-ndjson", one).wants(http.StatusUnauthorized)
	for _, bad := range []struct{ to, kind, body string }{
		{"/api/messages", "application/x-ndjson", one}, {"/api/messages?source=../x", "application/x-ndjson", one}, {"/api/messages?source=mail", "application/x-ndjson", one},
		{"/api/messages?source=a", "text/plain", one}, {"/api/messages", "application/json", one}, {"/api/messages", "application/json", "["}, {"/api/messages", "application/json", ""},
	} {
		write.bring(bad.to, bad.kind, bad.body).wants(http.StatusBadRequest)
	}
	write.bring("/api/messages?source=a", "application/x-ndjson", strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 33)).wants(http.StatusRequestEntityTooLarge)
	if list, _ := source.List(t.Context(), h.Store); len(list) != 1 {
		t.Errorf("refused batches made sources: %v", list)
	}
	var told brought
	if a := write.bring("/api/messages?source=b", "application/x-ndjson", one); json.Unmarshal([]byte(a.Body), &told) != nil || told.UnknownSide != 1 {
		t.Errorf("nobody is known as us: %s", a.Body)
	}
	if got := write.bring("/api/messages?source=a", "application/x-ndjson", "").fates(); got != "" {
		t.Errorf("nothing: %s", got)
	}
}
