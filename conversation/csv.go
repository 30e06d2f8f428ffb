package conversation

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// csv reads a table with a header, one message a row.
func (rd *reading) csv(in *lines) error {
	rows := &rows{in: in, limit: rd.limit}
	t, err := rd.header(rows)
	if t == nil || err != nil {
		return err
	}
	held := holding{}
	for rows.next() {
		rd.row(t, rows, &held)
		if err := rd.stop(); err != nil {
			return err
		}
	}
	rd.release(&held)
	return nil
}

// header reads the names of the columns; t is nil when there is nothing at all.
func (rd *reading) header(rows *rows) (t *table, err error) {
	for rows.next() {
		if rows.fault != "" {
			return nil, fmt.Errorf("%w: the header on line %d is no row: %s", ErrForm, rows.line, rows.fault)
		}
		line := rd.unicode(rows)
		if mark, ok := strings.CutPrefix(line, "sep="); ok && len(mark) == 1 {
			rows.comma = mark[0] // Excel's own note
			continue
		}
		t := newTable(line)
		if rows.comma != 0 {
			t = tableOf(line, rows.comma)
		}
		rows.comma, rows.columns = t.comma, len(t.names)
		if err := t.assign(rd.fields); err != nil {
			return nil, err
		}
		if !t.has(fieldTime) {
			return nil, fmt.Errorf("%w: no column for the time among %s: name it (time=COLUMN)", ErrForm, strings.Join(t.names, ", "))
		}
		if !t.has(fieldText) {
			rd.tell(BadValue, rows.line, "", "no column for the text among "+strings.Join(t.names, ", ")+": name it (text=COLUMN)")
		}
		return t, rd.stop()
	}
	return nil, nil
}

// row reads a message, and holds it back while a date is in doubt.
func (rd *reading) row(t *table, rows *rows, held *holding) {
	switch {
	case rows.long > 0:
		rd.tell(LongLine, rows.line, "", rows.in.tooLong())
		return
	case rows.fault != "":
		if rows.cut {
			rd.cutShort(rows.line, "the file ends in the middle of a row")
		}
		rd.tell(BadRecord, rows.line, "", rows.fault+": the row was left out")
		return
	}
	d := &draft{}
	d.reset(rd.name, rows.line)
	cells, fault := cut(rd.unicode(rows), rows.comma, rows.cells[:0])
	rows.cells = cells
	if fault == "" {
		fault = t.fill(d, cells)
	}
	if fault != "" {
		rd.tell(BadRecord, rows.line, d.ID, fault+": the row was left out")
		return
	}
	if rows.broken {
		d.complain(InvalidUTF8, "broken bytes are shown as U+FFFD")
	}
	rd.hold(held, d)
}

// unicode gives a row as UTF-8. A table whose first letters beyond ASCII are
// not UTF-8 is Windows-1252 (which is Latin-1 and more), as spreadsheets in
// French still write it; afterwards rows are read as what they are.
func (rd *reading) unicode(rows *rows) string {
	rows.broken = false
	if utf8.Valid(rows.record) {
		if !rows.latin && !rows.wide {
			rows.wide = bytes.ContainsFunc(rows.record, func(r rune) bool { return r >= 0x80 })
		}
		return string(rows.record)
	}
	if rows.wide {
		rows.broken = true
		return strings.ToValidUTF8(string(rows.record), "\uFFFD")
	}
	if !rows.latin {
		rows.latin = true
		rd.tell(OtherEncoding, rows.line, "", "not UTF-8: it was read as Windows-1252 (Latin-1)")
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(rows.record)
	if err != nil {
		rows.broken = true
		return strings.ToValidUTF8(string(rows.record), "\uFFFD")
	}
	return string(s)
}

// holding keeps rows whose dates may be read in two ways until a later row
// shows which, or there are too many.
type holding struct {
	rows  []heldRow
	bytes int
}

type heldRow struct {
	draft *draft
	at    moment
}

const mostHeld = 16 << 20 // bytes of text

// hold settles a row, or keeps it while the order of day and month is open.
func (rd *reading) hold(h *holding, d *draft) {
	if rd.dates.order != "" {
		rd.settle(d)
		return
	}
	at, err := rd.dates.read(d.when)
	if err != nil || (len(h.rows) == 0 && !at.doubtful()) {
		rd.settle(d) // which tells what is wrong
		return
	}
	h.rows = append(h.rows, heldRow{d, at})
	h.bytes += len(d.Text) + len(d.Attributes) + 200
	if rd.dates.order != "" || h.bytes > mostHeld {
		rd.release(h)
	}
}

// release settles what was held. When no row showed the order, the one that
// puts the dates nearest to each other is taken, and each date is told.
func (rd *reading) release(h *holding) {
	if rd.dates.order == "" && len(h.rows) > 0 {
		rd.dates.order = h.nearest()
	}
	for _, r := range h.rows {
		rd.settle(r.draft)
	}
	*h = holding{}
}

// nearest compares how long a time the dates span when read in either order.
func (h *holding) nearest() DateOrder {
	span := func(swap bool) time.Duration {
		var first, last time.Time
		for _, r := range h.rows {
			t := r.at.time
			if swap && r.at.doubtful() {
				t = r.at.swapped
			}
			if first.IsZero() || t.Before(first) {
				first = t
			}
			if t.After(last) {
				last = t
			}
		}
		return last.Sub(first)
	}
	if span(true) < span(false) {
		return MonthFirst
	}
	return DayFirst
}
