package web

import (
	"iter"
	"net/http"
	"strconv"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/people"
)

// People: who speaks here, and which accounts are one person's.
var peopleRoutes = []Route{
	{Method: http.MethodGet, Path: "/people", Name: "people", Allow: Working, Scope: Read, Handle: showPeople, Out: peopleView{}, Page: true, Query: []Parameter{
		{"q", "a part of a name or an address", "string"},
		{"page", "from 1", "integer"},
		{"limit", "people of a page, 50 at first, at most 1000", "integer"},
	}},
	{Method: http.MethodPost, Path: "/people/merge", Name: "people-merge", Allow: Working, Scope: Write, Handle: mergePeople, In: pairIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/people/refuse", Name: "people-refuse", Allow: Working, Scope: Write, Handle: refuse, In: pairIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/people/undo", Name: "people-undo", Allow: Working, Scope: Write, Handle: undoMerge, In: numbered{}, Out: Done{}, Page: true},
}

// peopleView is a page of people, and what is to be decided about them.
type peopleView struct {
	when
	Q           string       `json:"-"`
	People      []personLine `json:"people"` // who spoke last first
	Page        pageOf       `json:"page"`
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

const (
	decisions = 20  // suggestions and merges shown
	pairsKept = 500 // suggestions found at a time
)

func showPeople(r *Request) (View, error) {
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	v := peopleView{when: r.when(settings), Q: r.URL.Query().Get("q"), Page: r.openPage(50)}
	list, err := people.People(r.Context(), r.Server.Store, v.Q, v.Page.Size+1, (v.Page.Number-1)*v.Page.Size)
	if err != nil {
		return nil, err
	}
	v.Page.found(len(list))
	v.People = make([]personLine, min(len(list), v.Page.Size))
	for i := range v.People {
		v.People[i] = personLine{list[i], list[i].Side.String()}
	}
	if v.Q == "" && v.Page.Number == 1 {
		if v.Suggestions, err = r.suggestions(decisions); err != nil {
			return nil, err
		}
		v.Merges, err = r.merges(decisions)
	}
	return v, err
}

// suggestions reads who may be one person.
func (r *Request) suggestions(limit int) ([]suggestion, error) {
	all, err := r.Server.pairs.get(r.Now(), func() ([]people.Suggestion, error) { return people.Suggestions(r.Context(), r.Server.Store, pairsKept) })
	if err != nil {
		return nil, err
	}
	list := all[:min(len(all), limit)]
	var ids []conversation.PersonID
	for _, s := range list {
		ids = append(ids, s.A, s.B)
	}
	names, err := r.names(ids)
	shown := make([]suggestion, len(list))
	for i, s := range list {
		shown[i] = suggestion{s.A, s.B, names[s.A], names[s.B], s.Why, s.Sure}
	}
	return shown, err
}

// merges reads the latest merges.
func (r *Request) merges(limit int) ([]mergeLine, error) {
	list, err := people.Merges(r.Context(), r.Server.Store, limit)
	if err != nil {
		return nil, err
	}
	var ids []conversation.PersonID
	for _, m := range list {
		ids = append(ids, m.From, m.Into)
	}
	names, err := r.names(ids)
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
func mergePeople(r *Request) (View, error) {
	var in pairIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	from, err := r.someone(string(in.A), "a")
	if err != nil {
		return nil, err
	}
	into, err := r.someone(string(in.B), "b")
	if err != nil {
		return nil, err
	}
	if from.ID == into.ID {
		return nil, &Bad{"b", "people.same", nil}
	}
	m, err := people.MergePeople(r.Context(), r.Server.Store, from.ID, into.ID, r.User.Name)
	if err != nil {
		return nil, err
	}
	return Done{Location: personAt(into.ID), Notice: "people.merged", Args: []any{from.Name, into.Name}, Result: m,
		Undo: &Undo{"/people/undo", map[string]string{"id": strconv.FormatInt(m.ID, 10)}}}, r.moved("")
}

// refuse says that two people aren't one.
func refuse(r *Request) (View, error) {
	var in pairIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.A == "" || in.B == "" || in.A == in.B {
		return nil, &Bad{"b", "people.same", nil}
	}
	defer r.Server.pairs.forget()
	return Done{Location: "/people", Notice: "people.refused"}, people.RefuseSuggestion(r.Context(), r.Server.Store, in.A, in.B, r.User.Name)
}

// undoMerge takes a merge back.
func undoMerge(r *Request) (View, error) {
	var in numbered
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := people.UndoMerge(r.Context(), r.Server.Store, in.ID, r.User.Name); err != nil {
		return nil, err
	}
	return Done{Location: "/people", Notice: "people.unmerged"}, r.moved("")
}

// someone finds the person that is meant: by her id, that of an account of hers,
// or a part of her name that nobody else has.
func (r *Request) someone(text, field string) (people.Person, error) {
	p, err := people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(text))
	if err == nil || !isLost(err) {
		return p, err
	}
	if text != "" {
		list, err := people.People(r.Context(), r.Server.Store, text, 2, 0)
		if err != nil {
			return p, err
		}
		if len(list) == 1 {
			return list[0], nil
		}
		if len(list) > 1 {
			return p, &Bad{field, "people.several", []any{text}}
		}
	}
	return p, &Bad{field, "people.nobody", []any{text}}
}

// personAt is the address of a person's page.
func personAt(id conversation.PersonID) string { return "/person?id=" + escape(string(id)) }

// Header and Rows are the page's people as CSV.
func (v peopleView) Header() []string {
	return []string{"id", "name", "side", "accounts", "messages", "first", "last"}
}

func (v peopleView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, p := range v.People {
			if !yield([]string{string(p.ID), p.Name, p.Side, strconv.Itoa(len(p.Accounts)), strconv.Itoa(p.Messages), stamp(p.First), stamp(p.Last)}) {
				return
			}
		}
	}
}
