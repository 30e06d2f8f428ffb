package document

import (
	"iter"
	"strings"

	"github.com/valyala/fastjson"
)

// Value is a value of a record, good until the next record is read; what it
// gives as strings stays. The zero Value is one that isn't there: everything
// asked of it is empty.
type Value struct{ v *fastjson.Value }

// At goes down a path of keys.
func (v Value) At(path ...string) Value {
	if v.v == nil {
		return v
	}
	return Value{v.v.Get(path...)}
}

// Has says whether there is something at a path that isn't null.
func (v Value) Has(path ...string) bool {
	at := v.At(path...)
	return at.v != nil && at.v.Type() != fastjson.TypeNull
}

// Text is the string at a path, or a number or a truth as it is written; "" for
// null, objects, arrays and what isn't there.
func (v Value) Text(path ...string) string {
	at := v.At(path...).v
	if at == nil {
		return ""
	}
	switch at.Type() {
	case fastjson.TypeString:
		s, _ := at.StringBytes()
		return string(s)
	case fastjson.TypeNumber:
		return at.String()
	case fastjson.TypeTrue:
		return "true"
	case fastjson.TypeFalse:
		return "false"
	}
	return ""
}

// First is the first text that isn't empty among dotted paths.
func (v Value) First(paths ...string) string {
	for _, p := range paths {
		if s := v.Text(strings.Split(p, ".")...); s != "" {
			return s
		}
	}
	return ""
}

// True says whether the truth at a path is true; so are 1, "1" and "true".
func (v Value) True(path ...string) bool {
	switch v.Text(path...) {
	case "true", "1", "True", "TRUE", "yes":
		return true
	}
	return false
}

// False says whether there is a truth at a path and it is false.
func (v Value) False(path ...string) bool {
	switch v.Text(path...) {
	case "false", "0", "False", "FALSE", "no":
		return true
	}
	return false
}

// List gives the elements of the array at a path.
func (v Value) List(path ...string) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		at := v.At(path...)
		if !at.IsList() {
			return
		}
		all, _ := at.v.Array()
		for _, one := range all {
			if !yield(Value{one}) {
				return
			}
		}
	}
}

// Members gives the keys and values of an object, in order.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if !v.IsObject() {
			return
		}
		going := true
		v.v.GetObject().Visit(func(key []byte, one *fastjson.Value) {
			going = going && yield(string(key), Value{one})
		})
	}
}

// Len is the number of elements of an array, 0 for all else.
func (v Value) Len() int {
	if !v.IsList() {
		return 0
	}
	all, _ := v.v.Array()
	return len(all)
}

// IsObject says what a value is.
func (v Value) IsObject() bool { return v.v != nil && v.v.Type() == fastjson.TypeObject }

// IsList says what a value is.
func (v Value) IsList() bool { return v.v != nil && v.v.Type() == fastjson.TypeArray }

// IsText says what a value is.
func (v Value) IsText() bool { return v.v != nil && v.v.Type() == fastjson.TypeString }

// IsNumber says what a value is.
func (v Value) IsNumber() bool { return v.v != nil && v.v.Type() == fastjson.TypeNumber }

// Parse reads one whole JSON text, for what isn't streamed.
func Parse(text []byte) (Value, error) {
	v, err := fastjson.ParseBytes(text)
	return Value{v}, err
}
