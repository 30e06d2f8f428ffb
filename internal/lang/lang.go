// Package lang is how Entregent speaks to people: one catalogue of words for
// each language, and the ways to write a number, a share, a wait or a date in
// that language's typography.
//
// Code says a key and its blanks, [Language.Say]; the catalogue holds the
// sentence. A sentence has fmt's verbs for its blanks, and chooses between
// singular and plural by the number said last before:
//
//	"%d [appeal|appeals] from %d [person|people]"
//
// Instruments say their doubts as codes (measure.Doubt) and readers their
// problems (conversation.Kind): [Language.Doubt] and [Language.Problem] turn
// them into sentences.
package lang

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is a language that Entregent speaks, as a BCP 47 tag.
type Language string

// The languages there are. Stretched is English made 40 % longer, for tests of
// layouts: words that fit stretched will fit in a language nobody has added yet.
const (
	English   Language = "en"
	French    Language = "fr"
	Stretched Language = "en-x-long"
)

// Languages are those that a person can choose.
func Languages() []Language { return []Language{English, French} }

// tongue is what one language needs to be written.
type tongue struct {
	words               map[string]string
	one                 func(float64) bool // whether a number takes the singular
	decimal, group      string
	percent             string // between the number and its sign
	openQuote, endQuote string
	clock               string // of an hour and a minute
	months, shortMonths [12]string
}

var tongues = map[Language]*tongue{English: &english, French: &french, Stretched: &stretched}

var stretched = english

func init() {
	stretched.words = map[string]string{}
	for key, sentence := range english.words {
		sentence = strings.ReplaceAll(sentence, " %%", "%%")
		english.words[key] = united(joined(key, sentence))
		stretched.words[key] = united(joined(key, stretch(sentence)))
	}
	for key, sentence := range french.words {
		french.words[key] = united(joined(key, elided.ReplaceAllString(typeset(sentence), "$1’")))
	}
}

// joined keeps a length of time on one line.
func joined(key, sentence string) string {
	if strings.HasPrefix(key, "duration.") || strings.HasPrefix(key, "date.") || key == "n" {
		return strings.ReplaceAll(sentence, " ", fixed)
	}
	return sentence
}

var (
	elided = regexp.MustCompile(`(\pL)'`)
	unit   = regexp.MustCompile(`(\d|%d) (h|min|d|j|MiB|Mio|GiB|Gio)\b`)
)

// united keeps a number and its unit on one line.
func united(sentence string) string { return unit.ReplaceAllString(sentence, "$1"+fixed+"$2") }

func (l Language) tongue() *tongue {
	if t := tongues[l]; t != nil {
		return t
	}
	return &english
}

// Tag is the language's BCP 47 tag, for an html lang attribute.
func (l Language) Tag() string {
	tag, _, _ := strings.Cut(string(l), "-x-")
	return tag
}

// Parse reads a tag or a POSIX locale ("fr", "fr-CA", "fr_FR.UTF-8"); it is
// false when Entregent does not speak that language.
func Parse(tag string) (Language, bool) {
	base := strings.ToLower(tag)
	if i := strings.IndexAny(base, "-_.@"); i >= 0 {
		base = base[:i]
	}
	for _, l := range Languages() {
		if string(l) == base {
			return l, true
		}
	}
	return English, false
}

// Prefer chooses from wishes in falling order (LC_ALL, LC_MESSAGES, LANG): the
// first that is not empty decides, and what is not spoken becomes English.
func Prefer(wishes ...string) Language {
	for _, wish := range wishes {
		if wish != "" {
			l, _ := Parse(wish)
			return l
		}
	}
	return English
}

// Has tells whether the catalogue holds a key.
func (l Language) Has(key string) bool { return l.tongue().words[key] != "" }

// Say gives the sentence of a key with its blanks filled. A key that is not in
// the catalogue comes back as ⟨key⟩, which the tests look for.
func (l Language) Say(key string, blanks ...any) string {
	sentence := l.tongue().words[key]
	if sentence == "" {
		return "⟨" + key + "⟩"
	}
	return l.fill(sentence, blanks)
}

// Name says a stable name from the data (a channel, a newcomer group) by the
// catalogue when it is one of ours, else as it is.
func (l Language) Name(kind, name string) string {
	if key := kind + "." + name; l.Has(key) {
		return l.Say(key)
	}
	return name
}

// Tongue names a language by its BCP 47 tag: fr is French, or français; what is
// no tag, or a language without a name, stays as it is.
func (l Language) Tongue(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil || tag == "" {
		return tag
	}
	if name := display.Tags(language.Make(l.Tag())).Name(parsed); name != "" {
		return name
	}
	return tag
}

// List joins names as people do: a, b and c.
func (l Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + l.Say("and") + " " + names[last]
}

// Quote puts somebody's words in the language's quotation marks.
func (l Language) Quote(words string) string {
	t := l.tongue()
	return t.openQuote + words + t.endQuote
}
