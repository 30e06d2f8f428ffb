package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Act is a line of the audit log. Each holds the hash of the one before, so that
// none can be changed or taken out unseen.
type Act struct {
	N       int64     `json:"n"`
	Time    time.Time `json:"time"`
	By      int64     `json:"by"` // a user's ID; 0: the house itself
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail"`
	Hash    string    `json:"hash"`
}

const actColumns = `n, made, by_user, action, subject, detail, hash`

// Audit adds an act to the log; its number, hash and, if zero, its time are made
// here. Acts are numbered without gaps.
func Audit(ctx context.Context, s *store.Store, a Act) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error { return AuditIn(t, a) }), "writing to the audit log")
}

// AuditIn adds an act in a transaction; see Audit.
func AuditIn(t *store.Tx, a Act) error {
	var last string
	// Taking the next number holds the chain until this transaction ends.
	if err := t.QueryRow(`UPDATE chain SET n = n + 1 WHERE name = 'acts' RETURNING n, hash`).Scan(&a.N, &last); err != nil {
		return err
	}
	if a.Time.IsZero() {
		a.Time = store.Time(t.Now())
	}
	a.Time = a.Time.UTC().Truncate(time.Microsecond)
	a.Action, a.Subject, a.Detail = store.Clean(a.Action), store.Clean(a.Subject), store.Clean(a.Detail)
	a.Hash = a.link(last)
	if err := t.Exec(`INSERT INTO acts (`+actColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.N, store.Micro(a.Time), a.By, a.Action, a.Subject, a.Detail, a.Hash); err != nil {
		return err
	}
	return t.Exec(`UPDATE chain SET hash = $1 WHERE name = 'acts'`, a.Hash)
}

// link is the SHA-256, in hexadecimal, of the hash of the act before and of all
// that this one says: each part as its length (8 bytes, big-endian) and its
// bytes, numbers as 8 bytes.
func (a Act) link(last string) string {
	h := sha256.New()
	number := func(n int64) { h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	text := func(s string) { number(int64(len(s))); h.Write([]byte(s)) }
	text(last)
	number(a.N)
	number(store.Micro(a.Time))
	number(a.By)
	text(a.Action)
	text(a.Subject)
	text(a.Detail)
	return hex.EncodeToString(h.Sum(nil))
}

// Acts gives the log, the newest first: below a number (0: from the newest), at
// most limit (0: 100).
func Acts(ctx context.Context, s *store.Store, before int64, limit int) ([]Act, error) {
	list, err := store.All(s.Read(ctx), scanAct, `SELECT `+actColumns+` FROM acts WHERE CAST($1 AS BIGINT) = 0 OR n < $1 ORDER BY n DESC LIMIT $2`,
		before, cmp.Or(limit, 100))
	return list, store.Wrap(err, "reading the audit log")
}

func scanAct(row store.Scanner) (a Act, err error) {
	var made int64
	err = row.Scan(&a.N, &made, &a.By, &a.Action, &a.Subject, &a.Detail, &a.Hash)
	a.Time = store.Time(made)
	return a, err
}

// VerifyAudit reads the whole log and gives the number of the first act that was
// changed, or that isn't there any more; 0 when it is whole.
func VerifyAudit(ctx context.Context, s *store.Store) (bad int64, err error) {
	var n int64
	var head, last string
	if err := s.Read(ctx).QueryRow(`SELECT n, hash FROM chain WHERE name = 'acts'`).Scan(&n, &head); err != nil {
		return 0, store.Wrap(err, "verifying the audit log")
	}
	for at := int64(0); at < n; {
		acts, err := store.All(s.Read(ctx), scanAct, `SELECT `+actColumns+` FROM acts WHERE n > $1 AND n <= $2 ORDER BY n LIMIT 1000`, at, n)
		if err != nil {
			return 0, store.Wrap(err, "verifying the audit log")
		}
		for _, a := range acts {
			at++
			if a.N != at || a.Hash != a.link(last) {
				return at, nil
			}
			last = a.Hash
		}
		if len(acts) == 0 {
			return at + 1, nil
		}
	}
	if last != head {
		return n, nil
	}
	return 0, nil
}

// CheckAudit is a [Check] of the audit log.
func CheckAudit(ctx context.Context, s *store.Store) (wrong []string, err error) {
	bad, err := VerifyAudit(ctx, s)
	if err == nil && bad != 0 {
		wrong = append(wrong, fmt.Sprintf("the audit log was changed at line %d", bad))
	}
	return wrong, store.Wrap(err, "verifying the audit log")
}
