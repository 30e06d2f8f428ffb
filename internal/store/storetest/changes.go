package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

var changeLaws = map[string]func(*testing.T, *store.Store){
	"nothing new, nothing told": func(t *testing.T, s *store.Store) {
		Keep(t, s, "forum", "added", Said("1", "ana", "x", 0))
		Keep(t, s, "forum", "same", Said("1", "ana", "x", 0))
		if what, _ := Told(t, s, 0); what != "message forum/1" {
			t.Error(what)
		}
	},
	"whoever waits is woken": func(t *testing.T, s *store.Store) {
		wake, stop := s.Woken()
		defer stop()
		drain(wake)
		Keep(t, s, "forum", "added", Said("1", "ana", "x", 0))
		select {
		case <-wake:
		case <-time.After(20 * time.Second):
			t.Error("nobody was woken")
		}
	},
	"who follows the numbers misses nothing, however many write": func(t *testing.T, s *store.Store) {
		const writers, each = 4, 30
		ctx, done := context.WithCancel(t.Context())
		defer done()
		var seen sync.Map
		var follow sync.WaitGroup
		follow.Go(func() {
			var n int64
			for {
				ended := ctx.Err() != nil
				list, err := s.Changes(context.WithoutCancel(ctx), n, 7)
				if err != nil {
					t.Error(err)
					return
				}
				for _, c := range list {
					if c.N != n+1 {
						t.Errorf("%d comes after %d", c.N, n)
					}
					n = c.N
					seen.Store(c.Subject, true)
				}
				if ended && len(list) == 0 {
					return
				}
			}
		})
		var write sync.WaitGroup
		for w := range writers {
			write.Go(func() {
				for i := range each {
					if _, err := s.Append(t.Context(), "forum", []conversation.Message{Said(fmt.Sprintf("%d-%d", w, i), fmt.Sprintf("p%d", i), "x", i)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		write.Wait()
		done()
		follow.Wait()
		for w := range writers {
			for i := range each {
				if _, ok := seen.Load(fmt.Sprintf("forum/%d-%d", w, i)); !ok {
					t.Errorf("forum/%d-%d was missed", w, i)
				}
			}
		}
		if c := Counts(t, s); c.Messages != writers*each || c.People != each {
			t.Errorf("counted %+v", c)
		}
	},
}

func drain(wake <-chan struct{}) {
	for {
		select {
		case <-wake:
		case <-time.After(50 * time.Millisecond):
			return
		}
	}
}
