package table

import (
	"bytes"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// sampled is how many rows of a table are looked at before it is read, and how
// many bytes at most.
const (
	sampled      = 300
	sampledBytes = 1 << 16
)

// commas are what may stand between cells, the likeliest first. Behind usual they
// are taken only where the names of columns leave no doubt.
const (
	commas = ",;\t|^~\x1f\x01:#!/*=&"
	usual  = 8
)

// head is the beginning of a table, cut.
type head struct {
	comma byte
	told  bool // by the file itself: sep=;
	rows  []record
	at    int // of the row that names the columns, in rows; -1: there is none
	score int
}

// begin cuts the beginning of a table by the mark that makes the most sense of it.
// given are the columns that a person named. Whole is true when it is all there
// is; else its last row may lack its end.
func begin(text []byte, whole bool, given map[string]string) *head {
	if line, _, _ := bytes.Cut(text, []byte("\n")); len(line) >= 5 && string(line[:4]) == "sep=" && len(bytes.TrimRight(line, "\r")) == 5 {
		h := cutBy(text, line[4], whole)
		h.told = true
		h.find(given)
		return h
	}
	var best, widest *head
	for i, comma := range []byte(commas) {
		if i >= usual && best.score >= certain {
			break
		}
		if bytes.IndexByte(text, comma) < 0 && best != nil {
			continue
		}
		h := cutBy(text, comma, whole)
		h.find(given)
		if i >= usual && h.score < certain {
			continue
		}
		if best == nil || h.score > best.score {
			best = h
		}
		if widest == nil || h.width() > widest.width() {
			widest = h
		}
	}
	if best.at < 0 {
		return widest
	}
	return best
}

// certain is the score of a row that surely names columns.
const certain = 200

// cutBy cuts the first rows by a mark.
func cutBy(text []byte, comma byte, whole bool) *head {
	h := &head{comma: comma, at: -1}
	r := &rows{in: &textLines{text}, limit: sampledBytes, comma: comma}
	for len(h.rows) < sampled && r.next() {
		if r.long > 0 || r.fault != "" {
			continue
		}
		cells, fault := cut(letters(r.record), comma, nil)
		if fault == "" {
			h.rows = append(h.rows, record{cells, r.line})
		}
	}
	if !whole && len(h.rows) > 1 {
		h.rows = h.rows[:len(h.rows)-1]
	}
	return h
}

// textLines are the lines of a text that is there.
type textLines struct{ left []byte }

func (l *textLines) Next() (line []byte, long int64, ok bool) {
	if len(l.left) == 0 {
		return nil, 0, false
	}
	line, l.left, _ = bytes.Cut(l.left, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), 0, true
}

func (l *textLines) TooLong() string { return "" }

// letters is a row of the beginning as UTF-8, whatever it is written in.
func letters(b []byte) string {
	s, _ := latin(b)
	return s
}

// deepestHeader is how many rows may stand before the one that names columns.
const deepestHeader = 30

// find looks for the row that names the columns: the one with the most names that
// are known, and rows as wide as itself behind it.
func (h *head) find(given map[string]string) {
	width := h.width()
	h.at = -1
	for i := range h.rows[:min(len(h.rows), deepestHeader)] {
		if s := h.scoreOf(h.rows[i].cells, width, given); s > h.score {
			h.score, h.at = s, i
		}
	}
}

// width is how many cells most rows have.
func (h *head) width() (most int) {
	count := map[int]int{}
	for _, r := range h.rows {
		n := len(r.cells)
		if count[n]++; count[n] > count[most] || count[n] == count[most] && n > most {
			most = n
		}
	}
	return most
}

// scoreOf says how much a row looks like the names of columns: 0 when it is data.
// A name that is known counts most, then a name at all.
func (h *head) scoreOf(cells []string, width int, given map[string]string) (score int) {
	score = 1
	kinds := map[field]bool{}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" || i >= mostProfiled {
			continue
		}
		if isDatum(cell) {
			return 0
		}
		f := known[plainName(cell)]
		if f == other && answering(columnName(cell)) {
			f = fieldAnswer
		}
		if f != other && !kinds[f] {
			kinds[f] = true
			score += certain / 2
		}
		for _, column := range given {
			if cell == column || columnName(cell) == columnName(column) {
				score += certain
			}
		}
		score++
	}
	switch n := len(cells); {
	case n < 2 && width >= 2 || n == 1 && len(h.rows) > 1 && score < certain/2:
		return 0
	case n == width:
		score += n // so that rows agree
	}
	return score
}

// isDatum is true for a cell that can't be a name: a time, an address, a link, a
// number with a mark or of many digits, a long text.
func isDatum(s string) bool {
	if len(s) > 300 || strings.HasPrefix(s, "http") && strings.Contains(s, "://") {
		return true
	}
	if at := strings.IndexByte(s, '@'); at > 0 && strings.IndexByte(s[at:], '.') > 0 && !strings.Contains(s, " ") {
		return true
	}
	if isNumber(s) {
		return len(s) > 4
	}
	return strings.ContainsAny(s, "0123456789") && len(s) <= 60 && conversation.IsTime(s)
}
