package people

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/cache"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Find finds the person that is meant by a text: by the person's id, that of one of
// their accounts, or a part of a name that nobody else has. A *lang.InputError of
// the field given says that nobody or several are called so.
func Find(ctx context.Context, s *store.Store, text, field string) (Person, error) {
	p, err := PersonOf(ctx, s, conversation.PersonID(text))
	if err == nil || !errors.Is(err, store.ErrNotFound) {
		return p, err
	}
	if text != "" {
		list, err := People(ctx, s, text, 2, 0)
		if err != nil {
			return p, err
		}
		if len(list) == 1 {
			return list[0], nil
		}
		if len(list) > 1 {
			return p, lang.Invalid(field, "people.several", text)
		}
	}
	return p, lang.Invalid(field, "people.nobody", text)
}

// Has says whether an account, by its id, is one of the person's.
func (p Person) Has(account string) bool {
	return slices.ContainsFunc(p.Accounts, func(a Account) bool { return a.ID == account })
}

// SpeaksAs says whether an account, by its id or by what its source calls it, is one
// of the person's.
func (p Person) SpeaksAs(account string) bool {
	return account != "" && slices.ContainsFunc(p.Accounts, func(a Account) bool { return a.ID == account || a.Author == account })
}

// Account gives one of the person's accounts by its id; the zero Account when there
// is none.
func (p Person) Account(id string) (one Account) {
	for _, a := range p.Accounts {
		if a.ID == id {
			one = a
		}
	}
	return one
}

// ShownNames tells how people are shown: by name, or by their id where no name is
// known.
func ShownNames(ctx context.Context, s *store.Store, ids []conversation.PersonID) (map[conversation.PersonID]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id conversation.PersonID) bool { return id == "" })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names, err := Names(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if names[id] == "" {
			names[id] = string(id)
		}
	}
	return names, nil
}

// MergeFound makes the person that a text means a part of the one that another
// means; see Find. It gives both, and the merge.
func MergeFound(ctx context.Context, s *store.Store, a, b, by string) (from, into Person, m Merge, err error) {
	if from, err = Find(ctx, s, a, "a"); err != nil {
		return from, into, m, err
	}
	if into, err = Find(ctx, s, b, "b"); err != nil {
		return from, into, m, err
	}
	if from.ID == into.ID {
		return from, into, m, lang.Invalid("b", "people.same")
	}
	m, err = MergePeople(ctx, s, from.ID, into.ID, by)
	return from, into, m, err
}

// mostPairs is how many suggestions are found at a time.
const mostPairs = 500

// Pairs finds who may be one person, and keeps it for a while. The zero Pairs is
// ready to use.
type Pairs struct{ kept cache.Value[[]Suggestion] }

// All gives the suggestions, the surest first, at most 500.
func (p *Pairs) All(ctx context.Context, s *store.Store, now time.Time) ([]Suggestion, error) {
	return p.kept.Get(now, func() ([]Suggestion, error) { return Suggestions(ctx, s, mostPairs) })
}

// Forget has them found again.
func (p *Pairs) Forget() { p.kept.Forget() }
