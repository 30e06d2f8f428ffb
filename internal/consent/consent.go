// Package consent is who said yes or no to what.
package consent

import "github.com/entregent/entregent/internal/store"

// ForgetAccounts deletes what the accounts that a condition with one $1 names agreed
// to.
func ForgetAccounts(t *store.Tx, which string, who any) error {
	return t.Exec(`DELETE FROM settings WHERE name IN (SELECT 'agreed.whuffie.' || id FROM accounts WHERE `+which+`)`, who)
}

// ObjectionJob is the kind of the job that erases who objected. Its payload and key
// go when it ends: they name a person.
const ObjectionJob = "object"
