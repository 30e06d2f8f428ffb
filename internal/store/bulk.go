package store

import (
	"strconv"
	"strings"
	"sync"
)

// bulk gathers rows and inserts many with one statement.
type bulk struct {
	into  string // "table (column, …)"
	width int    // columns
	last  string // behind the values: ON CONFLICT …
	args  []any
}

// most is how many rows go into one statement: more gains nothing, and an engine
// takes 32,766 values at most.
const most = 100

func (b *bulk) add(values ...any) { b.args = append(b.args, values...) }

// insert writes what was gathered and empties the bulk.
func (b *bulk) insert(t *tx) error {
	for len(b.args) > 0 {
		n := min(len(b.args)/b.width, most)
		if _, err := t.exec("INSERT INTO "+b.into+" VALUES "+places(n, b.width)+b.last, b.args[:n*b.width]...); err != nil {
			return err
		}
		b.args = b.args[n*b.width:]
	}
	b.args = b.args[:0]
	return nil
}

var placed sync.Map // [2]int → string

// places writes ($1,$2),($3,$4) for rows of a width.
func places(rows, width int) string {
	if kept, ok := placed.Load([2]int{rows, width}); ok {
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
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(")")
	placed.Store([2]int{rows, width}, b.String())
	return b.String()
}
