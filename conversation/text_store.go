package conversation

import (
	"fmt"
	"io"
	"sync"
)

// TextStore holds what people wrote, outside the index: bytes are appended once and
// read back by offset. An *os.File is one; [NewLog] makes one in memory when it
// is given none.
type TextStore interface {
	io.Writer
	io.ReaderAt
}

const keepBuffer = 1 << 18

// buffered gathers small writes and serves small reads from a window, so that a
// pass over all texts in order costs few system calls.
type buffered struct {
	mu     sync.Mutex
	keep   TextStore
	size   int64 // bytes given to keep
	tail   []byte
	window []byte
	at     int64 // offset of window
	err    error
}

func (b *buffered) append(parts ...string) (offset int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	offset = b.size + int64(len(b.tail))
	for _, s := range parts {
		b.tail = append(b.tail, s...)
	}
	if len(b.tail) >= keepBuffer {
		b.flush()
	}
	return offset
}

func (b *buffered) flush() {
	if b.err != nil || len(b.tail) == 0 {
		return
	}
	n, err := b.keep.Write(b.tail)
	b.size += int64(n)
	if err != nil {
		b.err = fmt.Errorf("keeping texts: %w", err)
		return
	}
	b.tail = b.tail[:0]
}

// read gives n bytes at offset as a fresh string.
func (b *buffered) read(offset int64, n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n == 0 || b.err != nil {
		return ""
	}
	if offset >= b.size {
		i := int(offset - b.size)
		return string(b.tail[i : i+n])
	}
	if offset < b.at || offset+int64(n) > b.at+int64(len(b.window)) {
		if !b.slide(offset, n) {
			return ""
		}
	}
	i := int(offset - b.at)
	return string(b.window[i : i+n])
}

func (b *buffered) slide(offset int64, n int) bool {
	size := max(n, 4096)
	if offset == b.at+int64(len(b.window)) || (offset > b.at && offset-b.at < 2*keepBuffer) {
		size = max(n, keepBuffer) // reading forward: take more
	}
	size = int(min(int64(size), b.size-offset))
	if size < n {
		b.err = fmt.Errorf("reading texts back: %w", io.ErrUnexpectedEOF)
		return false
	}
	if cap(b.window) < size {
		b.window = make([]byte, size)
	}
	b.window = b.window[:size]
	if _, err := b.keep.ReadAt(b.window, offset); err != nil && err != io.EOF {
		b.window, b.err = b.window[:0], fmt.Errorf("reading texts back: %w", err)
		return false
	}
	b.at = offset
	return true
}

// memory is a Keep in pieces, so that growing never copies what is there.
type memory struct {
	pieces [][]byte
	starts []int64
	size   int64
}

func (m *memory) Write(p []byte) (int, error) {
	m.pieces = append(m.pieces, append([]byte(nil), p...))
	m.starts = append(m.starts, m.size)
	m.size += int64(len(p))
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, offset int64) (n int, err error) {
	lo, hi := 0, len(m.starts)
	for lo < hi {
		if mid := (lo + hi) / 2; m.starts[mid] <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for i := lo - 1; i >= 0 && i < len(m.pieces) && n < len(p); i++ {
		n += copy(p[n:], m.pieces[i][offset-m.starts[i]:])
		offset = m.starts[i] + int64(len(m.pieces[i]))
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
