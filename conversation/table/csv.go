package table

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
)

// longestRow is how many bytes a row may have: beyond it a quote was forgotten, or
// it is no table.
const longestRow = 8 << 20

// readCSV reads a table in letters, whatever stands between its cells.
func readCSV(file *bufio.Reader, im *conversation.Importer) error {
	text, err := file.Peek(sampledBytes)
	whole := err != nil
	from := oldLines(file, text)
	if from != file {
		text = []byte(strings.ReplaceAll(string(text), "\r", "\n"))
	}
	h := begin(text, whole, im.Columns())
	limit := min(im.Limit(), longestRow)
	in := conversation.NewLines(from, limit)
	r := &rows{in: in, limit: limit, comma: h.comma}
	c := &letterTable{im: im, rows: r}
	if err := c.header(h); err != nil {
		return err
	}
	for r.next() {
		if c.fill != nil {
			c.row()
		}
		if err := im.Stop(); err != nil {
			return err
		}
	}
	return im.End(in)
}

// letterTable is a table in letters being read.
type letterTable struct {
	im   *conversation.Importer
	rows *rows
	fill *filler
}

// header reads on to the first row of data. The filler stays nil when there is
// nothing at all.
func (c *letterTable) header(h *head) error {
	r := c.rows
	if h.at < 0 && len(h.rows) > 0 {
		return c.nameless(h)
	}
	for r.next() {
		if h.told && r.line == 1 {
			continue // Excel's own note
		}
		if h.at >= 0 && r.line < h.rows[h.at].line {
			c.im.LeftOut(whyBefore, r.line)
			continue
		}
		if r.fault != "" {
			return fmt.Errorf("%w: the header on line %d is no row: %s", conversation.ErrForm, r.line, r.fault)
		}
		if r.long > 0 {
			return fmt.Errorf("%w: the first line has %d bytes, too many for the names of columns", conversation.ErrForm, r.long)
		}
		names, _ := cut(c.unicode(), r.comma, nil)
		var data []record
		if h.at >= 0 {
			data = h.rows[h.at+1:]
		}
		return c.start(names, data, r.line)
	}
	return nil
}

// start begins to read a table with those columns.
func (c *letterTable) start(names []string, data []record, line int) error {
	c.rows.columns = len(names)
	t, err := begun(c.im, names, data, line)
	if err != nil {
		return err
	}
	c.fill = newFiller(c.im, t, c.im.Name())
	return c.im.Stop()
}

// begun understands a table, or says what it lacks.
func begun(im *conversation.Importer, names []string, data []record, line int) (*layout, error) {
	t, err := understand(names, data, im.Columns(), im.Sides())
	if err != nil {
		return nil, err
	}
	if !t.has(fieldTime) {
		return nil, fmt.Errorf("%w: no column for the time among %s: name it (time=COLUMN)", conversation.ErrForm, t.columns())
	}
	if !t.has(fieldText) && !t.has(fieldSubject) {
		im.Tell(conversation.BadValue, line, "", "no column for the text among "+t.columns()+": name it (text=COLUMN)")
	}
	return t, nil
}

// nameless reads a table without names, where it is certain what each column
// holds: a person said it, by numbers, or one column alone holds times, one texts,
// and one says who speaks.
func (c *letterTable) nameless(h *head) error {
	width := h.width()
	names := make([]string, width)
	for i := range names {
		names[i] = fmt.Sprintf("column %d", i+1)
	}
	t, err := understand(names, h.rows, c.im.Columns(), c.im.Sides())
	if err != nil {
		return err
	}
	_, told := c.im.Columns()["time"]
	if _, text := c.im.Columns()["text"]; !(told && text) && !t.sure() {
		return fmt.Errorf("%w: no row says what the columns are: the first is %s. Add a line with their names above it (id,time,author,side,text), or say which is which by number (time=1,author=2,text=3)",
			conversation.ErrForm, clip(strings.Join(h.rows[0].cells, string(h.comma))))
	}
	c.rows.columns = width
	c.fill = newFiller(c.im, t, c.im.Name())
	return nil
}

// sure says whether what stands in the columns leaves no doubt about them.
func (t *layout) sure() bool {
	times, texts := 0, 0
	for i := range t.seen {
		p := &t.seen[i]
		if p.most(p.times, 80) {
			times++
		}
		if p.most(p.long, 50) {
			texts++
		}
	}
	return times == 1 && texts == 1 && t.has(fieldTime) && t.has(fieldText) && t.has(fieldSide)
}

// row reads a row.
func (c *letterTable) row() {
	r := c.rows
	switch {
	case r.long > 0:
		c.im.Tell(conversation.LongLine, r.line, "", r.in.TooLong())
		return
	case r.fault != "":
		if r.cut {
			c.im.CutShort(r.line, "the file ends in the middle of a row")
		}
		c.im.Tell(conversation.BadRecord, r.line, "", r.fault+": the row was left out")
		return
	}
	cells, fault := cut(c.unicode(), r.comma, r.cells[:0])
	r.cells = cells
	if fault != "" {
		c.im.Tell(conversation.BadRecord, r.line, "", fault+": the row was left out")
		return
	}
	c.fill.row(cells, r.line, r.broken)
}

// unicode gives a row as UTF-8. A table whose first letters beyond ASCII are not
// UTF-8 is Windows-1252; afterwards rows are read as what they are.
func (c *letterTable) unicode() string {
	r := c.rows
	r.broken = false
	if utf8.Valid(r.record) {
		s := string(r.record)
		if !r.latin && !r.wide {
			r.wide = !isASCII(s)
		}
		return s
	}
	if r.wide {
		r.broken = true
		return strings.ToValidUTF8(string(r.record), "\uFFFD")
	}
	s, _ := latin(r.record)
	if !r.latin {
		r.latin = true
		c.im.Tell(conversation.OtherEncoding, r.line, "", "not UTF-8: it was read as Windows-1252 (Latin-1)")
	}
	return s
}
