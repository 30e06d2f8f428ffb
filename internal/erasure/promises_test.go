package erasure_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// The laws hold on every engine, each on a store of its own.
func TestPromises(t *testing.T) { storetest.Promises(t, forgetLaws) }

var forgetLaws = map[string]func(*testing.T, *store.Store){
	"broken names find nothing": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "added", storetest.Said("1", "ana", "x", 0))
		ctx := t.Context()
		for _, bad := range []string{"a\x00b", "\xff", strings.Repeat("x", 9999), "'; DROP TABLE messages; --"} {
			for what, err := range map[string]error{
				"person": storetest.Second(people.PersonOf(ctx, s, conversation.PersonID(bad))), "merge": storetest.Second(people.MergePeople(ctx, s, "ana", conversation.PersonID(bad), bad)),
				"undone merge": storetest.Second(people.MergePeople(ctx, s, conversation.PersonID(bad), "ana", bad)), "side": people.SetSide(ctx, s, bad, conversation.Community, bad),
				"erasing": storetest.Second(erasure.ErasePerson(ctx, s, conversation.PersonID(bad), bad)),
			} {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%s %.9q: %v", what, bad, err)
				}
			}
			storetest.No(t, storetest.Second(people.People(ctx, s, bad, 9, 0)))
			storetest.No(t, storetest.Second(people.Names(ctx, s, []conversation.PersonID{conversation.PersonID(bad)})))
			storetest.No(t, storetest.Second(s.Refused(ctx, bad)))
			storetest.No(t, people.RefuseSuggestion(ctx, s, "ana", conversation.PersonID(bad), bad))
			storetest.No(t, erasure.ObjectionTo(ctx, s, bad))
			storetest.No(t, storetest.Second(erasure.RemoveSource(ctx, s, bad)))
		}
		if storetest.Counts(t, s).Messages != 1 {
			t.Error("something went")
		}
	},
	"who is erased is gone, and is not read again": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Said("1", "ana", "secret", 0), storetest.To("1", storetest.Said("2", "bo", "x", 1)))
		storetest.Keep(t, s, "mail", "", storetest.Said("1", "ana@example.org", "secret too", 0))
		storetest.OK(people.MergePeople(t.Context(), s, "ana@example.org", "ana", ""))(t)
		storetest.OK(board.Thank(t.Context(), s, board.Thanks{From: "bo", To: "ana", Text: "thank you"}))(t)
		_, last := storetest.Told(t, s, 0)
		if n, err := erasure.ErasePerson(t.Context(), s, "ana", ""); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		if got := storetest.Found(t, s, store.Range{}) + storetest.Found(t, s, store.Range{Text: "secret"}); got != "forum/2" {
			t.Error(got)
		}
		if _, err := people.PersonOf(t.Context(), s, "ana"); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		if list := storetest.OK(board.ThanksGiven(t.Context(), s, storetest.Day))(t); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		if what, _ := storetest.Told(t, s, last); what != "forget " {
			t.Error(what)
		}
		what, end := storetest.Told(t, s, 0) // earlier ones of what is gone are left out
		if what != "message forum/2, forget , thanks "+thanksTold(t, s)+", forget " && end != last+1 {
			t.Error(what)
		}
		if c := storetest.Counts(t, s); c.Messages != 1 || c.Threads != 1 || c.People != 1 {
			t.Errorf("counted %+v", c)
		}
		storetest.Keep(t, s, "forum", "refused objected, added", storetest.Said("5", "ana", "again", 0), storetest.Said("6", "bo", "x", 0))
		storetest.Keep(t, s, "list", "refused objected, added", storetest.Said("5", "Ana <ANA@example.org>", "again", 0), storetest.Said("6", "ana", "somebody else", 0))
		for account, want := range map[string]bool{"ana": true, "ana@example.org": true, "bo": false} {
			if got := storetest.OK(s.Refused(t.Context(), account))(t); got != want {
				t.Errorf("%s objects: %v", account, got)
			}
		}
		if _, err := erasure.ErasePerson(t.Context(), s, "nobody", ""); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	},
	"an objection is kept before and after somebody is known": func(t *testing.T, s *store.Store) {
		if err := erasure.ObjectionTo(t.Context(), s, "zoe"); err != nil {
			t.Fatal(err)
		}
		storetest.Keep(t, s, "forum", "refused objected, added", storetest.Said("1", "Zoe", "x", 0), storetest.Said("2", "ana", "x", 0))
		storetest.Keep(t, s, "mail", "added", storetest.Said("2", "ana", "x", 0))
		storetest.OK(people.MergePeople(t.Context(), s, "ana (mail)", "ana", ""))(t)
		if err := erasure.ObjectionTo(t.Context(), s, "ana (mail)"); err != nil {
			t.Fatal(err)
		}
		if got := storetest.Found(t, s, store.Range{}); got != "forum/2" {
			t.Error(got)
		}
		storetest.Keep(t, s, "mail", "refused objected", storetest.Said("3", "ana", "x", 0))
		storetest.Keep(t, s, "forum", "added", storetest.Said("3", "ana", "x", 0))
	},
	"texts read before a time are forgotten, and don't come back": func(t *testing.T, s *store.Store) {
		m := storetest.Named("Ana", storetest.Said("1", "ana", "secret", 0))
		storetest.Keep(t, s, "forum", "added, added", m, storetest.To("1", storetest.Said("2", "bo", "words", 1)))
		_, last := storetest.Told(t, s, 0)
		if n, err := s.EraseTexts(t.Context(), storetest.Day); n != 0 || err != nil {
			t.Error("what was said long ago but read now stays: ", n, err)
		}
		if n, err := s.EraseTexts(t.Context(), time.Now().Add(time.Minute)); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		if got := storetest.Message(t, s, "forum/1"); got.Text != "" || got.Attributes != "" || !got.Deleted.IsZero() || got.Author != "ana" {
			t.Errorf("%+v", got)
		}
		if what, _ := storetest.Told(t, s, last); what != "message forum/1, message forum/2" || storetest.Found(t, s, store.Range{Text: "secret"}) != "" {
			t.Error(what)
		}
		storetest.Keep(t, s, "forum", "same, added", m, storetest.Said("3", "ana", "new", 0))
		if n, err := s.EraseTexts(t.Context(), time.Now().Add(time.Minute)); n != 1 || err != nil {
			t.Error(n, err)
		}
		if storetest.Message(t, s, "forum/1").Text != "" || storetest.Counts(t, s).Messages != 3 {
			t.Error("it came back")
		}
	},
	"a source goes with all its messages and those who only wrote there": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Said("1", "ana", "x", 0), storetest.Said("2", "bo", "x", 0), storetest.Said("3", "", "x", 0))
		storetest.Keep(t, s, "mail", "", storetest.Said("1", "ana", "y", 0), storetest.Said("2", "", "y", 0))
		storetest.OK(people.MergePeople(t.Context(), s, "ana (mail)", "ana", ""))(t)
		storetest.OK(board.Thank(t.Context(), s, board.Thanks{ID: "t1", From: "ana (mail)", To: "ana", Text: "x"}))(t)
		if n, err := erasure.RemoveSource(t.Context(), s, "forum"); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		if c := storetest.Counts(t, s); c.Messages != 2 || c.Threads != 2 || c.People != 1 || c.Accounts != 1 {
			t.Errorf("counted %+v", c)
		}
		if got := storetest.Authors(t, s); got != "ana (mail):mail/1 :mail/2 " {
			t.Error("who keeps an account goes on under its name: " + got)
		}
		storetest.Keep(t, s, "forum", "added", storetest.Said("1", "ana", "x", 0))
		if m := storetest.Message(t, s, "forum/1"); m.Author != conversation.PersonID("ana") || m.Seq != 6 {
			t.Errorf("a source may come back; numbers don't: %+v", m)
		}
	},
}

func thanksTold(t *testing.T, s *store.Store) string {
	t.Helper()
	for _, c := range storetest.OK(s.Changes(t.Context(), 0, 99))(t) {
		if c.Kind == store.ThanksChanged {
			return c.Subject
		}
	}
	return ""
}
