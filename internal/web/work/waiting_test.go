package work_test

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/cache"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

// Somebody whom many thanked is lifted past who can wait a little, once she agreed
// to have a standing, and stands where time puts her when she withdraws.
func TestALiftIsAgreedTo(t *testing.T) {
	h := webtest.New(t)
	var said []conversation.Message
	parts, places := strings.Fields("lid valve hose pump filter handle wheel screw spring cable lamp bolt"), strings.Fields("left right front back top bottom middle edge corner inside outside rim frame")
	for i := range 150 { // the organisation answers five a day
		id, who := fmt.Sprint("q", i), fmt.Sprint("p", i%50)
		said = append(said, webtest.Message(id, who, "How do I open the lid of the tank?", webtest.Ago(20*day-time.Duration(i)*2*time.Hour)),
			webtest.Message("a"+id, "kim", "Take the "+parts[i%12]+" at the "+places[i%13]+" and turn the "+parts[i%11]+" to the "+places[i%7]+".", webtest.In(id, id), webtest.Ours, webtest.Ago(20*day-time.Duration(i)*2*time.Hour-time.Hour)))
	}
	said = append(said, webtest.Message("ada0", "ada", "I like this pump.", webtest.Ago(40*day)), webtest.Message("bert0", "bert", "I like it too.", webtest.Ago(40*day)),
		webtest.Message("ada", "ada", "Where can I buy a filter?", webtest.Ago(4*time.Hour)), webtest.Message("bert", "bert", "Where can I buy a hose?", webtest.Ago(3*time.Hour)))
	h.Hears("forum", said...)
	for i := range 15 {
		if _, err := board.Thank(t.Context(), h.Store, board.Thanks{From: conversation.PersonID(fmt.Sprint("p", i)), To: "bert", Text: "He came and repaired it.", Time: h.Now().Add(-time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	h.CatchUp()
	bert, kim := h.As(account.Member), h.As(account.Teammate)
	bert.User.Person = "bert"
	if _, err := account.SaveUser(t.Context(), h.Store, bert.User); err != nil {
		t.Fatal(err)
	}
	order := func() []string {
		return slices.DeleteFunc(kim.IDs("waiting"), func(id string) bool { return !strings.HasSuffix(id, "/ada") && !strings.HasSuffix(id, "/bert") })
	}
	plain := []string{"forum/ada", "forum/bert"}
	if got := order(); !slices.Equal(got, plain) {
		t.Fatalf("before anybody agreed: %v", got)
	}
	bert.Post("/why/agree", "agree", "true").Has("Of 100,000 walks")
	if got := order(); !slices.Equal(got, []string{"forum/bert", "forum/ada"}) {
		t.Errorf("bert, whom fifteen people thanked, stands at %v", got)
	}
	kim.Get("/thread?message=forum/bert").Has("By thanks: met most")
	bert.Post("/why/agree", "agree", "false")
	if got := order(); !slices.Equal(got, plain) {
		t.Errorf("withdrawn: %v", got)
	}
}

// Where making the lists takes long, what is done to a thread shows at once all the
// same, and is what making them again would give.
func TestASlowHouse(t *testing.T) {
	var later atomic.Int64
	h := webtest.New(t, func(c *web.Config) {
		c.Queues = cache.Timing{TTL: time.Minute, Factor: 1e12, MinCost: 1} // so they are kept for the whole of the test
		c.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	})
	tells(h)
	kim := h.As(account.Teammate)
	before := kim.IDs("waiting")
	one, two, three, four := before[3], before[40], before[41], before[90]
	page := kim.Post("/thread/snooze", "thread", kim.ThreadOf(one), "until", "week", "version", "-1")
	kim.Post("/thread/aside", "thread", kim.ThreadOf(two), "version", "-1")
	kim.Post("/thread/reply", "thread", kim.ThreadOf(three), "to", three, "text", "Your brake will be changed for free in any workshop, from Monday on.")
	kim.Post("/thread/assign", "thread", kim.ThreadOf(four), "user", strconv.FormatInt(kim.User.ID, 10), "version", "-1")
	look := func() (all [4][]string) {
		for i, list := range []string{"waiting", "snoozed", "aside", "waiting&who=mine"} {
			all[i] = kim.IDs(list)
		}
		return all
	}
	changed := look()
	if slices.Contains(changed[0], one) || slices.Contains(changed[0], two) || slices.Contains(changed[0], three) || !slices.Contains(changed[1], one) || !slices.Contains(changed[2], two) || !slices.Contains(changed[3], four) {
		t.Errorf("what was done doesn't show: %v", changed[1:])
	}
	h.Waiting.Forget()
	if made := look(); !reflect.DeepEqual(changed, made) {
		t.Errorf("made again the lists are\n%v, not\n%v", made, changed)
	}
	kim.Undo(page, "/thread/restore")
	if got := kim.IDs("waiting"); !slices.Contains(got, one) {
		t.Error("undone, it doesn't wait")
	}
	h.Hears("forum", webtest.Message("new", "zoe", "Where is my order?"))
	later.Store(int64(2 * time.Minute)) // too old: the next visit has them made again meanwhile
	kim.Get("/inbox")
	h.Wait()
	if got := kim.IDs("waiting"); !slices.Contains(got, "forum/new") {
		t.Error("who came since doesn't wait")
	}
}
