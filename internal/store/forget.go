package store

import (
	"context"
	"errors"
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
		if err := t.RefuseAccounts(hers, who); err != nil {
			return err
		}
		n, err = t.forget(`account IN (SELECT n FROM accounts WHERE `+hers+`)`, hers, who)
		return err
	})
	if err == nil {
		err = s.Wipe(ctx)
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
		return t.Exec(`UPDATE sources SET removed = $1 WHERE name = $2 AND removed = 0`, t.Now(), name)
	})
	if err == nil {
		err = s.Wipe(ctx)
	}
	return int(n), Wrap(err, "removing the source %s", name)
}

// ObjectionTo remembers that an account doesn't want to be read, and erases it if it
// is known, by its id or by what its source calls it. One that isn't known is
// refused in every source.
func (s *Store) ObjectionTo(ctx context.Context, account string) error {
	account = Clean(account)
	err := s.Change(ctx, func(t *Tx) error {
		var n int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE `+called, account).Scan(&n); err != nil {
			return err
		}
		if n == 0 || MailAddress(account) != "" {
			if err := t.RefuseName(account); err != nil || n == 0 {
				return err
			}
		}
		if err := t.RefuseAccounts(called, account); err != nil {
			return err
		}
		_, err := t.forget(`account IN (SELECT n FROM accounts WHERE `+called+`)`, called, account)
		return err
	})
	if err == nil {
		err = s.Wipe(ctx)
	}
	return Wrap(err, "remembering an objection")
}

const called = `n > 0 AND (id = $1 OR author = $1)`

// ForgetRefused erases every account that isn't to be read and is here all the
// same, as after a restore.
func (s *Store) ForgetRefused(ctx context.Context) error {
	return Wrap(s.Change(ctx, func(t *Tx) error {
		gone, err := t.RefusedAccounts()
		if err != nil {
			return err
		}
		for _, n := range gone {
			if _, err := t.forget(`account = $1`, `n = $1`, n); err != nil {
				return err
			}
		}
		return nil
	}), "erasing who objected meanwhile")
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

func (t *Tx) forget(messages, accounts string, who any) (n int64, err error) {
	if err := t.HoldMessages(); err != nil {
		return 0, err
	}
	if n, err = t.RemoveMessages(messages, who); err != nil {
		return 0, err
	}
	if err := t.inherit(accounts, who); err != nil {
		return 0, err
	}
	return n, t.RemoveAccounts(accounts, who)
}

const ObjectJob = "object"

// Tidy deletes what nobody needs any more, as it stood before a time: jobs done,
// sessions and tokens past, uploads, who had threads open, terms of leading, and all
// reports of a kind but the newest. What people said and did is not touched.
func (s *Store) Tidy(ctx context.Context, before time.Time) error {
	at := Micro(before)
	return Wrap(s.Change(ctx, func(t *Tx) error {
		return errors.Join(t.TidyJobs(at), t.TidyTokens(at), t.TidyBlobs(at), t.TidyViewers(at), t.TidyReports(at))
	}), "tidying")
}
