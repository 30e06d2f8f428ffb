package lang

import (
	"fmt"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// Doubt says a measure's doubt. A code that the catalogue lacks is said in
// English, so that a doubt is never lost.
func (l Language) Doubt(d measure.Doubt) string {
	key := "doubt." + d.Code
	blanks := make([]any, len(d.Blanks))
	for i, b := range d.Blanks {
		blanks[i] = l.doubted(d.Code, b)
	}
	if l.Has(key) {
		return l.Say(key, blanks...)
	}
	if s := measure.English[d.Code]; s != "" {
		return fmt.Sprintf(s, d.Blanks...)
	}
	return d.Code
}

// doubted says the blanks that are names of ours: a component, a facet, a time
// limit, another doubt.
func (l Language) doubted(code string, blank any) any {
	if d, ok := blank.(measure.Doubt); ok {
		return l.Doubt(d)
	}
	word, ok := blank.(string)
	if !ok {
		return blank
	}
	switch {
	case l.Has("component." + word):
		return l.Say("component." + word)
	case l.Has("facet." + word):
		return l.Say("facet." + word)
	case l.Has("doubt-side." + word):
		return l.Say("doubt-side." + word)
	case code == "unfinished" || code == "too-young":
		return l.Within(strings.ReplaceAll(word, " ", ""))
	}
	return word
}

// Problem says what kind of fault a log has, and what was done about it.
func (l Language) Problem(k conversation.Kind) string { return l.Name("problem", string(k)) }
