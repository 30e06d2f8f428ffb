package job

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
)

// Job is work to be done, once, by whichever process takes it.
type Job struct {
	ID       int64
	Kind     string
	Key      string // at most one job of a kind and key waits
	Payload  []byte // JSON
	Attempt  int    // 1 for the first
	Progress float64
	Detail   string // what it says of itself
	Run      time.Time
	Lease    time.Time // until when it is somebody's
	Fence    int64     // rises with each taking: an old holder's writes are refused
	Done     time.Time
	Error    string
	GivenUp  bool
}

// A job waits, runs, and is done. While it runs it is its holder's until the
// lease ends; then whoever comes first may take it again, and the number of its
// fence rises, so that the old holder's Keep and Finish come to nothing. Of one
// kind and key at most one waits and at most one runs.
//
// Leases are told by the clocks of the processes that share a database: they have
// to agree to within a small part of a lease.

// personal are the kinds whose payload and key name a person: both go when such a
// job ends.
var personal = []string{"object"}

const jobColumns = `id, kind, key, payload, attempt, progress, detail, run, CASE WHEN state = 'running' THEN due ELSE 0 END, fence, done, error, given_up`

// Enqueue adds a job; a zero Run is now. While one with the same kind and key (not
// "") waits, that one gets the new payload instead and the earlier of the two
// times, unless it is being tried again: then it keeps its time.
func Enqueue(ctx context.Context, s *store.Store, j Job) (id int64, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		id, err = EnqueueIn(t, j)
		return err
	})
	return id, store.Wrap(err, "adding a job (%s)", j.Kind)
}

// EnqueueIn adds a job in a transaction; see Enqueue.
func EnqueueIn(t *store.Tx, j Job) (id int64, err error) {
	run := store.Micro(j.Run)
	if run == 0 {
		run = t.Now()
	}
	if j.Payload == nil {
		j.Payload = []byte("{}")
	}
	t.Notify()
	err = t.QueryRow(`INSERT INTO jobs (kind, key, payload, detail, run, due) VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (kind, key) WHERE state = 'waiting' AND key <> '' DO UPDATE SET payload = excluded.payload,
			run = CASE WHEN jobs.attempt > 0 OR jobs.run < excluded.run THEN jobs.run ELSE excluded.run END,
			due = CASE WHEN jobs.attempt > 0 OR jobs.due < excluded.due THEN jobs.due ELSE excluded.due END
		RETURNING id`, j.Kind, store.Clean(j.Key), j.Payload, store.Clean(j.Detail), run).Scan(&id)
	return id, err
}

// Take leases up to n jobs of some kinds that are due, for so long, the ones due
// first before the others; Attempt and Fence of each are one more than before.
func Take(ctx context.Context, s *store.Store, kinds []string, holder string, n int, lease time.Duration) (taken []Job, err error) {
	if len(kinds) == 0 || n < 1 {
		return nil, nil
	}
	args := []any{store.Micro(time.Now()), n}
	for _, kind := range kinds {
		args = append(args, kind)
	}
	due := `FROM jobs j WHERE state <> 'done' AND due <= $1 AND kind IN (` + store.Placeholders(1, len(args))[len("($1,$2,"):] + `
		AND ` + alone
	var some int64 // a look first: it costs no write when nothing is due, which is nearly always
	if err := s.Read(ctx).QueryRow(`SELECT id `+due+` LIMIT $2`, args...).Scan(&some); errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	due += ` ORDER BY due, id LIMIT $2`
	if s.Postgres() { // two that take at once pass each other by
		due += ` FOR UPDATE SKIP LOCKED`
	}
	query := fmt.Sprintf(`UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1, holder = $%d, due = $%d
		WHERE id IN (SELECT id `+due+`) RETURNING `+jobColumns, len(args)+1, len(args)+2)
	err = s.Change(ctx, func(t *store.Tx) error {
		args[0] = t.Now()
		taken, err = store.All(t, scanJob, query, append(args, holder, t.Now()+lease.Microseconds())...)
		return err
	})
	slices.SortFunc(taken, func(a, b Job) int { return cmp.Or(a.Run.Compare(b.Run), cmp.Compare(a.ID, b.ID)) })
	return taken, store.Wrap(err, "taking jobs")
}

// alone is true of a job j unless it waits for another of its kind and key.
const alone = `(state = 'running' OR key = '' OR NOT EXISTS
	(SELECT 1 FROM jobs r WHERE r.kind = j.kind AND r.key = j.key AND r.key <> '' AND r.state = 'running'))`

// Keep lengthens the lease of a job that was taken, and tells how far it is
// (Progress, Detail). ErrConflict when it is somebody else's now.
func Keep(ctx context.Context, s *store.Store, j Job, lease time.Duration) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		return held(t, `UPDATE jobs SET due = $3, progress = $4, detail = $5`+mine,
			j.ID, j.Fence, t.Now()+lease.Microseconds(), j.Progress, store.Clean(j.Detail))
	}), "keeping the job %d (%s)", j.ID, j.Kind)
}

// Finish ends a job that was taken: well without a failure; else it is tried
// again at a time, or, if that is zero, given up. A job to be tried again whose
// place another of its kind and key has taken meanwhile is left to that one.
// ErrConflict when it is somebody else's now, or not there any more.
func Finish(ctx context.Context, s *store.Store, j Job, failure error, again time.Time) error {
	return hand(ctx, s, j, func(t *store.Tx) error {
		if slices.Contains(personal, j.Kind) && (failure == nil || again.IsZero()) {
			if _, err := t.ExecCount(`UPDATE jobs SET payload = $2, key = '' WHERE id = $1`, j.ID, []byte("{}")); err != nil {
				return err
			}
		}
		switch {
		case failure == nil:
			return held(t, `UPDATE jobs SET state = 'done', done = $3, progress = 1, detail = $4, error = ''`+mine,
				j.ID, j.Fence, t.Now(), store.Clean(j.Detail))
		case again.IsZero():
			return held(t, `UPDATE jobs SET state = 'done', done = $3, detail = $4, error = $5, given_up = 1`+mine,
				j.ID, j.Fence, t.Now(), store.Clean(j.Detail), store.Clean(failure.Error()))
		}
		return back(t, j, again, j.Attempt, failure.Error())
	})
}

// PutBack gives a job that was taken to whoever comes next, as if it hadn't been
// tried: for a process that stops before the job is done.
func PutBack(ctx context.Context, s *store.Store, j Job) error {
	return hand(ctx, s, j, func(t *store.Tx) error { return back(t, j, store.Time(t.Now()), j.Attempt-1, j.Error) })
}

// hand is the end of having a job. Another one may take the place it goes back to
// at the same moment; then it is tried once more and finds that.
func hand(ctx context.Context, s *store.Store, j Job, do func(*store.Tx) error) error {
	err := s.Change(ctx, do)
	if account.IsDuplicate(err) {
		err = s.Change(ctx, do)
	}
	return store.Wrap(err, "finishing the job %d (%s)", j.ID, j.Kind)
}

const mine = ` WHERE id = $1 AND fence = $2 AND state = 'running'`

// back has a job wait again, or ends it where another of its kind and key waits.
func back(t *store.Tx, j Job, due time.Time, attempt int, cause string) error {
	state, done := "waiting", int64(0)
	var other int64
	err := t.QueryRow(`SELECT id FROM jobs WHERE kind = $1 AND key = $2 AND key <> '' AND state = 'waiting'`, j.Kind, j.Key).Scan(&other)
	if err == nil {
		state, done = "done", t.Now()
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	t.Notify()
	return held(t, `UPDATE jobs SET state = $3, done = $4, run = $5, due = $5, attempt = $6, detail = $7, error = $8, progress = $9`+mine,
		j.ID, j.Fence, state, done, store.Micro(due), attempt, store.Clean(j.Detail), store.Clean(cause), j.Progress)
}

// held runs a statement on a job that has to be still the holder's.
func held(t *store.Tx, query string, args ...any) error {
	n, err := t.ExecCount(query, args...)
	if err == nil && n == 0 {
		err = store.ErrConflict
	}
	return err
}

// NextJob is when the next job of some kinds can be taken, as far as is known now:
// zero when there is none. A job that waits for another of its kind and key isn't
// counted, since nobody knows when that one ends; one that runs is, by its lease.
func NextJob(ctx context.Context, s *store.Store, kinds []string) (time.Time, error) {
	if len(kinds) == 0 {
		return time.Time{}, nil
	}
	var args []any
	for _, kind := range kinds {
		args = append(args, kind)
	}
	var due sql.NullInt64
	err := s.Read(ctx).QueryRow(`SELECT MIN(due) FROM jobs j WHERE state <> 'done' AND kind IN `+store.Placeholders(1, len(args))+` AND `+alone, args...).Scan(&due)
	return store.Time(due.Int64), store.Wrap(err, "reading when the next job is due")
}

// Jobs gives jobs, the newest first, done ones included, at most limit (0: 100).
func Jobs(ctx context.Context, s *store.Store, limit int) ([]Job, error) {
	list, err := store.All(s.Read(ctx), scanJob, `SELECT `+jobColumns+` FROM jobs ORDER BY id DESC LIMIT $1`, cmp.Or(limit, 100))
	return list, store.Wrap(err, "reading jobs")
}

// WaitingJobs gives the jobs of a kind that nobody has begun, the first due first.
func WaitingJobs(ctx context.Context, s *store.Store, kind string) ([]Job, error) {
	list, err := store.All(s.Read(ctx), scanJob, `SELECT `+jobColumns+` FROM jobs WHERE kind = $1 AND state = 'waiting' ORDER BY run, id`, kind)
	return list, store.Wrap(err, "reading jobs of the kind %s", kind)
}

// JobByID gives one.
func JobByID(ctx context.Context, s *store.Store, id int64) (Job, error) {
	j, err := scanJob(s.Read(ctx).QueryRow(`SELECT `+jobColumns+` FROM jobs WHERE id = $1`, id))
	return j, store.Wrap(err, "reading the job %d", id)
}

func scanJob(row store.Scanner) (j Job, err error) {
	var run, lease, done, given int64
	err = row.Scan(&j.ID, &j.Kind, &j.Key, &j.Payload, &j.Attempt, &j.Progress, &j.Detail, &run, &lease, &j.Fence, &done, &j.Error, &given)
	j.Run, j.Lease, j.Done, j.GivenUp = store.Time(run), store.Time(lease), store.Time(done), given != 0
	return j, err
}

// Lead makes holder the only one to do something, for so long; again for as long
// when it is so already. False when another is. Whoever leads next starts a new
// term: leads.fence counts them.
func Lead(ctx context.Context, s *store.Store, name, holder string, lease time.Duration) (leads bool, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		n, err := t.ExecCount(`INSERT INTO leads (name, holder, lease, fence) VALUES ($1, $2, $3, 1)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease = excluded.lease,
				fence = CASE WHEN leads.holder = excluded.holder THEN leads.fence ELSE leads.fence + 1 END
			WHERE leads.lease <= $4 OR leads.holder = excluded.holder`, name, holder, t.Now()+lease.Microseconds(), t.Now())
		leads = n > 0
		return err
	})
	return leads, store.Wrap(err, "leading %s", name)
}

// TidyJobs deletes the jobs done before a time (µs), and the terms of leading that
// ended before it.
func TidyJobs(t *store.Tx, before int64) error {
	if err := t.Exec(`DELETE FROM jobs WHERE state = 'done' AND done < $1`, before); err != nil {
		return err
	}
	return t.Exec(`DELETE FROM leads WHERE lease < $1`, before)
}

// The states of a job.
const (
	Waits    = "waiting"
	Runs     = "running"
	TryAgain = "again"
	Ended    = "done"
	Stopped  = "stopped"
)

// State says in a word how a job stands.
func (j Job) State() string {
	switch {
	case j.GivenUp:
		return Stopped
	case !j.Done.IsZero():
		return Ended
	case !j.Lease.IsZero():
		return Runs
	case j.Error != "":
		return TryAgain
	}
	return Waits
}

// lookedThrough is how many of the latest jobs ByKey looks through.
const lookedThrough = 200

// ByKey finds one of the latest jobs of a kind and key that wasn't given up; the zero
// Job when there is none.
func ByKey(ctx context.Context, s *store.Store, kind, key string) (Job, error) {
	jobs, err := Jobs(ctx, s, lookedThrough)
	for _, j := range jobs {
		if j.Kind == kind && j.Key == key && !j.GivenUp {
			return j, err
		}
	}
	return Job{}, err
}
