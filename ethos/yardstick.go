package ethos

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Yardstick is a list of values to look for. The built-in ones come from
// [Builtin]; an organisation writes its own in a JSON file ([ReadYardstick]):
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
	Values []Value
}

// Value is one value of a yardstick.
type Value struct {
	ID         string             `json:"id"`
	Name       Words              `json:"name"`
	Definition Words              `json:"definition"`
	Side       string             `json:"side"`       // whose value it is thought to be: "corporate", "human" or nothing
	Axes       map[string]float64 `json:"axes"`       // its place on each axis, -1 to 1
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

// ReadYardstick reads a yardstick file. What is wrong is told with its line.
func ReadYardstick(file []byte) (*Yardstick, error) {
	var head struct {
		ID     string            `json:"id"`
		Name   Words             `json:"name"`
		Note   string            `json:"note"`
		Base   string            `json:"base"`
		Values []json.RawMessage `json:"values"`
	}
	if err := decodeStrictly(file, &head); err != nil {
		return nil, lineError(file, 0, err)
	}
	y := &Yardstick{ID: head.ID, Name: head.Name, Note: head.Note, Base: head.Base}
	if y.ID == "" {
		return nil, errors.New("line 1: a yardstick needs an id")
	}
	at := 0
	for i, raw := range head.Values {
		at += bytes.Index(file[at:], raw)
		var v Value
		err := decodeStrictly(raw, &v)
		if err == nil {
			err = y.check(&v)
		}
		if err != nil {
			return nil, lineError(file, at, fmt.Errorf("value %d: %w", i+1, err))
		}
		y.Values = append(y.Values, v)
		at += len(raw)
	}
	if len(y.Values) < 2 {
		return nil, errors.New("line 1: a yardstick needs at least two values")
	}
	return y, nil
}

func decodeStrictly(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// lineError says at which line of the file an error stands; at is where the
// piece that was being read begins.
func lineError(file []byte, at int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at += int(syntax.Offset)
	case errors.As(err, &kind):
		at += int(kind.Offset)
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(file[:min(at, len(file))], []byte("\n")), err)
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
