package whuffie

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
)

// A saved world is one line of text, magic, and then frames: the length of the content and its CRC-32C (both 32 bits,
// little end first), then the content. The checksum also covers the frame's number, so that none can be lost or
// exchanged; a frame without content is the last. So damage is noticed before what is damaged is understood.
const (
	magic    = "whuffie/1 state 1\n"
	maxFrame = 1 << 16
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func frameSum(number uint64, content []byte) uint32 {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], number)
	return crc32.Update(crc32.Checksum(b[:], castagnoli), castagnoli, content)
}

// frameWriter writes numbers and texts in frames; the first error stays.
type frameWriter struct {
	w      io.Writer
	buf    []byte
	number uint64
	err    error
}

// flush writes what is gathered, as one frame.
func (f *frameWriter) flush() {
	if f.err != nil {
		return
	}
	var head [8]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(f.buf)))
	binary.LittleEndian.PutUint32(head[4:], frameSum(f.number, f.buf))
	if _, f.err = f.w.Write(head[:]); f.err == nil {
		_, f.err = f.w.Write(f.buf)
	}
	f.number++
	f.buf = f.buf[:0]
}

// close writes the last frame, and the one after it that says so.
func (f *frameWriter) close() error {
	if len(f.buf) > 0 {
		f.flush()
	}
	f.flush()
	return f.err
}

func (f *frameWriter) bytes(b []byte) {
	f.buf = append(f.buf, b...)
	for len(f.buf) >= maxFrame {
		rest := f.buf[maxFrame:]
		f.buf = f.buf[:maxFrame]
		f.flush()
		f.buf = append(f.buf, rest...)
	}
}

func (f *frameWriter) uint(v uint64) { f.bytes(binary.AppendUvarint(nil, v)) }
func (f *frameWriter) float(v float64) {
	f.bytes(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
}
func (f *frameWriter) word(b []byte) { f.uint(uint64(len(b))); f.bytes(b) }

// errTruncated is a state that ends before its last frame.
var errTruncated = errors.New("truncated: it ends before its last frame")

// frameReader reads what a frameWriter wrote; after the first error it gives zeros.
type frameReader struct {
	r      io.Reader
	buf    []byte
	at     int
	number uint64
	err    error
}

// fill reads the next frame.
func (f *frameReader) fill() {
	var head [8]byte
	if _, f.err = io.ReadFull(f.r, head[:]); f.err != nil {
		f.err = truncated(f.err)
		return
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > maxFrame {
		f.err = fmt.Errorf("damaged: frame %d says it has %d bytes", f.number, n)
		return
	}
	f.buf, f.at = append(f.buf[:0], make([]byte, n)...), 0
	if _, err := io.ReadFull(f.r, f.buf); err != nil {
		f.err = truncated(err)
	} else if frameSum(f.number, f.buf) != binary.LittleEndian.Uint32(head[4:]) {
		f.err = fmt.Errorf("damaged: the checksum of frame %d is wrong", f.number)
	}
	f.number++
}

func truncated(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errTruncated
	}
	return err
}

// bytes reads exactly as many bytes as b has.
func (f *frameReader) bytes(b []byte) {
	for len(b) > 0 && f.err == nil {
		if f.at == len(f.buf) {
			if f.fill(); f.err == nil && len(f.buf) == 0 {
				f.err = errors.New("damaged: its last frame comes too early")
			}
			continue
		}
		n := copy(b, f.buf[f.at:])
		f.at += n
		b = b[n:]
	}
	if f.err != nil {
		clear(b)
	}
}

// close checks that everything was read.
func (f *frameReader) close() error {
	if f.err == nil && f.at < len(f.buf) {
		f.err = errors.New("damaged: something follows its end")
	}
	if f.err == nil {
		if f.fill(); f.err == nil && len(f.buf) > 0 {
			f.err = errors.New("damaged: something follows its end")
		}
	}
	return f.err
}

// fail notes an error, unless there is one.
func (f *frameReader) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

// ReadByte serves binary.ReadUvarint.
func (f *frameReader) ReadByte() (byte, error) {
	var b [1]byte
	f.bytes(b[:])
	return b[0], f.err
}

// uint reads a number of at most limit.
func (f *frameReader) uint(limit uint64, what string) uint64 {
	v, err := binary.ReadUvarint(f)
	if f.err == nil {
		f.err = err
	}
	if f.err == nil && v > limit {
		f.err = fmt.Errorf("damaged: %s is %d, above %d", what, v, limit)
	}
	if f.err != nil {
		return 0
	}
	return v
}

func (f *frameReader) float() float64 {
	var b [8]byte
	f.bytes(b[:])
	return math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

// word reads a name or an ID.
func (f *frameReader) word() string {
	b := make([]byte, f.uint(maxWord, "the length of a name"))
	f.bytes(b)
	return string(b)
}
