package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"
)

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
	err := s.change(ctx, func(t *tx) error {
		made := micro(th.Time)
		if made == 0 {
			made = t.now
		}
		n, err := t.exec(`INSERT INTO thanks (id, from_person, to_person, made, text, message, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO NOTHING`, th.ID, th.From, th.To, made, clean(th.Text), th.Message, th.By)
		if err != nil {
			return err
		}
		if n > 0 {
			t.tell(ThanksChanged, th.ID)
		}
		th, err = scanThanks(t.row(`SELECT `+thanksColumns+` WHERE thanks.id = $1`, th.ID))
		return err
	})
	if err != nil {
		return Thanks{}, doing(err, "thanking %s", th.To)
	}
	return th, nil
}

// Unthank takes a thanks back; it stays on record as taken back.
func (s *Store) Unthank(ctx context.Context, id string) error {
	return doing(s.change(ctx, func(t *tx) error {
		t.tell(ThanksChanged, id)
		return t.must(`UPDATE thanks SET gone = CASE WHEN gone = 0 THEN $2 ELSE gone END WHERE id = $1`, id, t.now)
	}), "taking back the thanks %s", id)
}

// ThanksGiven gives the thanks on record since a time, those taken back too, in
// order of time. From and To are people after merges.
func (s *Store) ThanksGiven(ctx context.Context, since time.Time) ([]Thanks, error) {
	list, err := all(ctx, s.read, func(rows *sql.Rows) (Thanks, error) { return scanThanks(rows) },
		`SELECT `+thanksColumns+` WHERE thanks.made >= $1 ORDER BY thanks.made, thanks.id`, micro(since))
	return list, doing(err, "reading thanks")
}

const thanksColumns = `thanks.id, COALESCE(a.person, from_person), COALESCE(b.person, to_person), thanks.made, thanks.text, thanks.message, by_user, gone
	FROM thanks LEFT JOIN accounts a ON a.id = from_person LEFT JOIN accounts b ON b.id = to_person`

func scanThanks(row scanner) (th Thanks, err error) {
	var made, gone int64
	err = row.Scan(&th.ID, &th.From, &th.To, &made, &th.Text, &th.Message, &th.By, &gone)
	th.Time, th.Gone = moment(made), moment(gone)
	return th, err
}
