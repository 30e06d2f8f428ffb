package people

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// Suggestion says that two people may be one, and why.
type Suggestion struct {
	A, B conversation.PersonID
	Why  string  // same-address, same-name, same-handle
	Sure float64 // 0..1
}

// Why two people may be one, and how sure each is: judgement, not measure.
const (
	SameAddress = "same-address" // one mail address
	SameHandle  = "same-handle"  // one account name in two sources
	SameName    = "same-name"    // one full name that few people bear
)

var sure = map[string]float64{SameAddress: 0.95, SameHandle: 0.7, SameName: 0.6}

// A name that more people than this bear says nothing of who they are.
const rare = 3

// Suggestions tells who may be one person and was not refused, the surest first.
func Suggestions(ctx context.Context, s *store.Store, limit int) ([]Suggestion, error) {
	refused := map[[2]conversation.PersonID]bool{}
	err := store.Each(s.Read(ctx), func(rows store.Scanner) error {
		var pair [2]conversation.PersonID
		err := rows.Scan(&pair[0], &pair[1])
		refused[pair] = true
		return err
	}, `SELECT a, b FROM refusals`)
	if err != nil {
		return nil, store.Wrap(err, "reading what was refused")
	}
	alike := resemblance{people: map[string][]conversation.PersonID{}, sources: map[string]string{}}
	err = store.Each(s.Read(ctx), func(rows store.Scanner) error {
		var a Account
		err := rows.Scan(&a.Source, &a.Author, &a.Name, &a.Person)
		alike.add(a)
		return err
	}, `SELECT source, author, name, person FROM accounts WHERE n > 0 ORDER BY n`)
	if err != nil {
		return nil, store.Wrap(err, "reading accounts")
	}
	list := alike.pairs(refused)
	if limit > 0 && len(list) > limit {
		list = list[:limit]
	}
	return list, nil
}

// resemblance gathers people by what they have in common: "why\x00what".
type resemblance struct {
	people  map[string][]conversation.PersonID
	sources map[string]string // of a handle; "" when it is in two
}

func (r *resemblance) add(a Account) {
	address := store.MailAddress(a.Author)
	if address == "" {
		address = store.MailAddress(a.Name)
	}
	if address != "" {
		r.put(SameAddress, address, a.Person)
	}
	if handle := store.FoldName(strings.TrimPrefix(a.Author, "@")); len(handle) > 2 && !strings.ContainsAny(handle, " @") && !store.SharedName(handle) {
		key := r.put(SameHandle, handle, a.Person)
		if source, known := r.sources[key]; !known {
			r.sources[key] = a.Source
		} else if source != a.Source {
			r.sources[key] = ""
		}
	}
	if full := strings.Fields(store.Words(a.Name)); len(full) > 1 {
		slices.Sort(full) // Durand Marie is Marie Durand
		r.put(SameName, strings.Join(full, " "), a.Person)
	}
}

func (r *resemblance) put(why, what string, who conversation.PersonID) string {
	key := why + "\x00" + what
	if list := r.people[key]; len(list) <= rare && !slices.Contains(list, who) {
		r.people[key] = append(list, who)
	}
	return key
}

func (r *resemblance) pairs(refused map[[2]conversation.PersonID]bool) []Suggestion {
	best := map[[2]conversation.PersonID]Suggestion{}
	for key, people := range r.people {
		why, _, _ := strings.Cut(key, "\x00")
		if len(people) < 2 || len(people) > rare && why != SameAddress || why == SameHandle && r.sources[key] != "" {
			continue
		}
		for i, a := range people {
			for _, b := range people[:i] {
				pair := ordered(a, b)
				if known, ok := best[pair]; !refused[pair] && (!ok || known.Sure < sure[why]) {
					best[pair] = Suggestion{A: pair[0], B: pair[1], Why: why, Sure: sure[why]}
				}
			}
		}
	}
	list := make([]Suggestion, 0, len(best))
	for _, s := range best {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Sure, a.Sure), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list
}

func ordered(a, b conversation.PersonID) [2]conversation.PersonID {
	return [2]conversation.PersonID{min(a, b), max(a, b)}
}

// RefuseSuggestion remembers that two people aren't one.
func RefuseSuggestion(ctx context.Context, s *store.Store, a, b conversation.PersonID, by string) error {
	pair := ordered(a, b)
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return t.Exec(`INSERT INTO refusals (a, b, by_whom, time) VALUES ($1, $2, $3, $4) ON CONFLICT (a, b) DO NOTHING`,
			store.Clean(string(pair[0])), store.Clean(string(pair[1])), store.Clean(by), t.Now())
	}), "keeping %s and %s apart", a, b)
}
