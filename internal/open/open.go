// Package open opens what a person points at: files, folders, patterns and -
// for standard input; plain, gzip or zstd; and reads them into one
// conversation.Log. It is where the quiet rooms get their bytes, and where the
// texts they keep find a place on disk.
package open

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/mail"
	"github.com/entregent/entregent/conversation/table"
)

// Options are what the reading of files can be told. The zero value reads each
// file as it stands.
type Options struct {
	conversation.ReadOptions

	// Stdin is what - stands for; nil: there is none.
	Stdin io.Reader

	// Progress, when set, is called as reading goes on with the bytes read of
	// the files as they lie on disk, and the size of all of them; -1 when one of
	// them, such as standard input, doesn't tell its size.
	Progress func(done, total int64)

	// Skipped, when set, is told of each file of a folder that is no
	// conversation.
	Skipped func(path string, why error)
}

// Read reads all files that paths name into log, in the order given; those of a
// folder, and of the folders in it, in the order of their names, without the
// hidden ones. A file named twice is read once. It stops at the first error: a
// path that leads nowhere, a file that is no conversation (unless a folder
// brought it), one that can't be read on, ctx done, or, when reading is
// strict, the first *conversation.Problem.
func Read(ctx context.Context, log *conversation.Log, paths []string, o Options) error {
	files, err := find(paths)
	if err != nil {
		return err
	}
	c := &count{ctx: ctx, tell: o.Progress, total: total(files)}
	read := map[string]int{} // files by folder
	for _, f := range files {
		err := readFile(log, f, c, o)
		if f.folder == "" {
			if err != nil {
				return err
			}
			continue
		}
		switch {
		case errors.Is(err, conversation.ErrForm):
			if o.Skipped != nil {
				o.Skipped(f.path, err)
			}
			read[f.folder] += 0
		case err != nil:
			return err
		default:
			read[f.folder]++
		}
		if f.last && read[f.folder] == 0 {
			return fmt.Errorf("reading %s: none of its files is %w", f.folder, errConversation)
		}
	}
	return nil
}

var errConversation = errors.New("a conversation (JSONL, CSV with a header, mbox, mail)")

func readFile(log *conversation.Log, f file, c *count, o Options) error {
	before := c.done
	in, err := f.open(c, o.Stdin)
	if err != nil {
		return err
	}
	if o.Formats == nil {
		o.Formats = append(mail.Formats(), table.Formats()...)
	}
	err = conversation.Read(log, in, f.path, o.ReadOptions)
	_ = in.Close()
	if f.size > 0 && err == nil || errors.Is(err, conversation.ErrForm) {
		c.add(before + f.size - c.done) // what nobody needed to read
	}
	return err
}

// file is one thing to read.
type file struct {
	path   string
	size   int64  // on disk; -1: not known
	folder string // that brought it; "": it was named itself
	last   bool   // of its folder
}

const standardInput = "-"

func (f file) open(c *count, stdin io.Reader) (io.ReadCloser, error) {
	if f.path == standardInput {
		if stdin == nil {
			return nil, errors.New("opening -: there is no standard input here")
		}
		return unpack(io.NopCloser(stdin), c)
	}
	in, err := os.Open(f.path)
	if err != nil {
		return nil, opening(f.path, err)
	}
	out, err := unpack(in, c)
	if err != nil {
		return nil, opening(f.path, err)
	}
	return out, nil
}

// opening says what was opened, once.
func opening(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("opening %s: %w", path, err)
}

func total(files []file) (sum int64) {
	for _, f := range files {
		if f.size < 0 {
			return -1
		}
		sum += f.size
	}
	return sum
}

// find lists the files that paths name.
func find(paths []string) (files []file, err error) {
	seen := map[string]bool{}
	for _, path := range paths {
		found, err := findOne(path)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if clean := filepath.Clean(f.path); !seen[clean] {
				seen[clean] = true
				files = append(files, f)
			}
		}
	}
	return files, nil
}

func findOne(path string) ([]file, error) {
	if path == standardInput {
		return []file{{path: path, size: -1}}, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return findIn(path)
	case err == nil:
		return []file{{path: path, size: sizeOf(info)}}, nil
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?["):
		return findLike(path)
	}
	return nil, opening(path, err)
}

// sizeOf is a file's size; a pipe or a device has none.
func sizeOf(info fs.FileInfo) int64 {
	if !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// findLike lists the files that a pattern names, as a shell would.
func findLike(pattern string) (files []file, err error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", pattern, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("opening %s: no file has such a name", pattern)
	}
	for _, name := range names {
		found, err := findOne(name)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	return files, nil
}

// findIn lists the files in a folder and those below it.
func findIn(folder string) (files []file, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return opening(path, err)
		}
		if path != folder && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		info, err := os.Stat(path) // follows a link to a file
		if err != nil || !info.Mode().IsRegular() {
			return nil
		}
		files = append(files, file{path: path, size: info.Size(), folder: folder})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("reading %s: the folder is empty", folder)
	}
	files[len(files)-1].last = true
	return files, nil
}
