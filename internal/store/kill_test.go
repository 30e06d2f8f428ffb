package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// TestMain is also the victim: with ENTREGENT_VICTIM, a database and a seed, the
// process works on that database, telling each thing as it is acknowledged, until
// it is killed.
func TestMain(m *testing.M) {
	if victim := os.Getenv("ENTREGENT_VICTIM"); victim != "" {
		database, seed, _ := strings.Cut(victim, " ")
		fmt.Println("failed", work(context.Background(), database, seed))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// work imports, edits, deletes, answers and merges for ever, each after the
// opening of a database that may have to be migrated first.
func work(ctx context.Context, database, seed string) error {
	fmt.Println("open")
	s, err := store.Open(ctx, store.Options{Database: database})
	if err != nil {
		return err
	}
	fmt.Println("opened")
	n, _ := strconv.Atoi(seed)
	r := rand.New(rand.NewPCG(uint64(n), 4))
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s-%d", seed, i)
		list := batchOf(name, 1+r.IntN(1500))
		if err := acknowledge("import "+name+" "+strconv.Itoa(len(list)), func() error { return keepAll(ctx, s, list) }); err != nil {
			return err
		}
		list[0].Text = "edited"
		if err := acknowledge("edit forum/"+string(list[0].ID), func() error { return keepAll(ctx, s, list[:1]) }); err != nil {
			return err
		}
		gone := list[len(list)-1:]
		gone[0].Deleted = at
		if err := acknowledge("delete forum/"+string(gone[0].ID), func() error { return keepAll(ctx, s, gone) }); err != nil {
			return err
		}
		if err := acknowledge("reply "+name, func() error { return answer(ctx, s, name) }); err != nil {
			return err
		}
		if err := acknowledge("merge "+name, func() error {
			_, err := people.MergePeople(ctx, s, conversation.PersonID(name+"-p1"), conversation.PersonID(name+"-p0"), name)
			return err
		}); err != nil && len(list) > 1 {
			return err
		}
	}
}

func acknowledge(what string, do func() error) error {
	fmt.Println("try", what)
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	fmt.Println("done", what)
	return nil
}

func batchOf(name string, n int) []conversation.Message {
	list := make([]conversation.Message, n)
	for i := range list {
		list[i] = conversation.Message{
			ID: conversation.MessageID(fmt.Sprintf("%s-%d", name, i)), Thread: conversation.ThreadID(name),
			Author: conversation.PersonID(fmt.Sprintf("%s-p%d", name, i%3)), Side: conversation.Community,
			Time: at.Add(time.Duration(i) * time.Second), Text: "words of " + name + strings.Repeat(" and more", i%40),
		}
	}
	return list
}

func keepAll(ctx context.Context, s *store.Store, list []conversation.Message) error {
	outcomes, err := s.Append(ctx, "forum", list)
	for _, o := range outcomes {
		if o.Fate == store.Refused {
			return fmt.Errorf("%s is refused: %s", o.ID, o.Why)
		}
	}
	return err
}

func answer(ctx context.Context, s *store.Store, name string) error {
	_, err := inbox.SendReply(ctx, s, inbox.Reply{Thread: conversation.ThreadID("forum/" + name), To: conversation.MessageID("forum/" + name + "-0"), Author: "us", Text: "thanks", Key: name})
	return err
}

// TestKill kills a process that works, with -9, again and again, and looks
// whether all that it was told to be done is there, once. ENTREGENT_KILLS says how
// many times; `make kill` has many.
func TestKill(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		killOften(t, 6, "ENTREGENT_KILLS", func() string { return t.TempDir() })
	})
	t.Run("postgres", func(t *testing.T) {
		killOften(t, 3, "ENTREGENT_KILLS_POSTGRES", func() string { return storetest.Empty(t) })
	})
}

func killOften(t *testing.T, times int, often string, where func() string) {
	if n, err := strconv.Atoi(os.Getenv(often)); err == nil {
		times = n
	}
	sum, database := map[string]int{}, ""
	for round := range times {
		if round%10 == 0 { // what grows too large takes long to look through
			database = where()
			old(t, database)
		}
		tried, done := killed(t, database, round)
		s := ok(store.Open(t.Context(), store.Options{Database: database}))(t)
		check(t, s, tried, done, sum)
		sound(t, s)
		no(t, s.Close())
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("killed %d times; acknowledged and found: %v", times, sum)
}

// old leaves a database of an older version with a message in it.
func old(t *testing.T, database string) {
	no(t, store.MakeOld(t.Context(), database, 1))
	statements := []string{
		`INSERT INTO messages SELECT 1, 'forum/old', 'forum', 'forum/old', named, '', 0, 1, '', '', 1, day, 0, '', 'old', bot, private, 0, 0, '', '', 0, 1, '', 1, 0
			FROM (SELECT 1 < 0 AS named, 1 < 0 AS day, 1 < 0 AS bot, 1 < 0 AS private) AS no`,
		`UPDATE accounts SET messages = 1, first = 1, last = 1 WHERE n = 0`,
		`INSERT INTO counters VALUES ('seq', 1), ('messages', 1), ('threads', 1), ('change', 1)`,
		`INSERT INTO changes VALUES (1, 1, 1, 'message', '', 1)`,
	}
	if !strings.HasPrefix(database, "postgres") {
		statements = append(statements, `INSERT INTO words (words) VALUES ('rebuild')`)
	}
	no(t, store.ExecOld(t.Context(), database, statements...))
}

// killed lets a victim work for a while, kills it, and gives what it tried and
// what of that was acknowledged.
func killed(t *testing.T, database string, round int) (tried, done []string) {
	r := rand.New(rand.NewPCG(uint64(round), 5))
	slow, opening := 1, r.IntN(4) == 0
	if strings.HasPrefix(database, "postgres") {
		slow = 4
	}
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), fmt.Sprintf("ENTREGENT_VICTIM=%s %d", database, round))
	victim.Stderr = os.Stderr
	out := ok(victim.StdoutPipe())(t)
	no(t, victim.Start())
	kill := func(after time.Duration) { time.AfterFunc(after, func() { _ = victim.Process.Kill() }) }
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		what, rest, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "open":
			if opening { // and migrating, if it is the first time
				kill(time.Duration(r.IntN(40)*slow) * time.Millisecond)
			}
		case "opened":
			if !opening {
				kill(time.Duration(r.IntN(300)*slow) * time.Millisecond)
			}
		case "try":
			tried = append(tried, rest)
		case "done":
			done = append(done, rest)
		case "failed":
			t.Error(rest)
		}
	}
	if err := victim.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("the victim ended by itself: %v", err)
	}
	return tried, done
}

// check looks for everything that was acknowledged, then does the last thing tried
// again, as whoever wasn't answered does, and wants it there once.
func check(t *testing.T, s *store.Store, tried, done []string, sum map[string]int) {
	if m := ok(s.Message(t.Context(), "forum/old"))(t); m.Text != "old" {
		t.Errorf("%+v", m)
	}
	for _, what := range done {
		sum[strings.Fields(what)[0]]++
		there(t, s, strings.Fields(what), sum)
	}
	if len(tried) > len(done) {
		what := strings.Fields(tried[len(tried)-1])
		switch what[0] {
		case "import":
			n, _ := strconv.Atoi(what[2])
			no(t, keepAll(t.Context(), s, batchOf(what[1], n)))
			there(t, s, what, map[string]int{})
		case "reply":
			no(t, answer(t.Context(), s, what[1]))
			there(t, s, what, map[string]int{})
		}
	}
}

// there sees that a thing acknowledged is there once.
func there(t *testing.T, s *store.Store, what []string, sum map[string]int) {
	t.Helper()
	switch what[0] {
	case "import":
		n, _ := strconv.Atoi(what[2])
		list := ok(s.Messages(t.Context(), store.Range{Thread: conversation.ThreadID("forum/" + what[1]), Limit: 9999}))(t)
		replies := 0
		for _, m := range list {
			if m.Author == "us" || m.Account == "us" {
				replies++
			}
		}
		sum["messages"] += n
		if len(list)-replies != n || replies > 1 {
			t.Errorf("of %d messages, %d are there, and %d replies", n, len(list)-replies, replies)
		}
	case "edit":
		if m := ok(s.Message(t.Context(), conversation.MessageID(what[1])))(t); m.Text != "edited" && m.Deleted.IsZero() {
			t.Errorf("%s isn't edited", what[1])
		}
	case "delete":
		if m := ok(s.Message(t.Context(), conversation.MessageID(what[1])))(t); m.Text != "" || m.Deleted.IsZero() {
			t.Errorf("%s isn't deleted", what[1])
		}
	case "reply":
		list := ok(s.Messages(t.Context(), store.Range{Thread: conversation.ThreadID("forum/" + what[1]), Account: "us"}))(t)
		if len(list) != 1 || list[0].Sending != store.Queued {
			t.Errorf("there are %d replies to %s", len(list), what[1])
		}
	case "merge":
		if p := ok(people.PersonOf(t.Context(), s, conversation.PersonID(what[1]+"-p0")))(t); len(p.Accounts) != 2 {
			t.Errorf("%s isn't merged: %+v", what[1], p)
		}
	}
}
