package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Messages that programs bring, as the project's JSONL: either the lines
// themselves (application/x-ndjson, with ?source=), or an object that holds them.
// Bringing them again changes nothing, so a program that doesn't know what
// arrived sends all of it once more.
var intakeRoutes = []Route{
	{Method: http.MethodPost, Path: "/messages", Name: "messages-bring", Allow: Working, Scope: Write, Handle: bring, In: intake{}, Out: brought{}, Limit: 32 << 20,
		Query: []Parameter{{Name: "source", About: "which way they come, when the body is lines", Type: "string"}}},
}

// intake is the body as one object.
type intake struct {
	Source   string            `json:"source"`   // short and stable: it qualifies the ids
	Messages []json.RawMessage `json:"messages"` // as doc/format says a line of JSONL
}

// brought tells what became of each.
type brought struct {
	Source  string             `json:"source"`
	Counts  map[store.Fate]int `json:"counts"`
	Results []fate             `json:"results"` // in the order given, one for each line that isn't empty

	// UnknownSide is how many of them say no side while the house names nobody who
	// speaks for it: they wait on no list. Name somebody on the page /settings, or
	// send sides, and bring them again.
	UnknownSide int `json:"unknown_side"`
}

// fate is what became of one line.
type fate struct {
	Line int                    `json:"line"` // from 1; of an object, its place in messages
	ID   conversation.MessageID `json:"id,omitempty"`
	Fate store.Fate             `json:"fate"`
	Why  string                 `json:"why,omitempty"`
}

func (brought) Template() string { return "brought" }

// bring takes a batch.
func bring(r *Request) (View, error) {
	name, lines, err := r.lines()
	if err != nil {
		return nil, err
	}
	if store.CheckSource(name) != nil {
		return nil, &Bad{"source", "intake.bad-source", nil}
	}
	set, err := ReadSettings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	messages, results, err := messagesOf(lines, r.Now(), conversation.ReadOptions{Form: conversation.JSONL, Organisation: set.Roster, Location: set.Location})
	if err != nil {
		return nil, err
	}
	if err := r.apiSource(name); err != nil {
		return nil, err
	}
	told, err := r.Server.Store.Append(r.Context(), name, messages)
	if err != nil {
		return nil, err
	}
	v := brought{Source: name, Counts: map[store.Fate]int{}, Results: results}
	for _, m := range messages {
		if m.Side == conversation.Unknown {
			v.UnknownSide++
		}
	}
	next := 0
	for i := range v.Results {
		if at := &v.Results[i]; at.Fate == "" {
			at.ID, at.Fate, at.Why = told[next].ID, told[next].Fate, told[next].Why
			next++
		}
		v.Counts[v.Results[i].Fate]++
	}
	return v, nil
}

// ahead is how far in the future a message may be: clocks differ, but not by days.
const ahead = 24 * time.Hour

// messagesOf reads lines of JSONL, and says of each that holds something either
// why it is refused or nothing yet: those are the messages, in their order.
func messagesOf(lines [][]byte, now time.Time, o conversation.ReadOptions) (messages []conversation.Message, results []fate, err error) {
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, bytes.NewReader(bytes.Join(lines, []byte{'\n'})), "", o); err != nil {
		return nil, nil, &Bad{"body", "error.json", []any{err.Error()}}
	}
	at := map[int]conversation.Message{}
	unnamed := map[conversation.ThreadID]bool{} // a log names these after a message that came before: the store knows its thread
	for i := range log.Len() {
		m := log.Message(i)
		at[m.Origin.Line] = m
		if _, here := log.Find(m.ReplyTo); m.ReplyTo != "" && !here && string(m.Thread) == string(m.ReplyTo) {
			unnamed[m.Thread] = true
		}
	}
	results = []fate{}
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		m, ok := at[i+1]
		if !ok {
			results = append(results, fate{Line: i + 1, Fate: store.Refused, Why: whyRefused(line, o)})
			continue
		}
		if m.Time.After(now.Add(ahead)) {
			results = append(results, fate{Line: i + 1, ID: m.ID, Fate: store.Refused, Why: string(conversation.FutureTime) + ": more than a day from now"})
			continue
		}
		if unnamed[m.Thread] || string(m.Thread) == string(m.ID) {
			m.Thread = ""
		}
		messages, results = append(messages, m), append(results, fate{Line: i + 1})
	}
	return messages, results, nil
}

// whyRefused reads one line alone, for what is wrong with it.
func whyRefused(line []byte, o conversation.ReadOptions) string {
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, bytes.NewReader(append(bytes.Clone(line), '\n')), "", o); err != nil {
		return err.Error()
	}
	for _, kind := range log.Met().All() {
		if kind.Kind.Lost() {
			return string(kind.Kind) + ": " + kind.Examples[0].Detail
		}
	}
	return string(conversation.DuplicateID) + ": another of this batch has it: send one of them alone"
}

// lines reads the body's messages, each still JSON, and where they come from.
func (r *Request) lines() (source string, lines [][]byte, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		var in intake
		if err := r.Decode(&in); err != nil {
			return "", nil, err
		}
		for _, m := range in.Messages {
			var line bytes.Buffer
			if err := json.Compact(&line, m); err != nil { // or it could be of several lines
				return "", nil, &Bad{"body", "error.json", []any{err.Error()}}
			}
			lines = append(lines, line.Bytes())
		}
		return in.Source, lines, nil
	}
	if !strings.HasSuffix(kind, "ndjson") && !strings.HasSuffix(kind, "jsonl") {
		return "", nil, &Bad{"body", "intake.bad-kind", nil}
	}
	in := bufio.NewReader(r.Body)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			lines = append(lines, bytes.TrimRight(line, "\r\n"))
		}
		if errors.Is(err, io.EOF) {
			return r.URL.Query().Get("source"), lines, nil
		}
		if err != nil {
			return "", nil, err
		}
	}
}

// apiSource makes the source if it isn't known; one of another kind takes no
// messages from programs.
func (r *Request) apiSource(name string) error {
	known, err := source.ByName(r.Context(), r.Server.Store, name)
	switch {
	case err == nil && known.Kind != "api":
		return &Bad{"source", "intake.other-kind", []any{known.Kind}}
	case err == nil && known.Removed.IsZero():
		return nil
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return err
	}
	if err := source.Save(r.Context(), r.Server.Store, source.Source{Name: name, Kind: source.API, Title: name, Config: "{}", Made: r.Now()}); err != nil {
		return fmt.Errorf("making the source %s: %w", name, err)
	}
	return r.act("source.make", name, "api")
}
