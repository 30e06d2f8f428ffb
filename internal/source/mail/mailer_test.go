package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/job"
)

func mailer(t *testing.T, address string, pool *x509.CertPool) *Mailer {
	t.Helper()
	m, err := NewMailer(address, "La maison <maison@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	m.tls = &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}
	return m
}

func TestMail(t *testing.T) {
	for name, c := range map[string]struct {
		scheme          string
		implicit, offer bool
		secure          string
	}{
		"STARTTLS": {"smtp", false, true, "secure "},
		"TLS":      {"smtps", true, false, "secure "},
		"local":    {"smtp", false, false, "clear "},
	} {
		t.Run(name, func(t *testing.T) {
			p, pool := open(t, c.implicit, c.offer)
			m := mailer(t, c.scheme+"://ana:geheim@"+p.address, pool)
			text := "Voici le lien :\nhttps://maison.example/in?k=é\n.\nfin"
			if err := m.Mail(t.Context(), "Léo <leo@example.org>", "Un lien\r\nBcc: all@example.org", text); err != nil {
				t.Fatal(err)
			}
			got := p.mails(t)[0]
			subject, _ := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
			body, _ := io.ReadAll(quotedprintable.NewReader(got.Body))
			if strings.ReplaceAll(string(body), "\r\n", "\n") != text+"\n" {
				t.Errorf("the text arrived as %q", body)
			}
			if subject != "Un lien Bcc: all@example.org" || got.Header.Get("Bcc") != "" {
				t.Errorf("headers %v", got.Header)
			}
			if _, err := mail.ParseDate(got.Header.Get("Date")); err != nil || !strings.HasSuffix(got.Header.Get("Message-Id"), "@example.org>") ||
				got.Header.Get("Auto-Submitted") != "auto-generated" || got.Header.Get("List-Unsubscribe") == "" {
				t.Errorf("headers %v", got.Header)
			}
			if len(p.auth) != 1 || !strings.HasPrefix(p.auth[0], c.secure+"PLAIN ") || len(p.to) != 1 || p.to[0] != "TO:<leo@example.org>" {
				t.Errorf("signed in by %q, for %q", p.auth, p.to)
			}
		})
	}
}

func TestOneClick(t *testing.T) {
	l := Letter{From: mail.Address{Address: "a@example.org"}, To: []mail.Address{{Address: "b@example.org"}}, ID: "x@example.org",
		Date: time.Unix(0, 0), Unsubscribe: "https://maison.example/stop?k=1"}
	b, err := l.bytes()
	for _, want := range []string{"List-Unsubscribe: <https://maison.example/stop?k=1>\r\n", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"} {
		if err != nil || !strings.Contains(string(b), want) {
			t.Errorf("%v; no %q in\n%s", err, want, b)
		}
	}
	l.Answer, l.InReplyTo, l.References = true, "q@example.org", []string{"in.jsonl:3", "bad id@x", "q@example.org"}
	if b, _ := l.bytes(); !strings.Contains(string(b), "References: <q@example.org>\r\n") || strings.Contains(string(b), "Unsubscribe") || strings.Contains(string(b), "Auto-Submitted") {
		t.Errorf("an answer isn't sent by a machine:\n%s", b)
	}
}

// A password is never sent in the clear, nor a mail to a server elsewhere.
func TestNoClearText(t *testing.T) {
	p, pool := open(t, false, false)
	m := mailer(t, "smtp://ana:geheim@"+p.address, pool)
	m.server.Host = "localhost:" + m.server.Port() // 127.0.0.1 again: the loopback is this machine
	if err := m.Mail(t.Context(), "leo@example.org", "s", "t"); err != nil {
		t.Errorf("on this machine: %v", err)
	}
	ip := elsewhere(t)
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		t.Skipf("no network but the loopback: %v", err)
	}
	defer l.Close()
	q := &postbox{}
	go func() {
		if c, err := l.Accept(); err == nil {
			q.serve(c, false)
		}
	}()
	err = mailer(t, "smtp://ana:geheim@"+l.Addr().String(), pool).Mail(t.Context(), "leo@example.org", "s", "t")
	if !errors.Is(err, errNoTLS) {
		t.Errorf("elsewhere: %v", err)
	}
	q.keep(func() {
		if len(q.auth) > 0 || len(q.got) > 0 {
			t.Errorf("it got %q, %q", q.auth, q.got)
		}
	})
}

// elsewhere is an address of this machine that isn't the loopback's.
func elsewhere(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	t.Skip("no network but the loopback")
	return ""
}

func TestMailRefused(t *testing.T) {
	for refusal, forever := range map[string]bool{"550 nobody of that name": true, "451 later": false} {
		p, pool := open(t, false, true)
		p.refuse = refusal
		err := mailer(t, "smtp://"+p.address, pool).Mail(t.Context(), "leo@example.org", "s", "t")
		if err == nil || job.IsPermanent(err) != forever {
			t.Errorf("%s: %v, final %v", refusal, err, job.IsPermanent(err))
		}
	}
	m := mailer(t, "smtp://127.0.0.1:1", nil)
	if err := m.Mail(t.Context(), "leo@example.org", "s", "t"); err == nil || job.IsPermanent(err) {
		t.Errorf("no server: %v", err)
	}
	if err := m.Mail(t.Context(), "leo", "s", "t"); !job.IsPermanent(err) {
		t.Errorf("no address: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Mail(ended, "leo@example.org", "s", "t"); !errors.Is(err, context.Canceled) {
		t.Errorf("once it ended: %v", err)
	}
}

func TestNewMailer(t *testing.T) {
	for server, want := range map[string]string{"smtp://mail.example": "mail.example:587", "smtps://u:p@mail.example": "mail.example:465", "smtp://mail.example:25": "mail.example:25"} {
		m, err := NewMailer(server, "a@example.org")
		if err != nil || m.server.Host != want {
			t.Errorf("%s: %v, %v", server, m, err)
		}
	}
	for _, bad := range [][2]string{{"mail.example:25", "a@example.org"}, {"http://mail.example", "a@example.org"}, {"smtp://", "a@example.org"},
		{"smtp://u:geheim@[mail", "a@example.org"}, {"smtp://mail.example/x", "a@example.org"}, {"smtp://mail.example", "nobody"}} {
		if _, err := NewMailer(bad[0], bad[1]); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%v: %v", bad, err)
		}
	}
}
