package presence

import (
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
)

// dayOf is h hours into day d of the crisis tests' log; the kettles fail on day
// 60 at 9 h.
func dayOf(d int, h float64) time.Time {
	return firstHour.Add(time.Duration((float64(24*d) + h) * float64(time.Hour)))
}

// kettles is a log of 80 days: two or three ordinary questions a day, and from
// day 60 a flood of others about a recall.
func kettles(more ...conversation.Message) *conversation.Log {
	log := conversation.NewLog(nil)
	r := stat.Stream(3, 0)
	ask := func(at time.Time, text string) {
		n := log.Len()
		log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprint("m", n)), Author: conversation.PersonID(fmt.Sprint("asker", n)),
			Side: conversation.Community, Channel: "forum", Time: at, Lang: "en", Text: text})
	}
	ordinary := []string{"When will my order number %d arrive?", "Could you send invoice %d again, please?", "The lid of pot %d squeaks. What can I do?",
		"Which size of filter fits model %d?", "Where can I buy a handle for jug %d?"}
	flood := []string{"Is kettle %d part of the recall?", "My kettle %d caught fire this morning! What do I do?",
		"You recalled the kettles on the radio. Is mine, number %d, dangerous?", "How do I get a refund for the recalled kettle %d?"}
	for day := range 80 {
		for range 2 + r.IntN(2) {
			ask(dayOf(day, 8+12*r.Float64()), fmt.Sprintf(ordinary[r.IntN(len(ordinary))], r.IntN(1000)))
		}
		for range 40 * max(0, min(1, day-59)) / max(1, day-59) {
			ask(dayOf(day, 9+11*r.Float64()), fmt.Sprintf(flood[r.IntN(len(flood))], r.IntN(1000)))
		}
	}
	for _, m := range more {
		log.Append(m)
	}
	return log
}

// org is a message of the maker, on a thread of its own unless it replies.
func org(id string, at time.Time, author, to, text string) conversation.Message {
	return conversation.Message{ID: conversation.MessageID(id), Author: conversation.PersonID(author), Side: conversation.Organisation,
		ReplyTo: conversation.MessageID(to), Channel: "forum", Time: at, Lang: "en", Text: text}
}

// asking is a member's message that can be replied to.
func asking(id string, at time.Time, text string) conversation.Message {
	return conversation.Message{ID: conversation.MessageID(id), Author: conversation.PersonID("by " + id), Side: conversation.Community,
		Channel: "forum", Time: at, Lang: "en", Text: text}
}

func theCrisis(t *testing.T, log *conversation.Log, o Options) Crisis {
	t.Helper()
	rep := Measure(log, o)
	if len(rep.Crises) != 1 {
		t.Fatalf("%d crises, want 1 (alarms: %+v)", len(rep.Crises), rep.Alarms)
	}
	c := rep.Crises[0]
	if off := c.Start.Sub(dayOf(60, 9)).Abs(); off > 12*time.Hour {
		t.Errorf("the crisis starts %v, want %v", c.Start, dayOf(60, 9))
	}
	return c
}

func said(t *testing.T, what string, m *Milestone, want string) {
	t.Helper()
	switch {
	case m == nil && want != "":
		t.Errorf("%s: never, want %s", what, want)
	case m != nil && string(m.Message) != want:
		t.Errorf("%s: %s (%q), want %q", what, m.Message, m.Quote, want)
	}
}

func TestCrisisIsTold(t *testing.T) {
	role, _ := conversation.NewAttributes(map[string]any{"role": "CEO and founder"})
	leader := org("leader", dayOf(66, 10), "dora", "statement", "It is our fault that the kettles burn: we saved on a fuse. I am sorry. Every kettle will be replaced free of charge, and it will not happen again. — Dora Quill")
	leader.Attributes = role
	log := kettles(
		asking("invoice", dayOf(60, 7), "Could you send invoice 77 again, please?"),
		asking("scared", dayOf(61, 12), "Is kettle 31 part of the recall? It smells of smoke."),
		org("answer-invoice", dayOf(60, 11), "sam", "invoice", "Sent again to your address this morning, with the tax number. — Sam"),
		org("sale", dayOf(61, 9), "brand", "", "Spring sale: ten per cent off all filters until Sunday, https://shop.example/?utm_campaign=spring"),
		org("receipt", dayOf(62, 13), "brand", "scared", "Your message has been passed on to the team in charge."),
		org("statement", dayOf(63, 9), "brand", "", "The company is aware of the recall of certain kettles. Owners should not use them. The next update will follow on Wednesday."),
		org("statement-again", dayOf(63, 9.5), "brand", "", "The company is aware of the recall of certain kettles. Owners should not use them."),
		org("reply", dayOf(64, 15), "sam", "scared", "Yes, kettle 31 is one of the recalled ones. Unplug it and keep it outside; we collect it on Monday. — Sam"),
		leader,
		org("update", dayOf(66, 16), "brand", "", "Kettles collected so far: 212 of 900. Next update on Monday."),
		org("update-2", dayOf(70, 10), "brand", "", "Recalled kettles collected so far: 640 of 900."),
	)
	c := theCrisis(t, log, Options{Names: []string{"brand"}, Window: -1})
	said(t, "first word", c.FirstWord, "statement")
	said(t, "first named word", c.Acknowledgement, "reply")
	said(t, "leader's first word", c.Leader, "leader")
	said(t, "first answer", c.TwoWay, "reply")
	if c.FirstWord != nil && c.FirstWord.Hours != dayOf(63, 9).Sub(c.Start).Hours() {
		t.Errorf("the first word came after %g h", c.FirstWord.Hours)
	}
	for _, p := range c.Apology {
		if want := p.Name != "forgiveness" && p.Name != "explanation"; want && (!p.Said || p.Message != "leader") || p.Name == "forgiveness" && p.Said {
			t.Errorf("apology: %+v", p)
		}
	}
	if len(c.Apology) != 6 {
		t.Errorf("an apology has six parts, not %d", len(c.Apology))
	}
	// Day 63 is a Monday: Wednesday is day 65, and what came on day 63 again was
	// no update. Day 66 promises Monday, day 70: kept.
	if len(c.Promises) != 2 || c.Promises[0].Kept == nil || *c.Promises[0].Kept || c.Promises[1].Kept == nil || !*c.Promises[1].Kept {
		t.Errorf("promises: %+v", c.Promises)
	}
	if c.Appeals < 100 || c.Answered.N != c.Appeals {
		t.Errorf("%d appeals, answered %v", c.Appeals, c.Answered)
	}
	last := c.Course[len(c.Course)-1]
	if last.Appeals != c.Appeals || last.Answered != 1 {
		t.Errorf("the course ends with %+v of %d appeals", last, c.Appeals)
	}
}

func TestSilenceHasNoMilestones(t *testing.T) {
	c := theCrisis(t, kettles(
		org("sale", dayOf(61, 9), "brand", "", "Spring sale: ten per cent off all filters until Sunday."),
	), Options{Window: -1})
	if c.FirstWord != nil || c.Acknowledgement != nil || c.Leader != nil || c.TwoWay != nil || len(c.Promises) != 0 {
		t.Errorf("a silent organisation said %+v", c)
	}
	if c.Answered.Center != 0 || c.Answered.Hi <= 0 {
		t.Errorf("answered %v, want 0 with room above", c.Answered)
	}
}

func TestLeaderByName(t *testing.T) {
	c := theCrisis(t, kettles(org("word", dayOf(62, 9), "Dora", "", "About the recall of our kettles: I have no news yet, and I will not sleep until I do. — Dora")),
		Options{Window: -1, Leaders: []string{"dora"}})
	said(t, "leader's first word", c.Leader, "word")
}

func TestPromiseNotDueYet(t *testing.T) {
	c := theCrisis(t, kettles(org("word", dayOf(79, 10), "brand", "", "Recalled kettles collected so far: 700 of 900. Next update on Monday.")), Options{Window: -1})
	if len(c.Promises) != 1 || c.Promises[0].Kept != nil {
		t.Errorf("%+v", c.Promises)
	}
}

func TestNoSurgeNoCrisis(t *testing.T) {
	rep := Measure(kettles(), Options{Window: -1, Until: dayOf(59, 12)})
	if len(rep.Crises) != 0 {
		t.Errorf("%+v", rep.Crises)
	}
	if !rep.Watch.Measured {
		t.Errorf("the watch says %+v", rep.Watch)
	}
}
