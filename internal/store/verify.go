package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Check looks through what is kept for one thing and tells what is wrong with it.
type Check func(ctx context.Context, s *Store) (wrong []string, err error)

// Verify looks the whole database through: whether its file is sound (SQLite),
// what is counted right, everything that one table says of another true, and what
// the checks of others look for. It tells what is wrong; nothing is well.
func (s *Store) Verify(ctx context.Context, checks ...Check) (wrong []string, err error) {
	if !s.pg {
		// By the connection that writes: one that has searched before checks its index
		// of words by what it remembers of it, and finds fault with what changed since.
		said, err := All(reader{ctx, s.write}, ScanText, `PRAGMA integrity_check`)
		if err != nil {
			return nil, Wrap(err, "verifying")
		}
		if len(said) != 1 || said[0] != "ok" {
			wrong = append(wrong, said...)
		}
		if _, err := s.write.ExecContext(ctx, `INSERT INTO words (words, rank) VALUES ('integrity-check', 1)`); err != nil {
			wrong = append(wrong, "the index of words isn't that of the texts: "+err.Error())
		}
	}
	for _, truth := range truths {
		var n int64
		if err := s.Read(ctx).QueryRow(truth.query).Scan(&n); err != nil {
			return nil, Wrap(err, "verifying that %s", truth.what)
		}
		if n != 0 {
			wrong = append(wrong, fmt.Sprintf("it isn't so that %s: %d", truth.what, n))
		}
	}
	for _, check := range checks {
		more, err := check(ctx, s)
		if err != nil {
			return nil, Wrap(err, "verifying")
		}
		wrong = append(wrong, more...)
	}
	return wrong, nil
}

// truths are what must hold: each query counts what is against it.
var truths = []struct{ what, query string }{
	{"every message has its account", `SELECT COUNT(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.n = m.account)`},
	{"every account counts its messages", `SELECT COUNT(*) FROM accounts a WHERE a.messages <> (SELECT COUNT(*) FROM messages m WHERE m.account = a.n)`},
	{"a person is named as an account of hers", `SELECT COUNT(*) FROM accounts a WHERE a.n > 0 AND NOT EXISTS (SELECT 1 FROM accounts b WHERE b.id = a.person AND b.n > 0)`},
	{"all messages are counted", `SELECT COALESCE((SELECT n FROM counters WHERE name = 'messages'), 0) - (SELECT COUNT(*) FROM messages)`},
	{"all threads are counted", `SELECT COALESCE((SELECT n FROM counters WHERE name = 'threads'), 0) - (SELECT COUNT(DISTINCT thread) FROM messages)`},
	{"all changes are numbered one after the other", `SELECT COALESCE(MAX(last), 0) - COALESCE(SUM(last - first + 1), 0) FROM changes`},
	{"no change is behind the newest", `SELECT COUNT(*) FROM changes WHERE last > (SELECT n FROM counters WHERE name = 'change')`},
	{"a deleted message says nothing", `SELECT COUNT(*) FROM messages WHERE deleted <> 0 AND (text <> '' OR attributes <> '')`},
	{"a merge moved accounts", `SELECT COUNT(*) FROM merged WHERE merge NOT IN (SELECT n FROM merges)`},
}

// VerifyBackup restores a backup into a temporary folder and verifies what came
// out of it: a backup that was never restored is a hope.
func VerifyBackup(ctx context.Context, path string, checks ...Check) (wrong []string, err error) {
	folder, err := os.MkdirTemp("", "entregent-verify-")
	if err != nil {
		return nil, Wrap(err, "verifying %s", path)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	o := Options{Database: folder}
	if err := Restore(ctx, path, o, nil); err != nil {
		return nil, err
	}
	s, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Verify(ctx, checks...)
}
