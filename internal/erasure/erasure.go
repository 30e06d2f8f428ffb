// Package erasure takes words out of everywhere: those of a person, of a source, of
// whoever doesn't want to be read, and what is past its time. What is kept of people
// beside the store's messages and accounts stands in one list (places.go).
package erasure

import (
	"context"
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
)

// ErasePerson removes what somebody wrote, their accounts and all that was derived,
// and remembers by salted hashes that they aren't to be read again. Whoever asked
// for it belongs into the audit log, which is the caller's.
func ErasePerson(ctx context.Context, s *store.Store, id conversation.PersonID, _ string) (messages int, err error) {
	const theirs = `n > 0 AND person = $1`
	who := store.Clean(string(id))
	var n int64
	err = s.Change(ctx, func(t *store.Tx) (err error) {
		var known int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE `+theirs, who).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return store.ErrNotFound
		}
		if err := t.RefuseAccounts(theirs, who); err != nil {
			return err
		}
		n, err = forget(t, `account IN (SELECT n FROM accounts WHERE `+theirs+`)`, theirs, who)
		return err
	})
	if err == nil {
		err = s.Wipe(ctx)
	}
	return int(n), store.Wrap(err, "erasing a person")
}

// RemoveSource takes out a source and all its messages; people without any go
// too. Nobody's objection is supposed: the source may come back.
func RemoveSource(ctx context.Context, s *store.Store, name string) (messages int, err error) {
	name = store.Clean(name)
	var n int64
	err = s.Change(ctx, func(t *store.Tx) (err error) {
		if n, err = forget(t, `source = $1`, `n > 0 AND source = $1`, name); err != nil {
			return err
		}
		t.Emit(store.SourceChanged, name)
		return t.Exec(`UPDATE sources SET removed = $1 WHERE name = $2 AND removed = 0`, t.Now(), name)
	})
	if err == nil {
		err = s.Wipe(ctx)
	}
	return int(n), store.Wrap(err, "removing the source %s", name)
}

// ObjectionTo remembers that an account doesn't want to be read, and erases it if it
// is known, by its id or by what its source calls it. One that isn't known is
// refused in every source.
func ObjectionTo(ctx context.Context, s *store.Store, account string) error {
	account = store.Clean(account)
	err := s.Change(ctx, func(t *store.Tx) error {
		var n int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE `+called, account).Scan(&n); err != nil {
			return err
		}
		if n == 0 || store.MailAddress(account) != "" {
			if err := t.RefuseName(account); err != nil || n == 0 {
				return err
			}
		}
		if err := t.RefuseAccounts(called, account); err != nil {
			return err
		}
		_, err := forget(t, `account IN (SELECT n FROM accounts WHERE `+called+`)`, called, account)
		return err
	})
	if err == nil {
		err = s.Wipe(ctx)
	}
	return store.Wrap(err, "remembering an objection")
}

const called = `n > 0 AND (id = $1 OR author = $1)`

// ForgetRefused erases every account that isn't to be read and is here all the
// same, as after a restore.
func ForgetRefused(ctx context.Context, s *store.Store) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		gone, err := t.RefusedAccounts()
		if err != nil {
			return err
		}
		for _, n := range gone {
			if _, err := forget(t, `account = $1`, `n = $1`, n); err != nil {
				return err
			}
		}
		return nil
	}), "erasing who objected meanwhile")
}

// forget takes out the messages and the accounts that two conditions with one $1
// name, and whatever hangs on them. It gives the number of messages.
func forget(t *store.Tx, messages, accounts string, who any) (n int64, err error) {
	if err := t.HoldMessages(); err != nil {
		return 0, err
	}
	for _, p := range places {
		if p.messages != nil {
			if err := p.messages(t, messages, who); err != nil {
				return 0, store.Wrap(err, "%s", p.name)
			}
		}
	}
	if n, err = t.RemoveMessages(messages, who); err != nil {
		return 0, err
	}
	if err := inherit(t, accounts, who); err != nil {
		return 0, err
	}
	for _, p := range places {
		if p.accounts != nil {
			if err := p.accounts(t, accounts, who); err != nil {
				return 0, store.Wrap(err, "%s", p.name)
			}
		}
	}
	if err := t.RemoveAccounts(accounts, who); err != nil {
		return 0, err
	}
	for _, p := range places {
		if p.after != nil {
			if err := p.after(t); err != nil {
				return 0, store.Wrap(err, "%s", p.name)
			}
		}
	}
	return n, nil
}

// inherit gives what hangs on an account that goes to another one of the same
// person that stays, if there is one.
func inherit(t *store.Tx, which string, who any) error {
	type heir struct{ gone, id string }
	heirs, err := store.All(t, func(row store.Scanner) (h heir, err error) { return h, row.Scan(&h.gone, &h.id) },
		`SELECT g.id, MIN(s.id) FROM accounts g JOIN accounts s ON s.person = g.person
		WHERE g.n IN (SELECT n FROM accounts WHERE `+which+`) AND s.n NOT IN (SELECT n FROM accounts WHERE `+which+`)
		GROUP BY g.id, g.person ORDER BY g.id`, who)
	if err != nil {
		return err
	}
	for _, h := range heirs {
		for _, p := range places {
			if p.inherit != nil {
				if err := p.inherit(t, h.gone, h.id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Tidy deletes what nobody needs any more, as it stood before a time: jobs done,
// sessions and tokens past, uploads, who had threads open, terms of leading, and all
// reports of a kind but the newest. What people said and did is not touched.
func Tidy(ctx context.Context, s *store.Store, before time.Time) error {
	at := store.Micro(before)
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return errors.Join(job.TidyJobs(t, at), account.TidyTokens(t, at), t.TidyBlobs(at), inbox.TidyViewers(t, at), measuring.TidyReports(t, at))
	}), "tidying")
}

// Restore fills an empty database from a backup, of this version or an older one.
// former, if it is still there (else nil), is the store as it was before: whoever
// objected in it since the backup is erased from what was restored.
func Restore(ctx context.Context, path string, into store.Options, former *store.Store) error {
	if err := store.Restore(ctx, path, into, former); err != nil || former == nil {
		return err
	}
	s, err := store.Open(ctx, into)
	if err != nil {
		return err
	}
	return errors.Join(ForgetRefused(ctx, s), s.Close())
}
