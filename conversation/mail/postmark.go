package mail

import (
	"bytes"
	"strings"
	"unicode"
)

// postmark takes apart the line before each mail of a mailbox: "From ", whom it
// came from, and a date as asctime writes it (RFC 4155 and its ancestors),
// perhaps with a zone, perhaps as mail writes dates. ok is false when the line
// doesn't end in a date.
func postmark(line []byte) (from, stamp string, ok bool) {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return "", "", false
	}
	text := strings.TrimSpace(string(line[len("From "):]))
	if n := len(text) - len("Mon Mar  2 09:00:00 2026"); n > 0 && text[n-1] == ' ' && isWeekday(text[n:]) { // as most are
		if _, ok := ctime(text[n:]); ok {
			return strings.TrimSpace(text[:n]), text[n:], true
		}
	}
	if i := strings.Index(text, " remote from "); i > 0 { // UUCP
		text = text[:i]
	}
	for i := 0; i+3 < len(text); i++ {
		if (i == 0 || text[i-1] == ' ') && isWeekday(text[i:]) && isDate(text[i+3:]) {
			return strings.TrimSpace(text[:i]), text[i:], true
		}
	}
	return text, "", false
}

func isWeekday(s string) bool {
	switch s[:3] {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun":
		return true
	}
	return false
}

// isDate is true for what stands behind the weekday: month, day, clock and year
// in any order, zones among them, and nothing else.
func isDate(s string) bool {
	var month, hour, figures int
	for word := range strings.FieldsSeq(strings.TrimPrefix(s, ",")) {
		switch {
		case monthOf(word) != 0:
			month++
		case strings.Count(word, ":") > 0:
			if _, _, _, ok := clock(word); !ok {
				return false
			}
			hour++
		case word[0] == '+' || word[0] == '-':
			if _, ok := number(word[1:], 4, 4); !ok {
				return false
			}
		case isFigures(word):
			figures++
		case len(word) > 5 || strings.ToUpper(word) != word: // a zone's name
			return false
		}
	}
	return month == 1 && hour == 1 && figures == 2
}

func isFigures(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}

// isPatch is true for the line that git writes before each patch: a commit's name
// and always the same date (git-format-patch). In a mail's text it opens no mail.
func isPatch(from, stamp string) bool {
	if !strings.HasPrefix(stamp, "Mon Sep 17 00:00:00 2001") || len(from) != 40 && len(from) != 64 {
		return false
	}
	return !strings.ContainsFunc(from, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) })
}

// opensMail tells the line before a mail from a sentence that begins with From.
// after is what follows it, blank whether it stands behind an empty line. With a
// date there must be a header behind it, or nothing; without, the line must be no
// more than an address and the header whole.
func opensMail(line, after []byte, blank bool) (stamp string, ok bool) {
	from, stamp, dated := postmark(line)
	if dated {
		first, _, _ := bytes.Cut(after, []byte("\n"))
		empty := len(bytes.TrimSpace(first)) == 0
		return stamp, !isPatch(from, stamp) && (hasKnownField(after) || blank && empty)
	}
	if !blank || strings.ContainsAny(from, " \t") || from != "-" && !strings.Contains(from, "@") && !strings.EqualFold(from, "MAILER-DAEMON") {
		return "", false
	}
	return "", isWholeHeader(after)
}

// hasKnownField is true when fields follow, one of which every mail has, or a
// program that keeps mail writes. The text may end in the middle.
func hasKnownField(text []byte) bool {
	for n := 0; ; n++ {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 || !more {
			return fieldColon(line) > 0 && isKnownField(line)
		}
		if n == 0 && line[0] == '>' && bytes.HasPrefix(line, []byte(">From ")) {
			text = rest
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			colon := fieldColon(line)
			if colon == 0 && n == 0 {
				return false
			}
			if colon > 0 && isKnownField(line) {
				return true
			}
		}
		text = rest
	}
}

// isWholeHeader is true when a header follows that says from whom and when or by
// which name, and holds nothing but fields.
func isWholeHeader(text []byte) bool {
	from, when := false, false
	for len(text) > 0 {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if line[0] != ' ' && line[0] != '\t' {
			colon := fieldColon(line)
			if colon == 0 {
				if more {
					return false
				}
				break
			}
			switch strings.ToLower(strings.TrimSpace(string(line[:colon]))) {
			case "from", "return-path":
				from = true
			case "date", "message-id", "received":
				when = true
			}
		}
		text = rest
	}
	return from && when
}

// isKnownField is true for fields that mails have, or get in a mailbox, and that
// people don't write into a form, as they do Subject and To.
func isKnownField(line []byte) bool {
	name, _, _ := bytes.Cut(line, []byte(":"))
	switch strings.ToLower(string(bytes.TrimSpace(name))) {
	case "from", "date", "message-id", "received", "return-path", "delivered-to", "mime-version", "content-type", "status", "x-status",
		"x-mozilla-status", "x-gm-thrid", "x-gmail-labels", "x-uid", "x-keywords", "content-length", "in-reply-to", "sender", "x-original-to", "envelope-to",
		"dkim-signature", "list-id", "x-from-line":
		return true
	}
	return false
}

// isHeader is true when a text opens with header fields, one of them a field
// that every mail has. The text may end in the middle of a line.
func isHeader(text []byte) bool {
	known := false
	for n := 0; ; n++ {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 || (n > 0 && !more && fieldColon(line) == 0) {
			return known
		}
		if n == 0 || (line[0] != ' ' && line[0] != '\t') {
			if fieldColon(line) == 0 {
				return false
			}
			known = known || isUsualField(line)
		}
		text = rest
	}
}

// isUsualField is true for a field that every mail has.
func isUsualField(line []byte) bool {
	name, _, _ := bytes.Cut(line, []byte(":"))
	switch strings.ToLower(string(bytes.TrimSpace(name))) {
	case "from", "date", "message-id", "received", "return-path", "subject", "delivered-to":
		return true
	}
	return false
}
