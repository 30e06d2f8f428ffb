package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
)

// The kinds of problems that mailboxes have besides those of mails.
const (
	longLine  = conversation.LongLine
	badRecord = conversation.BadRecord
)

// Formats are those of mail: mailboxes (mbox), single mails (.eml, .emlx, a mail of
// a maildir or of MH).
func Formats() []conversation.Format {
	return []conversation.Format{
		{Name: conversation.Mbox, Recognise: isMbox, Read: func(in *bufio.Reader, im *conversation.Importer) error { return newReader(im).mbox(in) }},
		{Name: conversation.Mail, Recognise: isEml, Read: func(in *bufio.Reader, im *conversation.Importer) error { return newReader(im).eml(in) }},
	}
}

func isMbox(name string, head []byte) bool {
	text := bytes.TrimLeft(head, "\uFEFF \t\r\n")
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	if bytes.HasPrefix(line, []byte("From ")) {
		line = bytes.TrimRight(line, "\r")
		from, stamp, dated := postmark(line)
		if dated && (len(rest) == 0 || isPatch(from, stamp)) {
			return true
		}
		if _, ok := opensMail(line, rest, true); ok {
			return true
		}
	}
	return isNamed(name, text, ".mbox", ".mbx")
}

func isEml(name string, head []byte) bool {
	text := bytes.TrimLeft(head, "\uFEFF \t\r\n")
	if _, n := applePrefix(text); n > 0 {
		return true
	}
	return isHeader(text) || isNamed(name, text, ".eml", ".emlx")
}

// isNamed is true for a text file with one of these suffixes.
func isNamed(name string, text []byte, suffixes ...string) bool {
	name = strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, packed)
	}
	if bytes.IndexByte(text[:min(len(text), 512)], 0) >= 0 || bytes.HasPrefix(text, []byte("PK\x03\x04")) || bytes.HasPrefix(text, []byte("%PDF")) {
		return false
	}
	for _, s := range suffixes {
		if path.Ext(name) == s {
			return true
		}
	}
	return false
}

// importer is what a reader needs of a conversation.Importer.
type importer struct{ *conversation.Importer }

func (im importer) tell(k conversation.Kind, line int, id, detail string) {
	im.Tell(k, line, conversation.MessageID(id), detail)
}

func (im importer) stop() error { return im.Stop() }

func (im importer) ended(err error, line int) error { return im.Ended(err, line) }

func newReader(im *conversation.Importer) *reader {
	r := &reader{importer: importer{im}, limit: im.Limit()}
	r.threads = im.Shared("mail", func() conversation.Joiner { return new(joiner) }).(*joiner)
	if roster := im.Roster(); roster != nil {
		r.ours = func(address, name string) bool {
			_, ok := roster.Find(conversation.PersonID(address), name)
			return ok
		}
		r.threads.threader.Ours = func(address string) bool { return r.ours(address, "") }
	}
	return r
}

// mail reads one mail and those inside it.
func (r *reader) mail(b []byte, line int, stamp string) {
	r.deep(b, line, stamp, time.Time{}, 0)
}

// innermost is how deep mails may lie in mails.
const innermost = 5

// deep reads a mail that lies in others; it can't have been written after when,
// which is when those were.
func (r *reader) deep(b []byte, line int, stamp string, outer time.Time, depth int) {
	m, err := Parse(b)
	if err != nil {
		if depth == 0 {
			r.tell(badRecord, line, "", err.Error()+": it was left out")
		} else {
			r.LeftOut("attachment", line)
		}
		return
	}
	r.faults(m, line)
	at := r.date(m, line, stamp, outer)
	if depth < innermost {
		for _, inner := range m.Inner {
			r.deep(inner, line, "", at, depth+1)
		}
	}
	switch {
	case m.Digest:
		r.LeftOut("digest", line)
	case len(m.Inner) > 0 && m.Text == "":
		r.LeftOut("wrapper", line)
	case at.IsZero() && depth > 0:
		r.LeftOut("attachment", line)
	case at.IsZero() && strings.TrimSpace(m.Header.Get("Date")) != "":
		r.tell(conversation.BadTime, line, m.ID, "time "+clip(m.Header.Get("Date"))+" can't be one, and nothing says when it was received: the message was left out; write it as Mon, 02 Mar 2026 09:00:00 +0100")
	default:
		r.give(m, b, at, line, depth > 0)
	}
}

func (r *reader) faults(m *Mail, line int) {
	for _, f := range m.Faults {
		r.tell(f.Kind, line, m.ID, f.Detail)
	}
}

// date says when a mail was written, and tells when that isn't its Date.
func (r *reader) date(m *Mail, line int, stamp string, outer time.Time) time.Time {
	doubtful := false
	other := func(word string) (time.Time, bool) {
		t, precision, doubt, err := r.Time(word)
		if err != nil || precision == conversation.Day {
			return time.Time{}, false
		}
		doubtful = doubtful || doubt
		return t, true
	}
	date := m.Header.Get("Date")
	t, why := When(date, m.Header.All("Received"), stamp, other)
	if !outer.IsZero() && t.Sub(outer) > anyZone {
		t, why = outer, "a Date after that of the mail it lies in, which stands for it"
	}
	switch {
	case why != "" && !t.IsZero():
		r.tell(conversation.BadValue, line, m.ID, why)
	case doubtful:
		r.tell(conversation.AmbiguousTime, line, m.ID, clip(date)+" was read as "+t.Format("2 January 2006")+": say whether days or months come first")
	}
	return t
}

// Message makes a message of a mail that was written at a time: by whom, on which
// list, with the words of its own. ours may be nil. The message has no side yet;
// its ID is empty when the mail has none (see [Name]).
func (m *Mail) Message(at time.Time, ours Ours) conversation.Message {
	d, _ := m.message(at, ours)
	return d
}

func (m *Mail) message(at time.Time, ours Ours) (d conversation.Message, author Person) {
	author, by := m.Author(ours)
	d = conversation.Message{
		ID: conversation.MessageID(m.ID), ReplyTo: conversation.MessageID(m.parent()), Author: conversation.PersonID(cmp.Or(author.Address, strings.ToLower(author.Name))),
		Channel: m.Channel(), Time: at, Lang: m.Lang, Bot: m.Machine != "" && by != ByForm,
	}
	d.Text = withSubject(m.Text, m.Subject, d.ReplyTo != "")
	d.Attributes = m.attributes(author, by)
	return d, author
}

// Name names a mail that has no Message-ID, by the SHA-256 of all of it.
func Name(b []byte) conversation.MessageID { return conversation.MessageID("sha256-" + digest(b, 16)) }

// give makes a message of a mail and gives it to the log.
func (r *reader) give(m *Mail, b []byte, at time.Time, line int, inside bool) {
	d, author := m.message(at, r.ours)
	r.addressed(&d, author, m)
	if m.ID == "" {
		d.ID = Name(b)
		r.tell(conversation.MissingID, line, string(d.ID), "named after the SHA-256 of all of it")
	}
	if n, known := r.Log().Find(d.ID); known && !r.another(n, &d, b, line, inside) {
		return
	}
	n := r.Give(d, line)
	if n < 0 {
		return
	}
	r.count(m, d.Bot)
	hints := m.Hints()
	hints.Author, hints.Time = string(d.Author), at
	r.threads.add(n, hints)
}

// count counts what a mail was found to be.
func (r *reader) count(m *Mail, bot bool) {
	facts := r.Facts()
	if bot {
		facts.Machines++
	}
	if m.Quoted > 0 {
		facts.Quoting++
	}
}

// another says whether a mail whose id is known is another one all the same: by
// somebody else, or with other words. It is then named after both.
func (r *reader) another(n int, d *conversation.Message, b []byte, line int, inside bool) bool {
	log := r.Log()
	if short, long := sorted(log.Size(n), len(d.Text)); long > 2*short+4*listsAdd {
		return r.rename(n, d, b, line) // not worth reading back
	}
	before := log.Said(n)
	if before.Author == d.Author && sameWords(before.Text, d.Text) {
		if inside {
			r.LeftOut("copy", line)
			return false
		}
		return true // the log tells that it was read
	}
	return r.rename(n, d, b, line)
}

func sorted(a, b int) (short, long int) { return min(a, b), max(a, b) }

// rename names a mail after its id and its SHA-256, and tells so.
func (r *reader) rename(n int, d *conversation.Message, b []byte, line int) bool {
	known := d.ID
	d.ID += conversation.MessageID("#" + digest(b, 6))
	if _, again := r.Log().Find(d.ID); !again {
		r.tell(conversation.SameID, line, string(known), "at "+r.Log().Origin(n).String()+" another mail has this id: this one is called "+string(d.ID))
	}
	return true
}

// listsAdd is how many bytes a list may add to a text.
const listsAdd = 600

// sameWords is true for texts that say the same, but for what a list adds before
// or behind.
func sameWords(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= 20 && strings.Contains(b, a) && len(b)-len(a) < listsAdd
}

func digest(b []byte, n int) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:n])
}

// withSubject opens a text that opens a thread with its subject.
func withSubject(text, subject string, reply bool) string {
	switch {
	case subject == "" || reply:
		return text
	case text == "":
		return subject
	case !strings.HasPrefix(text, subject):
		return subject + "\n\n" + text
	}
	return text
}

// addressed notes which department a mail of the community is written to, when
// the roster knows it by an address.
func (r *reader) addressed(d *conversation.Message, author Person, m *Mail) {
	roster := r.Roster()
	if roster == nil {
		return
	}
	if _, ours := roster.Find(d.Author, author.Name); ours {
		return
	}
	for _, list := range [...][]Person{m.To, m.Cc} {
		for _, p := range list {
			if department, ok := roster.Find(conversation.PersonID(p.Address), ""); ok && department != "" {
				d.Department = department
				return
			}
		}
	}
}

// attributes keep what else a mail says.
func (m *Mail) attributes(author Person, by string) conversation.Attributes {
	var a members
	a.add("name", author.Name)
	a.add("subject", m.Subject)
	a.addHeader("to", m.Header, "To")
	a.addHeader("cc", m.Header, "Cc")
	if by != "" {
		a.add("author_by", by)
		a.add("from", m.From.Address)
	}
	a.add("machine", m.Machine)
	a.add("auto_submitted", lower(m.Header.Get("Auto-Submitted")))
	a.add("precedence", lower(m.Header.Get("Precedence")))
	a.add("list", m.list.ID)
	a.add("list_unsubscribe", m.Header.Get("List-Unsubscribe"))
	a.add("calendar", strings.ToLower(m.Calendar))
	if m.Quoted > 0 {
		a.add("quoted_lines", strconv.Itoa(m.Quoted))
	}
	return a.done()
}

// members are the members of a JSON object that is still open.
type members struct{ b []byte }

func (a *members) addHeader(key string, h Header, name string) {
	value, _ := decodeWords(h.Get(name))
	a.add(key, value)
}

// add adds a text; an empty one is none.
func (a *members) add(key, value string) {
	if value == "" {
		return
	}
	a.b = append(append(append(a.b, `,"`...), key...), `":`...) // done makes a { of the first comma
	plain := utf8.ValidString(value)
	for i := 0; i < len(value) && plain; i++ {
		plain = value[i] >= ' ' && value[i] != '"' && value[i] != '\\' && value[i] < 0x7F
	}
	if plain {
		a.b = append(append(append(a.b, '"'), value...), '"')
		return
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // a string can always be written
	a.b = append(a.b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

func (a *members) done() conversation.Attributes {
	if len(a.b) == 0 {
		return ""
	}
	a.b[0] = '{'
	return conversation.Attributes(append(a.b, '}'))
}
