package open

import (
	"fmt"
	"io"
	"os"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/form"
)

// archive opens a file as a zip archive; nil when it is none.
func (f file) archive() (a *form.Archive, done func(), err error) {
	done = func() {}
	if f.path == standardInput || f.size <= 0 {
		return nil, done, nil
	}
	in, err := os.Open(f.path)
	if err != nil {
		return nil, done, opening(f.path, err)
	}
	a, err = form.OpenArchive(in, f.size)
	if a == nil {
		_ = in.Close()
		return nil, done, err
	}
	return a, func() { _ = in.Close() }, nil
}

// readArchive reads the files in an archive.
func (f file) readArchive(log *conversation.Log, a *form.Archive, err error, c *count, o Options) error {
	if err != nil {
		return fmt.Errorf("reading %s: %w", f.path, err)
	}
	before := c.done
	a.Skipped = o.Skipped
	a.Wrap = func(in io.Reader) io.Reader { return stopping{in, c} }
	err = a.Read(log, f.path, o.ReadOptions)
	if c.done = before; err == nil || f.folder != "" {
		c.add(f.size)
	}
	return err
}

// stopping ends a reading when its context is done.
type stopping struct {
	io.Reader
	count *count
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.count.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}

// Stored is what [Unpack] gives of a zip archive: kept in a file that is gone when
// it is closed, since archives are read from their end.
type Stored struct {
	*Texts
	Size int64
}

// store keeps an archive.
func store(start io.Reader, close func() error) (io.ReadCloser, error) {
	defer func() { _ = close() }()
	t, err := Keep()
	if err != nil {
		return nil, err
	}
	n, err := io.Copy(t, start)
	if err == nil {
		_, err = t.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = t.Close()
		return nil, fmt.Errorf("keeping an archive: %w", err)
	}
	return &Stored{t, n}, nil
}

// Archive gives the archive that is stored; nil when its files are the parts of
// one document.
func (s *Stored) Archive() (*form.Archive, error) { return form.OpenArchive(s, s.Size) }
