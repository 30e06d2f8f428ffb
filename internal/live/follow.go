package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
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
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	err := l.CatchUp(ctx)
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
			err = l.CatchUp(ctx)
		case <-again:
			err = l.CatchUp(ctx)
		case <-hourly.C:
			l.look(ctx)
		case <-stand:
			err = l.Stand(ctx)
			stand = time.After(max(time.Second, 10*l.told().took))
		}
	}
}

// CatchUp applies what has happened until now.
func (l *Live) CatchUp(ctx context.Context) error {
	l.turn.Lock()
	defer l.turn.Unlock()
	if _, ready := l.Ready(); !ready {
		if err := l.begin(ctx); err != nil {
			return fmt.Errorf("reading the conversation: %w", err)
		}
	}
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

// begin reads all messages. What was known before is forgotten first: it may be
// somebody's who was erased.
func (l *Live) begin(ctx context.Context) error {
	l.mu.Lock()
	l.measures, l.figures, l.acts, l.standing = measures{}, Figures{}, nil, nil
	l.read, l.ready, l.asked = 0, false, time.Time{}
	l.mu.Unlock()
	upto, err := l.store.LastChange(ctx)
	if err != nil {
		return err
	}
	counts, err := l.store.Counts(ctx)
	if err != nil {
		return err
	}
	board := conversation.NewBoard()
	board.Texts = l.text
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
	l.tell()
	return nil
}

// measures are what follows one board.
type measures struct {
	board    *conversation.Board
	presence *presence.Live
	gifts    *gift.Live
}

// put lets everybody know of messages that arrive or change.
func (m measures) put(batch []presence.Arrival) {
	messages := make([]conversation.Message, len(batch))
	for k := range batch {
		messages[k] = batch[k].Message
	}
	m.gifts.Before(messages...)
	m.presence.Put(batch...)
	m.gifts.After(messages...)
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
		m.put(batch)
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

// errForget says that something is gone that can't be taken out.
var errForget = errors.New("read everything again")

// step applies some changes, and tells whether there may be more.
func (l *Live) step(ctx context.Context) (more bool, err error) {
	changes, err := l.store.Changes(ctx, l.Change(), perChanges)
	if err != nil || len(changes) == 0 {
		return false, err
	}
	batch, err := l.changed(ctx, changes)
	switch {
	case errors.Is(err, errForget):
		return true, l.begin(ctx)
	case err != nil:
		return false, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for from := 0; from < len(batch); from += perChanges { // so that who asks meanwhile doesn't wait for all
		l.put(batch[from:min(from+perChanges, len(batch))])
	}
	l.change = changes[len(changes)-1].N
	l.tell()
	if failed := l.failed.Swap(nil); failed != nil {
		err = *failed
	}
	return len(changes) == perChanges, err
}

// changed reads the messages that some changes are about, as they stand now.
func (l *Live) changed(ctx context.Context, changes []store.Change) (batch []presence.Arrival, err error) {
	done := map[store.Change]bool{}
	for _, c := range changes {
		once := store.Change{Kind: c.Kind, Subject: c.Subject}
		if done[once] {
			continue
		}
		done[once] = true
		switch c.Kind {
		case store.MessageChanged:
			m, err := l.store.Message(ctx, conversation.MessageID(c.Subject))
			if errors.Is(err, store.ErrNotFound) {
				return nil, errForget
			} else if err != nil {
				return nil, err
			}
			batch = append(batch, arrival(m))
		case store.PersonChanged:
			err := l.store.Each(ctx, store.Range{Author: conversation.PersonID(c.Subject)}, func(m store.Message) error {
				batch = append(batch, arrival(m))
				return nil
			})
			if err != nil {
				return nil, err
			}
		case store.ForgetChanged:
			return nil, errForget
		}
	}
	return batch, nil
}
