package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
)

const (
	quotedLine  = 40 // characters from which a line that stands in the text answered is a quote
	patternLine = 30 // characters from which a line that many write is no habit of theirs
)

// alike looks for texts that hold what their authors didn't write: the text they
// answer, or a line that a program puts in all of them.
func (c *checker) alike() {
	c.quotes()
	c.patterns()
}

// quotes tells when replies repeat the text they answer.
func (c *checker) quotes() {
	seen, quoting := 0, []int{}
	for _, i := range c.sample(func(int) bool { return true }) {
		e := c.log.At(i)
		if e.Reply < 0 || e.Bot || c.log.At(e.Reply).Author == e.Author {
			continue
		}
		lines := longLines(c.log.Text(e.Reply), quotedLine)
		if len(lines) == 0 {
			continue
		}
		seen++
		if text := c.log.Text(i); slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(text, line) }) {
			quoting = append(quoting, i)
		}
	}
	if seen >= alikeFewest && float64(len(quoting)) >= alikeShare*float64(seen) {
		c.add(Doubt{Code: QuoteKept, Blocks: true, Count: len(quoting), Of: seen, Option: "--form"}, quoting)
	}
}

// patterns tells when most texts of the community share a line.
func (c *checker) patterns() {
	type use struct {
		by   map[int]bool
		rows []int
	}
	lines := map[string]*use{}
	theirs := c.sample(func(i int) bool {
		e := c.log.At(i)
		return e.Side == conversation.Community && !e.Bot && e.Deleted == 0
	})
	if len(theirs) < alikeFewest {
		return
	}
	for _, i := range theirs {
		own := longLines(c.log.Text(i), patternLine)
		slices.Sort(own)
		for _, line := range slices.Compact(own) {
			if lines[line] == nil {
				lines[line] = &use{by: map[int]bool{}}
			}
			lines[line].by[c.log.At(i).Author] = true
			lines[line].rows = append(lines[line].rows, i)
		}
	}
	var most []int
	for _, u := range lines {
		if len(u.by) >= alikePeople && (len(u.rows) > len(most) || len(u.rows) == len(most) && len(most) > 0 && slices.Compare(u.rows, most) < 0) {
			most = u.rows
		}
	}
	if float64(len(most)) >= alikeShare*float64(len(theirs)) {
		c.add(Doubt{Code: PatternKept, Blocks: true, Count: len(most), Of: len(theirs), Option: "--anyway"}, most)
	}
}

// longLines are the lines of a text with so many characters or more, trimmed.
func longLines(text string, least int) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); utf8.RuneCountInString(line) >= least {
			list = append(list, line)
		}
	}
	return list
}
