package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

// table is one that is copied as it stands, with its columns.
type table struct {
	Name    string   `json:"table"`
	Columns []string `json:"columns"`
	kinds   []kind
}

// kind is what a column holds, in either engine's words.
type kind string

const (
	numbers kind = "number"
	reals   kind = "float"
	texts   kind = "text"
	blobs   kind = "bytes"
	flags   kind = "truth"
)

var kinds = map[string]kind{
	"bigint": numbers, "integer": numbers, "text": texts, "bytea": blobs, "blob": blobs,
	"boolean": flags, "double precision": reals, "real": reals,
}

// left are the tables that aren't copied: the words are found again in the
// texts, the rest is of the moment or the engine's own.
func left(name string) bool {
	switch name {
	case "migrations", "looks", "leads":
		return true
	}
	return strings.HasPrefix(name, "words") || strings.HasPrefix(name, "sqlite_")
}

// tables tells all tables that are copied, by name.
func (s *Store) tables(q Query) ([]table, error) {
	query := `SELECT t.name, c.name, lower(c.type) FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid`
	if s.pg {
		query = `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`
	}
	var list []table
	rows, err := All(q, func(rows Scanner) (c [3]string, err error) { return c, rows.Scan(&c[0], &c[1], &c[2]) }, query)
	for _, c := range rows {
		if left(c[0]) {
			continue
		}
		if len(list) == 0 || list[len(list)-1].Name != c[0] {
			list = append(list, table{Name: c[0]})
		}
		t := &list[len(list)-1]
		t.Columns, t.kinds = append(t.Columns, c[1]), append(t.kinds, kinds[c[2]])
		if kinds[c[2]] == "" {
			return nil, fmt.Errorf("the column %s.%s is of an unknown type, %s", c[0], c[1], c[2])
		}
	}
	return list, err
}

// placeholders are where a row is read to.
func (t *table) scanTargets() []any {
	list := make([]any, len(t.kinds))
	for i, k := range t.kinds {
		switch k {
		case numbers:
			list[i] = new(int64)
		case reals:
			list[i] = new(float64)
		case flags:
			list[i] = new(bool)
		case blobs:
			list[i] = new([]byte)
		default:
			list[i] = new(string)
		}
	}
	return list
}

// value makes of what a backup says of column i what its engine takes.
func (t *table) value(i int, said any) (any, error) {
	switch v := said.(type) {
	case json.Number:
		switch t.kinds[i] {
		case reals:
			return v.Float64()
		case flags:
			return v != "0", nil
		case numbers:
			return v.Int64()
		}
	case bool:
		switch t.kinds[i] {
		case flags:
			return v, nil
		case numbers:
			if v {
				return int64(1), nil
			}
			return int64(0), nil
		}
	case string:
		switch t.kinds[i] {
		case texts:
			return v, nil
		case blobs:
			return base64.StdEncoding.DecodeString(v)
		}
	case nil:
		if t.kinds[i] == blobs {
			return []byte{}, nil
		}
	}
	return nil, fmt.Errorf("%s.%s can't be %v", t.Name, t.Columns[i], said)
}
