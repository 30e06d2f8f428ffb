// Package board is thanks put on record.
package board

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
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
func Thank(ctx context.Context, s *store.Store, th Thanks) (Thanks, error) {
	if th.From == "" || th.To == "" || th.From == th.To {
		return Thanks{}, errThanks
	}
	if th.ID == "" {
		th.ID = "thanks-" + rand.Text()
	}
	err := s.Change(ctx, func(t *store.Tx) error {
		made := store.Micro(th.Time)
		if made == 0 {
			made = t.Now()
		}
		n, err := t.ExecCount(`INSERT INTO thanks (id, from_person, to_person, made, text, message, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO NOTHING`, th.ID, th.From, th.To, made, store.Clean(th.Text), th.Message, th.By)
		if err != nil {
			return err
		}
		if n > 0 {
			t.Emit(store.ThanksChanged, th.ID)
		}
		th, err = scanThanks(t.QueryRow(`SELECT `+thanksColumns+` WHERE thanks.id = $1`, th.ID))
		return err
	})
	if err != nil {
		return Thanks{}, store.Wrap(err, "thanking %s", th.To)
	}
	return th, nil
}

// Unthank takes a thanks back; it stays on record as taken back.
func Unthank(ctx context.Context, s *store.Store, id string) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		t.Emit(store.ThanksChanged, id)
		return t.ExecOne(`UPDATE thanks SET gone = CASE WHEN gone = 0 THEN $2 ELSE gone END WHERE id = $1`, id, t.Now())
	}), "taking back the thanks %s", id)
}

// ThanksGiven gives the thanks on record since a time, those taken back too, in
// order of time. From and To are people after merges.
func ThanksGiven(ctx context.Context, s *store.Store, since time.Time) ([]Thanks, error) {
	list, err := store.All(s.Read(ctx), func(rows store.Scanner) (Thanks, error) { return scanThanks(rows) },
		`SELECT `+thanksColumns+` WHERE thanks.made >= $1 ORDER BY thanks.made, thanks.id`, store.Micro(since))
	return list, store.Wrap(err, "reading thanks")
}

const thanksColumns = `thanks.id, COALESCE(a.person, from_person), COALESCE(b.person, to_person), thanks.made, thanks.text, thanks.message, by_user, gone
	FROM thanks LEFT JOIN accounts a ON a.id = from_person LEFT JOIN accounts b ON b.id = to_person`

func scanThanks(row store.Scanner) (th Thanks, err error) {
	var made, gone int64
	err = row.Scan(&th.ID, &th.From, &th.To, &made, &th.Text, &th.Message, &th.By, &gone)
	th.Time, th.Gone = store.Time(made), store.Time(gone)
	return th, err
}

// ForgetMessages has thanks no longer name the messages that a condition with one
// $1 names.
func ForgetMessages(t *store.Tx, which string, who any) error {
	return t.Exec(`UPDATE thanks SET message = '' WHERE message IN (SELECT id FROM messages WHERE `+which+`)`, who)
}

// Inherit gives the thanks of an account that goes to another.
func Inherit(t *store.Tx, gone, heir string) error {
	if err := t.Exec(`UPDATE thanks SET from_person = $1 WHERE from_person = $2`, heir, gone); err != nil {
		return err
	}
	return t.Exec(`UPDATE thanks SET to_person = $1 WHERE to_person = $2`, heir, gone)
}

// ForgetAccounts deletes the thanks from and to the accounts that a condition with
// one $1 names.
func ForgetAccounts(t *store.Tx, which string, who any) error {
	gone := `(SELECT id FROM accounts WHERE ` + which + `)`
	return t.Exec(`DELETE FROM thanks WHERE from_person IN `+gone+` OR to_person IN `+gone, who)
}
