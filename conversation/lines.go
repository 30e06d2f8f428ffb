package conversation

import (
	"bytes"
	"fmt"
	"io"
)

// lines cuts a stream into lines of any length up to a limit, and counts them.
type lines struct {
	r       io.Reader
	buf     []byte
	at, end int // what was read and not yet given: buf[at:end]
	limit   int
	number  int   // of the line given last, from 1
	long    int64 // bytes of the line given last, when it passed the limit
	whole   bool  // the line given last ended with a line feed
	err     error // why no more can be read
}

func newLines(r io.Reader, limit int) *lines {
	return &lines{r: r, limit: limit, buf: make([]byte, 1<<18)}
}

// next gives a line without its ending (LF or CR LF), good until the next call;
// ok is false when there is none left. A line beyond the limit comes back empty,
// its size in long.
func (l *lines) next() (line []byte, ok bool) {
	l.long = 0
	from := l.at
	for {
		if i := bytes.IndexByte(l.buf[from:l.end], '\n'); i >= 0 {
			line, l.at = l.buf[l.at:from+i], from+i+1
			return l.give(line, true), true
		}
		from = l.end
		if l.end-l.at > l.limit {
			l.long += int64(l.end - l.at)
			l.at, l.end, from = 0, 0, 0
		}
		if l.err != nil {
			break
		}
		from -= l.fill()
	}
	if l.at == l.end && l.long == 0 {
		return nil, false
	}
	line, l.at = l.buf[l.at:l.end], l.end
	return l.give(line, false), true
}

// give finishes a line.
func (l *lines) give(line []byte, whole bool) []byte {
	l.number++
	l.whole = whole
	if l.long > 0 || len(line) > l.limit {
		l.long += int64(len(line))
		return nil
	}
	return bytes.TrimSuffix(line, []byte("\r"))
}

// fill reads more behind what there is, and says by how much that moved.
func (l *lines) fill() (moved int) {
	if l.at > 0 && l.end == len(l.buf) {
		moved = l.at
		copy(l.buf, l.buf[l.at:l.end])
		l.at, l.end = 0, l.end-moved
	}
	if l.end == len(l.buf) {
		l.buf = append(l.buf, make([]byte, len(l.buf))...)
	}
	n, err := l.r.Read(l.buf[l.end:])
	l.end += n
	l.err = err
	return moved
}

// tooLong says how long the line given last was.
func (l *lines) tooLong() string {
	return fmt.Sprintf("%d bytes, more than the limit of %d: it was left out", l.long, l.limit)
}
