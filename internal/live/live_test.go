package live_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

var monday = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func add(t testing.TB, s *store.Store, messages ...conversation.Message) {
	t.Helper()
	outcomes, err := s.Append(context.Background(), "forum", messages)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Fate == store.Refused {
			t.Fatalf("%s was refused: %s", o.ID, o.Why)
		}
	}
}

// Words make answers that are no copies of each other.
var words = []string{"the left button", "this cover", "a red wire", "your phone", "our old meter", "that lamp", "the second fuse"}

func ask(n int, at time.Duration) conversation.Message {
	return conversation.Message{ID: conversation.MessageID(fmt.Sprint("q", n)), Thread: conversation.ThreadID(fmt.Sprint("t", n)),
		Author: conversation.PersonID(fmt.Sprint("ana", n)), Side: conversation.Community, Time: monday.Add(at), Text: "How do I reset the meter?"}
}

func answer(n int, at time.Duration) conversation.Message {
	return conversation.Message{ID: conversation.MessageID(fmt.Sprint("a", n)), Thread: conversation.ThreadID(fmt.Sprint("t", n)), ReplyTo: conversation.MessageID(fmt.Sprint("q", n)),
		Author: "helen", Side: conversation.Organisation, Time: monday.Add(at), Text: "You have to hold " + words[n%len(words)] + " and " + words[n*n%len(words)] + " for a while, then " + words[n/3%len(words)] + " moves."}
}

// TestAnAnswerShortensTheList: who asks waits, is on the list, and is off it once
// the organisation answers; the figures follow, and who listens is told.
func TestAnAnswerShortensTheList(t *testing.T) {
	s := open(t)
	for n := range 5 {
		add(t, s, ask(n, time.Duration(n)*time.Hour))
	}
	add(t, s, answer(0, 2*time.Hour))
	now := monday.Add(48 * time.Hour)
	l := live.Open(s, live.Options{Now: func() time.Time { return now }})
	if f := l.Figures(); f.Messages != 0 {
		t.Fatalf("figures before the first reading: %+v", f)
	}
	if err := l.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, all := l.Appeals(live.Which{Waiting: true, Needing: true, Limit: 2})
	if all != 4 || len(list) != 2 || list[0].Message != "forum/q1" || list[1].Message != "forum/q2" {
		t.Fatalf("%d wait, first %+v; want 4, q1 and q2", all, list)
	}
	if f := l.Figures(); f.Waiting != 4 || f.Answered.Center != .2 || f.Messages != 6 {
		t.Fatalf("figures are %+v", f)
	}
	changes, stop := l.Subscribe()
	defer stop()
	add(t, s, answer(1, 40*time.Hour))
	if err := l.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := <-changes; n != l.Change() {
		t.Errorf("told of change %d, newest is %d", n, l.Change())
	}
	if f := l.Figures(); f.Waiting != 3 || f.Answered.Center != .2 || f.Change != l.Change() {
		t.Fatalf("figures after the answer are %+v", f)
	}
	late, _ := l.Appeals(live.Which{Late: 24 * time.Hour})
	soon, _ := l.Appeals(live.Which{Within: 24 * time.Hour})
	if len(late) != 4 || len(soon) != 1 || soon[0].Thread != "forum/t0" {
		t.Errorf("late: %+v, soon: %+v", late, soon)
	}
}
