// Package lang is how Entregent speaks to people: one catalogue of words for
// each language, a file in the folder catalogue, and the ways to write a number, a
// share, a wait or a date in that language's typography.
//
// Code says a key and its blanks, [Language.Say]; the catalogue holds the
// sentence. A sentence has fmt's verbs for its blanks, and chooses among the
// language's plural forms by the number said last before:
//
//	"%d [appeal|appeals] from %d [person|people]"
//
// Instruments say their doubts as codes (measure.Doubt) and readers their
// problems (conversation.Kind): [Language.Doubt] and [Language.Problem] turn
// them into sentences.
package lang

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is a language that Entregent speaks, as a BCP 47 tag.
type Language string

// The languages that code names. Stretched is English made 40 % longer, for tests of
// layouts: words that fit stretched will fit in a language nobody has added yet.
const (
	English   Language = "en"
	French    Language = "fr"
	Stretched Language = "en-x-long"
)

// Languages are those that a person can choose, by their tags.
func Languages() (all []Language) {
	for l := range catalogues {
		if l != Stretched {
			all = append(all, l)
		}
	}
	slices.Sort(all)
	return all
}

// catalogue is the language's; English for one that isn't spoken.
func (l Language) catalogue() *catalogue {
	if c := catalogues[l]; c != nil {
		return c()
	}
	return catalogues[English]()
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
func (l Language) Has(key string) bool { return l.catalogue().Words[key] != "" }

// Say gives the sentence of a key with its blanks filled. A key that is not in
// the catalogue comes back as ⟨key⟩, which the tests look for.
func (l Language) Say(key string, blanks ...any) string {
	sentence := l.catalogue().Words[key]
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
	q := l.catalogue().Quotes
	return q[0] + words + q[1]
}
