package web

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/desk"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

// open is a message that waits, and what people here do with its thread.
type open struct {
	live.Appeal
	Desk store.Desk
}

// place says in which of the three lists a message that waits stands.
func (o open) place(now time.Time) string {
	switch {
	case !o.Desk.Closed.IsZero() && !o.Arrived.After(o.Desk.Closed):
		return "aside"
	case now.Before(o.Desk.Snoozed):
		return "snoozed"
	}
	return "waiting"
}

// waiting keeps the whole list of who waits, in the order in which to answer, as
// long as nothing moves.
type waiting struct {
	sync.Mutex
	desks, measures int64 // the newest change that the list knows
	made            time.Time
	list            []open
}

// shelfLife is how long the list is kept although nothing moved: its order hangs
// on the time, a little.
const shelfLife = time.Minute

// whoWaits gives all who wait for an answer that they need, in the order in which
// to answer them; nobody may change the list.
func (s *Server) whoWaits(ctx context.Context, promise time.Duration) ([]open, error) {
	now := s.Now()
	change, err := s.Store.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	measures := s.Live.Change()
	w := &s.waiting
	w.Lock()
	defer w.Unlock()
	if w.list != nil && w.desks == change && w.measures == measures && now.Sub(w.made) < shelfLife && !now.Before(w.made) {
		return w.list, nil
	}
	desks, err := s.Store.Desks(ctx)
	if err != nil {
		return nil, err
	}
	appeals, _ := s.Live.Appeals(live.Which{Waiting: true, Needing: true})
	list := make([]open, len(appeals))
	for i, a := range appeals {
		list[i] = open{a, deskOf(desks, a.Thread)}
	}
	if list, err = s.ordered(ctx, list, now, promise); err != nil {
		return nil, err
	}
	w.list, w.desks, w.measures, w.made = list, change, measures, now
	return list, nil
}

// deskOf follows a thread into those it was merged into, and gives the desk of
// the last.
func deskOf(desks map[conversation.ThreadID]store.Desk, id conversation.ThreadID) store.Desk {
	for range 100 { // the store allows no circle
		d, ok := desks[id]
		if !ok {
			return store.Desk{Thread: id}
		}
		if d.Into == "" {
			return d
		}
		id = d.Into
	}
	return store.Desk{Thread: id}
}

// ordered puts who waits into the order of the desk.
func (s *Server) ordered(ctx context.Context, list []open, now time.Time, promise time.Duration) ([]open, error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	agreed := map[conversation.PersonID]bool{}
	for key, day := range settings {
		if id, ok := strings.CutPrefix(key, standing); ok && day != "" {
			agreed[conversation.PersonID(id)] = true
		}
	}
	items, at := make([]desk.Item, len(list)), make(map[string]int, len(list))
	for i, o := range list {
		items[i] = desk.Item{ID: string(o.Message), Arrived: o.Arrived, Newcomer: o.Newcomer}
		if agreed[o.Asker] && o.Arrived.Add(promise).After(now) {
			items[i].Whuffie = lifts[s.Live.Whuffie(o.Asker).Band]
		}
		at[items[i].ID] = i
	}
	desk.Order(items, now, promise, s.pace(now))
	sorted := make([]open, len(list))
	for i, item := range items {
		sorted[i] = list[at[item.ID]]
	}
	return sorted, nil
}

// lifts are the shares of the largest lift by band of whuffie: coarse, so that
// nobody has a reason to hunt for points.
var lifts = map[string]float64{"few": 1. / 3, "some": 2. / 3, "many": 1}

// paceDays is the stretch of time in which answers are counted for the pace.
const paceDays = 28

// pace is the time between two answers of the organisation as it was of late,
// doubled to be careful; 0 when there are too few to say.
func (s *Server) pace(now time.Time) time.Duration {
	const stretch = paceDays * 24 * time.Hour
	appeals, _ := s.Live.Appeals(live.Which{Since: now.Add(-2 * stretch), Needing: true})
	answers := 0
	for _, a := range appeals {
		if a.Answered.After(now.Add(-stretch)) && !a.Answered.After(now) {
			answers++
		}
	}
	if answers < 10 {
		return 0
	}
	return 2 * stretch / time.Duration(answers)
}
