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
	"errors"
	"sync"
	"time"
)

// Worker does jobs of one kind. tell says how far it is, 0 to 1, and in a few
// words what it does; people see it within a second or so. Its context ends when
// the process stops or the lease is lost; what it then returns doesn't count as a
// failure.
//
// A failure that trying again can't mend has a method Permanent() bool that gives
// true, as [Stop] makes them. One that asks for a time to pass first has
// RetryAfter() time.Duration, as [After] makes them. Rooms that don't know this
// one write workers too, and errors with such methods.
type Worker func(ctx context.Context, j Job, tell func(progress float64, detail string)) error

// Kind is what a Runner does with the jobs of a kind.
type Kind struct {
	Do Worker
	// Notice is what people are told when a job is given up: a key of the
	// catalogues, whose blank is the cause; "notice.job". Link is where they read
	// more: "/job?id=" and its number.
	Notice string
	Link   func(Job) string
	// GiveUp, if there is one, is called when a job is given up; after a power cut
	// perhaps again.
	GiveUp func(ctx context.Context, j Job, cause error) error
}

// task is a job in a worker's hands.
type task struct {
	mu    sync.Mutex
	job   Job
	moved bool // since the last look
}

func (t *task) tell(progress float64, detail string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moved = t.moved || t.job.Progress != progress || t.job.Detail != detail
	t.job.Progress, t.job.Detail = progress, detail
}

// now is the job as it stands, and whether it moved since the last look.
func (t *task) now() (Job, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	moved := t.moved
	t.moved = false
	return t.job, moved
}

// Permanent is a failure that trying again can't mend: the job is given up at once.
func Permanent(err error) error { return &failure{error: err, stop: true} }

// After is a failure that asks to be tried again after a time, as a server does
// that is busy.
func After(wait time.Duration, err error) error { return &failure{error: err, wait: wait} }

type failure struct {
	error
	stop bool
	wait time.Duration
}

func (f *failure) Unwrap() error             { return f.error }
func (f *failure) Permanent() bool           { return f.stop }
func (f *failure) RetryAfter() time.Duration { return f.wait }

// again says when a job that failed is tried again: after 5 s, 10 s, 20 s, … up to
// an hour, each a little sooner or later by chance (0.5 to 1.5 times; chance in
// [0, 1)), so that those that failed together don't come back together. Zero: never.
func again(now time.Time, attempt, attempts int, err error, chance float64) time.Time {
	if IsPermanent(err) || attempt >= attempts {
		return time.Time{}
	}
	wait := time.Hour
	if attempt < 10 {
		wait = min(wait, 5*time.Second<<(attempt-1))
	}
	wait = time.Duration(float64(wait) * (.5 + chance))
	return now.Add(max(wait, min(RetryAfter(err), 24*time.Hour)))
}

// IsPermanent says whether trying again can't mend a failure.
func IsPermanent(err error) bool {
	var f interface{ Permanent() bool }
	return errors.As(err, &f) && f.Permanent()
}

// RetryAfter is the time that a failure asks to pass before the next try; 0 when
// it doesn't ask.
func RetryAfter(err error) time.Duration {
	var f interface{ RetryAfter() time.Duration }
	if !errors.As(err, &f) {
		return 0
	}
	return f.RetryAfter()
}
