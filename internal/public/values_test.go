package public

import (
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Of what the organisation said, only what it said in public and didn't take back is
// quoted, as it stands now; five at most, nobody else.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{{Words: "only the organisation's own public words are quoted", Hold: quotable}})
}

func quotable(t *testing.T, s *store.Store) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	say := func(id string, change func(*conversation.Message)) conversation.Message {
		m := conversation.Message{ID: conversation.MessageID(id), Author: "marie", Side: conversation.Organisation, Time: now, Text: "We measure what we ship."}
		change(&m)
		return m
	}
	as := func(*conversation.Message) {}
	list := []conversation.Message{
		say("private", func(m *conversation.Message) { m.Private = true }),
		say("deleted", func(m *conversation.Message) { m.Deleted = now.Add(time.Hour) }),
		say("community", func(m *conversation.Message) { m.Side = conversation.Community }),
		say("1", as), say("2", as), say("3", as), say("4", as), say("5", as), say("6", as),
	}
	storetest.OK(s.Append(t.Context(), "quotes", list))(t)
	var ids []conversation.MessageID
	for _, m := range list {
		ids = append(ids, "quotes/"+m.ID)
	}
	ids = append([]conversation.MessageID{"quotes/6", "quotes/gone", "quotes/6"}, ids...)
	got := storetest.OK(Quotable(t.Context(), s, ids))(t)
	if want := []conversation.MessageID{"quotes/6", "quotes/1", "quotes/2", "quotes/3", "quotes/4"}; !slices.Equal(got, want) {
		t.Errorf("quoted %v, not %v", got, want)
	}
}
