package work_test

import (
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/story"
	"github.com/entregent/entregent/internal/web/webtest"
	rules "github.com/entregent/entregent/presence"
)

const day = webtest.Day

// Who waits stands on the first screen, who has waited longest first, and whoever
// was answered doesn't.
func TestWhoWaits(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	page := kim.Get("/inbox").Has("Who is waiting?", "Waiting (4)", "Does the pump stop", "manual", "red light", "changer le filtre").Lacks("spare part")
	text := page.Text()
	order := []string{"Does the pump", "manual", "red light", "changer le filtre"}
	if !slices.IsSortedFunc(order, func(a, b string) int { return strings.Index(text, a) - strings.Index(text, b) }) {
		t.Errorf("not the longest first: %s", text)
	}
	page.Has("waits 3 d", "promised wait over since 2 d", "due in 14 h", "due in 19 h")
	if quoted := page.All(nil, "a", "lang", "fr"); len(quoted) != 2 { // the message, and the page in French
		t.Errorf("%d links say that they are French", len(quoted))
	}
	kim.Lang = "fr"
	kim.Get("/inbox").Has("Qui attend ?", "En attente (4)", "attend depuis 3 j")
}

// Each filter leaves what it says; an empty list says what is missing.
func TestNarrowing(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	for query, want := range map[string][]string{
		"":                          {"forum/1", "forum/3", "forum/4", "forum/2"},
		"?channel=mail":             {"forum/3", "forum/2"},
		"?language=fr":              {"forum/2"},
		"?due=passed":               {"forum/1", "forum/3"},
		"?due=kept":                 {"forum/4", "forum/2"},
		"?q=manual":                 {"forum/3"},
		"?who=nobody&language=en":   {"forum/1", "forum/3", "forum/4"},
		"?who=mine":                 {},
		"?limit=2&page=2":           {"forum/4", "forum/2"},
		"?limit=3&page=9":           {"forum/2"},
		"?list=snoozed":             {},
		"?q=manual&channel=nowhere": {},
	} {
		var v struct{ Items []struct{ Message string } }
		kim.JSON("/api/inbox"+query, &v)
		got := []string{}
		for _, i := range v.Items {
			got = append(got, i.Message)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s lists %v, not %v", query, got, want)
		}
	}
	kim.Get("/inbox?who=mine").Has("Nobody who waits matches this.", "Show all")
	kim.Get("/inbox?list=aside").Has("Nothing is set aside.")
}

// A house without messages says what to do first, and shows no number.
func TestNothingYet(t *testing.T) {
	h := webtest.New(t)
	h.CatchUp()
	h.As(account.Manager).Get("/inbox").Has("There is no message yet", "Add a source").Lacks("Presence: answered", "%")
	h.As(account.Teammate).Get("/inbox").Lacks("Add a source")
}

// The tiles say what the numbers rest on, or what is missing, and open it.
func TestTiles(t *testing.T) {
	h := webtest.Market(t)
	page := h.As(account.Teammate).Get("/inbox").Has("4 still wait", "Not enough yet: 5 appeals in the last 90 days", "Not enough yet: 6 of 200 messages", "Gifts this week")
	for _, tile := range page.All(nil, "ul", "class", "tiles") {
		for _, a := range page.All(tile, "a") {
			h.As(account.Teammate).Get(webtest.Attr(a, "href"))
		}
	}
}

// The list is also CSV, in which no cell is a formula.
func TestInboxCSV(t *testing.T) {
	h := webtest.New(t)
	h.Hears("forum", webtest.Message("1", "=cmd()", "=HYPERLINK(\"x\") is what I see. Why?"))
	rows, err := csv.NewReader(strings.NewReader(h.As(account.Teammate).Get("/api/inbox.csv").Body)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, cell := range rows[1] {
		if strings.HasPrefix(cell, "=") {
			t.Errorf("a spreadsheet would run %q", cell)
		}
	}
}

// tells has a whole story come in, of which the last word was said an hour ago.
func tells(h *webtest.Site) {
	h.T.Helper()
	text, err := story.Recall()
	if err != nil {
		h.T.Fatal(err)
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, text, story.File, conversation.ReadOptions{}); err != nil {
		h.T.Fatal(err)
	}
	_, last := log.Span()
	shift := time.Since(last) - time.Hour
	var messages []conversation.Message
	for i := range log.Len() {
		m := log.Message(i)
		m.Time = m.Time.Add(shift).Truncate(time.Second)
		if !m.Deleted.IsZero() {
			m.Deleted = m.Deleted.Add(shift)
		}
		messages = append(messages, m)
	}
	h.Hears("story", messages...)
}

// What the inbox lists, with what is snoozed and set aside, is the waiting list of
// the batch measure; whatever is done with threads.
func TestTheInboxIsTheMeasuresList(t *testing.T) {
	h := webtest.New(t)
	tells(h)
	kim := h.As(account.Teammate)
	deal := rand.New(rand.NewPCG(1, 2))

	for range 12 {
		var v struct{ Items []struct{ Message string } }
		kim.JSON("/api/inbox", &v)
		ids := make([]string, len(v.Items))
		for i, item := range v.Items {
			ids[i] = item.Message
		}
		one, other := ids[deal.IntN(len(ids))], ids[deal.IntN(len(ids))]

		thread := kim.ThreadOf(one)
		switch deal.IntN(4) {
		case 0:
			kim.Post("/thread/snooze", "thread", thread, "until", "week", "version", "-1")
		case 1:
			kim.Post("/thread/aside", "thread", thread, "version", "-1")
		case 2:
			kim.Post("/thread/reply", "thread", thread, "to", one, "text", "Your brake will be changed for free in any workshop, from Monday on.")
		case 3:
			if into := kim.ThreadOf(other); into != thread {
				kim.Post("/thread/merge", "thread", thread, "into", into, "version", "-1")
			}
		}
	}
	log := conversation.NewLog(nil)
	if _, err := h.Store.Log(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, w := range rules.Measure(log, rules.Options{Until: time.Now(), Window: -1, Parameters: rules.Parameters{Draws: 1, WaitingShown: 1 << 30}}).Waiting.List {
		want[string(w.Message)] = true
	}
	got := map[string]string{}
	for _, list := range []string{"waiting", "snoozed", "aside"} {
		ids := kim.IDs(list)
		if len(ids) == 0 {
			t.Errorf("nothing is %s: the law was hardly tried", list)
		}
		for _, id := range ids {
			if got[id] != "" {
				t.Errorf("%s is %s and %s", id, got[id], list)
			}
			got[id] = list
		}
	}
	if len(want) < 100 || len(got) != len(want) {
		t.Fatalf("the measure says that %d wait, the inbox %d", len(want), len(got))
	}
	for id := range want {
		if got[id] == "" {
			t.Errorf("the inbox lacks %s", id)
		}
	}
}
