package mail

import (
	"bytes"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// Bounds of what is read of one mail: parts in parts, parts in all, mails inside.
const (
	deepest   = 20
	partsRead = 2000
	innerRead = 1000
)

// body is what the parts of a mail hold, on its way into a Mail.
type body struct {
	*Mail
	plain, html []string // texts of parts, in order
	calendar    string   // a text/calendar part
	count       int
	hidden      string // why text that must be there can't be read
	latin       bool
	broken      bool // told that a part can't be read
}

// part reads a part of a mail, and the parts in it.
func (b *body) part(h Header, content []byte, kind contentType, depth int) {
	if b.count++; b.count > partsRead {
		b.breaks("more than 2000 parts: the rest was left out")
		return
	}
	attached := isAttached(h.Get("Content-Disposition"))
	switch {
	case strings.HasPrefix(kind.kind, "multipart/") && depth < deepest:
		b.parts(kind, content, depth)
	case kind.kind == "message/rfc822" || kind.kind == "message/global":
		if len(b.Inner) < innerRead && !b.report {
			inner, _ := decode(content, encoding(h.Get("Content-Transfer-Encoding")))
			b.Inner = append(b.Inner, bytes.TrimLeft(inner, "\r\n"))
		}
	case kind.kind == "application/ms-tnef" || strings.EqualFold(kind.params["name"], "winmail.dat"):
		b.hidden = "its text is in winmail.dat, which only Outlook reads: ask for plain text or HTML"
	case kind.kind == "application/pkcs7-mime" || kind.kind == "application/x-pkcs7-mime" || kind.kind == "multipart/encrypted" || kind.kind == "application/pgp-encrypted":
		b.hidden = "its text is encrypted or signed in one piece (S/MIME, PGP)"
	case attached:
	case kind.kind == "text/plain":
		b.plain = append(b.plain, unflow(b.leaf(h, content, kind), kind.params))
	case kind.kind == "text/html":
		b.html = append(b.html, conversation.PlainText(b.leaf(h, content, kind)))
	case kind.kind == "text/calendar":
		b.calendar = b.leaf(h, content, kind)
		b.Calendar = strings.ToUpper(strings.TrimSpace(kind.params["method"]))
	}
}

func isAttached(disposition string) bool {
	disposition, _, _ = strings.Cut(disposition, ";")
	return strings.EqualFold(strings.TrimSpace(disposition), "attachment")
}

// parts reads the parts of a part. Of alternatives, the plain text is enough.
func (b *body) parts(kind contentType, content []byte, depth int) {
	boundary := kind.params["boundary"]
	all, cut := [][]byte(nil), false
	if boundary != "" {
		all, cut = parts(content, boundary)
	}
	if len(all) == 0 {
		if found := anyBoundary(content); found != "" && found != boundary {
			all, cut = parts(content, found)
		}
	}
	switch {
	case len(all) == 0 && boundary == "":
		b.breaks("parts without a boundary between them: they can't be read")
	case len(all) == 0:
		b.breaks("the parts of the mail can't be found: they were left out")
	case cut:
		b.breaks("the last part of the mail has no end: what is there was read")
	}
	plain, html := len(b.plain), len(b.html)
	for _, p := range all {
		b.inner(kind, p, depth)
	}
	if kind.kind == "multipart/alternative" && strings.TrimSpace(strings.Join(b.plain[plain:], "")) != "" {
		b.html = b.html[:html]
	}
}

// inner reads one part of a multipart. In a digest, parts are mails unless they
// say otherwise (RFC 2046, 5.1.5).
func (b *body) inner(of contentType, p []byte, depth int) {
	var h Header
	var content []byte
	if len(p) > 0 && p[0] != '\n' && p[0] != '\r' {
		h, content, _ = readHeader(p)
	} else {
		content = p[bytes.IndexByte(p, '\n')+1:]
	}
	value := h.Get("Content-Type")
	kind, _ := typeOf(value)
	if of.kind == "multipart/digest" {
		b.Digest = true
		if value == "" {
			kind = contentType{kind: "message/rfc822"}
		}
	}
	b.part(h, content, kind, depth+1)
}

// leaf reads a text.
func (b *body) leaf(h Header, content []byte, kind contentType) string {
	content, fault := decode(content, encoding(h.Get("Content-Transfer-Encoding")))
	if fault != "" {
		b.complain(conversation.BadValue, fault)
	}
	text, latin, fault := letters(content, kind.params["charset"])
	if fault != "" {
		b.complain(conversation.BadValue, fault)
	}
	b.wasLatin(latin)
	return text
}

// wasLatin tells once of bytes that are not in the charset they claim.
func (b *body) wasLatin(latin bool) {
	if latin && !b.latin {
		b.latin = true
		b.complain(conversation.OtherEncoding, "bytes that are not in the charset they claim were read as Windows-1252 (Latin-1)")
	}
}

// breaks complains once of a mail that is broken, however many its parts.
func (b *body) breaks(detail string) {
	if !b.broken {
		b.broken = true
		b.complain(conversation.BadValue, detail)
	}
}

// text puts the texts together: the plain ones, else those of pages, else what a
// calendar's entry says.
func (b *body) text() string {
	text := join(b.plain)
	if strings.TrimSpace(text) == "" {
		text = join(b.html)
	}
	if strings.TrimSpace(text) == "" && b.calendar != "" {
		text = entry(b.calendar)
	}
	if b.calendar != "" && b.Calendar == "" {
		b.Calendar = strings.ToUpper(property(unfoldCalendar(b.calendar), "METHOD"))
	}
	if strings.TrimSpace(text) == "" && b.hidden != "" {
		b.complain(conversation.BadValue, b.hidden)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text
}

func join(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	return strings.Join(texts, "\n")
}

// entry is what a calendar's entry says: its title and description (RFC 5545).
func entry(calendar string) string {
	lines := unfoldCalendar(calendar)
	return strings.TrimSpace(property(lines, "SUMMARY") + "\n\n" + property(lines, "DESCRIPTION"))
}

func unfoldCalendar(s string) string {
	return strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "", "\r\n", "\n").Replace(s)
}

// property gives the value of the first property of that name.
func property(lines, name string) string {
	for line := range strings.Lines(lines) {
		key, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		key, _, _ = strings.Cut(key, ";")
		if ok && strings.EqualFold(key, name) {
			return strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		}
	}
	return ""
}
