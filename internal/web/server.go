package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/cache"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// Config is what a server is made of.
type Config struct {
	Store *store.Store
	Live  *live.Live
	Log   *slog.Logger // without personal data
	URL   string       // where people reach it: https://inbox.example
	Now   func() time.Time
	// Mail sends a mail; nil when no mail server is known, and links are then shown
	// to whoever makes them.
	Mail func(ctx context.Context, to, subject, text string) error
	// Demo fills the source "demo" with an invented conversation; nil when there is
	// none to show.
	Demo func(ctx context.Context) error
	// Fictional is a demonstration: every page says so.
	Fictional bool
	// Queues is how long the queues of the inbox are kept; zero: as usual.
	Queues cache.Timing
}

// Server is the web of one organisation.
type Server struct {
	Config
	Waiting   *inbox.Queues       // who waits for an answer
	Pairs     people.Pairs        // who may be one person
	Distances measuring.Distances // the values gap of the latest report
	Passkeys  *account.Passkeys   // nil: they can't be used at this address

	routes    []Route
	pages     map[lang.Language]*pages
	sessions  *scs.SessionManager
	limits    *limits
	handler   http.Handler
	gauges    *gauges
	listeners listeners
	streams   chan struct{} // closed when the server closes
	closing   sync.Once
	still     sync.WaitGroup // for what goes on after an answer
}

//go:embed static
var static embed.FS

// New makes a server of routes, to which it adds its own (CoreRoutes). It is an
// http.Handler.
func New(c Config, routes []Route) (*Server, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c, routes: slices.Concat(CoreRoutes(), routes), pages: map[lang.Language]*pages{}, limits: newLimits(c.Now), streams: make(chan struct{})}
	for _, l := range append(lang.Languages(), lang.Stretched) {
		p, err := parse(l)
		if err != nil {
			return nil, err
		}
		s.pages[l] = p
	}
	s.Waiting = inbox.NewQueues(c.Store, c.Live, c.Log, c.Now, c.Queues)
	s.sessions = newSessions(c.Store, s.secure())
	var err error
	if s.Passkeys, err = account.NewPasskeys(c.URL, c.Store); err != nil {
		return nil, fmt.Errorf("passkeys at %s: %w", c.URL, err)
	}
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.Fail(s.request(w, r, Route{}), fmt.Errorf("reading a session: %w", err))
	}
	s.gauges = newGauges(s)
	if err := s.mount(); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends the streams of open pages, so that an http.Server can shut down, and
// waits for what is still being sent.
func (s *Server) Close() error {
	s.closing.Do(func() { close(s.streams) })
	s.Wait()
	return nil
}

// Wait waits for what goes on after answers: mails, queues being made.
func (s *Server) Wait() {
	s.still.Wait()
	s.Waiting.Wait()
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// mount puts every route at its addresses.
func (s *Server) mount() error {
	mux := http.NewServeMux()
	for _, route := range s.routes {
		if route.Allow == 0 {
			return fmt.Errorf("route %s %s doesn't say who may use it", route.Method, route.Path)
		}
		serve := s.serve(route)
		if route.Page || route.Raw != nil {
			mux.Handle(route.Method+" "+exact(route.Path), serve)
		}
		if route.Raw == nil {
			mux.Handle(route.Method+" /api"+route.Path, serve)
			if _, table := route.Out.(Table); table && route.Method == http.MethodGet {
				mux.Handle("GET /api"+route.Path+".csv", serve)
			}
		}
	}
	files, err := fs.Sub(static, "static")
	if err != nil {
		return err
	}
	mux.HandleFunc("GET /static/{$}", s.lost) // no list of files
	mux.Handle("GET /static/", http.StripPrefix("/static/", cached(http.FileServerFS(files))))
	mux.Handle("/", http.HandlerFunc(s.lost))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Fail(s.request(w, r, Route{}), errCross)
	}))
	if u, err := url.Parse(s.URL); err == nil && u.Host != "" {
		if err := guard.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return err
		}
	}
	s.handler = s.recovered(s.secured(s.sessions.LoadAndSave(guard.Handler(mux))))
	return nil
}

// exact makes a pattern that matches one path alone.
func exact(path string) string {
	if strings.HasSuffix(path, "/") {
		return path + "{$}"
	}
	return path
}

// secured sets what a browser must be told on every answer.
func (s *Server) secured(next http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// secure says whether people reach the server by https.
func (s *Server) secure() bool { return strings.HasPrefix(s.URL, "https:") }

// cached lets a browser keep the program's own files for a while.
func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		next.ServeHTTP(w, r)
	})
}

// recovered turns a bug into an answer and a line of the log.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("a handler stopped", "path", r.URL.Path, "cause", fmt.Sprint(p))
				http.Error(w, "500", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// request is a request before anybody knows who asks.
func (s *Server) request(w http.ResponseWriter, hr *http.Request, route Route) *Request {
	r := &Request{Request: hr, Server: s, Out: w, Format: formatOf(hr)}
	r.Lang = s.language(r)
	return r
}

// serve makes a handler of a route: who asks, whether they may, what comes of it, in
// which format.
func (s *Server) serve(route Route) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, hr *http.Request) {
		w, begun := &statusRecorder{ResponseWriter: out}, time.Now()
		defer func() { s.gauges.seen(route, w.status, time.Since(begun)) }()
		r := s.request(w, hr, route)
		if err := s.admit(route, r); err != nil {
			s.Fail(r, err)
			return
		}
		if hr.Method == http.MethodPost {
			hr.Body = http.MaxBytesReader(w, hr.Body, bodyLimit(route))
		}
		if route.Raw != nil {
			route.Raw(r, w)
			return
		}
		view, err := route.Handle(r)
		switch {
		case err != nil && view != nil && r.Format == AsPage && errors.As(err, &r.Bad):
			s.Page(r, view, http.StatusBadRequest)
		case err != nil:
			s.Fail(r, err)
		default:
			s.show(r, view)
		}
	})
}
