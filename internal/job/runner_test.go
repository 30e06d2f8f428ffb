package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// bubble runs a test with a store in a world whose clock jumps ahead whenever
// everybody waits.
func bubble(t *testing.T, test func(t *testing.T, s *store.Store)) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(t.Context(), store.Options{Database: folder})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		test(t, s)
	})
}

// run starts a runner and gives what ends it and waits for that.
func run(t *testing.T, r *Runner) (stop func()) {
	t.Helper()
	r.Log = quiet
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- r.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func enqueue(t *testing.T, s *store.Store, j Job) int64 {
	t.Helper()
	id, err := Enqueue(t.Context(), s, j)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func byID(t *testing.T, s *store.Store, id int64) Job {
	t.Helper()
	j, err := JobByID(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func of(kind string, do Worker) map[string]Kind { return map[string]Kind{kind: {Do: do}} }

func TestDone(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var got atomic.Value
		stop := run(t, &Runner{Store: s, Kinds: of("hello", func(ctx context.Context, j Job, tell func(float64, string)) error {
			var name string
			err := json.Unmarshal(j.Payload, &name)
			got.Store(name)
			tell(1, "said")
			return err
		})})
		defer stop()
		start := time.Now()
		id := enqueue(t, s, Job{Kind: "hello", Payload: []byte(`"Ana"`)})
		other := enqueue(t, s, Job{Kind: "nobody's"})
		time.Sleep(time.Second)
		j := byID(t, s, id)
		if got.Load() != "Ana" || j.Done.IsZero() || j.Error != "" || j.Detail != "said" || j.Done.Sub(start) > 100*time.Millisecond {
			t.Errorf("%v; %+v", got.Load(), j)
		}
		if j := byID(t, s, other); j.Attempt != 0 {
			t.Errorf("a kind that nobody does was taken: %+v", j)
		}
	})
}

func TestTriedAgainThenGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var times []time.Time
		stop := run(t, &Runner{Store: s, Attempts: 5, Kinds: of("fails", func(ctx context.Context, j Job, tell func(float64, string)) error {
			times = append(times, time.Now())
			if j.Attempt == 2 {
				panic("at the disco")
			}
			return errors.New("no line")
		})})
		defer stop()
		id := enqueue(t, s, Job{Kind: "fails", Key: "k"})
		time.Sleep(time.Hour)
		if len(times) != 5 {
			t.Fatalf("tried %d times, want 5", len(times))
		}
		for i, wait := range []time.Duration{5, 10, 20, 40} {
			wait *= time.Second
			if got := times[i+1].Sub(times[i]); got < wait/2 || got > wait*3/2+time.Second {
				t.Errorf("wait %d was %s, want about %s", i+1, got, wait)
			}
		}
		if j := byID(t, s, id); !j.GivenUp || j.Error != "no line" {
			t.Errorf("it stands as %+v", j)
		}
		notices, err := notice.Notices(t.Context(), s, true, 0)
		if err != nil || len(notices) != 1 || notices[0].Kind != "job" || notices[0].Args[0] != "no line" || notices[0].Text != "notice.job" || notices[0].Link != fmt.Sprint("/job?id=", id) {
			t.Errorf("notices %+v, %v", notices, err)
		}
	})
}

func TestStopAndAfter(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var first, second time.Time
		var gone string
		stop := run(t, &Runner{Store: s, Kinds: map[string]Kind{
			"hopeless": {Notice: "notice.hopeless", Link: func(j Job) string { return "/thread?id=" + j.Key },
				Do: func(context.Context, Job, func(float64, string)) error {
					return fmt.Errorf("no way: %w", Permanent(io.EOF))
				},
				GiveUp: func(_ context.Context, j Job, cause error) error {
					gone = j.Key + " " + cause.Error()
					return nil
				}},
			"busy": {Do: func(ctx context.Context, j Job, tell func(float64, string)) error {
				if j.Attempt == 1 {
					first = time.Now()
					return After(10*time.Minute, errors.New("busy"))
				}
				second = time.Now()
				return nil
			}},
		}})
		defer stop()
		hopeless := enqueue(t, s, Job{Kind: "hopeless", Key: "forum/1"})
		enqueue(t, s, Job{Kind: "busy"})
		time.Sleep(time.Hour)
		if j := byID(t, s, hopeless); !j.GivenUp || j.Attempt != 1 {
			t.Errorf("hopeless: %+v", j)
		}
		if gone != "forum/1 no way: EOF" {
			t.Errorf("it was told that it was given up: %q", gone)
		}
		notices, err := notice.Notices(t.Context(), s, true, 0)
		if err != nil || len(notices) != 1 || notices[0].Text != "notice.hopeless" || notices[0].Link != "/thread?id=forum/1" {
			t.Errorf("notices %+v, %v", notices, err)
		}
		if wait := second.Sub(first); wait < 10*time.Minute || wait > 11*time.Minute {
			t.Errorf("tried again after %s", wait)
		}
	})
}

func TestLeaseIsKept(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var begun atomic.Int32
		work := of("long", func(ctx context.Context, j Job, tell func(float64, string)) error {
			begun.Add(1)
			for i := range 100 {
				tell(float64(i)/100, "step")
				time.Sleep(10 * time.Second)
			}
			return ctx.Err()
		})
		stop := run(t, &Runner{Store: s, Kinds: work})
		defer stop()
		stop2 := run(t, &Runner{Store: s, Kinds: work})
		defer stop2()
		id := enqueue(t, s, Job{Kind: "long"})
		time.Sleep(505 * time.Second)
		if j := byID(t, s, id); j.Progress < .48 || j.Progress > .51 {
			t.Errorf("half-way it says %+v", j)
		}
		time.Sleep(10 * time.Minute)
		if j := byID(t, s, id); begun.Load() != 1 || j.Done.IsZero() || j.Progress != 1 {
			t.Errorf("begun %d times; %+v", begun.Load(), j)
		}
	})
}

func TestLeaseIsLost(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		cause := make(chan error, 1)
		stop := run(t, &Runner{Store: s, Kinds: of("lost", func(ctx context.Context, j Job, tell func(float64, string)) error {
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return ctx.Err()
		})})
		defer stop()
		id := enqueue(t, s, Job{Kind: "lost"})
		time.Sleep(time.Second)
		if err := Finish(t.Context(), s, byID(t, s, id), nil, time.Time{}); err != nil { // as if another had it
			t.Fatal(err)
		}
		if err := <-cause; !errors.Is(err, ErrLost) {
			t.Errorf("the worker's context ended by %v", err)
		}
		time.Sleep(time.Minute)
		if j := byID(t, s, id); j.Error != "" {
			t.Errorf("the old holder wrote: %+v", j)
		}
	})
}

func TestShutdownPutsBack(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var over atomic.Bool
		stop := run(t, &Runner{Store: s, Kinds: of("slow", func(ctx context.Context, j Job, tell func(float64, string)) error {
			tell(.5, "half")
			<-ctx.Done()
			time.Sleep(3 * time.Second) // it stops where it can
			over.Store(true)
			return ctx.Err()
		})})
		id := enqueue(t, s, Job{Kind: "slow"})
		time.Sleep(time.Second)
		stop()
		if !over.Load() {
			t.Error("the runner didn't wait for its worker")
		}
		if j := byID(t, s, id); j.Attempt != 0 || !j.Lease.IsZero() || !j.Done.IsZero() || j.Progress != .5 || j.Error != "" {
			t.Errorf("put back as %+v", j)
		}
	})
}

// A job that takes its process down each time is given up, too.
func TestPoison(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		id := enqueue(t, s, Job{Kind: "poison"})
		for range 4 {
			if jobs, err := Take(t.Context(), s, []string{"poison"}, "dies", 1, time.Second); err != nil || len(jobs) != 1 {
				t.Fatal(jobs, err)
			}
			time.Sleep(2 * time.Second)
		}
		stop := run(t, &Runner{Store: s, Attempts: 4, Kinds: of("poison", func(context.Context, Job, func(float64, string)) error {
			t.Error("it was begun again")
			return nil
		})})
		defer stop()
		time.Sleep(time.Minute)
		if j := byID(t, s, id); !j.GivenUp || !strings.Contains(j.Error, "begun 4 times") {
			t.Errorf("it stands as %+v", j)
		}
	})
}

func TestEvery(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var n atomic.Int32
		kinds := of("hourly", func(context.Context, Job, func(float64, string)) error { n.Add(1); return nil })
		every := map[string]time.Duration{"hourly": time.Hour}
		stop := run(t, &Runner{Store: s, Kinds: kinds, Every: every, Poll: time.Hour})
		stop2 := run(t, &Runner{Store: s, Kinds: kinds, Every: every, Poll: time.Hour})
		time.Sleep(12*time.Hour + 30*time.Minute)
		stop()
		time.Sleep(12 * time.Hour)
		stop2()
		// Each looks every minute, so a day has 24 or, by the minutes lost, 23 and a bit.
		if got := n.Load(); got < 24 || got > 25 {
			t.Errorf("run %d times in 24 and a half hours", got)
		}
	})
}

func TestHands(t *testing.T) {
	bubble(t, func(t *testing.T, s *store.Store) {
		var now, most atomic.Int32
		stop := run(t, &Runner{Store: s, Concurrency: 3, Kinds: of("x", func(context.Context, Job, func(float64, string)) error {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Second)
			now.Add(-1)
			return nil
		})})
		defer stop()
		start := time.Now()
		for range 12 {
			enqueue(t, s, Job{Kind: "x"})
		}
		for next := start; !next.IsZero(); {
			time.Sleep(100 * time.Millisecond)
			var err error
			if next, err = NextJob(t.Context(), s, []string{"x"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); most.Load() != 3 || took > 5*time.Second {
			t.Errorf("%d at a time, in %s; want 3, in 4 s", most.Load(), took)
		}
	})
}

func TestAgain(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	err := errors.New("x")
	for _, c := range []struct {
		attempt int
		err     error
		chance  float64
		want    time.Duration // -1: never
	}{
		{1, err, .5, 5 * time.Second},
		{2, err, .5, 10 * time.Second},
		{1, err, 0, 2500 * time.Millisecond},
		{9, err, .5, 1280 * time.Second},
		{11, err, .5, time.Hour},
		{99, err, .5, time.Hour},
		{100, err, .5, -1},
		{1, Permanent(err), .5, -1},
		{1, After(time.Minute, err), .5, time.Minute},
		{1, After(999*time.Hour, err), .5, 24 * time.Hour},
		{1, After(time.Millisecond, err), .5, 5 * time.Second},
	} {
		got := again(now, c.attempt, 100, c.err, c.chance)
		want := now.Add(c.want)
		if c.want < 0 {
			want = time.Time{}
		}
		if !got.Equal(want) {
			t.Errorf("attempt %d, %v: %s, want %s", c.attempt, c.err, got, want)
		}
	}
}
