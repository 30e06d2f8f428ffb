// Package consent is who said yes or no to what: agreements to have a standing by
// thanks, and objections to being read.
package consent

import (
	"context"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// standingKeyPrefix and a person's id make the setting that keeps their agreement
// to have a standing: the day on which they agreed.
const standingKeyPrefix = "agreed.whuffie."

// StandingSince gives the day on which somebody agreed to have a standing by
// thanks, as 2026-03-14; "" when they haven't.
func StandingSince(ctx context.Context, s *store.Store, id conversation.PersonID) (day string, err error) {
	return settings.Get(ctx, s, standingKeyPrefix+string(id))
}

// Standings gives everybody who agreed to have a standing.
func Standings(ctx context.Context, s *store.Store) (map[conversation.PersonID]bool, error) {
	all, err := settings.All(ctx, s)
	if err != nil {
		return nil, err
	}
	agreed := map[conversation.PersonID]bool{}
	for key, day := range all {
		if id, ok := strings.CutPrefix(key, standingKeyPrefix); ok && day != "" {
			agreed[conversation.PersonID(id)] = true
		}
	}
	return agreed, nil
}

// AgreeToStanding keeps that somebody agrees to have a standing, from now on.
func AgreeToStanding(ctx context.Context, s *store.Store, id conversation.PersonID, now time.Time) error {
	return settings.Set(ctx, s, map[string]string{standingKeyPrefix + string(id): now.UTC().Format(time.DateOnly)})
}

// WithdrawStanding takes an agreement back; one that wasn't given is no error.
func WithdrawStanding(ctx context.Context, s *store.Store, id conversation.PersonID) error {
	return settings.Set(ctx, s, map[string]string{standingKeyPrefix + string(id): ""})
}

// ForgetAccounts deletes what the accounts that a condition with one $1 names agreed
// to.
func ForgetAccounts(t *store.Tx, which string, who any) error {
	return t.Exec(`DELETE FROM settings WHERE name IN (SELECT '`+standingKeyPrefix+`' || id FROM accounts WHERE `+which+`)`, who)
}
