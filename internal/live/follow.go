package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

const (
	perReading = 4096 // messages that are read together
	perChanges = 1000 // changes that are applied together
)

// Follow reads everything, then applies changes as they come until ctx ends. An
// error of the store doesn't end it: it tries again.
func (l *Live) Follow(ctx context.Context) error {
	woken, stop := l.store.Woken()
	defer stop()
	l.followed.Store(true)
	defer l.followed.Store(false)
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	err := l.catchUp(ctx)
	l.look(ctx)
	stand := time.After(0) // standing takes longer than figures: now and then
	for {
		var again <-chan time.Time
		if err != nil {
			again = time.After(5 * time.Second)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-woken:
			err = l.catchUp(ctx)
		case <-l.anew:
			err = l.catchUp(ctx)
		case <-again:
			err = l.catchUp(ctx)
		case <-hourly.C:
			l.look(ctx)
		case <-stand:
			err = l.Stand(ctx)
			stand = time.After(max(time.Second, 10*l.told().took))
		}
	}
}

// patience is how long CatchUp waits for Follow to have read everything.
const patience = time.Second

// CatchUp applies what has happened until now. Where everything has to be read,
// the first time or because somebody was erased, it does so itself only if nobody
// follows; else Follow does, and CatchUp waits a moment for it and then returns:
// [Live.Ready] says false, and nothing is told, until all is read.
func (l *Live) CatchUp(ctx context.Context) error {
	if !l.followed.Load() {
		return l.catchUp(ctx)
	}
	err := l.apply(ctx)
	if !errors.Is(err, errUnread) {
		return err
	}
	select {
	case l.anew <- struct{}{}:
	default: // Follow knows
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	select {
	case <-ctx.Done():
		return nil
	case <-l.allRead():
	}
	if err := l.apply(ctx); !errors.Is(err, errUnread) && ctx.Err() == nil {
		return err
	}
	return nil
}

// catchUp applies what has happened, and reads everything where that is needed.
func (l *Live) catchUp(ctx context.Context) error {
	for {
		if err := l.begin(ctx); err != nil {
			return fmt.Errorf("reading the conversation: %w", err)
		}
		if err := l.apply(ctx); !errors.Is(err, errUnread) {
			return err
		}
	}
}

// apply applies changes until there are none.
func (l *Live) apply(ctx context.Context) error {
	l.turn.Lock()
	defer l.turn.Unlock()
	for {
		more, err := l.step(ctx)
		if err != nil {
			return fmt.Errorf("following the conversation: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// forget drops all that is known: some of it may be somebody's who was erased.
func (l *Live) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.measures, l.figures, l.acts, l.standing = measures{}, Figures{}, nil, nil
	l.read, l.ready, l.asked, l.over = 0, false, time.Time{}, make(chan struct{})
}

// allRead is closed when everything is read.
func (l *Live) allRead() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

// begin reads all messages, unless they are read. Changes aren't kept waiting
// meanwhile: there is nothing to apply them to.
func (l *Live) begin(ctx context.Context) error {
	l.first.Lock()
	defer l.first.Unlock()
	if _, ready := l.Ready(); ready {
		return nil
	}
	upto, err := l.store.LastChange(ctx)
	if err != nil {
		return err
	}
	counts, err := l.store.Counts(ctx)
	if err != nil {
		return err
	}
	board := conversation.NewLiveIndex()
	o := l.opt.Presence
	o.Until = l.now()
	all := measures{board, presence.NewLive(board, o), gift.NewLive(board)}
	if err := l.readAll(ctx, all, counts.Messages); err != nil {
		return err
	}
	all.presence.Figures(o.Until) // walks every thread
	all.gifts.Version()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.measures, l.change = all, upto
	l.read, l.ready = 1, true
	close(l.over)
	l.tell()
	return nil
}

// measures are what follows one board.
type measures struct {
	board    *conversation.LiveIndex
	presence *presence.Live
	gifts    *gift.Live
}

// put lets everybody know of messages that arrived or changed, and were read.
func (m measures) put(batch []presence.Arrival, rows []reading.Row) {
	messages := make([]conversation.Message, len(batch))
	for k := range batch {
		messages[k], batch[k].Row = batch[k].Message, &rows[k]
	}
	m.gifts.Before(messages...)
	m.presence.Put(batch...)
	m.gifts.After(messages, rows)
}

// rows reads each message once, for all measures.
func (l *Live) rows(batch []presence.Arrival) []reading.Row {
	messages := make([]conversation.Message, len(batch))
	for k := range batch {
		messages[k] = batch[k].Message
	}
	o := l.opt.Presence.Reading()
	o.Only |= reading.Gratitude
	return reading.All(messages, o)
}

// readAll fetches messages while those before are read.
func (l *Live) readAll(ctx context.Context, m measures, all int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []presence.Arrival, 2)
	failed := make(chan error, 1)
	go func() {
		defer close(batches)
		failed <- l.fetch(ctx, batches)
	}()
	n := 0
	for batch := range batches {
		m.put(batch, l.rows(batch))
		n += len(batch)
		l.progress(float64(n) / float64(max(n, all)))
	}
	return <-failed
}

// fetch gives all messages in order, some at a time.
func (l *Live) fetch(ctx context.Context, to chan<- []presence.Arrival) error {
	var batch []presence.Arrival
	send := func() error {
		select {
		case to <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := l.store.Each(ctx, store.Range{}, func(m store.Message) error {
		if batch = append(batch, arrival(m)); len(batch) < perReading {
			return nil
		}
		return send()
	})
	if err == nil && len(batch) > 0 {
		err = send()
	}
	return err
}

func arrival(m store.Message) presence.Arrival {
	return presence.Arrival{Message: m.Message, Rank: m.Seq}
}

func (l *Live) progress(done float64) {
	l.mu.Lock()
	l.read = min(done, .99)
	l.mu.Unlock()
	if l.opt.Progress != nil {
		l.opt.Progress(done)
	}
}

// errUnread says that everything has to be read: nothing was, or something is gone
// that can't be taken out.
var errUnread = errors.New("everything is to be read")

// step applies some changes, and tells whether there may be more.
func (l *Live) step(ctx context.Context) (more bool, err error) {
	if _, ready := l.Ready(); !ready {
		return false, errUnread
	}
	changes, err := l.store.Changes(ctx, l.Change(), perChanges)
	if err != nil || len(changes) == 0 {
		return false, err
	}
	batch, err := l.changed(ctx, changes)
	switch {
	case errors.Is(err, errUnread):
		l.forget()
		return false, err
	case err != nil:
		return false, err
	}
	rows := l.rows(batch)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.put(batch, rows)
	l.change = changes[len(changes)-1].N
	l.tell()
	return len(changes) == perChanges, nil
}

// changed reads the messages that some changes are about, as they stand now.
func (l *Live) changed(ctx context.Context, changes []store.Change) (batch []presence.Arrival, err error) {
	done := map[store.Change]bool{}
	var ids []conversation.MessageID
	for _, c := range changes {
		once := store.Change{Kind: c.Kind, Subject: c.Subject}
		if done[once] {
			continue
		}
		done[once] = true
		switch c.Kind {
		case store.MessageChanged:
			ids = append(ids, conversation.MessageID(c.Subject))
		case store.PersonChanged:
			err := l.store.Each(ctx, store.Range{Author: conversation.PersonID(c.Subject)}, func(m store.Message) error {
				batch = append(batch, arrival(m))
				return nil
			})
			if err != nil {
				return nil, err
			}
		case store.ForgetChanged:
			return nil, errUnread
		}
	}
	messages, err := l.store.MessagesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	if len(messages) < len(ids) {
		return nil, errUnread
	}
	for k := range messages {
		batch = append(batch, arrival(messages[k]))
	}
	return batch, nil
}
