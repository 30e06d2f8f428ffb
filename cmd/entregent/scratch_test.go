package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

func say(text string, err error) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return err
	}
}

// entries are the names in a folder.
func entries(t *testing.T, folder string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	page := filepath.Join(folder, "page.html")
	var s scratch
	if err := s.write(page, say("first", nil)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(page, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("out of ink")
	if err := s.write(page, say("half", broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	if text := read(t, page); text != "first" {
		t.Errorf("a failed writing left %q", text)
	}
	if err := s.write(page, say("second", nil)); err != nil {
		t.Fatal(err)
	}
	if text := read(t, page); text != "second" {
		t.Errorf("written over: %q", text)
	}
	if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode became %v, %v", info.Mode(), err)
	}
	if names := entries(t, folder); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestALinkStaysALink(t *testing.T) {
	folder := t.TempDir()
	page, link := filepath.Join(folder, "page.html"), filepath.Join(folder, "latest.html")
	if err := os.WriteFile(page, []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("page.html", link); err != nil {
		t.Skip("no links here: ", err)
	}
	var s scratch
	if err := s.write(link, say("second", nil)); err != nil {
		t.Fatal(err)
	}
	if text := read(t, page); text != "second" {
		t.Errorf("the file behind the link has %q", text)
	}
}

func TestWritingToAFolderOrNowhereIsRefused(t *testing.T) {
	folder := t.TempDir()
	var s scratch
	for _, path := range []string{folder, filepath.Join(folder, "nowhere", "page.html")} {
		if err := s.write(path, say("page", nil)); err == nil {
			t.Errorf("writing to %s was not refused", path)
		}
	}
}

func TestAnInterruptionLeavesNothingHalfWritten(t *testing.T) {
	folder := t.TempDir()
	var s scratch
	err := s.write(filepath.Join(folder, "page.html"), func(io.Writer) error {
		if len(entries(t, folder)) != 1 {
			t.Error("nothing is being written")
		}
		s.clear() // as main does before it ends
		s.mu.Unlock()
		return nil
	})
	if err == nil || len(entries(t, folder)) != 0 {
		t.Errorf("error %v, left behind: %v", err, entries(t, folder))
	}
}

func TestABarFitsATerminal(t *testing.T) {
	for _, stage := range []string{"reading", "a stage whose name is far longer than any name should ever be"} {
		for _, done := range []float64{-1, 0, .5, 1, 1.5} {
			if n := utf8.RuneCountInString(line(stage, done)); n > 79 && done >= 0 {
				t.Errorf("%d columns for %q at %v", n, stage, done)
			}
		}
	}
}
