package file

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// With ENTREGENT_SENDER set to a database, the test binary is a
// process that sends answers to ENTREGENT_OUTGOING, until it is killed.
func TestMain(m *testing.M) {
	if database := os.Getenv("ENTREGENT_SENDER"); database != "" {
		if err := sendAll(context.Background(), database, os.Getenv("ENTREGENT_OUTGOING")); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func sendAll(ctx context.Context, database, folder string) error {
	s, err := store.Open(ctx, store.Options{Database: database})
	if err != nil {
		return err
	}
	defer s.Close()
	outbox := &source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.File: Sender{folder}}}
	r := job.Runner{Store: s, Lease: 300 * time.Millisecond, Poll: 100 * time.Millisecond, Attempts: 1000,
		Kinds: map[string]job.Kind{inbox.SendJob: {Do: outbox.Send, GiveUp: outbox.GiveUp}}}
	return r.Run(ctx)
}

// Answers are sent once each, however often the process that sends them is
// killed. ENTREGENT_KILLS says how often at least; 3.
func TestKilledWhileSending(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("ENTREGENT_KILLS"))
	if err != nil {
		kills = 3
	}
	for name, open := range map[string]func(testing.TB) (*store.Store, string){"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			s, database := open(t)
			folder := filepath.Join(t.TempDir(), "outgoing")
			replies := map[string]bool{}
			for n := 0; n < kills || len(replies) == 0; n++ {
				for range 25 {
					m := answer(t, s, len(replies))
					replies[source.LocalID(m.ID, m.Source)] = true
				}
				c := process(t, database, folder)
				time.Sleep(time.Duration(100+rand.IntN(400)) * time.Millisecond) // somewhere in the middle
				_ = c.Process.Kill()
				_ = c.Wait()
			}
			last := process(t, database, folder)
			allSent(t, s)
			_ = last.Process.Kill()
			_ = last.Wait()

			lines := map[string]int{}
			f, err := os.Open(filepath.Join(folder, "forum.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for r := bufio.NewScanner(f); r.Scan(); {
				var line Outgoing
				if json.Unmarshal(r.Bytes(), &line) == nil {
					lines[line.ID]++
				}
			}
			for id := range replies {
				if lines[id] != 1 {
					t.Errorf("%s went out %d times", id, lines[id])
				}
			}
			if len(lines) != len(replies) {
				t.Errorf("%d answers were written, %d went out", len(replies), len(lines))
			}
		})
	}
}

func answer(t *testing.T, s *store.Store, i int) store.Message {
	t.Helper()
	if i == 0 {
		if err := source.Save(t.Context(), s, source.Source{Name: "forum", Kind: source.File}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Append(t.Context(), "forum", []conversation.Message{{ID: "1", Author: "Ana", Side: conversation.Community,
			Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Text: "When?"}}); err != nil {
			t.Fatal(err)
		}
	}
	m, err := inbox.SendReply(t.Context(), s, inbox.Reply{Thread: "forum/1", To: "forum/1", Author: "Léo", Text: "Soon.", Key: strconv.Itoa(i)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func process(t *testing.T, database, folder string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "ENTREGENT_SENDER="+database, "ENTREGENT_OUTGOING="+folder)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// allSent waits until no answer is queued.
func allSent(t *testing.T, s *store.Store) {
	t.Helper()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		queued, err := s.Messages(t.Context(), store.Range{Sending: store.Queued, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(queued) == 0 {
			return
		}
	}
	t.Fatal("not all answers were sent within a minute")
}
