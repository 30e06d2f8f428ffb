package prose

import (
	"strings"

	"github.com/entregent/entregent/conversation/quote"
)

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
// Recognised: what package quote knows ("> " lines, "On … wrote:", headers of forwarded and answered mail, lines to reply
// above, in nine languages and more), [quote] and [code] of forums, <blockquote>, <pre> and <code>, Markdown's ``` ~~~ and `code`, lines that are bare code, "-- " before a
// signature. An opening
// without its closing runs to the end, except inline code.
func Parts(dst []Part, text string) []Part {
	p := parter{text: text, parts: dst, from: len(dst), copied: quote.Of(text)}
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

	copied quote.Text
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
	case p.copy():
	case programmed(line):
		p.add(end, Code)
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

// copy reads what a program copied, where it begins here.
func (p *parter) copy() bool {
	k, n := p.copied.At(p.at)
	switch k {
	case quote.Rest:
		p.add(len(p.text), Forward)
	case quote.Above:
		if p.said() {
			p.add(len(p.text), Forward)
		} else { // a help desk's own mail: its words stand below
			p.add(p.at+n, Quote)
		}
	case quote.Intro:
		p.introduced(p.at + n)
	case quote.Weak:
		if rest := strings.TrimLeft(p.text[p.at+n:], " \t\r\n"); !wrote(p.text[p.at:p.at+n]) && !quoted(rest) {
			return false
		}
		p.introduced(p.at + n)
	default:
		return false
	}
	return true
}

// said tells whether the author said something before.
func (p *parter) said() bool {
	for _, k := range p.parts[p.from:] {
		if k.Kind == Own && strings.TrimSpace(p.text[k.Start:k.End]) != "" {
			return true
		}
	}
	return false
}

// wrote tells whether a line ends in the two commonest introductions of a quote, which need no date.
func wrote(line string) bool {
	line = strings.TrimRight(line, ": \u00a0\u202f\r\n")
	return strings.HasSuffix(line, " wrote") || strings.HasSuffix(line, " a écrit") || strings.HasSuffix(line, " a ecrit")
}

func quoted(rest string) bool {
	return strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "&gt;") || strings.HasPrefix(rest, "[quote")
}

// introduced reads what follows a line such as "On Monday Ana wrote:". When "> " lines follow they say where the quote
// ends; otherwise all the rest is the quoted mail.
func (p *parter) introduced(end int) {
	rest := strings.TrimLeft(p.text[end:], " \t\r\n")
	if quoted(rest) {
		p.add(end, Quote)
		return
	}
	p.add(len(p.text), Forward)
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
