package sourcetest

import (
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// NoProgress takes the progress of a job.
func NoProgress(float64, string) {}

// Ask makes a source with a question, and a reply to it that is queued.
func Ask(t *testing.T, s *store.Store, from source.Source, question conversation.Message) (store.Message, job.Job) {
	t.Helper()
	if err := source.Save(t.Context(), s, from); err != nil {
		t.Fatal(err)
	}
	question.Side, question.Time, question.Text = conversation.Community, time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), "Does the hall open on Sunday?"
	out, err := s.Append(t.Context(), from.Name, []conversation.Message{question})
	if err != nil {
		t.Fatal(err)
	}
	asked, err := s.Message(t.Context(), out[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	m, err := inbox.SendReply(t.Context(), s, inbox.Reply{Thread: asked.Thread, To: asked.ID, By: 1, Author: "Léo", Text: "Oui, à partir de dix heures.", Key: "k", Canned: 2})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := job.Take(t.Context(), s, []string{inbox.SendJob}, "me", 1, time.Minute)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	return m, jobs[0]
}

// Sending says how far a message has gone.
func Sending(t *testing.T, s *store.Store, id conversation.MessageID) store.Sending {
	t.Helper()
	m, err := s.Message(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m.Sending
}
