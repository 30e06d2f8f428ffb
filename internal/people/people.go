package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// Person is somebody, with every account that is theirs.
type Person struct {
	ID       conversation.PersonID `json:"id"`
	Name     string                `json:"name"` // how they are shown
	Side     conversation.Side     `json:"-"`
	Accounts []Account             `json:"accounts"`
	Messages int                   `json:"messages"`
	First    time.Time             `json:"first"`
	Last     time.Time             `json:"last"`
}

// Account is how somebody speaks in one source.
type Account struct {
	ID     string                `json:"id"`
	Source string                `json:"source"`
	Author string                `json:"author"` // as the source says
	Name   string                `json:"name"`
	Person conversation.PersonID `json:"person"`

	// Side and Department as somebody set them here; zero: left to the messages.
	Side       conversation.Side `json:"-"`
	Department string            `json:"department,omitempty"`
}

// A person is an account or several: nothing is kept of them but which
// accounts are theirs. Their id is that of one of these.

// profile is an account with what is known of it.
type profile struct {
	Account
	n, messages, first, last int64
	speaks                   conversation.Side // as set here, or in the newest message
}

const profileColumns = `a.n, a.id, a.source, a.author, a.name, a.person, a.messages, a.first, a.last, a.side, a.department,
	COALESCE(NULLIF(a.side, 0), (SELECT m.side FROM messages m WHERE m.account = a.n ORDER BY m.seq DESC LIMIT 1), 0)`

func scanProfile(rows store.Scanner) (p profile, err error) {
	return p, rows.Scan(&p.n, &p.ID, &p.Source, &p.Author, &p.Name, &p.Person, &p.messages, &p.first, &p.last, &p.Side, &p.Department, &p.speaks)
}

// gather makes a person of their accounts, of which there is one at least.
func gather(profiles []profile) Person {
	p := Person{ID: profiles[0].Person}
	var first, last int64
	var newest = int64(-1 << 63)
	for _, a := range profiles {
		p.Accounts = append(p.Accounts, a.Account)
		if a.messages > 0 {
			if p.Messages == 0 {
				first, last = a.first, a.last
			}
			p.Messages += int(a.messages)
			first, last = min(first, a.first), max(last, a.last)
		}
		if a.speaks != conversation.Unknown && a.last > newest {
			p.Side, newest = a.speaks, a.last
		}
	}
	if p.Messages > 0 {
		p.First, p.Last = time.UnixMicro(first).UTC(), time.UnixMicro(last).UTC()
	}
	p.Name = name(p.ID, p.Accounts)
	return p
}

// name is how somebody is shown: the name of the account that is named as they are,
// else of another, else the account's author.
func name(id conversation.PersonID, accounts []Account) string {
	var other, author string
	for _, a := range accounts {
		switch {
		case a.ID == string(id) && a.Name != "":
			return a.Name
		case a.ID == string(id):
			author = a.Author
		case other == "":
			other = a.Name
		}
	}
	for _, name := range []string{other, author} {
		if name != "" {
			return name
		}
	}
	return string(id)
}

// PersonOf tells who somebody is, by their id or by that of one of their accounts.
func PersonOf(ctx context.Context, s *store.Store, id conversation.PersonID) (Person, error) {
	list, err := store.All(s.Read(ctx), scanProfile, `SELECT `+profileColumns+` FROM accounts a
		WHERE a.n > 0 AND a.person = COALESCE((SELECT person FROM accounts WHERE id = $1), $1) ORDER BY a.n`, store.Clean(string(id)))
	if err == nil && len(list) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return Person{}, store.Wrap(err, "reading who %s is", id)
	}
	return gather(list), nil
}

// People finds by a part of a name or an address; all if it is empty, who spoke
// last first. Limit 0 is 1,000.
func People(ctx context.Context, s *store.Store, find string, limit, offset int) ([]Person, error) {
	if limit <= 0 {
		limit = store.BatchSize
	}
	matching, args := ``, []any{limit, offset}
	if find = strings.TrimSpace(find); find != "" {
		matching = `AND person IN (SELECT person FROM accounts WHERE plain LIKE $3 ESCAPE '!') `
		args = append(args, "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(store.FoldName(store.Clean(find)))+"%")
	}
	ids, err := store.All(s.Read(ctx), store.ScanText, `SELECT person FROM accounts WHERE n > 0 `+matching+`
		GROUP BY person ORDER BY MAX(last) DESC, person LIMIT $1 OFFSET $2`, args...)
	if err != nil {
		return nil, store.Wrap(err, "finding people")
	}
	of := map[conversation.PersonID][]profile{}
	for some := range slices.Chunk(ids, store.ChunkSize) {
		profiles, err := store.All(s.Read(ctx), scanProfile, `SELECT `+profileColumns+` FROM accounts a WHERE a.person IN `+store.Placeholders(1, len(some))+` ORDER BY a.n`, store.Args(some)...)
		if err != nil {
			return nil, store.Wrap(err, "reading people")
		}
		for _, p := range profiles {
			of[p.Person] = append(of[p.Person], p)
		}
	}
	people := make([]Person, 0, len(ids))
	for _, id := range ids {
		people = append(people, gather(of[conversation.PersonID(id)]))
	}
	return people, nil
}

// Names tells how people are shown. Who isn't known is left out.
func Names(ctx context.Context, s *store.Store, ids []conversation.PersonID) (map[conversation.PersonID]string, error) {
	of := map[conversation.PersonID][]Account{}
	for some := range slices.Chunk(ids, store.ChunkSize) {
		err := store.Each(s.Read(ctx), func(rows store.Scanner) error {
			var a Account
			err := rows.Scan(&a.ID, &a.Author, &a.Name, &a.Person)
			of[a.Person] = append(of[a.Person], a)
			return err
		}, `SELECT id, author, name, person FROM accounts WHERE n > 0 AND person IN `+store.Placeholders(1, len(some))+` ORDER BY n`, store.Args(some)...)
		if err != nil {
			return nil, store.Wrap(err, "reading names")
		}
	}
	names := make(map[conversation.PersonID]string, len(of))
	for id, accounts := range of {
		names[id] = name(id, accounts)
	}
	return names, nil
}

// SetSide says on which side an account speaks, in all its messages, with the
// department it speaks for; Unknown leaves it to the messages again.
func SetSide(ctx context.Context, s *store.Store, account string, side conversation.Side, department string) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		var person string
		err := t.QueryRow(`UPDATE accounts SET side = $1, department = $2 WHERE id = $3 AND n > 0 RETURNING person`,
			int64(side), store.Clean(department), store.Clean(account)).Scan(&person)
		t.Emit(store.PersonChanged, person)
		return err
	}), "setting the side of %s", account)
}

// Inherit has a person who was named as an account that goes be named as another
// account of theirs.
func Inherit(t *store.Tx, gone, heir string) error {
	return t.Exec(`UPDATE accounts SET person = $1 WHERE person = $2`, heir, gone)
}

// ForgetAccounts deletes the merges, and what was said of who may be one person, of
// the accounts that a condition with one $1 names.
func ForgetAccounts(t *store.Tx, which string, who any) error {
	gone := `(SELECT id FROM accounts WHERE ` + which + `)`
	for _, query := range []string{
		`DELETE FROM merged WHERE account IN (SELECT n FROM accounts WHERE ` + which + `)
			OR merge IN (SELECT n FROM merges WHERE from_person IN ` + gone + ` OR into_person IN ` + gone + `)`,
		`DELETE FROM refusals WHERE a IN ` + gone + ` OR b IN ` + gone,
	} {
		if err := t.Exec(query, who); err != nil {
			return err
		}
	}
	return t.Exec(`DELETE FROM merges WHERE n NOT IN (SELECT merge FROM merged)`)
}
