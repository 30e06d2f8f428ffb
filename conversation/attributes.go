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

// Members makes [Attributes] of texts, one after the other. The zero value holds
// none; keys are not compared.
type Members []byte

// Add adds a text; an empty text or key is none.
func (m *Members) Add(key, value string) { *m = addAttribute(*m, key, value) }

// Mark adds a key that is true.
func (m *Members) Mark(key string) { *m = append(openMember(*m, key), "true"...) }

// Attributes gives what was added.
func (m Members) Attributes() Attributes {
	if len(m) == 0 {
		return ""
	}
	return Attributes(append(m, '}'))
}

// addAttribute adds a text to the members of an object that is still open.
// Empty texts are none.
func addAttribute(members []byte, key, value string) []byte {
	if value == "" || key == "" {
		return members
	}
	return appendQuoted(openMember(members, key), value)
}

func openMember(members []byte, key string) []byte {
	if len(members) == 0 {
		members = append(members, '{')
	} else {
		members = append(members, ',')
	}
	return append(appendQuoted(members, key), ':')
}

// appendQuoted appends a text as JSON writes it, <, > and & as they are.
func appendQuoted(to []byte, s string) []byte {
	start := len(to)
	to = append(to, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(append(to, s[from:i]...), '\\')
			from = i
		case c == '\n':
			to = append(append(to, s[from:i]...), '\\', 'n')
			from = i + 1
		case c < ' ' || c >= 0x7F:
			return encodeQuoted(to[:start], s) // rare signs, and letters beyond ASCII
		}
	}
	return append(append(to, s[from:]...), '"')
}

// encodeQuoted is appendQuoted for any text.
func encodeQuoted(to []byte, s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be written
	return append(to, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// wordless marks an answer of which the source knows when it was given and not
// what it says: see [Attributes.Wordless].
const wordless = "wordless"

// Wordless says whether a message is known to have been written, and when, though
// its source doesn't hold what it says: a help desk's table of tickets tells the
// time of the first answer alone. It answers, and nothing else is known of it.
func (a Attributes) Wordless() bool {
	v, _ := a.Value(wordless)
	is, _ := v.(bool)
	return is
}

// Wordless marks the message: see [Attributes.Wordless].
func (m *Members) Wordless() { m.Mark(wordless) }
