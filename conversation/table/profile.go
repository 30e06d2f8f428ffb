package table

import (
	"strings"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
)

// record is a row of a table, and the line on which it starts.
type record struct {
	cells []string
	line  int
}

// profile is what stands in a column, as the first rows show it.
type profile struct {
	filled  int // cells that say something
	times   int
	clocks  int // an hour without a day
	lengths int // of time
	numbers int
	truths  int // yes or no
	mails   int
	links   int
	pages   int // HTML
	long    int // texts of several words
	comment int // time;author;text
	science int // 1.23E+17: a long number that a spreadsheet cut
	letters int
	words   map[string]int // the different ones, while they are few
	many    bool           // there are more
}

// mostDifferent is how many different words of a column are held.
const mostDifferent = 500

// profiles looks at the columns of the first rows.
func profiles(rows []record, columns int) []profile {
	all := make([]profile, columns)
	for _, r := range rows {
		for i, cell := range r.cells {
			if i >= min(columns, mostProfiled) {
				break
			}
			all[i].add(strings.TrimSpace(cell))
		}
	}
	return all
}

// mostProfiled is how many columns are looked into.
const mostProfiled = 400

func (p *profile) add(cell string) {
	if cell == "" || isNull(cell) {
		return
	}
	p.filled++
	n := utf8.RuneCountInString(cell)
	p.letters += n
	if p.words == nil {
		p.words = map[string]int{}
	}
	if _, met := p.words[cell]; met || len(p.words) < mostDifferent {
		p.words[cell]++
	} else {
		p.many = true
	}
	switch {
	case isNumber(cell):
		p.numbers++
		if strings.ContainsAny(cell, "eE") {
			p.science++
		}
		if conversation.IsTime(cell) {
			p.times++
		}
		if _, ok := truth(cell); ok {
			p.truths++
		}
		return
	case n <= 20:
		if _, ok := truth(cell); ok {
			p.truths++
		}
		if isClock(cell) {
			p.clocks++
		}
		if _, ok := length(cell, 0); ok {
			p.lengths++
		}
	}
	spaces := strings.Count(cell, " ")
	switch {
	case n <= 60 && strings.ContainsAny(cell, "0123456789") && conversation.IsTime(cell):
		p.times++
	case spaces == 0 && strings.Contains(cell, "@") && strings.Contains(cell, "."):
		p.mails++
	case strings.HasPrefix(cell, "http://") || strings.HasPrefix(cell, "https://"):
		if spaces == 0 {
			p.links++
		} else {
			p.long++
		}
	case isComment(cell):
		p.comment++
		p.long++
	case isPage(cell):
		p.pages++
		p.long++
	case spaces >= 3 || n > 40 && spaces > 0 || n > 15 && spaces == 0 && !isASCII(cell):
		p.long++
	}
}

// most says whether more than so many hundredths of what is filled count.
func (p *profile) most(count, hundredths int) bool {
	return p.filled > 0 && count*100 >= p.filled*hundredths
}

// few is true for a column of few words that come again.
func (p *profile) few() bool {
	return !p.many && p.filled > 0 && len(p.words) <= 12 && (len(p.words)*2 <= p.filled || p.filled <= 6)
}

// unique is true where no cell says what another says.
func (p *profile) unique() bool { return !p.many && len(p.words) == p.filled }

// mean is the mean length of what is filled, in letters.
func (p *profile) mean() int { return p.letters / max(1, p.filled) }

// may says whether what stands in a column could be of a field. An empty column
// may be of any.
func (p *profile) may(f field) bool {
	if p.filled == 0 {
		return true
	}
	switch f {
	case fieldTime, fieldAnswered:
		return p.most(p.times, 50)
	case fieldText, fieldAnswer, fieldTextToo, fieldAnswerToo:
		return !p.most(p.numbers, 60) && !p.most(p.times, 60) && !p.most(p.links, 90) && !(p.most(p.truths, 90) && p.filled > 3) && !p.most(p.mails, 90)
	case fieldID:
		return p.science == 0
	case fieldThread, fieldReplyTo:
		return p.science == 0 && (!p.most(p.truths, 95) || p.most(p.numbers, 95) || p.mean() < 2)
	case fieldInbound, fieldOutbound:
		return p.most(p.truths, 95)
	case fieldPublic, fieldPrivate:
		return p.most(p.truths, 95)
	case fieldSide, fieldKind:
		return false // known by its words alone
	case fieldAuthor, fieldName, fieldAnswerer:
		return !p.most(p.times, 60) && !p.most(p.truths, 95) && !p.most(p.long, 60)
	case fieldDepartment, fieldChannel, fieldSubject:
		return !p.most(p.times, 60) && !p.most(p.truths, 95)
	case fieldURL:
		return p.most(p.links, 60)
	case fieldDelay:
		return p.most(p.lengths+p.numbers, 60)
	case fieldClock:
		return p.most(p.clocks, 60)
	case fieldReplyNumber, fieldSequence:
		return p.most(p.numbers, 60)
	case fieldComment:
		return p.most(p.comment, 60)
	case fieldLang:
		return p.mean() <= 20
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isNumber is true for digits with a sign, a mark, an exponent.
func isNumber(s string) bool {
	digit := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digit = true
		case c == '.' || c == ',' || (c == '-' || c == '+') && (i == 0 || s[i-1]|0x20 == 'e') || c|0x20 == 'e' && digit:
		default:
			return false
		}
	}
	return digit
}

// isClock is true for 9:05, 09:05:00, 9h05, 9:05 PM.
func isClock(s string) bool {
	return len(s) <= 14 && s[0] >= '0' && s[0] <= '9' && strings.ContainsAny(s, ":h") && conversation.IsTime("2026-03-02 "+s)
}

// isPage is true for a text with tags of HTML.
func isPage(s string) bool {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 {
			return false
		}
		from += i + 1
		rest := strings.TrimPrefix(s[from:], "/")
		if end := strings.IndexAny(rest, " >/"); end > 0 && end <= 10 && tags[strings.ToLower(rest[:end])] {
			return true
		}
	}
}

var tags = set(`p br div span a b i u em strong ul ol li blockquote h1 h2 h3 h4 h5 h6 table tr td img html body pre code font hr`)

// isComment is true for what Jira writes for a comment: time;author;text.
func isComment(s string) bool {
	when, rest, ok := strings.Cut(s, ";")
	who, text, more := strings.Cut(rest, ";")
	return ok && more && len(when) <= 40 && len(who) <= 80 && strings.TrimSpace(text) != "" && strings.ContainsAny(when, "0123456789") && conversation.IsTime(when)
}

// isNull is true for what databases write where there is nothing.
func isNull(word string) bool {
	switch word {
	case "NULL", "null", `\N`, "None", "nan", "NaN", "N/A", "n/a", "#N/A", "-", "--", "—", "(null)":
		return true
	}
	return false
}

// truth reads yes and no in the words of tables.
func truth(word string) (is, ok bool) {
	switch strings.ToLower(word) {
	case "true", "1", "1.0", "yes", "y", "t", "oui", "vrai", "o", "ja", "wahr", "j", "si", "sí", "sì", "sim", "s", "verdadero", "verdadeiro", "vero", "waar":
		return true, true
	case "false", "0", "0.0", "no", "n", "f", "non", "faux", "nein", "falsch", "nee", "onwaar", "falso", "não", "nao":
		return false, true
	}
	return false, false
}
