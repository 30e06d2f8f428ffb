package store

import (
	"context"
	"time"
)

// RemoveMessages takes out the messages that a condition with one $1 names, with
// their words and aliases, and counts what stays; it gives their number. No message
// is kept by others until the transaction ends. What other tables say of them is
// for those who own these tables to take out.
func (t *Tx) RemoveMessages(which string, who any) (n int64, err error) {
	if err := t.unindex(which, who); err != nil {
		return 0, err
	}
	if err := t.Exec(`DELETE FROM aliases WHERE message IN (SELECT id FROM messages WHERE `+which+`)`, who); err != nil {
		return 0, err
	}
	return t.ExecCount(`DELETE FROM messages WHERE `+which, who)
}

// RemoveAccounts takes out the accounts that a condition with one $1 names; their
// messages have gone before. It is the last step of an erasure: it counts what
// stays, and has everybody who follows the changes read everything again.
func (t *Tx) RemoveAccounts(which string, who any) error {
	for _, query := range []string{
		`UPDATE changes SET kind = 'forget', subject = '' WHERE kind = 'person' AND subject IN (SELECT id FROM accounts WHERE ` + which + `)`,
		`DELETE FROM accounts WHERE ` + which,
	} {
		if err := t.Exec(query, who); err != nil {
			return err
		}
	}
	for _, query := range []string{
		`UPDATE counters SET n = (SELECT COUNT(*) FROM messages) WHERE name = 'messages'`,
		`UPDATE counters SET n = (SELECT COUNT(DISTINCT thread) FROM messages) WHERE name = 'threads'`,
	} {
		if err := t.Exec(query); err != nil {
			return err
		}
	}
	t.Emit(ForgetChanged, "")
	return t.countAccount(0)
}

// HoldMessages has no message kept by others until the transaction ends.
func (t *Tx) HoldMessages() error {
	_, err := t.Next("seq", 0)
	return err
}

// EraseTexts erases what was said in messages that were read before a time: their
// texts and attributes go, for good, and that they were there stays. Measures made
// later can't tell any more whether such a message asked for something. It gives
// their number.
func (s *Store) EraseTexts(ctx context.Context, before time.Time) (messages int, err error) {
	for after := int64(0); ; {
		var list []any
		err := s.Change(ctx, func(t *Tx) error {
			list = nil
			err := Each(t, func(scan Scanner) error {
				var seq int64
				err := scan.Scan(&seq)
				list = append(list, seq)
				return err
			}, `SELECT seq FROM messages WHERE seq > $1 AND arrived < $2 AND (text <> '' OR attributes <> '') ORDER BY seq LIMIT 1000`, after, Micro(before))
			if err != nil {
				return err
			}
			for _, seq := range list {
				if err := t.unindex(`seq = $1`, seq); err != nil {
					return err
				}
				if err := t.Exec(`UPDATE messages SET text = '', attributes = '', forgotten = $1 WHERE seq = $2`, t.now, seq); err != nil {
					return err
				}
				t.EmitMessage(seq.(int64))
			}
			return nil
		})
		if err != nil {
			return messages, Wrap(err, "forgetting texts")
		}
		if len(list) == 0 {
			break
		}
		messages, after = messages+len(list), list[len(list)-1].(int64)
	}
	if messages > 0 {
		err = s.Wipe(ctx)
	}
	return messages, Wrap(err, "forgetting texts")
}

// Wipe has SQLite rewrite the index of words, where traces of deleted ones stay
// until then, and its log of writes. PostgreSQL does both as it goes round with
// VACUUM.
func (s *Store) Wipe(ctx context.Context) error {
	if s.pg {
		return nil
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO words (words) VALUES ('optimize')`); err != nil {
		return err
	}
	_, err := s.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
