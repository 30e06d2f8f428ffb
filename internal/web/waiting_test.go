package web

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
)

// Somebody whom many thanked is lifted past who can wait a little, once she agreed
// to have a standing, and stands where time puts her when she withdraws.
func TestALiftIsAgreedTo(t *testing.T) {
	h := newHouse(t)
	var said []conversation.Message
	parts, places := strings.Fields("lid valve hose pump filter handle wheel screw spring cable lamp bolt"), strings.Fields("left right front back top bottom middle edge corner inside outside rim frame")
	for i := range 150 { // the organisation answers five a day
		id, who := fmt.Sprint("q", i), fmt.Sprint("p", i%50)
		said = append(said, message(id, who, "How do I open the lid of the tank?", ago(20*day-time.Duration(i)*2*time.Hour)),
			message("a"+id, "kim", "Take the "+parts[i%12]+" at the "+places[i%13]+" and turn the "+parts[i%11]+" to the "+places[i%7]+".", in(id, id), ours, ago(20*day-time.Duration(i)*2*time.Hour-time.Hour)))
	}
	said = append(said, message("ada0", "ada", "I like this pump.", ago(40*day)), message("bert0", "bert", "I like it too.", ago(40*day)),
		message("ada", "ada", "Where can I buy a filter?", ago(4*time.Hour)), message("bert", "bert", "Where can I buy a hose?", ago(3*time.Hour)))
	h.hears("forum", said...)
	for i := range 15 {
		if _, err := board.Thank(t.Context(), h.Store, board.Thanks{From: conversation.PersonID(fmt.Sprint("p", i)), To: "bert", Text: "He came and repaired it.", Time: h.Now().Add(-time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	h.catchUp()
	bert, kim := h.as(account.Member), h.as(account.Teammate)
	bert.User.Person = "bert"
	if _, err := account.SaveUser(t.Context(), h.Store, bert.User); err != nil {
		t.Fatal(err)
	}
	order := func() []string {
		return slices.DeleteFunc(kim.ids("waiting"), func(id string) bool { return !strings.HasSuffix(id, "/ada") && !strings.HasSuffix(id, "/bert") })
	}
	plain := []string{"forum/ada", "forum/bert"}
	if got := order(); !slices.Equal(got, plain) {
		t.Fatalf("before anybody agreed: %v", got)
	}
	bert.post("/why/agree", "agree", "true").has("Of 100,000 walks")
	if got := order(); !slices.Equal(got, []string{"forum/bert", "forum/ada"}) {
		t.Errorf("bert, whom fifteen people thanked, stands at %v", got)
	}
	kim.get("/thread?message=forum/bert").has("By thanks: met most")
	bert.post("/why/agree", "agree", "false")
	if got := order(); !slices.Equal(got, plain) {
		t.Errorf("withdrawn: %v", got)
	}
}

// Lists that take long to make are kept a while although something moves; quick
// ones never; none longer than a minute.
func TestHowLongListsAreKept(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		age, took time.Duration
		moved     bool
		want      bool
	}{
		{0, time.Millisecond, false, true},
		{0, time.Millisecond, true, false},
		{time.Second, 200 * time.Millisecond, true, true},
		{3 * time.Second, 200 * time.Millisecond, true, false},
		{59 * time.Second, time.Millisecond, false, true},
		{61 * time.Second, time.Millisecond, false, false},
		{61 * time.Second, time.Hour, true, false},
		{-time.Second, time.Millisecond, false, false},
	} {
		w := &waiting{change: 7, measures: 7, made: now.Add(-c.age), took: c.took, lanes: map[string]lane{}}
		change := int64(7)
		if c.moved {
			change++
		}
		if got := w.good(change, change, now); got != c.want {
			t.Errorf("%+v: kept %v", c, got)
		}
	}
}

// Where making the lists takes long, what is done to a thread shows at once all the
// same, and is what making them again would give.
func TestASlowHouse(t *testing.T) {
	h := newHouse(t)
	h.tells()
	kim := h.as(account.Teammate)
	before := kim.ids("waiting")
	slow := func() {
		h.waiting.Lock()
		defer h.waiting.Unlock()
		h.waiting.took = 10 * time.Second // so they are kept for the whole of the test
	}
	slow()
	one, two, three, four := before[3], before[40], before[41], before[90]
	page := kim.post("/thread/snooze", "thread", kim.thread(one), "until", "week", "version", "-1")
	kim.post("/thread/aside", "thread", kim.thread(two), "version", "-1")
	kim.post("/thread/reply", "thread", kim.thread(three), "to", three, "text", "Your brake will be changed for free in any workshop, from Monday on.")
	kim.post("/thread/assign", "thread", kim.thread(four), "user", itoa(kim.User.ID), "version", "-1")
	look := func() (all [4][]string) {
		for i, list := range []string{"waiting", "snoozed", "aside", "waiting&who=mine"} {
			all[i] = kim.ids(list)
		}
		return all
	}
	patched := look()
	if slices.Contains(patched[0], one) || slices.Contains(patched[0], two) || slices.Contains(patched[0], three) || !slices.Contains(patched[1], one) || !slices.Contains(patched[2], two) || !slices.Contains(patched[3], four) {
		t.Errorf("what was done doesn't show: %v", patched[1:])
	}
	h.waiting.forget()
	if made := look(); !reflect.DeepEqual(patched, made) {
		t.Errorf("made again the lists are\n%v, not\n%v", made, patched)
	}
	slow()
	kim.undo(page, "/thread/restore")
	if got := kim.ids("waiting"); !slices.Contains(got, one) {
		t.Error("undone, it doesn't wait")
	}
	h.hears("forum", message("new", "zoe", "Where is my order?"))
	h.waiting.Lock()
	h.waiting.made = time.Time{} // too old: the next visit has them made again meanwhile
	h.waiting.Unlock()
	kim.get("/inbox")
	h.still.Wait()
	if got := kim.ids("waiting"); !slices.Contains(got, "forum/new") {
		t.Error("who came since doesn't wait")
	}
}

// Next week is never tomorrow, nor further than eight days away.
func TestNextWeek(t *testing.T) {
	for i := range 14 {
		w := when{time.Date(2026, 11, 16+i, 15, 0, 0, 0, time.UTC), time.UTC}
		days := w.monday().Sub(w.morning(0)).Hours() / 24
		if w.monday().Weekday() != time.Monday || days < 2 || days > 8 {
			t.Errorf("on %s next week begins %s", w.now.Weekday(), w.monday())
		}
	}
}
