package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/source"
)

// What we read and why: for everybody who is read, without an account; the same
// for programs under /reads.json; and the way to say no.
var readsRoutes = []Route{
	{Method: http.MethodGet, Path: "/reads", Name: "reads", Allow: Anyone, Handle: reads, Out: readsView{}, Page: true},
	{Method: http.MethodGet, Path: "/reads.json", Name: "reads-json", Allow: Anyone, Raw: readsJSON},
	{Method: http.MethodPost, Path: "/object", Name: "object", Allow: Anyone, Handle: object, In: objectForm{}, Out: Done{}, Page: true},
}

// readsView is what this house reads.
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
	purposes = []string{"answer", "presence", "values", "whuffie"}
	nevers   = []string{"crawl", "direct", "deleted", "person-values", "sensitive", "decision", "sold"}
)

func (readsView) Template() string { return "reads" }

func reads(r *Request) (View, error) { return newReads(r) }

func newReads(r *Request) (v readsView, err error) {
	set, err := ReadSettings(r.Context(), r.Server.Store)
	if err != nil {
		return v, err
	}
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return v, err
	}
	v = readsView{Organisation: set.Organisation, Contact: set.Contact, Sources: []readLine{}, Months: set.Retention, Purposes: purposes, Never: nevers,
		Objection: strings.TrimRight(r.Server.URL, "/") + "/api/object", PublicPage: set.Public}
	for _, s := range list {
		if s.Removed.IsZero() {
			v.Sources = append(v.Sources, readLine{s.Title, string(s.Kind), s.Made})
		}
	}
	return v, nil
}

func readsJSON(r *Request, _ http.ResponseWriter) {
	v, err := newReads(r)
	if err != nil {
		r.Server.fail(r, err)
		return
	}
	r.json(http.StatusOK, v)
}

// objectForm is who doesn't want to be read.
type objectForm struct {
	Account string `json:"account"`
}

// Objections that may come from one address in an hour; the number keeps
// somebody from objecting in everybody's name.
const objectionsAnHour = 5

// object notes that somebody doesn't want to be read; what she wrote is erased
// when nobody of the house has refused it meanwhile (see objectionsRoutes). The answer is the same whether she was known or not, so that nobody can
// ask who is. Who speaks for the organisation is told to talk to it: else anybody
// could erase its answers.
func object(r *Request) (View, error) {
	var in objectForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	account := strings.TrimSpace(in.Account)
	if account == "" || len(account) > 400 || strings.ContainsAny(account, "\r\n\x00") {
		return nil, &Bad{"account", "object.empty", nil}
	}
	if !r.Server.limits.allow("object "+address(r.Request), objectionsAnHour, time.Hour) {
		return nil, errTooMany
	}
	ours, err := r.Server.ours(r, account)
	if err != nil {
		return nil, err
	}
	if ours {
		return nil, &Bad{"account", "object.ours", nil}
	}
	if err := r.Server.noteObjection(r.Context(), Objection{Account: account}, r.Now().Add(ObjectionDelay)); err != nil {
		return nil, err
	}
	if _, err := notice.AddNotice(r.Context(), r.Server.Store, notice.Notice{Kind: "objection", Text: "notice.objection", Link: "/objections", Level: "warn"}); err != nil {
		return nil, err
	}
	return Done{Location: "/reads", Notice: "object.done"}, nil
}

// ours says whether an account speaks for the organisation: by the roster, as a
// user of the house, or by what it said.
func (s *Server) ours(r *Request, name string) (bool, error) {
	set, err := ReadSettings(r.Context(), s.Store)
	if err != nil {
		return false, err
	}
	if set.Roster != nil {
		if _, ours := set.Roster.Find(conversation.PersonID(name), ""); ours {
			return true, nil
		}
	}
	users, err := account.Users(r.Context(), s.Store)
	if err != nil {
		return false, err
	}
	bare := strings.TrimPrefix(name, "@")
	for _, u := range users {
		for _, own := range []string{u.Person, u.Mail} {
			if own != "" && strings.EqualFold(strings.TrimPrefix(own, "@"), bare) {
				return true, nil
			}
		}
	}
	people, err := people.People(r.Context(), s.Store, bare, 50, 0)
	if err != nil {
		return false, err
	}
	for _, p := range people {
		for _, a := range p.Accounts {
			if p.Side == conversation.Organisation && (strings.EqualFold(a.Author, bare) || strings.EqualFold(a.Author, name) || strings.EqualFold(a.ID, name)) {
				return true, nil
			}
		}
	}
	return false, nil
}
