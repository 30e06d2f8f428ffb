package persons

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// A person: their accounts, what they asked, and their rights. No value of theirs is
// ever shown: values are of words, and of groups.
var personRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/person", Name: "person", Allow: account.Working, Scope: account.Read, Handle: showPerson, Out: personView{}, Page: true, Query: []web.Parameter{{Name: "id", About: "the person, or an account of hers", Type: "string"}}},
	{Method: http.MethodGet, Path: "/person/export", Name: "person-export", Allow: account.Managing, Scope: account.Manage, Handle: exportPerson, Out: personExport{}, Query: []web.Parameter{{Name: "id", About: "the person", Type: "string"}}},
	{Method: http.MethodPost, Path: "/person/side", Name: "person-side", Allow: account.Managing, Scope: account.Manage, Handle: setSide, In: sideIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/person/erase", Name: "person-erase", Allow: account.Managing, Scope: account.Manage, Handle: erasePerson, In: eraseIn{}, Out: web.Done{}, Page: true},
}

// personView is a person as their page shows them.
type personView struct {
	web.Clock
	personLine
	Appeals     []web.Listed `json:"appeals"` // their latest, the newest first
	Asked       int          `json:"asked"`   // how many there are
	Suggestions []suggestion `json:"suggestions"`
	Merges      []mergeLine  `json:"merges"`
	Agreed      string       `json:"agreed,omitempty"` // since when they have a standing by thanks; empty: they have none
	Manages     bool         `json:"-"`                // whoever looks may change and erase
	Confirm     string       `json:"-"`
}

func (personView) Template() string { return "person" }

// Title is their name.
func (v personView) Title(l lang.Language) string { return l.Say("title.person", v.Name) }

func showPerson(r *web.Request) (web.View, error) {
	v, err := readPerson(r, conversation.PersonID(r.URL.Query().Get("id")))
	if err != nil {
		return nil, err
	}
	return v, nil
}

// appealsShown is how many of a person's appeals their page shows.
const appealsShown = 10

// readPerson reads a person with all that their page shows.
func readPerson(r *web.Request, id conversation.PersonID) (v personView, err error) {
	set, err := r.Settings()
	if err != nil {
		return v, err
	}
	p, err := people.PersonOf(r.Context(), r.Server.Store, id)
	if err != nil {
		return v, err
	}
	v = personView{Clock: r.Clock(set), personLine: personLine{p, p.Side.String()}, Manages: account.Managing.Has(r.User.Role), Confirm: p.Name}
	if v.Agreed, err = consent.StandingSince(r.Context(), r.Server.Store, p.ID); err != nil {
		return v, err
	}
	var appeals []live.Appeal
	appeals, v.Asked = r.Server.Live.Appeals(live.Which{Person: p.ID, Newest: true, Limit: appealsShown})
	if v.Appeals, err = r.Appeals(appeals); err != nil {
		return v, err
	}
	about := func(a, b conversation.PersonID) bool { return a == p.ID || b == p.ID }
	suggestions, err := readSuggestions(r, all)
	if err != nil {
		return v, err
	}
	v.Suggestions = slices.DeleteFunc(suggestions, func(s suggestion) bool { return !about(s.A, s.B) })
	merges, err := readMerges(r, all)
	v.Merges = slices.DeleteFunc(merges, func(m mergeLine) bool { return !about(m.From, m.Into) })
	return v, err
}

// personExport is all that is kept about a person.
type personExport struct {
	Made    time.Time         `json:"made"`
	Person  personLine        `json:"person"`
	Asked   []live.Appeal     `json:"appeals"`
	Said    []web.MessageView `json:"messages"`
	Thanks  []board.Thanks    `json:"thanks"` // on record, from them or to them
	Merges  []mergeLine       `json:"merges"`
	Agreed  string            `json:"standing_agreed,omitempty"`
	Version string            `json:"version"`
}

// exportPerson gives a person what is theirs.
func exportPerson(r *web.Request) (web.View, error) {
	v, err := readPerson(r, conversation.PersonID(r.URL.Query().Get("id")))
	if err != nil {
		return nil, err
	}
	out := personExport{Made: v.Now.UTC(), Person: v.personLine, Merges: v.Merges, Agreed: v.Agreed, Version: "person/1"}
	out.Asked, _ = r.Server.Live.Appeals(live.Which{Person: v.ID})
	var messages []store.Message
	err = r.Server.Store.Each(r.Context(), store.Range{Author: v.ID}, func(m store.Message) error {
		messages = append(messages, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if out.Said, err = r.Show(messages); err != nil {
		return nil, err
	}
	out.Thanks, err = board.Concerning(r.Context(), r.Server.Store, v.ID)
	r.Out.Header().Set("Content-Disposition", `attachment; filename="person.json"`)
	return out, err
}

func (personExport) Template() string { return "person-export" }

type sideIn struct {
	Account    string `json:"account"`
	Side       string `json:"side"` // community, organisation, unknown: as its messages say
	Department string `json:"department"`
}

// setSide says on which side an account speaks.
func setSide(r *web.Request) (web.View, error) {
	var in sideIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	side, err := conversation.ParseSide(in.Side)
	if err != nil {
		return nil, lang.Invalid("side", "error.value", in.Side)
	}
	p, err := people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(in.Account))
	if err != nil {
		return nil, err
	}
	before := p.Account(in.Account)
	if err := people.SetSide(r.Context(), r.Server.Store, in.Account, side, strings.TrimSpace(in.Department)); err != nil {
		return nil, err
	}
	if err := r.Audit("person-side", "", side.String()); err != nil {
		return nil, err
	}
	return web.Done{Location: web.PersonAt(p.ID), Notice: "person.side.done", Args: []any{r.Lang.Say("side." + side.String())},
		Undo: &web.Undo{Action: "/person/side", Fields: map[string]string{"account": in.Account, "side": before.Side.String(), "department": before.Department}}}, r.Moved("")
}

type eraseIn struct {
	ID      conversation.PersonID `json:"id"`
	Confirm string                `json:"confirm"` // their name, as their page shows it
}

// erasePerson removes a person, once their name was typed.
func erasePerson(r *web.Request) (web.View, error) {
	var in eraseIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	v, err := readPerson(r, in.ID)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Confirm) != v.Confirm {
		return v, lang.Invalid("confirm", "person.confirm.wrong", v.Confirm)
	}
	n, err := erasure.ErasePerson(r.Context(), r.Server.Store, v.ID, r.User.Name)
	if err != nil {
		return nil, err
	}
	if v.Agreed != "" {
		if err := consent.WithdrawStanding(r.Context(), r.Server.Store, v.ID); err != nil {
			return nil, err
		}
	}
	if err := r.Audit("person-erase", "", fmt.Sprintf("%d messages", n)); err != nil { // whose, nobody is to know any more
		return nil, err
	}
	err = r.Moved("")
	r.Server.Waiting.Forget()
	return web.Done{Location: "/people", Notice: "person.erased", Args: []any{n}, Result: n}, err
}

// SideOf is the side that an account was put on; unknown when its messages say.
func (personView) SideOf(a people.Account) string { return a.Side.String() }

// Sides are those that an account can be put on.
func (personView) Sides() []string { return []string{"community", "organisation", "unknown"} }
