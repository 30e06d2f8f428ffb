package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// accountBatch is who writes in a batch: the accounts of its source, by author.
type accountBatch struct {
	byAuthor  map[string]*account
	byNumber  map[int64]*account
	objecting map[string]bool
	recounted map[int64]bool // whose messages are to be counted anew
}

// account is a row of accounts, as far as keeping messages touches it.
type account struct {
	n                     int64
	id, author, name      string
	messages, first, last int64
	changed               bool
}

// accountBatch finds the accounts of authors, each with the name it is shown by, and
// makes those that are missing. Nobody (the empty author) is account 0.
func (t *Tx) accountBatch(source string, authors map[string]string) (*accountBatch, error) {
	r := &accountBatch{byAuthor: map[string]*account{}, byNumber: map[int64]*account{}, objecting: map[string]bool{}, recounted: map[int64]bool{}}
	list := make([]any, 0, len(authors))
	for author := range authors {
		list = append(list, author)
	}
	slices.SortFunc(list, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	err := t.EachIn(`SELECT n, id, author, name, messages, first, last FROM accounts WHERE author <> '' AND source = '`+source+`' AND author IN `,
		list, func(scan Scanner) error {
			a := new(account)
			err := scan.Scan(&a.n, &a.id, &a.author, &a.name, &a.messages, &a.first, &a.last)
			r.byAuthor[a.author] = a
			return err
		})
	if err != nil {
		return nil, err
	}
	if err := t.objecting(source, list, r.objecting); err != nil {
		return nil, err
	}
	if err := t.admitAccounts(source, list, r); err != nil {
		return nil, err
	}
	for author, a := range r.byAuthor {
		r.byNumber[a.n] = a
		if name := Clean(authors[author]); name != "" && name != a.name {
			a.name, a.changed = name, true
		}
	}
	return r, nil
}

// admitAccounts makes an account, and a person of its own, for each author that
// has none.
func (t *Tx) admitAccounts(source string, authors []any, r *accountBatch) error {
	var fresh []*account
	var ids []any
	for _, one := range authors {
		author := one.(string)
		switch {
		case author == "":
			a := new(account)
			r.byAuthor[""] = a
			if err := t.QueryRow(`SELECT messages, first, last FROM accounts WHERE n = 0`).Scan(&a.messages, &a.first, &a.last); err != nil {
				return err
			}
		case r.byAuthor[author] == nil && !r.objecting[author]:
			a := &account{id: author, author: author}
			r.byAuthor[author] = a
			fresh = append(fresh, a)
			ids = append(ids, author, author+" ("+source+")")
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	taken := map[string]bool{}
	err := t.EachIn(`SELECT id FROM accounts WHERE id IN `, ids, func(scan Scanner) error {
		var id string
		err := scan.Scan(&id)
		taken[id] = true
		return err
	})
	if err != nil {
		return err
	}
	first, err := t.Next("account", int64(len(fresh)))
	rows := Bulk{Into: "accounts (n, id, source, author, name, plain, person, side, department, messages, first, last)", Width: 12}
	for i, a := range fresh {
		for taken[a.id] {
			a.id += " (" + source + ")"
		}
		taken[a.id], a.n = true, first+int64(i)
		rows.Add(a.n, a.id, source, a.author, "", FoldName(a.id), a.id, 0, "", 0, 0, 0)
	}
	return cmp.Or(err, rows.Insert(t))
}

// Add counts a message for the account that wrote it.
func (r *accountBatch) add(k *messageRow) {
	a := r.byNumber[k.account]
	if a.messages == 0 {
		a.first, a.last = k.time, k.time
	}
	a.first, a.last = min(a.first, k.time), max(a.last, k.time)
	a.messages++
	a.changed = true
}

// recount marks accounts whose messages went elsewhere or have another time.
func (r *accountBatch) recount(accounts ...int64) {
	for _, n := range accounts {
		r.recounted[n] = true
	}
}

// write keeps what was counted.
func (r *accountBatch) write(t *Tx) error {
	list := make([]*account, 0, len(r.byNumber))
	for _, a := range r.byNumber {
		if a.changed {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *account) int { return cmp.Compare(a.n, b.n) })
	rows := Bulk{Into: "accounts (n, id, source, author, name, plain, person, side, department, messages, first, last)", Width: 12,
		Suffix: ` ON CONFLICT (n) DO UPDATE SET name = excluded.name, plain = excluded.plain,
			messages = excluded.messages, first = excluded.first, last = excluded.last`}
	for _, a := range list { // all are there: what isn't set stays
		rows.Add(a.n, a.id, "", a.author, a.name, FoldName(a.id+" "+a.name), "", 0, "", a.messages, a.first, a.last)
	}
	if err := rows.Insert(t); err != nil {
		return err
	}
	for n := range r.recounted {
		if err := t.countAccount(n); err != nil {
			return err
		}
	}
	return nil
}

// countAccount counts an account's messages anew.
func (t *Tx) countAccount(n int64) error {
	return t.Exec(`UPDATE accounts SET (messages, first, last) =
		(SELECT COUNT(*), COALESCE(MIN(time), 0), COALESCE(MAX(time), 0) FROM messages WHERE account = $1) WHERE n = $1`, n)
}

// shown is the name a message's source shows its author by.
func shown(m *conversation.Message) string {
	if m.Attributes == "" {
		return ""
	}
	return cmp.Or(m.Attributes.Text("name"), m.Attributes.Text("author_name"))
}
