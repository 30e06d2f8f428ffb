// Package weave writes the story that comes with Entregent, so that anyone can
// see how it was made and change it. The command carries only the result.
//
// The sentences are written by hand, in French and English, in texts: threads of
// ordinary weeks, the key messages of the crisis word for word, and, for the
// flood of questions, contexts, questions and answers by theme, which are dealt
// like cards so that the same sentence comes back as late as possible. Who
// writes, when and where is drawn by chance from a fixed seed.
package weave

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// message is one message of the story, before it has its id.
type message struct {
	thread     *message // nil: opens one
	replyTo    *message
	author     string
	staff, bot bool
	department string
	channel    string
	at         time.Time
	lang, text string
	role       string
	order      int
	id         string
}

// line is a message as the story's file has it.
type line struct {
	ID         string `json:"id"`
	Thread     string `json:"thread"`
	ReplyTo    string `json:"reply_to,omitempty"`
	Author     string `json:"author"`
	Side       string `json:"side"`
	Department string `json:"department"`
	Channel    string `json:"channel"`
	Time       string `json:"time"`
	Lang       string `json:"lang"`
	Text       string `json:"text"`
	Role       string `json:"role,omitempty"`
	Bot        bool   `json:"bot,omitempty"`
}

// loom is the story while it is being written.
type loom struct {
	*rand.Rand
	all    []*message
	decks  map[string][]int
	said   map[string]bool // composed texts, so that none comes twice
	people map[string][]*person
	taken  map[string]bool // names of accounts

	flooded []question
}

const seed = 1866

// Recall gives the story as JSONL, always the same.
func Recall() ([]byte, error) { return weave(seed) }

func weave(seed uint64) ([]byte, error) {
	l := &loom{Rand: rand.New(rand.NewPCG(seed, 20250325)), decks: map[string][]int{}, said: map[string]bool{},
		people: map[string][]*person{}, taken: map[string]bool{}}
	if err := l.key(); err != nil {
		return nil, err
	}
	l.settle()
	l.ordinary()
	l.flood()
	l.backlog()
	l.recovery()
	l.acknowledge()
	return l.write()
}

// add puts a message into the story.
func (l *loom) add(m *message) *message {
	m.order = len(l.all)
	l.all = append(l.all, m)
	return m
}

// write names the messages in the order of time and writes them.
func (l *loom) write() ([]byte, error) {
	l.all = slices.DeleteFunc(l.all, func(m *message) bool { return m.at.After(census) })
	slices.SortFunc(l.all, func(a, b *message) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.order, b.order)) })
	for i, m := range l.all {
		m.id = fmt.Sprintf("p%04d", i+1)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for _, m := range l.all {
		w := line{ID: m.id, Thread: m.id, Author: m.author, Side: "community", Department: m.department, Channel: m.channel,
			Time: m.at.UTC().Format(time.RFC3339), Lang: m.lang, Text: m.text, Role: m.role, Bot: m.bot}
		if m.thread != nil {
			w.Thread = m.thread.id
		}
		if m.replyTo != nil {
			w.ReplyTo = m.replyTo.id
		}
		if m.staff {
			w.Side = "organisation"
		}
		if err := e.Encode(w); err != nil {
			return nil, fmt.Errorf("writing message %s: %w", m.id, err)
		}
	}
	return out.Bytes(), nil
}
