package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/entregent/entregent/internal/app"
)

// demoCommand opens a house on the story that comes with the command.
type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address to answer on."`
}

// Run keeps the demonstration in a folder that is gone when it ends.
func (c *demoCommand) Run(s *step) (err error) {
	folder, err := os.MkdirTemp("", "entregent-demo-*")
	if err != nil {
		return fmt.Errorf("making the demonstration: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	fmt.Fprintln(s.out, "A demonstration: nobody in it exists, and nothing of it is kept.")
	return keep(s, app.Config{Data: folder, Listen: c.Listen, Log: "text", Level: "warn"}, app.Outside{Out: s.out, Demo: true})
}
