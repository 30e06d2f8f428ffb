package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// TestNoneLacksAWord compares each catalogue with the English one: the same keys,
// and in each sentence the same blanks in the same order.
func TestNoneLacksAWord(t *testing.T) {
	english := catalogues[English]().Words
	for _, l := range Languages() {
		words := catalogues[l]().Words
		for key, sentence := range english {
			other, ok := words[key]
			if !ok {
				t.Errorf("%s lacks %q: %s", l, key, sentence)
				continue
			}
			if e, f := verbs(sentence), verbs(other); !slices.Equal(e, f) {
				t.Errorf("%q has the blanks %v in English, %v in %s", key, e, f, l)
			}
		}
		for key, sentence := range words {
			if _, ok := english[key]; !ok && key != "date.first" { // English counts days plainly
				t.Errorf("English lacks %q: %s", key, sentence)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(\.?\d*[dsf])`)

func verbs(sentence string) (found []string) {
	found = append(found, verb.FindAllString(strings.ReplaceAll(sentence, "%%", ""), -1)...)
	return found
}

// TestDoubtsAreTheMeasures holds the English catalogue to measure.English, which
// is what programs read: with the plural chosen everywhere they are the same.
func TestDoubtsAreTheMeasures(t *testing.T) {
	plural := regexp.MustCompile(`\[([^]|]*)\|([^]]*)\]`)
	for code, sentence := range measure.English {
		got, ok := catalogues[English]().Words["doubt."+code]
		if !ok {
			t.Errorf("the doubt %q has no words: add it to the catalogues: %s", code, sentence)
			continue
		}
		want := strings.ReplaceAll(sentence, " %%", "%%")
		if got := plural.ReplaceAllString(got, "$2"); got != want {
			t.Errorf("doubt %q says\n  %s\nthe measure says\n  %s", code, got, want)
		}
	}
	for key := range catalogues[English]().Words {
		if code, is := strings.CutPrefix(key, "doubt."); is && code != "mark" && measure.English[code] == "" {
			t.Errorf("no measure has the doubt %q", code)
		}
	}
}

// TestEveryProblemIsSaid reads the kinds of problems from the source that
// declares them.
func TestEveryProblemIsSaid(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../conversation/problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Kind" {
			return true
		}
		kind, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		kinds++
		for _, l := range Languages() {
			if said := l.Problem(conversation.Kind(kind)); said == kind {
				t.Errorf("the problem %q has no words in %s", kind, l)
			}
		}
		return true
	})
	if kinds < 15 {
		t.Errorf("found only %d kinds of problems: are they declared elsewhere?", kinds)
	}
}

// TestEveryFigureIsNamed reads the names of what stands beside a component from
// the source that makes them.
func TestEveryFigureIsNamed(t *testing.T) {
	source, err := os.ReadFile("../../presence/crowd.go")
	if err != nil {
		t.Skip("presence has no crowd.go: where are the figures made now?")
	}
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?:Name: |^\t\t\{)"([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		names[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?m)^\t\t\{"([a-z-]+)", func`).FindAllStringSubmatch(string(source), -1) {
		names[m[1]] = true
	}
	for name := range names {
		if !English.Has("beside." + name) {
			t.Errorf("the figure %q has no words", name)
		}
	}
	if len(names) < 10 {
		t.Errorf("found only %d figures", len(names))
	}
}

// TestEveryWordIsUsed keeps the catalogue as small as what is said: each key
// stands somewhere in the household's code or templates, whole, or as a prefix
// that a stable name completes.
func TestEveryWordIsUsed(t *testing.T) {
	var source strings.Builder
	for _, folder := range []string{"..", "../../cmd"} {
		err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") {
				return err
			}
			text, err := os.ReadFile(filepath.Join(folder, path))
			source.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := source.String()
	for key := range catalogues[English]().Words {
		if !strings.Contains(said, `"`+key+`"`) && !completed(said, key) {
			t.Errorf("nobody says %q", key)
		}
	}
}

// completed says whether some code ends a key by a name: "act." + …, Name("act", …).
func completed(code, key string) bool {
	for i, r := range key {
		if r != '.' {
			continue
		}
		start := key[:i]
		for _, way := range []string{`"` + start + `."`, `Name("` + start + `"`, `Name "` + start + `"`, `name "` + start + `"`} {
			if strings.Contains(code, way) {
				return true
			}
		}
	}
	return false
}

// TestFrenchSpaces looks for a plain space where French wants one that doesn't
// break, in every sentence.
func TestFrenchSpaces(t *testing.T) {
	wrong := regexp.MustCompile(`[  ][;:!?»]|[  ]%%|«[  ]|[^\s\x{202f}][;!?»]|«[^\x{202f}]`)
	for key, sentence := range catalogues[French]().Words {
		if at := wrong.FindString(sentence); at != "" {
			t.Errorf("%s: %q in %s", key, at, sentence)
		}
		if strings.Contains(sentence, "...") || strings.ContainsAny(sentence, `"`) {
			t.Errorf("%s: typewriter's signs in %s", key, sentence)
		}
	}
}

// TestOneWordPerIdea reads doc/glossary.md: where an English sentence speaks of
// an appeal, the French one speaks of an appel.
func TestOneWordPerIdea(t *testing.T) {
	glossary, err := os.ReadFile("../../doc/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \|`).FindAllStringSubmatch(string(glossary), -1) {
		pairs[row[1]] = row[2]
	}
	checked := 0
	for _, word := range []string{"message", "appeal", "department", "receipt", "template", "census", "alarm", "thread", "channel", "silence"} {
		french := pairs[word]
		if french == "" && word != "silence" {
			t.Errorf("the glossary lacks %q", word)
			continue
		}
		if word == "silence" {
			french = "silence"
		}
		stem := strings.Fields(french)[0]
		has := regexp.MustCompile(`\b` + word + `s?\b`)
		for _, key := range slices.Sorted(maps.Keys(catalogues[English]().Words)) {
			if !has.MatchString(strings.ToLower(catalogues[English]().Words[key])) {
				continue
			}
			checked++
			if !strings.Contains(strings.ToLower(catalogues[French]().Words[key]), stem) && !free[key] {
				t.Errorf("%s: English says %s, French does not say %s:\n  %s\n  %s", key, word, stem, catalogues[English]().Words[key], catalogues[French]().Words[key])
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d sentences were compared", checked)
	}
}

// free are the sentences where French rightly uses another word, or none.
var free = map[string]bool{}

// TestStretched makes sure that the language made for tests of layouts is as
// much longer as it says, and keeps its blanks.
func TestStretched(t *testing.T) {
	plain, long := 0, 0
	for key, sentence := range catalogues[English]().Words {
		if !slices.Equal(verbs(sentence), verbs(catalogues[Stretched]().Words[key])) {
			t.Errorf("%s lost a blank: %s", key, catalogues[Stretched]().Words[key])
		}
		plain += letters(sentence)
		long += letters(catalogues[Stretched]().Words[key])
	}
	if ratio := float64(long) / float64(plain); ratio < 1.37 || ratio > 1.43 {
		t.Errorf("stretched is %.2f times as long, not 1.4", ratio)
	}
}

func letters(s string) (n int) {
	for _, r := range verb.ReplaceAllString(s, "") {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// TestEveryKeyIsThere reads the keys that code and pages say.
func TestEveryKeyIsThere(t *testing.T) {
	key := regexp.MustCompile(`\bSay\("([a-z][a-z0-9.-]*[a-z0-9])"|[{( ]t "([a-z][a-z0-9.-]*[a-z0-9])"`)
	found := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") {
			return err
		}
		text, err := os.ReadFile(filepath.Join("..", path))
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			found[m[1]+m[2]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for k := range found {
		if !French.Has(k) {
			t.Errorf("%q is said and in no catalogue", k)
		}
	}
	if len(found) < 500 {
		t.Errorf("only %d keys were found", len(found))
	}
}
