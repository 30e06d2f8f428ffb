package conversation

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// jsonl reads one message a line.
func (rd *reading) jsonl(in *lines) error {
	var o object
	for {
		line, ok := in.next()
		if !ok {
			return nil
		}
		switch {
		case in.long > 0:
			rd.tell(LongLine, in.number, "", in.tooLong())
		case !blank(line):
			rd.object(&o, line, in)
		}
		if err := rd.stop(); err != nil {
			return err
		}
	}
}

// blank is true for a line that says nothing at all, which is no record.
func blank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// object reads the message on a line.
func (rd *reading) object(o *object, line []byte, in *lines) {
	text := string(line)
	o.reset(rd.name, in.number)
	broken := !utf8.ValidString(text)
	if broken {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	o.fields, o.given, o.sides = rd.fields, rd.given, rd.sides
	if !o.scan(text) {
		detail := faultOf(text)
		if !in.whole {
			detail += "; the file ends in the middle of the line"
			rd.cutShort(in.number, "the file ends in the middle of a line")
		}
		rd.tell(BadRecord, in.number, "", detail+": the line was left out")
		return
	}
	if broken {
		o.complain(InvalidUTF8, "broken bytes are shown as U+FFFD")
	}
	rd.settle(&o.draft)
}

// faultOf asks the standard library what is wrong with a line.
func faultOf(text string) string {
	var all map[string]json.RawMessage
	err := json.Unmarshal([]byte(text), &all)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("not JSON at byte %d: %s", syntax.Offset, strings.ReplaceAll(syntax.Error(), "\x00", `\x00`))
	case err != nil || all == nil:
		return "not a JSON object"
	}
	return "not a message"
}

// object is a JSON object being read into a draft.
type object struct {
	draft
	fields     map[string]field // by key, for keys that were given
	given      uint64           // those fields, one bit each
	seen       uint64           // fields met, one bit each
	attributes []byte
	keys       []string // of attributes
	many       map[string]bool
	scratch    []byte
}

func (o *object) reset(file string, line int) {
	o.draft.reset(file, line)
	o.seen, o.attributes, o.keys, o.many = 0, o.attributes[:0], o.keys[:0], nil
}

// scan reads an object of any keys and values. It accepts exactly what
// encoding/json accepts, which a fuzz test holds it to, in one pass.
func (o *object) scan(s string) bool {
	i := space(s, 0)
	if i == len(s) || s[i] != '{' {
		return false
	}
	i = space(s, i+1)
	if i < len(s) && s[i] == '}' {
		return space(s, i+1) == len(s)
	}
	for {
		var ok bool
		if i, ok = o.member(s, i); !ok || i == len(s) {
			return false
		}
		if s[i] == '}' {
			o.close()
			return space(s, i+1) == len(s)
		}
		if s[i] != ',' {
			return false
		}
		i = space(s, i+1)
	}
}

// member reads a key and its value, and stands after the space behind it.
func (o *object) member(s string, i int) (end int, ok bool) {
	start := i
	key, i, ok := o.word(s, i)
	if !ok {
		return i, false
	}
	keyEnd := i
	i = space(s, i)
	if i == len(s) || s[i] != ':' {
		return i, false
	}
	i = space(s, i+1)
	if i == len(s) {
		return i, false
	}
	f := o.field(key)
	at := i
	var value string
	switch s[i] {
	case '"':
		if f == other {
			i, _, ok = wordEnd(s, i)
		} else {
			value, i, ok = o.word(s, i)
		}
	case '{', '[':
		i, ok = nestedEnd(s, i)
	default:
		i, ok = scalarEnd(s, i)
		value = s[at:i]
	}
	if !ok {
		return i, false
	}
	o.take(f, key, s[start:keyEnd], value, s[at:i])
	return space(s, i), true
}

func (o *object) field(key string) field {
	if f, ok := o.fields[key]; ok {
		return f
	}
	f := fieldNamed(key)
	if o.given>>f&1 == 1 {
		return other
	}
	return f
}

// take gives a value to its field, or to the attributes.
func (o *object) take(f field, key, rawKey, value, raw string) {
	if raw == "null" {
		return
	}
	if f == other {
		o.attribute(key, rawKey, raw)
		return
	}
	if o.seen>>f&1 == 1 {
		o.complain(BadValue, fieldNames[f]+" is said twice: the first stands")
		return
	}
	o.seen |= 1 << f
	switch raw[0] {
	case '{', '[':
		o.misread(f, raw)
		return
	case 't', 'f':
		if f != fieldBot && f != fieldPrivate && f != fieldDeleted {
			o.misread(f, raw)
			return
		}
	}
	if !o.set(f, value) {
		o.misread(f, value)
	}
}

// attribute keeps a key that a message has no field for, as it is written.
func (o *object) attribute(key, rawKey, raw string) {
	if o.twice(key) {
		o.complain(BadValue, clip(key)+" is said twice: the first stands")
		return
	}
	if len(o.attributes) == 0 {
		o.attributes = append(o.attributes, '{')
	} else {
		o.attributes = append(o.attributes, ',')
	}
	if len(rawKey) == len(key)+2 {
		o.attributes = append(o.attributes, rawKey...)
	} else { // written with escapes: make it one that can be searched for
		o.attributes = appendQuoted(o.attributes, key)
	}
	o.attributes = append(o.attributes, ':')
	o.attributes = append(o.attributes, raw...)
}

// twice notes a key and says whether it was there.
func (o *object) twice(key string) bool {
	const few = 24
	if o.many != nil {
		was := o.many[key]
		o.many[key] = true
		return was
	}
	for _, k := range o.keys {
		if k == key {
			return true
		}
	}
	if o.keys = append(o.keys, key); len(o.keys) > few {
		o.many = make(map[string]bool, 2*few)
		for _, k := range o.keys {
			o.many[k] = true
		}
	}
	return false
}

func (o *object) close() {
	if len(o.attributes) > 0 {
		o.Attributes = Attributes(append(o.attributes, '}'))
	}
}
