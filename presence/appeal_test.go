package presence

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
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

// TestBroadcastsAnswerNobody: what the organisation posts where no outsider spoke
// is no answer, and fills no silence.
func TestBroadcastsAnswerNobody(t *testing.T) {
	messages := []conversation.Message{say("q", "q", "ana", 0, question), say("a", "q", "maker/li", 5, "Open the lid with a small screwdriver and pull.")}
	for i := range 12 {
		messages = append(messages, say(fmt.Sprint("b", i), fmt.Sprint("t", i), "maker/mo", float64(24*i), "News of "+words(stat.Stream(1, i), 9)))
	}
	r := Measure(logOf(messages), Options{Until: monday.AddDate(0, 0, 30)})
	if r.Counts.Answers != 1 || r.Counts.Broadcasts != 12 || r.Periods[0].Responders != 1 {
		t.Errorf("%d answers by %d people and %d broadcasts, want 1 by 1 and 12", r.Counts.Answers, r.Periods[0].Responders, r.Counts.Broadcasts)
	}
	if silence := r.Components.Constancy.Beside[0]; silence.N != 1 || !math.IsNaN(silence.Value) {
		t.Errorf("between one answer and none is no silence: %+v", silence)
	}
}

// TestStaffAmongThemselves: questions that the organisation's own people ask each
// other are no conversation with outsiders, however well they are answered.
func TestStaffAmongThemselves(t *testing.T) {
	w := world{weeks: 8, perWeek: 10, people: 80, answered: .5, median: 8, staff: []float64{.7, .3}, broadcasts: 30}
	messages := w.messages(stat.Stream(3, 3))
	before := Measure(logOf(messages), w.options(2)).Index.Components
	rng := stat.Stream(4, 4)
	for k := range 200 {
		fake := say(fmt.Sprint("fake", k), fmt.Sprint("fake", k), fmt.Sprint("staff ", k%2), 168*8*rng.Float64(), "How can I buy the "+words(rng, 8)+"?")
		messages = append(messages, fake, answerTo(fake, fmt.Sprint("staff ", (k+1)%2), 5*time.Minute, "You can find it at "+words(rng, 10)))
	}
	after := Measure(logOf(messages), w.options(2)).Index.Components
	for _, name := range componentNames {
		if math.Abs(after[name]-before[name]) > 1e-9 {
			t.Errorf("%s goes from %.3f to %.3f", name, before[name], after[name])
		}
	}
}

// TestWhenDeleted: what was deleted after the census still stood at it, and
// nothing is taken back before it was written.
func TestWhenDeleted(t *testing.T) {
	ask, answer := say("q", "t", "ana", 5, question), say("a", "t", "maker/li", 8, "Open the lid with a small screwdriver and pull.")
	answer.Deleted, answer.DeletedBy = monday.AddDate(0, 0, 30), conversation.Organisation
	gone := ask
	gone.Deleted, gone.DeletedBy = monday, conversation.Community
	late := ask
	late.Deleted, late.DeletedBy = monday.Add(9*time.Hour), conversation.Community
	answered := say("a", "t", "maker/li", 8, "Open the lid with a small screwdriver and pull.")
	for _, c := range []struct {
		name      string
		message   []conversation.Message
		cause     int
		time      float64
		withdrawn int
	}{
		{"an answer, deleted after the census", []conversation.Message{ask, answer}, 1, 3, 0},
		{"a question, deleted by its clock before it was asked", []conversation.Message{gone}, 2, 0, 1},
		{"a question, deleted after its answer", []conversation.Message{late, answered}, 1, 3, 0},
	} {
		r, appeals := first(t, 100, c.message...)
		o := r.observe(&appeals[0], appeals[0].org)
		if o.Cause != c.cause || o.Time != c.time {
			t.Errorf("%s: cause %d after %v h, want %d after %v h", c.name, o.Cause, o.Time, c.cause, c.time)
		}
		if n := Measure(logOf(c.message), Options{Until: monday.Add(100 * time.Hour)}).Counts; n.Withdrawn != c.withdrawn {
			t.Errorf("%s: %d withdrawn, want %d", c.name, n.Withdrawn, c.withdrawn)
		}
	}
}

// TestDaysAmongHours: where some messages know only their day, an answer of the
// same day is none within the hour.
func TestDaysAmongHours(t *testing.T) {
	var messages []conversation.Message
	for i := range 20 {
		ask := say(fmt.Sprint("q", i), fmt.Sprint("t", i), fmt.Sprint("asker ", i), float64(24*i), question)
		answer := say(fmt.Sprint("a", i), fmt.Sprint("t", i), "maker/li", float64(24*i), "Open number "+words(stat.Stream(1, i), 9))
		ask.Precision, answer.Precision = conversation.Day, conversation.Day
		messages = append(messages, ask, answer)
	}
	for i := range 60 {
		messages = append(messages, say(fmt.Sprint("x", i), fmt.Sprint("x", i), fmt.Sprint("other ", i), float64(i), question))
	}
	r := Measure(logOf(messages), Options{Until: monday.AddDate(0, 0, 60)})
	for i, want := range []float64{0, .25, .25, .25} {
		if a := r.AnsweredNeeding[i]; math.Abs(a.Estimate.Center-want) > 1e-9 {
			t.Errorf("answered within %s: %v, want %v", a.Within, a.Estimate, want)
		}
	}
}

// TestDaysHaveNoZone: a day is the same day west of Greenwich.
func TestDaysHaveNoZone(t *testing.T) {
	ask := say("q", "t", "ana", 0, question)
	ask.Precision = conversation.Day
	r := Measure(logOf([]conversation.Message{ask}), Options{Until: monday.AddDate(0, 0, 9), Location: time.FixedZone("", -5*3600)})
	if from := r.Periods[0].From; !from.Equal(monday) {
		t.Errorf("asked on %v, counted from %v", monday, from)
	}
	if r.Index.Parameters.T1 != 24 || r.Parameters.T1 != 24 {
		t.Errorf("soon is within %v h and %v h, want a day", r.Parameters.T1, r.Index.Parameters.T1)
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
