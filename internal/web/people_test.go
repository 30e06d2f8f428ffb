package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// A person is found by a part of her name; her page says what she asked.
func TestPeople(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	kim.get("/people").has("ada", "bert", "cleo", "dora", "emil", "kim", "Organisation")
	kim.get("/people?q=cle").has("cleo").lacks("bert")
	kim.get("/people?q=zz").has("Nobody is called that.")
	kim.get("/people?limit=2").has("1 to 2", "Next")
	kim.get("/people?limit=2&page=3").has("Previous").lacks("Next")
	kim.get("/people?page=99999999999").has("There is nobody on this page.")
	kim.get("/person?id=cleo").has("cleo", "1 appeal", "Where can I find the manual?", "no answer yet").lacks("Erase for good")
	kim.try("/person?id=nobody-at-all").wants(http.StatusNotFound)
	if rows := kim.get("/api/people.csv").Body; strings.Count(rows, "\r\n") != 7 {
		t.Errorf("as CSV:\n%s", rows)
	}
}

// Two accounts are one person once somebody says so, and two again when she takes
// it back; a suggestion refused doesn't come again.
func TestOnePersonOrTwo(t *testing.T) {
	h := newHouse(t)
	h.hears("forum", message("1", "ada@mail.example", "How does it work?"))
	h.hears("mail", message("2", "ada@mail.example", "How does it stop?"))
	kim := h.as(account.Teammate)
	page := kim.get("/people").has("Perhaps the same person", "the same address")
	done := kim.submit(page, "/people/merge").has("are one person now", "2 messages", "How does it work?", "How does it stop?")
	kim.get("/people").lacks("Perhaps the same person").has("Made one by hand", "2 accounts")
	kim.undo(done, "/people/undo").has("Two people again.", "Perhaps the same person", "undone on")

	kim.submit(kim.get("/people"), "/people/refuse").has("It won't be asked again.").lacks("Perhaps the same person")
	kim.tryPost("/people/merge", "a", "ada@mail.example", "b", "ada@mail.example").wants(http.StatusBadRequest)
	kim.tryPost("/people/merge", "a", "who?", "b", "ada@mail.example").wants(http.StatusBadRequest)
}

// Whoever turns out to be of the organisation doesn't wait for its answer.
func TestAnotherSide(t *testing.T) {
	h := market(t)
	lea := h.as(account.Manager)
	done := lea.submit(lea.get("/person?id=cleo"), "/person/side", "side", "organisation", "department", "workshop").has("Side: Organisation.")
	for _, id := range lea.ids("waiting") {
		if id == "forum/3" {
			t.Error("somebody of the organisation waits for the organisation")
		}
	}
	lea.undo(done, "/person/side")
	if p, err := people.PersonOf(t.Context(), h.Store, "cleo"); err != nil || p.Accounts[0].Side != conversation.Unknown || p.Accounts[0].Department != "" || len(lea.ids("waiting")) != 4 {
		t.Errorf("undone, she is %+v, %v", p, err)
	}
	h.as(account.Teammate).tryPost("/person/side", "account", "cleo", "side", "community").wants(http.StatusForbidden)
	lea.tryPost("/person/side", "account", "cleo", "side", "moon").wants(http.StatusBadRequest)
}

// Erasing asks for the name, and leaves nothing: not on the pages, not in the
// audit log.
func TestErasing(t *testing.T) {
	h := market(t)
	lea := h.as(account.Manager)
	page := lea.get("/person?id=cleo")
	lea.tryPost("/person/erase", "id", "cleo", "confirm", "clio").wants(http.StatusBadRequest).has("Nothing was erased", "cleo")
	lea.submit(page, "/person/erase", "confirm", "cleo").has("Erased, with 1 message.").lacks("cleo")
	lea.get("/inbox").lacks("manual", "cleo").has("Waiting (3)")
	lea.try("/person?id=cleo").wants(http.StatusNotFound)
	lea.try("/thread?message=forum/3").wants(http.StatusNotFound)
	acts, err := account.Acts(t.Context(), h.Store, 0, 100)
	if err != nil || len(acts) == 0 {
		t.Fatalf("%d acts: %v", len(acts), err)
	}
	for _, a := range acts {
		if strings.Contains(a.Subject+a.Detail, "cleo") {
			t.Errorf("the audit log still names her: %+v", a)
		}
	}
	told, err := h.Store.Append(t.Context(), "forum", []conversation.Message{message("3", "cleo", "Where can I find the manual?")})
	if err != nil || told[0].Fate != store.Refused {
		t.Errorf("read again after she was erased: %+v %v", told, err)
	}
}

// A person gets all that is hers.
func TestExportOfAPerson(t *testing.T) {
	h := market(t)
	lea := h.as(account.Manager)
	lea.post("/thank", "to", "ada", "text", "For the drawing")
	lea.post("/thank", "to", "ada", "text", "For the drawing")
	var out personExport
	lea.json("/api/person/export?id=ada", &out)
	if out.Person.ID != "ada" || len(out.Said) != 1 || len(out.Asked) != 1 || len(out.Thanks) != 1 || out.Thanks[0].Text != "For the drawing" {
		t.Errorf("%+v", out)
	}
	h.as(account.Teammate).try("/api/person/export?id=ada").wants(http.StatusForbidden)
}

// A thanks becomes a gift on record, and no gift when it is taken back.
func TestThanking(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	page := kim.get("/thanks?to=dora").has("Nobody was thanked yet.")
	done := kim.submit(page, "/thank", "text", "For the long explanation").has("Thanks to dora, on record.", "1 gift was thanked for", "For the long explanation")
	kim.get("/inbox").has("Gifts this week 1")
	kim.undo(done, "/thank/undo").has("Taken back.", "Nobody was thanked yet.")
	kim.submit(kim.get("/thanks"), "/thank", "to", "bert", "from", "ada").has("ada thanks bert")
	h.hears("forum", message("t1", "emil", "Thank you, kim: the part fits!", in("5", "6")))
	kim.get("/thanks?to=kim").has("What people thanked kim for", "the part fits!")
	for _, wrong := range []string{"nobody here", "", "a", kim.User.Person} {
		kim.tryPost("/thank", "to", wrong, "text", "my words").wants(http.StatusBadRequest).has("my words")
	}
	kim.tryPost("/thank", "to", "ada", "from", "ada").wants(http.StatusBadRequest)
}

// Nobody has a standing who hasn't agreed; whoever agreed can withdraw; only she
// and who keeps the house see why.
func TestWhy(t *testing.T) {
	h := market(t)
	ada := h.as(account.Member)
	ada.User.Person = "ada"
	if _, err := account.SaveUser(t.Context(), h.Store, ada.User); err != nil {
		t.Fatal(err)
	}
	admin, lea := h.as(account.Admin), h.as(account.Manager)
	admin.get("/why?id=ada").has("ada has not agreed to have a standing").lacks("walks")
	lea.try("/why?id=ada").wants(http.StatusForbidden)
	ada.try("/why?id=bert").wants(http.StatusForbidden)
	lea.get("/thread?message=forum/1").lacks("By thanks:")

	done := ada.submit(ada.get("/why").has("You have no standing"), "/why/agree").has("You have a standing by thanks now.")
	admin.get("/why?id=ada").lacks("has not agreed")
	ada.undo(done, "/why/agree").has("Withdrawn", "You have no standing")
	admin.get("/why?id=ada").has("ada has not agreed")

	ada.submit(ada.get("/why"), "/why/contest", "text", "I never helped him")
	lea.get("/notices").has("ada says that the standing is wrong: I never helped him", "look at this")
	lea.get("/inbox").has("1 unread notice")
	lea.submit(lea.get("/notices"), "/notices/read").has("Set aside as read.")
	lea.get("/inbox").lacks("unread notice")
}

// Every number opens the messages behind it.
func TestMessagesBehindANumber(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	for query, want := range map[string]int{"?waiting=1&needing=1": 4, "?waiting=1&channel=mail": 2, "?person=ada": 1, "?waiting=1&limit=3": 3, "?waiting=1&limit=3&page=2": 1,
		"": 6, "?q=pump": 1, "?author=kim": 1, "?limit=4": 4} {
		var v messagesView
		kim.json("/api/messages"+query, &v)
		if len(v.Items) != want {
			t.Errorf("%s lists %d, not %d", query, len(v.Items), want)
		}
		kim.get("/messages" + query)
	}
	next := kim.get("/messages?limit=4").one("a", "rel", "next")
	kim.get(attr(next, "href")).has("spare part").lacks("Does the pump")
	kim.try("/messages?within=soon").wants(http.StatusBadRequest)
	kim.try("/messages?since=soon").wants(http.StatusBadRequest)
	kim.get("/messages?q=nothing-like-that").has("No message matches this.")
}
