package store

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
)

// Who doesn't want to be read is remembered as salted hashes, so that a refusal
// outlives all that was known of somebody: an account of a source, an account's
// id, or a name or mail address in whatever source.
const (
	inSource = "account"
	byID     = "id"
	anywhere = "anywhere"
)

// hash is the salted hash of an objection: HMAC-SHA-256. Case and the spaces
// around a name don't count.
func hash(salt []byte, sort, source, name string) []byte {
	if sort == anywhere {
		name = cmp.Or(MailAddress(name), name)
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

// RefuseAccounts remembers that the accounts which a condition with $1 names
// aren't to be read; those that write by a mail address, in every source.
func (t *Tx) RefuseAccounts(which string, who any) error {
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
		if MailAddress(author) != "" {
			rows.Add(hash(salt, anywhere, "", author), t.now)
		}
		return err
	}, `SELECT id, source, author FROM accounts WHERE `+which, who)
	if err != nil {
		return err
	}
	return rows.Insert(t)
}

// RefuseName remembers that a name or a mail address isn't to be read in any source.
func (t *Tx) RefuseName(name string) error {
	salt, err := t.salt()
	if err != nil {
		return err
	}
	rows := Bulk{Into: "objections (hash, time)", Width: 2, Suffix: " ON CONFLICT (hash) DO NOTHING"}
	rows.Add(hash(salt, anywhere, "", name), t.now)
	return rows.Insert(t)
}

// RefusedAccounts gives the numbers of the accounts that aren't to be read and are
// here all the same, as after a restore.
func (t *Tx) RefusedAccounts() (numbers []int64, err error) {
	salt, err := t.salt()
	if err != nil {
		return nil, err
	}
	refused := map[string]bool{}
	if err := Each(t, func(row Scanner) error {
		var h []byte
		err := row.Scan(&h)
		refused[string(h)] = true
		return err
	}, `SELECT hash FROM objections`); err != nil {
		return nil, err
	}
	return numbers, Each(t, func(row Scanner) error {
		var n int64
		var id, source, author string
		err := row.Scan(&n, &id, &source, &author)
		if refused[string(hash(salt, inSource, source, author))] || refused[string(hash(salt, anywhere, "", author))] {
			numbers = append(numbers, n)
		}
		return err
	}, `SELECT n, id, source, author FROM accounts WHERE n > 0`)
}

// Refused says whether an account isn't to be read.
func (s *Store) Refused(ctx context.Context, account string) (bool, error) {
	var salt []byte
	if err := s.Read(ctx).QueryRow(`SELECT value FROM secrets WHERE name = 'salt'`).Scan(&salt); err != nil {
		return false, Wrap(err, "reading the salt")
	}
	var n int64
	err := s.Read(ctx).QueryRow(`SELECT COUNT(*) FROM objections WHERE hash IN ($1, $2)`,
		hash(salt, byID, "", account), hash(salt, anywhere, "", account)).Scan(&n)
	return n > 0, Wrap(err, "asking for objections")
}
