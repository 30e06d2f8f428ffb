package conversation

import (
	"bufio"
	"bytes"
	"io"
	"net/mail"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // the charsets of mail
	"github.com/emersion/go-message/textproto"
	"golang.org/x/text/encoding/charmap"
)

// mail reads one mail (RFC 5322, MIME). The message is what its author wrote:
// plain text, or text made of the HTML, without the quoted lines of others; the
// subject opens a text that opens a thread.
func (rd *reading) mail(b []byte, line int, stamp string) {
	d := &draft{}
	d.reset(rd.name, line)
	if !isMailHeader(b) {
		clean := cleanHeader(b)
		if !isMailHeader(clean) {
			rd.tell(BadRecord, line, "", "not a mail: it doesn't open with a header: it was left out")
			return
		}
		b = clean
		d.complain(BadValue, "lines of the header that are no fields were left out")
	}
	in := bufio.NewReader(bytes.NewReader(b))
	fields, err := textproto.ReadHeader(in)
	if err != nil && err != io.EOF {
		rd.tell(BadRecord, line, "", "the mail's header can't be read ("+err.Error()+"): it was left out")
		return
	}
	h := message.Header{Header: fields}
	l := &mailRead{draft: d}
	l.names(h)
	l.origin(h)
	l.robot(h)
	rd.dateMail(l, h, stamp)
	l.part(h, in, 0)
	l.finish(h)
	rd.addressed(d, l.to)
	rd.settle(d)
}

// cleanHeader leaves out lines of a header that are no fields.
func cleanHeader(b []byte) []byte {
	var clean []byte
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		if len(bytes.TrimRight(line, "\r")) == 0 {
			break
		}
		folded := len(clean) > 0 && (line[0] == ' ' || line[0] == '\t')
		if folded || isField(line) {
			clean = append(append(clean, line...), '\n')
		}
		b = rest
	}
	return append(append(clean, '\n'), bytes.TrimLeft(b, "\r\n")...)
}

// mailRead is a mail on its way into a draft.
type mailRead struct {
	*draft
	plain, html []string // texts of parts, in order
	attributes  []byte
	to          []string // addresses
	latin       bool     // bytes were read as Windows-1252
	broken      bool     // something could not be read, which was told
	list        string
}

// names reads who the mail is and what it answers to.
func (l *mailRead) names(h message.Header) {
	if own := messageIDs(h.Get("Message-Id")); len(own) > 0 {
		l.ID = MessageID(own[0])
	}
	parents, line := messageIDs(h.Get("In-Reply-To")), messageIDs(h.Get("References"))
	switch {
	case len(parents) > 0 && strings.Contains(h.Get("In-Reply-To"), "<"):
		l.ReplyTo = MessageID(parents[0])
	case len(line) > 0:
		l.ReplyTo = MessageID(line[len(line)-1])
	}
	if len(line) > 0 {
		l.Thread = ThreadID(line[0])
	}
}

// messageIDs takes the names out of a field: what stands between < and >, or
// else the first word.
func messageIDs(value string) (ids []string) {
	rest := value
	for {
		_, after, ok := strings.Cut(rest, "<")
		id, behind, closed := strings.Cut(after, ">")
		if !ok || !closed {
			break
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" {
			ids = append(ids, strings.Clone(id))
		}
		rest = behind
	}
	if words := strings.Fields(value); len(ids) == 0 && len(words) > 0 {
		return []string{strings.Trim(words[0], "<>")}
	}
	return ids
}

// origin reads who writes to whom, and through which list.
func (l *mailRead) origin(h message.Header) {
	from := l.text(h, "From")
	if from == "" {
		from = l.text(h, "Sender")
	}
	name, address := l.person(h.Get("From"), from)
	l.Author = PersonID(address)
	l.attribute("name", name)
	l.attribute("subject", l.text(h, "Subject"))
	for _, key := range []string{"To", "Cc"} {
		value := l.text(h, key)
		l.attribute(strings.ToLower(key), value)
		for _, who := range strings.Split(value, ",") {
			_, address := l.person(who, who)
			l.to = append(l.to, address)
		}
	}
	l.list = l.text(h, "List-Id")
	if _, id, ok := strings.Cut(l.list, "<"); ok {
		l.list = id
	}
	l.list = strings.Trim(l.list, "<> ")
	if l.Channel = l.list; l.Channel == "" {
		l.Channel = "mail"
	}
}

// person finds the address, in lower case, and the name in a From field; also
// as list archives hide them: "marie at acme.org (Marie Durand)". Without an
// address the name stands for it.
func (l *mailRead) person(raw, decoded string) (name, address string) {
	if a, err := mail.ParseAddress(raw); err == nil && utf8.ValidString(a.Name) {
		return a.Name, strings.ToLower(a.Address)
	}
	if name, address, ok := fullAddress(decoded); ok {
		return name, strings.ToLower(address)
	}
	rest, remark, _ := strings.Cut(decoded, "(")
	address = strings.TrimSpace(rest)
	if user, host, ok := strings.Cut(address, " at "); ok && strings.Contains(host, ".") && !strings.Contains(user, " ") {
		address = user + "@" + host
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(remark), ")")), strings.ToLower(address)
}

// robot reads whether a machine says that it wrote (RFC 3834 and older habits).
func (l *mailRead) robot(h message.Header) {
	auto := lower(h.Get("Auto-Submitted"))
	precedence := lower(h.Get("Precedence"))
	kind, _, _ := h.ContentType()
	l.Bot = (auto != "" && auto != "no") || precedence == "auto_reply" || precedence == "auto-reply" ||
		h.Get("X-Autoreply") != "" || h.Get("X-Autorespond") != "" || h.Get("X-Autogenerated") != "" ||
		kind == "multipart/report" || lower(h.Get("Return-Path")) == "<>" ||
		strings.HasPrefix(string(l.Author), "mailer-daemon@")
	l.attribute("auto_submitted", auto)
	l.attribute("precedence", precedence)
	l.attribute("list", l.list)
	l.attribute("list_unsubscribe", h.Get("List-Unsubscribe"))
}

// dateMail reads when: the Date field, else when the last machine received it,
// else the postmark before it.
func (rd *reading) dateMail(l *mailRead, h message.Header, stamp string) {
	received := h.Get("Received")
	received = received[strings.LastIndexByte(received, ';')+1:]
	for i, when := range []string{h.Get("Date"), received, stamp} {
		if when = strings.TrimSpace(when); when == "" {
			continue
		}
		if l.when == "" {
			l.when = when
		}
		if _, err := rd.dates.read(when); err == nil {
			if i > 0 {
				l.complain(BadValue, "no Date that can be read: the time it was received stands for it")
			}
			l.when = when
			return
		}
	}
}

const deepestPart = 20

// part reads a part of a mail, and the parts in it.
func (l *mailRead) part(h message.Header, body io.Reader, depth int) {
	kind, params, _ := h.ContentType()
	if kind == "" || h.Get("Content-Type") == "" {
		kind = "text/plain"
	}
	disposition, _, _ := h.ContentDisposition()
	switch {
	case disposition == "attachment":
	case strings.HasPrefix(kind, "multipart/") && depth < deepestPart:
		l.parts(kind, params["boundary"], body, depth)
	case kind == "text/plain":
		l.plain = append(l.plain, l.leaf(h, kind, params["charset"], body))
	case kind == "text/html":
		l.html = append(l.html, textOfHTML(l.leaf(h, kind, params["charset"], body)))
	}
}

// parts reads the parts of a part. Of alternatives, the plain text is enough.
func (l *mailRead) parts(kind, boundary string, body io.Reader, depth int) {
	all := textproto.NewMultipartReader(body, boundary)
	plain := len(l.plain)
	for {
		p, err := all.NextPart()
		if err != nil {
			if err != io.EOF {
				l.breaks("a part of the mail can't be read (" + err.Error() + "): what came before it was read")
			}
			break
		}
		l.part(message.Header{Header: p.Header}, p, depth+1)
	}
	if kind == "multipart/alternative" && strings.TrimSpace(strings.Join(l.plain[plain:], "")) != "" {
		l.html = l.html[:0]
	}
}

// leaf reads a text. What claims to be Latin-1 is often UTF-8, and what claims
// UTF-8 or nothing may be Latin-1: bytes that are UTF-8 are read as such.
func (l *mailRead) leaf(h message.Header, kind, charset string, body io.Reader) string {
	claimsLatin := false
	switch strings.ToLower(charset) {
	case "iso-8859-1", "latin1", "windows-1252", "cp1252":
		claimsLatin = true
		fallthrough
	case "us-ascii", "ascii", "ansi_x3.4-1968", "utf-8", "utf8", "unknown-8bit", "":
		h = h.Copy()
		h.SetContentType(kind, nil)
	}
	e, err := message.New(h, body)
	if err != nil {
		l.complain(BadValue, err.Error()+": the text was read as it stands")
	}
	b, err := io.ReadAll(e.Body)
	if err != nil {
		l.breaks("the text can't be read to its end (" + err.Error() + "): what came before was read")
	}
	return l.decode(b, claimsLatin)
}

// breaks complains once of a mail that is broken, however many its parts.
func (l *mailRead) breaks(detail string) {
	if !l.broken {
		l.broken = true
		l.complain(BadValue, detail)
	}
}

// decode reads bytes that are UTF-8, or else Windows-1252, which is told once
// when they didn't claim it.
func (l *mailRead) decode(b []byte, claimed bool) string {
	if utf8.Valid(b) {
		return string(b)
	}
	wide, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	if !l.latin && !claimed {
		l.latin = true
		l.complain(OtherEncoding, "bytes that are not in the charset they claim were read as Windows-1252 (Latin-1)")
	}
	return string(wide)
}

// text reads a field of the header as people see it.
func (l *mailRead) text(h message.Header, key string) string {
	s, err := h.Text(key)
	if err != nil {
		s = h.Get(key)
	}
	return strings.Join(strings.Fields(l.decode([]byte(s), false)), " ")
}

func (l *mailRead) attribute(key, value string) {
	l.attributes = addAttribute(l.attributes, key, value)
}

// finish puts the text together.
func (l *mailRead) finish(h message.Header) {
	text := strings.Join(l.plain, "\n")
	if strings.TrimSpace(text) == "" {
		text = strings.Join(l.html, "\n")
	}
	text, quoted := withoutQuotes(strings.ReplaceAll(text, "\r\n", "\n"))
	if quoted > 0 {
		l.attribute("quoted_lines", strconv.Itoa(quoted))
	}
	l.Text = strings.TrimSpace(text)
	l.Lang = strings.TrimSpace(h.Get("Content-Language"))
	l.addSubject(l.text(h, "Subject"))
	l.setAttributes(l.attributes)
}

// addressed notes which department a mail of the community is written to, when
// the roster knows it by an address.
func (rd *reading) addressed(d *draft, to []string) {
	if rd.roster == nil {
		return
	}
	if _, ours := rd.roster.Find(d.Author, d.Attributes.name()); ours {
		return
	}
	for _, address := range to {
		if department, ok := rd.roster.Find(PersonID(address), ""); ok && department != "" {
			d.Department = department
			return
		}
	}
}
