package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limit counts a request of a kind from its address; ErrTooMany when there were n
// within a time.
func (r *Request) Limit(kind string, n int, within time.Duration) error {
	return r.LimitKey(kind+" "+address(r.Request), n, within)
}

// LimitKey counts a request under a key; ErrTooMany when there were n within a time.
func (r *Request) LimitKey(key string, n int, within time.Duration) error {
	if !r.Server.limits.allow(key, n, within) {
		return ErrTooMany
	}
	return nil
}

// limits count what comes from one address, or about one mail.
type limits struct {
	sync.Mutex
	now  func() time.Time
	each map[string]*rate.Limiter
	from time.Time
}

// maxLimits is how many counters are kept; beyond, all begin again.
const maxLimits = 100_000

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, each: map[string]*rate.Limiter{}, from: now()}
}

// allow says whether one more of a kind may come: n within per, all at once if
// they like. What was counted is forgotten after an hour.
func (l *limits) allow(key string, n int, per time.Duration) bool {
	l.Lock()
	defer l.Unlock()
	now := l.now()
	if now.Sub(l.from) > time.Hour || len(l.each) >= maxLimits {
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
// proxy put into X-Forwarded-For; from elsewhere nobody can choose their own.
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
