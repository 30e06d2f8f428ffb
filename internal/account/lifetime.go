package account

import (
	"context"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// A session lasts two weeks, or one without a visit.
const (
	SessionLifetime = 14 * 24 * time.Hour
	idleTimeout     = 7 * 24 * time.Hour
	noteVisits      = time.Hour // how often a visit is written down
)

// Session is what a session says of itself.
type Session struct {
	User  int64
	Began int64 // µs since 1970
	Seen  int64 // s since 1970: the latest visit that was written down
}

// NewSession begins a user's session.
func NewSession(u User, now time.Time) Session {
	return Session{User: u.ID, Began: now.UnixMicro(), Seen: now.Unix()}
}

// Stale says whether a visit now is to be written down.
func (k Session) Stale(now time.Time) bool { return now.Sub(time.Unix(k.Seen, 0)) > noteVisits }

// SessionUser gives whose session it is. ErrExpired when it is over: the user is
// gone or disabled, their sessions were ended, or nobody visited for a week.
func SessionUser(ctx context.Context, s *store.Store, k Session, now time.Time) (User, error) {
	u, err := UserByID(ctx, s, k.User)
	if lost(err) {
		return User{}, store.ErrExpired
	}
	if err != nil {
		return User{}, err
	}
	ended, err := settings.Get(ctx, s, endedKey(k.User))
	if err != nil {
		return User{}, err
	}
	over, _ := strconv.ParseInt(ended, 10, 64)
	if !u.Disabled.IsZero() || k.Began < over || now.Sub(time.Unix(k.Seen, 0)) > idleTimeout {
		return User{}, store.ErrExpired
	}
	return u, nil
}

// EndSessions ends all sessions of a user that began until now.
func EndSessions(ctx context.Context, s *store.Store, user int64, now time.Time) error {
	return settings.Set(ctx, s, map[string]string{endedKey(user): strconv.FormatInt(now.UnixMicro(), 10)})
}

// endedKey is the setting that says since when sessions of a user count.
func endedKey(user int64) string { return "sessions." + strconv.FormatInt(user, 10) }
