package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// TestReportsStay: the reports of whole conversations are, byte for byte, those
// that testdata/reports.sums knows: a change of how they are measured changes no
// number. A change of what is measured writes them anew (make golden), and says so
// in changes/.
func TestReportsStay(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the sums are of numbers as amd64 rounds them: others fuse a product and a sum")
	}
	const kept = "testdata/reports.sums"
	known, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(known)), "\n")
	for n, line := range lines {
		want, command, ok := strings.Cut(line, "  ")
		if !ok {
			t.Fatalf("%s:%d is no sum and a command", kept, n+1)
		}
		t.Run(command, func(t *testing.T) {
			if got := sumOf(t, command); got != want {
				lines[n] = got + "  " + command
				if os.Getenv("ENTREGENT_GOLDEN") != "update" {
					t.Errorf("its sum is %s, want %s", got, want)
				}
			}
		})
	}
	if os.Getenv("ENTREGENT_GOLDEN") == "update" {
		if err := os.WriteFile(kept, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// sumOf runs a command and sums what it writes: the page, where it is one.
func sumOf(t *testing.T, command string) string {
	t.Helper()
	args := strings.Fields(command)
	page := filepath.Join(t.TempDir(), "page.html")
	for i, arg := range args {
		switch {
		case strings.HasPrefix(arg, "../"):
			if _, err := os.Stat(arg); err != nil {
				t.Skipf("the shared data isn't here: %v", err)
			}
			if testing.Short() && strings.Contains(arg, "shared") {
				t.Skip("takes some seconds")
			}
		case arg == "PAGE":
			args[i] = page
		}
	}
	var out, said bytes.Buffer
	s := &step{ctx: context.Background(), in: os.Stdin, out: &out, err: &said, env: func(string) string { return "" }, scratch: &scratch{}, waits: &atomic.Bool{}}
	if code := run(s, args); code != 0 {
		t.Fatalf("it ends with %d: %s", code, said.String())
	}
	text := out.Bytes()
	if strings.HasSuffix(command, "PAGE") {
		var err error
		if text, err = os.ReadFile(page); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256(text))
}
