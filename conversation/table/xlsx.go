package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/entregent/entregent/conversation"
)

// What a workbook may hold: a table of words is five to ten times smaller when it
// is packed, and a sheet has no more than 32,767 letters in a cell.
const (
	mostPacked   = 128 << 20 // bytes of the file
	freeUnpacked = 64 << 20  // bytes unpacked, whatever the file has
	mostUnpacked = 1 << 30
	mostRatio    = 25 // of unpacked to packed, beyond that
	mostParts    = 5000
	longestCell  = 32767 * 4
)

var errBomb = errors.New("the workbook unpacks to far more than a table of words does: save it as CSV")

// readWorkbook reads every sheet of a workbook that is a table of messages.
func readWorkbook(in *bufio.Reader, im *conversation.Importer) error {
	packed, err := io.ReadAll(io.LimitReader(in, mostPacked+1))
	if err != nil {
		return err
	}
	if len(packed) > mostPacked {
		return fmt.Errorf("%w: a workbook of more than %d bytes: save it as CSV", conversation.ErrForm, mostPacked)
	}
	size, err := unpacked(packed)
	if err != nil {
		return fmt.Errorf("%w: %w", conversation.ErrForm, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{RawCellValue: true, UnzipSizeLimit: size + 1, UnzipXMLSizeLimit: size + 1})
	if err != nil {
		return fmt.Errorf("%w: not a workbook that can be read (%s): save it again, or as CSV", conversation.ErrForm, clip(err.Error()))
	}
	w := &workbook{im: im, book: book, budget: 20*size + freeUnpacked}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.old = *props.Date1904
	}
	err = w.sheets()
	return errors.Join(err, book.Close())
}

// unpacked is how many bytes a workbook has without compression, if that is what
// a table of words may have.
func unpacked(packed []byte) (int64, error) {
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return 0, fmt.Errorf("not a whole workbook (%w): get it again", err)
	}
	if len(z.File) > mostParts {
		return 0, errBomb
	}
	size := uint64(0)
	for _, f := range z.File {
		size += min(f.UncompressedSize64, mostUnpacked+1)
	}
	if size > mostUnpacked || size > freeUnpacked && size > uint64(len(packed))*mostRatio {
		return 0, errBomb
	}
	return int64(size), nil
}

// workbook is one being read.
type workbook struct {
	im     *conversation.Importer
	book   *excelize.File
	old    bool  // days are counted from 1904
	budget int64 // bytes of cells that may still come
}

// sheets reads the sheets that are tables of messages; the others are counted.
func (w *workbook) sheets() error {
	read, why := 0, error(nil)
	for i, name := range w.book.GetSheetList() {
		s := &sheet{workbook: w, name: name, file: w.im.Name()}
		if i > 0 {
			s.file += "!" + name
		}
		switch err := s.read(); {
		case err == nil && s.fill != nil:
			read++
		case err == nil: // empty
		case errors.Is(err, conversation.ErrForm) && s.fill == nil:
			why = err
			w.im.LeftOut("sheet", 0)
		default:
			return err
		}
	}
	if read == 0 {
		return why
	}
	return w.im.Stop()
}

// sheet is one of a workbook.
type sheet struct {
	*workbook
	name string
	file string // for the names of messages
	rows *excelize.Rows
	line int
	fill *filler
}

func (s *sheet) read() (err error) {
	if s.rows, err = s.book.Rows(s.name); err != nil {
		return fmt.Errorf("%w: sheet %s: %w", conversation.ErrForm, clip(s.name), err)
	}
	defer func() { err = errors.Join(err, s.rows.Close()) }()
	h := &head{at: -1}
	for len(h.rows) < sampled {
		cells, ok, err := s.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		h.rows = append(h.rows, record{cells, s.line})
	}
	if len(h.rows) == 0 {
		return nil
	}
	h.find(s.im.Columns())
	if h.at < 0 {
		return fmt.Errorf("%w: no row of sheet %s says what the columns are: add a line with their names (id, time, author, side, text)", conversation.ErrForm, clip(s.name))
	}
	return s.all(h)
}

// all reads the sheet that begins so.
func (s *sheet) all(h *head) error {
	data, days := s.shown(h)
	t, err := begun(s.im, h.rows[h.at].cells, data, h.rows[h.at].line)
	if err != nil {
		return err
	}
	if i := t.at(fieldDelay); i >= 0 && days[i] {
		t.unit = 24 * time.Hour
	}
	for _, r := range h.rows[:h.at] {
		s.im.LeftOut(whyBefore, r.line)
	}
	s.fill = newFiller(s.im, t, s.file)
	s.fill.old = s.old
	for _, r := range h.rows[h.at+1:] {
		s.fill.row(fit(r.cells, len(t.fields)), r.line, false)
		if err := s.im.Stop(); err != nil {
			return err
		}
	}
	for {
		cells, ok, err := s.next()
		if !ok || err != nil {
			return err
		}
		s.fill.row(fit(cells, len(t.fields)), s.line, false)
		if err := s.im.Stop(); err != nil {
			return err
		}
	}
}

// fit gives a row the cells that the header has: a sheet leaves out empty ones at
// its end.
func fit(cells []string, columns int) []string {
	for len(cells) < columns {
		cells = append(cells, "")
	}
	return cells
}

// next gives the next row that says something.
func (s *sheet) next() (cells []string, ok bool, err error) {
	for s.rows.Next() {
		s.line++
		cells, err := s.rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, false, fmt.Errorf("sheet %s, row %d: %w", clip(s.name), s.line, err)
		}
		said := false
		for i, cell := range cells {
			if len(cell) > longestCell {
				s.im.Tell(conversation.LongLine, s.line, "", fmt.Sprintf("a cell of %d bytes, more than a sheet can have: it was taken as empty", len(cell)))
				cells[i] = ""
			}
			s.budget -= int64(len(cell))
			said = said || strings.TrimSpace(cell) != ""
		}
		if s.budget < 0 {
			return nil, false, fmt.Errorf("sheet %s, row %d: %w", clip(s.name), s.line, errBomb)
		}
		if said {
			return cells, true, nil
		}
	}
	return nil, false, s.rows.Error()
}

// shown gives the first rows of data with hours as the sheet shows them, where it
// counts them in days, and says in which columns that is so.
func (s *sheet) shown(h *head) (data []record, days []bool) {
	data, days = h.rows[h.at+1:], make([]bool, len(h.rows[h.at].cells))
	if len(data) == 0 {
		return data, days
	}
	rows, err := s.book.Rows(s.name)
	if err != nil {
		return data, days
	}
	defer func() { _ = rows.Close() }()
	shown := make([]record, 0, len(data))
	for line := 1; len(shown) < len(data) && rows.Next(); line++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: false})
		if err != nil {
			return data, days
		}
		raw := data[len(shown)]
		if line != raw.line {
			continue
		}
		both := record{append([]string(nil), raw.cells...), line}
		for i, cell := range both.cells {
			if i < len(days) && i < len(cells) && isNumber(cell) && strings.Contains(cells[i], ":") && !conversation.IsTime(cell) {
				both.cells[i], days[i] = cells[i], true
			}
		}
		shown = append(shown, both)
	}
	if len(shown) < len(data) {
		return data, days
	}
	return shown, days
}
