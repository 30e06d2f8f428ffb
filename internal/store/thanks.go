package store

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Thanks is a gift put on record here: From was helped by To.
type Thanks struct {
	ID      string                 `json:"id"`
	From    conversation.PersonID  `json:"from"`
	To      conversation.PersonID  `json:"to"`
	Time    time.Time              `json:"time"`
	Text    string                 `json:"text"`
	Message conversation.MessageID `json:"message,omitempty"` // for which
	By      int64                  `json:"by"`
	Gone    time.Time              `json:"gone,omitzero"` // taken back
}

var errThanks = errors.New("thanks go from somebody to somebody else")

// Thank puts a gift on record and gives it as it was kept: an empty ID becomes a
// new one, a zero time now. An ID that is there already changes nothing.
func (s *Store) Thank(ctx context.Context, th Thanks) (Thanks, error) {
	if th.From == "" || th.To == "" || th.From == th.To {
		return Thanks{}, errThanks
	}
	if th.ID == "" {
		th.ID = "thanks-" + rand.Text()
	}
	err := s.Change(ctx, func(t *Tx) error {
		made := Micro(th.Time)
		if made == 0 {
			made = t.Now()
		}
		n, err := t.ExecCount(`INSERT INTO thanks (id, from_person, to_person, made, text, message, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO NOTHING`, th.ID, th.From, th.To, made, Clean(th.Text), th.Message, th.By)
		if err != nil {
			return err
		}
		if n > 0 {
			t.Emit(ThanksChanged, th.ID)
		}
		th, err = scanThanks(t.QueryRow(`SELECT `+thanksColumns+` WHERE thanks.id = $1`, th.ID))
		return err
	})
	if err != nil {
		return Thanks{}, Wrap(err, "thanking %s", th.To)
	}
	return th, nil
}

// Unthank takes a thanks back; it stays on record as taken back.
func (s *Store) Unthank(ctx context.Context, id string) error {
	return Wrap(s.Change(ctx, func(t *Tx) error {
		t.Emit(ThanksChanged, id)
		return t.ExecOne(`UPDATE thanks SET gone = CASE WHEN gone = 0 THEN $2 ELSE gone END WHERE id = $1`, id, t.Now())
	}), "taking back the thanks %s", id)
}

// ThanksGiven gives the thanks on record since a time, those taken back too, in
// order of time. From and To are people after merges.
func (s *Store) ThanksGiven(ctx context.Context, since time.Time) ([]Thanks, error) {
	list, err := All(s.Read(ctx), func(rows Scanner) (Thanks, error) { return scanThanks(rows) },
		`SELECT `+thanksColumns+` WHERE thanks.made >= $1 ORDER BY thanks.made, thanks.id`, Micro(since))
	return list, Wrap(err, "reading thanks")
}

const thanksColumns = `thanks.id, COALESCE(a.person, from_person), COALESCE(b.person, to_person), thanks.made, thanks.text, thanks.message, by_user, gone
	FROM thanks LEFT JOIN accounts a ON a.id = from_person LEFT JOIN accounts b ON b.id = to_person`

func scanThanks(row Scanner) (th Thanks, err error) {
	var made, gone int64
	err = row.Scan(&th.ID, &th.From, &th.To, &made, &th.Text, &th.Message, &th.By, &gone)
	th.Time, th.Gone = Time(made), Time(gone)
	return th, err
}
