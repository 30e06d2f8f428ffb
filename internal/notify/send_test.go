package notify

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/mail"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// asks makes a source with a question, and a reply to it that is queued.
func asks(t *testing.T, s *store.Store, from source.Source, question conversation.Message) (store.Message, job.Job) {
	t.Helper()
	if err := source.SaveSource(t.Context(), s, from); err != nil {
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

func sending(t *testing.T, s *store.Store, id conversation.MessageID) store.Sending {
	t.Helper()
	m, err := s.Message(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m.Sending
}

func TestSendMail(t *testing.T) {
	p, pool := open(t, false, true)
	s, _ := storetest.SQLite(t)
	attributes, _ := conversation.NewAttributes(map[string]any{"name": "Ana Dupré", "subject": "Le dimanche ?"})
	m, j := asks(t, s, source.Source{Name: "post", Kind: "mail", Config: `{"from":"La halle <halle@example.org>"}`},
		conversation.Message{ID: "q1@home.example", Thread: "root@home.example", Author: "ana@home.example", Attributes: attributes})
	sender := &Sender{Store: s, Mailer: mailer(t, "smtp://"+p.address, pool)}
	for range 2 { // the second time it is Sent already
		if err := sender.Send(t.Context(), j, noTell); err != nil {
			t.Fatal(err)
		}
	}
	mails := p.mails(t)
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	id := "<" + strings.TrimPrefix(string(m.ID), "post/") + "@example.org>"
	for key, want := range map[string]string{"Message-Id": id, "In-Reply-To": "<q1@home.example>", "References": "<root@home.example> <q1@home.example>",
		"Subject": "Re: Le dimanche ?", "From": `"La halle" <halle@example.org>`, "To": "=?utf-8?q?Ana_Dupr=C3=A9?= <ana@home.example>", "Auto-Submitted": "", "List-Unsubscribe": ""} {
		if got := mails[0].Header.Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if got := sending(t, s, m.ID); got != store.Sent {
		t.Errorf("it is %q", got)
	}

	// The mailbox is read again: our own mail is there, and isn't another message.
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, strings.NewReader("From x Sun Mar  1 10:00:00 2026\n"+p.got[0]), "in.mbox", conversation.ReadOptions{Formats: mail.Formats()}); err != nil {
		t.Fatal(err)
	}
	out, err := s.Append(t.Context(), "post", []conversation.Message{log.Message(0)})
	if err != nil || out[0].Fate == store.Added || out[0].Fate == store.Refused {
		t.Errorf("read back: %+v, %v", out, err)
	}
	if thread, _ := s.Thread(t.Context(), m.Thread); len(thread) != 2 {
		t.Errorf("the thread has %d messages", len(thread))
	}
}

func TestSendFails(t *testing.T) {
	p, pool := open(t, false, true)
	p.refuse = "550 nobody of that name"
	for name, c := range map[string]struct {
		author string
		mailer *Mailer
	}{"no server": {"ana@home.example", nil}, "refused": {"ana@home.example", mailer(t, "smtp://"+p.address, pool)}, "no address": {"Ana", mailer(t, "smtp://"+p.address, pool)}} {
		s, _ := storetest.SQLite(t)
		m, j := asks(t, s, source.Source{Name: "post", Kind: "mail"}, conversation.Message{ID: "q1@home.example", Author: conversation.PersonID(c.author)})
		sender := &Sender{Store: s, Mailer: c.mailer}
		err := sender.Send(t.Context(), j, noTell)
		if !final(err) || sending(t, s, m.ID) != store.Queued {
			t.Errorf("%s: %v, final %v", name, err, final(err))
		}
		if err := sender.GiveUp(t.Context(), j, err); err != nil || sending(t, s, m.ID) != store.Stopped {
			t.Errorf("%s, given up: %v", name, err)
		}
	}
}

func TestSendToFile(t *testing.T) {
	s, _ := storetest.SQLite(t)
	m, j := asks(t, s, source.Source{Name: "forum", Kind: "file"}, conversation.Message{ID: "7", Author: "Ana", Channel: "help"})
	folder := filepath.Join(t.TempDir(), "outgoing")
	file := filepath.Join(folder, "forum.jsonl")
	sender := &Sender{Store: s, Folder: folder}

	// The power went in the middle of a line, once.
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"id":"repl`), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 { // and between writing and noting it down, twice
		if err := sender.append("forum", m); err != nil {
			t.Fatal(err)
		}
	}
	if err := sender.Send(t.Context(), j, noTell); err != nil || sending(t, s, m.ID) != store.Sent {
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

// What is gone isn't sent, and nobody is told that it failed.
func TestSendGone(t *testing.T) {
	p, pool := open(t, false, true)
	s, _ := storetest.SQLite(t)
	_, j := asks(t, s, source.Source{Name: "post", Kind: "mail"}, conversation.Message{ID: "q1@home.example", Author: "ana@home.example"})
	if _, err := erasure.RemoveSource(t.Context(), s, "post"); err != nil {
		t.Fatal(err)
	}
	sender := &Sender{Store: s, Mailer: mailer(t, "smtp://"+p.address, pool)}
	if err := sender.Send(t.Context(), j, noTell); err != nil || len(p.mails(t)) > 0 {
		t.Errorf("%v; %d mails went", err, len(p.mails(t)))
	}
	if err := sender.GiveUp(t.Context(), j, nil); err != nil {
		t.Error(err)
	}
}

func TestSendElsewhere(t *testing.T) {
	for kind, want := range map[string]store.Sending{"api": store.Queued, "demo": store.Sent} {
		s, _ := storetest.SQLite(t)
		m, j := asks(t, s, source.Source{Name: "x", Kind: kind}, conversation.Message{ID: "7", Author: "Ana"})
		if err := (&Sender{Store: s}).Send(t.Context(), j, noTell); err != nil || sending(t, s, m.ID) != want {
			t.Errorf("%s: %v, %s", kind, err, sending(t, s, m.ID))
		}
	}
}
