package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// TestMain is also a process that can be killed: with ENTREGENT_TEST_HOUSE, a
// database's address, it opens a house there.
func TestMain(m *testing.M) {
	database := os.Getenv("ENTREGENT_TEST_HOUSE")
	if database == "" {
		os.Exit(m.Run())
	}
	h, err := Open(context.Background(), Config{Data: os.TempDir(), Database: database, Listen: "127.0.0.1:0", Level: "warn"},
		Outside{Out: os.Stdout, Lease: 2 * time.Second, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
			Measure: func(context.Context, func(float64)) error { return nil }})
	if err == nil {
		err = h.Run(context.Background())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// another is a house in a process of its own on a shared database.
func another(t *testing.T, database string) (h *home, kill func()) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "ENTREGENT_TEST_HOUSE="+database)
	c.Stderr = testLog{t}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	dead := false
	kill = func() {
		if !dead {
			dead = true
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	}
	t.Cleanup(kill)
	h = &home{House: &House{}, t: t}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "Entregent is open at "); ok {
			h.URL = at
		}
		if strings.Contains(lines.Text(), "/link?token=") {
			h.signIn(lines.Text())
			return h, kill
		}
	}
	t.Fatal("the other house didn't open")
	return nil, nil
}

// long is a conversation of n messages as a file.
func long(n int) string {
	var b strings.Builder
	for c := newCrowd(n, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), 3); c.n < n; {
		m := c.next()
		line, err := json.Marshal(map[string]any{"id": m.ID, "thread": m.Thread, "reply_to": m.ReplyTo, "author": m.Author, "side": m.Side.String(),
			"channel": m.Channel, "time": m.Time, "lang": m.Lang, "text": m.Text})
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

// Two processes share a PostgreSQL. The one that imports is killed in the middle;
// the other takes the import over and ends it; nothing is lost or doubled, and
// what is then measured is, byte for byte, what a house measures that read the
// same file undisturbed.
func TestOneOfTwoIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("two processes and a PostgreSQL")
	}
	const n = 16_000
	address := storetest.Empty(t)
	first, kill := another(t, address)
	id := first.begin("crowd.jsonl", strings.NewReader(long(n)))
	second, _ := another(t, address)
	for {
		j := second.job(id)
		if j.State == "done" {
			t.Fatal("the import was over before anybody could be killed: make it longer")
		}
		if j.Progress > .32 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	kill()
	j := second.wait(id)
	if j.State != "done" || j.Kept.Added+j.Kept.Same != n || j.Kept.Same == 0 {
		t.Fatalf("the other ended it so: %+v", j)
	}
	t.Logf("killed; the other found %d kept and added %d", j.Kept.Same, j.Kept.Added)

	shared, err := store.Open(t.Context(), store.Options{Database: address})
	if err != nil {
		t.Fatal(err)
	}
	defer shared.Close()
	alone := moveIn(t, Config{Data: t.TempDir()}, Outside{Measure: func(context.Context, func(float64)) error { return nil }})
	if j := alone.bring("crowd.jsonl", strings.NewReader(long(n))); j.Kept.Added != n {
		t.Fatalf("undisturbed: %+v", j)
	}
	now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	var reports [2][]byte
	for i, s := range []*store.Store{shared, alone.Store} {
		c, err := s.Counts(t.Context())
		if err != nil || c.Messages != n {
			t.Fatalf("%d messages, %v", c.Messages, err)
		}
		if err := Measure(t.Context(), s, now, func(float64) {}); err != nil {
			t.Fatal(err)
		}
		r, err := measuring.LatestReport(t.Context(), s, measuring.Job)
		if err != nil {
			t.Fatal(err)
		}
		reports[i] = r.Parts["json"]
	}
	if len(reports[0]) < 1000 || !bytes.Equal(reports[0], reports[1]) {
		t.Errorf("the measures differ: %d and %d bytes", len(reports[0]), len(reports[1]))
	}
}
