package table

import (
	"bytes"
	"fmt"
	"strings"
)

// rows cuts a table into records, which may span lines when a field is quoted
// (RFC 4180). A record that can't be cut is a fault and reading goes on behind
// it, so that one forgotten quote does not swallow the rest of the file.
type rows struct {
	in      lines
	limit   int
	comma   byte
	columns int       // of the header
	ahead   []rowLine // lines to read again
	number  int       // of the line taken last

	record []byte
	cells  []string
	line   int    // where the record starts
	long   int64  // its bytes, when beyond the limit
	fault  string // why it is none
	cut    bool   // the file ended inside it
	broken bool   // it held bytes that are no text
	wide   bool   // UTF-8 beyond ASCII was met
	latin  bool   // Windows-1252 was met
}

// lines gives lines one after the other: see conversation.Lines.
type lines interface {
	Next() (line []byte, long int64, ok bool)
	TooLong() string
}

type rowLine struct {
	bytes []byte
	long  int64
}

func (r *rows) take() (line rowLine, ok bool) {
	if len(r.ahead) > 0 {
		line, r.ahead = r.ahead[0], r.ahead[1:]
		r.number++
		return line, true
	}
	b, long, ok := r.in.Next()
	if ok {
		r.number++
	}
	return rowLine{b, long}, ok
}

// next finds the next record that says something, or a fault.
func (r *rows) next() bool {
	for {
		line, ok := r.take()
		if !ok {
			return false
		}
		r.line, r.long, r.fault, r.cut = r.number, line.long, "", false
		if r.long > 0 {
			return true
		}
		if len(line.bytes) == 0 || isEmptyMark(line.bytes[0], r.comma) && len(bytes.Trim(line.bytes, string([]byte{',', ';', ' ', '\t', '|', '\r', r.comma}))) == 0 {
			continue // an empty line, a row of empty cells: spreadsheets leave them
		}
		r.record = line.bytes
		if bytes.IndexByte(line.bytes, '"') >= 0 {
			r.quoted()
		}
		return true
	}
}

// isEmptyMark is true for what may open a row that says nothing.
func isEmptyMark(c, comma byte) bool {
	return c == comma || c == ',' || c == ';' || c == ' ' || c == '\t' || c == '|' || c == '\r'
}

// quoted gathers the lines of a record with quotes. Bare quotes, as in 5" disk,
// are let be within one line; over several they would make it a guess where the
// record ends.
func (r *rows) quoted() {
	var more []rowLine
	state := walk(r.record, r.comma, walkStart)
	if state == walkBare || state == walkDone {
		return
	}
	all := append([]byte(nil), r.record...)
	for state == walkInside {
		line, ok := r.take()
		if !ok {
			r.fault, r.cut = "a quote is opened and never closed", true
			break
		}
		more = append(more, rowLine{append([]byte(nil), line.bytes...), line.long})
		if len(more) > mostLines {
			r.fault = fmt.Sprintf("a quote is opened and not closed within %d lines", mostLines)
			break
		}
		if line.long > 0 || len(all)+len(line.bytes) > r.limit {
			r.fault = fmt.Sprintf("a quote is opened and not closed within %d bytes", r.limit)
			break
		}
		all = append(append(all, '\n'), line.bytes...)
		state = walk(line.bytes, r.comma, walkInside)
	}
	r.record = all
	if state != walkDone && r.fault == "" {
		r.fault = "a quoted field is followed by something else than a separator"
	}
	if r.fault != "" {
		r.resume(more)
	}
}

// mostLines is how many lines a record may have.
const mostLines = 20_000

// resume gives back the lines behind a fault, from the first that looks like a
// whole row; those before it are part of what is left out.
func (r *rows) resume(more []rowLine) {
	for i, line := range more {
		if line.long == 0 && r.looksWhole(line.bytes) {
			r.ahead = append(more[i:len(more):len(more)], r.ahead...)
			r.number -= len(more) - i
			r.cut = false
			return
		}
	}
}

func (r *rows) looksWhole(line []byte) bool {
	state := walk(line, r.comma, walkStart)
	if state != walkDone && state != walkBare {
		return false
	}
	cells, _ := cut(string(line), r.comma, nil)
	return len(cells) == r.columns && r.columns > 1
}

// The states of a walk along a line.
type walking uint8

const (
	walkStart  walking = iota // before a field
	walkDone                  // the record ends with the line
	walkBare                  // the same, with quotes inside unquoted fields
	walkInside                // the line ends inside a quoted field
	walkBad                   // a quoted field is followed by something else
)

// walk follows the quotes of a line.
func walk(line []byte, comma byte, state walking) walking {
	bare := false
	inside := state == walkInside
	start := !inside
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case inside && c == '"':
			if i+1 < len(line) && line[i+1] == '"' {
				i++
				continue
			}
			inside = false
			if i+1 < len(line) && line[i+1] != comma {
				return walkBad
			}
		case inside:
		case c == comma:
			start = true
			continue
		case c == '"' && start:
			inside = true
		case c == '"':
			bare = true
		}
		start = false
	}
	switch {
	case inside && bare, state == walkInside && bare:
		return walkBad
	case inside:
		return walkInside
	case bare:
		return walkBare
	}
	return walkDone
}

// cut splits a record into its cells.
func cut(s string, comma byte, cells []string) (all []string, fault string) {
	for {
		if s == "" || s[0] != '"' {
			i := strings.IndexByte(s, comma)
			if i < 0 {
				return append(cells, s), ""
			}
			cells = append(cells, s[:i])
			s = s[i+1:]
			continue
		}
		end, doubled := 1, false
		for {
			i := strings.IndexByte(s[end:], '"')
			if i < 0 {
				return cells, "a quote is opened and never closed"
			}
			end += i + 1
			if end == len(s) || s[end] != '"' {
				break
			}
			end, doubled = end+1, true
		}
		cell := s[1 : end-1]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		cells = append(cells, cell)
		if end == len(s) {
			return cells, ""
		}
		if s[end] != comma {
			return cells, "a quoted field is followed by something else than a separator"
		}
		s = s[end+1:]
	}
}
