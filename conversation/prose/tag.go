package prose

import "strings"

// tag is a pair of marks that frames a quote or code inside a line or over several lines.
type tag struct {
	open, shut string // lower case
	kind       PartKind
}

var tags = []tag{
	{"[quote", "[/quote]", Quote}, {"[citation", "[/citation]", Quote}, {"<blockquote", "</blockquote>", Quote},
	{"[code", "[/code]", Code}, {"<pre", "</pre>", Code}, {"<code", "</code>", Code},
}

// inside reads a line of own words up to its end, or up to the end of the first framed piece in it.
func (p *parter) inside(end int) {
	for i := p.at; i < end; i++ {
		switch p.text[i] {
		case '`':
			shut := strings.IndexByte(p.text[i+1:end], '`')
			if shut > 0 {
				p.add(i, Own)
				p.add(i+1+shut+1, Code)
				i = p.at - 1
			}
		case '[', '<':
			t, ok := opens(p.text[i:])
			if !ok {
				continue
			}
			p.add(i, Own)
			p.add(shuts(p.text, i, t), t.kind)
			return
		}
	}
	p.add(end, Own)
}

// opens gives the tag that begins s.
func opens(s string) (tag, bool) {
	for _, t := range tags {
		n := len(t.open)
		if len(s) > n && strings.EqualFold(s[:n], t.open) && strings.IndexByte("]>= :", s[n]) >= 0 {
			return t, true
		}
	}
	return tag{}, false
}

// shuts gives the end of the piece that t opens at i, counting pieces of the same kind inside it.
func shuts(text string, i int, t tag) int {
	depth := 0
	for i < len(text) {
		n := strings.IndexByte(text[i:], t.open[0])
		if n < 0 {
			break
		}
		i += n
		switch {
		case hasFold(text[i:], t.shut):
			depth--
			i += len(t.shut)
			if depth == 0 {
				return i
			}
		case hasFold(text[i:], t.open):
			depth++
			i += len(t.open)
		default:
			i++
		}
	}
	return len(text)
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
