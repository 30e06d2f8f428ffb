package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// The page that anybody may read, once the house has opened it. It shows
// numbers about eleven people or more, in fives, a week at a time, and quotes the
// organisation alone.
var publicRoutes = []Route{
	{Method: http.MethodGet, Path: "/public", Name: "public", Allow: Anyone, Handle: public, Out: publicView{}, Page: true},
}

// The rules of publishing.
const (
	publicLeast = 11  // people behind any number
	publicStep  = 5   // counts are rounded to it
	publicMost  = .85 // of a number that may be one person's
	publicWeeks = 13
)

// PublicReport is the kind of report that the public page is made of; a new one
// is made once a week, so that pages compared day by day tell nothing of anybody.
const PublicReport = "public"

// publicView is the page.
type publicView struct {
	Organisation string    `json:"organisation"`
	Open         bool      `json:"open"` // false: only managers see this page
	From         time.Time `json:"from"`
	Until        time.Time `json:"until"` // the last Monday
	Cells        []cell    `json:"presence"`
	Withheld     int       `json:"withheld"` // channels about too few people to be told
	Thanks       int       `json:"thanks"`   // said in that time, to the nearest five; 0 when too few people were thanked
	Thanked      int       `json:"thanked"`
	Values       []valued  `json:"values"`
	Persons      int       `json:"persons"` // behind the values, both sides, to the nearest five
	Quotes       []said    `json:"quotes"`  // the organisation's own words
}

// cell is how one channel's appeals were answered; of all of them when Channel is
// empty.
type cell struct {
	Channel  string           `json:"channel"`
	Appeals  int              `json:"appeals"` // to the nearest five
	Day      measure.Estimate `json:"answered_24h"`
	Week     measure.Estimate `json:"answered_7d"`
	askers   map[conversation.PersonID]int
	all      int
	day, wk  int
	withheld bool
}

// valued is one value's gap.
type valued struct {
	ID      string            `json:"id"`
	Names   map[string]string `json:"name"`
	Center  *float64          `json:"center"`
	Lo      *float64          `json:"lo"`
	Hi      *float64          `json:"hi"`
	Differs bool              `json:"differs"`
	Leans   string            `json:"leans"` // organisation or community: who speaks of it more; "" when they can't be told apart
}

func (publicView) Template() string { return "public" }

// Title names the organisation.
func (v publicView) Title(l lang.Language) string { return l.Say("title.public", v.Organisation) }

func public(r *Request) (View, error) {
	set, err := ReadSettings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	if !set.Public && !slices.Contains(Managing, r.User.Role) {
		return nil, errLost
	}
	v := publicView{Organisation: set.Organisation, Open: set.Public, Until: monday(r.Now(), set.Location), Values: []valued{}, Quotes: []said{}}
	v.From = v.Until.AddDate(0, 0, -7*publicWeeks)
	appeals, _ := r.Server.Live.Appeals(live.Which{Needing: true, Since: v.From})
	v.Cells, v.Withheld = publish(appeals, v.From, v.Until)
	v.gifts(r.Server.Live.Givers(v.From))
	return v, v.values(r)
}

// monday is the beginning of the week that holds a time.
func monday(t time.Time, at *time.Location) time.Time {
	t = t.In(at)
	return time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, at)
}

// publish counts how the appeals of a time were answered by its end, by channel,
// and withholds what would tell of too few people. The first cell is the sum.
func publish(appeals []live.Appeal, from, until time.Time) (cells []cell, withheld int) {
	whole, by := newCell(""), map[string]*cell{}
	for _, a := range appeals {
		if a.Arrived.Before(from) || !a.Arrived.Before(until) {
			continue
		}
		if by[a.Channel] == nil {
			by[a.Channel] = newCell(a.Channel)
		}
		whole.add(a, until)
		by[a.Channel].add(a, until)
	}
	cells = []cell{}
	if whole.few() {
		return cells, len(by)
	}
	channels := slices.SortedFunc(maps.Values(by), func(a, b *cell) int {
		return cmp.Or(len(b.askers)-len(a.askers), b.all-a.all, cmp.Compare(a.Channel, b.Channel))
	})
	withheld = withhold(channels)
	cells = append(cells, whole.rounded())
	for _, c := range channels {
		if !c.withheld && len(channels) > 1 {
			cells = append(cells, c.rounded())
		}
	}
	slices.SortFunc(cells[1:], func(a, b cell) int { return cmp.Compare(a.Channel, b.Channel) })
	return cells, withheld
}

// withhold marks the cells about too few people, and as many more, the smallest
// first, as are needed so that the sum less the cells shown isn't about too few
// either. It counts them.
func withhold(channels []*cell) (n int) {
	rest := newCell("")
	hide := func(c *cell) {
		c.withheld = true
		n++
		for who, k := range c.askers {
			rest.askers[who] += k
		}
		rest.all += c.all
	}
	for _, c := range channels {
		if c.few() {
			hide(c)
		}
	}
	for i := len(channels) - 1; i >= 0 && n > 0 && (n == 1 || rest.few()); i-- {
		if !channels[i].withheld {
			hide(channels[i])
		}
	}
	return n
}

func newCell(channel string) *cell {
	return &cell{Channel: channel, askers: map[conversation.PersonID]int{}}
}

// add counts an appeal as it stood at the end of the time.
func (c *cell) add(a live.Appeal, until time.Time) {
	c.all++
	c.askers[a.Asker]++
	if a.Answered.IsZero() || !a.Answered.Before(until) {
		return
	}
	if wait := a.Answered.Sub(a.Arrived); wait <= 24*time.Hour {
		c.day++
		c.wk++
	} else if wait <= 7*24*time.Hour {
		c.wk++
	}
}

// few says that a cell is about too few people, or nearly all about one.
func (c *cell) few() bool {
	most := 0
	for _, k := range c.askers {
		most = max(most, k)
	}
	return len(c.askers) < publicLeast || float64(most) > publicMost*float64(c.all)
}

// rounded is a cell as it may be shown: every number in it comes of counts in
// fives.
func (c *cell) rounded() cell {
	n := fives(c.all)
	share := func(k int) measure.Estimate {
		k = min(fives(k), n)
		lo, hi := stat.Wilson(float64(k), float64(n), .95)
		return measure.Estimate{Center: float64(k) / float64(n), Lo: lo, Hi: hi, Confidence: .95, N: n, Unit: measure.Share}
	}
	return cell{Channel: c.Channel, Appeals: n, Day: share(c.day), Week: share(c.wk)}
}

// fives rounds a count.
func fives(n int) int { return (n + publicStep/2) / publicStep * publicStep }

// gifts counts thanks, when enough people were thanked.
func (v *publicView) gifts(givers []live.Standing) {
	thanks := 0
	for _, g := range givers {
		thanks += g.Thanks
	}
	if len(givers) >= publicLeast {
		v.Thanks, v.Thanked = fives(thanks), fives(len(givers))
	}
}

// values fills in the gap of the week's report, when both sides are large enough.
func (v *publicView) values(r *Request) error {
	kept, err := measuring.LatestReport(r.Context(), r.Server.Store, PublicReport)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var whole struct{ Gap gapOfWeek }
	if err := json.Unmarshal(kept.Parts["json"], &whole); err != nil {
		return fmt.Errorf("reading the gap of the week: %w", err)
	}
	told := whole.Gap
	if min(told.Sides.Organisation.Persons, told.Sides.Community.Persons) < publicLeast {
		return nil
	}
	v.Persons = fives(told.Sides.Organisation.Persons + told.Sides.Community.Persons)
	var quotes []conversation.MessageID
	for _, x := range told.Values {
		if x.Gap.Center == nil {
			continue
		}
		one := valued{ID: x.ID, Names: x.Name, Center: x.Gap.Center, Lo: x.Gap.Lo, Hi: x.Gap.Hi, Differs: x.Differs}
		if one.Differs {
			one.Leans = conversation.Organisation.String()
			if *one.Center < 0 {
				one.Leans = conversation.Community.String()
			}
			quotes = append(quotes, x.own()...)
		}
		v.Values = append(v.Values, one)
	}
	return v.quote(r, quotes)
}

// gapOfWeek is what the page takes of a report's gap.
type gapOfWeek struct {
	Sides struct {
		Organisation side `json:"organisation"`
		Community    side `json:"community"`
	} `json:"sides"`
	Values []valueOfWeek `json:"values"`
}

type valueOfWeek struct {
	ID      string                            `json:"id"`
	Name    map[string]string                 `json:"name"`
	Gap     struct{ Center, Lo, Hi *float64 } `json:"gap"`
	Differs bool                              `json:"differs"`
	Quotes  []struct {
		Message conversation.MessageID `json:"message"`
		Side    string                 `json:"side"`
	} `json:"quotes"`
}

// own is the first quote of the organisation's.
func (q valueOfWeek) own() []conversation.MessageID {
	for _, x := range q.Quotes {
		if x.Side == conversation.Organisation.String() {
			return []conversation.MessageID{x.Message}
		}
	}
	return nil
}

// quote shows the organisation's own words, as they stand now: not what it took
// back, nor what it said in private.
func (v *publicView) quote(r *Request, ids []conversation.MessageID) error {
	list, err := r.messages(ids)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Ours() && !m.Private && !m.Gone() && m.Text != "" && len(v.Quotes) < 5 {
			m.Person, m.Name, m.Department = "", "", ""
			v.Quotes = append(v.Quotes, m)
		}
	}
	return nil
}

// Said is the gap in a language, with its interval.
func (v valued) Said(l lang.Language) string {
	said := func(x *float64) string {
		if x == nil {
			return lang.Unknown
		}
		return l.Decimal(*x, 2)
	}
	return l.Say("public.gap", said(v.Center), said(v.Lo), said(v.Hi))
}
