// Package web is the way in and out for people: pages, and the same things as
// JSON and CSV.
//
// Every address is a Route in one table (package routes), which says who may use it,
// with which scope a token opens it, what it takes and what it gives. The pages stand
// in packages below this one, by what people do there: work, persons, measures,
// manage. A handler
// gets a Request and gives a View; the View becomes a page by the template of its
// name, JSON by its tags, CSV by its Table. So one handler gives all three, and
// the OpenAPI document is made of the table itself:
//
//	GET  /inbox            the page
//	GET  /api/inbox        JSON
//	GET  /api/inbox.csv    CSV, when the View is a Table
//	POST /thread/reply     a form, answered by a redirect with a notice
//	POST /api/thread/reply the same as JSON
//
// Pages work without JavaScript; a little of it (static/house.js) refreshes what
// has moved. Nothing is fetched from elsewhere.
package web

import (
	"iter"
	"net/http"
	"slices"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
)

// Route is one address.
type Route struct {
	Method string // GET or POST
	Path   string // as net/http's patterns: /thread/{id...}
	Name   string // of the operation, stable: inbox, thread-reply
	Allow  account.Roles
	Scope  account.Scope                // of the tokens that open it under /api; account.NoToken: none does
	Handle func(*Request) (View, error) // a *lang.InputError with a View: the View's form again, with what is wrong
	In     any                          // zero value of what a POST takes; nil: nothing
	Out    any                          // zero value of the View it gives, for the OpenAPI document
	Query  []Parameter
	Lines  string                              // of a POST that also takes lines (application/x-ndjson): what a line is
	Page   bool                                // there is a page of it; false: under /api only
	Raw    func(*Request, http.ResponseWriter) // instead of Handle, for what is no View (files, streams)
	Limit  int64                               // bytes of a POST; 0: a mebibyte
}

// Parameter is one of a route's query parameters.
type Parameter struct {
	Name, About string
	Type        string // string, integer, boolean, date-time
}

// View is what a handler gives: shown by the template named by Template.
type View interface{ Template() string }

// Table is a View that can also be had as CSV.
type Table interface {
	View
	Header() []string
	Rows() iter.Seq[[]string]
}

// Request is what a handler gets: the request, who asks, in which language, and in
// which format the answer is wanted.
type Request struct {
	*http.Request
	Server *Server
	User   account.User // zero: nobody signed in
	Token  *account.Token
	Lang   lang.Language
	Bad    *lang.InputError // why a form is shown again with a View that came with it
	Out    http.ResponseWriter
	Format Format
}

// Done is the View of a POST that went well: a page goes to Location and shows
// Notice there, with an Undo if there is one; JSON gets Result.
type Done struct {
	Location string `json:"location"`
	Notice   string `json:"notice"` // a key of the catalogue
	Args     []any  `json:"-"`
	Undo     *Undo  `json:"undo,omitempty"`
	Result   any    `json:"result,omitempty"`
}

// Undo is a form that takes back what was done.
type Undo struct {
	Action string            `json:"action"` // the path to POST to
	Fields map[string]string `json:"fields"`
}

// Template makes Done a View; it has no page of its own.
func (Done) Template() string { return "" }

// ByID is the input of what is done to one of a list.
type ByID struct {
	ID int64 `json:"id"`
}

// CoreRoutes are the addresses that every server has: its health, its events and the
// description of its API.
func CoreRoutes() []Route { return slices.Concat(healthRoutes, eventRoutes, apiRoutes) }
