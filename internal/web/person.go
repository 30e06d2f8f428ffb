package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// A person: her accounts, what she asked, and her rights. No value of hers is
// ever shown: values are of words, and of groups.
var personRoutes = []Route{
	{Method: http.MethodGet, Path: "/person", Name: "person", Allow: Working, Scope: Read, Handle: person, Out: personView{}, Page: true, Query: []Parameter{{"id", "the person, or an account of hers", "string"}}},
	{Method: http.MethodGet, Path: "/person/export", Name: "person-export", Allow: Managing, Scope: Manage, Handle: exportPerson, Out: personExport{}, Query: []Parameter{{"id", "the person", "string"}}},
	{Method: http.MethodPost, Path: "/person/side", Name: "person-side", Allow: Managing, Scope: Manage, Handle: setSide, In: sideIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/person/erase", Name: "person-erase", Allow: Managing, Scope: Manage, Handle: erasePerson, In: eraseIn{}, Out: Done{}, Page: true},
}

// personView is a person as her page shows her.
type personView struct {
	when
	personLine
	Appeals     []listed     `json:"appeals"` // her latest, the newest first
	Asked       int          `json:"asked"`   // how many there are
	Suggestions []suggestion `json:"suggestions"`
	Merges      []mergeLine  `json:"merges"`
	Agreed      string       `json:"agreed,omitempty"` // since when she has a standing by thanks; empty: she has none
	Manages     bool         `json:"-"`                // whoever looks may change and erase
	Confirm     string       `json:"-"`
}

func (personView) Template() string { return "person" }

// Title is her name.
func (v personView) Title(l lang.Language) string { return l.Say("title.person", v.Name) }

func person(r *Request) (View, error) {
	v, err := r.person(conversation.PersonID(r.URL.Query().Get("id")))
	if err != nil {
		return nil, err
	}
	return v, nil
}

// person reads a person with all that her page shows.
func (r *Request) person(id conversation.PersonID) (v personView, err error) {
	set, err := r.settings()
	if err != nil {
		return v, err
	}
	p, err := people.PersonOf(r.Context(), r.Server.Store, id)
	if err != nil {
		return v, err
	}
	v = personView{when: r.when(set), personLine: personLine{p, p.Side.String()}, Manages: slices.Contains(Managing, r.User.Role), Confirm: p.Name}
	if v.Agreed, err = settings.Setting(r.Context(), r.Server.Store, standing+string(p.ID)); err != nil {
		return v, err
	}
	if v.Appeals, v.Asked, err = r.asked(p.ID, 10); err != nil {
		return v, err
	}
	about := func(a, b conversation.PersonID) bool { return a == p.ID || b == p.ID }
	suggestions, err := r.suggestions(pairsKept)
	if err != nil {
		return v, err
	}
	v.Suggestions = slices.DeleteFunc(suggestions, func(s suggestion) bool { return !about(s.A, s.B) })
	merges, err := r.merges(500)
	v.Merges = slices.DeleteFunc(merges, func(m mergeLine) bool { return !about(m.From, m.Into) })
	return v, err
}

// asked reads somebody's latest appeals, and tells how many there are.
func (r *Request) asked(id conversation.PersonID, limit int) ([]listed, int, error) {
	appeals, total := r.Server.Live.Appeals(live.Which{Person: id, Newest: true, Limit: limit})
	ids := make([]conversation.MessageID, len(appeals))
	for i, a := range appeals {
		ids[i] = a.Message
	}
	texts, err := r.messages(ids)
	list := make([]listed, 0, len(texts))
	for _, m := range texts {
		for _, a := range appeals {
			if a.Message == m.ID {
				list = append(list, listed{m, a.Answered, a.Receipt, a.Left, a.Needs})
			}
		}
	}
	return list, total, err
}

// personExport is all that is kept about a person.
type personExport struct {
	Made    time.Time      `json:"made"`
	Person  personLine     `json:"person"`
	Asked   []live.Appeal  `json:"appeals"`
	Said    []said         `json:"messages"`
	Thanks  []board.Thanks `json:"thanks"` // on record, from her or to her
	Merges  []mergeLine    `json:"merges"`
	Agreed  string         `json:"standing_agreed,omitempty"`
	Version string         `json:"version"`
}

// exportPerson gives a person what is hers.
func exportPerson(r *Request) (View, error) {
	v, err := r.person(conversation.PersonID(r.URL.Query().Get("id")))
	if err != nil {
		return nil, err
	}
	out := personExport{Made: v.now.UTC(), Person: v.personLine, Merges: v.Merges, Agreed: v.Agreed, Thanks: []board.Thanks{}, Version: "person/1"}
	out.Asked, _ = r.Server.Live.Appeals(live.Which{Person: v.ID})
	var messages []store.Message
	err = r.Server.Store.Each(r.Context(), store.Range{Author: v.ID}, func(m store.Message) error {
		messages = append(messages, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if out.Said, err = r.show(messages); err != nil {
		return nil, err
	}
	given, err := board.ThanksGiven(r.Context(), r.Server.Store, time.Time{})
	for _, th := range given {
		if th.From == v.ID || th.To == v.ID {
			out.Thanks = append(out.Thanks, th)
		}
	}
	r.out.Header().Set("Content-Disposition", `attachment; filename="person.json"`)
	return out, err
}

func (personExport) Template() string { return "person-export" }

type sideIn struct {
	Account    string `json:"account"`
	Side       string `json:"side"` // community, organisation, unknown: as its messages say
	Department string `json:"department"`
}

// setSide says on which side an account speaks.
func setSide(r *Request) (View, error) {
	var in sideIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	side, err := conversation.ParseSide(in.Side)
	if err != nil {
		return nil, &Bad{"side", "error.value", []any{in.Side}}
	}
	p, err := people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(in.Account))
	if err != nil {
		return nil, err
	}
	var before people.Account
	for _, a := range p.Accounts {
		if a.ID == in.Account {
			before = a
		}
	}
	if err := people.SetSide(r.Context(), r.Server.Store, in.Account, side, strings.TrimSpace(in.Department)); err != nil {
		return nil, err
	}
	if err := r.act("person-side", "", side.String()); err != nil {
		return nil, err
	}
	return Done{Location: personAt(p.ID), Notice: "person.side.done", Args: []any{r.Lang.Say("side." + side.String())},
		Undo: &Undo{"/person/side", map[string]string{"account": in.Account, "side": before.Side.String(), "department": before.Department}}}, r.moved("")
}

type eraseIn struct {
	ID      conversation.PersonID `json:"id"`
	Confirm string                `json:"confirm"` // her name, as her page shows it
}

// erasePerson removes a person, once her name was typed.
func erasePerson(r *Request) (View, error) {
	var in eraseIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	v, err := r.person(in.ID)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Confirm) != v.Confirm {
		return v, &Bad{"confirm", "person.confirm.wrong", []any{v.Confirm}}
	}
	n, err := erasure.ErasePerson(r.Context(), r.Server.Store, v.ID, r.User.Name)
	if err != nil {
		return nil, err
	}
	if v.Agreed != "" {
		if err := settings.SetSettings(r.Context(), r.Server.Store, map[string]string{standing + string(v.ID): ""}); err != nil {
			return nil, err
		}
	}
	if err := r.act("person-erase", "", fmt.Sprintf("%d messages", n)); err != nil { // whose, nobody is to know any more
		return nil, err
	}
	err = r.moved("")
	r.Server.waiting.forget()
	return Done{Location: "/people", Notice: "person.erased", Args: []any{n}, Result: n}, err
}

// SideOf is the side that an account was put on; unknown when its messages say.
func (personView) SideOf(a people.Account) string { return a.Side.String() }

// Sides are those that an account can be put on.
func (personView) Sides() []string { return []string{"community", "organisation", "unknown"} }
