package job

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// With ENTREGENT_RUNNER set, the test binary is another process of the house: a
// runner on that database, until it is killed.
func TestMain(m *testing.M) {
	if database := os.Getenv("ENTREGENT_RUNNER"); database != "" {
		if err := runner(context.Background(), database); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func runner(ctx context.Context, database string) error {
	s, err := store.Open(ctx, store.Options{Database: database})
	if err != nil {
		return err
	}
	defer s.Close()
	r := Runner{Store: s, Lease: time.Second, Poll: 200 * time.Millisecond, Log: quiet,
		Kinds: of("say", func(ctx context.Context, j Job, tell func(float64, string)) error { return say(ctx, s, j) })}
	return r.Run(ctx)
}

// say is work that shows: a message, and another a little later. Done twice it is
// still those two.
func say(ctx context.Context, s *store.Store, j Job) error {
	for _, part := range []string{"begun", "ended"} {
		m := conversation.Message{ID: conversation.MessageID(j.Key + " " + part), Author: "Ana", Side: conversation.Community,
			Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Text: part}
		if _, err := s.Append(ctx, "jobs", []conversation.Message{m}); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// Two processes on one PostgreSQL share the jobs; one is killed in the middle of
// some, and the other ends them. What they did shows once.
func TestKilledProcessIsTakenOver(t *testing.T) {
	s, address := storetest.Postgres(t)
	const n = 120
	for i := range n {
		enqueue(t, s, Job{Kind: "say", Key: fmt.Sprintf("job %d", i)})
	}
	start := func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "ENTREGENT_RUNNER="+address)
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
		return c
	}
	start()
	killed := start()
	waitFor(t, s, func(done, running int) bool { return done > n/4 && running > 4 }) // each has four hands
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, s, func(done, running int) bool { return done == n })

	jobs, err := Jobs(t.Context(), s, 2*n)
	if err != nil {
		t.Fatal(err)
	}
	over := 0
	for _, j := range jobs {
		if j.Error != "" || j.GivenUp {
			t.Errorf("%+v", j)
		}
		if j.Fence > 1 {
			over++
		}
	}
	if over == 0 || over > 4 {
		t.Errorf("%d jobs were taken over from the dead process, which had at most four", over)
	}
	messages, err := s.Messages(t.Context(), store.Range{Source: "jobs", Limit: 3 * n})
	if err != nil || len(messages) != 2*n {
		t.Errorf("%d messages (%v), want %d", len(messages), err, 2*n)
	}
	for _, m := range messages {
		if m.Version != 1 {
			t.Errorf("%s was changed afterwards", m.ID)
		}
	}
}

func waitFor(t *testing.T, s *store.Store, enough func(done, running int) bool) {
	t.Helper()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		jobs, err := Jobs(t.Context(), s, 1000)
		if err != nil {
			t.Fatal(err)
		}
		done, running := 0, 0
		for _, j := range jobs {
			if !j.Done.IsZero() {
				done++
			} else if !j.Lease.IsZero() {
				running++
			}
		}
		if enough(done, running) {
			return
		}
	}
	t.Fatal("the jobs weren't done within a minute")
}
