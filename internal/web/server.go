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
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// Config is what a server is made of.
type Config struct {
	Store *store.Store
	Live  *live.Live
	Log   *slog.Logger // without personal data
	URL   string       // where people reach it: https://house.example
	Now   func() time.Time
	// Mail sends a mail; nil when no mail server is known, and links are then shown
	// to whoever makes them.
	Mail func(ctx context.Context, to, subject, text string) error
	// Demo fills the source "demo" with an invented conversation; nil when there is
	// none to show.
	Demo func(ctx context.Context) error
	// Fictional is a demonstration: every page says so.
	Fictional bool
}

// Server is the web of one house.
type Server struct {
	Config
	routes    []Route
	pages     map[lang.Language]*pages
	sessions  *scs.SessionManager
	passkeys  *webauthn.WebAuthn // nil: they can't be used at this address
	limits    *limits
	waiting   waiting                    // who waits, as long as nothing moves
	gapKept   brief[gapTile]             // the values gap of the latest report
	pairs     brief[[]people.Suggestion] // who may be one person
	handler   http.Handler
	gauges    *gauges
	listeners listeners
	streams   chan struct{} // closed when the server closes
	closing   sync.Once
	still     sync.WaitGroup // for what goes on after an answer
}

//go:embed static
var static embed.FS

// New makes a server. It is an http.Handler.
func New(c Config) (*Server, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c, routes: Routes(), pages: map[lang.Language]*pages{}, limits: newLimits(c.Now), streams: make(chan struct{})}
	for _, l := range append(lang.Languages(), lang.Stretched) {
		p, err := parse(l)
		if err != nil {
			return nil, err
		}
		s.pages[l] = p
	}
	s.sessions = newSessions(c.Store, s.secure())
	var err error
	if s.passkeys, err = newPasskeys(c.URL); err != nil {
		return nil, fmt.Errorf("passkeys at %s: %w", c.URL, err)
	}
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.fail(s.request(w, r, Route{}), fmt.Errorf("reading a session: %w", err))
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
	s.still.Wait()
	return nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// mount puts every route at its addresses.
func (s *Server) mount() error {
	mux := http.NewServeMux()
	for _, route := range s.routes {
		if route.Allow == nil {
			return fmt.Errorf("route %s %s doesn't say who may come", route.Method, route.Path)
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
		s.fail(s.request(w, r, Route{}), errCross)
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

// secure says whether people reach the house by https.
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
	r := &Request{Request: hr, Server: s, out: w, form: formOf(route, hr)}
	r.Lang = s.language(w, r)
	return r
}

// serve makes a handler of a route: who asks, may she, what does she give, what
// comes out, in which form.
func (s *Server) serve(route Route) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, hr *http.Request) {
		w, begun := &noted{ResponseWriter: out}, time.Now()
		defer func() { s.gauges.seen(route, w.status, time.Since(begun)) }()
		r := s.request(w, hr, route)
		if err := s.admit(route, r); err != nil {
			s.fail(r, err)
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
		case err != nil && view != nil && r.form == asPage && errors.As(err, &r.Bad):
			s.page(r, view, http.StatusBadRequest)
		case err != nil:
			s.fail(r, err)
		default:
			s.show(r, view)
		}
	})
}

// admit finds out who asks and says whether she may come here.
func (s *Server) admit(route Route, r *Request) error {
	key := address(r.Request)
	if r.Method == http.MethodPost && !s.limits.allow("post "+key, 600, time.Minute) {
		return errTooMany
	}
	open := route.Scope == NoToken && slices.Contains(route.Allow, account.Nobody) // a token makes no difference
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && !open {
		if err := s.bearer(route, r, secret); err != nil {
			return err
		}
	} else {
		u, err := s.seated(r.Context())
		if err != nil {
			return err
		}
		r.User = u
		if _, err := r.Cookie("lang"); err != nil && !r.URL.Query().Has("lang") {
			r.Lang = spoken(u, r.Lang)
		}
	}
	if slices.Contains(route.Allow, r.User.Role) {
		return nil
	}
	if r.User.Role == account.Nobody {
		return errSignIn
	}
	return errForbidden
}

// bearer admits a program by its token.
func (s *Server) bearer(route Route, r *Request, secret string) error {
	t, err := account.CheckToken(r.Context(), s.Store, "api", secret)
	if err != nil {
		if !s.limits.allow("token "+address(r.Request), 30, time.Minute) {
			return errTooMany
		}
		return errSignIn
	}
	u, err := account.UserByID(r.Context(), s.Store, t.User)
	if err != nil || !u.Disabled.IsZero() {
		return errSignIn
	}
	if route.Scope == NoToken || !slices.Contains(t.Scopes, string(route.Scope)) {
		return errScope
	}
	r.Token, r.User = &t, u
	return nil
}

// spoken is the language that a user chose on her account, if she did.
func spoken(u account.User, otherwise lang.Language) lang.Language {
	if l, ok := lang.Parse(u.Lang); ok && u.Lang != "" {
		return l
	}
	return otherwise
}

// keepLanguage has a browser remember a language; none if it is empty.
func (s *Server) keepLanguage(w http.ResponseWriter, tag string) {
	c := &http.Cookie{Name: "lang", Value: tag, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: s.secure()}
	if tag == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// language is what the person asked for: by ?lang=, by her cookie, by her
// browser. What her account says comes between the last two, see admit.
func (s *Server) language(w http.ResponseWriter, r *Request) lang.Language {
	if l, ok := lang.Parse(r.URL.Query().Get("lang")); ok {
		s.keepLanguage(w, l.Tag())
		return l
	}
	if r.URL.Query().Get("lang") == string(lang.Stretched) {
		return lang.Stretched
	}
	if c, err := r.Cookie("lang"); err == nil {
		if l, ok := lang.Parse(c.Value); ok {
			return l
		}
	}
	for wish := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(wish), ";")
		if l, ok := lang.Parse(tag); ok {
			return l
		}
	}
	return lang.English
}
