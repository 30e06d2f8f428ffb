package web

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"

	"github.com/entregent/entregent/internal/store"
)

// kept keeps sessions in the house's store.
type kept struct{ *store.Store }

func (k kept) Find(token string) ([]byte, bool, error) { return k.FindCtx(context.Background(), token) }
func (k kept) Commit(token string, b []byte, expiry time.Time) error {
	return k.CommitCtx(context.Background(), token, b, expiry)
}
func (k kept) Delete(token string) error { return k.DeleteCtx(context.Background(), token) }

// newSessions makes the sessions: two weeks, or a week without a visit.
func newSessions(s *store.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = kept{s}
	m.HashTokenInStore = true
	m.Lifetime, m.IdleTimeout = 14*24*time.Hour, 7*24*time.Hour
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.Secure = "entregent", true, secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	return m
}

// limits count what comes from one address.
type limits struct {
	sync.Mutex
	now  func() time.Time
	each map[string]*rate.Limiter
	from time.Time
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, each: map[string]*rate.Limiter{}, from: now()}
}

// allow says whether one more of a kind may come: so many a minute, as many at
// once. What was counted is forgotten after an hour.
func (l *limits) allow(key string, aMinute int) bool {
	l.Lock()
	defer l.Unlock()
	now := l.now()
	if now.Sub(l.from) > time.Hour {
		clear(l.each)
		l.from = now
	}
	one := l.each[key]
	if one == nil {
		one = rate.NewLimiter(rate.Limit(float64(aMinute)/60), aMinute)
		l.each[key] = one
	}
	return one.AllowN(now, 1)
}

// address is where a request comes from.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
