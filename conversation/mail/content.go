package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"

	"github.com/emersion/go-message/charset"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

// contentType is what a Content-Type field says (RFC 2045, 5).
type contentType struct {
	kind   string // lower case: text/plain
	params map[string]string
}

var (
	plainText = contentType{kind: "text/plain"}
	utf8Text  = contentType{kind: "text/plain", params: map[string]string{"charset": "utf-8"}} // never written to
)

// typeOf reads a Content-Type. What the standard library can't read (a boundary
// with = outside of quotes, a parameter twice, a missing ;) a more forgiving
// parser reads; what neither can is plain text.
func typeOf(value string) (t contentType, ok bool) {
	switch value {
	case "", "text/plain":
		return plainText, true
	case "text/plain; charset=utf-8", "text/plain; charset=UTF-8", `text/plain; charset="utf-8"`, `text/plain; charset="UTF-8"`, "text/plain; charset=us-ascii":
		return utf8Text, true
	}
	if kind, params, err := mime.ParseMediaType(value); err == nil && strings.Contains(kind, "/") {
		return contentType{kind, params}, true
	}
	kind, params, _, err := mediatype.Parse(separated(value))
	switch {
	case err == nil && (kind == "text" || kind == "plain"):
		return contentType{"text/plain", params}, true
	case err != nil || !strings.Contains(kind, "/"):
		return plainText, false
	}
	return contentType{strings.ToLower(kind), params}, true
}

// separated puts a ; behind the type where a space or a comma stands for it.
func separated(value string) string {
	value = strings.TrimSpace(value)
	end := strings.IndexAny(value, " \t,;")
	if end < 0 || value[end] == ';' || !strings.Contains(value[:end], "/") {
		return value
	}
	if rest := strings.TrimLeft(value[end:], " \t,"); !strings.HasPrefix(rest, ";") {
		return value[:end] + "; " + rest
	}
	return value
}

// encoding is a Content-Transfer-Encoding's name as RFC 2045 spells it, from how
// programs write it: "quoted printable", "QUOTED-PRINTABLE;", "8bits", "base64;
// charset=…", in quotes.
func encoding(value string) string {
	switch value {
	case "", "7bit", "8bit":
		return ""
	case "quoted-printable", "base64":
		return value
	}
	value, _, _ = strings.Cut(strings.ToLower(value), ";")
	value, _, _ = strings.Cut(value, "(")
	value = strings.Trim(value, " \t\"'<>.,")
	switch signs.Replace(value) {
	case "quotedprintable", "qp", "quoted":
		return "quoted-printable"
	case "base64", "b64", "base":
		return "base64"
	case "", "7bit", "7bits", "8bit", "8bits", "binary", "none", "7", "8", "plain", "ascii", "utf8", "usascii", "quotedprintable8bit", "iso88591":
		return ""
	}
	return value
}

var signs = strings.NewReplacer("-", "", " ", "", "_", "", ".", "", "+", "")

// decode undoes a transfer encoding. The fault says what kept it from being
// decoded to its end; what came before is there.
func decode(body []byte, name string) (text []byte, fault string) {
	switch name {
	case "":
		return body, ""
	case "quoted-printable":
		return unquote(body)
	case "base64":
		return unbase(body)
	}
	return body, "unhandled encoding " + clip(name) + ": the text was read as it stands"
}

// unquote decodes quoted-printable (RFC 2045, 6.7). What is no code stands.
func unquote(body []byte) (text []byte, fault string) {
	if bytes.IndexByte(body, '=') < 0 {
		return body, ""
	}
	text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
	if err == nil {
		return text, ""
	}
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '=' {
			out = append(out, body[i])
			continue
		}
		rest := body[i+1:]
		switch hi, lo := hexAt(rest, 0), hexAt(rest, 1); {
		case hi >= 0 && lo >= 0:
			out = append(out, byte(hi<<4|lo))
			i += 2
		case bytes.HasPrefix(rest, []byte("\n")):
			i++
		case bytes.HasPrefix(rest, []byte("\r\n")):
			i += 2
		case len(rest) > 0:
			out = append(out, '=')
		}
	}
	return out, ""
}

func hexAt(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch c := b[i]; {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// unbase decodes base64, over what is none of its letters, and told so.
func unbase(body []byte) (text []byte, fault string) {
	letters := make([]byte, 0, len(body))
	for _, c := range body {
		switch {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '+', c == '/':
			letters = append(letters, c)
		case c > ' ' && c != '=':
			fault = "the text isn't all base64: what isn't was left out"
		}
	}
	letters = letters[:len(letters)-len(letters)%4+[...]int{0, 0, 2, 3}[len(letters)%4]]
	text = make([]byte, base64.RawStdEncoding.DecodedLen(len(letters)))
	n, _ := base64.RawStdEncoding.Decode(text, letters)
	return text[:n], fault
}

// letters decodes bytes in the charset they claim. What claims to be Latin-1 is
// often UTF-8, and what claims UTF-8 or nothing may be Latin-1: bytes that are
// UTF-8 are read as such, others as Windows-1252, which latin says when they
// claimed something else.
func letters(b []byte, name string) (text string, latin bool, fault string) {
	name = strings.ToLower(strings.Trim(name, " \"'"))
	switch name {
	case "iso-8859-1", "latin1", "windows-1252", "cp1252", "iso-8859-15", "latin-1", "iso8859-1":
		text, _ = toUTF8(string(b))
		if name == "iso-8859-15" && text != string(b) {
			text = strings.ReplaceAll(text, "¤", "€")
		}
		return text, false, ""
	case "us-ascii", "ascii", "ansi_x3.4-1968", "utf-8", "utf8", "unknown-8bit", "x-unknown", "":
		text, latin = toUTF8(string(b))
		return text, latin, ""
	}
	in, err := charset.Reader(name, bytes.NewReader(b))
	if err != nil {
		text, latin = toUTF8(string(b))
		return text, latin, "unknown charset " + clip(name) + ": the text was read as it stands"
	}
	wide, err := io.ReadAll(in)
	if err != nil {
		fault = "the text can't be read to its end (" + err.Error() + "): what came before was read"
	}
	text, latin = toUTF8(string(wide))
	return text, latin, fault
}

// parts cuts a multipart's body at its boundary (RFC 2046, 5.1.1). cut is true
// when the last part has no end.
func parts(body []byte, boundary string) (all [][]byte, cut bool) {
	mark := []byte("--" + boundary)
	start, open := 0, false
	for at := 0; at < len(body); {
		end, next := lineAt(body, at)
		if line := bytes.TrimRight(body[at:end], " \t\r"); bytes.HasPrefix(line, mark) {
			last := bytes.Equal(line[len(mark):], []byte("--"))
			if last || len(line) == len(mark) {
				if open {
					all = append(all, body[start:partEnd(body, start, at)])
				}
				if last {
					return all, false
				}
				start, open = next, true
			}
		}
		at = seek(body, next, mark)
	}
	if open {
		all = append(all, body[start:])
	}
	return all, true
}

// seek finds the next line that begins with mark, from the line at at on.
func seek(body []byte, at int, mark []byte) int {
	for at < len(body) {
		if bytes.HasPrefix(body[at:], mark) {
			return at
		}
		n := bytes.Index(body[at:], mark)
		if n < 0 {
			return len(body)
		}
		if at += n; body[at-1] == '\n' {
			return at
		}
		at++
	}
	return len(body)
}

// partEnd leaves out the line break that belongs to the boundary behind a part.
func partEnd(body []byte, start, end int) int {
	if end > start && body[end-1] == '\n' {
		end--
	}
	if end > start && body[end-1] == '\r' {
		end--
	}
	return end
}

func lineAt(b []byte, at int) (end, next int) {
	if n := bytes.IndexByte(b[at:], '\n'); n >= 0 {
		return at + n, at + n + 1
	}
	return len(b), len(b)
}

// anyBoundary finds the boundary that a multipart was cut by, where its header
// doesn't say, or says another: the first line of -- that a part's header follows.
func anyBoundary(body []byte) string {
	for at := 0; at < len(body); {
		end, next := lineAt(body, at)
		line := bytes.TrimRight(body[at:end], " \t\r")
		if len(line) > 2 && bytes.HasPrefix(line, []byte("--")) && len(line) < 200 && len(body)-next > 8 && bytes.EqualFold(body[next:next+8], []byte("content-")) {
			return string(line[2:])
		}
		at = next
	}
	return ""
}

// clip quotes what was found, shortened to what fits a line.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + s + `"`
}
