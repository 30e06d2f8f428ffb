package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// verbs say, in an introduction, that somebody wrote: at its end, or before who
// did. In lower case.
var verbs = []string{"wrote", "writes", "a écrit", "a ecrit", "écrit", "schrieb", "schreibt", "hat geschrieben", "geschrieben", "schreef", "geschreven", "heeft geschreven", "het volgende geschreven",
	"escribió", "escribio", "ha escrito", "ha scritto", "scrisse", "scrive", "escreveu", "escreveram", "skrev", "napisał", "napisała", "napisał(a)", "napsal", "napsal(a)", "kirjoitti", "написал", "написала", "написал(а)", "пишет", "yazdı", "írta", "a scris", "replied", "commented", "a répondu", "antwortete"}

// openers begin an introduction that names the date first: On, Le, Am, Op, El, Il,
// Em, Den, W dniu …
var openers = []string{"on ", "le ", "am ", "um ", "op ", "el ", "il ", "em ", "den ", "d. ", "dnia ", "w dniu ", "no dia ", "il giorno ", "pe ", "a ", "в ", "on:", "fri,", "mon,", "tue,", "wed,", "thu,", "sat,", "sun,"}

// quoting begin an introduction that names the person alone (Horde, mutt).
var quoting = []string{"quoting ", "zitat von ", "citando ", "citando a ", "selon ", "citat från ", "citazione di ", "citeren "}

// longest is how many bytes an introduction may have, when its lines are joined.
const longest = 300

// intro reads an introduction of one to three lines, as programs fold them.
func (t Text) intro(i int, line string, end int) (k Kind, n int) {
	if last := line[len(line)-1]; last != ':' && last != 0x9A && !mayFold(line) && !endsAsVerb(line) { // 0x9A ends ：
		return None, 0
	}
	joined := line
	for range 3 {
		if k := introduces(joined); k != None {
			return k, end - i
		}
		if end >= len(t.s) || !mayFold(line) {
			break
		}
		var more string
		more, end = lineAt(t.s, end)
		if more == "" || isQuoted(more) || len(joined)+len(more) > longest {
			break
		}
		joined += " " + more
	}
	return None, 0
}

// mayFold is true for a line that may be the first of an introduction: it begins
// with an opener, a date or a name in quotes, or holds an address.
func mayFold(line string) bool {
	c := line[0]
	switch {
	case '0' <= c && c <= '9' || c == '"' || c == '\'':
		return true
	case strings.IndexByte(line, '@') > 0 || strings.IndexByte(line, '<') > 0:
		return true
	}
	return opens(line)
}

func opens(line string) bool {
	space := strings.IndexByte(line, ' ')
	if space < 1 || space > 8 {
		return false
	}
	low := strings.ToLower(line[:min(len(line), 24)])
	for _, o := range openers {
		if strings.HasPrefix(low, o) {
			return true
		}
	}
	return false
}

// endsAsVerb is true for lines that end in the commonest verbs, without a colon.
func endsAsVerb(line string) bool {
	for _, v := range [...]string{" wrote", " a écrit", " schrieb", " schreef", " escribió", " ha scritto", " escreveu"} {
		if strings.HasSuffix(line, v) {
			return true
		}
	}
	return false
}

// introduces says whether a line is "On …, Ana wrote:" or one of its relatives.
func introduces(line string) Kind {
	if len(line) > longest {
		return None
	}
	body := strings.TrimRight(line, " \u00a0\u202f")
	said, colon := strings.CutSuffix(body, ":")
	if !colon {
		said, colon = strings.CutSuffix(body, "：")
	}
	said = strings.TrimRight(said, " \u00a0\u202f")
	if !colon && !endsAsVerb(said) {
		return None
	}
	said = strings.ToLower(said)
	at, end := verb(said)
	dated, addressed, opener := hasDate(said), hasAddress(said), opens(said)
	switch {
	case at < 0:
		return nameless(said, colon, dated, addressed)
	case end == len(said):
		return ended(said[:at], colon, dated, addressed, opener)
	case !colon:
		return None
	}
	// the verb before who wrote, or before when
	tail := strings.Fields(said[end:])
	switch {
	case addressed && (dated || opener), opener && dated && at > 0 && hasDate(said[:at]) && len(tail) <= 5:
		return Intro
	case hasDate(said[end:]) && len(strings.Fields(said[:at])) <= 6 && len(tail) > 0 && isOpener(tail[0]):
		return Intro
	}
	return None
}

// ended judges an introduction that ends in its verb, before which head stands.
func ended(head string, colon, dated, addressed, opener bool) Kind {
	words := strings.Fields(head)
	if len(words) == 0 {
		return None
	}
	switch words[len(words)-1] {
	case "you", "i", "we", "they", "who", "tu", "vous", "je", "ich", "sie", "yo":
		if !addressed {
			return Weak
		}
	}
	switch {
	case (dated || addressed) && (colon || opener):
		return Intro
	case colon && opener:
		return Intro
	case colon:
		return Weak
	}
	return None
}

// nameless judges a line without a verb: a date, a name, an address and a colon
// (Gmail of old, Yandex, Mail.ru), or somebody quoted by name.
func nameless(said string, colon, dated, addressed bool) Kind {
	if !colon || !addressed {
		return None
	}
	for _, q := range quoting {
		if strings.HasPrefix(said, q) {
			return Intro
		}
	}
	if dated && (strings.HasSuffix(said, ">") || strings.HasSuffix(said, ")")) && hasClock(said) {
		return Intro
	}
	return None
}

func isOpener(word string) bool {
	switch word {
	case "on", "le", "am", "op", "el", "il", "em", "den", "at", "à", "um", "dnia", "w":
		return true
	}
	return false
}

// verb finds the last verb of writing, as a word of its own.
func verb(low string) (at, end int) {
	at = -1
	for _, v := range verbs {
		i := strings.LastIndex(low, v)
		if i < 0 || i+len(v) < end || i+len(v) == end && i >= at && at >= 0 {
			continue
		}
		if i > 0 && !boundary(low[:i], true) || i+len(v) < len(low) && !boundary(low[i+len(v):], false) {
			continue
		}
		at, end = i, i+len(v)
	}
	return at, end
}

// boundary is true where no letter stands at the end, or the start, of s.
func boundary(s string, end bool) bool {
	if end {
		r, _ := utf8.DecodeLastRuneInString(s)
		return !unicode.IsLetter(r)
	}
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLetter(r)
}

// hasAddress is true where an address stands, be it hidden (ana at mail.example).
func hasAddress(s string) bool {
	if i := strings.IndexByte(s, '@'); i > 0 && i+1 < len(s) && s[i-1] > ' ' && s[i+1] > ' ' {
		return true
	}
	_, rest, ok := strings.Cut(s, "<")
	inner, _, closed := strings.Cut(rest, ">")
	return ok && closed && (strings.Contains(inner, " at ") || strings.Contains(inner, "(a)")) && strings.Contains(inner, ".")
}

// hasDate is true where a year, a clock or a day in figures stands.
func hasDate(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || '9' < s[i] {
			continue
		}
		n := i
		for n < len(s) && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		if n-i == 4 && (s[i:i+2] == "19" || s[i:i+2] == "20") {
			return true
		}
		if n-i <= 2 && n+2 < len(s) && isDigit(s[n+1]) && strings.IndexByte(":h/.-", s[n]) >= 0 {
			return true
		}
		i = n
	}
	return false
}

// hasClock is true where 11:00, 11h00 or 11.00 stands.
func hasClock(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if (s[i] == ':' || s[i] == 'h' || s[i] == '.') && isDigit(s[i-1]) && isDigit(s[i+1]) && isDigit(s[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
