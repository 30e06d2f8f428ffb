package persons

import (
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/web"
)

// What we read and why: for everybody who is read, without an account; the same
// for programs under /reads.json; and the way to say no.
var readsRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/reads", Name: "reads", Allow: account.Anyone, Handle: showReads, Out: readsView{}, Page: true},
	{Method: http.MethodGet, Path: "/reads.json", Name: "reads-json", Allow: account.Anyone, Raw: readsJSON},
	{Method: http.MethodPost, Path: "/object", Name: "object", Allow: account.Anyone, Handle: object, In: objectForm{}, Out: web.Done{}, Page: true},
}

// readsView is what is read here.
type readsView struct {
	Organisation string     `json:"organisation"`
	Contact      string     `json:"contact"`
	Sources      []readLine `json:"sources"`
	Months       int        `json:"retention_months"` // how long texts are kept
	Purposes     []string   `json:"purposes"`         // codes: answer, presence, values, whuffie
	Never        []string   `json:"never"`            // codes of what is never read or made
	Objection    string     `json:"objection"`        // where to POST {"account": …}
	PublicPage   bool       `json:"public_page"`
}

// readLine is one source.
type readLine struct {
	Title string    `json:"title"`
	Kind  string    `json:"kind"`
	Since time.Time `json:"since"`
}

// What is read for, and what never happens; the words stand in the catalogue.
var (
	purposes   = []string{"answer", "presence", "values", "whuffie"}
	exclusions = []string{"crawl", "direct", "deleted", "person-values", "sensitive", "decision", "sold"}
)

func (readsView) Template() string { return "reads" }

func showReads(r *web.Request) (web.View, error) { return newReads(r) }

func newReads(r *web.Request) (v readsView, err error) {
	set, err := settings.Read(r.Context(), r.Server.Store)
	if err != nil {
		return v, err
	}
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return v, err
	}
	v = readsView{Organisation: set.Organisation, Contact: set.Contact, Sources: []readLine{}, Months: set.Retention, Purposes: purposes, Never: exclusions,
		Objection: strings.TrimRight(r.Server.URL, "/") + "/api/object", PublicPage: set.Public}
	for _, s := range list {
		if s.Removed.IsZero() {
			v.Sources = append(v.Sources, readLine{s.Title, string(s.Kind), s.Made})
		}
	}
	return v, nil
}

func readsJSON(r *web.Request, _ http.ResponseWriter) {
	v, err := newReads(r)
	if err != nil {
		r.Server.Fail(r, err)
		return
	}
	r.JSON(http.StatusOK, v)
}

// objectForm is who doesn't want to be read.
type objectForm struct {
	Account string `json:"account"`
}

// object notes that somebody doesn't want to be read; what they wrote is erased when
// nobody of the organisation has refused it meanwhile (see objectionsRoutes). The
// answer is the same whether they were known or not, so that nobody can ask who is.
func object(r *web.Request) (web.View, error) {
	var in objectForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	name, err := consent.CheckAccount(in.Account)
	if err != nil {
		return nil, err
	}
	if err := r.Limit("object", consent.ObjectionsPerHour, time.Hour); err != nil {
		return nil, err
	}
	if err := consent.Object(r.Context(), r.Server.Store, name, r.Now()); err != nil {
		return nil, err
	}
	return web.Done{Location: "/reads", Notice: "object.done"}, nil
}
