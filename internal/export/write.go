package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// write writes rows in a form.
func write[T any](w io.Writer, table Table, rows iter.Seq2[T, error], o Options) error {
	switch o.Form {
	case Parquet:
		return writeParquet(w, table, rows)
	case CSV:
		return writeCSV(w, rows, o.Excel)
	case JSONL:
		return writeJSONL(w, rows)
	}
	return fmt.Errorf("there is no form %q: there are %s", o.Form, list(Forms))
}

// rowGroup is how many rows are held until they are written: an export of any
// length takes little memory.
const rowGroup = 20_000

// writeParquet writes row groups compressed by zstd. Nothing in the file depends
// on when or by which build it was written.
func writeParquet[T any](w io.Writer, table Table, rows iter.Seq2[T, error]) error {
	cols := columns(reflect.TypeFor[T]())
	out := parquet.NewWriter(w, schema(table, cols), parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("entregent", "1", "export"),
		parquet.KeyValueMetadata("entregent.table", string(table)), parquet.KeyValueMetadata("entregent.version", Version))
	batch := make([]parquet.Row, 0, 256)
	flush := func() error {
		_, err := out.WriteRows(batch)
		batch = batch[:0]
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		v, values := reflect.ValueOf(row), make(parquet.Row, len(cols))
		for i := range cols {
			values[i] = cols[i].parquet(v, i)
		}
		if batch = append(batch, values); len(batch) == cap(batch) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return out.Close()
}

// schema is a table's, its columns in their order. It is made of a struct type
// with the fields in one row, since the library loses what is null in embedded
// ones.
func schema(table Table, cols []column) *parquet.Schema {
	var fields []reflect.StructField
	for i, c := range cols {
		kind := c.kind
		if c.null {
			kind = reflect.PointerTo(kind)
		}
		fields = append(fields, reflect.StructField{Name: "C" + strconv.Itoa(i), Type: kind, Tag: reflect.StructTag(`parquet:` + strconv.Quote(c.tag))})
	}
	return parquet.NewSchema(string(table), parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface()))
}

// parquet is what a row has in the column, which stands in place i.
func (c *column) parquet(row reflect.Value, i int) parquet.Value {
	level := 0
	if c.null {
		level = 1
	}
	switch v := c.value(row).(type) {
	case nil:
		return parquet.NullValue().Level(0, 0, i)
	case time.Time:
		return parquet.Int64Value(v.UnixMicro()).Level(0, level, i)
	default:
		return parquet.ValueOf(v).Level(0, level, i)
	}
}

func writeJSONL[T any](w io.Writer, rows iter.Seq2[T, error]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	cols := columns(reflect.TypeFor[T]())
	for row, err := range rows {
		if err != nil {
			return err
		}
		v := reflect.ValueOf(row)
		line := out.AvailableBuffer()
		for i := range cols {
			line = append(append(append(line, ",\""...), cols[i].name...), "\":"...)
			if line, err = appendJSON(line, cols[i].value(v)); err != nil {
				return err
			}
		}
		line[0] = '{'
		_, _ = out.Write(append(line, "}\n"...)) // what goes wrong is told by Flush
	}
	return out.Flush()
}

// writeCSV writes a table as RFC 4180 has it: a header, lines ended by CR LF,
// quotes where they are needed. Line ends within a text stay as they are.
func writeCSV[T any](w io.Writer, rows iter.Seq2[T, error], excel bool) error {
	out := csvWriter{bufio.NewWriterSize(w, 64<<10), ","}
	cols := columns(reflect.TypeFor[T]())
	if excel {
		out.comma = ";"
		_, _ = out.WriteString("\uFEFF") // what goes wrong is told by Flush
	}
	out.line(len(cols), func(i int) string { return cols[i].name })
	for row, err := range rows {
		if err != nil {
			return err
		}
		v := reflect.ValueOf(row)
		out.line(len(cols), func(i int) string { return cell(cols[i].value(v), excel) })
	}
	return out.Flush()
}

// WriteRows writes texts as RFC 4180: no cell can be taken for a formula.
func WriteRows(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	out := csvWriter{bufio.NewWriterSize(w, 64<<10), ","}
	out.line(len(header), func(i int) string { return header[i] })
	for row := range rows {
		out.line(len(row), func(i int) string { return EscapeFormula(row[i]) })
	}
	return out.Flush()
}

// csvWriter writes lines of cells; what goes wrong is told by Flush.
type csvWriter struct {
	*bufio.Writer
	comma string
}

func (w csvWriter) line(cells int, cell func(i int) string) {
	for i := range cells {
		if i > 0 {
			_, _ = w.WriteString(w.comma)
		}
		_, _ = w.WriteString(quoted(cell(i)))
	}
	_, _ = w.WriteString("\r\n")
}

// cell is a value as a spreadsheet takes it.
func cell(v any, excel bool) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return EscapeFormula(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if excel {
			text = strings.Replace(text, ".", ",", 1)
		}
		return text
	case time.Time:
		return stamp(v)
	}
	return fmt.Sprint(v)
}

// EscapeFormula puts an apostrophe before a text that a spreadsheet would take for a
// formula, so that it is shown and not run.
func EscapeFormula(text string) string {
	if strings.IndexFunc(text, startsFormula) == 0 {
		return "'" + text
	}
	return text
}

// startsFormula says whether a spreadsheet takes what begins with a sign for a
// formula; the wide forms count in some.
func startsFormula(r rune) bool { return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) }

// quoted puts a cell between quotes where a mark in it would be misread.
func quoted(text string) string {
	if !strings.ContainsAny(text, ",;\"\r\n\t") && !strings.HasPrefix(text, " ") && !strings.HasSuffix(text, " ") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
