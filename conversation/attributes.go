package conversation

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Attributes are the keys of a source that [Message] has no field for, kept as
// the text of one JSON object so that a log of a million messages doesn't hold
// a million maps. Empty means none.
type Attributes string

// Value decodes the attribute named key into what [json.Unmarshal] makes of it
// (string, float64, bool, nil, []any, map[string]any); ok is false when there
// is none.
func (a Attributes) Value(key string) (value any, ok bool) {
	if a == "" || !strings.Contains(string(a), `"`+key+`"`) {
		return nil, false
	}
	all, err := a.All()
	if err != nil {
		return nil, false
	}
	value, ok = all[key]
	return value, ok
}

// Text gives a string attribute, or "" when there is none or it isn't a string.
func (a Attributes) Text(key string) string {
	v, _ := a.Value(key)
	s, _ := v.(string)
	return s
}

// All decodes every attribute.
func (a Attributes) All() (map[string]any, error) {
	if a == "" {
		return nil, nil
	}
	var all map[string]any
	err := json.Unmarshal([]byte(a), &all)
	return all, err
}

// NewAttributes encodes a map; keys come out sorted, so that equal maps make
// equal attributes.
func NewAttributes(all map[string]any) (Attributes, error) {
	if len(all) == 0 {
		return "", nil
	}
	b, err := json.Marshal(all)
	return Attributes(b), err
}

// appendQuoted appends a text as JSON writes it, <, > and & as they are.
func appendQuoted(to []byte, s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be written
	return append(to, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
