package inbox_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of threads, notes and replies holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "a desk that nobody touched is empty", Hold: untouchedDesk},
		{Words: "of many who change a desk at once, one is let", Hold: oneChangesDesk},
		{Words: "what a desk was before, set again, is the undo", Hold: undoDesk},
		{Words: "threads aren't merged in a circle", Hold: noCircle},
		{Words: "two merges at once close no circle", Hold: noCircleAtOnce},
		{Words: "notes stay in order, and are a change of their thread", Hold: notes},
		{Words: "whoever looks at a thread is seen there, and not elsewhere", Hold: lookers},
		{Words: "canned answers are kept, changed and deleted", Hold: canned},
		{Words: "a reply is kept, queued, once for a key", Hold: replyOnce},
		{Words: "of many same replies at once, one is kept", Hold: replyAtOnce},
		{Words: "a reply that comes back through its source is the same", Hold: replyReturns},
		{Words: "only what was written here is sent", Hold: sendingOnlyOurs},
		{Words: "what was stopped can be sent after all", Hold: sendAgain},
	})
}

func untouchedDesk(t *testing.T, s *store.Store) {
	d := storetest.OK(inbox.StateOf(t.Context(), s, "forum/nobody"))(t)
	storetest.Same(t, "desk", d, inbox.State{Thread: "forum/nobody"})
}

func oneChangesDesk(t *testing.T, s *store.Store) {
	var lucky, late int
	var mu sync.Mutex
	storetest.AtOnce(8, func(i int) {
		_, err := inbox.SetState(t.Context(), s, inbox.State{Thread: "forum/race", Assignee: int64(i + 1)}, 1)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			lucky++
		case errors.Is(err, store.ErrConflict):
			late++
		default:
			t.Error(err)
		}
	})
	if lucky != 1 || late != 7 {
		t.Errorf("%d changed it and %d were told they were late; want 1 and 7", lucky, late)
	}
	if d := storetest.OK(inbox.StateOf(t.Context(), s, "forum/race"))(t); d.Version != 1 || d.Assignee == 0 {
		t.Errorf("kept %+v", d)
	}
}

func undoDesk(t *testing.T, s *store.Store) {
	until := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
	first := inbox.State{Thread: "forum/undo", Assignee: 3, Snoozed: until, Version: -1}
	storetest.OK(inbox.SetState(t.Context(), s, first, 1))(t)
	before := storetest.OK(inbox.SetState(t.Context(), s, inbox.State{Thread: "forum/undo", Closed: until, Version: 1}, 1))(t)
	if all := storetest.OK(inbox.States(t.Context(), s))(t); !all["forum/undo"].Closed.Equal(until) {
		t.Errorf("closed: %+v", all["forum/undo"])
	}
	at := storetest.LastChange(t, s)
	before.Version = -1
	storetest.OK(inbox.SetState(t.Context(), s, before, 1))(t)
	storetest.Same(t, "after the undo", storetest.OK(inbox.StateOf(t.Context(), s, "forum/undo"))(t), inbox.State{Thread: "forum/undo", Assignee: 3, Snoozed: until, Version: 3})
	storetest.Changed(t, s, at, store.Change{Kind: store.DeskChanged, Subject: "forum/undo"})
}

func noCircle(t *testing.T, s *store.Store) {
	for _, pair := range [][2]conversation.ThreadID{{"forum/a", "forum/b"}, {"forum/b", "forum/c"}} {
		storetest.OK(inbox.SetState(t.Context(), s, inbox.State{Thread: pair[0], Into: pair[1], Version: -1}, 1))(t)
	}
	for _, thread := range []conversation.ThreadID{"forum/a", "forum/c"} {
		if _, err := inbox.SetState(t.Context(), s, inbox.State{Thread: thread, Into: "forum/a", Version: -1}, 1); !errors.Is(err, store.ErrConflict) {
			t.Errorf("merging %s into forum/a, which is a part of forum/c: %v", thread, err)
		}
	}
	storetest.Same(t, "c", storetest.OK(inbox.StateOf(t.Context(), s, "forum/c"))(t), inbox.State{Thread: "forum/c"})
}

func noCircleAtOnce(t *testing.T, s *store.Store) {
	for round := range 10 {
		pair := [2]conversation.ThreadID{conversation.ThreadID(fmt.Sprint("ring/a", round)), conversation.ThreadID(fmt.Sprint("ring/b", round))}
		var merged atomic.Int32
		storetest.AtOnce(2, func(i int) {
			_, err := inbox.SetState(t.Context(), s, inbox.State{Thread: pair[i], Into: pair[1-i], Version: -1}, 1)
			if err == nil {
				merged.Add(1)
			} else if !errors.Is(err, store.ErrConflict) {
				t.Error(err)
			}
		})
		if merged.Load() != 1 {
			t.Errorf("%d of two merges in a circle were made", merged.Load())
		}
	}
}

func notes(t *testing.T, s *store.Store) {
	at := storetest.LastChange(t, s)
	first := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var want []inbox.Note
	for i, text := range []string{"who knows?", "I do\x00", "broken \xff"} {
		n := inbox.Note{Thread: "forum/notes", By: 2, Time: first.Add(time.Duration(i) * time.Minute), Text: text}
		n.ID = storetest.OK(inbox.AddNote(t.Context(), s, n))(t)
		want = append(want, n)
	}
	want[1].Text, want[2].Text = "I do\uFFFD", "broken \uFFFD"
	storetest.Same(t, "notes", storetest.OK(inbox.Notes(t.Context(), s, "forum/notes"))(t), want)
	one := store.Change{Kind: store.DeskChanged, Subject: "forum/notes"}
	storetest.Changed(t, s, at, one, one, one)
}

func lookers(t *testing.T, s *store.Store) {
	at := storetest.LastChange(t, s)
	for user, typing := range map[int64]bool{1: false, 2: true} {
		storetest.No(t, inbox.MarkViewing(t.Context(), s, "forum/look", user, typing))
	}
	storetest.No(t, inbox.MarkViewing(t.Context(), s, "forum/elsewhere", 3, true))
	storetest.Same(t, "lookers", storetest.OK(inbox.Viewers(t.Context(), s, "forum/look"))(t), map[int64]bool{1: false, 2: true})
	storetest.No(t, inbox.MarkViewing(t.Context(), s, "forum/look", 2, false))
	storetest.Same(t, "lookers", storetest.OK(inbox.Viewers(t.Context(), s, "forum/look"))(t), map[int64]bool{1: false, 2: false})
	storetest.Changed(t, s, at)
}

func canned(t *testing.T, s *store.Store) {
	id := storetest.OK(inbox.SaveCannedReply(t.Context(), s, inbox.CannedReply{Title: "Refund", Lang: "en", Text: "It takes five days."}))(t)
	storetest.OK(inbox.SaveCannedReply(t.Context(), s, inbox.CannedReply{Title: "Attente", Lang: "fr", Text: "Encore un peu."}))(t)
	storetest.OK(inbox.SaveCannedReply(t.Context(), s, inbox.CannedReply{ID: id, Title: "Refund", Lang: "en", Text: "It takes three days."}))(t)
	all := storetest.OK(inbox.CannedReplies(t.Context(), s))(t)
	if len(all) != 2 || all[0].Title != "Attente" || all[1].Text != "It takes three days." {
		t.Errorf("canned answers: %+v", all)
	}
	storetest.No(t, inbox.DeleteCannedReply(t.Context(), s, id))
	for _, err := range []error{inbox.DeleteCannedReply(t.Context(), s, id), storetest.Second(inbox.SaveCannedReply(t.Context(), s, inbox.CannedReply{ID: id}))} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("one that is gone: %v", err)
		}
	}
}

func replyOnce(t *testing.T, s *store.Store) {
	q := storetest.Ask(t, s, "reply-once", "Ana")
	at := storetest.LastChange(t, s)
	r := inbox.Reply{Thread: conversation.ThreadID(q), To: q, By: 5, Author: "Léo", Department: "hall", Text: "Yes, from ten.", Canned: 1, Key: "k"}
	m := storetest.OK(inbox.SendReply(t.Context(), s, r))(t)
	if m.Sending != store.Queued || m.Side != conversation.Organisation || m.Author != "Léo" || m.Department != "hall" ||
		m.Channel != "help" || m.Thread != conversation.ThreadID(q) || m.ReplyTo != q || m.Text != r.Text || m.Source != "reply-once" {
		t.Errorf("kept as %+v", m)
	}
	if v, ok := m.Attributes.Value("canned"); !ok || v != true {
		t.Errorf("attributes %s", m.Attributes)
	}
	r.Text = "another text"
	storetest.Same(t, "the same key again", storetest.OK(inbox.SendReply(t.Context(), s, r))(t), m)
	if queued := storetest.OK(s.Messages(t.Context(), store.Range{Source: "reply-once", Sending: store.Queued}))(t); len(queued) != 1 {
		t.Errorf("%d are queued", len(queued))
	}
	jobs := slices.DeleteFunc(storetest.OK(job.Jobs(t.Context(), s, 0))(t), func(j job.Job) bool { return j.Kind != inbox.SendJob || j.Key != string(m.ID) })
	if len(jobs) != 1 {
		t.Errorf("%d jobs send it", len(jobs))
	}
	told := storetest.OK(s.Changes(t.Context(), at, 10))(t)
	if !slices.ContainsFunc(told, func(c store.Change) bool { return c.Kind == store.MessageChanged && c.Subject == string(m.ID) }) {
		t.Errorf("changes %+v don't tell of %s", told, m.ID)
	}
	for _, bad := range []inbox.Reply{{Thread: "reply-once/none", Text: "hello"}, {Thread: conversation.ThreadID(q), To: q, Text: ""}} {
		if _, err := inbox.SendReply(t.Context(), s, bad); err == nil {
			t.Errorf("%+v was kept", bad)
		}
	}
}

func replyAtOnce(t *testing.T, s *store.Store) {
	q := storetest.Ask(t, s, "reply-race", "Ana")
	storetest.AtOnce(8, func(int) {
		if _, err := inbox.SendReply(t.Context(), s, inbox.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}); err != nil {
			t.Error(err)
		}
	})
	if all := storetest.OK(s.Thread(t.Context(), conversation.ThreadID(q)))(t); len(all) != 2 {
		t.Errorf("the thread has %d messages, want the question and one reply", len(all))
	}
}

func replyReturns(t *testing.T, s *store.Store) {
	q := storetest.Ask(t, s, "reply-back", "Ana")
	m := storetest.OK(inbox.SendReply(t.Context(), s, inbox.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}))(t)
	storetest.No(t, inbox.MarkSending(t.Context(), s, m.ID, store.Sent, "post-77"))
	back := m.Message
	back.ID, back.Thread, back.ReplyTo, back.Attributes = "post-77", "q1", "q1", ""
	back.Origin = conversation.Origin{}
	out := storetest.OK(s.Append(t.Context(), "reply-back", []conversation.Message{back}))(t)
	if out[0].Fate == store.Added || out[0].Fate == store.Refused {
		t.Errorf("coming back it is %+v", out[0])
	}
	if now := storetest.OK(s.Message(t.Context(), m.ID))(t); now.Sending != store.Sent || now.Text != m.Text {
		t.Errorf("it stands as %+v", now)
	}
	if all := storetest.OK(s.Thread(t.Context(), conversation.ThreadID(q)))(t); len(all) != 2 {
		t.Errorf("the thread has %d messages, want 2", len(all))
	}
}

func sendingOnlyOurs(t *testing.T, s *store.Store) {
	q := storetest.Ask(t, s, "received", "Ana")
	for _, id := range []conversation.MessageID{q, "received/none"} {
		if err := inbox.MarkSending(t.Context(), s, id, store.Sent, ""); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func sendAgain(t *testing.T, s *store.Store) {
	q := storetest.Ask(t, s, "again", "Ana")
	m := storetest.OK(inbox.SendReply(t.Context(), s, inbox.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}))(t)
	if err := inbox.SendAgain(t.Context(), s, m.ID, 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that wasn't stopped: %v", err)
	}
	for _, j := range storetest.OK(job.Take(t.Context(), s, []string{inbox.SendJob}, "me", 100, time.Minute))(t) {
		storetest.No(t, job.Finish(t.Context(), s, j, errors.New("no"), time.Time{}))
	}
	storetest.No(t, inbox.MarkSending(t.Context(), s, m.ID, store.Stopped, ""))
	storetest.No(t, inbox.SendAgain(t.Context(), s, m.ID, 1))
	if now := storetest.OK(s.Message(t.Context(), m.ID))(t); now.Sending != store.Queued {
		t.Errorf("it is %q", now.Sending)
	}
	jobs := storetest.OK(job.Take(t.Context(), s, []string{inbox.SendJob}, "me", 100, time.Minute))(t)
	if len(jobs) != 1 || jobs[0].Key != string(m.ID) {
		t.Errorf("the jobs that send: %+v", jobs)
	}
}
