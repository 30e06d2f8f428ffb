package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// scratch remembers the files that are being made, so that whoever interrupts
// the command finds nothing half written.
type scratch struct {
	mu    sync.Mutex
	paths map[string]bool
}

// write makes the file at path whole or not at all: it is written beside its
// place and renamed into it. A pipe or a device is written as it is.
func (s *scratch) write(path string, fill func(io.Writer) error) error {
	path, mode, err := place(path)
	if err != nil {
		return err
	}
	if !mode.IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		return finish(f, fill(f))
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".entregent-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	s.remember(f.Name())
	defer s.forget(f.Name())
	if err := finish(f, fill(f)); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// ready says before the work whether its outcome can be written to path.
func (s *scratch) ready(path string) error {
	path, mode, err := place(path)
	if err != nil || !mode.IsRegular() {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".entregent-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	s.forget(f.Name())
	return f.Close()
}

// place is the file behind path (a link goes on pointing where it did), and the
// mode it has or will have.
func place(path string) (string, os.FileMode, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode()
	}
	if mode.IsDir() {
		return "", 0, fmt.Errorf("writing %s: it is a folder: give the name of a file", path)
	}
	return path, mode, nil
}

// finish closes f and gives the first error of writing it.
func finish(f *os.File, err error) error {
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func (s *scratch) remember(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.paths == nil {
		s.paths = map[string]bool{}
	}
	s.paths[path] = true
}

// forget removes a file that is still there under its working name.
func (s *scratch) forget(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = os.Remove(path) // gone already when it was renamed
	delete(s.paths, path)
}

// clear removes everything unfinished. Nothing more can be remembered: the
// command is about to end.
func (s *scratch) clear() {
	s.mu.Lock()
	for path := range s.paths {
		_ = os.Remove(path)
	}
}
