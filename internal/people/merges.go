package people

import (
	"context"
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// MergePeople is two people made one by somebody, who can take it back.
type Merge struct {
	ID       int64                 `json:"id"`
	From     conversation.PersonID `json:"from"` // who is now a part of Into
	Into     conversation.PersonID `json:"into"`
	Accounts []string              `json:"accounts"` // that moved
	By       string                `json:"by"`
	Time     time.Time             `json:"time"`
	Undone   time.Time             `json:"undone,omitzero"`
}

var errSelf = errors.New("a person can't be merged into herself")

// MergePeople makes from a part of into, and gives what moved. ErrNotFound when one of
// them isn't known.
func MergePeople(ctx context.Context, s *store.Store, from, into conversation.PersonID, by string) (Merge, error) {
	from, into = conversation.PersonID(store.Clean(string(from))), conversation.PersonID(store.Clean(string(into)))
	m := Merge{From: from, Into: into, By: store.Clean(by)}
	err := s.Change(ctx, func(t *store.Tx) (err error) {
		m.Accounts = nil
		if from == into {
			return errSelf
		}
		var n int64
		if err := t.QueryRow(`SELECT COUNT(*) FROM accounts WHERE n > 0 AND person = $1`, string(into)).Scan(&n); err != nil || n == 0 {
			return errors.Join(store.ErrNotFound, err)
		}
		if m.ID, err = t.Next("merge", 1); err != nil {
			return err
		}
		m.Time = store.Time(t.Now())
		if err := t.Exec(`INSERT INTO merges (n, from_person, into_person, by_whom, time, undone) VALUES ($1, $2, $3, $4, $5, 0)`,
			m.ID, string(from), string(into), m.By, t.Now()); err != nil {
			return err
		}
		if err := t.Exec(`INSERT INTO merged (merge, account) SELECT m.n, a.n FROM accounts a JOIN merges m ON m.n = $1 WHERE a.n > 0 AND a.person = m.from_person`, m.ID); err != nil {
			return err
		}
		if m.Accounts, err = mergedAccounts(t, m.ID); err != nil {
			return err
		}
		if len(m.Accounts) == 0 {
			return store.ErrNotFound
		}
		t.Emit(store.PersonChanged, string(into))
		t.Emit(store.PersonChanged, string(from))
		return t.Exec(`UPDATE accounts SET person = $1 WHERE n > 0 AND person = $2`, string(into), string(from))
	})
	return m, store.Wrap(err, "merging %s into %s", from, into)
}

func mergedAccounts(t *store.Tx, merge int64) ([]string, error) {
	return store.All(t, store.ScanText, `SELECT id FROM accounts WHERE n IN (SELECT account FROM merged WHERE merge = $1) ORDER BY n`, merge)
}

// UndoMerge takes a merge back: its accounts are of from again, but for those
// that another merge moved since. ErrExpired when it was taken back before.
func UndoMerge(ctx context.Context, s *store.Store, id int64, by string) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		var from, into string
		var undone int64
		if err := t.QueryRow(`SELECT from_person, into_person, undone FROM merges WHERE n = $1`, id).Scan(&from, &into, &undone); err != nil {
			return err
		}
		if undone != 0 {
			return store.ErrExpired
		}
		t.Emit(store.PersonChanged, from)
		t.Emit(store.PersonChanged, into)
		if err := t.Exec(`UPDATE accounts SET person = $1 WHERE person = $2 AND n IN (SELECT account FROM merged WHERE merge = $3)`, from, into, id); err != nil {
			return err
		}
		return t.Exec(`UPDATE merges SET undone = $1 WHERE n = $2`, t.Now(), id)
	}), "taking back merge %d", id)
}

// Merges tells the newest, those that were taken back too.
func Merges(ctx context.Context, s *store.Store, limit int) ([]Merge, error) {
	list, err := store.All(s.Read(ctx), func(rows store.Scanner) (m Merge, err error) {
		var at, undone int64
		err = rows.Scan(&m.ID, &m.From, &m.Into, &m.By, &at, &undone)
		m.Time, m.Undone = store.Time(at), store.Time(undone)
		return m, err
	}, `SELECT n, from_person, into_person, by_whom, time, undone FROM merges ORDER BY n DESC LIMIT $1`, limit)
	if err != nil {
		return nil, store.Wrap(err, "reading merges")
	}
	for i := range list {
		list[i].Accounts, err = store.All(s.Read(ctx), store.ScanText, `SELECT id FROM accounts WHERE n IN (SELECT account FROM merged WHERE merge = $1) ORDER BY n`, list[i].ID)
		if err != nil {
			return nil, store.Wrap(err, "reading merges")
		}
	}
	return list, nil
}
