package conversation

import (
	"regexp"
	"strings"
)

// withoutQuotes takes out of a mail's text what somebody else wrote: lines that
// open with >, the line that introduces them, the mail that Outlook copies
// below its own, a list's footer. When nothing else is there, everything stays.
func withoutQuotes(text string) (own string, quoted int) {
	lines := strings.Split(text, "\n")
	kept := make([]string, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case strings.HasPrefix(strings.TrimLeft(line, " "), ">"):
			for n := introduced(kept); n > 0; n-- {
				kept = kept[:len(kept)-1]
				quoted++
			}
			quoted++
			continue
		case isCopied(lines[i:]):
			quoted += len(lines) - i
			i = len(lines)
			continue
		}
		kept = append(kept, line)
	}
	own = strings.Join(kept, "\n")
	if strings.TrimSpace(own) == "" {
		return text, 0
	}
	return own, quoted
}

var (
	copied     = regexp.MustCompile(`^-{2,} ?(?i:Original Message|Message d['’]origine|Message original|Original-Nachricht) ?-{2,}\s*$`)
	introduces = regexp.MustCompile(`(?i)^(On|Le|Am|El|Il)\b.*(wrote|writes|a écrit|schrieb|escribió|ha scritto)\s*:$`)
	underscore = regexp.MustCompile(`^_{30,}\s*$`)
	copiedFrom = regexp.MustCompile(`^\*?(From|De)\s?:\*? `)
	copiedSent = regexp.MustCompile(`^\*?(Sent|Date|Envoyé|To|À)\s?:\*? `)
)

// isCopied is true where a program begins to add what nobody wrote here.
func isCopied(lines []string) bool {
	if lines[0] == "" {
		return false
	}
	switch lines[0][0] {
	case '-':
		return copied.MatchString(lines[0])
	case '_':
		return isFooter(lines)
	case '*', 'F', 'D':
		return isCopiedHeader(lines)
	}
	return false
}

// introduced counts the lines at the end that introduce a quotation: one, or
// two when it was wrapped, and the empty ones behind it.
func introduced(lines []string) int {
	n := len(lines)
	for n > 0 && strings.TrimSpace(lines[n-1]) == "" {
		n--
	}
	for wrapped := 1; wrapped <= 3 && wrapped <= n; wrapped++ {
		line := strings.Join(strings.Fields(strings.Join(lines[n-wrapped:n], " ")), " ")
		if len(line) < 400 && introduces.MatchString(line) {
			return len(lines) - n + wrapped
		}
	}
	return 0
}

// isFooter is true for what a list's machine appends to each mail.
func isFooter(lines []string) bool {
	if !underscore.MatchString(lines[0]) || len(lines) < 2 || len(lines) > 8 {
		return false
	}
	rest := strings.ToLower(strings.Join(lines[1:], " "))
	return strings.Contains(rest, "mailing list") || strings.Contains(rest, "listinfo") || strings.Contains(rest, "liste de diffusion")
}

// isCopiedHeader is true where Outlook begins the mail it answers: From, Sent, To.
func isCopiedHeader(lines []string) bool {
	return len(lines) > 2 && copiedFrom.MatchString(lines[0]) && copiedSent.MatchString(lines[1])
}
