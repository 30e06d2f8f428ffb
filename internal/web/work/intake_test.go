package work_test

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
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web/webtest"
)

// brought is what a program is told.
type brought struct {
	Results     []api.Result
	UnknownSide int `json:"unknown_side"`
}

// bring sends lines as a program does.
func bring(v *webtest.Visitor, to, kind, body string) webtest.Answer {
	v.Site.T.Helper()
	r := httptest.NewRequest("POST", to, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "none")
	return v.Do(r)
}

// fates is what became of each line, in one word each.
func fates(a webtest.Answer) string {
	a.T.Helper()
	var got brought
	if err := json.Unmarshal([]byte(a.Wants(http.StatusOK).Body), &got); err != nil {
		a.T.Fatal(err)
	}
	var list []string
	for _, f := range got.Results {
		list = append(list, string(f.Fate))
		if (f.Why != "") != (f.Fate == store.Refused) {
			a.T.Errorf("line %d is %s because %q", f.Line, f.Fate, f.Why)
		}
	}
	return strings.Join(list, " ")
}

func TestBringingMessages(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Teammate)
	p := h.Program(ada.User, "write")
	if err := settings.Set(t.Context(), h.Store, map[string]string{settings.KeyRoster: "acme.example"}); err != nil {
		t.Fatal(err)
	}
	lines := `{"id":"1","time":"2026-01-05T10:00:00Z","author":"bo@people.example","text":"How?"}

{"id":"2","time":"2026-01-05T11:00:00Z","author":"cy@acme.example","reply_to":"1","text":"Like this."}
not json
{"id":"3","author":"bo@people.example","text":"no time"}
{"id":"1","time":"2026-01-05T12:00:00Z","author":"bo@people.example","text":"twice"}
{"id":"4","time":"2026-01-05T12:00:00Z","author":"bo@people.example","reply_to":"2","text":"Thank you!"}`
	const to = "/api/messages?source=forum"
	if got := fates(bring(p, to, "application/x-ndjson", lines)); got != "added added refused refused refused added" {
		t.Errorf("the first time: %s", got)
	}
	if got := fates(bring(p, to, "application/x-ndjson", lines)); got != "same same refused refused refused same" {
		t.Errorf("again: %s", got)
	}
	var told brought
	a := bring(p, "/api/messages?source=later", "application/x-ndjson", `{"id":"1","time":"9999-12-31T00:00:00Z","text":"x"}`+"\nnonsense\n"+`{"id":"2","time":"2026-01-05T10:00:00Z","author":"x","text":"x"}`)
	if got := fates(a); got != "refused refused added" || json.Unmarshal([]byte(a.Body), &told) != nil || !strings.HasPrefix(told.Results[0].Why, "future-time") ||
		strings.Contains(told.Results[1].Why, "ends") || told.UnknownSide != 0 {
		t.Errorf("%s: %+v", got, told)
	}
	object := `{"source":"forum","messages":[
		{"id":"2","time":"2026-01-05T11:00:00Z","author":"cy@acme.example","reply_to":"1","text":"Like that."},
		{"id":"5","time":"2026-01-06T11:00:00Z","author":"bo@people.example","reply_to":"4",
		 "text":"And then?"}]}`
	if got := fates(bring(p, "/api/messages", "application/json", object)); got != "edited added" {
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
	h := webtest.New(t)
	ada := h.As(account.Manager)
	h.Hears("mail", webtest.Message("1", "bo", "How?"))
	write, read := h.Program(ada.User, "write"), h.Program(ada.User, "read")
	const one = `{"id":"9","time":"2026-01-05T10:00:00Z","text":"x"}`
	bring(read, "/api/messages?source=a", "application/x-ndjson", one).Wants(http.StatusForbidden)
	bring(h.Program(h.As(account.Reader).User, "write"), "/api/messages?source=a", "application/x-ndjson", one).Wants(http.StatusForbidden)
	bring(h.Stranger(), "/api/messages?source=a", "application/x-ndjson", one).Wants(http.StatusUnauthorized)
	for _, bad := range []struct{ to, kind, body string }{
		{"/api/messages", "application/x-ndjson", one}, {"/api/messages?source=../x", "application/x-ndjson", one}, {"/api/messages?source=mail", "application/x-ndjson", one},
		{"/api/messages?source=a", "text/plain", one}, {"/api/messages", "application/json", one}, {"/api/messages", "application/json", "["}, {"/api/messages", "application/json", ""},
	} {
		bring(write, bad.to, bad.kind, bad.body).Wants(http.StatusBadRequest)
	}
	bring(write, "/api/messages?source=a", "application/x-ndjson", strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 33)).Wants(http.StatusRequestEntityTooLarge)
	if list, _ := source.List(t.Context(), h.Store); len(list) != 1 {
		t.Errorf("refused batches made sources: %v", list)
	}
	var told brought
	if a := bring(write, "/api/messages?source=b", "application/x-ndjson", one); json.Unmarshal([]byte(a.Body), &told) != nil || told.UnknownSide != 1 {
		t.Errorf("nobody is known as us: %s", a.Body)
	}
	if got := fates(bring(write, "/api/messages?source=a", "application/x-ndjson", "")); got != "" {
		t.Errorf("nothing: %s", got)
	}
}
