package lang

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed catalogue/*.toml
var embedded embed.FS

// catalogues are those of the languages there are, each read when it is first
// needed.
var catalogues = func() map[Language]func() *catalogue {
	all := find(embedded, "catalogue")
	all[Stretched] = sync.OnceValue(func() *catalogue { return all[English]().stretched() })
	return all
}()

// catalogue is what one language needs to be written, as its file has it.
type catalogue struct {
	// Plural names the forms of a number in the order in which sentences give them,
	// in the words of CLDR: one, two, few, many, … A form that isn't named, and a
	// number that isn't known, take the last, other.
	Plural  []string `toml:"plural"`
	Decimal string   `toml:"decimal"` // before the digits of a fraction
	Group   string   `toml:"group"`   // between thousands
	Percent string   `toml:"percent"` // behind a number
	Quotes  []string `toml:"quotes"`  // before and behind somebody's words
	Clock   string   `toml:"clock"`   // of an hour and a minute
	Months  []string `toml:"months"`
	Short   []string `toml:"short-months"`
	Units   []string `toml:"units"` // that stay on the line of their number
	// Spaces are pairs: what is written in the file, and what becomes of it.
	Spaces [][]string        `toml:"spaces"`
	Words  map[string]string `toml:"words"`

	tag   language.Tag
	forms []plural.Form
}

// find gives the catalogues of a folder by their language, which is the file's
// name. A file that can't be read is a bug, which panics when it is needed.
func find(files fs.FS, folder string) map[Language]func() *catalogue {
	names, err := fs.Glob(files, folder+"/*.toml")
	if err != nil {
		panic(err)
	}
	all := map[Language]func() *catalogue{}
	for _, name := range names {
		tag := strings.TrimSuffix(name[len(folder)+1:], ".toml")
		all[Language(tag)] = sync.OnceValue(func() *catalogue {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				panic(err)
			}
			c, err := read(tag, text)
			if err != nil {
				panic(fmt.Errorf("reading %s: %w", name, err))
			}
			return c
		})
	}
	return all
}

// read reads the file of a language.
func read(tag string, text []byte) (*catalogue, error) {
	c := new(catalogue)
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return nil, err
	}
	var err error
	if c.tag, err = language.Parse(tag); err != nil {
		return nil, err
	}
	if c.forms, err = formsOf(c.Plural); err != nil {
		return nil, err
	}
	if len(c.Quotes) != 2 || len(c.Months) != 12 || len(c.Short) != 12 || c.Decimal == "" || c.Clock == "" {
		return nil, errors.New("decimal, clock, two quotes, twelve months and twelve short-months are needed")
	}
	typeset, err := c.typeset()
	if err != nil {
		return nil, err
	}
	for key, sentence := range c.Words {
		if err := c.check(sentence); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		c.Words[key] = typeset(key, sentence)
	}
	return c, nil
}

// cldr are the forms of a number by CLDR's names.
var cldr = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

func formsOf(names []string) (forms []plural.Form, err error) {
	for _, name := range names {
		form, ok := cldr[name]
		if !ok {
			return nil, fmt.Errorf("%q is no form of a number: zero, one, two, few, many, other", name)
		}
		forms = append(forms, form)
	}
	if len(forms) == 0 || forms[len(forms)-1] != plural.Other {
		return nil, errors.New("plural ends with other")
	}
	return forms, nil
}

// check says whether every choice of a sentence has the language's forms.
func (c *catalogue) check(sentence string) error {
	if !strings.Contains(sentence, "[") {
		return nil
	}
	for _, choice := range bracket.FindAllString(sentence, -1) {
		if n := strings.Count(choice, "|") + 1; n > 1 && n != len(c.forms) {
			return fmt.Errorf("%s has %d forms, and this language has %d: %s", choice, n, len(c.forms), strings.Join(c.Plural, ", "))
		}
	}
	return nil
}

var bracket = regexp.MustCompile(`\[[^]]*\]`)

// typeset puts a language's spaces where they belong: its file is written with
// plain ones, which can be seen and searched. A number and its unit, and a length
// of time, stay on one line.
func (c *catalogue) typeset() (func(key, sentence string) string, error) {
	var pairs []string
	for _, p := range c.Spaces {
		if len(p) != 2 {
			return nil, errors.New("spaces are pairs: what is written, what becomes of it")
		}
		pairs = append(pairs, p...)
	}
	spaces := strings.NewReplacer(pairs...)
	units := make([]string, len(c.Units))
	for i, u := range c.Units {
		units[i] = regexp.QuoteMeta(u)
	}
	unit, err := regexp.Compile(`(\d|%d) (` + strings.Join(units, "|") + `)\b`)
	if err != nil {
		return nil, err
	}
	return func(key, sentence string) string {
		sentence = spaces.Replace(sentence)
		if strings.HasPrefix(key, "duration.") || strings.HasPrefix(key, "date.") || key == "n" {
			return strings.ReplaceAll(sentence, " ", fixed)
		}
		if len(units) == 0 || !strings.ContainsAny(sentence, "%0123456789") {
			return sentence
		}
		return unit.ReplaceAllString(sentence, "$1"+fixed+"$2")
	}, nil
}

// choose gives the form of a sentence for a number, said with so many digits.
func (c *catalogue) choose(forms []string, n number) string {
	at := slices.Index(c.forms, n.form(c.tag))
	if at < 0 || at >= len(forms) {
		at = len(forms) - 1
	}
	return forms[at]
}

// stretched is a copy whose words are 40 % longer.
func (c *catalogue) stretched() *catalogue {
	long := *c
	long.Words = make(map[string]string, len(c.Words))
	for key, sentence := range c.Words {
		long.Words[key] = stretch(sentence)
	}
	return &long
}
