package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Sender sends the answers written at the desk, each as its source takes it.
type Sender struct {
	Store  *store.Store
	Mailer *Mailer // nil: no mail server is known, and mail sources can't send
	Folder string  // DATA/outgoing: answers for file sources
}

// MailConfig is the Config of a source of kind mail.
type MailConfig struct {
	From string `json:"from"` // "Name <address>": who answers; empty: the mailer's
}

var errNoServer = errors.New("no mail server is configured (--smtp)")

// Send does a job of the kind store.SendJob. A message that went already isn't
// sent again.
func (s *Sender) Send(ctx context.Context, j job.Job, _ func(float64, string)) error {
	var job inbox.Send
	if err := json.Unmarshal(j.Payload, &job); err != nil {
		return never(fmt.Errorf("reading the job's payload: %w", err))
	}
	m, err := s.Store.Message(ctx, job.Message)
	if errors.Is(err, store.ErrNotFound) {
		return nil // its source was removed meanwhile
	}
	if err != nil || m.Sending == store.Sent || m.Sending == store.Received || !m.Deleted.IsZero() {
		return err
	}
	from, err := source.SourceByName(ctx, s.Store, m.Source)
	if errors.Is(err, store.ErrNotFound) {
		from, err = source.Source{Name: m.Source, Kind: "file"}, nil
	}
	if err != nil {
		return err
	}
	ref := ""
	switch from.Kind {
	case "mail":
		ref, err = s.mail(ctx, from, m)
	case "api":
		return nil // it is fetched
	case "demo":
	default:
		err = s.append(from.Name, m)
	}
	if err != nil {
		return fmt.Errorf("sending an answer by %s: %w", from.Name, err)
	}
	return inbox.MarkSending(context.WithoutCancel(ctx), s.Store, m.ID, store.Sent, ref)
}

// GiveUp is called when a job of Send is given up: the message says so.
func (s *Sender) GiveUp(ctx context.Context, j job.Job, _ error) error {
	err := inbox.MarkSending(ctx, s.Store, conversation.MessageID(j.Key), store.Stopped, "")
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// mail sends a message to whom it answers, and gives its Message-ID.
func (s *Sender) mail(ctx context.Context, source source.Source, m store.Message) (id string, err error) {
	if s.Mailer == nil {
		return "", never(errNoServer)
	}
	l := Letter{Answer: true, From: s.Mailer.From, Text: m.Text, Date: m.Time}
	var config MailConfig
	if err := json.Unmarshal([]byte(source.Config), &config); err != nil {
		return "", never(fmt.Errorf("reading the source's settings: %w", err))
	}
	if config.From != "" {
		from, err := mail.ParseAddress(config.From)
		if err != nil {
			return "", never(fmt.Errorf("who answers, %q: %w", config.From, err))
		}
		l.From = *from
	}
	asked, err := s.asked(ctx, m)
	if err != nil {
		return "", err
	}
	to, err := mail.ParseAddress(strings.TrimSuffix(asked.Account, " ("+m.Source+")"))
	if err != nil {
		return "", never(fmt.Errorf("whom to answer: %w", err))
	}
	to.Name = asked.Attributes.Text("name")
	l.To = []mail.Address{*to}
	if asked.Attributes.Text("list") != "" { // to the list, where it was asked
		l.Cc = others(asked.Attributes.Text("to"), *to, l.From)
	}
	l.Subject = answerTo(asked.Attributes.Text("subject"))
	l.InReplyTo = own(asked.ID, m.Source)
	l.References = []string{own(conversation.MessageID(asked.Thread), m.Source)}
	if l.References[0] != l.InReplyTo {
		l.References = append(l.References, l.InReplyTo)
	}
	l.ID = own(m.ID, m.Source) + "@" + domain(l.From.Address)
	return l.ID, s.Mailer.Send(ctx, l)
}

// asked is the message that another answers: the one it names, or the newest of
// the community in its thread.
func (s *Sender) asked(ctx context.Context, m store.Message) (store.Message, error) {
	if m.ReplyTo != "" {
		return s.Store.Message(ctx, m.ReplyTo)
	}
	thread, err := s.Store.Thread(ctx, m.Thread)
	if err != nil {
		return m, err
	}
	for i := len(thread) - 1; i >= 0; i-- {
		if t := thread[i]; t.Side == conversation.Community && t.Source == m.Source {
			return t, nil
		}
	}
	return m, never(errors.New("nobody to answer"))
}

// own is an id as its source knows it.
func own[T ~string](id T, source string) string { return strings.TrimPrefix(string(id), source+"/") }

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
