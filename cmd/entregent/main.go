// Command entregent measures how people are heard: it reads the conversation
// between an organisation and its community and tells who gets an answer.
//
//	entregent inspect FILE...         how it is read: what was taken for what, who is us
//	entregent try                     the report of a story that comes with it
//	entregent measure FILE...         the report of a conversation of yours
//	entregent whuffie FILE...         standing by thanks
//	entregent gap FILE...             how far apart the values of its two sides stand
//	entregent ride match RIDES ASKS   rides that can take somebody along
//	entregent serve                   the living house: pages, live measures, who is waiting
//	entregent demo                    such a house on the story
//
// It ends with 0 when all went well, 1 when something failed, 2 when the command
// line can't be understood, 130 when it was interrupted. Problems in the data
// are told and counted; they are a failure with --strict only.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	_ "time/tzdata" // time zones also where the machine has none

	"github.com/alecthomas/kong"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/form"
)

// The ways a command ends.
const (
	fine        = 0
	failed      = 1
	misused     = 2
	interrupted = 130
)

// commands are the sub-commands, one file each.
type commands struct {
	Measure measureCommand `cmd:"" help:"Measure the conversation in files."`
	Inspect inspectCommand `cmd:"" help:"Tell how files are read, before anything is measured."`
	Try     tryCommand     `cmd:"" help:"Measure a story that comes with this command."`
	valueCommands
	Board   boardCommand   `cmd:"" help:"Read what people would post on the gift board."`
	Whuffie whuffieCommand `cmd:"" help:"Tell standing by thanks."`
	Ride    rideCommand    `cmd:"" help:"Find rides that can take somebody along."`
	houseCommands
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

const description = `Entregent measures how people are heard.

It reads the conversation between an organisation and its community, and tells who gets an answer, how soon and how evenly, counting those who are still waiting; and how far apart the values stand that the two express.`

// step is the front step: all that a sub-command can touch outside.
type step struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	scratch  *scratch
	waits    *atomic.Bool // what was begun ends by itself when ctx does
}

// A report of a million messages fits in a gigabyte: past this much memory the
// collector works harder rather than take more. GOMEMLIMIT says otherwise.
const memory = 900 << 20

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &step{ctx: ctx, in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, scratch: &scratch{}, waits: &atomic.Bool{}}
	ended := make(chan int, 1)
	go func() { ended <- run(s, os.Args[1:]) }()
	select {
	case code := <-ended:
		os.Exit(code)
	case <-ctx.Done():
		if s.waits.Load() {
			stop() // whoever interrupts again doesn't wait
			os.Exit(<-ended)
		}
		s.scratch.clear()
		fmt.Fprintln(s.err, "\nentregent: interrupted")
		os.Exit(interrupted)
	}
}

// run understands the command line, does what it asks and gives the exit code.
func run(s *step, args []string) int {
	parser, err := kong.New(&commands{}, kong.Name("entregent"), kong.Description(description), kong.Writers(s.out, s.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 80}), kong.Bind(s), kong.Vars{"forms": formNames()},
		kong.Configuration(settingsFile(s.env), files(s.env("ENTREGENT_CONFIG"))...))
	if err != nil {
		return s.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	called, err := parser.Parse(args)
	if err != nil {
		s.misuse(err, args)
		return misused
	}
	if err := called.Run(); err != nil {
		return s.fail(err)
	}
	return fine
}

// fail tells why it ends.
func (s *step) fail(err error) int {
	fmt.Fprintln(s.err, "entregent:", err)
	return failed
}

// misuse tells what wasn't understood and where to read on.
func (s *step) misuse(err error, args []string) {
	fmt.Fprintln(s.err, "entregent:", strings.Replace(err.Error(), `one of "",`, "one of ", 1)) // "" is not giving the flag
	ask := "entregent"
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context.Selected() != nil {
		ask = wrong.Context.Selected().FullPath()
	} else if _, err := os.Stat(args[0]); err == nil {
		fmt.Fprintf(s.err, "to measure a file: entregent measure %s\n", strings.Join(args, " "))
	}
	fmt.Fprintf(s.err, "to see what there is: %s --help\n", ask)
}

// formNames are the forms of files that can be named, between commas; the empty
// one is found out.
func formNames() string {
	names := []string{"", string(conversation.JSONL), string(conversation.CSV), string(conversation.Mbox), string(conversation.Mail)}
	for _, name := range form.Names() {
		if !slices.Contains(names, string(name)) {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ",")
}

// versionCommand says which version this is.
type versionCommand struct{}

// Run prints the version that was built.
func (versionCommand) Run(s *step) error {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	_, err := fmt.Fprintln(s.out, "entregent", strings.Trim(version, "()"))
	return err
}
