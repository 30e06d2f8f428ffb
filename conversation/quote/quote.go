// Package quote tells an author's own words from what their program copied below
// or between them: quoted mails, the lines that introduce these, headers of mails
// answered or passed on, the lines above which help desks ask to reply.
//
// What programs write was taken from mails of Outlook, Outlook on the web, Apple
// Mail, Gmail, Thunderbird, Yahoo, Zoho, Yandex, Mail.ru, Notes, Zimbra, Horde,
// Zendesk, Freshdesk, Help Scout, HubSpot and Jira, in English, French, German,
// Dutch, Spanish, Italian, Portuguese, and, for the commonest forms, Swedish,
// Danish, Norwegian, Finnish, Polish and Russian.
package quote

import "strings"

// Kind says what begins at a line.
type Kind uint8

// The kinds. An Intro may be doubted where no date and no address stands in it:
// Weak is one only when lines that begin with > follow.
const (
	None  Kind = iota // the author's own line
	Intro             // the line or lines that say who wrote what follows
	Weak              // the same, perhaps
	Rest              // all from here on is copied
	Above             // "reply above this line": what follows is copied, unless nothing stands above
)

// Text is a text to be looked at line by line.
type Text struct {
	s     string
	above bool // it may hold a line to reply above
}

// Of prepares a text.
func Of(s string) Text { return Text{s, mayReplyAbove(s)} }

// At says what the line that begins at byte i opens, and the length in bytes of
// what says so, line breaks included: of the introduction, or the first line of
// what is copied.
func (t Text) At(i int) (k Kind, n int) {
	line, end := lineAt(t.s, i)
	if line == "" || len(line) > 400 {
		return None, 0
	}
	switch c := line[0]; {
	case c == '-' || c == '_' || c == '=' || c == '*' || c == '#' || c == 0xE2 || c == '~':
		if k, n := t.framed(i, line, end); k != None {
			return k, n
		}
	}
	switch {
	case t.above && isReplyAbove(line):
		return Above, end - i
	case t.isHeader(i, line), t.isNotes(line, end), announces(line):
		return Rest, end - i
	}
	return t.intro(i, line, end)
}

// Own takes out of a text what its author didn't write, and counts those lines.
// When nothing else is there, everything stays.
func Own(text string) (own string, lines int) {
	if !suspicious(text) {
		return text, 0
	}
	t := Of(text)
	var b strings.Builder
	b.Grow(len(text))
	said := false // something of their own stands above
	for i := 0; i < len(text); {
		line, end := lineAt(text, i)
		n, copied := t.copied(i, line, end, said)
		switch {
		case copied:
			lines += countLines(text[i : i+n])
			i += n
			continue
		case line != "":
			said = true
		}
		b.WriteString(text[i:end])
		i = end
	}
	if own = b.String(); strings.TrimSpace(own) == "" {
		return text, 0
	}
	return own, lines
}

// copied says whether what begins at i is not the author's, and its length.
func (t Text) copied(i int, line string, end int, said bool) (n int, ok bool) {
	if isQuoted(line) {
		return end - i, true
	}
	k, n := t.At(i)
	switch {
	case k == None:
		return len(t.s) - i, t.isFooter(i, line, end)
	case (k == Intro || k == Weak) && isQuoted(strings.TrimLeft(t.s[i+n:], " \t\r\n")):
		return n, true
	case k == Weak:
		return 0, false
	case k == Above && !said: // a help desk's own mail: its words stand below
		return n, true
	}
	return len(t.s) - i, true
}

// suspicious is false for texts in which nothing can be copied: all that is copied
// is announced by one of these, or by a line that asks to reply above it.
func suspicious(text string) bool {
	return strings.IndexByte(text, '>') >= 0 || strings.IndexByte(text, ':') >= 0 || strings.IndexByte(text, '@') >= 0 || strings.IndexByte(text, '_') >= 0 ||
		strings.Contains(text, "--") || strings.Contains(text, "：") || strings.Contains(text, " wrote") || mayReplyAbove(text)
}

// isQuoted is true for a line that opens with >.
func isQuoted(line string) bool { return line != "" && line[0] == '>' }

// isFooter is true for what a list's machine appends to each mail.
func (t Text) isFooter(i int, line string, end int) bool {
	if len(line) < 2 || line[0] != '_' && line[0] != '-' && line[0] != '=' || len(t.s)-end > 1200 {
		return false
	}
	bare := strings.Trim(line, "_-= \t")
	rest := t.s[end:]
	switch {
	case bare != "" || strings.Count(rest, "\n") > 8:
		return false
	case line[0] == '_' && len(line) >= 30:
		rest = strings.ToLower(rest)
		return strings.Contains(rest, "mailing list") || strings.Contains(rest, "listinfo") || strings.Contains(rest, "liste de diffusion") ||
			strings.Contains(rest, "mailingliste") || strings.Contains(rest, "lista de correo") || strings.Contains(rest, "list --")
	case line == "--" || len(line) > 20:
		return strings.HasPrefix(rest, "You received this message because you are subscribed to the Google Group") || strings.HasPrefix(rest, "Groups.io Links:") ||
			strings.HasPrefix(rest, "Vous recevez ce message, car vous êtes abonné") || strings.HasPrefix(rest, "To unsubscribe from this group")
	}
	return false
}

// lineAt is the line that begins at i, without the spaces around it, and where the
// next begins.
func lineAt(s string, i int) (line string, next int) {
	end := strings.IndexByte(s[i:], '\n')
	if end < 0 {
		return trim(s[i:]), len(s)
	}
	return trim(s[i : i+end]), i + end + 1
}

// trim takes spaces off both ends, those of French typography too.
func trim(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	if len(s) > 1 && (s[0] >= 0xC2 || s[len(s)-1] >= 0x80) {
		return strings.Trim(s, " \t\r\u00a0\u202f\u200b\u2007\ufeff\u200e\u200f")
	}
	return s
}

func countLines(s string) int {
	n := strings.Count(s, "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		n++
	}
	return n
}
