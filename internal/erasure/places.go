package erasure

import (
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// place is what keeps words of people, or says something of them, beside the
// messages and accounts of the store itself. Each step may be nil. which is a
// condition with one $1 on the rows of messages or of accounts, who is $1.
type place struct {
	name string
	// messages comes before the messages that a condition names go.
	messages func(t *store.Tx, which string, who any) error
	// inherit gives what hangs on an account that goes to another account of the
	// same person, which stays.
	inherit func(t *store.Tx, gone, heir string) error
	// accounts comes before the accounts that a condition names go.
	accounts func(t *store.Tx, which string, who any) error
	// after comes when all of them have gone.
	after func(t *store.Tx) error
}

// places are all of them: what an erasure goes through, in this order.
var places = []place{
	{name: "thanks", messages: board.ForgetMessages, inherit: board.Inherit, accounts: board.ForgetAccounts},
	{name: "people", inherit: people.Inherit, accounts: people.ForgetAccounts},
	{name: "consent", accounts: consent.ForgetAccounts},
	{name: "inbox", after: inbox.ForgetEmptyThreads},
	{name: "reports", after: measuring.ForgetReports},
}
