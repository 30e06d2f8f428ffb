package text

import (
	"strings"

	"github.com/entregent/entregent/internal/report"
)

// page is a terminal's page in the making: lines no wider than its width.
type page struct {
	strings.Builder
	width  int
	colour bool
}

// style is how a cell looks where colour is allowed. It only underlines what
// the words and the pictures say already.
type style string

const (
	usual  style = ""
	strong style = "\x1b[1m"
	faint  style = "\x1b[2m"
	accent style = "\x1b[36m"
)

func (p *page) paint(text string, as style) string {
	if !p.colour || as == usual || strings.TrimSpace(text) == "" {
		return text
	}
	return string(as) + text + "\x1b[0m"
}

// cell is one place of a table.
type cell struct {
	text  string
	right bool  // stands to the right
	whole bool  // a picture or a number: never broken
	as    style // of every line of it
}

func left(text string) cell    { return cell{text: text} }
func right(text string) cell   { return cell{text: text, right: true} }
func figures(text string) cell { return cell{text: text, whole: true} }
func picture(text string) cell { return cell{text: text, whole: true, as: accent} }

func (c cell) in(as style) cell {
	c.as = as
	return c
}

// heading begins a section.
func (p *page) heading(text string) {
	p.WriteString("\n")
	for _, line := range report.Wrap(strings.ToUpper(text), p.width) {
		p.WriteString(p.paint(line, strong) + "\n")
	}
}

// say writes a paragraph, each line indented, those after the first a little
// more.
func (p *page) say(indent, hang int, text string, as style) {
	for i, line := range report.Wrap(text, p.width-indent-hang) {
		if i == 1 {
			indent += hang
		}
		p.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+p.paint(strings.TrimRight(line, " "), as), " ") + "\n")
	}
}

const gutter = 2 // columns between two of a table

// table writes rows in columns. What doesn't fit is broken into lines, the
// widest column first; nothing is cut.
func (p *page) table(indent int, rows [][]cell) {
	widths := p.fit(indent, rows)
	for _, row := range rows {
		lines := make([][]string, len(row))
		height := 0
		for k, c := range row {
			if lines[k] = []string{c.text}; !c.whole {
				lines[k] = report.Wrap(c.text, widths[k])
			}
			height = max(height, len(lines[k]))
		}
		for i := range height {
			var line strings.Builder
			line.WriteString(strings.Repeat(" ", indent))
			for k, c := range row {
				text := ""
				if i < len(lines[k]) {
					text = lines[k][i]
				}
				space := strings.Repeat(" ", max(0, widths[k]-report.Columns(text)))
				if c.right {
					line.WriteString(space + p.paint(text, c.as))
				} else {
					line.WriteString(p.paint(text, c.as) + space)
				}
				line.WriteString(strings.Repeat(" ", gutter))
			}
			p.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		}
	}
}

// fit gives each column its width: what its cells need, less what has to go. It
// goes first from columns that can be broken between words, then inside words;
// pictures and numbers stay whole.
func (p *page) fit(indent int, rows [][]cell) []int {
	var widths, words, whole []int
	for _, row := range rows {
		for k, c := range row {
			if k == len(widths) {
				widths, words, whole = append(widths, 0), append(words, 1), append(whole, 1)
			}
			w := report.Columns(c.text)
			widths[k] = max(widths[k], w)
			if c.whole {
				whole[k] = max(whole[k], w)
			}
			for _, word := range strings.Fields(c.text) {
				words[k] = max(words[k], report.Columns(word))
			}
			words[k] = max(words[k], whole[k])
		}
	}
	room := p.width - indent - gutter*(len(widths)-1)
	shrink(widths, words, room)
	shrink(widths, whole, room)
	return widths
}

// shrink takes from the widest column until all fit the room, but from none more
// than to its least width.
func shrink(widths, least []int, room int) {
	total := 0
	for _, w := range widths {
		total += w
	}
	for ; total > room; total-- {
		widest := -1
		for k, w := range widths {
			if w > least[k] && (widest < 0 || w > widths[widest]) {
				widest = k
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}
