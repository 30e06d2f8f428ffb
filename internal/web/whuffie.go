package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/whuffie"
)

// Whuffie: who helps whom, and the givers to thank.
var whuffieRoutes = []Route{
	{Method: http.MethodGet, Path: "/whuffie", Name: "whuffie", Allow: Watching, Scope: Read, Handle: standings, Out: whuffieView{}, Page: true},
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
	For    []said                `json:"for"` // what people said when thanking her, the newest first
}

const (
	giverDays   = 30
	giversShown = 40
	forShown    = 2
)

func (whuffieView) Template() string { return "whuffie-page" }

func standings(r *Request) (View, error) {
	m, err := r.measured("whuffie")
	v := whuffieView{measuredView: m, Days: giverDays, Givers: []giverView{}, Work: slices.Contains(Working, r.User.Role)}
	if err != nil || !v.Work {
		return v, err
	}
	return v, v.givers(r)
}

// givers fills in who is to be thanked.
func (v *whuffieView) givers(r *Request) error {
	since := r.Now().AddDate(0, 0, -giverDays)
	all := r.Server.Live.Givers(since)
	ids := make([]conversation.PersonID, len(all))
	for i, g := range all {
		ids[i] = g.Person
	}
	names, err := r.names(ids)
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
		if one.For, err = r.thanksOf(g.Person, since); err != nil {
			return err
		}
		v.Givers = append(v.Givers, one)
	}
	return nil
}

// thanksOf are the messages in which somebody was thanked of late.
func (r *Request) thanksOf(p conversation.PersonID, since time.Time) ([]said, error) {
	why, err := r.Server.Live.Why(p)
	if err != nil {
		return []said{}, nil // she is unknown to the walks: the count stands alone
	}
	flows := slices.Clone(why.Thanks)
	slices.SortFunc(flows, func(a, b whuffie.Flow) int { return b.Time.Compare(a.Time) })
	var ids []conversation.MessageID
	for _, f := range flows {
		ref, ok := gift.ParseRef(f.ID, p)
		if ok && f.Time.After(since) && len(ids) < forShown && !slices.Contains(ids, ref.Message) {
			ids = append(ids, ref.Message)
		}
	}
	list, err := r.messages(ids)
	if list == nil {
		list = []said{}
	}
	return list, err
}
