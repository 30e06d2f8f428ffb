package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

var forgetLaws = map[string]func(*testing.T, *store.Store){
	"who is erased is gone, and is not read again": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", said("1", "ana", "secret", 0), to("1", said("2", "bo", "x", 1)))
		keep(t, s, "mail", "", said("1", "ana@example.org", "secret too", 0))
		ok(s.MergePeople(t.Context(), "ana@example.org", "ana", ""))(t)
		ok(s.Thank(t.Context(), store.Thanks{From: "bo", To: "ana", Text: "thank you"}))(t)
		_, last := told(t, s, 0)
		if n, err := s.ErasePerson(t.Context(), "ana", ""); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		if got := found(t, s, store.Range{}) + found(t, s, store.Range{Text: "secret"}); got != "forum/2" {
			t.Error(got)
		}
		if _, err := s.PersonOf(t.Context(), "ana"); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		if list := ok(s.ThanksGiven(t.Context(), day))(t); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		if what, _ := told(t, s, last); what != "forget " {
			t.Error(what)
		}
		what, end := told(t, s, 0) // earlier ones of what is gone are left out
		if what != "message forum/2, forget , thanks "+thanksTold(t, s)+", forget " && end != last+1 {
			t.Error(what)
		}
		if c := counts(t, s); c.Messages != 1 || c.Threads != 1 || c.People != 1 {
			t.Errorf("counted %+v", c)
		}
		keep(t, s, "forum", "refused objected, added", said("5", "ana", "again", 0), said("6", "bo", "x", 0))
		keep(t, s, "list", "refused objected, added", said("5", "Ana <ANA@example.org>", "again", 0), said("6", "ana", "somebody else", 0))
		for account, want := range map[string]bool{"ana": true, "ana@example.org": true, "bo": false} {
			if got := ok(s.Refused(t.Context(), account))(t); got != want {
				t.Errorf("%s objects: %v", account, got)
			}
		}
		if _, err := s.ErasePerson(t.Context(), "nobody", ""); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	},
	"an objection is kept before and after somebody is known": func(t *testing.T, s *store.Store) {
		if err := s.ObjectionTo(t.Context(), "zoe"); err != nil {
			t.Fatal(err)
		}
		keep(t, s, "forum", "refused objected, added", said("1", "Zoe", "x", 0), said("2", "ana", "x", 0))
		keep(t, s, "mail", "added", said("2", "ana", "x", 0))
		ok(s.MergePeople(t.Context(), "ana (mail)", "ana", ""))(t)
		if err := s.ObjectionTo(t.Context(), "ana (mail)"); err != nil {
			t.Fatal(err)
		}
		if got := found(t, s, store.Range{}); got != "forum/2" {
			t.Error(got)
		}
		keep(t, s, "mail", "refused objected", said("3", "ana", "x", 0))
		keep(t, s, "forum", "added", said("3", "ana", "x", 0))
	},
	"texts read before a time are forgotten, and don't come back": func(t *testing.T, s *store.Store) {
		m := named("Ana", said("1", "ana", "secret", 0))
		keep(t, s, "forum", "added, added", m, to("1", said("2", "bo", "words", 1)))
		_, last := told(t, s, 0)
		if n, err := s.EraseTexts(t.Context(), day); n != 0 || err != nil {
			t.Error("what was said long ago but read now stays: ", n, err)
		}
		if n, err := s.EraseTexts(t.Context(), time.Now().Add(time.Minute)); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		if got := message(t, s, "forum/1"); got.Text != "" || got.Attributes != "" || !got.Deleted.IsZero() || got.Author != "ana" {
			t.Errorf("%+v", got)
		}
		if what, _ := told(t, s, last); what != "message forum/1, message forum/2" || found(t, s, store.Range{Text: "secret"}) != "" {
			t.Error(what)
		}
		keep(t, s, "forum", "same, added", m, said("3", "ana", "new", 0))
		if n, err := s.EraseTexts(t.Context(), time.Now().Add(time.Minute)); n != 1 || err != nil {
			t.Error(n, err)
		}
		if message(t, s, "forum/1").Text != "" || counts(t, s).Messages != 3 {
			t.Error("it came back")
		}
	},
	"a source goes with all its messages and those who only wrote there": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", said("1", "ana", "x", 0), said("2", "bo", "x", 0), said("3", "", "x", 0))
		keep(t, s, "mail", "", said("1", "ana", "y", 0), said("2", "", "y", 0))
		ok(s.MergePeople(t.Context(), "ana (mail)", "ana", ""))(t)
		ok(s.Thank(t.Context(), store.Thanks{ID: "t1", From: "ana (mail)", To: "ana", Text: "x"}))(t)
		if n, err := s.RemoveSource(t.Context(), "forum"); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		if c := counts(t, s); c.Messages != 2 || c.Threads != 2 || c.People != 1 || c.Accounts != 1 {
			t.Errorf("counted %+v", c)
		}
		if got := authors(t, s); got != "ana (mail):mail/1 :mail/2 " {
			t.Error("who keeps an account goes on under its name: " + got)
		}
		keep(t, s, "forum", "added", said("1", "ana", "x", 0))
		if m := message(t, s, "forum/1"); m.Author != conversation.PersonID("ana") || m.Seq != 6 {
			t.Errorf("a source may come back; numbers don't: %+v", m)
		}
	},
}

func thanksTold(t *testing.T, s *store.Store) string {
	t.Helper()
	for _, c := range ok(s.Changes(t.Context(), 0, 99))(t) {
		if c.Kind == store.ThanksChanged {
			return c.Subject
		}
	}
	return ""
}
