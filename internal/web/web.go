// Package web is the way in and out for people: pages, and the same things as
// JSON and CSV.
//
// Every address is a Route in one table (routes.go), which says who may come,
// with which scope a token opens it, what it takes and what it gives. A handler
// gets a Request and gives a View; the View becomes a page by the template of its
// name, JSON by its tags, CSV by its Table. So one handler speaks all three, and
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

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
)

// Route is one address.
type Route struct {
	Method string // GET or POST
	Path   string // as net/http's patterns: /thread/{id...}
	Name   string // of the operation, stable: inbox, thread-reply
	Allow  []account.Role
	Scope  Scope                        // of the tokens that open it under /api; NoToken: none does
	Handle func(*Request) (View, error) // a *Bad with a View: the View's form again, with what is wrong
	In     any                          // zero value of what a POST takes; nil: nothing
	Out    any                          // zero value of the View it gives, for the OpenAPI document
	Query  []Parameter
	Page   bool                                // there is a page of it; false: under /api only
	Raw    func(*Request, http.ResponseWriter) // instead of Handle, for what is no View (files, streams)
	Limit  int64                               // bytes of a POST; 0: a mebibyte
}

// Parameter is one of a route's query parameters.
type Parameter struct {
	Name, About string
	Type        string // string, integer, boolean, date-time
}

// Scope is what a token may do.
type Scope string

// The scopes.
const (
	NoToken Scope = ""
	Read    Scope = "read"  // measures, the inbox
	Write   Scope = "write" // messages in, replies
	Manage  Scope = "manage"
)

// Roles often meant together. Anyone includes whoever didn't sign in.
var (
	Anyone    = []account.Role{account.Nobody, account.Reader, account.Member, account.Teammate, account.Manager, account.Admin}
	SignedIn  = []account.Role{account.Reader, account.Member, account.Teammate, account.Manager, account.Admin}
	Watching  = []account.Role{account.Reader, account.Teammate, account.Manager, account.Admin} // the measures
	Working   = []account.Role{account.Teammate, account.Manager, account.Admin}                 // the inbox
	Managing  = []account.Role{account.Manager, account.Admin}
	AdminOnly = []account.Role{account.Admin}
)

// View is what a handler gives: shown by the template named by Template.
type View interface{ Template() string }

// Table is a View that can also be had as CSV.
type Table interface {
	View
	Header() []string
	Rows() iter.Seq[[]string]
}

// Request is what a handler gets: the request, who asks, and in which language.
type Request struct {
	*http.Request
	Server *Server
	User   account.User // zero: nobody signed in
	Token  *account.Token
	Lang   lang.Language
	Bad    *Bad // why a form is shown again with a View that came with it
	out    http.ResponseWriter
	form   form
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
