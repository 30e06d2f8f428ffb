package job

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	mathrand "math/rand/v2"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
)

// Runner takes jobs and has them done. Store and Kinds have to be set; the other
// fields have a default at zero.
type Runner struct {
	Store *store.Store
	Kinds map[string]Kind

	WorkerID    string        // this runner's name; a random one
	Concurrency int           // jobs at a time; 4
	Lease       time.Duration // after which a dead runner's job is another's; 30 s
	Attempts    int           // after which a job is given up; 8
	Poll        time.Duration // how often it looks though nobody woke it; 10 s
	Log         *slog.Logger  // slog.Default()
	// Every adds a job of a kind once per period, whoever many runners there are.
	// Its key is "every"; each kind starts when the house does first.
	Every map[string]time.Duration
}

// ErrLost is the cause of a worker's context ending when its lease was lost.
var ErrLost = errors.New("the lease was lost")

// Run takes jobs until ctx ends. Then the workers' contexts end too, and Run
// returns when the last of them has: what they didn't finish is put back.
func (r *Runner) Run(ctx context.Context) error {
	r.defaults()
	wake, stop := r.Store.Woken()
	defer stop()
	var working sync.WaitGroup
	defer working.Wait()
	working.Go(func() { r.schedule(ctx) })

	kinds := slices.Sorted(maps.Keys(r.Kinds))
	free, ended := r.Concurrency, make(chan struct{}, r.Concurrency)
	for ctx.Err() == nil {
		jobs, err := Take(ctx, r.Store, kinds, r.WorkerID, free, r.Lease)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("taking jobs", "err", err)
		}
		for _, j := range jobs {
			free--
			working.Go(func() {
				r.do(ctx, &task{job: j})
				ended <- struct{}{}
			})
		}
		if len(jobs) > 0 && free > 0 {
			continue // there may be more
		}
		rest := time.NewTimer(r.rest(ctx, kinds, free))
		select {
		case <-ctx.Done():
		case <-ended:
			free++
		case <-rest.C:
		case <-wakeIf(free > 0, wake):
		}
		rest.Stop()
	}
	return nil
}

func (r *Runner) defaults() {
	if r.WorkerID == "" {
		r.WorkerID = rand.Text()[:8]
	}
	if r.Concurrency == 0 {
		r.Concurrency = 4
	}
	if r.Lease == 0 {
		r.Lease = 30 * time.Second
	}
	if r.Attempts == 0 {
		r.Attempts = 8
	}
	if r.Poll == 0 {
		r.Poll = 10 * time.Second
	}
	if r.Log == nil {
		r.Log = slog.Default()
	}
}

// rest is how long to wait when nobody wakes the runner: until the next job is
// due, or Poll.
func (r *Runner) rest(ctx context.Context, kinds []string, free int) time.Duration {
	if free == 0 {
		return r.Poll
	}
	next, err := NextJob(ctx, r.Store, kinds)
	if err != nil || next.IsZero() {
		return r.Poll
	}
	return min(r.Poll, max(time.Until(next), 10*time.Millisecond))
}

// wakeIf is a channel, or one that never wakes.
func wakeIf(awake bool, wake <-chan struct{}) <-chan struct{} {
	if awake {
		return wake
	}
	return nil
}

// do has one job done, and ends it in the store.
func (r *Runner) do(ctx context.Context, t *task) {
	j, _ := t.now()
	if j.Attempt > r.Attempts { // taken over so often: it takes its process down each time
		r.end(t, Permanent(fmt.Errorf("begun %d times and never ended: %s", j.Attempt-1, j.Error)))
		return
	}
	mine, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	var keeping sync.WaitGroup
	over := make(chan struct{})
	keeping.Go(func() { r.keep(t, over, lose) })
	err := r.work(mine, j, t.tell)
	close(over)
	keeping.Wait()

	switch {
	case errors.Is(context.Cause(mine), ErrLost):
		r.Log.Warn("a job is another's now", "job", j.ID, "kind", j.Kind)
	case err != nil && ctx.Err() != nil:
		r.put(t)
	default:
		r.end(t, err)
	}
}

// work calls the worker; a panic in it is a failure like another.
func (r *Runner) work(ctx context.Context, j Job, tell func(float64, string)) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("a worker panicked", "job", j.ID, "kind", j.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("a mistake in the program: %v", p)
		}
	}()
	return r.Kinds[j.Kind].Do(ctx, j, tell)
}

// keep lengthens a job's lease, each third of it and each time the job has moved,
// until over is closed. When another has the job, or the database can't be reached
// for as long as the lease, it is lost.
func (r *Runner) keep(t *task, over <-chan struct{}, lose context.CancelCauseFunc) {
	tick := time.NewTicker(min(time.Second, r.Lease/3))
	defer tick.Stop()
	kept := time.Now()
	for {
		select {
		case <-over:
			return
		case now := <-tick.C:
			j, moved := t.now()
			if !moved && now.Sub(kept) < r.Lease/3 {
				continue
			}
			ctx, done := context.WithTimeout(context.Background(), r.Lease/3)
			err := Keep(ctx, r.Store, j, r.Lease)
			done()
			switch {
			case err == nil:
				kept = now
			case errors.Is(err, store.ErrConflict) || time.Since(kept) > r.Lease*2/3:
				lose(ErrLost)
				return
			}
		}
	}
}

// endTime bounds the writing down of an end, which goes on though the process
// stops.
const endTime = 10 * time.Second

// end notes down how a job went.
func (r *Runner) end(t *task, failure error) {
	ctx, done := context.WithTimeout(context.Background(), endTime)
	defer done()
	j, _ := t.now()
	var next time.Time
	if failure != nil {
		next = again(time.Now(), j.Attempt, r.Attempts, failure, mathrand.Float64())
		r.Log.Warn("a job failed", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "again", next, "err", failure)
	}
	var err error
	if failure != nil && next.IsZero() {
		_, err = notice.AddNotice(ctx, r.Store, r.notice(j, failure))
		if give := r.Kinds[j.Kind].GiveUp; give != nil {
			err = errors.Join(err, give(ctx, j, failure))
		}
	}
	if err = errors.Join(err, Finish(ctx, r.Store, j, failure, next)); err != nil {
		r.Log.Error("ending a job", "job", j.ID, "kind", j.Kind, "err", err)
	}
}

// notice tells people that a job was given up.
func (r *Runner) notice(j Job, failure error) notice.Notice {
	n := notice.Notice{Kind: "job", Level: "warn", Text: "notice.job", Args: []string{failure.Error()}, Link: "/job?id=" + strconv.FormatInt(j.ID, 10)}
	kind := r.Kinds[j.Kind]
	if kind.Notice != "" {
		n.Text = kind.Notice
	}
	if kind.Link != nil {
		n.Link = kind.Link(j)
	}
	return n
}

func (r *Runner) put(t *task) {
	ctx, done := context.WithTimeout(context.Background(), endTime)
	defer done()
	j, _ := t.now()
	if err := PutBack(ctx, r.Store, j); err != nil {
		r.Log.Error("putting a job back", "job", j.ID, "kind", j.Kind, "err", err)
	}
}
