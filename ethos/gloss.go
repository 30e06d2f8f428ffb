package ethos

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation/prose"
)

//go:embed lexicon.tsv
var lexiconFile string

// lexicon is our own list of English words with their French forms.
var lexicon = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{}
	for line := range strings.Lines(lexiconFile) {
		en, fr, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(en, "#") {
			words[en] = strings.Split(fr, ", ")
		}
	}
	return words
})

// gloss writes an English text in French words, one by one. It is no
// translation: word order and agreement are English. But a scorer that looks at
// words and their letters can learn French from it. Where a word has several
// French forms they take turns, beginning at turn. What the lexicon lacks stays
// as it is: names and many long words are the same in both.
func gloss(text string, turn int) string {
	var out strings.Builder
	for i, t := range prose.Tokens(nil, text) {
		if t.Kind != prose.Word {
			continue
		}
		plain := string(prose.Fold(nil, t.Text(text)))
		forms, plural := frenchForms(plain)
		form := plain
		if len(forms) > 0 {
			form = forms[(i+turn)%len(forms)]
			if plural {
				form = pluralised(form)
			}
		}
		out.WriteString(form)
		out.WriteByte(' ')
	}
	return out.String()
}

// frenchForms looks up an English word, then what remains without its ending.
func frenchForms(word string) (forms []string, plural bool) {
	words := lexicon()
	if f, ok := words[word]; ok {
		return f, false
	}
	for _, e := range []struct{ ending, instead string }{
		{"ies", "y"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"}, {"ed", ""}, {"ed", "e"}, {"es", ""}, {"s", ""}, {"ly", ""}, {"er", ""}, {"er", "e"},
	} {
		stem, ok := strings.CutSuffix(word, e.ending)
		if !ok || len(stem) < 2 {
			continue
		}
		if f, ok := words[stem+e.instead]; ok {
			return f, strings.HasSuffix(e.ending, "s")
		}
		if n := len(stem); e.instead == "" && n > 3 && stem[n-1] == stem[n-2] {
			if f, ok := words[stem[:n-1]]; ok { // stopping: stop
				return f, false
			}
		}
	}
	return nil, false
}

// pluralised adds the s of a French plural to a single word that can take one.
func pluralised(form string) string {
	if strings.ContainsAny(form, " '’") || strings.HasSuffix(form, "s") || strings.HasSuffix(form, "x") || strings.HasSuffix(form, "z") ||
		strings.HasSuffix(form, "er") || strings.HasSuffix(form, "ir") || strings.HasSuffix(form, "re") {
		return form
	}
	if stem, ok := strings.CutSuffix(form, "al"); ok {
		return stem + "aux"
	}
	return form + "s"
}
