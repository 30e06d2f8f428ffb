package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// named gives a message's author a name.
func named(name string, m conversation.Message) conversation.Message {
	m.Attributes, _ = conversation.NewAttributes(map[string]any{"name": name})
	return m
}

// authors tells who wrote what: "author:id …".
func authors(t *testing.T, s *store.Store) string {
	t.Helper()
	log := conversation.NewLog(nil)
	ok(s.Log(t.Context(), log))(t)
	var all string
	for i := range log.Len() {
		m := log.Message(i)
		all += string(m.Author) + ":" + string(m.ID) + " "
	}
	return all
}

var peopleLaws = map[string]func(*testing.T, *store.Store){
	"an account is a person until somebody says otherwise": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", named("Ana Lund", said("1", "ana", "x", 0)), said("2", "ana", "x", 5))
		keep(t, s, "mail", "", said("1", "ana", "x", 9), said("2", "", "x", 9))
		p := ok(s.PersonOf(t.Context(), "ana"))(t)
		equal(t, p, store.Person{
			ID: "ana", Name: "Ana Lund", Side: conversation.Community, Messages: 2, First: day, Last: day.Add(5 * time.Hour),
			Accounts: []store.Account{{ID: "ana", Source: "forum", Author: "ana", Name: "Ana Lund", Person: "ana"}},
		})
		if p := ok(s.PersonOf(t.Context(), "ana (mail)"))(t); p.Messages != 1 || p.Name != "ana" {
			t.Errorf("%+v", p)
		}
		if _, err := s.PersonOf(t.Context(), ""); !errors.Is(err, store.ErrNotFound) {
			t.Error("nobody is somebody: ", err)
		}
		if c := counts(t, s); c.People != 2 || c.Accounts != 2 {
			t.Errorf("counted %+v", c)
		}
	},
	"people are found by a part of a name or an address, who spoke last first": func(t *testing.T, s *store.Store) {
		keep(t, s, "mail", "", named("Zoé Été", said("1", "zoe@example.org", "x", 0)), named("Ana_Lund", said("2", "ana@example.org", "x", 5)), said("3", "50%", "x", 3))
		for find, want := range map[string]string{"": "ana@example.org 50% zoe@example.org ", "ZOE": "zoe@example.org ", "été": "zoe@example.org ",
			"example": "ana@example.org zoe@example.org ", "%": "50% ", "_": "ana@example.org ", "nobody": "", "!": ""} {
			var got string
			for _, p := range ok(s.People(t.Context(), find, 10, 0))(t) {
				got += string(p.ID) + " "
			}
			if got != want {
				t.Errorf("%q finds %q, not %q", find, got, want)
			}
		}
		if list := ok(s.People(t.Context(), "", 1, 1))(t); len(list) != 1 || list[0].ID != "50%" {
			t.Errorf("%+v", list)
		}
		equal(t, ok(s.Names(t.Context(), []conversation.PersonID{"zoe@example.org", "50%", "x"}))(t),
			map[conversation.PersonID]string{"zoe@example.org": "Zoé Été", "50%": "50%"})
	},
	"a merge changes authors everywhere, and its undo restores exactly": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", said("1", "ana", "x", 0), said("2", "bo", "x", 1), said("3", "cy", "x", 2))
		before := authors(t, s)
		people := ok(s.People(t.Context(), "", 10, 0))(t)
		m := ok(s.MergePeople(t.Context(), "ana", "bo", "me"))(t)
		if got := authors(t, s); got != "bo:forum/1 bo:forum/2 cy:forum/3 " {
			t.Error(got)
		}
		if got := found(t, s, store.Range{Author: "bo"}); got != "forum/1 forum/2" {
			t.Error(got)
		}
		if p := ok(s.PersonOf(t.Context(), "ana"))(t); p.ID != "bo" || p.Messages != 2 || len(p.Accounts) != 2 {
			t.Errorf("by an account's id: %+v", p)
		}
		if message(t, s, "forum/1").Account != "ana" {
			t.Error("the account is lost")
		}
		keep(t, s, "forum", "added", said("4", "ana", "x", 3))
		if message(t, s, "forum/4").Author != "bo" {
			t.Error("what she writes later is hers")
		}
		if err := s.UndoMerge(t.Context(), m.ID, "me"); err != nil {
			t.Fatal(err)
		}
		if got := authors(t, s); got != before+"ana:forum/4 " {
			t.Error(got)
		}
		for i, p := range people {
			now := ok(s.PersonOf(t.Context(), p.ID))(t)
			if p.ID != "ana" {
				equal(t, now, people[i])
			}
		}
		if err := s.UndoMerge(t.Context(), m.ID, "me"); !errors.Is(err, store.ErrExpired) {
			t.Error(err)
		}
		list := ok(s.Merges(t.Context(), 9))(t)
		if len(list) != 1 || list[0].Undone.IsZero() || list[0].By != "me" || len(list[0].Accounts) != 1 || list[0].Accounts[0] != "ana" {
			t.Errorf("%+v", list)
		}
		for _, pair := range [][2]conversation.PersonID{{"ana", "ana"}, {"ana", "nobody"}, {"nobody", "ana"}, {"", "ana"}} {
			if _, err := s.MergePeople(t.Context(), pair[0], pair[1], ""); err == nil {
				t.Errorf("%v are merged", pair)
			}
		}
	},
	"accounts that another merge moved since stay where they are": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", said("1", "ana", "x", 0), said("2", "bo", "x", 1), said("3", "cy", "x", 2))
		first := ok(s.MergePeople(t.Context(), "ana", "bo", ""))(t)
		second := ok(s.MergePeople(t.Context(), "bo", "cy", ""))(t)
		if err := s.UndoMerge(t.Context(), first.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := authors(t, s); got != "cy:forum/1 cy:forum/2 cy:forum/3 " {
			t.Error(got)
		}
		if err := s.UndoMerge(t.Context(), second.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := authors(t, s); got != "bo:forum/1 bo:forum/2 cy:forum/3 " {
			t.Error(got)
		}
	},
	"those who may be one are suggested until somebody refuses": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", named("Marie Durand", said("1", "mdurand", "x", 0)), named("Jo", said("2", "jo", "x", 1)), said("3", "guest", "x", 1), said("4", "marie@example.org", "x", 1))
		keep(t, s, "mail", "", named("Durand Marié", said("1", "m@example.org", "x", 0)), said("2", "@jo", "x", 1), said("3", "guest", "x", 1), said("4", "Marie <Marie@example.org>", "x", 1))
		want := []store.Suggestion{
			{A: "Marie <Marie@example.org>", B: "marie@example.org", Why: store.SameAddress, Sure: 0.95},
			{A: "m@example.org", B: "mdurand", Why: store.SameName, Sure: 0.6},
		}
		equal(t, ok(s.Suggestions(t.Context(), 10))(t), want)
		keep(t, s, "mail", "", said("5", "mdurand", "x", 1))
		list := ok(s.Suggestions(t.Context(), 2))(t)
		equal(t, list, []store.Suggestion{want[0], {A: "mdurand", B: "mdurand (mail)", Why: store.SameHandle, Sure: 0.7}})
		if err := s.RefuseSuggestion(t.Context(), "mdurand", "m@example.org", "me"); err != nil {
			t.Fatal(err)
		}
		ok(s.MergePeople(t.Context(), "marie@example.org", "Marie <Marie@example.org>", ""))(t)
		equal(t, ok(s.Suggestions(t.Context(), 10))(t), list[1:])
	},
	"a side given to an account is that of all its messages": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "", said("1", "ana", "x", 0), said("2", "ana", "x", 1))
		_, last := told(t, s, 0)
		if err := s.SetSide(t.Context(), "ana", conversation.Organisation, "support"); err != nil {
			t.Fatal(err)
		}
		if m := message(t, s, "forum/2"); m.Side != conversation.Organisation || m.Department != "support" {
			t.Errorf("%+v", m)
		}
		if what, _ := told(t, s, last); what != "person ana" {
			t.Error(what)
		}
		if p := ok(s.PersonOf(t.Context(), "ana"))(t); p.Side != conversation.Organisation || p.Accounts[0].Side != conversation.Organisation || p.Accounts[0].Department != "support" {
			t.Errorf("%+v", p)
		}
		if err := s.SetSide(t.Context(), "ana", conversation.Unknown, ""); err != nil || message(t, s, "forum/2").Side != conversation.Community {
			t.Error("the messages' own side doesn't come back", err)
		}
		if err := s.SetSide(t.Context(), "nobody", conversation.Organisation, ""); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	},
}
