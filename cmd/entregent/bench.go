package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/entregent/entregent/internal/app"
)

// benchCommand lets an operator measure her own machine.
type benchCommand struct {
	Messages int    `default:"1000000" placeholder:"N" help:"How many messages to invent."`
	Asks     int    `default:"200" placeholder:"N" help:"How often each page is asked for."`
	Arrivals int    `default:"200" placeholder:"N" help:"How many messages then arrive one at a time."`
	Database string `placeholder:"URL" help:"An empty PostgreSQL database to try; what is invented stays in it. Else SQLite in a temporary folder."`
}

// Run fills a house of its own and tells how fast it is.
func (c *benchCommand) Run(s *step) (err error) {
	if c.Messages < 1 || c.Asks < 1 || c.Arrivals < 1 {
		return errors.New("--messages, --asks and --arrivals: at least 1 each")
	}
	if s.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(serveMemory)
	}
	folder, err := os.MkdirTemp("", "entregent-bench-*")
	if err != nil {
		return fmt.Errorf("making a house to try: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	config := app.Config{Data: folder, Database: c.Database, Level: "warn"}
	s.waits.Store(true)
	return app.Bench(s.ctx, config, app.Outside{Out: s.out, Log: config.Logger(s.err),
		Measure: func(ctx context.Context, progress func(float64)) error { return measureApart(ctx, config, progress) },
	}, app.BenchOptions{Messages: c.Messages, Asks: c.Asks, Arrivals: c.Arrivals})
}
