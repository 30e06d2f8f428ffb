package measures

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/web"
)

// Whuffie: who helps whom, and the givers to thank.
var whuffieRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/whuffie", Name: "whuffie", Allow: account.Watching, Scope: account.Read, Handle: showWhuffie, Out: whuffieView{}, Page: true},
}

// whuffieView is the report's section and, for those who work at the inbox, the
// people who helped others of late, by name and not by rank: their scores aren't
// shown, since nobody asked them.
type whuffieView struct {
	measuredView
	Days   int         `json:"days"`
	Givers []giverView `json:"givers"` // empty for whoever only reads measures
	More   int         `json:"more"`   // givers beyond those listed
	Work   bool        `json:"-"`
}

// giverView is somebody who was thanked.
type giverView struct {
	Person conversation.PersonID `json:"person"`
	Name   string                `json:"name"`
	Ours   bool                  `json:"ours"` // speaks for the organisation: listed behind the others
	Thanks int                   `json:"thanks"`
	Latest time.Time             `json:"latest"`
	For    []web.MessageView     `json:"for"` // what people said when thanking them, the newest first
}

const (
	giverDays   = 30
	giversShown = 40
	forShown    = 2
)

func (whuffieView) Template() string { return "whuffie-page" }

func showWhuffie(r *web.Request) (web.View, error) {
	m, err := readSection(r, "whuffie")
	v := whuffieView{measuredView: m, Days: giverDays, Givers: []giverView{}, Work: account.Working.Has(r.User.Role)}
	if err != nil || !v.Work {
		return v, err
	}
	return v, v.fillGivers(r)
}

// fillGivers fills in who is to be thanked.
func (v *whuffieView) fillGivers(r *web.Request) error {
	since := r.Now().AddDate(0, 0, -giverDays)
	all := r.Server.Live.Givers(since)
	ids := make([]conversation.PersonID, len(all))
	for i, g := range all {
		ids[i] = g.Person
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	if err != nil {
		return err
	}
	ours := func(g live.Standing) int {
		if g.Score.Organisation {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b live.Standing) int {
		return cmp.Or(ours(a)-ours(b), strings.Compare(strings.ToLower(names[a.Person]), strings.ToLower(names[b.Person])), cmp.Compare(a.Person, b.Person))
	})
	v.More = max(0, len(all)-giversShown)
	for _, g := range all[:min(len(all), giversShown)] {
		one := giverView{Person: g.Person, Name: names[g.Person], Ours: ours(g) > 0, Thanks: g.Thanks, Latest: g.Latest}
		if one.For, err = thanksOf(r, g.Person, since); err != nil {
			return err
		}
		v.Givers = append(v.Givers, one)
	}
	return nil
}

// thanksOf are the messages in which somebody was thanked of late.
func thanksOf(r *web.Request, p conversation.PersonID, since time.Time) ([]web.MessageView, error) {
	why, err := r.Server.Live.Why(p)
	if err != nil {
		return []web.MessageView{}, nil // unknown to the walks: the count stands alone
	}
	list, err := r.Messages(board.MessagesOf(why.Thanks, p, since, forShown))
	if list == nil {
		list = []web.MessageView{}
	}
	return list, err
}
