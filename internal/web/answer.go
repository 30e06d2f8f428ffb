package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/entregent/entregent/internal/export"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Format is the format in which an answer is wanted.
type Format uint8

// The formats.
const (
	AsPage Format = iota
	AsJSON
	AsCSV
)

// formatOf reads the format off an address.
func formatOf(r *http.Request) Format {
	switch {
	case strings.HasSuffix(r.URL.Path, ".csv"):
		return AsCSV
	case strings.HasPrefix(r.URL.Path, "/api/"):
		return AsJSON
	}
	return AsPage
}

// Why a request is refused. See statuses for what each becomes.
var (
	errSignIn    = errors.New("not signed in")
	ErrForbidden = errors.New("not allowed")
	errScope     = errors.New("the token doesn't open this")
	ErrTooMany   = errors.New("too many requests")
	ErrLost      = errors.New("no such address")
	errCross     = errors.New("sent from another site")
)

// statuses is the one table from causes to HTTP statuses and words.
var statuses = []struct {
	cause  error
	status int
	key    string
}{
	{errSignIn, http.StatusUnauthorized, "error.sign-in"},
	{ErrForbidden, http.StatusForbidden, "error.forbidden"},
	{errScope, http.StatusForbidden, "error.scope"},
	{ErrTooMany, http.StatusTooManyRequests, "error.too-many"},
	{errCross, http.StatusForbidden, "error.cross"},
	{ErrLost, http.StatusNotFound, "error.lost"},
	{store.ErrNotFound, http.StatusNotFound, "error.not-found"},
	{store.ErrConflict, http.StatusConflict, "error.conflict"},
	{store.ErrTaken, http.StatusConflict, "error.taken"},
	{store.ErrExpired, http.StatusGone, "error.expired"},
}

// problem is what an error says: RFC 9457's members for programs, a page for
// people.
type problem struct {
	Status int    `json:"status"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"`
}

func (problem) Template() string { return "problem" }

// Fail answers an error; what isn't in the table is a fault of ours, told in the
// log and not to the person.
func (s *Server) Fail(r *Request, err error) {
	p := problem{Status: http.StatusInternalServerError, Title: r.Lang.Say("error.ours")}
	var bad *lang.InputError
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &bad):
		p = problem{http.StatusBadRequest, r.Lang.Say("error.bad"), bad.Say(r.Lang), bad.Field}
	case errors.As(err, &long):
		p = problem{Status: http.StatusRequestEntityTooLarge, Title: r.Lang.Say("error.too-long", int(long.Limit>>20))}
	default:
		for _, known := range statuses {
			if errors.Is(err, known.cause) {
				p.Status, p.Title = known.status, r.Lang.Say(known.key)
				break
			}
		}
	}
	if p.Status == http.StatusInternalServerError {
		s.Log.Error("answering", "path", r.URL.Path, "cause", err)
	}
	if p.Status == http.StatusUnauthorized && r.Format == AsPage && r.Method == http.MethodGet {
		http.Redirect(r.Out, r.Request, "/signin?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if r.Format != AsPage {
		r.Out.Header().Set("Content-Type", "application/problem+json")
		r.Out.WriteHeader(p.Status)
		json.NewEncoder(r.Out).Encode(p) //nolint:errcheck // nobody is there to be told
		return
	}
	s.Page(r, p, p.Status)
}

// lost answers what no route matches.
func (s *Server) lost(w http.ResponseWriter, hr *http.Request) {
	s.Fail(s.request(w, hr, Route{}), ErrLost)
}

// show writes a view in the form wanted.
func (s *Server) show(r *Request, v View) {
	if done, ok := v.(Done); ok {
		s.done(r, done)
		return
	}
	switch r.Format {
	case AsJSON:
		r.JSON(http.StatusOK, v)
	case AsCSV:
		table, ok := v.(Table)
		if !ok {
			s.Fail(r, ErrLost)
			return
		}
		writeCSV(r.Out, table)
	default:
		s.Page(r, v, http.StatusOK)
	}
}

// JSON writes a value, or says that it could not.
func (r *Request) JSON(status int, v any) {
	var out bytes.Buffer
	if err := json.NewEncoder(&out).Encode(v); err != nil {
		r.Server.Fail(r, err)
		return
	}
	r.Out.Header().Set("Content-Type", "application/json; charset=utf-8")
	r.Out.Header().Set("Cache-Control", "private, no-store")
	r.Out.WriteHeader(status)
	out.WriteTo(r.Out) //nolint:errcheck // nobody is there to be told
}

// done answers what was done: a page by going to where it shows, with a notice.
func (s *Server) done(r *Request, d Done) {
	if r.Format != AsPage {
		r.JSON(http.StatusOK, d)
		return
	}
	if d.Notice != "" {
		flash := flash{Text: r.Lang.Say(d.Notice, d.Args...), Undo: d.Undo}
		if b, err := json.Marshal(flash); err == nil {
			s.sessions.Put(r.Context(), "flash", string(b))
		}
	}
	http.Redirect(r.Out, r.Request, d.Location, http.StatusSeeOther)
}

// flash is a notice shown once, on the next page.
type flash struct {
	Text string
	Undo *Undo
}

// writeCSV sends a table as RFC 4180 in which no cell can be taken for a formula.
func writeCSV(w http.ResponseWriter, t Table) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="`+t.Template()+`.csv"`)
	w.Header().Set("Cache-Control", "private, no-store")
	export.WriteRows(w, t.Header(), t.Rows()) //nolint:errcheck // nobody is there to be told
}
