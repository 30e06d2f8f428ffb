// Package mail sends mails: answers to the sources of mail ([Sender]) and what the
// server itself writes ([Mailer]).
package mail

import (
	"bytes"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"time"

	letters "github.com/emersion/go-message/mail"
)

// Letter is a mail in plain text.
type Letter struct {
	From    mail.Address // zero: the mailer's
	To      []mail.Address
	Cc      []mail.Address
	Subject string
	Text    string
	Date    time.Time // zero: now
	ID      string    // the Message-ID, without < and >; empty: a new one

	// Answer says that a person answers another. Else the house itself writes, and
	// the mail says so (Auto-Submitted), and how to be written to no more.
	Answer bool
	// InReplyTo and References are Message-IDs of what it answers, the oldest
	// first; what isn't one is left out.
	InReplyTo  string
	References []string
	// Unsubscribe is the address that ends the house's mails by a POST (RFC 8058).
	// Empty: a mail to From does.
	Unsubscribe string
}

// messageID is what can stand between < and > of a Message-ID.
var messageID = regexp.MustCompile(`^[^\s<>@"(),:;\\\[\]\x00-\x1f\x7f]+@[^\s<>@"(),:;\\\x00-\x1f\x7f]+$`)

// bytes are the letter as it is sent: headers, and the text in quoted-printable
// UTF-8.
func (l *Letter) bytes() ([]byte, error) {
	var h letters.Header
	h.SetDate(l.Date)
	h.SetAddressList("From", addresses(l.From))
	h.SetAddressList("To", addresses(l.To...))
	if len(l.Cc) > 0 {
		h.SetAddressList("Cc", addresses(l.Cc...))
	}
	h.SetSubject(oneLine(l.Subject))
	if !messageID.MatchString(l.ID) {
		return nil, fmt.Errorf("a mail can't be called %q", l.ID)
	}
	h.SetMessageID(l.ID)
	for key, ids := range map[string][]string{"In-Reply-To": {l.InReplyTo}, "References": l.References} {
		if ids = valid(ids); len(ids) > 0 {
			h.SetMsgIDList(key, ids)
		}
	}
	if !l.Answer {
		h.Set("Auto-Submitted", "auto-generated")
		h.Set("List-Unsubscribe", "<mailto:"+l.From.Address+"?subject=unsubscribe>")
		if l.Unsubscribe != "" {
			h.Set("List-Unsubscribe", "<"+oneLine(l.Unsubscribe)+">")
			h.Set("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
		}
	}
	h.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "quoted-printable")
	h.Set("MIME-Version", "1.0")

	var b bytes.Buffer
	w, err := letters.CreateSingleInlineWriter(&b, h)
	if err != nil {
		return nil, fmt.Errorf("writing a mail: %w", err)
	}
	text := strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(l.Text)
	if _, err := w.Write([]byte(strings.TrimRight(text, "\r\n") + "\r\n")); err != nil {
		return nil, fmt.Errorf("writing a mail: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("writing a mail: %w", err)
	}
	return b.Bytes(), nil
}

func addresses(all ...mail.Address) []*letters.Address {
	var list []*letters.Address
	for _, a := range all {
		// A backslash in a name beside letters that ASCII lacks makes net/mail write
		// what nobody can read, itself included.
		name := strings.ReplaceAll(oneLine(a.Name), `\`, "")
		list = append(list, &letters.Address{Name: name, Address: oneLine(a.Address)})
	}
	return list
}

// valid leaves out what isn't a Message-ID: some sources have none.
func valid(ids []string) (list []string) {
	for _, id := range ids {
		if messageID.MatchString(id) {
			list = append(list, id)
		}
	}
	return list
}

// oneLine makes a text one that can stand in a header: without line ends and other
// control characters, and not endless.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' }), " ")
	if r := []rune(s); len(r) > 900 {
		s = string(r[:900])
	}
	return s
}
