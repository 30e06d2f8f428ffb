package file

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/sourcetest"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// TestSender holds files to what every way out is held to.
func TestSender(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (source.Sender, *sourcetest.Place) {
		folder := filepath.Join(t.TempDir(), "outgoing")
		return Sender{folder}, &sourcetest.Place{
			Source: source.Source{Name: "forum", Kind: source.File},
			Break: map[sourcetest.Refusal]func(*testing.T){sourcetest.ForAWhile: func(t *testing.T) { // a file where the folder should be
				if err := os.WriteFile(folder, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}},
			Repair: func(t *testing.T) {
				if err := os.Remove(folder); err != nil {
					t.Fatal(err)
				}
			},
			Arrived: func(t *testing.T) (list []sourcetest.Arrived) {
				text, err := os.ReadFile(filepath.Join(folder, "forum.jsonl"))
				if err != nil {
					return nil
				}
				for line := range strings.Lines(string(text)) {
					var o Outgoing
					if err := json.Unmarshal([]byte(line), &o); err != nil {
						t.Fatal(err)
					}
					list = append(list, sourcetest.Arrived{ID: o.ID, Text: o.Text})
				}
				return list
			},
		}
	})
}

func TestSendToFile(t *testing.T) {
	s, _ := storetest.SQLite(t)
	m, j := sourcetest.Ask(t, s, source.Source{Name: "forum", Kind: source.File}, conversation.Message{ID: "7", Author: "Ana", Channel: "help"})
	folder := filepath.Join(t.TempDir(), "outgoing")
	file := filepath.Join(folder, "forum.jsonl")
	sender := &source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.File: Sender{folder}}}

	// The power went in the middle of a line, once.
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"id":"repl`), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 { // and between writing and noting it down, twice
		if _, err := (Sender{folder}).Send(t.Context(), source.Source{Name: "forum"}, source.Answer{Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	if err := sender.Send(t.Context(), j, sourcetest.NoProgress); err != nil || sourcetest.Sending(t, s, m.ID) != store.Sent {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines:\n%s", len(lines), text)
	}
	var got Outgoing
	if err := json.Unmarshal([]byte(lines[1]), &got); err != nil {
		t.Fatal(err)
	}
	want := Outgoing{ID: strings.TrimPrefix(string(m.ID), "forum/"), Thread: "7", ReplyTo: "7", Author: "Léo", Side: "organisation", Channel: "help",
		Time: m.Time, Text: m.Text, Canned: true}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, strings.NewReader(lines[1]), "forum.jsonl", conversation.ReadOptions{}); err != nil || log.Len() != 1 {
		t.Fatalf("read as a conversation: %d messages, %v", log.Len(), err)
	}
	if out, err := s.Append(t.Context(), "forum", []conversation.Message{log.Message(0)}); err != nil || out[0].Fate == store.Added {
		t.Errorf("imported again: %+v, %v", out, err)
	}
}
