package main

import (
	"errors"
	"io"
	"time"

	"github.com/entregent/entregent/internal/app"
	"github.com/entregent/entregent/internal/export"
	"github.com/entregent/entregent/internal/store"
)

// exportCommand writes a table of what a house knows.
type exportCommand struct {
	Table        export.Table `enum:"messages,threads,answers,gifts,values,presence,dictionary" default:"messages" placeholder:"TABLE" help:"messages, threads, answers, gifts, values, presence; or dictionary, which explains the columns of the others."`
	Format       export.Form  `enum:"parquet,csv,jsonl" default:"csv" placeholder:"FORM" help:"parquet, csv or jsonl."`
	Excel        bool         `help:"CSV as French spreadsheets take it: semicolons, commas in numbers, a byte order mark."`
	Since        moment       `placeholder:"DAY" help:"What began from here on."`
	Until        moment       `placeholder:"DAY" help:"What began before; who has no answer by then goes on waiting. Else the last message."`
	Pseudonymous bool         `help:"Names that say nothing but stay the same, and no texts."`
	Dictionary   bool         `help:"The same as --table dictionary."`
	Out          string       `short:"o" placeholder:"FILE" help:"Where to write; else on standard output."`
	where
}

// Run exports.
func (c *exportCommand) Run(s *step) error {
	if c.Dictionary {
		c.Table = export.Dictionary
	}
	if c.Excel && c.Format != export.CSV {
		return errors.New("--excel goes with --format csv")
	}
	o := export.Options{Form: c.Format, Since: c.Since.begins(time.UTC), Until: c.Until.ends(time.UTC), Excel: c.Excel}
	if c.Table == export.Dictionary {
		return c.write(s, func(w io.Writer) error { return app.Export(s.ctx, nil, w, c.Table, o, false) })
	}
	if err := c.there(); err != nil {
		return err
	}
	return c.within(s, func(kept *store.Store) error {
		return c.write(s, func(w io.Writer) error { return app.Export(s.ctx, kept, w, c.Table, o, c.Pseudonymous) })
	})
}

func (c *exportCommand) write(s *step, fill func(io.Writer) error) error {
	if c.Out == "" {
		return fill(s.out)
	}
	return s.scratch.write(c.Out, fill)
}
