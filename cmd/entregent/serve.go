package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/entregent/entregent/internal/app"
	"github.com/entregent/entregent/internal/story"
)

// houseCommands are those of the living house.
type houseCommands struct {
	Serve   serveCommand  `cmd:"" group:"The living house" help:"Open the house: pages, live measures, and who is waiting."`
	Demo    demoCommand   `cmd:"" group:"The living house" help:"Open a house on an invented story, until it is interrupted."`
	Link    linkCommand   `cmd:"" group:"The living house" help:"Make a link by which somebody comes in, when no other way is left."`
	Bench   benchCommand  `cmd:"" group:"The living house" help:"Measure this machine: how fast a house of so many messages is."`
	Config  configCommand `cmd:"" group:"The living house" help:"Say what can be set."`
	Measure measureJob    `cmd:"" name:"measure-job" hidden:"" help:"Measure a house anew; entregent serve calls it."`
	keepCommands
}

// serveMemory is the soft limit of what a server takes by itself; GOMEMLIMIT says
// otherwise. SQLite takes some 100 MB beside it.
const serveMemory = 400 << 20

// serveCommand opens the house.
type serveCommand struct {
	app.Config `embed:""`
	File       kong.ConfigFlag `name:"config" placeholder:"FILE" help:"A TOML file of settings; see entregent config describe. ENTREGENT_CONFIG names one too."`
}

// Help is what --help adds.
func (serveCommand) Help() string {
	return `It prints where it is open and, the first time, a link by which the first administrator comes in. Everything else is set on the pages.

    entregent serve --data /var/lib/entregent --url https://house.example
    ENTREGENT_DATABASE=postgres://… entregent serve --listen :8080`
}

// Run keeps the house open until it is interrupted.
func (c *serveCommand) Run(s *step) error {
	return keep(s, c.Config, app.Outside{Out: s.out})
}

// keep opens a house and keeps it until the step's context ends.
func keep(s *step, c app.Config, o app.Outside) error {
	if s.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(serveMemory)
	}
	o.Log, o.Story = c.Logger(s.err), living
	o.Measure = func(ctx context.Context, progress func(float64)) error { return measureApart(ctx, c, progress) }
	house, err := app.Open(s.ctx, c, o)
	if err != nil {
		return err
	}
	s.waits.Store(true)
	return house.Run(s.ctx)
}

// living is the story that comes with the command, for a demonstration.
func living() (app.Story, error) {
	in, err := story.Recall()
	return app.Story{Messages: in, File: story.File, Name: story.Name, Names: []string{story.Name}, Zone: story.Zone}, err
}

// measureMemory is the soft limit of the process that measures.
const measureMemory = "900MiB"

// measureApart runs this command again to measure, and gives back all the memory
// that took.
func measureApart(ctx context.Context, c app.Config, progress func(float64)) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	cmd := exec.CommandContext(ctx, self, "measure-job")
	cmd.Env = append(os.Environ(), "GOMEMLIMIT="+measureMemory, "ENTREGENT_DATA="+c.Data, "ENTREGENT_DATABASE="+c.Database)
	cmd.WaitDelay = 5 * time.Second
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if done, err := strconv.ParseFloat(lines.Text(), 64); err == nil {
			progress(done)
		}
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("measuring: %w", errors.Join(err, ctx.Err(), errors.New(strings.TrimSpace(said.String()))))
	}
	return nil
}

// measureJob measures a house in a process of its own.
type measureJob struct {
	where
}

// Run measures, and tells how far it is line by line.
func (c *measureJob) Run(s *step) (err error) {
	kept, err := c.open(s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	told := -1.
	return app.Measure(s.ctx, kept, time.Now(), func(done float64) {
		if done-told >= .01 {
			told = done
			fmt.Fprintf(s.out, "%.2f\n", done)
		}
	})
}

// linkCommand makes a link to come in by.
type linkCommand struct {
	where
	URL    string `env:"ENTREGENT_URL" placeholder:"URL" help:"Where people reach the house, as serve is told."`
	Listen string `default:"127.0.0.1:8080" env:"ENTREGENT_LISTEN" placeholder:"ADDRESS" help:"Else the address that it answers on."`
	Mail   string `placeholder:"MAIL" help:"Whose link; else the first administrator's."`
}

// Run makes it.
func (c *linkCommand) Run(s *step) error {
	if err := c.there(); err != nil {
		return err
	}
	link, err := app.Link(s.ctx, app.Config{Data: c.Data, Database: c.Database, Listen: c.Listen, URL: c.URL}, c.Mail)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, link)
	return err
}

// configCommand says what can be set.
type configCommand struct {
	Describe describeCommand `cmd:"" help:"Write every setting with what it does, as a TOML file."`
}

type describeCommand struct{}

// Run writes the settings.
func (describeCommand) Run(s *step) error { return app.Describe(s.out) }

// settingsFile reads a TOML file for kong: a flag given on the command line or in
// the environment wins.
func settingsFile(env func(string) string) kong.ConfigurationLoader {
	return func(r io.Reader) (kong.Resolver, error) {
		values, err := app.ReadSettings(r)
		if err != nil {
			return nil, err
		}
		return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			for _, name := range flag.Envs {
				if env(name) != "" {
					return nil, nil
				}
			}
			value, ok := values[flag.Tag.Get("toml")]
			if !ok || flag.Tag.Get("toml") == "" {
				return nil, nil
			}
			return fmt.Sprint(value), nil
		}), nil
	}
}

// files are the settings files that the environment names.
func files(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}
