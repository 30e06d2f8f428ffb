// Package ridefile reads rides and asks from files, CSV or JSONL, and writes them and their matches.
package ridefile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Problem is what is wrong with one record, told with its file and line.
type Problem struct {
	File string
	Line int
	Err  error
}

func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %v", p.File, p.Line, p.Err) }

// Unwrap gives the cause.
func (p Problem) Unwrap() error { return p.Err }

// record is one row of CSV or one object of JSON, its values as text; lists have semicolons between.
type record map[string]string

// maxLine is how long a line of JSONL can be.
const maxLine = 1 << 20

// read calls take with each record of CSV with a header, or of JSONL, which the first byte tells. What take or the form
// of one record finds wrong is a Problem, and reading goes on; an error of the file ends it.
func read(in io.Reader, file string, known []string, take func(record) error) (problems []Problem, err error) {
	b := bufio.NewReaderSize(in, 1<<16)
	if bom, _ := b.Peek(3); bytes.Equal(bom, []byte("\ufeff")) {
		_, _ = b.Discard(3)
	}
	for {
		c, err := b.ReadByte()
		if err != nil {
			return nil, fmt.Errorf("reading %s: it is empty: CSV with a header or JSON lines are expected", file)
		}
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			continue
		}
		_ = b.UnreadByte() // after a ReadByte it can't fail
		if c == '{' {
			return readJSON(b, file, known, take)
		}
		return readCSV(b, file, known, take)
	}
}

func readJSON(b *bufio.Reader, file string, known []string, take func(record) error) (problems []Problem, err error) {
	lines := bufio.NewScanner(b)
	lines.Buffer(nil, maxLine)
	line := 0
	for lines.Scan() {
		line++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		r, err := object(lines.Bytes())
		if err == nil {
			err = r.only(known)
		}
		if err == nil {
			err = take(r)
		}
		if err != nil {
			problems = append(problems, Problem{file, line, err})
		}
	}
	if err := lines.Err(); err != nil {
		return problems, fmt.Errorf("reading %s, line %d: %w", file, line+1, err)
	}
	return problems, nil
}

// object reads one JSON object.
func object(line []byte) (record, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var values map[string]any
	if err := d.Decode(&values); err != nil {
		return nil, fmt.Errorf("no JSON object: %w", err)
	}
	r := record{}
	for key, v := range values {
		text, err := plain(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		r[key] = text
	}
	return r, nil
}

// plain writes a JSON value as CSV would hold it.
func plain(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return strings.TrimSpace(v), nil
	case json.Number:
		return v.String(), nil
	case bool:
		return strconv.FormatBool(v), nil
	case []any:
		var list []string
		for _, e := range v {
			s, err := plain(e)
			if err != nil {
				return "", err
			}
			list = append(list, s)
		}
		return strings.Join(list, ";"), nil
	}
	return "", errors.New("an object: a text, a number or a list is expected")
}

func readCSV(b *bufio.Reader, file string, known []string, take func(record) error) (problems []Problem, err error) {
	in := csv.NewReader(b)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("reading %s: its header: %w", file, err)
	}
	columns := record{}
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
		columns[header[i]] = ""
	}
	if err := columns.only(known); err != nil {
		return nil, fmt.Errorf("reading %s: its header: %w", file, err)
	}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return problems, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return problems, Problem{file, bad.StartLine, bad.Err}
		} else if err != nil {
			return problems, fmt.Errorf("reading %s: %w", file, err)
		}
		line, _ := in.FieldPos(0)
		if err := takeRow(header, row, take); err != nil {
			problems = append(problems, Problem{file, line, err})
		}
	}
}

func takeRow(header, row []string, take func(record) error) error {
	if len(row) != len(header) {
		return fmt.Errorf("%d values for %d columns", len(row), len(header))
	}
	r := record{}
	for i, v := range row {
		r[header[i]] = strings.TrimSpace(v)
	}
	return take(r)
}

// only tells the first key that isn't known: a misspelt column would silently count for nothing.
func (r record) only(known []string) error {
	var wrong []string
	for key := range r {
		found := false
		for _, k := range known {
			found = found || k == key
		}
		if !found {
			wrong = append(wrong, key)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	least := wrong[0]
	for _, w := range wrong {
		least = min(least, w)
	}
	return fmt.Errorf("no column is called %q; there are %s", least, strings.Join(known, ", "))
}

// list are the values of a key that holds several.
func (r record) list(key string) (values []string) {
	for v := range strings.SplitSeq(r[key], ";") {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	return values
}

// number is a value that is a number, or what stands for none.
func (r record) number(key string, none float64) (float64, error) {
	if r[key] == "" {
		return none, nil
	}
	v, err := strconv.ParseFloat(r[key], 64)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no number", key, r[key])
	}
	return v, nil
}

// count is a value that is a whole number, or what stands for none.
func (r record) count(key string, none int) (int, error) {
	if r[key] == "" {
		return none, nil
	}
	v, err := strconv.Atoi(r[key])
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no whole number", key, r[key])
	}
	return v, nil
}
