package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a message says is found by its words in a plain form: small letters
// without accents. SQLite's full-text index makes them itself from the texts in
// messages; for PostgreSQL, which folds no accents, they are made here.
const (
	wordsOf  = 64 << 10 // bytes of a text that are searched
	longWord = 60       // bytes of a word that count
)

// Words gives the plain words of a text, with a space between.
func Words(text string) string {
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

// FoldName writes a name with small letters and without accents.
func FoldName(name string) string {
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

// index keeps the words of fresh rows, which are there already, from a Seq on.
func (t *Tx) index(fresh []*messageRow) error {
	if len(fresh) == 0 {
		return nil
	}
	if !t.pg { // reads the texts itself
		return t.Exec(`INSERT INTO words (rowid, text) SELECT seq, text FROM messages WHERE seq BETWEEN $1 AND $2`, fresh[0].seq, fresh[len(fresh)-1].seq)
	}
	rows := Bulk{Into: "words (seq, said)", Width: 2, Each: "($1,array_to_tsvector(string_to_array($2,' ')))"}
	for _, k := range fresh {
		if said := Words(k.text); said != "" {
			rows.Add(k.seq, said)
		}
	}
	return rows.Insert(t)
}

// unindex takes away the words of the messages that a condition names. It comes
// before their texts change or go: SQLite looks there which words they were.
func (t *Tx) unindex(which string, who any) error {
	if t.pg {
		return t.Exec(`DELETE FROM words WHERE seq IN (SELECT seq FROM messages WHERE `+which+`)`, who)
	}
	return t.Exec(`INSERT INTO words (words, rowid, text) SELECT 'delete', seq, text FROM messages WHERE `+which, who)
}

// finding is the engine's question for messages that hold words, or words that
// begin so where three letters or more are given; ok is false when there is no
// word in what was asked.
func finding(pg bool, asked string) (question string, ok bool) {
	quote, begins, and := `"`, `*`, ` `
	if pg {
		quote, begins, and = `'`, `:*`, ` & `
	}
	list := strings.Fields(Words(asked))
	for i, word := range list {
		list[i] = quote + word + quote
		if utf8.RuneCountInString(word) > 2 {
			list[i] += begins
		}
	}
	return strings.Join(list, and), len(list) > 0
}

// anybody are account names that many people share.
var anybody = map[string]bool{"guest": true, "invite": true, "anonymous": true, "anonyme": true, "admin": true, "administrator": true,
	"unknown": true, "inconnu": true, "user": true, "support": true, "contact": true, "info": true, "deleted": true, "noreply": true, "bot": true}

// MailAddress takes the address out of "Marie Durand <marie@acme.org>", or of
// "marie@acme.org"; "" when there is none. "@marie@mastodon.example" is none.
func MailAddress(text string) string {
	if _, in, ok := strings.Cut(text, "<"); ok {
		text, _, _ = strings.Cut(in, ">")
	}
	text = FoldName(strings.TrimSpace(text))
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || !strings.Contains(domain, ".") || strings.ContainsAny(text, " ,;") || anybody[local] {
		return ""
	}
	return text
}

// SharedName is true of an account name that many people share, such as "guest".
func SharedName(name string) bool { return anybody[name] }
