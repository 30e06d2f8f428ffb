package mail

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"golang.org/x/text/encoding/charmap"
)

// Header is the header of a mail or of a part of one (RFC 5322, 2.2), as written.
type Header struct{ fields []headerField }

type headerField struct{ name, value string }

// readHeader takes the header off a mail. Lines that are no fields are counted,
// and left out.
func readHeader(b []byte) (h Header, body []byte, junk int) {
	end, next := headerEnd(b)
	text := string(b[:end])
	h.fields = make([]headerField, 0, 16)
	for len(text) > 0 {
		next := lineEnd(text, 0)
		for next < len(text) && (text[next] == ' ' || text[next] == '\t') { // folded
			next = lineEnd(text, next)
		}
		line, rest := text[:next], text[next:]
		if colon := fieldColon(line); colon > 0 {
			h.fields = append(h.fields, headerField{strings.TrimRight(line[:colon], " "), unfold(line[colon+1:])})
		} else if strings.TrimSpace(line) != "" {
			junk++
		}
		text = rest
	}
	return h, b[next:], junk
}

// lineEnd is where the line behind the one at at begins.
func lineEnd(s string, at int) int {
	if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(s)
}

// headerEnd finds the empty line behind a header, and where the body begins.
func headerEnd(b []byte) (end, body int) {
	for at := 0; at < len(b); {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			break
		}
		if n == 0 || n == 1 && b[at] == '\r' {
			return at, at + n + 1
		}
		at += n + 1
	}
	return len(b), len(b)
}

// fieldColon finds the colon behind a field's name; 0 when the line is no field.
func fieldColon[S string | []byte](line S) int {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ':':
			return i
		case c == ' ' && i > 0: // obsolete: "Subject : x" (RFC 5322, 4.5)
			if i+1 < len(line) && line[i+1] == ':' {
				return i + 1
			}
			return 0
		case c <= ' ' || c > '~':
			return 0
		}
	}
	return 0
}

// unfold makes one line of a value.
func unfold(value string) string {
	value = strings.TrimSpace(value)
	if strings.IndexByte(value, '\n') < 0 {
		return value
	}
	return lineBreaks.Replace(value)
}

var lineBreaks = strings.NewReplacer("\r\n", "", "\n", "")

// Get gives the first value of a field, on one line; "" when there is none.
func (h Header) Get(name string) string {
	for i := range h.fields {
		if f := &h.fields[i]; len(f.name) == len(name) && strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// Has says whether a field is there, be it empty.
func (h Header) Has(name string) bool {
	for i := range h.fields {
		if f := &h.fields[i]; len(f.name) == len(name) && strings.EqualFold(f.name, name) {
			return true
		}
	}
	return false
}

// All gives the values of a field that may stand several times, the first first.
func (h Header) All(name string) (all []string) {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			all = append(all, f.value)
		}
	}
	return all
}

var words = mime.WordDecoder{CharsetReader: charset.Reader}

// text decodes what a value says (RFC 2047). Bytes that are no UTF-8 are read as
// Windows-1252, which latin says.
func decodeWords(value string) (text string, latin bool) {
	if value, latin = toUTF8(value); strings.Contains(value, "=?") {
		if decoded, err := words.DecodeHeader(value); err == nil {
			value, _ = toUTF8(decoded)
		}
	}
	return strings.TrimSpace(value), latin
}

// toUTF8 reads bytes that are UTF-8, or else Windows-1252.
func toUTF8(s string) (text string, latin bool) {
	if utf8.ValidString(s) {
		return s, false
	}
	if wide, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
		return wide, true
	}
	return strings.ToValidUTF8(s, "\uFFFD"), true
}

// ids takes message ids out of a field: what stands between < and >, or else the
// first word.
func ids(value string) (all []string) {
	for rest := value; ; {
		open := strings.IndexByte(rest, '<')
		if open < 0 {
			break
		}
		id, behind, closed := strings.Cut(rest[open+1:], ">")
		if !closed {
			break
		}
		if strings.ContainsAny(id, " \t\r\n") {
			id = strings.Join(strings.Fields(id), "")
		}
		if id != "" {
			all = append(all, id)
		}
		rest = behind
	}
	if len(all) > 0 {
		return all
	}
	for word := range strings.FieldsSeq(value) {
		if id := strings.Trim(word, "<>"); id != "" {
			return []string{id}
		}
		break
	}
	return nil
}
