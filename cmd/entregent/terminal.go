package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"golang.org/x/term"
)

// terminal says whether w is one.
func terminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colourful says whether to colour what is written to w: on a terminal that
// knows colours, unless NO_COLOR says otherwise.
func colourful(w io.Writer, env func(string) string) bool {
	return terminal(w) && env("NO_COLOR") == "" && env("TERM") != "dumb"
}

// width is that of the terminal behind w, at most 100 columns; 80 elsewhere.
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return min(columns, 100)
		}
	}
	return 80
}

// language is the one that was asked for, else the environment's.
func language(flag string, env func(string) string) lang.Language {
	return lang.Prefer(flag, env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))
}

// bar tells on a terminal how far a long piece of work is. It stays silent for
// the first half second, and always when it has no writer.
type bar struct {
	mu      sync.Mutex
	out     io.Writer
	started time.Time
	drawn   time.Time
	shown   bool
}

// newBar makes a bar that draws on w if that is a terminal.
func newBar(w io.Writer, quiet bool) *bar {
	if quiet || !terminal(w) {
		w = nil
	}
	return &bar{out: w, started: time.Now()}
}

// tell draws the bar of a stage, done in 0..1; a negative done means that
// nobody knows how much there is.
func (b *bar) tell(stage string, done float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.out == nil || now.Sub(b.started) < 500*time.Millisecond || now.Sub(b.drawn) < 100*time.Millisecond {
		return
	}
	b.drawn, b.shown = now, true
	fmt.Fprint(b.out, "\r\x1b[K", line(stage, done))
}

// line is one picture of the bar, under 80 columns.
func line(stage string, done float64) string {
	const width = 30
	if done < 0 {
		return stage + " …"
	}
	full := int(min(done, 1) * width)
	return fmt.Sprintf("%-30.30s %s%s %3.0f %%", stage, strings.Repeat("█", full), strings.Repeat("░", width-full), 100*min(done, 1))
}

// clear wipes the bar away.
func (b *bar) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shown {
		fmt.Fprint(b.out, "\r\x1b[K")
		b.shown = false
	}
}
