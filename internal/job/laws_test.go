package job_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of work to be done holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "a job is taken by one, whoever tries at once", Hold: takenOnce},
		{Words: "of a kind and key one job waits, with the newest payload", Hold: mergedJobs},
		{Words: "of a kind and key one job runs; the next waits for it", Hold: oneRuns},
		{Words: "a lease that ended is taken over, and the old holder's writes are refused", Hold: takenOver},
		{Words: "a job that failed waits for its time, then is given up", Hold: triedAgain},
		{Words: "a job tried again keeps its time when it is asked for once more", Hold: patient},
		{Words: "a job that failed leaves its place to the one that waits", Hold: leftPlace},
		{Words: "a job put back waits as if it hadn't been tried", Hold: putBack},
		{Words: "jobs that are due first are taken first, and none before its time", Hold: inOrder},
		{Words: "adding a job wakes whoever takes them", Hold: woken},
		{Words: "one leads at a time, until the lease ends", Hold: oneLeads},
	})
}

func enqueue(t *testing.T, s *store.Store, j job.Job) int64 {
	t.Helper()
	return storetest.OK(job.Enqueue(t.Context(), s, j))(t)
}

func take(t *testing.T, s *store.Store, kind string, n int, lease time.Duration) []job.Job {
	t.Helper()
	return storetest.OK(job.Take(t.Context(), s, []string{"other", kind}, "me", n, lease))(t)
}

func takenOnce(t *testing.T, s *store.Store) {
	const n = 60
	for range n {
		enqueue(t, s, job.Job{Kind: "once", Payload: []byte(`{"a":1}`)})
	}
	var mu sync.Mutex
	seen := map[int64]int{}
	storetest.AtOnce(6, func(int) {
		for {
			jobs, err := job.Take(t.Context(), s, []string{"once"}, "me", 4, time.Minute)
			if err != nil {
				t.Error(err)
			}
			if len(jobs) == 0 {
				break
			}
			mu.Lock()
			for _, j := range jobs {
				seen[j.ID]++
				if j.Attempt != 1 || j.Fence != 1 || string(j.Payload) != `{"a":1}` || j.Lease.IsZero() {
					t.Errorf("taken as %+v", j)
				}
			}
			mu.Unlock()
		}
	})
	// Whoever found all that was left locked by another came away with nothing.
	for _, j := range take(t, s, "once", n, time.Minute) {
		seen[j.ID]++
	}
	if len(seen) != n {
		t.Errorf("%d of %d jobs were taken", len(seen), n)
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("job %d was taken %d times", id, times)
		}
	}
}

func mergedJobs(t *testing.T, s *store.Store) {
	later := time.Now().Add(time.Hour)
	id := enqueue(t, s, job.Job{Kind: "merged", Key: "k", Payload: []byte(`1`), Run: later})
	storetest.Same(t, "its id", enqueue(t, s, job.Job{Kind: "merged", Key: "k", Payload: []byte(`2`)}), id)
	storetest.Same(t, "its id", enqueue(t, s, job.Job{Kind: "merged", Key: "k", Payload: []byte(`3`), Run: later}), id)
	if other := enqueue(t, s, job.Job{Kind: "merged", Key: "other", Run: later}); other == id {
		t.Error("another key is another job")
	}
	jobs := take(t, s, "merged", 10, time.Minute)
	if len(jobs) != 1 || jobs[0].ID != id || string(jobs[0].Payload) != `3` {
		t.Errorf("due: %+v", jobs)
	}
}

func oneRuns(t *testing.T, s *store.Store) {
	enqueue(t, s, job.Job{Kind: "runs", Key: "k"})
	first := take(t, s, "runs", 5, time.Minute)[0]
	next := enqueue(t, s, job.Job{Kind: "runs", Key: "k"})
	if next == first.ID {
		t.Fatal("a job that runs doesn't wait any more: what comes now is another")
	}
	if jobs := take(t, s, "runs", 5, time.Minute); len(jobs) != 0 {
		t.Errorf("taken beside it: %+v", jobs)
	}
	if at := storetest.OK(job.NextJob(t.Context(), s, []string{"runs"}))(t); !at.Equal(first.Lease) {
		t.Errorf("the next is due %s; none is before the lease ends, %s", at, first.Lease)
	}
	storetest.No(t, job.Finish(t.Context(), s, first, nil, time.Time{}))
	if jobs := take(t, s, "runs", 5, time.Minute); len(jobs) != 1 || jobs[0].ID != next {
		t.Errorf("taken after it: %+v", jobs)
	}
}

func takenOver(t *testing.T, s *store.Store) {
	id := enqueue(t, s, job.Job{Kind: "over", Key: "k"})
	old := take(t, s, "over", 1, -time.Second)[0]
	now := take(t, s, "over", 1, time.Minute)
	if len(now) != 1 || now[0].ID != id || now[0].Fence <= old.Fence || now[0].Attempt != 2 {
		t.Fatalf("taken over: %+v, before it %+v", now, old)
	}
	for _, err := range []error{job.Keep(t.Context(), s, old, time.Minute), job.Finish(t.Context(), s, old, nil, time.Time{}), job.Finish(t.Context(), s, old, errors.New("x"), time.Now())} {
		if !errors.Is(err, store.ErrConflict) {
			t.Errorf("the old holder: %v", err)
		}
	}
	mine := now[0]
	mine.Progress, mine.Detail = .5, "half"
	storetest.No(t, job.Keep(t.Context(), s, mine, time.Hour))
	if j := storetest.OK(job.JobByID(t.Context(), s, id))(t); j.Progress != .5 || j.Detail != "half" || time.Until(j.Lease) < 50*time.Minute {
		t.Errorf("kept as %+v", j)
	}
	storetest.No(t, job.Finish(t.Context(), s, mine, nil, time.Time{}))
	if err := job.Finish(t.Context(), s, mine, nil, time.Time{}); !errors.Is(err, store.ErrConflict) {
		t.Errorf("finished twice: %v", err)
	}
	if j := storetest.OK(job.JobByID(t.Context(), s, id))(t); j.Done.IsZero() || j.Error != "" || j.GivenUp || j.Progress != 1 {
		t.Errorf("done: %+v", j)
	}
}

func triedAgain(t *testing.T, s *store.Store) {
	id := enqueue(t, s, job.Job{Kind: "again", Key: "k"})
	j := take(t, s, "again", 1, time.Minute)[0]
	again := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
	storetest.No(t, job.Finish(t.Context(), s, j, errors.New("no\x00 line"), again))
	if jobs := take(t, s, "again", 1, time.Minute); len(jobs) != 0 {
		t.Errorf("taken before its time: %+v", jobs)
	}
	if next := storetest.OK(job.NextJob(t.Context(), s, []string{"again"}))(t); !next.Equal(again) {
		t.Errorf("the next is due %s, want %s", next, again)
	}
	if j := storetest.OK(job.JobByID(t.Context(), s, id))(t); j.Error != "no\uFFFD line" || !j.Run.Equal(again) || !j.Done.IsZero() || !j.Lease.IsZero() {
		t.Errorf("waits as %+v", j)
	}
	id = enqueue(t, s, job.Job{Kind: "given up", Key: "k"})
	j = take(t, s, "given up", 1, time.Minute)[0]
	storetest.No(t, job.Finish(t.Context(), s, j, errors.New("no line"), time.Time{}))
	if j := storetest.OK(job.JobByID(t.Context(), s, id))(t); !j.GivenUp || j.Done.IsZero() || j.Error != "no line" {
		t.Errorf("given up as %+v", j)
	}
	if next := storetest.OK(job.NextJob(t.Context(), s, []string{"given up"}))(t); !next.IsZero() {
		t.Errorf("a job that was given up is due %s", next)
	}
}

func patient(t *testing.T, s *store.Store) {
	id := enqueue(t, s, job.Job{Kind: "patient", Key: "k"})
	storetest.No(t, job.Finish(t.Context(), s, take(t, s, "patient", 1, time.Minute)[0], errors.New("x"), time.Now().Add(time.Hour)))
	storetest.Same(t, "its id", enqueue(t, s, job.Job{Kind: "patient", Key: "k"}), id)
	if jobs := take(t, s, "patient", 1, time.Minute); len(jobs) != 0 {
		t.Errorf("taken before its time: %+v", jobs)
	}
}

func leftPlace(t *testing.T, s *store.Store) {
	old := enqueue(t, s, job.Job{Kind: "place", Key: "k", Payload: []byte(`1`)})
	j := take(t, s, "place", 1, time.Minute)[0]
	next := enqueue(t, s, job.Job{Kind: "place", Key: "k", Payload: []byte(`2`)})
	storetest.No(t, job.Finish(t.Context(), s, j, errors.New("x"), time.Now()))
	jobs := take(t, s, "place", 5, time.Minute)
	if len(jobs) != 1 || jobs[0].ID != next {
		t.Errorf("taken: %+v", jobs)
	}
	if j := storetest.OK(job.JobByID(t.Context(), s, old))(t); j.Done.IsZero() || j.Error != "x" || j.GivenUp {
		t.Errorf("the one that failed: %+v", j)
	}
}

func putBack(t *testing.T, s *store.Store) {
	id := enqueue(t, s, job.Job{Kind: "back"})
	j := take(t, s, "back", 1, time.Minute)[0]
	j.Progress, j.Detail = .25, "a quarter"
	storetest.No(t, job.PutBack(t.Context(), s, j))
	if err := job.PutBack(t.Context(), s, j); !errors.Is(err, store.ErrConflict) {
		t.Errorf("put back twice: %v", err)
	}
	now := take(t, s, "back", 1, time.Minute)
	if len(now) != 1 || now[0].ID != id || now[0].Attempt != 1 || now[0].Progress != .25 || now[0].Detail != "a quarter" {
		t.Errorf("taken again: %+v", now)
	}
}

func inOrder(t *testing.T, s *store.Store) {
	now := time.Now()
	var ids []int64
	for _, minutes := range []int{-1, -3, 60, -2} {
		ids = append(ids, enqueue(t, s, job.Job{Kind: "order", Run: now.Add(time.Duration(minutes) * time.Minute)}))
	}
	var got []int64
	for _, j := range take(t, s, "order", 2, time.Minute) {
		got = append(got, j.ID)
	}
	storetest.Same(t, "the first two", got, []int64{ids[1], ids[3]})
	if rest := take(t, s, "order", 9, time.Minute); len(rest) != 1 || rest[0].ID != ids[0] {
		t.Errorf("then: %+v", rest)
	}
	if none := storetest.OK(job.Take(t.Context(), s, nil, "me", 9, time.Minute))(t); none != nil {
		t.Errorf("of no kind: %+v", none)
	}
}

func woken(t *testing.T, s *store.Store) {
	wake, stop := s.Woken()
	defer stop()
	enqueue(t, s, job.Job{Kind: "wake"})
	select {
	case <-wake:
	case <-time.After(10 * time.Second):
		t.Error("nobody was woken within ten seconds")
	}
}

func oneLeads(t *testing.T, s *store.Store) {
	var mu sync.Mutex
	var leader []string
	storetest.AtOnce(6, func(i int) {
		holder := string(rune('a' + i))
		leads, err := job.Lead(t.Context(), s, "follow", holder, time.Hour)
		if err != nil {
			t.Error(err)
		}
		if leads {
			mu.Lock()
			leader = append(leader, holder)
			mu.Unlock()
		}
	})
	if len(leader) != 1 {
		t.Fatalf("%v lead at once", leader)
	}
	if !storetest.OK(job.Lead(t.Context(), s, "follow", leader[0], -time.Second))(t) {
		t.Error("the leader can't go on leading")
	}
	if !storetest.OK(job.Lead(t.Context(), s, "follow", "next", time.Hour))(t) || storetest.OK(job.Lead(t.Context(), s, "follow", leader[0], time.Hour))(t) {
		t.Error("once the lease ended, the next one leads and the old one doesn't")
	}
}
