// Package api is the sources whose messages a program brings, and whose answers it
// fetches (GET /api/outgoing) and carries out.
package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// maxAhead is how far in the future a message may be: clocks differ, but not by
// days.
const maxAhead = 24 * time.Hour

// Result is what became of one line.
type Result struct {
	Line int                    `json:"line"` // from 1; of an object, its place in messages
	ID   conversation.MessageID `json:"id,omitempty"`
	Fate store.Fate             `json:"fate"`
	Why  string                 `json:"why,omitempty"`
}

// Ingested tells what became of a batch.
type Ingested struct {
	Counts      map[store.Fate]int
	Results     []Result // in the order given, one for each line that isn't empty
	UnknownSide int      // messages that say no side while nobody is named who speaks for the organisation
	NewSource   bool     // the source was made for this batch
}

// Ingest appends lines of the project's JSONL to a source, which it makes if it
// isn't known. Bringing them again changes nothing. What is wrong with a line stands
// in its Result; a *lang.InputError says what is wrong with the whole.
func Ingest(ctx context.Context, s *store.Store, name string, lines [][]byte, now time.Time) (in Ingested, err error) {
	if store.CheckSource(name) != nil {
		return in, lang.Invalid("source", "intake.bad-source")
	}
	set, err := settings.Read(ctx, s)
	if err != nil {
		return in, err
	}
	messages, results, err := read(lines, now, conversation.ReadOptions{Form: conversation.JSONL, Organisation: set.Roster, Location: set.Location})
	if err != nil {
		return in, err
	}
	in.Counts, in.Results = map[store.Fate]int{}, results
	if in.NewSource, err = ensure(ctx, s, name, now); err != nil {
		return in, err
	}
	outcomes, err := s.Append(ctx, name, messages)
	if err != nil {
		return in, err
	}
	in.tell(messages, outcomes)
	return in, nil
}

// tell fills in what became of the messages that were appended.
func (in *Ingested) tell(messages []conversation.Message, outcomes []store.Outcome) {
	for _, m := range messages {
		if m.Side == conversation.Unknown {
			in.UnknownSide++
		}
	}
	next := 0
	for i := range in.Results {
		if at := &in.Results[i]; at.Fate == "" {
			at.ID, at.Fate, at.Why = outcomes[next].ID, outcomes[next].Fate, outcomes[next].Why
			next++
		}
		in.Counts[in.Results[i].Fate]++
	}
}

// read reads lines of JSONL, and says of each that holds something either why it is
// refused or nothing yet: those are the messages, in their order.
func read(lines [][]byte, now time.Time, o conversation.ReadOptions) (messages []conversation.Message, results []Result, err error) {
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, bytes.NewReader(bytes.Join(lines, []byte{'\n'})), "", o); err != nil {
		return nil, nil, lang.Invalid("body", "error.json", err.Error())
	}
	at, unnamed := byLine(log)
	results = []Result{}
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		m, ok := at[i+1]
		if !ok {
			results = append(results, Result{Line: i + 1, Fate: store.Refused, Why: whyRefused(line, o)})
			continue
		}
		if m.Time.After(now.Add(maxAhead)) {
			results = append(results, Result{Line: i + 1, ID: m.ID, Fate: store.Refused, Why: string(conversation.FutureTime) + ": more than a day from now"})
			continue
		}
		if unnamed[m.Thread] || string(m.Thread) == string(m.ID) {
			m.Thread = ""
		}
		messages, results = append(messages, m), append(results, Result{Line: i + 1})
	}
	return messages, results, nil
}

// byLine gives a log's messages by their line, and the threads that the log named
// after a message that came before: the store knows the thread of that one.
func byLine(log *conversation.Log) (at map[int]conversation.Message, unnamed map[conversation.ThreadID]bool) {
	at, unnamed = map[int]conversation.Message{}, map[conversation.ThreadID]bool{}
	for i := range log.Len() {
		m := log.Message(i)
		at[m.Origin.Line] = m
		if _, here := log.Find(m.ReplyTo); m.ReplyTo != "" && !here && string(m.Thread) == string(m.ReplyTo) {
			unnamed[m.Thread] = true
		}
	}
	return at, unnamed
}

// whyRefused reads one line alone, for what is wrong with it.
func whyRefused(line []byte, o conversation.ReadOptions) string {
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, bytes.NewReader(append(bytes.Clone(line), '\n')), "", o); err != nil {
		return err.Error()
	}
	for _, kind := range log.ReadProblems().All() {
		if kind.Kind.Lost() {
			return string(kind.Kind) + ": " + kind.Examples[0].Detail
		}
	}
	return string(conversation.DuplicateID) + ": another of this batch has it: send one of them alone"
}

// ensure makes the source if it isn't known, and says whether it did; one of
// another kind takes no messages from programs.
func ensure(ctx context.Context, s *store.Store, name string, now time.Time) (made bool, err error) {
	known, err := source.ByName(ctx, s, name)
	switch {
	case err == nil && known.Kind != source.API:
		return false, lang.Invalid("source", "intake.other-kind", known.Kind)
	case err == nil && known.Removed.IsZero():
		return false, nil
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return false, err
	}
	if err := source.Save(ctx, s, source.Source{Name: name, Kind: source.API, Title: name, Config: "{}", Made: now}); err != nil {
		return false, fmt.Errorf("making the source %s: %w", name, err)
	}
	return true, nil
}

// Answer is an answer on its way out; its ids are as its source knows them, except
// ID.
type Answer struct {
	ID      conversation.MessageID `json:"id"` // as this server knows it: what is told when it went
	Seq     int64                  `json:"seq"`
	Source  string                 `json:"source"`
	Thread  string                 `json:"thread"`
	ReplyTo string                 `json:"reply_to,omitempty"`
	Author  string                 `json:"author"`
	Channel string                 `json:"channel,omitempty"`
	Lang    string                 `json:"lang,omitempty"`
	Time    time.Time              `json:"time"`
	Text    string                 `json:"text"`
}

// answersAtOnce is how many answers are given at a time.
const answersAtOnce = 100

// Queued gives answers that wait to be taken, the oldest first, at most 100: of one
// source ("": of any), after a seq.
func Queued(ctx context.Context, s *store.Store, name string, after int64) ([]Answer, error) {
	list, err := s.Messages(ctx, store.Range{Sending: store.Queued, Source: name, After: after, Limit: answersAtOnce})
	answers := make([]Answer, len(list))
	for i, m := range list {
		own := func(id string) string { return strings.TrimPrefix(id, m.Source+"/") }
		answers[i] = Answer{m.ID, m.Seq, m.Source, own(string(m.Thread)), own(string(m.ReplyTo)), m.Account, m.Channel, m.Lang, m.Time, m.Text}
	}
	return answers, err
}

// CheckSent gives an answer that a program says it carried out. Mail and files tell
// themselves: of those no program can.
func CheckSent(ctx context.Context, s *store.Store, id conversation.MessageID) (store.Message, error) {
	m, err := s.Message(ctx, id)
	if err != nil {
		return m, err
	}
	from, err := source.ByName(ctx, s, m.Source)
	if err != nil {
		return m, err
	}
	if from.Kind != source.API || m.Sending == store.Received {
		return m, lang.Invalid("id", "outgoing.not-yours")
	}
	return m, nil
}

// Sender leaves answers Queued, until they are fetched.
type Sender struct{}

var _ source.Sender = Sender{}

// Send gives source.ErrFetched.
func (Sender) Send(context.Context, source.Source, source.Answer) (string, error) {
	return "", source.ErrFetched
}
