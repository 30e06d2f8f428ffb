package web

import (
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, c := range []struct{ from, forwarded, want string }{
		{"192.0.2.1:99", "", "192.0.2.1"}, {"192.0.2.1:99", "203.0.113.5", "192.0.2.1"},
		{"127.0.0.1:99", "203.0.113.5", "203.0.113.5"}, {"127.0.0.1:99", "10.0.0.1, 203.0.113.5", "203.0.113.5"}, {"[::1]:99", "nonsense", "::/64"},
		{"[2001:db8:1:2:3::4]:99", "", "2001:db8:1:2::/64"}, {"[::ffff:192.0.2.1]:99", "", "192.0.2.1"}, {"@", "", "@"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := address(r); got != c.want {
			t.Errorf("%s (%s): %s, not %s", c.from, c.forwarded, got, c.want)
		}
	}
}
