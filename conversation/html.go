package conversation

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText gives the text that a reader of a page sees, a block a line;
// quotations open with > as in plain mail.
func PlainText(page string) string { return textOfHTML(page) }

// textOfHTML gives the text that a reader of a page sees, a block a line;
// quotations open with > as in plain mail.
func textOfHTML(page string) string {
	var p pageText
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p.String()
		case html.TextToken:
			if p.hidden == 0 {
				p.write(string(z.Text()))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			p.open(atom.Lookup(name))
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			p.open(atom.Lookup(name))
			p.close(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(atom.Lookup(name))
		}
	}
}

// pageText is a text being made of a page.
type pageText struct {
	strings.Builder
	hidden int // elements open whose text is not shown
	quotes int
	breaks int  // line feeds due before the next word
	space  bool // a space is due
}

func (p *pageText) open(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title:
		p.hidden++
	case atom.Body:
		p.hidden = 0
	case atom.Br:
		p.breaks++
	case atom.Blockquote:
		p.quotes++
		p.breaks = max(p.breaks, 1)
	case atom.Li:
		p.breaks = max(p.breaks, 1)
		p.write("- ")
	default:
		p.block(tag)
	}
}

func (p *pageText) close(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title:
		p.hidden = max(0, p.hidden-1)
	case atom.Blockquote:
		p.quotes = max(0, p.quotes-1)
		p.breaks = max(p.breaks, 1)
	default:
		p.block(tag)
	}
}

func (p *pageText) block(tag atom.Atom) {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table, atom.Pre:
		p.breaks = max(p.breaks, 2)
	case atom.Div, atom.Tr, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Li:
		p.breaks = max(p.breaks, 1)
	case atom.Td, atom.Th:
		p.space = true
	}
}

// write adds words, with the breaks that are due before them.
func (p *pageText) write(s string) {
	words := strings.Fields(s)
	if len(words) == 0 {
		p.space = p.space || s != ""
		return
	}
	if p.Len() == 0 {
		p.breaks = 0
		p.WriteString(p.mark())
	} else if p.breaks > 0 {
		for range min(p.breaks, 2) {
			p.WriteByte('\n')
			p.WriteString(p.mark())
		}
	} else if p.space || strings.TrimLeft(s, " \t\r\n") != s {
		p.WriteByte(' ')
	}
	p.WriteString(strings.Join(words, " "))
	p.breaks, p.space = 0, strings.TrimRight(s, " \t\r\n") != s
}

// mark opens a line inside quotations.
func (p *pageText) mark() string {
	if p.quotes == 0 {
		return ""
	}
	return strings.Repeat(">", min(p.quotes, 9)) + " "
}
