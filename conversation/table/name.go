package table

import (
	"strings"
	"unicode"

	"github.com/entregent/entregent/conversation"
)

// columnName is a column's name without case, accents and signs, its words apart:
// "Créé le" is cree_le, replyContent is reply_content.
func columnName(s string) string {
	folded := strings.FieldsFunc(conversation.Fold(apart(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(folded, "_")
}

// apart sets the words of a name in camel case apart.
func apart(s string) string {
	var b strings.Builder
	letters := []rune(s)
	for i, r := range letters {
		if i > 0 && unicode.IsUpper(r) {
			after := i+1 < len(letters) && unicode.IsLower(letters[i+1])
			if before := letters[i-1]; unicode.IsLower(before) || unicode.IsDigit(before) || unicode.IsUpper(before) && after {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// known finds a field by a folded name; other when nobody calls it so.
var known = func() map[string]field {
	all := map[string]field{}
	for f := fieldID; f < fields; f++ {
		for _, name := range guesses[f] {
			if all[name] == other {
				all[name] = f
			}
		}
	}
	for w := range clocks {
		if all[w] == other {
			all[w] = fieldClock
		}
	}
	return all
}()

// bare is a name without what is said of its zone or language: created_at_utc is
// created_at, body_fr is body, in French.
func bare(name string) (base, zone, lang string) {
	for _, z := range [...]string{"utc", "gmt"} {
		if cut, ok := strings.CutSuffix(name, "_"+z); ok && cut != "created" {
			return cut, z, ""
		}
	}
	i := strings.LastIndexByte(name, '_')
	if i > 0 && languages[name[i+1:]] {
		return strings.TrimSuffix(name[:i], "_machine_translations"), "", name[i+1:]
	}
	return name, "", ""
}

// languages are codes that stand behind names of columns. Those that are words
// of names too (de, to, id, is, no, at …) are not among them but de and it.
var languages = set(`fr en de es it nl pt ca eu gl pl ro sv da fi cs el hu br oc`)

// plainName folds a column's name down to what guesses are made of.
func plainName(column string) string {
	name := columnName(column)
	if known[name] != other {
		return name
	}
	if base, _, _ := bare(name); known[base] != other {
		return base
	}
	return name
}

// holds says whether one of a name's words is in a set.
func holds(name string, all map[string]bool) bool {
	for _, w := range strings.Split(name, "_") {
		if all[w] {
			return true
		}
	}
	return false
}
