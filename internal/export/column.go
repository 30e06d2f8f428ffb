package export

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// column is a column of a table, as a row type's field and its tags say.
type column struct {
	name, unit, about string
	tag               string // the library's
	index             []int
	kind              reflect.Type
	null              bool // there may be nothing in it
}

// columns are those of a row type, in order; fields of what is embedded stand
// where it does.
func columns(row reflect.Type) (list []column) {
	for _, f := range reflect.VisibleFields(row) {
		if f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		c := column{name: name, tag: f.Tag.Get("parquet"), unit: f.Tag.Get("unit"), about: f.Tag.Get("about"), index: f.Index, kind: f.Type}
		if c.null = f.Type.Kind() == reflect.Pointer; c.null {
			c.kind = f.Type.Elem()
		}
		list = append(list, c)
	}
	return list
}

// value is what a row has in a column; nil for nothing.
func (c *column) value(row reflect.Value) any {
	v := row.FieldByIndex(c.index)
	if c.null {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	return v.Interface()
}

// word is the column's type as the dictionary tells it.
func (c *column) word() string {
	if c.kind == reflect.TypeFor[time.Time]() {
		return "time"
	}
	return map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "boolean", reflect.Int64: "integer", reflect.Float64: "number"}[c.kind.Kind()]
}

// DictionaryRow is a row of the table dictionary: a column of another.
type DictionaryRow struct {
	Table   string `parquet:"table" about:"the table"`
	Column  string `parquet:"column" about:"the column"`
	Type    string `parquet:"type" about:"text, boolean, integer, number, or time: in Parquet microseconds UTC, elsewhere ISO 8601 with Z"`
	Null    bool   `parquet:"null" about:"there may be nothing in it: an empty cell in CSV"`
	Unit    string `parquet:"unit" about:"of numbers"`
	About   string `parquet:"about" about:"what it means"`
	Version string `parquet:"version" about:"of the tables' columns"`
}

func dictionary() (rows []DictionaryRow) {
	for _, t := range []struct {
		name Table
		row  reflect.Type
	}{
		{Messages, reflect.TypeFor[MessageRow]()}, {Threads, reflect.TypeFor[ThreadRow]()}, {Answers, reflect.TypeFor[AnswerRow]()},
		{Gifts, reflect.TypeFor[GiftRow]()}, {Values, reflect.TypeFor[ValueRow]()}, {Presence, reflect.TypeFor[PresenceRow]()},
		{Dictionary, reflect.TypeFor[DictionaryRow]()},
	} {
		for _, c := range columns(t.row) {
			rows = append(rows, DictionaryRow{string(t.name), c.name, c.word(), c.null, c.unit, c.about, Version})
		}
	}
	return rows
}

// appendJSON appends a value as JSON has it.
func appendJSON(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case string:
		return jsontext.AppendQuote(b, strings.ToValidUTF8(v, "\uFFFD"))
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64), nil
	case time.Time:
		return jsontext.AppendQuote(b, stamp(v))
	}
	return nil, fmt.Errorf("a column of type %T", v)
}

// stamp is a time in ISO 8601, UTC, as exact as it is kept.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999Z") }
