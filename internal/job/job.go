// Package job does what must be done later or again: measuring anew, reading an
// upload, sending an answer, telling a hook.
//
// A job is a row of the store, added in the same transaction as what it is for;
// so nothing is forgotten when the power goes. A Runner takes jobs that are due,
// a few at a time, each for a lease that it keeps lengthening while the Worker of
// its kind works. Several runners, in one process or in many on one database,
// share the work: a job is one runner's at a time, and when a process dies, its
// leases end and the others take over. The lease's fence then refuses what the
// dead one might still write.
//
// A worker may therefore be begun again after it did all of its work but before
// that was noted down. It makes what it does the same twice as once: by a key, by
// a state it looks at first, by the number up to which it got.
//
// A job that fails is tried again, later each time, and given up in the end with a
// notice in the house.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Worker does the jobs of one kind. Its context ends when the process stops or
// the lease is lost; what it then returns doesn't count as a failure.
type Worker func(ctx context.Context, t *Task) error

// Task is a job in a worker's hands.
type Task struct {
	store.Job
	// Notice is what people are told when the job is given up, and Link where they
	// read more; the worker may set them. Notice is a key of the catalogues whose
	// blank is the cause.
	Notice, Link string

	mu    sync.Mutex
	moved bool // since it was last kept
}

// Read decodes what the job was given.
func (t *Task) Read(into any) error {
	if err := json.Unmarshal(t.Payload, into); err != nil {
		return Stop(fmt.Errorf("reading the job's payload: %w", err))
	}
	return nil
}

// Tell says how far the job is, 0 to 1, and in a few words what it does; people
// see it within a second or so.
func (t *Task) Tell(progress float64, detail string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moved = t.moved || t.Progress != progress || t.Detail != detail
	t.Progress, t.Detail = progress, detail
}

// job is the task's job as it stands, and whether it moved since the last look.
func (t *Task) job() (store.Job, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	moved := t.moved
	t.moved = false
	return t.Job, moved
}

// Stop is a failure that trying again can't mend: the job is given up at once.
func Stop(err error) error { return &failure{err: err, stop: true} }

// After is a failure that asks to be tried again after a time, as a server does
// that is busy.
func After(wait time.Duration, err error) error { return &failure{err: err, wait: wait} }

type failure struct {
	err  error
	stop bool
	wait time.Duration
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// again says when a job that failed is tried again: after 5 s, 10 s, 20 s, … up to
// an hour, each a little sooner or later by chance (0.5 to 1.5 times; chance in
// [0, 1)), so that those that failed together don't come back together. Zero: never.
func again(now time.Time, attempt, attempts int, err error, chance float64) time.Time {
	var f *failure
	if errors.As(err, &f) && f.stop || attempt >= attempts {
		return time.Time{}
	}
	wait := time.Hour
	if attempt < 10 {
		wait = min(wait, 5*time.Second<<(attempt-1))
	}
	wait = time.Duration(float64(wait) * (.5 + chance))
	if f != nil {
		wait = max(wait, min(f.wait, 24*time.Hour))
	}
	return now.Add(wait)
}
