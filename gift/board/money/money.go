// Package money notices prices in what people write: « dix balles », "I'll chip
// in for petrol", "£50 deposit". A gift has no price: a post that names one is
// refused, one that may mean one is asked about, and a stated value (« neuf
// 90 € »), a cake or the 10th arrondissement are neither.
//
// The rules stand in rules.txt, to be read and corrected by anyone. Nothing is
// ever rewritten: what was found is told with its place, and the author decides.
package money

import (
	_ "embed"
	"sync"

	"github.com/entregent/entregent/gift/board/phrase"
)

// Verdict says what becomes of a text that may speak of money.
type Verdict int

// The verdicts, from the mildest to the strictest.
const (
	None   Verdict = iota // no money
	Ask                   // it may be money: ask whether it can be taken out
	Refuse                // a price, a fee, a share of costs
)

var names = [...]string{"none", "ask", "refuse"}

// String is none, ask or refuse.
func (v Verdict) String() string { return names[v] }

// Mention is a stretch of text that speaks of money, as byte offsets.
type Mention struct {
	Start, End int
	Verdict    Verdict
}

//go:embed rules.txt
var table string

var rules = sync.OnceValue(func() []phrase.Rule {
	sums := phrase.List([]string{"un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "douze", "quinze", "vingt", "trente", "quarante", "cinquante", "cent",
		"a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "fifteen", "twenty", "thirty", "forty", "fifty", "hundred", "some", "few", "quelques"})
	r, err := phrase.Rules(table, map[string]string{"sum": sums})
	if err != nil {
		panic(err) // the table is part of the program
	}
	return r
})

// Find gives every mention of money in a text, in the order of the rules.
func Find(text string) []Mention {
	return Mark(phrase.Read(text))
}

// Mark is Find for a text that is being read: each mention becomes an item
// <money>, and each stated value an item <value>, so that later patterns don't
// take their numbers for something else.
func Mark(r *phrase.Reading) []Mention {
	var found []Mention
	for _, rule := range rules() {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			name, m := "<value>", Mention{Start: r.Items[i].From, End: r.Items[j-1].To}
			switch rule.Label {
			case "refuse":
				name, m.Verdict = "<money>", Refuse
			case "ask":
				name, m.Verdict = "<money>", Ask
			}
			if m.Verdict != None {
				found = append(found, m)
			}
			r.Replace(i, j, name, nil)
			start = i + 1
		}
	}
	return found
}

// Judge gives the strictest verdict on a text.
func Judge(text string) Verdict {
	v := None
	for _, m := range Find(text) {
		v = max(v, m.Verdict)
	}
	return v
}
