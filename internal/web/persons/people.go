package persons

import (
	"iter"
	"net/http"
	"strconv"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/web"
)

// People: who speaks here, and which accounts are one person's.
var peopleRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/people", Name: "people", Allow: account.Working, Scope: account.Read, Handle: showPeople, Out: peopleView{}, Page: true, Query: []web.Parameter{
		{Name: "q", About: "a part of a name or an address", Type: "string"},
		{Name: "page", About: "from 1", Type: "integer"},
		{Name: "limit", About: "people of a page, 50 at first, at most 1000", Type: "integer"},
	}},
	{Method: http.MethodPost, Path: "/people/merge", Name: "people-merge", Allow: account.Working, Scope: account.Write, Handle: mergePeople, In: pairIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/people/refuse", Name: "people-refuse", Allow: account.Working, Scope: account.Write, Handle: refuse, In: pairIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/people/undo", Name: "people-undo", Allow: account.Working, Scope: account.Write, Handle: undoMerge, In: web.ByID{}, Out: web.Done{}, Page: true},
}

// peopleView is a page of people, and what is to be decided about them.
type peopleView struct {
	web.Clock
	Q           string       `json:"-"`
	People      []personLine `json:"people"` // who spoke last first
	Page        web.Paging   `json:"page"`
	Suggestions []suggestion `json:"suggestions"` // who may be one person
	Merges      []mergeLine  `json:"merges"`      // the latest
}

// personLine is a person in a list.
type personLine struct {
	people.Person
	Side string `json:"side"`
}

// suggestion is two people who may be one, with their names.
type suggestion struct {
	A     conversation.PersonID `json:"a"`
	B     conversation.PersonID `json:"b"`
	NameA string                `json:"name_a"`
	NameB string                `json:"name_b"`
	Why   string                `json:"why"` // same-address, same-name, same-handle
	Sure  float64               `json:"sure"`
}

// mergeLine is a merge with the names of its two.
type mergeLine struct {
	people.Merge
	NameFrom string `json:"name_from"`
	NameInto string `json:"name_into"`
}

func (peopleView) Template() string { return "people" }

// decisions is how many suggestions and merges the list of people shows; a person's
// page shows all.
const (
	decisions = 20
	all       = 500
)

func showPeople(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	v := peopleView{Clock: r.Clock(set), Q: r.URL.Query().Get("q"), Page: r.OpenPaging(50)}
	list, err := people.People(r.Context(), r.Server.Store, v.Q, v.Page.Size+1, (v.Page.Number-1)*v.Page.Size)
	if err != nil {
		return nil, err
	}
	v.Page.Found(len(list))
	v.People = make([]personLine, min(len(list), v.Page.Size))
	for i := range v.People {
		v.People[i] = personLine{list[i], list[i].Side.String()}
	}
	if v.Q == "" && v.Page.Number == 1 {
		if v.Suggestions, err = readSuggestions(r, decisions); err != nil {
			return nil, err
		}
		v.Merges, err = readMerges(r, decisions)
	}
	return v, err
}

// readSuggestions reads who may be one person.
func readSuggestions(r *web.Request, limit int) ([]suggestion, error) {
	found, err := r.Server.Pairs.All(r.Context(), r.Server.Store, r.Now())
	if err != nil {
		return nil, err
	}
	list := found[:min(len(found), limit)]
	var ids []conversation.PersonID
	for _, s := range list {
		ids = append(ids, s.A, s.B)
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	shown := make([]suggestion, len(list))
	for i, s := range list {
		shown[i] = suggestion{s.A, s.B, names[s.A], names[s.B], s.Why, s.Sure}
	}
	return shown, err
}

// readMerges reads the latest merges.
func readMerges(r *web.Request, limit int) ([]mergeLine, error) {
	list, err := people.Merges(r.Context(), r.Server.Store, limit)
	if err != nil {
		return nil, err
	}
	var ids []conversation.PersonID
	for _, m := range list {
		ids = append(ids, m.From, m.Into)
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	shown := make([]mergeLine, len(list))
	for i, m := range list {
		shown[i] = mergeLine{m, names[m.From], names[m.Into]}
	}
	return shown, err
}

// pairIn is two people.
type pairIn struct {
	A conversation.PersonID `json:"a"` // who becomes a part of b
	B conversation.PersonID `json:"b"`
}

// mergePeople makes two people one.
func mergePeople(r *web.Request) (web.View, error) {
	var in pairIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	from, into, m, err := people.MergeFound(r.Context(), r.Server.Store, string(in.A), string(in.B), r.User.Name)
	if err != nil {
		return nil, err
	}
	return web.Done{Location: web.PersonAt(into.ID), Notice: "people.merged", Args: []any{from.Name, into.Name}, Result: m,
		Undo: &web.Undo{Action: "/people/undo", Fields: map[string]string{"id": strconv.FormatInt(m.ID, 10)}}}, r.Moved("")
}

// refuse says that two people aren't one.
func refuse(r *web.Request) (web.View, error) {
	var in pairIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.A == "" || in.B == "" || in.A == in.B {
		return nil, lang.Invalid("b", "people.same")
	}
	defer r.Server.Pairs.Forget()
	return web.Done{Location: "/people", Notice: "people.refused"}, people.RefuseSuggestion(r.Context(), r.Server.Store, in.A, in.B, r.User.Name)
}

// undoMerge takes a merge back.
func undoMerge(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := people.UndoMerge(r.Context(), r.Server.Store, in.ID, r.User.Name); err != nil {
		return nil, err
	}
	return web.Done{Location: "/people", Notice: "people.unmerged"}, r.Moved("")
}

// Header and Rows are the page's people as CSV.
func (v peopleView) Header() []string {
	return []string{"id", "name", "side", "accounts", "messages", "first", "last"}
}

func (v peopleView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, p := range v.People {
			if !yield([]string{string(p.ID), p.Name, p.Side, strconv.Itoa(len(p.Accounts)), strconv.Itoa(p.Messages), web.Stamp(p.First), web.Stamp(p.Last)}) {
				return
			}
		}
	}
}
