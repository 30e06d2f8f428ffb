package inbox

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
)

// Reply is an answer to be written into a thread.
type Reply struct {
	Thread     conversation.ThreadID
	To         conversation.MessageID
	By         int64  // the user
	Author     string // the account that will be seen to speak
	Department string
	Text       string
	Canned     int64  // the canned reply it began as, if it did and hardly changed
	Key        string // the same key twice makes one reply
}

// SendJob is the kind of the job that sends a reply; its key is the message's ID
// and its payload a Send.
const SendJob = "send"

// Send is what a job that sends a reply is given.
type Send struct {
	Message conversation.MessageID `json:"message"`
	By      int64                  `json:"by"` // the user who wrote it
}

var (
	errNoText = errors.New("nothing written")
	errThere  = errors.New("there already")
)

// SendReply keeps an answer as a message of its thread's source, Queued, and a job
// that sends it, in one transaction. A reply of the same thread and key that is
// there already is given back, and nothing else happens.
func SendReply(ctx context.Context, s *store.Store, r Reply) (store.Message, error) {
	if store.Clean(r.Text) == "" {
		return store.Message{}, store.Wrap(errNoText, "replying in %s", r.Thread)
	}
	if r.Key == "" {
		r.Key = rand.Text()
	}
	var id conversation.MessageID
	err := s.Change(ctx, func(t *store.Tx) error {
		source, m, err := answering(t, r)
		if err != nil {
			return err
		}
		id = m.ID
		outcomes, err := t.Append(source, []conversation.Message{m})
		if err != nil {
			return err
		}
		switch o := outcomes[0]; o.Fate {
		case store.Added:
		case store.Refused:
			return fmt.Errorf("refused: %s", o.Why)
		default: // the key was used: what is there stays as it is
			return errThere
		}
		if err := t.ExecOne(`UPDATE messages SET sending = $2 WHERE id = $1`, id, store.Queued); err != nil {
			return err
		}
		return send(t, id, r.By)
	})
	if err != nil && !errors.Is(err, errThere) {
		return store.Message{}, store.Wrap(err, "replying in %s", r.Thread)
	}
	return s.Message(ctx, id)
}

// send adds the job that sends a message.
func send(t *store.Tx, id conversation.MessageID, by int64) error {
	payload, err := json.Marshal(Send{Message: id, By: by})
	if err != nil {
		return err
	}
	_, err = job.EnqueueIn(t, job.Job{Kind: SendJob, Key: string(id), Payload: payload})
	return err
}

// SendAgain has a message sent after all that was Stopped: it is Queued again.
// ErrNotFound when there is no such message that was stopped.
func SendAgain(ctx context.Context, s *store.Store, id conversation.MessageID, by int64) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		var seq int64
		if err := t.QueryRow(`UPDATE messages SET sending = $2 WHERE id = $1 AND sending = $3 RETURNING seq`, id, store.Queued, store.Stopped).Scan(&seq); err != nil {
			return err
		}
		t.EmitMessage(seq)
		return send(t, id, by)
	}), "sending %s again", id)
}

// answering makes the message of a reply: in the source, thread and channel of
// what it answers, or of the thread's newest message when it names none.
func answering(t *store.Tx, r Reply) (source string, m conversation.Message, err error) {
	m = conversation.Message{ReplyTo: r.To, Author: conversation.PersonID(store.Clean(r.Author)), Side: conversation.Organisation,
		Department: store.Clean(r.Department), Time: store.Time(t.Now()), Text: store.Clean(r.Text)}
	const columns = `SELECT source, thread, channel, private FROM messages WHERE `
	if r.To != "" {
		err = t.QueryRow(columns+`id = $1`, r.To).Scan(&source, &m.Thread, &m.Channel, &m.Private)
	} else {
		err = t.QueryRow(columns+`thread = $1 ORDER BY time DESC, seq DESC LIMIT 1`, r.Thread).Scan(&source, &m.Thread, &m.Channel, &m.Private)
	}
	if err != nil {
		return "", m, err
	}
	if r.Canned != 0 {
		m.Attributes, err = conversation.NewAttributes(map[string]any{"canned": true})
	}
	key := sha256.Sum256([]byte(string(r.Thread) + "\x00" + r.Key))
	m.ID = conversation.MessageID(source + "/reply-" + hex.EncodeToString(key[:12]))
	return source, m, err
}

// MarkSending tells how far a message that was written here has gone. With ref,
// the id that its source gave it, the message is known by that one too: when it
// comes back through its source it is the same, not another.
func MarkSending(ctx context.Context, s *store.Store, id conversation.MessageID, how store.Sending, ref string) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		var seq int64
		var source string
		if err := t.QueryRow(`UPDATE messages SET sending = $2 WHERE id = $1 AND sending <> '' RETURNING seq, source`, id, how).Scan(&seq, &source); err != nil {
			return err
		}
		t.EmitMessage(seq)
		if ref == "" || source+"/"+ref == string(id) {
			return nil
		}
		return t.Exec(`INSERT INTO aliases (id, message) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`, source+"/"+store.Clean(ref), id)
	}), "marking %s as %s", id, how)
}
