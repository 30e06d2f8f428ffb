package work_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web/webtest"
)

// An answer written here is kept, goes out by the way the question came, and ends
// the wait at once.
func TestAnswering(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	page := kim.Get("/thread?message=forum/3").Has("Where can I find the manual?", "waits for an answer", "Next in line")
	after := kim.Submit(page, "/thread/reply", "text", "It is on the website, under Help: page 12 of the manual tells about the pump.")
	after.Has("Your answer is kept, and written to the file", "It is on the website", "on its way").Lacks("waits for an answer")
	if got := kim.IDs("waiting"); slices.Contains(got, "forum/3") || len(got) != 3 {
		t.Errorf("after the answer %v wait", got)
	}
	sent, err := h.Store.Messages(t.Context(), store.Range{Sending: store.Queued})
	if err != nil || len(sent) != 1 {
		t.Fatalf("%d answers to send: %v", len(sent), err)
	}
	m := sent[0]
	if m.Source != "forum" || m.Channel != "mail" || m.ReplyTo != "forum/3" || m.Side != conversation.Organisation || string(m.Author) != kim.User.Person {
		t.Errorf("the answer is %+v", m)
	}
}

// The same form sent twice, by a nervous finger, makes one answer.
func TestAnsweringOnce(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	page := kim.Get("/thread?message=forum/3")
	for range 2 {
		kim.Submit(page, "/thread/reply", "text", "It is on the website, under Help.", "seen", "0")
	}
	if sent, err := h.Store.Messages(t.Context(), store.Range{Sending: store.Queued}); err != nil || len(sent) != 1 {
		t.Fatalf("%d answers: %v", len(sent), err)
	}
}

// Two people answer at once: the second is told, and what she wrote is still there.
func TestTwoAnswerAtOnce(t *testing.T) {
	h := webtest.Market(t)
	kim, lea := h.As(account.Teammate), h.As(account.Manager)
	page := kim.Get("/thread?message=forum/3")
	theirs := lea.Get("/thread?message=forum/3").Has(kim.User.Name + " has this thread open too.")
	lea.Submit(theirs, "/thread/reply", "text", "Here it is: the manual is on our site.")
	_, sent := page.Form("/thread/reply")
	sent.Set("text", "My own precious words.")
	late := kim.TryPost("/thread/reply", "thread", sent.Get("thread"), "to", sent.Get("to"), "text", sent.Get("text"), "key", sent.Get("key"), "seen", sent.Get("seen"))
	late.Wants(http.StatusBadRequest).Has("Somebody answered here while you were writing", "My own precious words.")
	kim.Submit(late, "/thread/reply").Has("Your answer is kept", "My own precious words.")
}

// What was written isn't lost by what was left out.
func TestADraftIsKept(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	kim.TryPost("/thread/reply", "thread", "forum/3", "to", "forum/3", "text", " ").Wants(http.StatusBadRequest).Has("Write something first.")
	kim.TryPost("/thread/reply", "thread", "forum/3", "to", "forum/1", "text", "To somebody elsewhere").Wants(http.StatusBadRequest).Has("is not in this thread", "To somebody elsewhere")
	kim.TryPost("/thread/reply", "thread", "nowhere/3", "text", "x").Wants(http.StatusNotFound)
	if a := kim.PostJSON("/api/thread/reply", map[string]any{"thread": "forum/3", "text": ""}); a.StatusCode != http.StatusBadRequest {
		t.Errorf("the API answers %s", a.Status)
	}
}

// A canned reply is put under what is written; sent as it is it is marked so,
// changed it isn't.
func TestCannedReplies(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	text := "Thank you for asking. The manual of every model is on our website, under Help, and each shop prints it for you."
	saved := kim.Submit(kim.Get("/canned"), "/canned/save", "title", "Manual", "lang", "en", "text", text).Has("“Manual” is kept.", "every model")
	page := kim.Get("/thread?message=forum/3")
	_, form := page.Form("/thread/reply")
	with := kim.Post("/thread/canned", "thread", "forum/3", "to", "forum/3", "text", "Hello Cleo,", "insert", form.Get("insert"), "key", form.Get("key"), "seen", form.Get("seen"))
	_, filled := with.Form("/thread/reply")
	if got := filled.Get("text"); got != "Hello Cleo,\n\n"+text || filled.Get("canned") == "0" {
		t.Fatalf("the form holds %q, begun as %s", got, filled.Get("canned"))
	}
	kim.Submit(with, "/thread/reply")
	again := kim.Get("/thread?message=forum/4")
	own := "The red light means that the filter is full. " + strings.Repeat("Take it out and rinse it under cold water. ", 5)
	kim.Post("/thread/reply", "thread", "forum/4", "to", "forum/4", "text", own, "canned", filled.Get("canned"))
	sent, err := h.Store.Messages(t.Context(), store.Range{Sending: store.Queued})
	if err != nil || len(sent) != 2 {
		t.Fatalf("%d answers: %v", len(sent), err)
	}
	if !strings.Contains(string(sent[0].Attributes), "canned") || strings.Contains(string(sent[1].Attributes), "canned") {
		t.Errorf("marked as canned: %s and %s", sent[0].Attributes, sent[1].Attributes)
	}
	again.Has("Canned reply")
	kim.Undo(saved, "/canned/delete").Has("There is none yet.")
}

// Assigning, snoozing, setting aside and merging show at once, and each is undone
// as it was.
func TestHandlingIsUndone(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	at := "/thread?id=forum/1"

	done := kim.Submit(kim.Get(at), "/thread/assign", "user", strconv.FormatInt(kim.User.ID, 10)).Has(kim.User.Name + " takes care of it now.")
	kim.Get("/inbox?who=mine").Has("Does the pump stop")
	kim.Undo(done, "/thread/restore").Has("As it was before.", "nobody takes care yet")

	for _, until := range []string{"tomorrow", "week"} {
		done = kim.Submit(kim.Get(at), "/thread/snooze", "until", until).Has("Snoozed until")
		if slices.Contains(kim.IDs("waiting"), "forum/1") || !slices.Equal(kim.IDs("snoozed"), []string{"forum/1"}) {
			t.Error("a snoozed thread isn't where it belongs")
		}
		kim.Undo(done, "/thread/restore")
	}
	kim.TryPost("/thread/snooze", "thread", "forum/1", "until", "date", "date", "2001-01-01", "version", "-1").Wants(http.StatusBadRequest)
	kim.TryPost("/thread/snooze", "thread", "forum/1", "until", "date", "date", "soon", "version", "-1").Wants(http.StatusBadRequest)

	done = kim.Submit(kim.Get(at), "/thread/aside").Has("Set aside.")
	if !slices.Equal(kim.IDs("aside"), []string{"forum/1"}) {
		t.Error("it isn't set aside")
	}
	kim.Submit(kim.Get(at), "/thread/aside").Has("It is back in the list.")
	var old []string // an undo that came too late changes nothing
	for _, field := range done.All(done.One("div", "class", "flash"), "input") {
		old = append(old, webtest.Attr(field, "name"), webtest.Attr(field, "value"))
	}
	kim.TryPost("/thread/restore", old...).Wants(http.StatusConflict)
}

// What was changed by somebody else meanwhile isn't changed unseen.
func TestNobodyIsOverruledUnseen(t *testing.T) {
	h := webtest.Market(t)
	kim, lea := h.As(account.Teammate), h.As(account.Teammate)
	seen := kim.Get("/thread?id=forum/1")
	lea.Submit(lea.Get("/thread?id=forum/1"), "/thread/assign", "user", strconv.FormatInt(lea.User.ID, 10))
	_, form := seen.Form("/thread/assign")
	kim.TryPost("/thread/assign", "thread", "forum/1", "user", strconv.FormatInt(kim.User.ID, 10), "version", form.Get("version")).Wants(http.StatusConflict)
	kim.TryPost("/thread/assign", "thread", "forum/1", "user", "999", "version", "-1").Wants(http.StatusBadRequest)
}

// Two threads about one thing become one, and two again.
func TestMergingThreads(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	done := kim.Submit(kim.Get("/thread?id=forum/1"), "/thread/merge", "into", "https://house.example/thread?message=forum%2F4")
	done.Has("The thread is merged", "What does the red light mean?", "Does the pump stop", "2 messages wait here")
	kim.Get("/thread?id=forum/1").Has("What does the red light mean?")
	kim.TryPost("/thread/merge", "thread", "forum/4", "into", "forum/1", "version", "-1").Wants(http.StatusConflict)
	kim.TryPost("/thread/merge", "thread", "forum/4", "into", "forum/4", "version", "-1").Wants(http.StatusBadRequest)
	kim.TryPost("/thread/merge", "thread", "forum/4", "into", "nowhere", "version", "-1").Wants(http.StatusBadRequest)
	kim.Undo(done, "/thread/restore").Has("Does the pump stop").Lacks("red light")
}

// A note is for teammates.
func TestNotes(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	kim.Submit(kim.Get("/thread?id=forum/1"), "/thread/note", "text", "I asked the workshop <b>about it</b>.").Has("I asked the workshop <b>about it</b>.", kim.User.Name)
	kim.TryPost("/thread/note", "thread", "forum/1", "text", "  ").Wants(http.StatusBadRequest)
	h.As(account.Member).Try("/thread?id=forum/1").Wants(http.StatusForbidden)
}

// A long thread opens on the page of what waits, or of the message asked for.
func TestALongThread(t *testing.T) {
	h := webtest.New(t)
	list := []conversation.Message{webtest.Message("0", "ada", "Where can I buy a pump for the garden?", webtest.Ago(30*day))}
	for i := range 120 {
		list = append(list, webtest.Message("t"+strconv.Itoa(i), "bert", "Some words about the weather, number "+strconv.Itoa(i)+".", webtest.In("0", ""), webtest.Ago(20*day-time.Duration(i)*time.Minute)))
	}
	h.Hears("forum", list...)
	kim := h.As(account.Teammate)
	kim.Get("/thread?id=forum/0").Has("waits for an answer", "number 3.").Lacks("number 100.")
	kim.Get("/thread?message=forum/t60").Has("number 60.").Lacks("number 3.", "number 100.")
	kim.Get("/thread?id=forum/0&page=4").Has("number 119.").Lacks("number 3.")
}

// Hostile words stay words.
func TestHostileThread(t *testing.T) {
	h := webtest.New(t)
	h.Hears("forum", webtest.Message("1", "<img src=x onerror=alert(1)>", "Why? <script>alert(1)</script><a href=\"javascript:alert(1)\">x</a>", func(m *conversation.Message) {
		m.Channel, m.Department = "<b onclick=x>", "\"><script>x</script>"
	}))
	kim := h.As(account.Admin)
	for _, at := range []string{"/inbox", "/thread?message=forum/1", "/messages", "/people", "/person?id=" + url.QueryEscape("<img src=x onerror=alert(1)>"), "/thanks?to=" + url.QueryEscape("\"><script>")} {
		page := kim.Get(at)
		for _, node := range page.All(nil, "") {
			for _, a := range node.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("%s: <%s %s=%q>", at, node.Data, a.Key, a.Val)
				}
			}
			if node.Data == "script" && webtest.Attr(node, "src") == "" {
				t.Errorf("%s: a script of its own", at)
			}
		}
	}
}

// Whoever has a thread open learns who else has, and who is writing.
func TestWhoElseLooks(t *testing.T) {
	h := webtest.Market(t)
	kim, lea := h.As(account.Teammate), h.As(account.Manager)
	kim.PostJSON("/api/thread/look", map[string]any{"thread": "forum/1", "typing": true}).Wants(http.StatusOK)
	lea.PostJSON("/api/thread/look", map[string]any{"thread": "forum/1"}).Wants(http.StatusOK).Has(kim.User.Name + " is writing here.")
	kim.Get("/thread?id=forum/1").Has(lea.User.Name + " has this thread open too.").Lacks(kim.User.Name + " is writing")
	h.As(account.Reader).PostJSON("/api/thread/look", map[string]any{"thread": "forum/1"}).Wants(http.StatusForbidden)
}
