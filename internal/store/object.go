package store

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
)

// Objections are remembered as salted hashes of who objects, so that a refusal
// outlives all that was known of somebody: an account of a source, an account's
// id, or a name or mail address in whatever source.
const (
	inSource = "account"
	byID     = "id"
	anywhere = "anywhere"
)

// ObjectJob is the kind of the job that erases who objected. Its payload and key
// go when it ends: they name her.
const ObjectJob = "object"

// hash is the salted hash of an objection: HMAC-SHA-256. Case and the spaces
// around a name don't count.
func hash(salt []byte, sort, source, name string) []byte {
	if sort == anywhere {
		name = cmp.Or(mailAddress(name), name)
	}
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(sort + "\x00" + source + "\x00" + strings.ToLower(strings.TrimSpace(name))))
	return mac.Sum(nil)
}

// objecting marks the authors of a source who don't want to be read.
func (t *Tx) objecting(source string, authors []any, objects map[string]bool) error {
	var n int64
	if err := t.QueryRow(`SELECT COUNT(*) FROM objections`).Scan(&n); err != nil || n == 0 {
		return err
	}
	salt, err := t.salt()
	if err != nil {
		return err
	}
	whose, hashes := map[string]string{}, make([]any, 0, 2*len(authors))
	for _, a := range authors {
		author := a.(string)
		if author == "" {
			continue
		}
		for _, h := range [][]byte{hash(salt, inSource, source, author), hash(salt, anywhere, "", author)} {
			whose[string(h)] = author
			hashes = append(hashes, h)
		}
	}
	return t.EachIn(`SELECT hash FROM objections WHERE hash IN `, hashes, func(scan Scanner) error {
		var h []byte
		err := scan.Scan(&h)
		objects[whose[string(h)]] = true
		return err
	})
}

// salt reads the salt of objections.
func (t *Tx) salt() (salt []byte, err error) {
	err = t.QueryRow(`SELECT value FROM secrets WHERE name = 'salt'`).Scan(&salt)
	return salt, err
}

// refuse remembers the objections of the accounts that a condition with $1 names;
// of those who write by a mail address, in every source.
func (t *Tx) refuse(which string, who any) error {
	salt, err := t.salt()
	if err != nil {
		return err
	}
	rows := Bulk{Into: "objections (hash, time)", Width: 2, Suffix: " ON CONFLICT (hash) DO NOTHING"}
	err = Each(t, func(scan Scanner) error {
		var id, source, author string
		err := scan.Scan(&id, &source, &author)
		rows.Add(hash(salt, inSource, source, author), t.now)
		rows.Add(hash(salt, byID, "", id), t.now)
		if mailAddress(author) != "" {
			rows.Add(hash(salt, anywhere, "", author), t.now)
		}
		return err
	}, `SELECT id, source, author FROM accounts WHERE `+which, who)
	if err != nil {
		return err
	}
	return rows.Insert(t)
}

// Object remembers that an account doesn't want to be read, and erases it if it
// is known, by its id or by what its source calls it. One that isn't known is
// refused in every source.
func (s *Store) Object(ctx context.Context, account string) error {
	account = Clean(account)
	err := s.Change(ctx, func(t *Tx) error {
		var n int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE `+called, account).Scan(&n); err != nil {
			return err
		}
		if n == 0 || mailAddress(account) != "" {
			salt, err := t.salt()
			if err != nil {
				return err
			}
			rows := Bulk{Into: "objections (hash, time)", Width: 2, Suffix: " ON CONFLICT (hash) DO NOTHING"}
			rows.Add(hash(salt, anywhere, "", account), t.now)
			if err := rows.Insert(t); err != nil || n == 0 {
				return err
			}
		}
		if err := t.refuse(called, account); err != nil {
			return err
		}
		_, err := t.forget(`account IN (SELECT n FROM accounts WHERE `+called+`)`, called, account)
		return err
	})
	if err == nil {
		err = s.wipe(ctx)
	}
	return Wrap(err, "remembering an objection")
}

const called = `n > 0 AND (id = $1 OR author = $1)`

// Objects says whether an account doesn't want to be read.
func (s *Store) Objects(ctx context.Context, account string) (bool, error) {
	var salt []byte
	if err := s.Read(ctx).QueryRow(`SELECT value FROM secrets WHERE name = 'salt'`).Scan(&salt); err != nil {
		return false, Wrap(err, "reading the salt")
	}
	var n int64
	err := s.Read(ctx).QueryRow(`SELECT COUNT(*) FROM objections WHERE hash IN ($1, $2)`,
		hash(salt, byID, "", account), hash(salt, anywhere, "", account)).Scan(&n)
	return n > 0, Wrap(err, "asking for objections")
}
