package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/report/text"
)

// inspectCommand tells how files are read, before anything is measured.
type inspectCommand struct {
	Files        []string `arg:"" name:"file" help:"As for measure."`
	Organisation string   `short:"o" aliases:"organization" placeholder:"WHO" help:"Who the organisation is, where the messages don't say."`
	TimeZone     zone     `default:"UTC" placeholder:"ZONE" help:"Of times that don't say theirs: Europe/Paris."`
	Save         string   `placeholder:"FILE" help:"Keep how they are read in a file, TOML or .json, for the next files of the same shape: --mapping takes it."`
	JSON         bool     `help:"Write it as JSON."`
	Lang         string   `enum:",fr,en" default:"" placeholder:"LANG" help:"fr or en; else the environment's."`

	reading `embed:"" group:"How to read"`
}

// shown is how many messages are told.
const shown = 20

// Help is what --help adds.
func (inspectCommand) Help() string {
	return `Examples:

    entregent inspect tickets.csv
    entregent inspect --column author=From,time=Date --save tickets.toml tickets.csv
    entregent measure --mapping tickets.toml next-tickets.csv`
}

// Run reads the files and tells what was taken for what.
func (c *inspectCommand) Run(s *step) error {
	l := language(c.Lang, s.env)
	texts, err := open.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	log := conversation.NewLog(texts)
	o, err := c.options(c.Organisation, (&when{TimeZone: c.TimeZone}).zone())
	if err != nil {
		return err
	}
	if err := open.Read(s.ctx, log, c.Files, open.Options{Stdin: s.in, ReadOptions: o}); err != nil {
		return c.fits(err)
	}
	r := check.Read(log, check.Span{})
	sample := report.Sample(log, shown)
	if err := log.Err(); err != nil {
		return err
	}
	if c.JSON {
		err = report.ReadingJSON(s.out, r, log.Len(), sample)
	} else {
		err = text.Inspected(s.out, r, log.Len(), sample, l, width(s.out), colourful(s.out, s.env))
	}
	if err != nil {
		return err
	}
	if log.Len() == 0 {
		return c.fits(fmt.Errorf("reading %s: no message was found in it", strings.Join(c.Files, ", ")))
	}
	if c.Save == "" {
		return nil
	}
	return c.save(s, log, o, func() { fmt.Fprintln(s.err, l.Say("reading.saved", c.Save, c.Save)) })
}

// save keeps how the files were read.
func (c *inspectCommand) save(s *step, log *conversation.Log, o conversation.ReadOptions, told func()) error {
	m, err := open.Learn(log, o, c.Organisation)
	if err != nil {
		return err
	}
	if c.Organisation == "" && c.Mapping != "" {
		before, err := open.ReadMapping(c.Mapping)
		if err != nil {
			return err
		}
		m.Organisation = before.Organisation
	}
	if err := s.scratch.write(c.Save, func(w io.Writer) error { return m.Write(w, c.Save) }); err != nil {
		return err
	}
	told()
	return nil
}
