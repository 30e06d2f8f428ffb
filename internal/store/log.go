package store

import (
	"context"
	"database/sql"

	"github.com/entregent/entregent/conversation"
)

// Log reads all messages into a log, in order of Seq, and gives the number of a
// change: all changes up to it are in the log, and some behind it may be.
func (s *Store) Log(ctx context.Context, log *conversation.Log) (upto int64, err error) {
	if upto, err = s.LastChange(ctx); err != nil {
		return 0, err
	}
	voices, err := s.voices(ctx)
	if err != nil {
		return 0, doing(err, "reading accounts")
	}
	var k kept
	places := k.places()
	err = s.scan(ctx, func(rows *sql.Rows) error {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		log.Append(k.message(voices[k.account]).Message)
		return log.Err()
	}, `SELECT `+keptColumns+` FROM messages ORDER BY seq`)
	return upto, doing(err, "reading messages into a log")
}

// voices reads whose every account is.
func (s *Store) voices(ctx context.Context) (map[int64]voice, error) {
	voices := map[int64]voice{}
	return voices, s.scan(ctx, func(rows *sql.Rows) error {
		var n int64
		var v voice
		err := rows.Scan(&n, &v.account, &v.person, &v.side, &v.department)
		voices[n] = v
		return err
	}, `SELECT n, id, person, side, department FROM accounts`)
}
