package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// postbox is an SMTP server that keeps what it is given.
type postbox struct {
	address string
	tls     *tls.Config
	offer   bool   // STARTTLS
	refuse  string // the answer to RCPT, if not OK

	mu   sync.Mutex
	got  []string // mails, headers and all
	auth []string // what AUTH was given, and whether under TLS
	to   []string
}

// open starts a postbox on this machine; implicit TLS from the first byte on.
func open(t *testing.T, implicit, offer bool) (*postbox, *x509.CertPool) {
	t.Helper()
	config, pool := certificate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postbox{address: l.Addr().String(), tls: config, offer: offer}
	var all sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(10 * time.Second))
				if implicit {
					c = tls.Server(c, config)
				}
				p.serve(c, implicit)
			})
		}
	})
	return p, pool
}

func (p *postbox) serve(c net.Conn, secure bool) {
	r := bufio.NewReader(c)
	say := func(s string) { _, _ = c.Write([]byte(s + "\r\n")) }
	say("220 postbox")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.ToUpper(word) {
		case "EHLO":
			say("250-postbox")
			if p.offer && !secure {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			c, secure = tls.Server(c, p.tls), true
			r = bufio.NewReader(c)
		case "AUTH":
			p.keep(func() { p.auth = append(p.auth, map[bool]string{true: "secure ", false: "clear "}[secure]+rest) })
			say("235 welcome")
		case "RCPT":
			if p.refuse != "" {
				say(p.refuse)
				continue
			}
			p.keep(func() { p.to = append(p.to, rest) })
			say("250 ok")
		case "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(line, "."))
			}
			p.keep(func() { p.got = append(p.got, b.String()) })
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (p *postbox) keep(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
}

// mails are those it got, read.
func (p *postbox) mails(t *testing.T) (list []*mail.Message) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, raw := range p.got {
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatalf("%v:\n%s", err, raw)
		}
		list = append(list, m)
	}
	return list
}

// certificate makes one for this machine, and the authority that knows it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	known, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(known)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}
