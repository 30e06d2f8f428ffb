// Package app builds a house from a Config and keeps it running: the store at
// the bottom, live measures that follow it, the jobs that are due, and the web in
// front. It is the one room that knows all the others.
//
//	Config ── store.Open ─┬─ live.Follow     reads every message once, then each change
//	                      ├─ job.Runner      imports, measures, sends, tidies
//	                      └─ web.Server      pages, the API, events
//
// Several processes may run on one PostgreSQL: each has its own live measures, all
// share the jobs. When its context ends, a house first stops to listen, then lets
// the pages being made be finished, then puts unfinished jobs back, then closes
// the store.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source/mail"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
)

// Outside is what a house needs of the program around it.
type Outside struct {
	Out io.Writer // where the address and the first link are told
	Log *slog.Logger
	// Measure measures everything anew in a process of its own, so that what it
	// takes of memory is given back when it ends; nil: it is done in this one.
	// progress gets how much is done, 0..1.
	Measure func(ctx context.Context, progress func(done float64)) error
	// Story gives an invented conversation for the demonstration, and what it is
	// about; nil: there is none.
	Story func() (Story, error)
	// Demo opens the house on the story, at once.
	Demo bool
	// Lease is after how long the jobs of a process that died are another's; 0: as
	// package job says.
	Lease time.Duration
}

// House is a house that stands and can be kept running.
type House struct {
	Store  *store.Store
	Live   *live.Live
	Web    *web.Server
	URL    string
	config Config
	out    Outside
	listen net.Listener
	mailer *mail.Mailer // nil: no mail is sent
}

// Open builds a house and takes its address. Close it, unless Run was called.
func Open(ctx context.Context, c Config, o Outside) (h *House, err error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h = &House{config: c, out: o}
	h.Store, err = store.Open(ctx, store.Options{Database: c.Store(), Log: func(format string, args ...any) { o.Log.Info(fmt.Sprintf(format, args...)) }})
	if err != nil {
		return nil, err
	}
	if err := h.furnish(ctx); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// furnish makes what stands on the store.
func (h *House) furnish(ctx context.Context) (err error) {
	if h.listen, err = net.Listen("tcp", h.config.Listen); err != nil {
		return fmt.Errorf("listening on %s: %w", h.config.Listen, err)
	}
	h.URL = h.config.address(h.listen.Addr())
	if h.out.Demo {
		if err := h.fill(ctx); err != nil {
			return err
		}
	}
	set, err := settings.Read(ctx, h.Store)
	if err != nil {
		return err
	}
	if h.config.SMTP != "" {
		if h.mailer, err = mail.NewMailer(h.config.SMTP, h.config.from(h.URL)); err != nil {
			return err
		}
	}
	h.Live = live.Open(h.Store, live.Options{Names: set.Names, Location: set.Location})
	c := web.Config{Store: h.Store, Live: h.Live, Log: h.out.Log, URL: h.URL, Fictional: h.out.Demo}
	if h.out.Story != nil {
		c.Demo = h.fill
	}
	if h.mailer != nil {
		c.Mail = h.mailer.Mail
	}
	h.Web, err = web.New(c, routes.Pages())
	return err
}

// Close gives up what Open took.
func (h *House) Close() error {
	var err error
	if h.listen != nil {
		err = h.listen.Close()
	}
	return errors.Join(err, h.Store.Close())
}

// Link makes a link by which somebody comes in once, whatever else is lost; an
// empty mail is the first administrator.
func Link(ctx context.Context, c Config, mail string) (link string, err error) {
	if err := c.Check(); err != nil {
		return "", err
	}
	kept, err := store.Open(ctx, store.Options{Database: c.Store()})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	at := c.URL
	if at == "" {
		_, port, _ := net.SplitHostPort(c.Listen)
		at = "http://" + net.JoinHostPort("localhost", port)
	}
	server, err := web.New(web.Config{Store: kept, Live: live.Open(kept, live.Options{}), URL: at}, routes.Pages())
	if err != nil {
		return "", err
	}
	return server.Link(ctx, mail)
}

// shutdownTime is how long pages under way may take once the house closes.
const shutdownTime = 10 * time.Second

// Run keeps the house open until ctx ends, and then closes it. The error is why
// it had to close before.
func (h *House) Run(ctx context.Context) error {
	if err := h.greet(ctx); err != nil {
		return errors.Join(err, h.Close())
	}
	inside, leave := context.WithCancelCause(ctx)
	var rooms sync.WaitGroup
	keep := func(name string, run func(context.Context) error) {
		rooms.Go(func() {
			if err := run(inside); err != nil && inside.Err() == nil {
				h.out.Log.Error("a room fell", "room", name, "cause", err)
				leave(fmt.Errorf("%s: %w", name, err))
			}
		})
	}
	hooks := h.hooks()
	keep("live measures", h.Live.Follow)
	keep("jobs", h.runner(hooks).Run)
	keep("hooks", hooks.Follow)
	keep("web", h.serve)
	<-inside.Done()
	rooms.Wait()
	err := h.Store.Close()
	if cause := context.Cause(inside); !errors.Is(cause, context.Canceled) && ctx.Err() == nil {
		err = errors.Join(cause, err)
	}
	leave(nil)
	return err
}

// greet tells where the house is and how to come in first.
func (h *House) greet(ctx context.Context) error {
	first, err := h.Web.FirstLink(ctx)
	if err != nil {
		return fmt.Errorf("making the first link: %w", err)
	}
	if h.out.Out == nil {
		return nil
	}
	fmt.Fprintf(h.out.Out, "Entregent is open at %s\n", h.URL)
	if first != "" {
		fmt.Fprintf(h.out.Out, "Come in once by this link, within a day:\n%s\n", first)
	}
	return nil
}

// serve answers until ctx ends, then finishes what was begun.
func (h *House) serve(ctx context.Context) error {
	s := &http.Server{Handler: h.Web, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 1 << 16,
		ErrorLog: slog.NewLogLogger(h.out.Log.Handler(), slog.LevelDebug)}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(h.listen) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	late, done := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer done()
	closing := make(chan error, 1)
	go func() { closing <- h.Web.Close() }()
	err := s.Shutdown(late)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.Close()
	}
	return errors.Join(err, <-closing)
}
