package export

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"
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

// jsonOf is a value as JSON has it, with < and > as they are.
func jsonOf(v any) ([]byte, error) {
	if t, ok := v.(time.Time); ok {
		v = stamp(t)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// stamp is a time in ISO 8601, UTC, as exact as it is kept.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999Z") }
