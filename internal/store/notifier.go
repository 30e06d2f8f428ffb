package store

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// notifier wakes whoever waits for changes.
type notifier struct {
	mu      sync.Mutex
	waiting map[chan struct{}]bool
}

// notify puts a value into every channel that has none.
func (b *notifier) notify() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.waiting {
		select {
		case c <- struct{}{}:
		default: // it has one already
		}
	}
}

// Woken gives a channel that gets a value soon after each change made through this
// process, or, on PostgreSQL, through any; close it with stop.
func (s *Store) Woken() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	s.notifier.mu.Lock()
	defer s.notifier.mu.Unlock()
	if s.notifier.waiting == nil {
		s.notifier.waiting = map[chan struct{}]bool{}
	}
	s.notifier.waiting[c] = true
	return c, func() {
		s.notifier.mu.Lock()
		defer s.notifier.mu.Unlock()
		delete(s.notifier.waiting, c)
	}
}

// listen rings the bell for the changes that other processes make: on
// PostgreSQL by its notifications, and by looking every few seconds in case one
// is lost. On SQLite one process writes and there is nothing to hear.
func (s *Store) listen() {
	if !s.pg {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	s.background.Go(func() {
		for ctx.Err() == nil {
			s.waitForNotifications(ctx)
			select { // the line is down: try again, and look in the meantime
			case <-ctx.Done():
			case <-time.After(2 * time.Second):
				s.notifier.notify()
			}
		}
	})
}

// waitForNotifications waits for notifications until the connection breaks or ctx ends.
func (s *Store) waitForNotifications(ctx context.Context) {
	c, err := pgx.Connect(ctx, s.at)
	if err != nil {
		return
	}
	defer c.Close(context.Background()) //nolint:errcheck // it is done with
	if _, err := c.Exec(ctx, `LISTEN entregent`); err != nil {
		return
	}
	for {
		s.notifier.notify() // for a notification, or to look whether one was lost
		wait, done := context.WithTimeout(ctx, 5*time.Second)
		_, err := c.WaitForNotification(wait)
		late := wait.Err() != nil
		done()
		if ctx.Err() != nil || err != nil && !late || c.IsClosed() {
			return
		}
	}
}
