// Package reach is the one way out of the machine: every connection that the
// server opens to another is opened here, with bounds and, where people gave the
// address, a guard against addresses of a private network.
package reach

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrPrivate is the cause when an address is not one of the open internet.
var ErrPrivate = errors.New("not an address of the open internet")

// Dialer opens connections to addresses of the open internet; with allowPrivate,
// to any, for servers that whoever runs the program named. Bound it by a context
// or by its Timeout.
func Dialer(allowPrivate bool) *net.Dialer {
	d := &net.Dialer{}
	if !allowPrivate {
		d.Control = func(_, address string, _ syscall.RawConn) error { return public(address) }
	}
	return d
}

// Client makes an HTTP client for addresses that people give. A name is resolved
// first and the address it has then is looked at, so that a name that changes
// its mind leads nowhere either: private, loopback, link-local, shared (CGNAT),
// NAT64 and all other reserved addresses are refused, unless allowPrivate is true.
// Redirects aren't followed, no proxy stands between, an answer's header may have
// 64 KiB and all of it takes 10 s at most.
func Client(allowPrivate bool) *http.Client {
	d := Dialer(allowPrivate)
	d.Timeout = 5 * time.Second
	return &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            d.DialContext,
			TLSHandshakeTimeout:    5 * time.Second,
			ResponseHeaderTimeout:  10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConns:           16,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true,
		},
	}
}

// public refuses an address and port that is not of the open internet.
func public(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, ErrPrivate)
	}
	ip := at.Addr().WithZone("").Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return fmt.Errorf("%s: %w", ip, ErrPrivate)
	}
	for _, net := range reserved {
		if net.Contains(ip) {
			return fmt.Errorf("%s (%s): %w", ip, net, ErrPrivate)
		}
	}
	return nil
}

// reserved are the networks of IANA's special-purpose registries that are no
// part of the open internet, or lead back into a network by another's address,
// beside those that net/netip knows by name.
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
	"3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(texts ...string) (list []netip.Prefix) {
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}
