package phrase_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/entregent/entregent/gift/board/phrase"
)

func ExampleCompile() {
	p, _ := phrase.Compile("cherche|recherche [une] {thing}", map[string]string{"thing": "chaise|table"})
	r := phrase.Read("Bonjour, je recherche une TABLE basse")
	i, j := r.Find(p, 0)
	fmt.Println(r.Words(i, j))
	r.Replace(i, j, "<ask>", nil)
	fmt.Println(r.Has(phrase.Must("je <ask> basse $")))
	// Output:
	// recherche une TABLE
	// true
}

func TestPatterns(t *testing.T) {
	for pattern, texts := range map[string][2]string{ // what it finds, what it doesn't
		"(a donner / a prendre)": {"vélo à donner", "vélo à vendre"},
		"repar~":                 {"je réparais", "je prépare"},
		"du #=31 au #":           {"du 3 au 400", "du 32 au 40"},
		"je * mal":               {"je vois mal", "je mal"},
		"a ... c":                {"à b b c", "à b, c"},
		"^ a":                    {"à b", "b à"},
		"b $":                    {"à b", "b à"},
		"# // #":                 {"3/5", "3 5"},
		"5 €":                    {"5€", "15 €"},
		"l hay les":              {"L’Haÿ-les", "l'ail"},
	} {
		p := phrase.Must(strings.ReplaceAll(pattern, "l hay les", "l hay - les"))
		if !phrase.Read(texts[0]).Has(p) {
			t.Errorf("%q doesn't find %q", pattern, texts[0])
		}
		if phrase.Read(texts[1]).Has(p) {
			t.Errorf("%q finds %q", pattern, texts[1])
		}
	}
	if _, err := phrase.Compile("je {nothing}", nil); err == nil {
		t.Error("an unknown list passes")
	}
	for _, table := range []string{"label", "label\tx\tpattern", "a\t1\tb\tc"} {
		if _, err := phrase.Rules(table, nil); err == nil {
			t.Errorf("the table %q passes", table)
		}
	}
	r, err := phrase.Rules("# a comment\nmoney\t-2.5\tdix balles\n\nfree\tgratuit", nil)
	if err != nil || len(r) != 2 || r[0].Weight != -2.5 || r[1].Weight != 1 || r[0].Label != "money" {
		t.Errorf("%+v, %v", r, err)
	}
	if got := phrase.Folded("L’Île-d'Yeu"); got != "l ile d yeu" {
		t.Errorf("folded: %q", got)
	}
}
