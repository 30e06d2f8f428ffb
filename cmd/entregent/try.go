package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report/page"
	"github.com/entregent/entregent/internal/story"
	"github.com/entregent/entregent/presence"
)

// tryCommand measures the story that comes with the command.
type tryCommand struct {
	HTML  string `placeholder:"FILE" help:"Where to write the page; else among the temporary files."`
	Lang  string `enum:",fr,en" default:"" placeholder:"LANG" help:"fr or en; else the environment's."`
	Open  bool   `help:"Open the page in a browser."`
	Quiet bool   `short:"q" help:"Say nothing."`
}

// Run measures the story, writes its page and tells where it is.
func (c *tryCommand) Run(s *step) error {
	l := language(c.Lang, s.env)
	file, err := c.place()
	if err != nil {
		return err
	}
	if err := s.scratch.ready(file); err != nil {
		return err
	}
	bar := newBar(s.err, c.Quiet)
	defer bar.clear()
	r, err := tale(func(stage string, done float64) { bar.tell(l.Name("step", stage), done) })
	if err != nil {
		return err
	}
	bar.clear()
	if err := s.scratch.write(file, func(w io.Writer) error { return page.Write(w, r, l) }); err != nil {
		return err
	}
	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	if !c.Quiet {
		summary(s.out, r, l)
		fmt.Fprintf(s.out, "\n%s\n%s\n", l.Say("step.page", address), l.Say("step.yours"))
	}
	if c.Open {
		return show(address)
	}
	return nil
}

// tale measures the story, all of it.
func tale(progress func(string, float64)) (entregent.Report, error) {
	in, err := story.Recall()
	if err != nil {
		return entregent.Report{}, err
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, in, story.File, conversation.ReadOptions{Strict: true}); err != nil {
		return entregent.Report{}, err
	}
	zone, err := time.LoadLocation(story.Zone)
	if err != nil {
		return entregent.Report{}, fmt.Errorf("telling the story: %w", err)
	}
	r := entregent.Measure(log, entregent.Options{Presence: presence.Options{
		Window: -1, Every: presence.Week, Names: []string{story.Name}, Own: []string{story.Site}, Location: zone, Seed: 1,
		Progress: progress,
	}})
	r.Title = story.Name
	return r, nil
}

// place is where the page goes: as asked, or a new file among the temporary
// ones.
func (c *tryCommand) place() (string, error) {
	if c.HTML != "" {
		return filepath.Abs(c.HTML)
	}
	f, err := os.CreateTemp("", "entregent-*.html")
	if err != nil {
		return "", fmt.Errorf("making the page: %w", err)
	}
	return f.Name(), f.Close()
}

// summary says what was done and the six components.
func summary(w io.Writer, r entregent.Report, l lang.Language) {
	fmt.Fprintf(w, "%s\n%s\n\n", r.Title, l.Say("step.story", r.Log.Messages, l.Date(r.Log.First), l.Date(r.Log.Last)))
	c := &r.Presence.Components
	for _, part := range []struct {
		name string
		presence.Component
	}{{"attention", c.Attention}, {"constancy", c.Constancy}, {"evenness", c.Evenness}, {"diffusion", c.Diffusion}, {"voice", c.Voice},
		{"conversation", c.Conversation}} {
		name := l.Say("component." + part.name)
		name += strings.Repeat(" ", max(0, 14-utf8.RuneCountInString(name)))
		fmt.Fprintf(w, "  %s%s", name, l.Decimal(part.Center, 2))
		if part.Known() {
			fmt.Fprintf(w, "  %s–%s", l.Decimal(part.Lo, 2), l.Decimal(part.Hi, 2))
		}
		fmt.Fprintln(w)
	}
}

// show opens an address in the person's browser.
func show(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if err := exec.Command(name, args...).Start(); err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	return nil
}
