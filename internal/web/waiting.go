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

// open is a message that waits, and what people here do with its thread. There
// may be a hundred thousand: lists share what they point to.
type open struct {
	*live.Appeal
	desk *store.Desk // nil: nothing
}

// Desk is what people here do with its thread.
func (o open) Desk() store.Desk {
	if o.desk == nil {
		return store.Desk{Thread: o.Thread}
	}
	return *o.desk
}

// place says in which of the three lists a message that waits stands.
func (o open) place(now time.Time) string {
	switch d := o.desk; {
	case d == nil:
		return "waiting"
	case !d.Closed.IsZero() && !o.Arrived.After(d.Closed):
		return "aside"
	case now.Before(d.Snoozed):
		return "snoozed"
	}
	return "waiting"
}

// laneNames are the lists in which a message that waits can stand.
var laneNames = []string{"waiting", "snoozed", "aside"}

// lane is one of the three lists, in the order in which to answer, and what there
// is in it to choose from.
type lane struct {
	list   []open
	facets map[string][]tag // channel, department, language
}

// waiting keeps the three lists as long as nothing moves.
type waiting struct {
	sync.Mutex
	change, measures int64 // the newest that the lists know
	made             time.Time
	took             time.Duration // to make them
	lanes            map[string]lane
}

// forget has the lists made again: somebody did something here, and wants to see
// it.
func (w *waiting) forget() {
	w.Lock()
	defer w.Unlock()
	w.lanes = nil
}

// moved has the measures and the lists know what was just done.
func (r *Request) moved() error {
	err := r.Server.Live.CatchUp(r.Context())
	r.Server.waiting.forget()
	r.Server.pairs.forget()
	return err
}

// The lists are kept for shelfLife although nothing moved, since their order and
// who is snoozed hang on the time; and, although something moved, for so many
// times what it took to make them: while a million messages come in they are not
// made again for each.
const (
	shelfLife = time.Minute
	patience  = 10
	quick     = 50 * time.Millisecond // what takes no longer is made again at once
)

// good says whether the lists can be shown still.
func (w *waiting) good(change, measures int64, now time.Time) bool {
	age := now.Sub(w.made)
	if w.lanes == nil || age < 0 || age >= shelfLife {
		return false
	}
	return w.change == change && w.measures == measures || w.took > quick && age < patience*w.took
}

// whoWaits gives who waits for an answer that they need: the three lists, which
// nobody may change.
func (s *Server) whoWaits(ctx context.Context, promise time.Duration) (map[string]lane, error) {
	now := s.Now()
	change, err := s.Store.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	measures := s.Live.Change()
	w := &s.waiting
	w.Lock()
	defer w.Unlock()
	if w.good(change, measures, now) {
		return w.lanes, nil
	}
	begun := time.Now()
	desks, err := s.Store.Desks(ctx)
	if err != nil {
		return nil, err
	}
	appeals, _ := s.Live.Appeals(live.Which{Waiting: true, Needing: true})
	list := make([]open, len(appeals))
	for i := range appeals {
		list[i] = open{&appeals[i], deskOf(desks, appeals[i].Thread)}
	}
	if list, err = s.ordered(ctx, list, now, promise); err != nil {
		return nil, err
	}
	w.lanes, w.change, w.measures, w.made, w.took = lanes(list, now), change, measures, now, time.Since(begun)
	return w.lanes, nil
}

// lanes deals who waits into the three lists.
func lanes(list []open, now time.Time) map[string]lane {
	dealt := map[string]lane{}
	for _, place := range laneNames {
		var here []open
		for _, o := range list {
			if o.place(now) == place {
				here = append(here, o)
			}
		}
		dealt[place] = lane{here, facets(here)}
	}
	return dealt
}

// facets counts what there is to choose from.
func facets(list []open) map[string][]tag {
	channels, departments, languages := map[string]int{}, map[string]int{}, map[string]int{}
	for _, o := range list {
		channels[o.Channel]++
		departments[o.Department]++
		languages[o.Lang]++
	}
	return map[string][]tag{"channel": tagsOf(channels), "department": tagsOf(departments), "language": tagsOf(languages)}
}

// deskOf follows a thread into those it was merged into, and gives the desk of
// the last; nil when nobody did anything with it.
func deskOf(desks map[conversation.ThreadID]store.Desk, id conversation.ThreadID) *store.Desk {
	d, ok := desks[id]
	if !ok {
		return nil
	}
	for range 100 { // the store allows no circle
		if d.Into == "" {
			break
		}
		into := d.Into
		if d, ok = desks[into]; !ok {
			d = store.Desk{Thread: into}
		}
	}
	return &d
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
	items := make([]desk.Item, len(list))
	for i, o := range list {
		items[i] = desk.Item{ID: string(o.Message), N: i, Arrived: o.Arrived, Newcomer: o.Newcomer}
		if agreed[o.Asker] && o.Arrived.Add(promise).After(now) {
			items[i].Whuffie = lifts[s.Live.Whuffie(o.Asker).Band]
		}
	}
	desk.Order(items, now, promise, s.pace(now))
	sorted := make([]open, len(list))
	for i, item := range items {
		sorted[i] = list[item.N]
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
