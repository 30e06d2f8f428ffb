package report

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Wrap breaks a text into lines at its spaces (no-break spaces stay), and inside
// a word only if the word is wider than a line.
func Wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Split(text, " ") {
		w := Columns(word)
		if used > 0 && used+1+w > width {
			lines, line, used = append(lines, line), "", 0
		}
		if line != "" {
			line, used = line+" ", used+1
		}
		for w > width-used {
			head := Clip(word, width-used, "")
			if head == "" { // not even one character fits
				break
			}
			lines = append(lines, line+head)
			word, line, used = word[len(head):], "", 0
			w = Columns(word)
		}
		line, used = line+word, used+w
	}
	return append(lines, line)
}

// Clip cuts a text to so many columns, with a mark where it was cut.
func Clip(text string, width int, mark string) string {
	if Columns(text) <= width {
		return text
	}
	width -= Columns(mark)
	used := 0
	for i, r := range text {
		w := runeColumns(r)
		if used += w; used > width {
			return text[:i] + mark
		}
	}
	return text
}

// Columns is how many places of a terminal a text takes.
func Columns(text string) (n int) {
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

// runeColumns is 2 for East Asian wide characters and emoji, 0 for marks that
// stand on the one before. A variation selector that widens is counted itself,
// so that a text is never wider than it is said to be.
func runeColumns(r rune) int {
	switch {
	case r < 0x300, r == '\ufe0f':
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Unit keeps x in 0..1.
func Unit(x float64) float64 { return min(1, max(0, x)) }
