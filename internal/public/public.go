// Package public is what may be told outside: numbers about eleven people or more,
// in fives, a week at a time, and quotes of the organisation alone.
//
// A cell about fewer people, or nearly all about one, is withheld (suppression and
// dominance); so are as many more as are needed so that it can't be found by
// subtracting what is shown from the sum (complementary suppression).
package public

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// The rules of publishing.
const (
	FewestPeople = 11  // behind any number
	Step         = 5   // counts are rounded to it
	MostOfOne    = .85 // of a number that may be one person's
	Weeks        = 13  // that the page tells of
)

// Cell is how one channel's appeals were answered; of all of them when Channel is
// empty.
type Cell struct {
	Channel string           `json:"channel"`
	Appeals int              `json:"appeals"` // to the nearest five
	Day     measure.Estimate `json:"answered_24h"`
	Week    measure.Estimate `json:"answered_7d"`
}

// count is what a cell is made of.
type count struct {
	channel  string
	askers   map[conversation.PersonID]int
	all      int
	day, wk  int
	withheld bool
}

// Window is the time that the page tells of: Weeks whole weeks until the last Monday
// in a time zone.
func Window(now time.Time, zone *time.Location) (from, until time.Time) {
	t := now.In(zone)
	until = time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, zone)
	return until.AddDate(0, 0, -7*Weeks), until
}

// Answers counts how the appeals of a time were answered by its end, by channel,
// and withholds what would tell of too few people. The first cell is the sum.
func Answers(appeals []live.Appeal, from, until time.Time) (cells []Cell, withheld int) {
	whole, by := newCount(""), map[string]*count{}
	for _, a := range appeals {
		if a.Arrived.Before(from) || !a.Arrived.Before(until) {
			continue
		}
		if by[a.Channel] == nil {
			by[a.Channel] = newCount(a.Channel)
		}
		whole.add(a, until)
		by[a.Channel].add(a, until)
	}
	cells = []Cell{}
	if whole.few() {
		return cells, len(by)
	}
	channels := slices.SortedFunc(maps.Values(by), func(a, b *count) int {
		return cmp.Or(len(b.askers)-len(a.askers), b.all-a.all, cmp.Compare(a.channel, b.channel))
	})
	withheld = suppress(channels)
	cells = append(cells, whole.rounded())
	for _, c := range channels {
		if !c.withheld && len(channels) > 1 {
			cells = append(cells, c.rounded())
		}
	}
	slices.SortFunc(cells[1:], func(a, b Cell) int { return cmp.Compare(a.Channel, b.Channel) })
	return cells, withheld
}

// suppress marks the cells about too few people, and as many more, the smallest
// first, as are needed so that the sum less the cells shown isn't about too few
// either. It counts them.
func suppress(channels []*count) (n int) {
	rest := newCount("")
	hide := func(c *count) {
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

func newCount(channel string) *count {
	return &count{channel: channel, askers: map[conversation.PersonID]int{}}
}

// add counts an appeal as it stood at the end of the time.
func (c *count) add(a live.Appeal, until time.Time) {
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
func (c *count) few() bool {
	most := 0
	for _, k := range c.askers {
		most = max(most, k)
	}
	return len(c.askers) < FewestPeople || float64(most) > MostOfOne*float64(c.all)
}

// rounded is a cell as it may be shown: every number in it comes of counts in
// fives.
func (c *count) rounded() Cell {
	n := Round(c.all)
	share := func(k int) measure.Estimate {
		k = min(Round(k), n)
		lo, hi := stat.Wilson(float64(k), float64(n), .95)
		return measure.Estimate{Center: float64(k) / float64(n), Lo: lo, Hi: hi, Confidence: .95, N: n, Unit: measure.Share}
	}
	return Cell{Channel: c.channel, Appeals: n, Day: share(c.day), Week: share(c.wk)}
}

// Round rounds a count to the nearest five.
func Round(n int) int { return (n + Step/2) / Step * Step }

// Thanks counts thanks and who was thanked, both to the nearest five; zero when too
// few people were.
func Thanks(givers []live.Standing) (thanks, thanked int) {
	for _, g := range givers {
		thanks += g.Thanks
	}
	if len(givers) < FewestPeople {
		return 0, 0
	}
	return Round(thanks), Round(len(givers))
}
