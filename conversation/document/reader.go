package document

import (
	"bytes"
	"errors"
	"io"
)

// Limits of what is held at a time. No message is that long, and no export nests
// that deep: what does is left out and told.
const (
	MostBytes  = 8 << 20 // of one record
	MostDepth  = 300     // of one record, fastjson's own limit
	MostValues = 150_000 // in one record: each takes some 110 bytes once parsed
)

// What can be wrong with a value.
var (
	errCut    = errors.New("the document ends in the middle")
	errLong   = errors.New("longer than the limit")
	errSyntax = errors.New("not JSON")
)

// reader cuts values out of a stream of JSON, whatever they hold, and counts
// lines. It looks only at quotes, braces and brackets, so that NaN and what else
// programs write against RFC 8259 stays the parser's matter, record by record.
type reader struct {
	r       io.Reader
	buf     []byte
	at, end int
	line    int // of buf[at], from 1
	limit   int
	err     error
}

func newReader(r io.Reader, limit int) *reader {
	return &reader{r: r, buf: make([]byte, 1<<16), line: 1, limit: min(limit, MostBytes)}
}

// over reads a text that is there already, as if it stood at line.
func over(text []byte, line, limit int) *reader {
	return &reader{buf: text, end: len(text), line: line, limit: limit, err: io.EOF}
}

// fill reads more behind what is kept from keep on, and says by how much that
// moved; false when there is no more.
func (r *reader) fill(keep int) (moved int, ok bool) {
	if r.err != nil {
		return 0, false
	}
	if keep > 0 {
		copy(r.buf, r.buf[keep:r.end])
		moved, r.end = keep, r.end-keep
	} else if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	var n int
	for n == 0 && r.err == nil {
		n, r.err = r.r.Read(r.buf[r.end:])
	}
	r.end += n
	return moved, n > 0
}

// peek gives the next byte that is no white space; false at the end.
func (r *reader) peek() (byte, bool) {
	for {
		for ; r.at < r.end; r.at++ {
			switch c := r.buf[r.at]; c {
			case '\n':
				r.line++
			case ' ', '\t', '\r', 0x1e: // RFC 7464 opens records with 0x1e
			default:
				return c, true
			}
		}
		moved, ok := r.fill(r.at)
		r.at -= moved
		if !ok {
			return 0, false
		}
	}
}

// take passes the next byte when it is c.
func (r *reader) take(c byte) bool {
	if got, ok := r.peek(); ok && got == c {
		r.at++
		return true
	}
	return false
}

// value cuts the value that comes next and gives its bytes, good until the next
// call; with keep false it only passes it. One that is longer than the limit is
// passed too, with errLong.
func (r *reader) value(keep bool) ([]byte, error) {
	first, ok := r.peek()
	if !ok {
		return nil, errCut
	}
	s := scan{keep: keep}
	switch first {
	case '{', '[', '"':
	case '}', ']', ',', ':':
		return nil, errSyntax
	default:
		s.scalar = true
	}
	from := r.at
	for {
		n, done := s.over(r.buf[r.at:r.end])
		r.at += n
		if done {
			break
		}
		if s.keep && (r.at-from > r.limit || s.values > MostValues) {
			s.keep, s.long = false, true
		}
		if !s.keep {
			r.line += bytes.Count(r.buf[from:r.at], newline)
			from = r.at
		}
		moved, ok := r.fill(from)
		r.at, from = r.at-moved, from-moved
		if !ok {
			if s.scalar && r.at > from {
				break
			}
			r.line += bytes.Count(r.buf[from:r.at], newline)
			return nil, errCut
		}
	}
	got := r.buf[from:r.at]
	r.line += bytes.Count(got, newline)
	if s.long || keep && (len(got) > r.limit || s.values > MostValues) {
		return nil, errLong
	}
	return got, nil
}

var newline = []byte("\n")

// scan is the state of passing one value, whatever the pieces it comes in.
type scan struct {
	depth   int
	inside  bool // a string
	escaped bool
	scalar  bool // a number or a word
	keep    bool
	long    bool
	values  int
}

// over passes what there is of the value; done when it ended in it.
func (s *scan) over(b []byte) (n int, done bool) {
	for n < len(b) {
		if s.inside {
			n += s.text(b[n:])
			if !s.inside && s.depth == 0 {
				return n, true
			}
			continue
		}
		switch c := b[n]; c {
		case '"':
			if s.scalar {
				return n, true
			}
			s.inside = true
		case '{', '[':
			if s.scalar {
				return n, true
			}
			s.depth++
			s.values++
		case '}', ']':
			if s.scalar {
				return n, true
			}
			if s.depth--; s.depth <= 0 {
				return n + 1, true
			}
		case ',', ' ', '\n', '\r', '\t', ':':
			if s.scalar {
				return n, true
			}
			if c == ',' {
				s.values++
			}
		}
		n++
	}
	return n, false
}

// text passes what there is of a string.
func (s *scan) text(b []byte) (n int) {
	if s.escaped {
		s.escaped, n = false, 1
	}
	for n < len(b) {
		end := bytes.IndexByte(b[n:], '"')
		part := b[n:]
		if end >= 0 {
			part = b[n : n+end]
		}
		if back := bytes.IndexByte(part, '\\'); back >= 0 {
			n += back + 2
			if n > len(b) {
				s.escaped = true
				return len(b)
			}
			continue
		}
		if end < 0 {
			return len(b)
		}
		s.inside = false
		return n + end + 1
	}
	return n
}

// cutLine gives the next line, good until the next call; long is its length when
// it passes the limit.
func (r *reader) cutLine() (line []byte, long int64, ok bool) {
	from := r.at
	for {
		if i := bytes.IndexByte(r.buf[r.at:r.end], '\n'); i >= 0 {
			line, r.at = r.buf[from:r.at+i], r.at+i+1
			r.line++
			break
		}
		r.at = r.end
		if r.at-from > r.limit {
			long += int64(r.at - from)
			from = r.at
		}
		moved, more := r.fill(from)
		r.at, from = r.at-moved, from-moved
		if !more {
			if r.at == from && long == 0 {
				return nil, 0, false
			}
			line = r.buf[from:r.at]
			break
		}
	}
	if long > 0 || len(line) > r.limit {
		return nil, long + int64(len(line)), true
	}
	return line, 0, true
}
