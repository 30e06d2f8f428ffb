package words

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/entregent/entregent/gift/board/phrase"
)

//go:embed synonyms.txt
var synonyms string

//go:embed stop.txt
var stops string

// compound is an idea that several words say together.
type compound struct {
	idea  string
	parts [][]string // the forms of each word
}

var (
	ideas   = map[string]string{} // folded word or stem → idea
	wider   = map[string]string{} // idea → the one that it is a kind of
	several []compound            // the longest first
	stop    = map[string]bool{}
	little  = map[string]bool{} // ideas that say little alone
)

var load = sync.OnceFunc(func() {
	for _, row := range phrase.Rows(stops) {
		for w := range strings.FieldsSeq(row[0]) {
			stop[phrase.Folded(w)] = true
		}
	}
	stems := map[string]string{}
	for _, row := range phrase.Rows(synonyms) {
		all := strings.Fields(row[0])
		if name, ok := strings.CutPrefix(all[0], "~"); ok {
			all[0], little[name] = name, true
		}
		for _, w := range all {
			line(all[0], w, stems)
		}
	}
	for stem, idea := range stems { // a whole word of the table is surer than a stem
		if ideas[stem] == "" {
			ideas[stem] = idea
		}
	}
	slices.SortStableFunc(several, func(a, b compound) int { return len(b.parts) - len(a.parts) })
})

// line enters one word of an idea.
func line(idea, word string, stems map[string]string) {
	if general, ok := strings.CutPrefix(word, "<"); ok {
		wider[idea] = general
		return
	}
	if strings.Contains(word, "+") {
		c := compound{idea: idea}
		for part := range strings.SplitSeq(word, "+") {
			c.parts = append(c.parts, keys(phrase.Folded(part), ""))
		}
		several = append(several, c)
		return
	}
	forms := keys(phrase.Folded(word), "")
	if ideas[forms[0]] == "" {
		ideas[forms[0]] = idea
	}
	for _, s := range forms[1:] {
		if stems[s] == "" && len(s) > 2 {
			stems[s] = idea
		}
	}
}
