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
	for _, laws := range []map[string]func(*testing.T, *store.Store){messageLaws, changeLaws} {
		for law, holds := range laws {
			t.Run(law, func(t *testing.T) { holds(t, open(t)) })
		}
	}
	t.Run("a file comes out as it went in", func(t *testing.T) { files(t, open(t)) })
	t.Run("a file that broke off leaves nothing", func(t *testing.T) { brokenFile(t, open(t)) })
}

var Day = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// Said makes a message of the community, an hour after the day for each of hours.
func Said(id, author, text string, hours int) conversation.Message {
	return conversation.Message{
		ID: conversation.MessageID(id), Author: conversation.PersonID(author), Side: conversation.Community,
		Time: Day.Add(time.Duration(hours) * time.Hour), Text: text, Channel: "forum",
	}
}

// In puts a message into a thread.
func In(thread string, m conversation.Message) conversation.Message {
	m.Thread = conversation.ThreadID(thread)
	return m
}

// To makes a message reply to another.
func To(id string, m conversation.Message) conversation.Message {
	m.ReplyTo = conversation.MessageID(id)
	return m
}

// Keep appends messages of a source and wants these fates.
func Keep(t *testing.T, s *store.Store, source, fates string, list ...conversation.Message) []store.Outcome {
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

// Message reads one that must be there.
func Message(t *testing.T, s *store.Store, id string) store.Message {
	t.Helper()
	m, err := s.Message(t.Context(), conversation.MessageID(id))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Found tells the ids of a range.
func Found(t *testing.T, s *store.Store, r store.Range) string {
	t.Helper()
	list, err := s.Messages(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return IDs(list)
}

func IDs(list []store.Message) string {
	var ids []string
	for _, m := range list {
		ids = append(ids, string(m.ID))
	}
	return strings.Join(ids, " ")
}

// Told tells what happened after a number: "kind subject, …".
func Told(t *testing.T, s *store.Store, after int64) (what string, last int64) {
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

func Counts(t *testing.T, s *store.Store) store.Counts {
	t.Helper()
	c, err := s.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func Equal(t *testing.T, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("it differs (-want +got):\n%s", d)
	}
}

// Authors tells who wrote what: "author:id …".
func Authors(t *testing.T, s *store.Store) string {
	t.Helper()
	log := conversation.NewLog(nil)
	OK(s.Log(t.Context(), log))(t)
	var all string
	for i := range log.Len() {
		m := log.Message(i)
		all += string(m.Author) + ":" + string(m.ID) + " "
	}
	return all
}

// Ask has a member ask in a source, so that there is something to reply to.
func Ask(t *testing.T, s *store.Store, source, author string) conversation.MessageID {
	t.Helper()
	m := conversation.Message{ID: "q1", Author: conversation.PersonID(author), Side: conversation.Community, Channel: "help",
		Time: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), Text: "Does the hall open on Sunday?"}
	out := OK(s.Append(t.Context(), source, []conversation.Message{m}))(t)
	if out[0].Fate != store.Added {
		t.Fatalf("asking: %+v", out[0])
	}
	return out[0].ID
}
