package measures

import (
	"net/http"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/public"
	"github.com/entregent/entregent/internal/web"
)

// The page that anybody may read, once it was opened in the settings; what it may tell
// is package public's.
var publicRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/public", Name: "public", Allow: account.Anyone, Handle: showPublic, Out: publicView{}, Page: true},
}

// publicView is the page.
type publicView struct {
	Organisation string            `json:"organisation"`
	Open         bool              `json:"open"` // false: only managers see this page
	From         time.Time         `json:"from"`
	Until        time.Time         `json:"until"` // the last Monday
	Cells        []public.Cell     `json:"presence"`
	Withheld     int               `json:"withheld"` // channels about too few people to be told
	Thanks       int               `json:"thanks"`   // said in that time, to the nearest five; 0 when too few people were thanked
	Thanked      int               `json:"thanked"`
	Values       []public.Value    `json:"values"`
	Persons      int               `json:"persons"` // behind the values, both sides, to the nearest five
	Quotes       []web.MessageView `json:"quotes"`  // the organisation's own words
}

func (publicView) Template() string { return "public" }

// Title names the organisation.
func (v publicView) Title(l lang.Language) string { return l.Say("title.public", v.Organisation) }

func showPublic(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	if !set.Public && !account.Managing.Has(r.User.Role) {
		return nil, web.ErrLost
	}
	v := publicView{Organisation: set.Organisation, Open: set.Public, Quotes: []web.MessageView{}}
	v.From, v.Until = public.Window(r.Now(), set.Location)
	appeals, _ := r.Server.Live.Appeals(live.Which{Needing: true, Since: v.From})
	v.Cells, v.Withheld = public.Answers(appeals, v.From, v.Until)
	v.Thanks, v.Thanked = public.Thanks(r.Server.Live.Givers(v.From))
	gap, err := public.GapOfWeek(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	v.Values, v.Persons = gap.Values, gap.Persons
	return v, v.fillQuotes(r, gap.Quotes)
}

// fillQuotes quotes the organisation, without who said it.
func (v *publicView) fillQuotes(r *web.Request, ids []conversation.MessageID) error {
	ids, err := public.Quotable(r.Context(), r.Server.Store, ids)
	if err != nil {
		return err
	}
	list, err := r.Messages(ids)
	for _, m := range list {
		m.Person, m.Name, m.Department = "", "", ""
		v.Quotes = append(v.Quotes, m)
	}
	return err
}
