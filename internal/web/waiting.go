package web

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/desk"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/settings"
)

// waiting keeps the three lists as long as nothing moves.
type waiting struct {
	sync.Mutex
	change, measures int64 // the newest that the lists know
	made             time.Time
	took             time.Duration // to make them
	lanes            map[string]lane
	turn             int  // rises with each change by hand
	making           bool // they are being made again meanwhile
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
// nobody may change. Where making them takes long, those that were made before are
// given while they are made again.
func (s *Server) whoWaits(ctx context.Context, promise time.Duration) (map[string]lane, error) {
	change, err := s.Store.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	measures, w := s.Live.Change(), &s.waiting
	w.Lock()
	defer w.Unlock()
	switch {
	case w.good(change, measures, s.Now()):
	case w.lanes == nil || w.took <= quick:
		made, err := s.make(ctx, promise)
		if err != nil {
			return nil, err
		}
		w.keep(made)
	case !w.making:
		w.making = true
		s.still.Go(func() { s.again(context.WithoutCancel(ctx), promise, w.turn) })
	}
	return w.lanes, nil
}

// again makes the lists again; when somebody changed them by hand meanwhile, those
// are kept until the next time.
func (s *Server) again(ctx context.Context, promise time.Duration, turn int) {
	made, err := s.make(ctx, promise)
	if err != nil {
		s.Log.Error("listing who waits", "cause", err)
	}
	w := &s.waiting
	w.Lock()
	defer w.Unlock()
	if w.making = false; err == nil && w.turn == turn {
		w.keep(made)
	}
}

// keep takes lists that were just made.
func (w *waiting) keep(made *waiting) {
	w.change, w.measures, w.made, w.took, w.lanes = made.change, made.measures, made.made, made.took, made.lanes
}

// make makes the lists of who waits.
func (s *Server) make(ctx context.Context, promise time.Duration) (*waiting, error) {
	w, begun := &waiting{made: s.Now()}, time.Now()
	var err error
	if w.change, err = s.Store.LastChange(ctx); err != nil {
		return nil, err
	}
	w.measures = s.Live.Change()
	desks, err := inbox.States(ctx, s.Store)
	if err != nil {
		return nil, err
	}
	appeals, _ := s.Live.Appeals(live.Which{Waiting: true, Needing: true})
	list := make([]open, len(appeals))
	for i := range appeals {
		list[i] = open{&appeals[i], deskOf(desks, appeals[i].Thread)}
	}
	if list, err = s.ordered(ctx, list, w.made, promise); err != nil {
		return nil, err
	}
	w.lanes, w.took = lanes(list, w.made), time.Since(begun)
	return w, nil
}

// moved has the measures and the lists know what was just done: to one thread, or
// ("") to who knows how many.
func (r *Request) moved(thread conversation.ThreadID) error {
	s := r.Server
	if err := s.Live.CatchUp(r.Context()); err != nil {
		return err
	}
	s.pairs.forget()
	w := &s.waiting
	w.Lock()
	defer w.Unlock()
	w.turn++
	if w.lanes == nil || w.took <= quick {
		w.lanes = nil
		return nil
	}
	if thread == "" {
		w.made = time.Time{}
		return nil
	}
	fresh, err := r.fresh(w.lanes, thread)
	w.lanes = patched(w.lanes, thread, fresh, r.Now())
	return err
}

// forget has the lists made anew before anybody sees them.
func (w *waiting) forget() {
	w.Lock()
	defer w.Unlock()
	w.lanes = nil
	w.turn++
}

// fresh is who waits now in a thread and in those merged into it.
func (r *Request) fresh(lanes map[string]lane, thread conversation.ThreadID) (list []open, err error) {
	parts := []conversation.ThreadID{thread}
	for _, lane := range lanes {
		for _, o := range lane.list {
			if o.of(thread) && !slices.Contains(parts, o.Thread) {
				parts = append(parts, o.Thread)
			}
		}
	}
	for _, part := range parts {
		appeals, _ := r.Server.Live.Appeals(live.Which{Thread: part, Waiting: true, Needing: true})
		d, err := r.desk(part)
		if err != nil {
			return nil, err
		}
		for i := range appeals {
			list = append(list, open{&appeals[i], &d})
		}
	}
	return list, nil
}

// deskOf follows a thread into those it was merged into, and gives the desk of
// the last; nil when nobody did anything with it.
func deskOf(desks map[conversation.ThreadID]inbox.State, id conversation.ThreadID) *inbox.State {
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
			d = inbox.State{Thread: into}
		}
	}
	return &d
}

// ordered puts who waits into the order of the desk.
func (s *Server) ordered(ctx context.Context, list []open, now time.Time, promise time.Duration) ([]open, error) {
	settings, err := settings.Settings(ctx, s.Store)
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
