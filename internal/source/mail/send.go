package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
)

// Config is the Config of a source of kind mail.
type Config struct {
	From string `json:"from"` // "Name <address>": who answers; empty: the mailer's
}

var (
	errNoServer = errors.New("no mail server is configured (--smtp)")
	errNobody   = errors.New("nobody to answer")
)

// Sender sends answers as mails.
type Sender struct {
	Mailer *Mailer // nil: no mail server is known, and nothing can be sent
}

var _ source.Sender = Sender{}

// Send sends an answer to whoever it answers, in the same thread (In-Reply-To,
// References), and gives its Message-ID. That is made of the answer's id, so that
// trying again sends the same mail.
func (s Sender) Send(ctx context.Context, src source.Source, a source.Answer) (id string, err error) {
	if s.Mailer == nil {
		return "", job.Permanent(errNoServer)
	}
	var config Config
	if err := json.Unmarshal([]byte(src.Config), &config); err != nil {
		return "", job.Permanent(fmt.Errorf("reading the source's settings: %w", err))
	}
	l := Letter{Answer: true, From: s.Mailer.From, Text: a.Text, Date: a.Time}
	if config.From != "" {
		from, err := mail.ParseAddress(config.From)
		if err != nil {
			return "", job.Permanent(fmt.Errorf("who answers, %q: %w", config.From, err))
		}
		l.From = *from
	}
	if err := l.answer(a); err != nil {
		return "", job.Permanent(err)
	}
	return l.ID, s.Mailer.Send(ctx, l)
}

// answer addresses a letter to the author of the message that it answers, in that
// one's thread.
func (l *Letter) answer(a source.Answer) error {
	if a.Asked.ID == "" {
		return errNobody
	}
	to, err := mail.ParseAddress(strings.TrimSuffix(a.Asked.Account, " ("+a.Source+")"))
	if err != nil {
		return fmt.Errorf("whom to answer: %w", err)
	}
	asked := a.Asked.Attributes
	to.Name = asked.Text("name")
	l.To = []mail.Address{*to}
	if asked.Text("list") != "" { // to the list, where it was asked
		l.Cc = others(asked.Text("to"), *to, l.From)
	}
	l.Subject = answerTo(asked.Text("subject"))
	l.InReplyTo = source.LocalID(a.Asked.ID, a.Source)
	l.References = []string{source.LocalID(conversation.MessageID(a.Asked.Thread), a.Source)}
	if l.References[0] != l.InReplyTo {
		l.References = append(l.References, l.InReplyTo)
	}
	l.ID = source.LocalID(a.ID, a.Source) + "@" + domain(l.From.Address)
	return nil
}

// answerTo is the subject of an answer.
func answerTo(subject string) string {
	if subject = oneLine(subject); subject == "" {
		return "Re:"
	}
	if len(subject) >= 3 && strings.EqualFold(subject[:3], "re:") {
		return subject
	}
	return "Re: " + subject
}

// others are the addresses of a field, without some.
func others(field string, without ...mail.Address) (list []mail.Address) {
	all, err := mail.ParseAddressList(field)
	if err != nil {
		return nil
	}
	for _, a := range all {
		keep := true
		for _, w := range without {
			keep = keep && !strings.EqualFold(a.Address, w.Address)
		}
		if keep {
			list = append(list, *a)
		}
	}
	return list
}
