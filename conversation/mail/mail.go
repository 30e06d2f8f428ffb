package mail

import (
	"errors"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/quote"
)

// Mail is one mail, taken apart (RFC 5322, MIME).
type Mail struct {
	Header     Header
	ID         string   // Message-ID without <>; empty: it has none
	InReplyTo  []string // ids
	References []string // ids, the first mail's first
	From       Person
	ReplyTo    []Person
	To, Cc     []Person
	Subject    string
	Lang       string // Content-Language

	Text     string   // the author's own words
	Quoted   int      // lines of others that were copied, left out of Text
	Machine  string   // the sign by which it is a machine's; empty: none
	Calendar string   // the METHOD of an invitation
	Digest   bool     // it only carries the mails inside
	Inner    [][]byte // mails inside: of a digest, or passed on as they were
	Faults   []Fault

	list     list
	original []Person // X-Original-From and its like
	report   bool     // multipart/report
}

// Fault is something in a mail that couldn't be read as it should.
type Fault struct {
	Kind   conversation.Kind
	Detail string
}

// ErrNoMail is the cause when bytes don't open with a header.
var ErrNoMail = errors.New("not a mail: it doesn't open with a header")

// Parse takes a mail apart. Whatever can't be read becomes a Fault; only bytes
// that are no mail at all are an error.
func Parse(b []byte) (*Mail, error) {
	m := &Mail{}
	h, content, junk := readHeader(b)
	if !isMail(h) {
		return nil, ErrNoMail
	}
	if junk > 0 {
		m.complain(conversation.BadValue, "lines of the header that are no fields were left out")
	}
	m.Header = h
	w := &body{Mail: m}
	m.names()
	m.people(w)
	kind, ok := typeOf(h.Get("Content-Type"))
	if !ok {
		m.complain(conversation.BadValue, "Content-Type "+clip(h.Get("Content-Type"))+" can't be read: it was taken as plain text")
	}
	m.report = kind.kind == "multipart/report"
	w.part(h, content, kind, 0)
	m.finish(w.text())
	m.Machine = m.machine(h)
	return m, nil
}

// isMail is true for a header with a field that every mail has.
func isMail(h Header) bool {
	for i := range h.fields {
		switch strings.ToLower(h.fields[i].name) {
		case "from", "date", "message-id", "received", "return-path", "subject", "delivered-to":
			return true
		}
	}
	return false
}

func (m *Mail) complain(k conversation.Kind, detail string) {
	m.Faults = append(m.Faults, Fault{k, detail})
}

// names reads which mail it is and which ones it answers to.
func (m *Mail) names() {
	if own := ids(m.Header.Get("Message-Id")); len(own) > 0 {
		m.ID = own[0]
	}
	if value := m.Header.Get("In-Reply-To"); strings.Contains(value, "<") || strings.Contains(value, "@") && !strings.Contains(value, " ") {
		m.InReplyTo = ids(value)
	}
	m.References = ids(m.Header.Get("References"))
}

// people reads who writes to whom, through which list.
func (m *Mail) people(w *body) {
	h := m.Header
	from := h.Get("From")
	if from == "" {
		from = h.Get("Sender")
	}
	text, latin := toUTF8(from)
	m.From = person(text)
	m.ReplyTo, m.To, m.Cc = people(h.Get("Reply-To")), people(h.Get("To")), people(h.Get("Cc"))
	subject, alsoLatin := decodeWords(h.Get("Subject"))
	m.Subject = subject
	w.wasLatin(latin || alsoLatin)
	m.Lang = strings.TrimSpace(h.Get("Content-Language"))
	if lang, _, more := strings.Cut(m.Lang, ","); more {
		m.Lang = strings.TrimSpace(lang)
	}
	m.list = listOf(h)
	for _, name := range [...]string{"X-Original-From", "Original-From", "X-Original-Sender", "X-OriginalFrom", "X-Original-Author"} {
		m.original = append(m.original, people(h.Get(name))...)
	}
}

// finish keeps of a text what its author wrote.
func (m *Mail) finish(text string) {
	if len(m.Inner) == 0 && strings.Contains(strings.ToLower(m.Subject), "digest") {
		if m.Inner = unpack(text); len(m.Inner) > 0 {
			m.Digest = true
		}
	}
	own, quoted := quote.Own(unscrub(text))
	m.Text, m.Quoted = strings.TrimSpace(own), quoted
}

// Channel is the list that a mail came through, or else "mail".
func (m *Mail) Channel() string {
	if m.list.ID != "" {
		return m.list.ID
	}
	return "mail"
}
