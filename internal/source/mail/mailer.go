package mail

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/reach"
)

// Mailer sends mails through one server.
type Mailer struct {
	From mail.Address // who sends, unless a letter says

	server *url.URL
	tls    *tls.Config // nil: the system's authorities, the server's name
}

// mailTime bounds the sending of one mail, which isn't broken off when the process
// stops: half a mail is worse than a late one.
const mailTime = 20 * time.Second

// NewMailer takes a server's address and who sends ("Name <address>"):
//
//	smtp://user:password@mail.example:587   STARTTLS, and nothing before it
//	smtps://user:password@mail.example:465  TLS from the first byte
//
// A server that doesn't offer STARTTLS is only spoken to on this machine itself,
// or with ?tls=none, for a network of one's own. User and password may be left
// out.
func NewMailer(server, from string) (*Mailer, error) {
	u, err := url.Parse(server)
	if err != nil {
		return nil, errors.New("mail server: not an address such as smtp://user:password@mail.example:587") // err would show the password
	}
	ports := map[string]string{"smtp": "587", "smtps": "465"}
	if ports[u.Scheme] == "" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("mail server %s: an address is smtp://… or smtps://… and a name", u.Redacted())
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), ports[u.Scheme])
	}
	who, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("who mails are from, %q: %w", from, err)
	}
	return &Mailer{From: *who, server: u}, nil
}

// Mail sends a text that the house itself writes: a link to sign in, a notice.
func (m *Mailer) Mail(ctx context.Context, to, subject, text string) error {
	a, err := mail.ParseAddress(to)
	if err != nil {
		return job.Permanent(fmt.Errorf("mailing %q: %w", to, err))
	}
	return m.Send(ctx, Letter{To: []mail.Address{*a}, Subject: subject, Text: text})
}

// Send sends a letter. An error that is Permanent (see package job) says that the
// server refused it for good.
func (m *Mailer) Send(ctx context.Context, l Letter) error {
	if l.From.Address == "" {
		l.From = m.From
	}
	if l.Date.IsZero() {
		l.Date = time.Now()
	}
	if l.ID == "" {
		l.ID = rand.Text() + "@" + domain(l.From.Address)
	}
	data, err := l.bytes()
	if err != nil {
		return job.Permanent(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), mailTime)
	defer done()
	if err := m.deliver(ctx, l, data); err != nil {
		var refused *textproto.Error
		if errors.As(err, &refused) && refused.Code >= 500 {
			err = job.Permanent(err)
		}
		return fmt.Errorf("mailing by %s: %w", m.server.Host, err)
	}
	return nil
}

func (m *Mailer) deliver(ctx context.Context, l Letter, data []byte) error {
	c, err := m.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if who := m.server.User; who != nil {
		password, _ := who.Password()
		if err := c.Auth(smtp.PlainAuth("", who.Username(), password, m.server.Hostname())); err != nil {
			return err
		}
	}
	if err := c.Mail(l.From.Address); err != nil {
		return err
	}
	for _, to := range append(l.To, l.Cc...) {
		if err := c.Rcpt(to.Address); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // the mail is the server's now, whatever it still says
	return nil
}

var errNoTLS = errors.New("the server offers no STARTTLS: use smtps://, or ?tls=none in a network of your own")

// connect opens a connection, encrypted as the server's address says. It breaks
// when ctx ends.
func (m *Mailer) connect(ctx context.Context) (*smtp.Client, error) {
	host, local := m.server.Hostname(), m.server.Query().Get("tls") == "none"
	conn, err := reach.Dialer(true).DialContext(ctx, "tcp", m.server.Host)
	if err != nil {
		return nil, err
	}
	if at, ok := conn.RemoteAddr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		local = true
	}
	if until, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(until) // a connection that has none fails at the next step
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	config := m.tls
	if config == nil {
		config = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	}
	if m.server.Scheme == "smtps" {
		conn = tls.Client(conn, config)
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if err := c.Hello(domain(m.From.Address)); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if m.server.Scheme == "smtps" {
		return c, nil
	}
	if offered, _ := c.Extension("STARTTLS"); offered {
		err = c.StartTLS(config)
	} else if !local {
		err = errNoTLS
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// domain is what stands behind an address's @.
func domain(address string) string {
	if _, d, ok := strings.Cut(address, "@"); ok && d != "" {
		return d
	}
	return "localhost"
}
