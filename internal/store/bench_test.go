package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// crowd makes messages of a forum: 50,000 people, of whom few write much, threads
// of about eight messages, texts of about forty words.
type crowd struct {
	random *rand.Rand
	people *rand.Zipf
	made   int
	words  []string
}

func newCrowd() *crowd {
	r := rand.New(rand.NewPCG(1, 2))
	c := &crowd{random: r, people: rand.NewZipf(r, 1.2, 20, 50_000)}
	for i := range 5000 {
		c.words = append(c.words, "w"+strconv.FormatInt(int64(i*7919), 36))
	}
	return c
}

func (c *crowd) messages(n int) []conversation.Message {
	list := make([]conversation.Message, n)
	for i := range list {
		c.made++
		said := make([]string, 10+c.random.IntN(60))
		for j := range said {
			said[j] = c.words[int(c.random.ExpFloat64()*300)%len(c.words)]
		}
		thread := c.made / 8
		if c.random.IntN(4) == 0 {
			thread = c.random.IntN(c.made/8 + 1)
		}
		list[i] = conversation.Message{
			ID: conversation.MessageID(strconv.Itoa(c.made)), Thread: conversation.ThreadID(fmt.Sprintf("t%d", thread)),
			Author: conversation.PersonID(fmt.Sprintf("person%d", c.people.Uint64())), Side: conversation.Community, Channel: "forum",
			Time: time.Date(2020, 1, 1, 0, 0, c.made*30, 0, time.UTC), Lang: "en", Text: strings.Join(said, " "),
		}
	}
	return list
}

// BenchmarkAppend keeps batches of a thousand messages; ENTREGENT_MANY says how
// many there are already (0).
func BenchmarkAppend(b *testing.B) {
	for engine, open := range map[string]func(testing.TB) (*store.Store, string){"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			s, _ := open(b)
			c := newCrowd()
			many, _ := strconv.Atoi(os.Getenv("ENTREGENT_MANY"))
			for c.made < many {
				keep(b, s, c.messages(1000))
			}
			b.ResetTimer()
			n := 0
			for b.Loop() {
				b.StopTimer()
				list := c.messages(1000)
				b.StartTimer()
				keep(b, s, list)
				n += len(list)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}

func keep(t testing.TB, s *store.Store, list []conversation.Message) {
	t.Helper()
	if _, err := s.Append(t.Context(), "forum", list); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkAsk times what pages ask of a house of ENTREGENT_MANY messages (20,000),
// and reading all of it into a log and into a backup.
func BenchmarkAsk(b *testing.B) {
	full(b, func(b *testing.B, s *store.Store, n int) {
		for what, ask := range map[string]func() error{
			"search-rare":   func() error { return second(s.Messages(b.Context(), store.Range{Text: "w1abc9 w5x", Limit: 50})) },
			"search-common": func() error { return second(s.Messages(b.Context(), store.Range{Text: "w0 w6", Limit: 50})) },
			"counts":        func() error { return second(s.Counts(b.Context())) },
			"people":        func() error { return second(people.People(b.Context(), s, "", 50, 0)) },
			"find-people":   func() error { return second(people.People(b.Context(), s, "son12", 50, 0)) },
			"person":        func() error { return second(people.PersonOf(b.Context(), s, "person3")) },
			"thread":        func() error { return second(s.Thread(b.Context(), "forum/t7")) },
			"author":        func() error { return second(s.Messages(b.Context(), store.Range{Author: "person3", Limit: 50})) },
			"changes":       func() error { return second(s.Changes(b.Context(), int64(n)-100, 100)) },
			"log": func() error {
				log := conversation.NewLog(nil)
				return second(s.Log(b.Context(), log))
			},
			"backup": func() error {
				path := filepath.Join(b.TempDir(), "backup")
				return errors.Join(s.Backup(b.Context(), path), os.Remove(path))
			},
			"suggestions": func() error { return second(people.Suggestions(b.Context(), s, 50)) },
		} {
			b.Run(what, func(b *testing.B) {
				for b.Loop() {
					if err := ask(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func second[T any](_ T, err error) error { return err }

// full fills both engines.
func full(b *testing.B, do func(b *testing.B, s *store.Store, n int)) {
	many := 20_000
	if n, err := strconv.Atoi(os.Getenv("ENTREGENT_MANY")); err == nil {
		many = n
	}
	for engine, open := range map[string]func(testing.TB) (*store.Store, string){"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			s, folder := open(b)
			start := time.Now()
			for c := newCrowd(); c.made < many; {
				keep(b, s, c.messages(1000))
			}
			b.Logf("%d messages kept, with their making, in %v", many, time.Since(start).Round(time.Millisecond))
			if files, err := os.ReadDir(folder); err == nil {
				for _, f := range files {
					if info, err := f.Info(); err == nil {
						b.Logf("%s: %d bytes, %d a message", f.Name(), info.Size(), info.Size()/int64(many))
					}
				}
			}
			do(b, s, many)
		})
	}
}
