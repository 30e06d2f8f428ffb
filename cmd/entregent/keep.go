package main

import (
	"fmt"

	"github.com/entregent/entregent/internal/store"
)

// keepCommands look after what a house keeps.
type keepCommands struct {
	Migrate migrateCommand `cmd:"" group:"The living house" help:"Bring a house's database forward to this version; serve does it too."`
}

// migrateCommand brings a database forward.
type migrateCommand struct {
	where
	DryRun bool `help:"Say what would be done, and do nothing."`
}

// Run migrates, after a snapshot.
func (c *migrateCommand) Run(s *step) error {
	said := 0
	kept, err := store.Open(s.ctx, store.Options{Database: c.store(), DryRun: c.DryRun, Log: func(format string, args ...any) {
		said++
		fmt.Fprintf(s.out, format+"\n", args...)
	}})
	if err != nil {
		return err
	}
	if said == 0 {
		fmt.Fprintln(s.out, "nothing to do")
	}
	if kept == nil {
		return nil
	}
	return kept.Close()
}
