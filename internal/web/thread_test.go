package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
)

// ids are the messages of a list of the inbox, all its pages.
func (v *visitor) ids(list string) []string {
	v.h.t.Helper()
	ids := []string{}
	for page := 1; ; page++ {
		var view struct {
			Items []waitingItem
			Page  pageOf
		}
		v.json("/api/inbox?limit=1000&list="+list+"&page="+itoa(int64(page)), &view)
		for _, i := range view.Items {
			ids = append(ids, string(i.Message))
		}
		if page >= view.Page.Last {
			return ids
		}
	}
}

// undo presses the button of the notice that stands on a page.
func (v *visitor) undo(page answer, action string) answer {
	v.h.t.Helper()
	flash := page.one("div", "class", "flash")
	form := page.all(flash, "form", "action", action)
	if len(form) != 1 {
		v.h.t.Fatalf("%s: the notice has no undo by %s: %s", page.Path, action, text(flash))
	}
	var fields []string
	for _, input := range page.all(form[0], "input") {
		fields = append(fields, attr(input, "name"), attr(input, "value"))
	}
	return v.post(action, fields...)
}

// An answer written here is kept, goes out by the way the question came, and ends
// the wait at once.
func TestAnswering(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	page := kim.get("/thread?message=forum/3").has("Where can I find the manual?", "waits for an answer", "Next in line")
	after := kim.submit(page, "/thread/reply", "text", "It is on the website, under Help: page 12 of the manual tells about the pump.")
	after.has("Your answer is kept, and written to the file", "It is on the website", "on its way").lacks("waits for an answer")
	if got := kim.ids("waiting"); slices.Contains(got, "forum/3") || len(got) != 3 {
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
	h := market(t)
	kim := h.as(account.Teammate)
	page := kim.get("/thread?message=forum/3")
	for range 2 {
		kim.submit(page, "/thread/reply", "text", "It is on the website, under Help.", "seen", "0")
	}
	if sent, err := h.Store.Messages(t.Context(), store.Range{Sending: store.Queued}); err != nil || len(sent) != 1 {
		t.Fatalf("%d answers: %v", len(sent), err)
	}
}

// Two people answer at once: the second is told, and what she wrote is still there.
func TestTwoAnswerAtOnce(t *testing.T) {
	h := market(t)
	kim, lea := h.as(account.Teammate), h.as(account.Manager)
	page := kim.get("/thread?message=forum/3")
	theirs := lea.get("/thread?message=forum/3").has(kim.User.Name + " has this thread open too.")
	lea.submit(theirs, "/thread/reply", "text", "Here it is: the manual is on our site.")
	_, sent := page.form("/thread/reply")
	sent.Set("text", "My own precious words.")
	late := kim.tryPost("/thread/reply", "thread", sent.Get("thread"), "to", sent.Get("to"), "text", sent.Get("text"), "key", sent.Get("key"), "seen", sent.Get("seen"))
	late.wants(http.StatusBadRequest).has("Somebody answered here while you were writing", "My own precious words.")
	kim.submit(late, "/thread/reply").has("Your answer is kept", "My own precious words.")
}

// What was written isn't lost by what was left out.
func TestADraftIsKept(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	kim.tryPost("/thread/reply", "thread", "forum/3", "to", "forum/3", "text", " ").wants(http.StatusBadRequest).has("Write something first.")
	kim.tryPost("/thread/reply", "thread", "forum/3", "to", "forum/1", "text", "To somebody elsewhere").wants(http.StatusBadRequest).has("is not in this thread", "To somebody elsewhere")
	kim.tryPost("/thread/reply", "thread", "nowhere/3", "text", "x").wants(http.StatusNotFound)
	if a := kim.postJSON("/api/thread/reply", replyIn{Thread: "forum/3", Text: ""}); a.StatusCode != http.StatusBadRequest {
		t.Errorf("the API answers %s", a.Status)
	}
}

// A canned reply is put under what is written; sent as it is it is marked so,
// changed it isn't.
func TestCannedReplies(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	text := "Thank you for asking. The manual of every model is on our website, under Help, and each shop prints it for you."
	saved := kim.submit(kim.get("/canned"), "/canned/save", "title", "Manual", "lang", "en", "text", text).has("“Manual” is kept.", "every model")
	page := kim.get("/thread?message=forum/3")
	_, form := page.form("/thread/reply")
	with := kim.post("/thread/canned", "thread", "forum/3", "to", "forum/3", "text", "Hello Cleo,", "insert", form.Get("insert"), "key", form.Get("key"), "seen", form.Get("seen"))
	_, filled := with.form("/thread/reply")
	if got := filled.Get("text"); got != "Hello Cleo,\n\n"+text || filled.Get("canned") == "0" {
		t.Fatalf("the form holds %q, begun as %s", got, filled.Get("canned"))
	}
	kim.submit(with, "/thread/reply")
	again := kim.get("/thread?message=forum/4")
	own := "The red light means that the filter is full. " + strings.Repeat("Take it out and rinse it under cold water. ", 5)
	kim.post("/thread/reply", "thread", "forum/4", "to", "forum/4", "text", own, "canned", filled.Get("canned"))
	sent, err := h.Store.Messages(t.Context(), store.Range{Sending: store.Queued})
	if err != nil || len(sent) != 2 {
		t.Fatalf("%d answers: %v", len(sent), err)
	}
	if !strings.Contains(string(sent[0].Attributes), "canned") || strings.Contains(string(sent[1].Attributes), "canned") {
		t.Errorf("marked as canned: %s and %s", sent[0].Attributes, sent[1].Attributes)
	}
	again.has("Canned reply")
	kim.undo(saved, "/canned/delete").has("There is none yet.")
}

// Assigning, snoozing, setting aside and merging show at once, and each is undone
// as it was.
func TestHandlingIsUndone(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	at := "/thread?id=forum/1"

	done := kim.submit(kim.get(at), "/thread/assign", "user", itoa(kim.User.ID)).has(kim.User.Name + " takes care of it now.")
	kim.get("/inbox?who=mine").has("Does the pump stop")
	kim.undo(done, "/thread/restore").has("As it was before.", "nobody takes care yet")

	for _, until := range []string{"tomorrow", "week"} {
		done = kim.submit(kim.get(at), "/thread/snooze", "until", until).has("Snoozed until")
		if slices.Contains(kim.ids("waiting"), "forum/1") || !slices.Equal(kim.ids("snoozed"), []string{"forum/1"}) {
			t.Error("a snoozed thread isn't where it belongs")
		}
		kim.undo(done, "/thread/restore")
	}
	kim.tryPost("/thread/snooze", "thread", "forum/1", "until", "date", "date", "2001-01-01", "version", "-1").wants(http.StatusBadRequest)
	kim.tryPost("/thread/snooze", "thread", "forum/1", "until", "date", "date", "soon", "version", "-1").wants(http.StatusBadRequest)

	done = kim.submit(kim.get(at), "/thread/aside").has("Set aside.")
	if !slices.Equal(kim.ids("aside"), []string{"forum/1"}) {
		t.Error("it isn't set aside")
	}
	kim.submit(kim.get(at), "/thread/aside").has("It is back in the list.")
	var old []string // an undo that came too late changes nothing
	for _, field := range done.all(done.one("div", "class", "flash"), "input") {
		old = append(old, attr(field, "name"), attr(field, "value"))
	}
	kim.tryPost("/thread/restore", old...).wants(http.StatusConflict)
}

// What was changed by somebody else meanwhile isn't changed unseen.
func TestNobodyIsOverruledUnseen(t *testing.T) {
	h := market(t)
	kim, lea := h.as(account.Teammate), h.as(account.Teammate)
	seen := kim.get("/thread?id=forum/1")
	lea.submit(lea.get("/thread?id=forum/1"), "/thread/assign", "user", itoa(lea.User.ID))
	_, form := seen.form("/thread/assign")
	kim.tryPost("/thread/assign", "thread", "forum/1", "user", itoa(kim.User.ID), "version", form.Get("version")).wants(http.StatusConflict)
	kim.tryPost("/thread/assign", "thread", "forum/1", "user", "999", "version", "-1").wants(http.StatusBadRequest)
}

// Two threads about one thing become one, and two again.
func TestMergingThreads(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	done := kim.submit(kim.get("/thread?id=forum/1"), "/thread/merge", "into", "https://house.example/thread?message=forum%2F4")
	done.has("The thread is merged", "What does the red light mean?", "Does the pump stop", "2 messages wait here")
	kim.get("/thread?id=forum/1").has("What does the red light mean?")
	kim.tryPost("/thread/merge", "thread", "forum/4", "into", "forum/1", "version", "-1").wants(http.StatusConflict)
	kim.tryPost("/thread/merge", "thread", "forum/4", "into", "forum/4", "version", "-1").wants(http.StatusBadRequest)
	kim.tryPost("/thread/merge", "thread", "forum/4", "into", "nowhere", "version", "-1").wants(http.StatusBadRequest)
	kim.undo(done, "/thread/restore").has("Does the pump stop").lacks("red light")
}

// A note is for teammates.
func TestNotes(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	kim.submit(kim.get("/thread?id=forum/1"), "/thread/note", "text", "I asked the workshop <b>about it</b>.").has("I asked the workshop <b>about it</b>.", kim.User.Name)
	kim.tryPost("/thread/note", "thread", "forum/1", "text", "  ").wants(http.StatusBadRequest)
	h.as(account.Member).try("/thread?id=forum/1").wants(http.StatusForbidden)
}

// A long thread opens on the page of what waits, or of the message asked for.
func TestALongThread(t *testing.T) {
	h := newHouse(t)
	list := []conversation.Message{message("0", "ada", "Where can I buy a pump for the garden?", ago(30*day))}
	for i := range 120 {
		list = append(list, message("t"+itoa(int64(i)), "bert", "Some words about the weather, number "+itoa(int64(i))+".", in("0", ""), ago(20*day-time.Duration(i)*time.Minute)))
	}
	h.hears("forum", list...)
	kim := h.as(account.Teammate)
	kim.get("/thread?id=forum/0").has("waits for an answer", "number 3.").lacks("number 100.")
	kim.get("/thread?message=forum/t60").has("number 60.").lacks("number 3.", "number 100.")
	kim.get("/thread?id=forum/0&page=4").has("number 119.").lacks("number 3.")
}

// Hostile words stay words.
func TestHostileThread(t *testing.T) {
	h := newHouse(t)
	h.hears("forum", message("1", "<img src=x onerror=alert(1)>", "Why? <script>alert(1)</script><a href=\"javascript:alert(1)\">x</a>", func(m *conversation.Message) {
		m.Channel, m.Department = "<b onclick=x>", "\"><script>x</script>"
	}))
	kim := h.as(account.Admin)
	for _, at := range []string{"/inbox", "/thread?message=forum/1", "/messages", "/people", "/person?id=" + escape("<img src=x onerror=alert(1)>"), "/thanks?to=" + escape("\"><script>")} {
		page := kim.get(at)
		for _, node := range page.all(nil, "") {
			for _, a := range node.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("%s: <%s %s=%q>", at, node.Data, a.Key, a.Val)
				}
			}
			if node.Data == "script" && attr(node, "src") == "" {
				t.Errorf("%s: a script of its own", at)
			}
		}
	}
}

// Whoever has a thread open learns who else has, and who is writing.
func TestWhoElseLooks(t *testing.T) {
	h := market(t)
	kim, lea := h.as(account.Teammate), h.as(account.Manager)
	kim.postJSON("/api/thread/look", lookIn{Thread: "forum/1", Typing: true}).wants(http.StatusOK)
	lea.postJSON("/api/thread/look", lookIn{Thread: "forum/1"}).wants(http.StatusOK).has(kim.User.Name + " is writing here.")
	kim.get("/thread?id=forum/1").has(lea.User.Name + " has this thread open too.").lacks(kim.User.Name + " is writing")
	h.as(account.Reader).postJSON("/api/thread/look", lookIn{Thread: "forum/1"}).wants(http.StatusForbidden)
}
