package conversation

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes words equal that differ in case, in accents or in spaces alone.
func Fold(s string) string { return fold(s) }

// fold makes words equal that differ in case, in accents or in spaces alone.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		c := s[i]
		plain = ' ' < c && c < 0x80 && (c < 'A' || 'Z' < c)
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r):
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
