package store

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// bulk gathers rows and inserts many with one statement.
type bulk struct {
	into  string // "table (column, …)"
	width int    // columns
	each  string // how one row is written, if not ($1,$2,…)
	last  string // behind the rows: ON CONFLICT …
	args  []any
}

// most is how many values go into one statement: more gains nothing, and an engine
// takes 32,766 at most.
const most = 2500

func (b *bulk) add(values ...any) { b.args = append(b.args, values...) }

// insert writes what was gathered and empties the bulk.
func (b *bulk) insert(t *tx) error {
	for len(b.args) > 0 {
		n := min(len(b.args), most) / b.width
		query := "INSERT INTO " + b.into + " VALUES " + b.rows(t, n) + b.last
		if _, err := t.statement(query, n == most/b.width).ExecContext(t.ctx, b.args[:n*b.width]...); err != nil {
			return err
		}
		b.args = b.args[n*b.width:]
	}
	b.args = b.args[:0]
	return nil
}

// rows writes the places of n rows.
func (b *bulk) rows(t *tx, n int) string {
	if b.each == "" {
		return t.places(n, b.width)
	}
	rows := make([]string, n)
	for i := range n { // for the two columns of words
		rows[i] = strings.NewReplacer("$1", "$"+strconv.Itoa(2*i+1), "$2", "$"+strconv.Itoa(2*i+2)).Replace(b.each)
	}
	return strings.Join(rows, ",")
}

var placed sync.Map // shape → string

type shape struct {
	rows, width int
	pg          bool
}

// places writes ($1,$2),($3,$4) for rows of a width; (?,?),(?,?) for SQLite, to
// which $1 is a name that it looks up in a list.
func (t *tx) places(rows, width int) string {
	return written(rows, width, t.pg)
}

// places writes ($1,$2),($3,$4).
func places(rows, width int) string { return written(rows, width, true) }

func written(rows, width int, pg bool) string {
	if kept, ok := placed.Load(shape{rows, width, pg}); ok {
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
	placed.Store(shape{rows, width, pg}, b.String())
	return b.String()
}

// in asks a query that ends with IN for many values, some at a time, and gives
// every row to do.
func (t *tx) in(query string, values []any, do func(scanner) error) error {
	return t.chunks(values, func(n int) string { return query + t.places(1, n) }, do)
}

// perQuestion is how many values one question holds.
const perQuestion = 500

func (t *tx) chunks(values []any, query func(n int) string, do func(scanner) error) error {
	for some := range slices.Chunk(values, perQuestion) {
		rows, err := t.statement(query(len(some)), len(some) == perQuestion).QueryContext(t.ctx, some...)
		if err != nil {
			return err
		}
		if err := read(rows, do); err != nil {
			return err
		}
	}
	return nil
}

// scan gives every row of an answer to do.
func (t *tx) scan(query string, do func(scanner) error, args ...any) error {
	rows, err := t.QueryContext(t.ctx, query, args...)
	if err != nil {
		return err
	}
	return read(rows, do)
}

// read gives every row to do.
func read(rows *sql.Rows, do func(scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
