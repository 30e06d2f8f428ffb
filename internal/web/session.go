package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// A session lasts two weeks, or one without a visit.
const (
	lasting = 14 * 24 * time.Hour
	unseen  = 7 * 24 * time.Hour
)

// newSessions makes the sessions. Their cookie is out of reach of scripts and of
// other sites' forms; the store knows only a hash of it.
func newSessions(s *store.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = account.NewSessions(s)
	m.HashTokenInStore = true
	m.Lifetime = lasting // not IdleTimeout, which would write at every visit
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.Secure = "entregent", true, secure
	if secure {
		m.Cookie.Name = "__Host-entregent" // no neighbour under the domain can set it
	}
	m.Cookie.SameSite = http.SameSiteLaxMode
	return m
}

// enter signs somebody in, under a new cookie: one that somebody planted before
// opens nothing.
func (s *Server) enter(ctx context.Context, u account.User) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	now := s.Now()
	s.sessions.Put(ctx, "user", u.ID)
	s.sessions.Put(ctx, "since", now.UnixMicro())
	s.sessions.Put(ctx, "seen", now.Unix())
	return nil
}

// seated tells whose session a request belongs to; the zero User when it is
// nobody's, or was ended.
func (s *Server) seated(ctx context.Context) (account.User, error) {
	id := s.sessions.GetInt64(ctx, "user")
	if id == 0 {
		return account.User{}, nil
	}
	u, err := account.UserByID(ctx, s.Store, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return account.User{}, err
	}
	ended, err2 := settings.Setting(ctx, s.Store, endedKey(id))
	if err2 != nil {
		return account.User{}, err2
	}
	over, _ := strconv.ParseInt(ended, 10, 64)
	now, seen := s.Now(), time.Unix(s.sessions.GetInt64(ctx, "seen"), 0)
	if err != nil || !u.Disabled.IsZero() || s.sessions.GetInt64(ctx, "since") < over || now.Sub(seen) > unseen {
		return account.User{}, s.sessions.Destroy(ctx)
	}
	if now.Sub(seen) > time.Hour {
		s.sessions.Put(ctx, "seen", now.Unix())
	}
	return u, nil
}

// endSessions ends all sessions of a user that began until now.
func (s *Server) endSessions(ctx context.Context, user int64) error {
	return settings.SetSettings(ctx, s.Store, map[string]string{endedKey(user): strconv.FormatInt(s.Now().UnixMicro(), 10)})
}

// endedKey is the setting that says since when sessions of a user count.
func endedKey(user int64) string { return "sessions." + strconv.FormatInt(user, 10) }

// limits count what comes from one address, or about one mail.
type limits struct {
	sync.Mutex
	now  func() time.Time
	each map[string]*rate.Limiter
	from time.Time
}

// most is how many counters are kept; beyond, all begin again.
const most = 100_000

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, each: map[string]*rate.Limiter{}, from: now()}
}

// allow says whether one more of a kind may come: n within per, all at once if
// they like. What was counted is forgotten after an hour.
func (l *limits) allow(key string, n int, per time.Duration) bool {
	l.Lock()
	defer l.Unlock()
	now := l.now()
	if now.Sub(l.from) > time.Hour || len(l.each) >= most {
		clear(l.each)
		l.from = now
	}
	one := l.each[key]
	if one == nil {
		one = rate.NewLimiter(rate.Limit(float64(n)/per.Seconds()), n)
		l.each[key] = one
	}
	return one.AllowN(now, 1)
}

// address is where a request comes from, as limits count: an IPv6 network counts
// as one. Behind a proxy on the same machine it is the last address that this
// proxy put into X-Forwarded-For; from elsewhere nobody can choose her own.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if forwarded := r.Header.Values("X-Forwarded-For"); ip.IsLoopback() && len(forwarded) > 0 {
		list := strings.Split(forwarded[len(forwarded)-1], ",")
		if behind, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			ip = behind
		}
	}
	if ip = ip.Unmap(); ip.Is6() {
		net, _ := ip.WithZone("").Prefix(64)
		return net.String()
	}
	return ip.String()
}
