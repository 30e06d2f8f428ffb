package ethos

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// readJSON reads a yardstick in JSON, and the line at which each value begins.
func readJSON(file []byte) (p plan, lines []int, err error) {
	head := struct {
		plan
		Values []json.RawMessage `json:"values"`
	}{}
	if err := decodeStrictly(file, &head); err != nil {
		return p, nil, lineError(file, 0, err)
	}
	p = head.plan
	at := 0
	for i, raw := range head.Values {
		at += bytes.Index(file[at:], raw)
		var v Value
		if err := decodeStrictly(raw, &v); err != nil {
			return p, nil, lineError(file, at, fmt.Errorf("value %d: %w", i+1, err))
		}
		p.Values, lines = append(p.Values, v), append(lines, 1+bytes.Count(file[:at], []byte("\n")))
		at += len(raw)
	}
	return p, lines, nil
}

func decodeStrictly(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// lineError says at which line of a JSON file an error stands; at is where the
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
	return &LineError{1 + bytes.Count(file[:min(at, len(file))], []byte("\n")), err}
}

// readTOML reads a yardstick in TOML, each value a [[values]], and the line at
// which it begins.
func readTOML(file []byte) (p plan, lines []int, err error) {
	d := toml.NewDecoder(bytes.NewReader(file)).DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return p, nil, tomlError(err)
	}
	n := 0
	for line := range strings.Lines(string(file)) {
		if n++; strings.HasPrefix(strings.ReplaceAll(line, " ", ""), "[[values]]") {
			lines = append(lines, n)
		}
	}
	for len(lines) < len(p.Values) { // written in one array, or inside a text
		lines = append(lines, 1)
	}
	return p, lines, nil
}

// tomlError says at which line of a TOML file an error stands.
func tomlError(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		line, _ := strict.Errors[0].Position()
		return &LineError{line, fmt.Errorf("unknown field %q", strings.Join(strict.Errors[0].Key(), "."))}
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, _ := wrong.Position()
		return &LineError{line, errors.New(strings.TrimPrefix(wrong.Error(), "toml: "))}
	}
	return &LineError{1, err}
}
