package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a message says is found by its words in a plain form: small letters
// without accents. Both engines keep the same words, so that both find the same.
const (
	wordsOf  = 64 << 10 // bytes of a text that are searched
	longWord = 60       // bytes of a word that count
)

// words gives the plain words of a text, with a space between.
func words(text string) string {
	if len(text) > wordsOf {
		text = strings.ToValidUTF8(text[:wordsOf], "")
	}
	if !ascii(text) {
		text = norm.NFKD.String(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	long := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if long == 0 && b.Len() > 0 {
				b.WriteByte(' ')
			}
			if long += utf8.RuneLen(r); long <= longWord {
				b.WriteRune(unicode.ToLower(r))
			}
		default:
			long = 0
		}
	}
	return b.String()
}

// plain writes a name with small letters and without accents.
func plain(name string) string {
	if ascii(name) {
		return strings.ToLower(name)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(name))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// index keeps the words of the rows whose words changed.
func (b *batch) index() error {
	rows := bulk{into: "words (" + b.wordsKey() + ", said)", width: 2}
	if b.pg {
		rows.each = "($1,array_to_tsvector(string_to_array($2,' ')))"
	}
	for _, k := range b.fresh {
		if said := words(k.text); said != "" {
			rows.add(k.seq, said)
		}
	}
	for _, k := range b.edited {
		if !b.worded[k] {
			continue
		}
		if err := b.unindex(k.seq); err != nil {
			return err
		}
		if said := words(k.text); said != "" {
			rows.add(k.seq, said)
		}
	}
	return rows.insert(b.tx)
}

// unindex takes the words of a message away.
func (t *tx) unindex(seq int64) error {
	return t.do(`DELETE FROM words WHERE `+t.wordsKey()+` = $1`, seq)
}

// finding is the engine's question for messages that hold words, or words that
// begin so where three letters or more are given; ok is false when there is no
// word in what was asked.
func finding(pg bool, asked string) (question string, ok bool) {
	quote, begins, and := `"`, `*`, ` `
	if pg {
		quote, begins, and = `'`, `:*`, ` & `
	}
	list := strings.Fields(words(asked))
	for i, word := range list {
		list[i] = quote + word + quote
		if utf8.RuneCountInString(word) > 2 {
			list[i] += begins
		}
	}
	return strings.Join(list, and), len(list) > 0
}
