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
	"changes are numbered without gaps, and each tells a state that can be read": func(t *testing.T, s *store.Store) {
		var list []conversation.Message
		for i := range 2500 {
			list = append(list, said(fmt.Sprint(i), fmt.Sprintf("p%d", i%7), "x", i))
		}
		keep(t, s, "forum", "", list...)
		list[3].Text, list[4].Text, list[9].Text = "edited", "edited", "edited"
		keep(t, s, "forum", "", list...)
		ok(s.MergePeople(t.Context(), "p1", "p2", ""))(t)
		var n int64
		for {
			page := ok(s.Changes(t.Context(), n, 999))(t)
			if len(page) == 0 {
				break
			}
			for _, c := range page {
				if n++; c.N != n || c.Time.IsZero() {
					t.Fatalf("change %d has the number %d", n, c.N)
				}
				if c.Kind == store.MessageChanged {
					message(t, s, c.Subject)
				}
			}
		}
		if last := ok(s.LastChange(t.Context()))(t); n != last || n != 2505 {
			t.Errorf("%d changes are told of %d", n, last)
		}
		if what, _ := told(t, s, 2500); what != "message forum/3, message forum/4, message forum/9, person p2, person p1" {
			t.Error(what)
		}
	},
	"nothing new, nothing told": func(t *testing.T, s *store.Store) {
		keep(t, s, "forum", "added", said("1", "ana", "x", 0))
		keep(t, s, "forum", "same", said("1", "ana", "x", 0))
		if what, _ := told(t, s, 0); what != "message forum/1" {
			t.Error(what)
		}
	},
	"whoever waits is woken": func(t *testing.T, s *store.Store) {
		wake, stop := s.Woken()
		defer stop()
		drain(wake)
		keep(t, s, "forum", "added", said("1", "ana", "x", 0))
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
					if _, err := s.Append(t.Context(), "forum", []conversation.Message{said(fmt.Sprintf("%d-%d", w, i), fmt.Sprintf("p%d", i), "x", i)}); err != nil {
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
		if c := counts(t, s); c.Messages != writers*each || c.People != each {
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
