package measures

import (
	"encoding/json"
	"net/http"

	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// The values gap between the organisation and its community.
var gapRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/gap", Name: "gap", Allow: account.Watching, Scope: account.Read, Handle: showGap, Out: gapView{}, Page: true},
}

// gapView is the report's section, and what is missing for one.
type gapView struct {
	measuredView
	Own      side `json:"organisation"`
	Others   side `json:"community"`
	Persons  int  `json:"needed_persons"` // on each side, before any number is given
	Messages int  `json:"needed_messages"`
}

// side is how much one of the two sides said.
type side struct {
	Persons  int `json:"persons"`
	Messages int `json:"messages"`
}

func (gapView) Template() string { return "gap" }

// Enough says whether both sides are large enough for numbers.
func (v gapView) Enough() bool {
	return min(v.Own.Persons, v.Others.Persons) >= v.Persons && min(v.Own.Messages, v.Others.Messages) >= v.Messages
}

// Have says how many there are of how many that are needed, or that there are
// enough.
func (gapView) Have(l lang.Language, n, needed int) string {
	if n >= needed {
		return l.Say("gap.enough", n)
	}
	return l.Say("gap.so-many", n, needed)
}

func showGap(r *web.Request) (web.View, error) {
	m, err := readSection(r, "gap")
	v := gapView{measuredView: m, Persons: gap.FewestPersons, Messages: gap.FewestMessages}
	var told gap.Report
	if err == nil {
		err = json.Unmarshal(m.Report, &told)
	}
	own, others := told.Sides.Organisation, told.Sides.Community
	v.Own, v.Others = side{own.Persons, own.Messages}, side{others.Persons, others.Messages}
	return v, err
}
