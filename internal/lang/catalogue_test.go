package lang

import (
	"maps"
	"math"
	"os"
	"strings"
	"testing"
)

const polish Language = "pl"

// TestThirdLanguage speaks a language of three and more forms, whose catalogue is
// one file that nothing else knows of.
func TestThirdLanguage(t *testing.T) {
	spoken := maps.Clone(catalogues)
	maps.Copy(catalogues, find(os.DirFS("testdata"), "catalogue"))
	t.Cleanup(func() { catalogues = spoken })
	if got := Languages(); len(got) != 3 || got[2] != polish {
		t.Errorf("languages %v", got)
	}
	if l, ok := Parse("pl_PL.UTF-8"); l != polish || !ok {
		t.Errorf("pl_PL is %s", l)
	}
	for _, c := range []struct {
		n    any
		want string
	}{
		{0, "0 wiadomości (many)"}, {1, "1 wiadomość (one)"}, {2, "2 wiadomości (few)"}, {4, "4 wiadomości (few)"}, {5, "5 wiadomości (many)"},
		{12, "12 wiadomości (many)"}, {22, "22 wiadomości (few)"}, {21, "21 wiadomości (many)"}, {112, "112 wiadomości (many)"},
		{1_000_022, "1_000_022 wiadomości (few)"}, {math.NaN(), "? wiadomości (other)"},
	} {
		if got := seen(polish.Say("messages", c.n)); got != c.want {
			t.Errorf("%v: %s, not %s", c.n, got, c.want)
		}
	}
	if got := seen(polish.Say("days", 1.5)); got != "1,5 dnia (other)" {
		t.Errorf("a fraction: %s", got)
	}
	if got := seen(polish.Say("days", 1.0)); got != "1,0 dnia (other)" {
		t.Errorf("a fraction that is said: %s", got)
	}
	if got := polish.Tongue("fr"); got != "francuski" {
		t.Errorf("French is %s", got)
	}
}

// TestForms: a form that a language doesn't write apart is the last one.
func TestForms(t *testing.T) {
	c := catalogues[French]()
	for n, want := range map[number]string{
		{value: 0}: "one", {value: 1}: "one", {value: 1.9, digits: 1}: "one", {value: -1}: "one", {value: 2}: "other", {value: 1e6}: "other", {value: 2e7}: "other",
		{value: math.NaN()}: "other", {value: math.Inf(1)}: "other",
	} {
		if got := c.choose([]string{"one", "other"}, n); got != want {
			t.Errorf("%v takes %s", n, got)
		}
	}
	if got := catalogues[English]().choose([]string{"one", "other"}, number{value: 1.4}); got != "one" {
		t.Errorf("1.4 said as 1 takes %s", got)
	}
}

// TestBadCatalogues: what is wrong with a file is said, with the key.
func TestBadCatalogues(t *testing.T) {
	good, err := os.ReadFile("testdata/catalogue/pl.toml")
	if err != nil {
		t.Fatal(err)
	}
	for change, want := range map[[2]string]string{
		{`"few", "many", "other"]`, `"some", "other"]`}: `"some" is no form`,
		{`, "other"]`, `]`}:                             "ends with other",
		{`"sty", `, ``}:                                 "twelve",
		{`(many)|`, `(many) `}:                          "messages: [",
		{`decimal = ","`, `decimal = ","` + "\nx = 1"}:  "strict mode",
		{`"days" =`, `"messages" =`}:                    "already",
	} {
		text := strings.Replace(string(good), change[0], change[1], 1)
		if text == string(good) {
			t.Fatalf("%q isn't there", change[0])
		}
		if _, err := read("pl", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %q", change[1], err, want)
		}
	}
	if _, err := read("no language", good); err == nil {
		t.Error("it was read as a language that isn't one")
	}
}
