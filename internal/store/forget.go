package store

import (
	"context"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
)

// ErasePerson removes what somebody wrote, her accounts and all that was derived,
// and remembers by salted hashes that she isn't to be read again. Whoever asked
// for it belongs into the audit log, which is the caller's.
func (s *Store) ErasePerson(ctx context.Context, id conversation.PersonID, _ string) (messages int, err error) {
	const hers = `n > 0 AND person = $1`
	who := Clean(string(id))
	var n int64
	err = s.Change(ctx, func(t *Tx) (err error) {
		var known int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE `+hers, who).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return ErrNotFound
		}
		if err := t.refuse(hers, who); err != nil {
			return err
		}
		n, err = t.forget(`account IN (SELECT n FROM accounts WHERE `+hers+`)`, hers, who)
		return err
	})
	if err == nil {
		err = s.wipe(ctx)
	}
	return int(n), Wrap(err, "erasing a person")
}

// RemoveSource takes out a source and all its messages; people without any go
// too. Nobody's objection is supposed: the source may come back.
func (s *Store) RemoveSource(ctx context.Context, name string) (messages int, err error) {
	name = Clean(name)
	var n int64
	err = s.Change(ctx, func(t *Tx) (err error) {
		if n, err = t.forget(`source = $1`, `n > 0 AND source = $1`, name); err != nil {
			return err
		}
		t.Emit(SourceChanged, name)
		return t.Exec(`UPDATE sources SET removed = $1 WHERE name = $2 AND removed = 0`, t.now, name)
	})
	if err == nil {
		err = s.wipe(ctx)
	}
	return int(n), Wrap(err, "removing the source %s", name)
}

// ForgetTexts erases what was said in messages that were read before a time: their
// texts and attributes go, for good, and that they were there stays. Measures made
// later can't tell any more whether such a message asked for something. It gives
// their number.
func (s *Store) ForgetTexts(ctx context.Context, before time.Time) (messages int, err error) {
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
		err = s.wipe(ctx)
	}
	return messages, Wrap(err, "forgetting texts")
}

// forget deletes the messages and the accounts that two conditions with one $1
// name, and whatever hangs on them. It gives the number of messages.
func (t *Tx) forget(messages, accounts string, who any) (n int64, err error) {
	if _, err := t.Next("seq", 0); err != nil { // no message comes meanwhile
		return 0, err
	}
	if err := t.unindex(messages, who); err != nil {
		return 0, err
	}
	for _, query := range []string{
		`DELETE FROM aliases WHERE message IN (SELECT id FROM messages WHERE ` + messages + `)`,
		`UPDATE thanks SET message = '' WHERE message IN (SELECT id FROM messages WHERE ` + messages + `)`,
	} {
		if err := t.Exec(query, who); err != nil {
			return 0, err
		}
	}
	if n, err = t.ExecCount(`DELETE FROM messages WHERE `+messages, who); err != nil {
		return 0, err
	}
	if err := t.forgetAccounts(accounts, who); err != nil {
		return 0, err
	}
	for _, query := range []string{ // of threads that are empty now; of what was measured
		`DELETE FROM desks WHERE NOT EXISTS (SELECT 1 FROM messages WHERE thread = desks.thread)`,
		`DELETE FROM notes WHERE NOT EXISTS (SELECT 1 FROM messages WHERE thread = notes.thread)`,
		`DELETE FROM report_parts`,
		`DELETE FROM reports`,
		`UPDATE counters SET n = (SELECT COUNT(*) FROM messages) WHERE name = 'messages'`,
		`UPDATE counters SET n = (SELECT COUNT(DISTINCT thread) FROM messages) WHERE name = 'threads'`,
	} {
		if err := t.Exec(query); err != nil {
			return 0, err
		}
	}
	t.Emit(ForgetChanged, "")
	return n, t.countAccount(0)
}

// forgetAccounts deletes accounts, with merges, thanks and agreements of theirs. A
// person who keeps another account goes on under its name.
func (t *Tx) forgetAccounts(which string, who any) error {
	if err := t.inherit(which, who); err != nil {
		return err
	}
	gone := `(SELECT id FROM accounts WHERE ` + which + `)`
	for _, query := range []string{
		`DELETE FROM merged WHERE account IN (SELECT n FROM accounts WHERE ` + which + `)
			OR merge IN (SELECT n FROM merges WHERE from_person IN ` + gone + ` OR into_person IN ` + gone + `)`,
		`DELETE FROM thanks WHERE from_person IN ` + gone + ` OR to_person IN ` + gone,
		`DELETE FROM refusals WHERE a IN ` + gone + ` OR b IN ` + gone,
		`DELETE FROM settings WHERE name IN (SELECT 'agreed.whuffie.' || id FROM accounts WHERE ` + which + `)`,
		`UPDATE changes SET kind = 'forget', subject = '' WHERE kind = 'person' AND subject IN ` + gone,
		`DELETE FROM accounts WHERE ` + which,
	} {
		if err := t.Exec(query, who); err != nil {
			return err
		}
	}
	return t.Exec(`DELETE FROM merges WHERE n NOT IN (SELECT merge FROM merged)`)
}

// inherit gives what hangs on an account that goes to another one of the same
// person that stays, if there is one.
func (t *Tx) inherit(which string, who any) error {
	type heir struct{ gone, person, id string }
	var heirs []heir
	err := Each(t, func(scan Scanner) error {
		var h heir
		err := scan.Scan(&h.gone, &h.person, &h.id)
		heirs = append(heirs, h)
		return err
	}, `SELECT g.id, g.person, MIN(s.id) FROM accounts g JOIN accounts s ON s.person = g.person
		WHERE g.n IN (SELECT n FROM accounts WHERE `+which+`) AND s.n NOT IN (SELECT n FROM accounts WHERE `+which+`)
		GROUP BY g.id, g.person ORDER BY g.id`, who)
	if err != nil {
		return err
	}
	for _, h := range heirs {
		queries := []string{
			`UPDATE thanks SET from_person = $1 WHERE from_person = $2`,
			`UPDATE thanks SET to_person = $1 WHERE to_person = $2`,
		}
		if h.gone == h.person {
			queries = append(queries, `UPDATE accounts SET person = $1 WHERE person = $2`)
		}
		for _, query := range slices.Backward(queries) {
			if err := t.Exec(query, h.id, h.gone); err != nil {
				return err
			}
		}
	}
	return nil
}

// wipe has SQLite rewrite the index of words, where traces of deleted ones stay
// until then, and its log of writes. PostgreSQL does both as it goes round with
// VACUUM.
func (s *Store) wipe(ctx context.Context) error {
	if s.pg {
		return nil
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO words (words) VALUES ('optimize')`); err != nil {
		return err
	}
	_, err := s.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
