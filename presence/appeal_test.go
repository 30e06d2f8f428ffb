package presence

import (
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// TestWhatJoins: what an asker adds within a day joins her appeal, unless that
// would give her question an end from before she asked it.
func TestWhatJoins(t *testing.T) {
	gone := say("q", "t", "ana", 0, question)
	gone.Deleted, gone.DeletedBy = monday.Add(time.Minute), conversation.Community
	private := say("q", "t", "ana", 0, question)
	private.Private = true
	again := say("q2", "t", "ana", 2, "@li "+question)
	for _, c := range []struct {
		name    string
		message []conversation.Message
		waiting []conversation.MessageID // appeals that need an answer and have none
		merged  int
	}{
		{"a question again", []conversation.Message{say("q", "t", "ana", 0, question), again}, []conversation.MessageID{"q"}, 1},
		{"a question after an answered compliment", []conversation.Message{say("q", "t", "ana", 0, "I love the new lamp, well done!"),
			say("a", "t", "maker/li", 1, "So happy that you like the green colour of it."), again}, []conversation.MessageID{"q2"}, 0},
		{"a question after a deleted one", []conversation.Message{gone, again}, []conversation.MessageID{"q2"}, 0},
		{"a public question after a private one", []conversation.Message{private, again}, []conversation.MessageID{"q2"}, 0},
		{"found alone, and told to the organisation", []conversation.Message{say("q", "t", "ana", 0, question),
			say("s", "t", "ana", 2, "@li never mind, I found it myself!"), say("s2", "t", "ana", 3, "@li have a nice day")}, nil, 2},
	} {
		r := read(logOf(c.message), Options{Until: monday.AddDate(0, 0, 30), Names: []string{"li"}})
		found := r.collect()
		var waiting []conversation.MessageID
		for _, w := range r.waiting(found).List {
			waiting = append(waiting, w.Message)
		}
		if fmt.Sprint(waiting) != fmt.Sprint(c.waiting) || found.merged != c.merged {
			t.Errorf("%s: %v wait and %d joined, want %v and %d", c.name, waiting, found.merged, c.waiting, c.merged)
		}
	}
}

// BenchmarkLongThread follows a hundred thousand people who ask in one thread,
// all on one day.
func BenchmarkLongThread(b *testing.B) {
	l := conversation.NewLog(nil)
	for i := range 100_000 {
		l.Append(say(fmt.Sprint(i), "t", fmt.Sprint("asker ", i), float64(i)/5000, "@li where?"))
	}
	r := read(l, Options{Names: []string{"li"}})
	for b.Loop() {
		r.collect()
	}
}
