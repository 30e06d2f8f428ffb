package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// Desk holds an engine to what is promised of threads, replies, thanks and
// notices.
func Desk(t *testing.T, open func(*testing.T) *store.Store) {
	s := open(t)
	for _, l := range []law{
		{"a desk that nobody touched is empty", untouchedDesk},
		{"of many who change a desk at once, one is let", oneChangesDesk},
		{"what a desk was before, set again, is the undo", undoDesk},
		{"threads aren't merged in a circle", noCircle},
		{"two merges at once close no circle", noCircleAtOnce},
		{"notes stay in order, and are a change of their thread", notes},
		{"whoever looks at a thread is seen there, and not elsewhere", lookers},
		{"canned answers are kept, changed and deleted", canned},
		{"a reply is kept, queued, once for a key", replyOnce},
		{"of many same replies at once, one is kept", replyAtOnce},
		{"a reply that comes back through its source is the same", replyReturns},
		{"only what was written here is sent", sendingOnlyOurs},
		{"what was stopped can be sent after all", sendAgain},
		{"thanks on record count once, and can be taken back", thanksOnce},
		{"thanks follow people who are merged", thanksFollow},
		{"of a kind and link one notice is unread at a time", oneNotice},
	} {
		t.Run(l.words, func(t *testing.T) { l.hold(t, s) })
	}
}

// law is a promise in words, and what checks it. Laws of one list share a store
// and keep to names of their own.
type law struct {
	words string
	hold  func(*testing.T, *store.Store)
}

func untouchedDesk(t *testing.T, s *store.Store) {
	d := ok(s.StateOf(t.Context(), "forum/nobody"))(t)
	same(t, "desk", d, store.State{Thread: "forum/nobody"})
}

func oneChangesDesk(t *testing.T, s *store.Store) {
	var lucky, late int
	var mu sync.Mutex
	atOnce(8, func(i int) {
		_, err := s.SetState(t.Context(), store.State{Thread: "forum/race", Assignee: int64(i + 1)}, 1)
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
	if d := ok(s.StateOf(t.Context(), "forum/race"))(t); d.Version != 1 || d.Assignee == 0 {
		t.Errorf("kept %+v", d)
	}
}

func undoDesk(t *testing.T, s *store.Store) {
	until := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
	first := store.State{Thread: "forum/undo", Assignee: 3, Snoozed: until, Version: -1}
	ok(s.SetState(t.Context(), first, 1))(t)
	before := ok(s.SetState(t.Context(), store.State{Thread: "forum/undo", Closed: until, Version: 1}, 1))(t)
	if all := ok(s.States(t.Context()))(t); !all["forum/undo"].Closed.Equal(until) {
		t.Errorf("closed: %+v", all["forum/undo"])
	}
	at := changes(t, s)
	before.Version = -1
	ok(s.SetState(t.Context(), before, 1))(t)
	same(t, "after the undo", ok(s.StateOf(t.Context(), "forum/undo"))(t), store.State{Thread: "forum/undo", Assignee: 3, Snoozed: until, Version: 3})
	changed(t, s, at, store.Change{Kind: store.DeskChanged, Subject: "forum/undo"})
}

func noCircle(t *testing.T, s *store.Store) {
	for _, pair := range [][2]conversation.ThreadID{{"forum/a", "forum/b"}, {"forum/b", "forum/c"}} {
		ok(s.SetState(t.Context(), store.State{Thread: pair[0], Into: pair[1], Version: -1}, 1))(t)
	}
	for _, thread := range []conversation.ThreadID{"forum/a", "forum/c"} {
		if _, err := s.SetState(t.Context(), store.State{Thread: thread, Into: "forum/a", Version: -1}, 1); !errors.Is(err, store.ErrConflict) {
			t.Errorf("merging %s into forum/a, which is a part of forum/c: %v", thread, err)
		}
	}
	same(t, "c", ok(s.StateOf(t.Context(), "forum/c"))(t), store.State{Thread: "forum/c"})
}

func noCircleAtOnce(t *testing.T, s *store.Store) {
	for round := range 10 {
		pair := [2]conversation.ThreadID{conversation.ThreadID(fmt.Sprint("ring/a", round)), conversation.ThreadID(fmt.Sprint("ring/b", round))}
		var merged atomic.Int32
		atOnce(2, func(i int) {
			_, err := s.SetState(t.Context(), store.State{Thread: pair[i], Into: pair[1-i], Version: -1}, 1)
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
	at := changes(t, s)
	first := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var want []store.Note
	for i, text := range []string{"who knows?", "I do\x00", "broken \xff"} {
		n := store.Note{Thread: "forum/notes", By: 2, Time: first.Add(time.Duration(i) * time.Minute), Text: text}
		n.ID = ok(s.AddNote(t.Context(), n))(t)
		want = append(want, n)
	}
	want[1].Text, want[2].Text = "I do\uFFFD", "broken \uFFFD"
	same(t, "notes", ok(s.Notes(t.Context(), "forum/notes"))(t), want)
	one := store.Change{Kind: store.DeskChanged, Subject: "forum/notes"}
	changed(t, s, at, one, one, one)
}

func lookers(t *testing.T, s *store.Store) {
	at := changes(t, s)
	for user, typing := range map[int64]bool{1: false, 2: true} {
		no(t, s.MarkViewing(t.Context(), "forum/look", user, typing))
	}
	no(t, s.MarkViewing(t.Context(), "forum/elsewhere", 3, true))
	same(t, "lookers", ok(s.Viewers(t.Context(), "forum/look"))(t), map[int64]bool{1: false, 2: true})
	no(t, s.MarkViewing(t.Context(), "forum/look", 2, false))
	same(t, "lookers", ok(s.Viewers(t.Context(), "forum/look"))(t), map[int64]bool{1: false, 2: false})
	changed(t, s, at)
}

func canned(t *testing.T, s *store.Store) {
	id := ok(s.SaveCannedReply(t.Context(), store.CannedReply{Title: "Refund", Lang: "en", Text: "It takes five days."}))(t)
	ok(s.SaveCannedReply(t.Context(), store.CannedReply{Title: "Attente", Lang: "fr", Text: "Encore un peu."}))(t)
	ok(s.SaveCannedReply(t.Context(), store.CannedReply{ID: id, Title: "Refund", Lang: "en", Text: "It takes three days."}))(t)
	all := ok(s.CannedReplies(t.Context()))(t)
	if len(all) != 2 || all[0].Title != "Attente" || all[1].Text != "It takes three days." {
		t.Errorf("canned answers: %+v", all)
	}
	no(t, s.DeleteCannedReply(t.Context(), id))
	for _, err := range []error{s.DeleteCannedReply(t.Context(), id), second(s.SaveCannedReply(t.Context(), store.CannedReply{ID: id}))} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("one that is gone: %v", err)
		}
	}
}

// ask has a member ask in a source, so that there is something to reply to.
func ask(t *testing.T, s *store.Store, source, author string) conversation.MessageID {
	t.Helper()
	m := conversation.Message{ID: "q1", Author: conversation.PersonID(author), Side: conversation.Community, Channel: "help",
		Time: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), Text: "Does the hall open on Sunday?"}
	out := ok(s.Append(t.Context(), source, []conversation.Message{m}))(t)
	if out[0].Fate != store.Added {
		t.Fatalf("asking: %+v", out[0])
	}
	return out[0].ID
}

func replyOnce(t *testing.T, s *store.Store) {
	q := ask(t, s, "reply-once", "Ana")
	at := changes(t, s)
	r := store.Reply{Thread: conversation.ThreadID(q), To: q, By: 5, Author: "Léo", Department: "hall", Text: "Yes, from ten.", Canned: 1, Key: "k"}
	m := ok(s.SendReply(t.Context(), r))(t)
	if m.Sending != store.Queued || m.Side != conversation.Organisation || m.Author != "Léo" || m.Department != "hall" ||
		m.Channel != "help" || m.Thread != conversation.ThreadID(q) || m.ReplyTo != q || m.Text != r.Text || m.Source != "reply-once" {
		t.Errorf("kept as %+v", m)
	}
	if v, ok := m.Attributes.Value("canned"); !ok || v != true {
		t.Errorf("attributes %s", m.Attributes)
	}
	r.Text = "another text"
	same(t, "the same key again", ok(s.SendReply(t.Context(), r))(t), m)
	if queued := ok(s.Messages(t.Context(), store.Range{Source: "reply-once", Sending: store.Queued}))(t); len(queued) != 1 {
		t.Errorf("%d are queued", len(queued))
	}
	jobs := slices.DeleteFunc(ok(s.Jobs(t.Context(), 0))(t), func(j store.Job) bool { return j.Kind != store.SendJob || j.Key != string(m.ID) })
	if len(jobs) != 1 {
		t.Errorf("%d jobs send it", len(jobs))
	}
	told := ok(s.Changes(t.Context(), at, 10))(t)
	if !slices.ContainsFunc(told, func(c store.Change) bool { return c.Kind == store.MessageChanged && c.Subject == string(m.ID) }) {
		t.Errorf("changes %+v don't tell of %s", told, m.ID)
	}
	for _, bad := range []store.Reply{{Thread: "reply-once/none", Text: "hello"}, {Thread: conversation.ThreadID(q), To: q, Text: ""}} {
		if _, err := s.SendReply(t.Context(), bad); err == nil {
			t.Errorf("%+v was kept", bad)
		}
	}
}

func replyAtOnce(t *testing.T, s *store.Store) {
	q := ask(t, s, "reply-race", "Ana")
	atOnce(8, func(int) {
		if _, err := s.SendReply(t.Context(), store.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}); err != nil {
			t.Error(err)
		}
	})
	if all := ok(s.Thread(t.Context(), conversation.ThreadID(q)))(t); len(all) != 2 {
		t.Errorf("the thread has %d messages, want the question and one reply", len(all))
	}
}

func replyReturns(t *testing.T, s *store.Store) {
	q := ask(t, s, "reply-back", "Ana")
	m := ok(s.SendReply(t.Context(), store.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}))(t)
	no(t, s.MarkSending(t.Context(), m.ID, store.Sent, "post-77"))
	back := m.Message
	back.ID, back.Thread, back.ReplyTo, back.Attributes = "post-77", "q1", "q1", ""
	back.Origin = conversation.Origin{}
	out := ok(s.Append(t.Context(), "reply-back", []conversation.Message{back}))(t)
	if out[0].Fate == store.Added || out[0].Fate == store.Refused {
		t.Errorf("coming back it is %+v", out[0])
	}
	if now := ok(s.Message(t.Context(), m.ID))(t); now.Sending != store.Sent || now.Text != m.Text {
		t.Errorf("it stands as %+v", now)
	}
	if all := ok(s.Thread(t.Context(), conversation.ThreadID(q)))(t); len(all) != 2 {
		t.Errorf("the thread has %d messages, want 2", len(all))
	}
}

func sendingOnlyOurs(t *testing.T, s *store.Store) {
	q := ask(t, s, "received", "Ana")
	for _, id := range []conversation.MessageID{q, "received/none"} {
		if err := s.MarkSending(t.Context(), id, store.Sent, ""); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func sendAgain(t *testing.T, s *store.Store) {
	q := ask(t, s, "again", "Ana")
	m := ok(s.SendReply(t.Context(), store.Reply{Thread: conversation.ThreadID(q), To: q, Author: "Léo", Text: "Yes.", Key: "k"}))(t)
	if err := s.SendAgain(t.Context(), m.ID, 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that wasn't stopped: %v", err)
	}
	for _, j := range ok(s.Take(t.Context(), []string{store.SendJob}, "me", 100, time.Minute))(t) {
		no(t, s.Finish(t.Context(), j, errors.New("no"), time.Time{}))
	}
	no(t, s.MarkSending(t.Context(), m.ID, store.Stopped, ""))
	no(t, s.SendAgain(t.Context(), m.ID, 1))
	if now := ok(s.Message(t.Context(), m.ID))(t); now.Sending != store.Queued {
		t.Errorf("it is %q", now.Sending)
	}
	jobs := ok(s.Take(t.Context(), []string{store.SendJob}, "me", 100, time.Minute))(t)
	if len(jobs) != 1 || jobs[0].Key != string(m.ID) {
		t.Errorf("the jobs that send: %+v", jobs)
	}
}

func thanksOnce(t *testing.T, s *store.Store) {
	at := changes(t, s)
	when := time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)
	th := ok(s.Thank(t.Context(), store.Thanks{From: "Ana", To: "Bob", Time: when, Text: "for the ladder", By: 1}))(t)
	if th.ID == "" || !th.Time.Equal(when) {
		t.Errorf("kept as %+v", th)
	}
	same(t, "again", ok(s.Thank(t.Context(), th))(t), th)
	one := store.Change{Kind: store.ThanksChanged, Subject: th.ID}
	changed(t, s, at, one)
	no(t, s.Unthank(t.Context(), th.ID))
	changed(t, s, at, one, one)
	given := ok(s.ThanksGiven(t.Context(), when))(t)
	if len(given) != 1 || given[0].Gone.IsZero() {
		t.Errorf("given since: %+v", given)
	}
	if err := s.Unthank(t.Context(), "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that isn't there: %v", err)
	}
	for _, bad := range []store.Thanks{{From: "Ana", To: "Ana"}, {To: "Ana"}, {From: "Ana"}} {
		if _, err := s.Thank(t.Context(), bad); err == nil {
			t.Errorf("%+v was kept", bad)
		}
	}
}

func thanksFollow(t *testing.T, s *store.Store) {
	ask(t, s, "follow-a", "Mia")
	ask(t, s, "follow-b", "Mia Lund")
	when := time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC)
	ok(s.Thank(t.Context(), store.Thanks{From: "Mia Lund", To: "Bob", Time: when}))(t)
	m := ok(s.MergePeople(t.Context(), "Mia Lund", "Mia", "1"))(t)
	if given := ok(s.ThanksGiven(t.Context(), when))(t); len(given) != 1 || given[0].From != "Mia" {
		t.Errorf("after the merge: %+v", given)
	}
	no(t, s.UndoMerge(t.Context(), m.ID, "1"))
	if given := ok(s.ThanksGiven(t.Context(), when))(t); len(given) != 1 || given[0].From != "Mia Lund" {
		t.Errorf("after it was undone: %+v", given)
	}
}

func oneNotice(t *testing.T, s *store.Store) {
	n := store.Notice{Kind: "job", Text: "notice.job", Args: []string{"import", "no space left"}, Link: "/jobs?id=3"}
	id := ok(s.AddNotice(t.Context(), n))(t)
	n.Args[1] = "still none"
	same(t, "its id", ok(s.AddNotice(t.Context(), n))(t), id)
	unread := ok(s.Notices(t.Context(), true, 0))(t)
	if len(unread) != 1 || unread[0].Args[1] != "still none" || unread[0].Level != "info" {
		t.Errorf("unread: %+v", unread)
	}
	no(t, s.ReadNotice(t.Context(), id))
	if other := ok(s.AddNotice(t.Context(), n))(t); other == id {
		t.Error("once it was read, a new one is needed")
	}
	if all := ok(s.Notices(t.Context(), false, 0))(t); len(all) != 2 || !all[0].Read.IsZero() || all[1].Read.IsZero() {
		t.Errorf("all: %+v", all)
	}
	if err := s.ReadNotice(t.Context(), 99999); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that isn't there: %v", err)
	}
}

// atOnce runs do n times side by side.
func atOnce(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// ok gives what a method gave, and ends the test if it gave an error.
func ok[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		no(t, err)
		return v
	}
}

func second[T any](_ T, err error) error { return err }

func no(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (- wanted, + got):\n%s", what, d)
	}
}

func changes(t *testing.T, s *store.Store) int64 {
	t.Helper()
	return ok(s.LastChange(t.Context()))(t)
}

// changed checks what happened after a change: kinds and subjects.
func changed(t *testing.T, s *store.Store, after int64, want ...store.Change) {
	t.Helper()
	got := ok(s.Changes(t.Context(), after, 1000))(t)
	for i := range got {
		if got[i].N != after+int64(i)+1 {
			t.Errorf("change %d is number %d", i+1, got[i].N-after)
		}
		got[i].N, got[i].Time = 0, time.Time{}
	}
	if len(got)+len(want) > 0 {
		same(t, "changes", got, want)
	}
}
