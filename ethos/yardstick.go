package ethos

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Yardstick is a list of values to look for. The built-in ones come from
// [Builtin]; an organisation writes its own in a file ([ReadYardstick]), in TOML:
//
//	id = "our-values"
//	name = {en = "What we stand for", fr = "Ce qui nous tient à cœur"}
//
//	[[values]]
//	id = "care"
//	name = {en = "Care", fr = "Le soin"}
//	definition = {en = "…", fr = "…"}
//	axes = {results_relations = -1}
//	deeds = ["answers"]
//	seeds = {en = ["care for*", "look after"], fr = ["prendre soin", "soin*"]}
//	not = {en = ["health care"], fr = ["soins dentaires"]}
//
// or the same in JSON:
//
//	{
//	 "id": "our-values",
//	 "name": {"en": "What we stand for", "fr": "Ce qui nous tient à cœur"},
//	 "values": [
//	  {"id": "care",
//	   "name": {"en": "Care", "fr": "Le soin"},
//	   "definition": {"en": "…", "fr": "…"},
//	   "axes": {"results_relations": -1},
//	   "seeds": {"en": ["care for*", "look after"], "fr": ["prendre soin", "soin*"]},
//	   "not": {"en": ["health care"], "fr": ["soins dentaires"]}}
//	 ]
//	}
//
// A value needs an id, a name and at least three seeds in one language.
type Yardstick struct {
	ID     string
	Name   Words
	Note   string
	Base   string // the yardstick whose values are merged here; empty for most
	Circle bool   // neighbours in the list are alike, and so are the last and the first
	Values []Value
}

// Value is one value of a yardstick.
type Value struct {
	ID         string             `json:"id"`
	Name       Words              `json:"name"`
	Definition Words              `json:"definition"`
	Side       string             `json:"side"`       // whose value it is thought to be: "corporate", "human" or nothing
	Axes       map[string]float64 `json:"axes"`       // its place on each axis, -1 to 1
	Deeds      []string           `json:"deeds"`      // what an organisation does that shows it: see Deeds
	Neighbours []string           `json:"neighbours"` // the nearest values of schwartz
	Merges     []string           `json:"merges"`     // values of the base that this one is made of
	Seeds      Phrases            `json:"seeds"`      // words that express it; "*" at an end stands for any ending
	Not        Phrases            `json:"not"`        // false friends: a seed inside one of these is silent
}

// Words says something in English and French.
type Words struct {
	EN string `json:"en"`
	FR string `json:"fr"`
}

// In gives the words in a language ("fr" or anything else), or what there is.
func (w Words) In(lang string) string {
	if lang == "fr" && w.FR != "" || w.EN == "" {
		return w.FR
	}
	return w.EN
}

// Phrases lists words and phrases of each language.
type Phrases struct {
	EN []string `json:"en"`
	FR []string `json:"fr"`
}

// The two axes to which the fit between organisations and people reduces (Borg,
// Groenen, Jehn, Bilsky & Schwartz 2011). Positive is the first pole.
const (
	ResultsRelations = "results_relations"
	RulesOpenness    = "rules_openness"
)

// Axes lists the axes in their order.
var Axes = []string{ResultsRelations, RulesOpenness}

// Deeds lists what a value's deeds may be, as far as a conversation can tell:
// that people are answered, that it doesn't depend on the week, that it doesn't
// depend on who asks and where, that more than a few answer, and in a human
// voice.
var Deeds = []string{"answers", "constancy", "evenness", "diffusion", "voice"}

// IDs gives the values' ids, in order.
func (y *Yardstick) IDs() []string {
	ids := make([]string, len(y.Values))
	for i := range ids {
		ids[i] = y.Values[i].ID
	}
	return ids
}

// Names gives the English names (or the French ones where there is no other).
func (y *Yardstick) Names() []string {
	names := make([]string, len(y.Values))
	for i := range names {
		names[i] = y.Values[i].Name.In("en")
	}
	return names
}

// LineError is what is wrong in a yardstick file, and in which line.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the cause.
func (e *LineError) Unwrap() error { return e.Err }

// plan is a yardstick file as it is written.
type plan struct {
	ID     string  `json:"id"`
	Name   Words   `json:"name"`
	Note   string  `json:"note"`
	Base   string  `json:"base"`
	Circle bool    `json:"circle"`
	Values []Value `json:"values"`
}

// ReadYardstick reads a yardstick file: JSON when it begins with a brace, else
// TOML. What is wrong is a *[LineError].
func ReadYardstick(file []byte) (*Yardstick, error) {
	read := readTOML
	if text := bytes.TrimSpace(file); len(text) > 0 && text[0] == '{' {
		read = readJSON
	}
	p, lines, err := read(file)
	if err != nil {
		return nil, err
	}
	y := &Yardstick{ID: p.ID, Name: p.Name, Note: p.Note, Base: p.Base, Circle: p.Circle}
	if y.ID == "" {
		return nil, &LineError{1, errors.New("a yardstick needs an id")}
	}
	for i := range p.Values {
		if err := y.check(&p.Values[i]); err != nil {
			return nil, &LineError{lines[i], fmt.Errorf("value %d: %w", i+1, err)}
		}
		y.Values = append(y.Values, p.Values[i])
	}
	if len(y.Values) < 2 {
		return nil, &LineError{1, errors.New("a yardstick needs at least two values")}
	}
	return y, nil
}

const fewestSeeds = 3

func (y *Yardstick) check(v *Value) error {
	switch {
	case v.ID == "":
		return errors.New("needs an id")
	case v.Name.In("en") == "":
		return fmt.Errorf("%s: needs a name", v.ID)
	case slices.ContainsFunc(y.Values, func(other Value) bool { return other.ID == v.ID }):
		return fmt.Errorf("%s: this id is there already", v.ID)
	case y.Base == "" && max(len(v.Seeds.EN), len(v.Seeds.FR)) < fewestSeeds:
		return fmt.Errorf("%s: needs at least %d seeds in one language", v.ID, fewestSeeds)
	case y.Base != "" && len(v.Merges) == 0:
		return fmt.Errorf("%s: merges no value of %s", v.ID, y.Base)
	}
	for _, deed := range v.Deeds {
		if !slices.Contains(Deeds, deed) {
			return fmt.Errorf("%s: no deed %q (there are %s)", v.ID, deed, strings.Join(Deeds, ", "))
		}
	}
	for axis, place := range v.Axes {
		if !slices.Contains(Axes, axis) {
			return fmt.Errorf("%s: no axis %q (there are %s)", v.ID, axis, strings.Join(Axes, " and "))
		}
		if place < -1 || place > 1 {
			return fmt.Errorf("%s: %s is %g, not between -1 and 1", v.ID, axis, place)
		}
	}
	return nil
}

//go:embed yardsticks/*.json
var yardstickFiles embed.FS

// builtinYardstick reads a yardstick that comes with the program. Its file is
// checked by a test, so there is no error to give.
func builtinYardstick(id string) *Yardstick {
	file, err := yardstickFiles.ReadFile("yardsticks/" + id + ".json")
	if err != nil {
		return nil
	}
	y, err := ReadYardstick(file)
	if err != nil {
		return nil
	}
	return y
}
