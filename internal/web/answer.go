package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// form is the form in which an answer is wanted.
type form uint8

const (
	asPage form = iota
	asJSON
	asCSV
)

func formOf(route Route, r *http.Request) form {
	switch {
	case strings.HasSuffix(r.URL.Path, ".csv"):
		return asCSV
	case strings.HasPrefix(r.URL.Path, "/api/"):
		return asJSON
	}
	return asPage
}

// Bad is input that can't be taken: which field, and a key of the catalogue that
// says what to do.
type Bad struct {
	Field string
	Key   string
	Args  []any
}

func (b *Bad) Error() string { return "input: " + b.Field + ": " + b.Key }

// Say tells it to a person.
func (b *Bad) Say(l lang.Language) string { return l.Say(b.Key, b.Args...) }

var (
	errSignIn    = errors.New("not signed in")
	errForbidden = errors.New("not allowed")
	errScope     = errors.New("the token doesn't open this")
	errTooMany   = errors.New("too many requests")
	errLost      = errors.New("no such address")
	errCross     = errors.New("sent from another site")
)

// statuses is the one table from causes to HTTP statuses and words.
var statuses = []struct {
	cause  error
	status int
	key    string
}{
	{errSignIn, http.StatusUnauthorized, "error.sign-in"},
	{errForbidden, http.StatusForbidden, "error.forbidden"},
	{errScope, http.StatusForbidden, "error.scope"},
	{errTooMany, http.StatusTooManyRequests, "error.too-many"},
	{errCross, http.StatusForbidden, "error.cross"},
	{errLost, http.StatusNotFound, "error.lost"},
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

// fail answers an error; what isn't in the table is a fault of ours, told in the
// log and not to the person.
func (s *Server) fail(r *Request, err error) {
	p := problem{Status: http.StatusInternalServerError, Title: r.Lang.Say("error.ours")}
	var bad *Bad
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
	if p.Status == http.StatusUnauthorized && r.form == asPage && r.Method == http.MethodGet {
		http.Redirect(r.out, r.Request, "/signin?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if r.form != asPage {
		r.out.Header().Set("Content-Type", "application/problem+json")
		r.out.WriteHeader(p.Status)
		json.NewEncoder(r.out).Encode(p) //nolint:errcheck // nobody is there to be told
		return
	}
	s.page(r, p, p.Status)
}

// lost answers what no route matches.
func (s *Server) lost(w http.ResponseWriter, hr *http.Request) {
	s.fail(s.request(w, hr, Route{}), errLost)
}

// show writes a view in the form wanted.
func (s *Server) show(r *Request, v View) {
	if done, ok := v.(Done); ok {
		s.done(r, done)
		return
	}
	switch r.form {
	case asJSON:
		r.json(http.StatusOK, v)
	case asCSV:
		table, ok := v.(Table)
		if !ok {
			s.fail(r, errLost)
			return
		}
		writeCSV(r.out, table)
	default:
		s.page(r, v, http.StatusOK)
	}
}

// json writes a value, or says that it could not.
func (r *Request) json(status int, v any) {
	var out bytes.Buffer
	if err := json.NewEncoder(&out).Encode(v); err != nil {
		r.Server.fail(r, err)
		return
	}
	r.out.Header().Set("Content-Type", "application/json; charset=utf-8")
	r.out.Header().Set("Cache-Control", "private, no-store")
	r.out.WriteHeader(status)
	out.WriteTo(r.out) //nolint:errcheck // nobody is there to be told
}

// done answers what was done: a page by going to where it shows, with a notice.
func (s *Server) done(r *Request, d Done) {
	if r.form != asPage {
		r.json(http.StatusOK, d)
		return
	}
	if d.Notice != "" {
		flash := flash{Text: r.Lang.Say(d.Notice, d.Args...), Undo: d.Undo}
		if b, err := json.Marshal(flash); err == nil {
			s.sessions.Put(r.Context(), "flash", string(b))
		}
	}
	http.Redirect(r.out, r.Request, d.Location, http.StatusSeeOther)
}

// flash is a notice shown once, on the next page.
type flash struct {
	Text string
	Undo *Undo
}

// writeCSV writes RFC 4180 in which no cell can be taken for a formula.
func writeCSV(w http.ResponseWriter, t Table) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="`+t.Template()+`.csv"`)
	w.Header().Set("Cache-Control", "private, no-store")
	out := csv.NewWriter(w)
	out.UseCRLF = true
	out.Write(t.Header()) //nolint:errcheck // Flush's errors would reach nobody
	for row := range t.Rows() {
		for i := range row {
			row[i] = harmless(row[i])
		}
		out.Write(row) //nolint:errcheck // as above
	}
	out.Flush()
}

// harmless puts an apostrophe before what a spreadsheet would run.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
