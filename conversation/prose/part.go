package prose

import "strings"

// PartKind says whose words a part of a message is, and of what sort.
type PartKind uint8

// The kinds of parts.
const (
	Own       PartKind = iota // the author's own words
	Code                      // a code block or an inline piece of code
	Quote                     // somebody else's words, with the line that introduces them
	Forward                   // a forwarded or answered mail, from its headers to the end
	Signature                 // what follows "-- ", or "Sent from my phone"
)

var partNames = [...]string{"own", "code", "quote", "forward", "signature"}

// String gives the kind's name.
func (k PartKind) String() string {
	if int(k) < len(partNames) {
		return partNames[k]
	}
	return "unknown"
}

// Part is a stretch of a message. The parts of a message follow each other without holes.
type Part struct {
	Start, End int // byte offsets
	Kind       PartKind
}

// Parts appends to dst the parts of text in order: together they are the whole text, and two neighbours differ in kind.
// Recognised: "> " lines, "On … wrote:", « Le … a écrit : », headers of forwarded and answered mail, [quote] and
// [code] of forums, <blockquote>, <pre> and <code>, Markdown's ``` ~~~ and `code`, lines that are bare code, "-- " before a
// signature. An opening
// without its closing runs to the end, except inline code.
func Parts(dst []Part, text string) []Part {
	p := parter{text: text, parts: dst, from: len(dst)}
	for p.at < len(text) {
		p.line()
	}
	return p.parts
}

// parter walks through a message by lines.
type parter struct {
	text  string
	parts []Part
	from  int // parts before from are the caller's
	at    int // all before at is told
}

// add tells that the text from where it stands to end is of kind k.
func (p *parter) add(end int, k PartKind) {
	if end <= p.at {
		return
	}
	if n := len(p.parts); n > p.from && p.parts[n-1].Kind == k {
		p.parts[n-1].End = end
	} else {
		p.parts = append(p.parts, Part{p.at, end, k})
	}
	p.at = end
}

// line reads one line, or the block that it opens.
func (p *parter) line() {
	end := lineEnd(p.text, p.at)
	line := strings.TrimSpace(p.text[p.at:end])
	switch {
	case line == "":
		p.add(end, p.blank())
	case line[0] == '>' || strings.HasPrefix(line, "&gt;"):
		p.add(end, Quote)
	case strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~"):
		p.fence(end, line[:3])
	case line == "--" || sentFrom(line):
		p.add(len(p.text), Signature)
	case forwarded(line) || p.headers(line):
		p.add(len(p.text), Forward)
	case programmed(line):
		p.add(end, Code)
	case introduces(line):
		p.introduced(end)
	case p.wrapped(line, end):
		p.introduced(lineEnd(p.text, end))
	default:
		p.inside(end)
	}
}

// blank gives the kind of an empty line: that of what it follows.
func (p *parter) blank() PartKind {
	if n := len(p.parts); n > p.from && p.parts[n-1].Kind == Quote {
		return Quote
	}
	return Own
}

// fence reads a fenced block to its closing line.
func (p *parter) fence(end int, mark string) {
	for end < len(p.text) {
		next := lineEnd(p.text, end)
		closing := strings.HasPrefix(strings.TrimSpace(p.text[end:next]), mark)
		end = next
		if closing {
			break
		}
	}
	p.add(end, Code)
}

// introduced reads what follows a line such as "On Monday Ana wrote:". When "> " lines follow they say where the quote
// ends; otherwise all the rest is the quoted mail.
func (p *parter) introduced(end int) {
	rest := strings.TrimLeft(p.text[end:], " \t\r\n")
	if strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "&gt;") || strings.HasPrefix(rest, "[quote") {
		p.add(end, Quote)
		return
	}
	p.add(len(p.text), Forward)
}

// wrapped tells whether a line and the next one together introduce a quote, as mail programs fold long lines.
func (p *parter) wrapped(line string, end int) bool {
	if !strings.HasPrefix(line, "On ") && !strings.HasPrefix(line, "Le ") || end >= len(p.text) {
		return false
	}
	next := strings.TrimSpace(p.text[end:lineEnd(p.text, end)])
	return len(line) < 120 && len(next) < 120 && introduces(line+" "+next)
}

// introduces tells whether a line is "On … wrote:" or « Le … a écrit : ».
func introduces(line string) bool {
	if len(line) > 240 || !strings.HasSuffix(line, ":") {
		return false
	}
	line = strings.TrimRight(line[:len(line)-1], " \u00a0\u202f")
	return strings.HasSuffix(line, " wrote") || strings.HasSuffix(line, " a écrit") || strings.HasSuffix(line, " a ecrit")
}

// forwarded tells whether a line announces a forwarded or an answered mail.
func forwarded(line string) bool {
	if strings.HasPrefix(line, "Begin forwarded message") || strings.HasPrefix(line, "Début du message") {
		return true
	}
	if !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "___") {
		return false
	}
	line = strings.ToLower(strings.Trim(line, "-_ \u00a0"))
	switch line {
	case "forwarded message", "original message", "message transféré", "message transmis", "message d'origine", "message original", "forwarded by":
		return true
	}
	return false
}

// programmed tells whether a line that nothing frames is a piece of a program: people paste code into mail and forums as it
// is. It ends in ; { or } and holds signs that prose has no use for, or begins as C's directives and comments do.
func programmed(line string) bool {
	switch line[len(line)-1] {
	case ';', '{', '}':
		return len(line) == 1 || strings.ContainsAny(line, "(={}[") && !strings.HasSuffix(line, " ;")
	}
	return strings.HasPrefix(line, "#define ") || strings.HasPrefix(line, "#include ") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "/*")
}

// headers tells whether the header block of a mail begins here: From:, then at least two more header lines.
func (p *parter) headers(line string) bool {
	if header(line) != "from" {
		return false
	}
	at, count := lineEnd(p.text, p.at), 0
	for range 5 {
		end := lineEnd(p.text, at)
		if header(strings.TrimSpace(p.text[at:end])) != "" {
			count++
		}
		at = end
	}
	return count >= 2
}

// header names the mail header that a line is: "from", "other" or "".
func header(line string) string {
	name, _, ok := strings.Cut(line, ":")
	if !ok || len(name) > 12 {
		return ""
	}
	switch strings.ToLower(strings.Trim(name, "* \u00a0")) {
	case "from", "de", "expéditeur":
		return "from"
	case "to", "à", "a", "cc", "sent", "date", "subject", "envoyé", "objet", "sujet", "destinataire":
		return "other"
	}
	return ""
}

// sentFrom tells whether a line is the signature that a phone adds.
func sentFrom(line string) bool {
	return len(line) < 80 && (strings.HasPrefix(line, "Sent from my ") || strings.HasPrefix(line, "Envoyé de mon ") ||
		strings.HasPrefix(line, "Envoyé depuis mon ") || strings.HasPrefix(line, "Sent from Yahoo") || strings.HasPrefix(line, "Get Outlook for "))
}

// lineEnd gives the place just after the line that holds at.
func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(text)
}
