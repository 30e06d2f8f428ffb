package place

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is a folded word of a text, and where it ends there.
type word struct {
	text string
	end  int // in bytes
}

// fold gives the words of a name without what doesn't matter: accents, capitals, ligatures, hyphens, apostrophes.
func fold(name string) string {
	words := cut(name, -1)
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.text
	}
	return strings.Join(list, " ")
}

// cut gives the first n folded words of a text, all when n is negative. What is neither letter nor digit separates;
// what else a mark of punctuation says is for the caller.
func cut(text string, n int) (words []word) {
	var b strings.Builder
	flush := func(end int) {
		if b.Len() > 0 {
			words = append(words, word{spell(b.String()), end})
			b.Reset()
		}
	}
	for i, r := range text {
		switch {
		case len(words) == n:
			return words
		case r < 128 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // an accent that came apart from its letter
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteString(plain(r))
		default:
			if r == '/' && b.String() == "s" { // Chalon s/Saône
				b.WriteString("ur")
			}
			flush(i)
		}
	}
	flush(len(text))
	return words
}

// plain is a letter in lower case without its accent.
func plain(r rune) string {
	switch r = unicode.ToLower(r); r {
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	}
	for _, base := range norm.NFD.String(string(r)) {
		return string(base)
	}
	return ""
}

// spell writes a word out.
func spell(w string) string {
	switch w {
	case "st":
		return "saint"
	case "ste":
		return "sainte"
	}
	return w
}

// withoutArticle is a folded name without its article; ok is false when it has none.
func withoutArticle(key string) (rest string, ok bool) {
	first, rest, more := strings.Cut(key, " ")
	switch first {
	case "l", "le", "la", "les":
		return rest, more
	}
	return "", false
}

// contracted undoes a preposition that has swallowed the article: au Mans is Le Mans.
func contracted(key string) (name string, ok bool) {
	first, rest, more := strings.Cut(key, " ")
	switch first {
	case "au", "du":
		return "le " + rest, more
	case "aux", "des":
		return "les " + rest, more
	}
	return "", false
}
