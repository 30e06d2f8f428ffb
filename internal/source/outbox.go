package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
)

// Outbox sends the answers written here, each by the Sender of its source's kind.
// An answer is a message of the store that is Queued, and a job that sends it.
type Outbox struct {
	Store   *store.Store
	Senders map[Kind]Sender
}

// Send does a job of the kind inbox.SendJob. A message that went already isn't
// sent again; a source that isn't known is taken for a file's.
func (o *Outbox) Send(ctx context.Context, j job.Job, _ func(float64, string)) error {
	var task inbox.Send
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return job.Permanent(fmt.Errorf("reading the job's payload: %w", err))
	}
	m, err := o.Store.Message(ctx, task.Message)
	if errors.Is(err, store.ErrNotFound) {
		return nil // its source was removed meanwhile
	}
	if err != nil || m.Sending == store.Sent || m.Sending == store.Received || !m.Deleted.IsZero() {
		return err
	}
	src, err := ByName(ctx, o.Store, m.Source)
	if errors.Is(err, store.ErrNotFound) {
		src, err = Source{Name: m.Source, Kind: File}, nil
	}
	if err != nil {
		return err
	}
	sender, ok := o.Senders[src.Kind]
	if !ok {
		return job.Permanent(fmt.Errorf("sending an answer by %s: a source of kind %q takes none", src.Name, src.Kind))
	}
	asked, err := o.asked(ctx, m)
	if err != nil {
		return err
	}
	ref, err := sender.Send(ctx, src, Answer{Message: m, Asked: asked})
	if errors.Is(err, ErrFetched) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sending an answer by %s: %w", src.Name, err)
	}
	return inbox.MarkSending(context.WithoutCancel(ctx), o.Store, m.ID, store.Sent, ref)
}

// GiveUp is called when a job of Send is given up: the message says so.
func (o *Outbox) GiveUp(ctx context.Context, j job.Job, _ error) error {
	err := inbox.MarkSending(ctx, o.Store, conversation.MessageID(j.Key), store.Stopped, "")
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// asked is the message that another answers; the zero Message when there is none.
func (o *Outbox) asked(ctx context.Context, m store.Message) (store.Message, error) {
	if m.ReplyTo != "" {
		asked, err := o.Store.Message(ctx, m.ReplyTo)
		if errors.Is(err, store.ErrNotFound) {
			return store.Message{}, nil
		}
		return asked, err
	}
	thread, err := o.Store.Thread(ctx, m.Thread)
	if err != nil {
		return store.Message{}, err
	}
	for i := len(thread) - 1; i >= 0; i-- {
		if t := thread[i]; t.Side == conversation.Community && t.Source == m.Source {
			return t, nil
		}
	}
	return store.Message{}, nil
}
