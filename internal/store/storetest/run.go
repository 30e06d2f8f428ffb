package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// Run holds a store to its promises. open gives an empty one each time.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, laws := range []map[string]func(*testing.T, *store.Store){messageLaws, changeLaws, peopleLaws, forgetLaws} {
		for law, holds := range laws {
			t.Run(law, func(t *testing.T) { holds(t, open(t)) })
		}
	}
	t.Run("desk", func(t *testing.T) { Desk(t, open) })
	t.Run("house", func(t *testing.T) { House(t, open) })
	t.Run("jobs", func(t *testing.T) { Jobs(t, open) })
}

var day = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// said makes a message of the community, an hour after the day for each of hours.
func said(id, author, text string, hours int) conversation.Message {
	return conversation.Message{
		ID: conversation.MessageID(id), Author: conversation.PersonID(author), Side: conversation.Community,
		Time: day.Add(time.Duration(hours) * time.Hour), Text: text, Channel: "forum",
	}
}

// in puts a message into a thread.
func in(thread string, m conversation.Message) conversation.Message {
	m.Thread = conversation.ThreadID(thread)
	return m
}

// to makes a message reply to another.
func to(id string, m conversation.Message) conversation.Message {
	m.ReplyTo = conversation.MessageID(id)
	return m
}

// keep appends messages of a source and wants these fates.
func keep(t *testing.T, s *store.Store, source, fates string, list ...conversation.Message) []store.Outcome {
	t.Helper()
	outcomes, err := s.Append(t.Context(), source, list)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range outcomes {
		got = append(got, strings.TrimSuffix(string(o.Fate)+" "+o.Why, " "))
	}
	if fates != "" && strings.Join(got, ", ") != fates {
		t.Fatalf("the fates are %s, not %s", strings.Join(got, ", "), fates)
	}
	return outcomes
}

// message reads one that must be there.
func message(t *testing.T, s *store.Store, id string) store.Message {
	t.Helper()
	m, err := s.Message(t.Context(), conversation.MessageID(id))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// found tells the ids of a range.
func found(t *testing.T, s *store.Store, r store.Range) string {
	t.Helper()
	list, err := s.Messages(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return ids(list)
}

func ids(list []store.Message) string {
	var ids []string
	for _, m := range list {
		ids = append(ids, string(m.ID))
	}
	return strings.Join(ids, " ")
}

// told tells what happened after a number: "kind subject, …".
func told(t *testing.T, s *store.Store, after int64) (what string, last int64) {
	t.Helper()
	list, err := s.Changes(t.Context(), after, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	last = after
	for _, c := range list {
		if c.N <= last {
			t.Fatalf("change %d comes behind %d", c.N, last)
		}
		last = c.N
		all = append(all, string(c.Kind)+" "+c.Subject)
	}
	return strings.Join(all, ", "), last
}

func counts(t *testing.T, s *store.Store) store.Counts {
	t.Helper()
	c, err := s.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("it differs (-want +got):\n%s", d)
	}
}
