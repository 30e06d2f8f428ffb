package live_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/notice"
)

// TestFollow: while messages arrive, whoever asks at the same time gets an answer,
// and in the end everybody knows the newest change.
func TestFollow(t *testing.T) {
	s := open(t)
	l := live.Open(s, live.Options{Now: func() time.Time { return monday.AddDate(0, 0, 30) }})
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := l.Follow(ctx); err != nil {
			t.Error(err)
		}
	})
	changes, quiet := l.Subscribe()
	defer quiet()
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				l.Figures()
				l.Appeals(live.Which{Waiting: true})
				l.Givers(monday)
				l.Whuffie("helen")
				l.Ready()
				time.Sleep(time.Millisecond)
			}
		})
	}
	for n := range 40 {
		add(t, s, ask(n, time.Duration(n)*time.Hour), answer(n, time.Duration(n+1)*time.Hour))
	}
	last, err := s.LastChange(t.Context())
	check(t, err)
	for n := range changes {
		if n >= last {
			break
		}
	}
	if f := l.Figures(); f.Messages != 80 || f.Waiting != 0 {
		t.Errorf("in the end figures are %+v", f)
	}
	stop()
	wg.Wait()
}

// TestQuiet: a conversation that ended long ago is measured up to its end, and
// who waits still waits.
func TestQuiet(t *testing.T) {
	s := open(t)
	for n := range 6 {
		add(t, s, ask(n, time.Duration(n)*time.Hour), answer(n, time.Duration(n+1)*time.Hour))
	}
	add(t, s, ask(9, 24*time.Hour))
	l := live.Open(s, live.Options{Now: func() time.Time { return monday.AddDate(3, 0, 0) }})
	check(t, l.CatchUp(t.Context()))
	if f := l.Figures(); !f.Until.Equal(monday.Add(24*time.Hour)) || f.Appeals != 7 || f.Waiting != 1 {
		t.Errorf("three years later figures are %+v", f)
	}
	if _, all := l.Appeals(live.Which{Waiting: true}); all != 1 {
		t.Errorf("%d wait, want 1", all)
	}
}

// TestForget: when somebody is erased, nothing of hers is left in the measures.
func TestForget(t *testing.T) {
	s := open(t)
	add(t, s, ask(1, time.Hour), ask(2, 2*time.Hour), answer(2, 3*time.Hour))
	l := live.Open(s, live.Options{Now: func() time.Time { return monday.AddDate(0, 0, 3) }})
	check(t, l.CatchUp(t.Context()))
	if _, all := l.Appeals(live.Which{}); all != 2 {
		t.Fatalf("%d appeals, want 2", all)
	}
	_, err := erasure.ErasePerson(t.Context(), s, "ana1", "test")
	check(t, err)
	check(t, l.CatchUp(t.Context()))
	if list, all := l.Appeals(live.Which{}); all != 1 || list[0].Asker != "ana2" {
		t.Errorf("after she was erased: %+v", list)
	}
}

// TestSurge: a surge that goes on becomes one notice, however often it is looked at.
func TestSurge(t *testing.T) {
	s := open(t)
	n := 0
	var batch []conversation.Message
	for day := range 60 {
		for k := range 4 {
			batch = append(batch, ask(n, time.Duration(24*day+6*k)*time.Hour))
			n++
		}
	}
	for k := range 200 {
		batch = append(batch, ask(n, 60*24*time.Hour+time.Duration(k)*3*time.Minute))
		n++
	}
	add(t, s, batch...)
	for range 2 { // the house starts twice
		l := live.Open(s, live.Options{Now: func() time.Time { return monday.Add(60*24*time.Hour + 11*time.Hour) }})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.Follow(ctx) }()
		var notices []notice.Notice
		for range 600 {
			var err error
			notices, err = notice.Notices(t.Context(), s, true, 10)
			check(t, err)
			if len(notices) > 0 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		stop()
		check(t, <-done)
		if len(notices) != 1 || notices[0].Kind != "crisis" || notices[0].Level != "warn" {
			t.Fatalf("notices are %+v", notices)
		}
	}
}
