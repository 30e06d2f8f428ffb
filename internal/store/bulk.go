package store

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Bulk gathers rows and inserts many with one statement.
type Bulk struct {
	Into   string // "table (column, …)"
	Width  int    // columns
	Each   string // how one row is written, if not ($1,$2,…)
	Suffix string // behind the rows: ON CONFLICT …
	args   []any
}

// maxValues is how many values go into one statement: more gains nothing, and an engine
// takes 32,766 at most.
const maxValues = 2500

func (b *Bulk) Add(values ...any) { b.args = append(b.args, values...) }

// Insert writes what was gathered and empties the bulk.
func (b *Bulk) Insert(t *Tx) error {
	for len(b.args) > 0 {
		n := min(len(b.args), maxValues) / b.Width
		query := "INSERT INTO " + b.Into + " VALUES " + b.rows(t, n) + b.Suffix
		if _, err := t.statement(query, n == maxValues/b.Width).ExecContext(t.ctx, b.args[:n*b.Width]...); err != nil {
			return err
		}
		b.args = b.args[n*b.Width:]
	}
	b.args = b.args[:0]
	return nil
}

// rows writes the places of n rows.
func (b *Bulk) rows(t *Tx, n int) string {
	if b.Each == "" {
		return t.placeholders(n, b.Width)
	}
	rows := make([]string, n)
	for i := range n { // for the two columns of words
		rows[i] = strings.NewReplacer("$1", "$"+strconv.Itoa(2*i+1), "$2", "$"+strconv.Itoa(2*i+2)).Replace(b.Each)
	}
	return strings.Join(rows, ",")
}

var placeholderCache sync.Map // shape → string

type shape struct {
	rows, width int
	pg          bool
}

// Placeholders writes ($1,$2),($3,$4) for rows of a width; (?,?),(?,?) for SQLite, to
// which $1 is a name that it looks up in a list.
func (t *Tx) placeholders(rows, width int) string {
	return enginePlaceholders(rows, width, t.pg)
}

// Placeholders writes ($1,$2),($3,$4).
func Placeholders(rows, width int) string { return enginePlaceholders(rows, width, true) }

func enginePlaceholders(rows, width int, pg bool) string {
	if kept, ok := placeholderCache.Load(shape{rows, width, pg}); ok {
		return kept.(string)
	}
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%width == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		if pg {
			b.WriteString("$" + strconv.Itoa(i+1))
		} else {
			b.WriteString("?")
		}
	}
	b.WriteString(")")
	placeholderCache.Store(shape{rows, width, pg}, b.String())
	return b.String()
}

// EachIn asks a query that ends with IN for many values, some at a time, and gives
// every row to do.
func (t *Tx) EachIn(query string, values []any, do func(Scanner) error) error {
	return t.chunks(values, func(n int) string { return query + t.placeholders(1, n) }, do)
}

// ChunkSize is how many values one question holds.
const ChunkSize = 500

func (t *Tx) chunks(values []any, query func(n int) string, do func(Scanner) error) error {
	for some := range slices.Chunk(values, ChunkSize) {
		rows, err := t.statement(query(len(some)), len(some) == ChunkSize).QueryContext(t.ctx, some...)
		if err != nil {
			return err
		}
		if err := eachRow(rows, do); err != nil {
			return err
		}
	}
	return nil
}

// Args makes arguments of texts.
func Args[T ~string](texts []T) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = Clean(string(text))
	}
	return list
}
