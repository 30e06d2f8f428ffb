package mail

import (
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
	conversationmail "github.com/entregent/entregent/conversation/mail"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/sourcetest"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// TestSender holds mails to what every way out is held to.
func TestSender(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (source.Sender, *sourcetest.Place) {
		p, pool := open(t, false, true)
		refuse := func(answer string) func(*testing.T) {
			return func(*testing.T) { p.keep(func() { p.refuse = answer }) }
		}
		return Sender{mailer(t, "smtp://"+p.address, pool)}, &sourcetest.Place{
			Source:  source.Source{Name: "post", Kind: source.Mail, Config: "{}"},
			Repeats: true,
			Break: map[sourcetest.Refusal]func(*testing.T){
				sourcetest.ForGood: refuse("550 nobody of that name"), sourcetest.ForAWhile: refuse("451 later")},
			Repair: refuse(""),
			Arrived: func(t *testing.T) (list []sourcetest.Arrived) {
				for _, m := range p.mails(t) {
					body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
					if err != nil {
						t.Fatal(err)
					}
					text := strings.TrimSuffix(strings.ReplaceAll(string(body), "\r\n", "\n"), "\n")
					list = append(list, sourcetest.Arrived{ID: strings.Trim(m.Header.Get("Message-Id"), "<>"), Text: text})
				}
				return list
			},
		}
	})
}

// A question asked on a mailing list is answered there, and nobody is written to
// twice.
func TestSendToList(t *testing.T) {
	a := sourcetest.NewAnswer("post", "1", "Oui.")
	a.Asked.Attributes, _ = conversation.NewAttributes(map[string]any{"list": "<users.example.org>",
		"to": "Users <users@example.org>, ANA@home.example, maison@example.org, Bo <bo@home.example>"})
	p, pool := open(t, false, true)
	if _, err := (Sender{mailer(t, "smtp://"+p.address, pool)}).Send(t.Context(), source.Source{Name: "post", Config: "{}"}, a); err != nil {
		t.Fatal(err)
	}
	h := p.mails(t)[0].Header
	if to, cc := h.Get("To"), h.Get("Cc"); to != "<ana@home.example>" || cc != `"Users" <users@example.org>, "Bo" <bo@home.example>` {
		t.Errorf("to %s, Cc %s", to, cc)
	}
	if want := "[TO:<ana@home.example> TO:<users@example.org> TO:<bo@home.example>]"; fmt.Sprint(p.to) != want {
		t.Errorf("sent to %v, want %v", p.to, want)
	}
}

func TestSendMail(t *testing.T) {
	p, pool := open(t, false, true)
	s, _ := storetest.SQLite(t)
	attributes, _ := conversation.NewAttributes(map[string]any{"name": "Ana Dupré", "subject": "Le dimanche ?"})
	m, j := sourcetest.Ask(t, s, source.Source{Name: "post", Kind: source.Mail, Config: `{"from":"La halle <halle@example.org>"}`},
		conversation.Message{ID: "q1@home.example", Thread: "root@home.example", Author: "ana@home.example", Attributes: attributes})
	sender := &source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.Mail: Sender{mailer(t, "smtp://"+p.address, pool)}}}
	for range 2 { // the second time it is Sent already
		if err := sender.Send(t.Context(), j, sourcetest.NoProgress); err != nil {
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
	if got := sourcetest.Sending(t, s, m.ID); got != store.Sent {
		t.Errorf("it is %q", got)
	}

	// The mailbox is read again: our own mail is there, and isn't another message.
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, strings.NewReader("From x Sun Mar  1 10:00:00 2026\n"+p.got[0]), "in.mbox", conversation.ReadOptions{Form: conversation.Mbox, Formats: conversationmail.Formats()}); err != nil {
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
		m, j := sourcetest.Ask(t, s, source.Source{Name: "post", Kind: source.Mail}, conversation.Message{ID: "q1@home.example", Author: conversation.PersonID(c.author)})
		sender := &source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.Mail: Sender{c.mailer}}}
		err := sender.Send(t.Context(), j, sourcetest.NoProgress)
		if !job.IsPermanent(err) || sourcetest.Sending(t, s, m.ID) != store.Queued {
			t.Errorf("%s: %v, final %v", name, err, job.IsPermanent(err))
		}
		if err := sender.GiveUp(t.Context(), j, err); err != nil || sourcetest.Sending(t, s, m.ID) != store.Stopped {
			t.Errorf("%s, given up: %v", name, err)
		}
	}
}

// What is gone isn't sent, and nobody is told that it failed.
func TestSendGone(t *testing.T) {
	p, pool := open(t, false, true)
	s, _ := storetest.SQLite(t)
	_, j := sourcetest.Ask(t, s, source.Source{Name: "post", Kind: source.Mail}, conversation.Message{ID: "q1@home.example", Author: "ana@home.example"})
	if _, err := erasure.RemoveSource(t.Context(), s, "post"); err != nil {
		t.Fatal(err)
	}
	sender := &source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.Mail: Sender{mailer(t, "smtp://"+p.address, pool)}}}
	if err := sender.Send(t.Context(), j, sourcetest.NoProgress); err != nil || len(p.mails(t)) > 0 {
		t.Errorf("%v; %d mails went", err, len(p.mails(t)))
	}
	if err := sender.GiveUp(t.Context(), j, nil); err != nil {
		t.Error(err)
	}
}
