package open

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/conversation/form"
)

// count counts the bytes read of all files, tells them, and stops reading when
// its context is done.
type count struct {
	ctx         context.Context
	tell        func(done, total int64)
	done, total int64
}

func (c *count) add(n int64) {
	if n == 0 {
		return
	}
	c.done += n
	if c.tell != nil {
		c.tell(c.done, c.total)
	}
}

// counted reads a file and counts what it reads.
type counted struct {
	io.ReadCloser
	count *count
	read  int64
}

func (r *counted) Read(p []byte) (int, error) {
	if err := r.count.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.ReadCloser.Read(p)
	r.read += int64(n)
	r.count.add(int64(n))
	return n, err
}

// How far compressed files may expand. Logs of conversations shrink five to
// forty times; past a gigabyte, a thousand times is a bomb.
const (
	mostExpanded = 1 << 30
	mostTimes    = 1000
	mostWindow   = 1 << 27 // bytes a zstd file may ask to remember, as its own command allows
)

// unpack reads what a file holds: decompressed when its first bytes, whatever
// its name, are those of gzip or zstd.
func unpack(in io.ReadCloser, c *count) (io.ReadCloser, error) {
	raw := &counted{ReadCloser: in, count: c}
	start := bufio.NewReaderSize(raw, 1<<16)
	head, err := start.Peek(4)
	if err != nil && err != io.EOF {
		_ = in.Close()
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return unpackGzip(start, raw)
	case bytes.Equal(head, []byte("\x28\xb5\x2f\xfd")), isSkippable(head):
		return unpackZstd(start, raw)
	case form.IsArchive(head):
		return store(start, raw.Close)
	}
	return stream{start, raw.Close}, nil
}

// isSkippable is true for the frames that zstd files may open with.
func isSkippable(head []byte) bool {
	return len(head) == 4 && head[0]&0xF0 == 0x50 && bytes.Equal(head[1:], []byte("\x2a\x4d\x18"))
}

func unpackGzip(start io.Reader, raw *counted) (io.ReadCloser, error) {
	z, err := gzip.NewReader(start)
	if err != nil {
		_ = raw.Close()
		return nil, fmt.Errorf("decompressing gzip: %w", err)
	}
	return stream{&bounded{Reader: z, raw: raw, how: "gzip"}, func() error { return errors.Join(z.Close(), raw.Close()) }}, nil
}

func unpackZstd(start io.Reader, raw *counted) (io.ReadCloser, error) {
	z, err := zstd.NewReader(start, zstd.WithDecoderMaxWindow(mostWindow), zstd.WithDecoderLowmem(true), zstd.WithDecoderConcurrency(1)) // one: it reads when it is read
	if err != nil {
		_ = raw.Close()
		return nil, fmt.Errorf("decompressing zstd: %w", err)
	}
	return stream{&bounded{Reader: z, raw: raw, how: "zstd"}, func() error { z.Close(); return raw.Close() }}, nil
}

// stream reads from one thing and closes another.
type stream struct {
	io.Reader
	close func() error
}

func (s stream) Close() error { return s.close() }

// bounded stops a file that expands beyond what any log would.
type bounded struct {
	io.Reader
	raw *counted
	out int64
	how string
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.out += int64(n)
	if b.out > mostExpanded && b.out/mostTimes > b.raw.read {
		return n, fmt.Errorf("decompressing %s: %d bytes expand to more than %d times that", b.how, b.raw.read, mostTimes)
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("decompressing %s: %w", b.how, err)
	}
	return n, err
}

// Unpack reads what in holds: decompressed when its first bytes are those of
// gzip or zstd, and no farther than any log would expand. Closing it closes in.
func Unpack(in io.ReadCloser) (io.ReadCloser, error) {
	return unpack(in, &count{ctx: context.Background()})
}
