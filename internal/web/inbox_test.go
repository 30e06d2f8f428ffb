package web

import (
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/story"
	rules "github.com/entregent/entregent/presence"
)

const day = 24 * time.Hour

// lang makes a message one of a language.
func tongue(tag string) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Lang = tag }
}

// by puts a message into a channel.
func by(channel string) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Channel = channel }
}

// market is a house in which four people wait and one was answered.
func market(t *testing.T) *house {
	h := newHouse(t)
	h.hears("forum",
		message("1", "ada", "Does the pump stop by itself when the tank is full?", ago(3*day)),
		message("2", "bert", "Comment changer le filtre, s’il vous plaît ?", ago(5*time.Hour), tongue("fr"), by("mail")),
		message("3", "cleo", "Where can I find the manual?", ago(2*day), by("mail")),
		message("4", "dora", "What does the red light mean?", ago(10*time.Hour)),
		message("5", "emil", "Is there a spare part for the valve?", ago(4*day)),
		message("6", "kim", "Yes, there is: the part is called V12, ask for it in any shop.", ago(3*day), in("5", "5"), ours),
	)
	return h
}

// Who waits stands on the first screen, who has waited longest first, and whoever
// was answered doesn't.
func TestWhoWaits(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
	page := kim.get("/inbox").has("Who is waiting?", "Waiting (4)", "Does the pump stop", "manual", "red light", "changer le filtre").lacks("spare part")
	text := page.text()
	order := []string{"Does the pump", "manual", "red light", "changer le filtre"}
	if !slices.IsSortedFunc(order, func(a, b string) int { return strings.Index(text, a) - strings.Index(text, b) }) {
		t.Errorf("not the longest first: %s", text)
	}
	page.has("waits 3 d", "promised wait over since 2 d", "due in 14 h", "due in 19 h")
	if quoted := page.all(nil, "a", "lang", "fr"); len(quoted) != 2 { // the message, and the page in French
		t.Errorf("%d links say that they are French", len(quoted))
	}
	kim.Lang = "fr"
	kim.get("/inbox").has("Qui attend ?", "En attente (4)", "attend depuis 3 j")
}

// Each filter leaves what it says; an empty list says what is missing.
func TestNarrowing(t *testing.T) {
	h := market(t)
	kim := h.as(account.Teammate)
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
		var v struct{ Items []waitingItem }
		kim.json("/api/inbox"+query, &v)
		got := []string{}
		for _, i := range v.Items {
			got = append(got, string(i.Message))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s lists %v, not %v", query, got, want)
		}
	}
	kim.get("/inbox?who=mine").has("Nobody who waits matches this.", "Show all")
	kim.get("/inbox?list=aside").has("Nothing is set aside.")
}

// A house without messages says what to do first, and shows no number.
func TestNothingYet(t *testing.T) {
	h := newHouse(t)
	h.catchUp()
	h.as(account.Manager).get("/inbox").has("There is no message yet", "Add a source").lacks("Presence: answered", "%")
	h.as(account.Teammate).get("/inbox").lacks("Add a source")
}

// The tiles say what the numbers rest on, or what is missing, and open it.
func TestTiles(t *testing.T) {
	h := market(t)
	page := h.as(account.Teammate).get("/inbox").has("4 still wait", "Not enough yet: 5 appeals in the last 90 days", "Not enough yet: 6 of 200 messages", "Gifts this week")
	for _, tile := range page.all(nil, "ul", "class", "tiles") {
		for _, a := range page.all(tile, "a") {
			h.as(account.Teammate).get(attr(a, "href"))
		}
	}
}

// The list is also CSV, in which no cell is a formula.
func TestInboxCSV(t *testing.T) {
	h := newHouse(t)
	h.hears("forum", message("1", "=cmd()", "=HYPERLINK(\"x\") is what I see. Why?"))
	rows, err := csv.NewReader(strings.NewReader(h.as(account.Teammate).get("/api/inbox.csv").Body)).ReadAll()
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
func (h *house) tells() {
	h.t.Helper()
	text, err := story.Recall()
	if err != nil {
		h.t.Fatal(err)
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, text, story.File, conversation.ReadOptions{}); err != nil {
		h.t.Fatal(err)
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
	h.hears("story", messages...)
}

// What the inbox lists, with what is snoozed and set aside, is the waiting list of
// the batch measure; whatever is done with threads.
func TestTheInboxIsTheMeasuresList(t *testing.T) {
	h := newHouse(t)
	h.tells()
	kim := h.as(account.Teammate)
	deal := rand.New(rand.NewPCG(1, 2))

	for range 12 {
		var v struct{ Items []waitingItem }
		kim.json("/api/inbox", &v)
		ids := make([]string, len(v.Items))
		for i, item := range v.Items {
			ids[i] = string(item.Message)
		}
		one, other := ids[deal.IntN(len(ids))], ids[deal.IntN(len(ids))]

		thread := kim.thread(one)
		switch deal.IntN(4) {
		case 0:
			kim.post("/thread/snooze", "thread", thread, "until", "week", "version", "-1")
		case 1:
			kim.post("/thread/aside", "thread", thread, "version", "-1")
		case 2:
			kim.post("/thread/reply", "thread", thread, "to", one, "text", "Your brake will be changed for free in any workshop, from Monday on.")
		case 3:
			if into := kim.thread(other); into != thread {
				kim.post("/thread/merge", "thread", thread, "into", into, "version", "-1")
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
		ids := kim.ids(list)
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

// thread is the thread of a message.
func (v *visitor) thread(message string) string {
	v.h.t.Helper()
	m, err := v.h.Store.Message(v.h.t.Context(), conversation.MessageID(message))
	if err != nil {
		v.h.t.Fatal(err)
	}
	return string(m.Thread)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
