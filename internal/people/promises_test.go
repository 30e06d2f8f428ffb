package people_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// The laws hold on every engine, each on a store of its own.
func TestPromises(t *testing.T) { storetest.Promises(t, peopleLaws) }

var peopleLaws = map[string]func(*testing.T, *store.Store){
	"changes are numbered without gaps, and each tells a state that can be read": func(t *testing.T, s *store.Store) {
		var list []conversation.Message
		for i := range 2500 {
			list = append(list, storetest.Said(fmt.Sprint(i), fmt.Sprintf("p%d", i%7), "x", i))
		}
		storetest.Keep(t, s, "forum", "", list...)
		list[3].Text, list[4].Text, list[9].Text = "edited", "edited", "edited"
		storetest.Keep(t, s, "forum", "", list...)
		storetest.OK(people.MergePeople(t.Context(), s, "p1", "p2", ""))(t)
		var n int64
		for {
			page := storetest.OK(s.Changes(t.Context(), n, 999))(t)
			if len(page) == 0 {
				break
			}
			for _, c := range page {
				if n++; c.N != n || c.Time.IsZero() {
					t.Fatalf("change %d has the number %d", n, c.N)
				}
				if c.Kind == store.MessageChanged {
					storetest.Message(t, s, c.Subject)
				}
			}
		}
		if last := storetest.OK(s.LastChange(t.Context()))(t); n != last || n != 2505 {
			t.Errorf("%d changes are told of %d", n, last)
		}
		if what, _ := storetest.Told(t, s, 2500); what != "message forum/3, message forum/4, message forum/9, person p2, person p1" {
			t.Error(what)
		}
	},
	"an account is a person until somebody says otherwise": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Named("Ana Lund", storetest.Said("1", "ana", "x", 0)), storetest.Said("2", "ana", "x", 5))
		storetest.Keep(t, s, "mail", "", storetest.Said("1", "ana", "x", 9), storetest.Said("2", "", "x", 9))
		p := storetest.OK(people.PersonOf(t.Context(), s, "ana"))(t)
		storetest.Equal(t, p, people.Person{
			ID: "ana", Name: "Ana Lund", Side: conversation.Community, Messages: 2, First: storetest.Day, Last: storetest.Day.Add(5 * time.Hour),
			Accounts: []people.Account{{ID: "ana", Source: "forum", Author: "ana", Name: "Ana Lund", Person: "ana"}},
		})
		if p := storetest.OK(people.PersonOf(t.Context(), s, "ana (mail)"))(t); p.Messages != 1 || p.Name != "ana" {
			t.Errorf("%+v", p)
		}
		if _, err := people.PersonOf(t.Context(), s, ""); !errors.Is(err, store.ErrNotFound) {
			t.Error("nobody is somebody: ", err)
		}
		if c := storetest.Counts(t, s); c.People != 2 || c.Accounts != 2 {
			t.Errorf("counted %+v", c)
		}
	},
	"people are found by a part of a name or an address, who spoke last first": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "mail", "", storetest.Named("Zoé Été", storetest.Said("1", "zoe@example.org", "x", 0)), storetest.Named("Ana_Lund", storetest.Said("2", "ana@example.org", "x", 5)), storetest.Said("3", "50%", "x", 3))
		for find, want := range map[string]string{"": "ana@example.org 50% zoe@example.org ", "ZOE": "zoe@example.org ", "été": "zoe@example.org ",
			"example": "ana@example.org zoe@example.org ", "%": "50% ", "_": "ana@example.org ", "nobody": "", "!": ""} {
			var got string
			for _, p := range storetest.OK(people.People(t.Context(), s, find, 10, 0))(t) {
				got += string(p.ID) + " "
			}
			if got != want {
				t.Errorf("%q finds %q, not %q", find, got, want)
			}
		}
		if list := storetest.OK(people.People(t.Context(), s, "", 1, 1))(t); len(list) != 1 || list[0].ID != "50%" {
			t.Errorf("%+v", list)
		}
		storetest.Equal(t, storetest.OK(people.Names(t.Context(), s, []conversation.PersonID{"zoe@example.org", "50%", "x"}))(t),
			map[conversation.PersonID]string{"zoe@example.org": "Zoé Été", "50%": "50%"})
	},
	"a merge changes authors everywhere, and its undo restores exactly": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Said("1", "ana", "x", 0), storetest.Said("2", "bo", "x", 1), storetest.Said("3", "cy", "x", 2))
		before := storetest.Authors(t, s)
		all := storetest.OK(people.People(t.Context(), s, "", 10, 0))(t)
		m := storetest.OK(people.MergePeople(t.Context(), s, "ana", "bo", "me"))(t)
		if got := storetest.Authors(t, s); got != "bo:forum/1 bo:forum/2 cy:forum/3 " {
			t.Error(got)
		}
		if got := storetest.Found(t, s, store.Range{Author: "bo"}); got != "forum/1 forum/2" {
			t.Error(got)
		}
		if p := storetest.OK(people.PersonOf(t.Context(), s, "ana"))(t); p.ID != "bo" || p.Messages != 2 || len(p.Accounts) != 2 {
			t.Errorf("by an account's id: %+v", p)
		}
		if storetest.Message(t, s, "forum/1").Account != "ana" {
			t.Error("the account is lost")
		}
		storetest.Keep(t, s, "forum", "added", storetest.Said("4", "ana", "x", 3))
		if storetest.Message(t, s, "forum/4").Author != "bo" {
			t.Error("what she writes later is hers")
		}
		if err := people.UndoMerge(t.Context(), s, m.ID, "me"); err != nil {
			t.Fatal(err)
		}
		if got := storetest.Authors(t, s); got != before+"ana:forum/4 " {
			t.Error(got)
		}
		for i, p := range all {
			now := storetest.OK(people.PersonOf(t.Context(), s, p.ID))(t)
			if p.ID != "ana" {
				storetest.Equal(t, now, all[i])
			}
		}
		if err := people.UndoMerge(t.Context(), s, m.ID, "me"); !errors.Is(err, store.ErrExpired) {
			t.Error(err)
		}
		list := storetest.OK(people.Merges(t.Context(), s, 9))(t)
		if len(list) != 1 || list[0].Undone.IsZero() || list[0].By != "me" || len(list[0].Accounts) != 1 || list[0].Accounts[0] != "ana" {
			t.Errorf("%+v", list)
		}
		for _, pair := range [][2]conversation.PersonID{{"ana", "ana"}, {"ana", "nobody"}, {"nobody", "ana"}, {"", "ana"}} {
			if _, err := people.MergePeople(t.Context(), s, pair[0], pair[1], ""); err == nil {
				t.Errorf("%v are merged", pair)
			}
		}
	},
	"accounts that another merge moved since stay where they are": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Said("1", "ana", "x", 0), storetest.Said("2", "bo", "x", 1), storetest.Said("3", "cy", "x", 2))
		first := storetest.OK(people.MergePeople(t.Context(), s, "ana", "bo", ""))(t)
		second := storetest.OK(people.MergePeople(t.Context(), s, "bo", "cy", ""))(t)
		if err := people.UndoMerge(t.Context(), s, first.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := storetest.Authors(t, s); got != "cy:forum/1 cy:forum/2 cy:forum/3 " {
			t.Error(got)
		}
		if err := people.UndoMerge(t.Context(), s, second.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := storetest.Authors(t, s); got != "bo:forum/1 bo:forum/2 cy:forum/3 " {
			t.Error(got)
		}
	},
	"those who may be one are suggested until somebody refuses": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Named("Marie Durand", storetest.Said("1", "mdurand", "x", 0)), storetest.Named("Jo", storetest.Said("2", "jo", "x", 1)), storetest.Said("3", "guest", "x", 1), storetest.Said("4", "marie@example.org", "x", 1))
		storetest.Keep(t, s, "mail", "", storetest.Named("Durand Marié", storetest.Said("1", "m@example.org", "x", 0)), storetest.Said("2", "@jo", "x", 1), storetest.Said("3", "guest", "x", 1), storetest.Said("4", "Marie <Marie@example.org>", "x", 1))
		want := []people.Suggestion{
			{A: "Marie <Marie@example.org>", B: "marie@example.org", Why: people.SameAddress, Sure: 0.95},
			{A: "m@example.org", B: "mdurand", Why: people.SameName, Sure: 0.6},
		}
		storetest.Equal(t, storetest.OK(people.Suggestions(t.Context(), s, 10))(t), want)
		storetest.Keep(t, s, "mail", "", storetest.Said("5", "mdurand", "x", 1))
		list := storetest.OK(people.Suggestions(t.Context(), s, 2))(t)
		storetest.Equal(t, list, []people.Suggestion{want[0], {A: "mdurand", B: "mdurand (mail)", Why: people.SameHandle, Sure: 0.7}})
		if err := people.RefuseSuggestion(t.Context(), s, "mdurand", "m@example.org", "me"); err != nil {
			t.Fatal(err)
		}
		storetest.OK(people.MergePeople(t.Context(), s, "marie@example.org", "Marie <Marie@example.org>", ""))(t)
		storetest.Equal(t, storetest.OK(people.Suggestions(t.Context(), s, 10))(t), list[1:])
	},
	"a side given to an account is that of all its messages": func(t *testing.T, s *store.Store) {
		storetest.Keep(t, s, "forum", "", storetest.Said("1", "ana", "x", 0), storetest.Said("2", "ana", "x", 1))
		_, last := storetest.Told(t, s, 0)
		if err := people.SetSide(t.Context(), s, "ana", conversation.Organisation, "support"); err != nil {
			t.Fatal(err)
		}
		if m := storetest.Message(t, s, "forum/2"); m.Side != conversation.Organisation || m.Department != "support" {
			t.Errorf("%+v", m)
		}
		if what, _ := storetest.Told(t, s, last); what != "person ana" {
			t.Error(what)
		}
		if p := storetest.OK(people.PersonOf(t.Context(), s, "ana"))(t); p.Side != conversation.Organisation || p.Accounts[0].Side != conversation.Organisation || p.Accounts[0].Department != "support" {
			t.Errorf("%+v", p)
		}
		if err := people.SetSide(t.Context(), s, "ana", conversation.Unknown, ""); err != nil || storetest.Message(t, s, "forum/2").Side != conversation.Community {
			t.Error("the messages' own side doesn't come back", err)
		}
		if err := people.SetSide(t.Context(), s, "nobody", conversation.Organisation, ""); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	},
}
