package persons_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web/webtest"
)

// A person is found by a part of her name; her page says what she asked.
func TestPeople(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	kim.Get("/people").Has("ada", "bert", "cleo", "dora", "emil", "kim", "Organisation")
	kim.Get("/people?q=cle").Has("cleo").Lacks("bert")
	kim.Get("/people?q=zz").Has("Nobody is called that.")
	kim.Get("/people?limit=2").Has("1 to 2", "Next")
	kim.Get("/people?limit=2&page=3").Has("Previous").Lacks("Next")
	kim.Get("/people?page=99999999999").Has("There is nobody on this page.")
	kim.Get("/person?id=cleo").Has("cleo", "1 appeal", "Where can I find the manual?", "no answer yet").Lacks("Erase for good")
	kim.Try("/person?id=nobody-at-all").Wants(http.StatusNotFound)
	if rows := kim.Get("/api/people.csv").Body; strings.Count(rows, "\r\n") != 7 {
		t.Errorf("as CSV:\n%s", rows)
	}
}

// Two accounts are one person once somebody says so, and two again when she takes
// it back; a suggestion refused doesn't come again.
func TestOnePersonOrTwo(t *testing.T) {
	h := webtest.New(t)
	h.Hears("forum", webtest.Message("1", "ada@mail.example", "How does it work?"))
	h.Hears("mail", webtest.Message("2", "ada@mail.example", "How does it stop?"))
	kim := h.As(account.Teammate)
	page := kim.Get("/people").Has("Perhaps the same person", "the same address")
	done := kim.Submit(page, "/people/merge").Has("are one person now", "2 messages", "How does it work?", "How does it stop?")
	kim.Get("/people").Lacks("Perhaps the same person").Has("Made one by hand", "2 accounts")
	kim.Undo(done, "/people/undo").Has("Two people again.", "Perhaps the same person", "undone on")

	kim.Submit(kim.Get("/people"), "/people/refuse").Has("It won't be asked again.").Lacks("Perhaps the same person")
	kim.TryPost("/people/merge", "a", "ada@mail.example", "b", "ada@mail.example").Wants(http.StatusBadRequest)
	kim.TryPost("/people/merge", "a", "who?", "b", "ada@mail.example").Wants(http.StatusBadRequest)
}

// Whoever turns out to be of the organisation doesn't wait for its answer.
func TestAnotherSide(t *testing.T) {
	h := webtest.Market(t)
	lea := h.As(account.Manager)
	done := lea.Submit(lea.Get("/person?id=cleo"), "/person/side", "side", "organisation", "department", "workshop").Has("Side: Organisation.")
	for _, id := range lea.IDs("waiting") {
		if id == "forum/3" {
			t.Error("somebody of the organisation waits for the organisation")
		}
	}
	lea.Undo(done, "/person/side")
	if p, err := people.PersonOf(t.Context(), h.Store, "cleo"); err != nil || p.Accounts[0].Side != conversation.Unknown || p.Accounts[0].Department != "" || len(lea.IDs("waiting")) != 4 {
		t.Errorf("undone, she is %+v, %v", p, err)
	}
	h.As(account.Teammate).TryPost("/person/side", "account", "cleo", "side", "community").Wants(http.StatusForbidden)
	lea.TryPost("/person/side", "account", "cleo", "side", "moon").Wants(http.StatusBadRequest)
}

// Erasing asks for the name, and leaves nothing: not on the pages, not in the
// audit log.
func TestErasing(t *testing.T) {
	h := webtest.Market(t)
	lea := h.As(account.Manager)
	page := lea.Get("/person?id=cleo")
	lea.TryPost("/person/erase", "id", "cleo", "confirm", "clio").Wants(http.StatusBadRequest).Has("Nothing was erased", "cleo")
	lea.Submit(page, "/person/erase", "confirm", "cleo").Has("Erased, with 1 message.").Lacks("cleo")
	lea.Get("/inbox").Lacks("manual", "cleo").Has("Waiting (3)")
	lea.Try("/person?id=cleo").Wants(http.StatusNotFound)
	lea.Try("/thread?message=forum/3").Wants(http.StatusNotFound)
	acts, err := account.Acts(t.Context(), h.Store, 0, 100)
	if err != nil || len(acts) == 0 {
		t.Fatalf("%d acts: %v", len(acts), err)
	}
	for _, a := range acts {
		if strings.Contains(a.Subject+a.Detail, "cleo") {
			t.Errorf("the audit log still names her: %+v", a)
		}
	}
	told, err := h.Store.Append(t.Context(), "forum", []conversation.Message{webtest.Message("3", "cleo", "Where can I find the manual?")})
	if err != nil || told[0].Fate != store.Refused {
		t.Errorf("read again after she was erased: %+v %v", told, err)
	}
}

// A person gets all that is hers.
func TestExportOfAPerson(t *testing.T) {
	h := webtest.Market(t)
	lea := h.As(account.Manager)
	lea.Post("/thank", "to", "ada", "text", "For the drawing")
	lea.Post("/thank", "to", "ada", "text", "For the drawing")
	var out struct {
		Person   struct{ ID string }
		Appeals  []any
		Messages []any
		Thanks   []board.Thanks
	}
	lea.JSON("/api/person/export?id=ada", &out)
	if out.Person.ID != "ada" || len(out.Messages) != 1 || len(out.Appeals) != 1 || len(out.Thanks) != 1 || out.Thanks[0].Text != "For the drawing" {
		t.Errorf("%+v", out)
	}
	h.As(account.Teammate).Try("/api/person/export?id=ada").Wants(http.StatusForbidden)
}

// A thanks becomes a gift on record, and no gift when it is taken back.
func TestThanking(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	page := kim.Get("/thanks?to=dora").Has("Nobody was thanked yet.")
	done := kim.Submit(page, "/thank", "text", "For the long explanation").Has("Thanks to dora, on record.", "1 gift was thanked for", "For the long explanation")
	kim.Get("/inbox").Has("Gifts this week 1")
	kim.Undo(done, "/thank/undo").Has("Taken back.", "Nobody was thanked yet.")
	kim.Submit(kim.Get("/thanks"), "/thank", "to", "bert", "from", "ada").Has("ada thanks bert")
	h.Hears("forum", webtest.Message("t1", "emil", "Thank you, kim: the part fits!", webtest.In("5", "6")))
	kim.Get("/thanks?to=kim").Has("What people thanked kim for", "the part fits!")
	for _, wrong := range []string{"nobody here", "", "a", kim.User.Person} {
		kim.TryPost("/thank", "to", wrong, "text", "my words").Wants(http.StatusBadRequest).Has("my words")
	}
	kim.TryPost("/thank", "to", "ada", "from", "ada").Wants(http.StatusBadRequest)
}

// Nobody has a standing who hasn't agreed; whoever agreed can withdraw; only she
// and who keeps the house see why.
func TestWhy(t *testing.T) {
	h := webtest.Market(t)
	ada := h.As(account.Member)
	ada.User.Person = "ada"
	if _, err := account.SaveUser(t.Context(), h.Store, ada.User); err != nil {
		t.Fatal(err)
	}
	admin, lea := h.As(account.Admin), h.As(account.Manager)
	admin.Get("/why?id=ada").Has("ada has not agreed to have a standing").Lacks("walks")
	lea.Try("/why?id=ada").Wants(http.StatusForbidden)
	ada.Try("/why?id=bert").Wants(http.StatusForbidden)
	lea.Get("/thread?message=forum/1").Lacks("By thanks:")

	done := ada.Submit(ada.Get("/why").Has("You have no standing"), "/why/agree").Has("You have a standing by thanks now.")
	admin.Get("/why?id=ada").Lacks("has not agreed")
	ada.Undo(done, "/why/agree").Has("Withdrawn", "You have no standing")
	admin.Get("/why?id=ada").Has("ada has not agreed")

	ada.Submit(ada.Get("/why"), "/why/contest", "text", "I never helped him")
	lea.Get("/notices").Has("ada says that the standing is wrong: I never helped him", "look at this")
	lea.Get("/inbox").Has("1 unread notice")
	lea.Submit(lea.Get("/notices"), "/notices/read").Has("Set aside as read.")
	lea.Get("/inbox").Lacks("unread notice")
}
