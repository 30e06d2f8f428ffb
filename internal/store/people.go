package store

import (
	"context"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Person is somebody, with every account that is hers.
type Person struct {
	ID       conversation.PersonID `json:"id"`
	Name     string                `json:"name"` // how she is shown
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

// Suggestion says that two people may be one, and why.
type Suggestion struct {
	A, B conversation.PersonID
	Why  string  // same-address, same-name, same-handle
	Sure float64 // 0..1
}

// Merge is two people made one by somebody, who can take it back.
type Merge struct {
	ID       int64                 `json:"id"`
	From     conversation.PersonID `json:"from"` // who is now a part of Into
	Into     conversation.PersonID `json:"into"`
	Accounts []string              `json:"accounts"` // that moved
	By       string                `json:"by"`
	Time     time.Time             `json:"time"`
	Undone   time.Time             `json:"undone,omitzero"`
}

type peopleAPI interface {
	// Person tells who somebody is, by her id or by that of one of her accounts.
	Person(ctx context.Context, id conversation.PersonID) (Person, error)
	// Names tells how people are shown.
	Names(ctx context.Context, ids []conversation.PersonID) (map[conversation.PersonID]string, error)
	// People finds by a part of a name or an address; all if it is empty, who spoke last first.
	People(ctx context.Context, find string, limit, offset int) ([]Person, error)
	// Suggestions tells who may be one person and was not refused.
	Suggestions(ctx context.Context, limit int) ([]Suggestion, error)
	RefuseSuggestion(ctx context.Context, a, b conversation.PersonID, by string) error
	// Merge makes from a part of into. Undo takes it back: accounts that moved since
	// by another merge stay where they are.
	Merge(ctx context.Context, from, into conversation.PersonID, by string) (Merge, error)
	UndoMerge(ctx context.Context, id int64, by string) error
	Merges(ctx context.Context, limit int) ([]Merge, error)
	// SetSide says on which side an account speaks, in all its messages.
	SetSide(ctx context.Context, account string, side conversation.Side, department string) error
	// ErasePerson removes what somebody wrote, her accounts and all that was derived;
	// her objection is remembered as a salted hash, so that she isn't read again.
	ErasePerson(ctx context.Context, id conversation.PersonID, by string) (messages int, err error)
	// ForgetTexts erases what was said in messages read before a time; that they were
	// there stays.
	ForgetTexts(ctx context.Context, before time.Time) (messages int, err error)
	// Object remembers that an account doesn't want to be read, and erases it if known.
	Object(ctx context.Context, account string) error
	Objects(ctx context.Context, account string) (bool, error)
}

var _ peopleAPI = (*Store)(nil)
