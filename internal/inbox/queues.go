package inbox

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/cache"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

// Queues keeps the queues as long as nothing moves. They are kept for Timing.TTL
// although nothing moved, since their order and who is snoozed hang on the time;
// and, although something moved, for so many times what it took to make them: while
// a million messages come in they are not made again for each.
type Queues struct {
	store  *store.Store
	live   *live.Live
	now    func() time.Time
	log    *slog.Logger
	timing cache.Timing
	still  sync.WaitGroup // for queues being made after an answer

	mu      sync.Mutex
	current queues
	turn    int  // rises with each change by hand
	making  bool // they are being made again meanwhile
}

// queues are the queues as they were made; lists is nil before that.
type queues struct {
	change, measures int64 // the newest that they know
	made             time.Time
	took             time.Duration // to make them
	lists            map[string]Queue
}

// NewQueues makes Queues; a zero timing is the usual one.
func NewQueues(s *store.Store, l *live.Live, log *slog.Logger, now func() time.Time, timing cache.Timing) *Queues {
	return &Queues{store: s, live: l, log: log, now: now, timing: timing.Or()}
}

// good says whether the queues can be shown still.
func (q *queues) good(change, measures int64, now time.Time, t cache.Timing) bool {
	age := now.Sub(q.made)
	if q.lists == nil || age < 0 || age >= t.TTL {
		return false
	}
	return q.change == change && q.measures == measures || t.Fresh(age, q.took)
}

// All gives who waits for an answer that they need, by queue; nobody may change
// what it gives. Where making the queues takes long, those that were made before are
// given while they are made again.
func (q *Queues) All(ctx context.Context, promise time.Duration) (map[string]Queue, error) {
	change, err := q.store.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	measures := q.live.Change()
	q.mu.Lock()
	defer q.mu.Unlock()
	switch c := &q.current; {
	case c.good(change, measures, q.now(), q.timing):
	case c.lists == nil || !q.timing.Slow(c.took):
		made, err := q.make(ctx, promise)
		if err != nil {
			return nil, err
		}
		q.current = made
	case !q.making:
		q.making = true
		turn := q.turn
		q.still.Go(func() { q.again(context.WithoutCancel(ctx), promise, turn) })
	}
	return q.current.lists, nil
}

// Wait waits until no queues are being made.
func (q *Queues) Wait() { q.still.Wait() }

// again makes the queues again; when somebody changed them by hand meanwhile, those
// are kept until the next time.
func (q *Queues) again(ctx context.Context, promise time.Duration, turn int) {
	made, err := q.make(ctx, promise)
	if err != nil {
		q.log.Error("listing who waits", "cause", err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.making = false; err == nil && q.turn == turn {
		q.current = made
	}
}

// make makes the queues.
func (q *Queues) make(ctx context.Context, promise time.Duration) (c queues, err error) {
	begun := time.Now()
	c.made = q.now()
	if c.change, err = q.store.LastChange(ctx); err != nil {
		return c, err
	}
	c.measures = q.live.Change()
	states, err := States(ctx, q.store)
	if err != nil {
		return c, err
	}
	appeals, _ := q.live.Appeals(live.Which{Waiting: true, Needing: true})
	list := make([]Waiting, len(appeals))
	for i := range appeals {
		list[i] = Waiting{&appeals[i], mergedState(states, appeals[i].Thread)}
	}
	if list, err = q.ordered(ctx, list, c.made, promise); err != nil {
		return c, err
	}
	c.lists, c.took = split(list, c.made), time.Since(begun)
	return c, nil
}

// Moved has the queues know what was just done: to one thread, or ("") to who knows
// how many. The measures must know it already.
func (q *Queues) Moved(ctx context.Context, thread conversation.ThreadID) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.turn++
	c := &q.current
	if c.lists == nil || !q.timing.Slow(c.took) {
		c.lists = nil
		return nil
	}
	if thread == "" {
		c.made = time.Time{}
		return nil
	}
	fresh, err := q.fresh(ctx, thread)
	c.lists = withThread(c.lists, thread, fresh, q.now())
	return err
}

// Forget has the queues made anew before anybody sees them.
func (q *Queues) Forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.current.lists = nil
	q.turn++
}

// fresh is who waits now in a thread and in those merged into it.
func (q *Queues) fresh(ctx context.Context, thread conversation.ThreadID) (list []Waiting, err error) {
	parts := []conversation.ThreadID{thread}
	for _, queue := range q.current.lists {
		for _, w := range queue.List {
			if w.in(thread) && !slices.Contains(parts, w.Thread) {
				parts = append(parts, w.Thread)
			}
		}
	}
	for _, part := range parts {
		appeals, _ := q.live.Appeals(live.Which{Thread: part, Waiting: true, Needing: true})
		d, err := MergedStateOf(ctx, q.store, part)
		if err != nil {
			return nil, err
		}
		for i := range appeals {
			list = append(list, Waiting{&appeals[i], &d})
		}
	}
	return list, nil
}

// Next is the first message that waits in another thread; "" when there is none.
func (q *Queues) Next(ctx context.Context, promise time.Duration, thread conversation.ThreadID) (conversation.MessageID, error) {
	all, err := q.All(ctx, promise)
	for _, w := range all[QueueWaiting].List {
		if w.State().Thread != thread {
			return w.Message, err
		}
	}
	return "", err
}

// ordered puts who waits into the order in which to answer them.
func (q *Queues) ordered(ctx context.Context, list []Waiting, now time.Time, promise time.Duration) ([]Waiting, error) {
	agreed, err := consent.Standings(ctx, q.store)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(list))
	for i, w := range list {
		items[i] = Item{ID: string(w.Message), N: i, Arrived: w.Arrived, Newcomer: w.Newcomer}
		if agreed[w.Asker] && w.Arrived.Add(promise).After(now) {
			items[i].Whuffie = lifts[q.live.Whuffie(w.Asker).Band]
		}
	}
	Order(items, now, promise, q.pace(now))
	sorted := make([]Waiting, len(list))
	for i, item := range items {
		sorted[i] = list[item.N]
	}
	return sorted, nil
}

// lifts are the shares of the largest lift by band of whuffie: coarse, so that
// nobody has a reason to hunt for points.
var lifts = map[string]float64{"few": 1. / 3, "some": 2. / 3, "many": 1}

const (
	paceDays     = 28 // the stretch of time in which answers are counted for the pace
	fewestForOne = 10 // answers in it, before there is a pace
)

// pace is the time between two answers of the organisation as it was of late,
// doubled to be careful; 0 when there are too few to say.
func (q *Queues) pace(now time.Time) time.Duration {
	const stretch = paceDays * 24 * time.Hour
	appeals, _ := q.live.Appeals(live.Which{Since: now.Add(-2 * stretch), Needing: true})
	answers := 0
	for _, a := range appeals {
		if a.Answered.After(now.Add(-stretch)) && !a.Answered.After(now) {
			answers++
		}
	}
	if answers < fewestForOne {
		return 0
	}
	return 2 * stretch / time.Duration(answers)
}
