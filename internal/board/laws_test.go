package board_test

import (
	"errors"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of thanks holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "thanks on record count once, and can be taken back", Hold: thanksOnce},
		{Words: "thanks follow people who are merged", Hold: thanksFollow},
	})
}

func thanksOnce(t *testing.T, s *store.Store) {
	at := storetest.LastChange(t, s)
	when := time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)
	th := storetest.OK(board.Thank(t.Context(), s, board.Thanks{From: "Ana", To: "Bob", Time: when, Text: "for the ladder", By: 1}))(t)
	if th.ID == "" || !th.Time.Equal(when) {
		t.Errorf("kept as %+v", th)
	}
	storetest.Same(t, "again", storetest.OK(board.Thank(t.Context(), s, th))(t), th)
	one := store.Change{Kind: store.ThanksChanged, Subject: th.ID}
	storetest.Changed(t, s, at, one)
	storetest.No(t, board.Unthank(t.Context(), s, th.ID))
	storetest.Changed(t, s, at, one, one)
	given := storetest.OK(board.ThanksGiven(t.Context(), s, when))(t)
	if len(given) != 1 || given[0].Gone.IsZero() {
		t.Errorf("given since: %+v", given)
	}
	if err := board.Unthank(t.Context(), s, "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that isn't there: %v", err)
	}
	for _, bad := range []board.Thanks{{From: "Ana", To: "Ana"}, {To: "Ana"}, {From: "Ana"}} {
		if _, err := board.Thank(t.Context(), s, bad); err == nil {
			t.Errorf("%+v was kept", bad)
		}
	}
}

func thanksFollow(t *testing.T, s *store.Store) {
	storetest.Ask(t, s, "follow-a", "Mia")
	storetest.Ask(t, s, "follow-b", "Mia Lund")
	when := time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC)
	storetest.OK(board.Thank(t.Context(), s, board.Thanks{From: "Mia Lund", To: "Bob", Time: when}))(t)
	m := storetest.OK(people.MergePeople(t.Context(), s, "Mia Lund", "Mia", "1"))(t)
	if given := storetest.OK(board.ThanksGiven(t.Context(), s, when))(t); len(given) != 1 || given[0].From != "Mia" {
		t.Errorf("after the merge: %+v", given)
	}
	storetest.No(t, people.UndoMerge(t.Context(), s, m.ID, "1"))
	if given := storetest.OK(board.ThanksGiven(t.Context(), s, when))(t); len(given) != 1 || given[0].From != "Mia Lund" {
		t.Errorf("after it was undone: %+v", given)
	}
}
