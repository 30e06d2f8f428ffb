package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Two processes on one PostgreSQL that import the same messages at once keep each
// once, number the changes without gaps, and wake each other.
func TestTwoOnOnePostgres(t *testing.T) {
	one, address := storetest.Postgres(t)
	two := ok(store.Open(t.Context(), store.Options{Database: address}))(t)
	defer two.Close()
	var list []conversation.Message
	for i := range 1500 {
		list = append(list, conversation.Message{ID: conversation.MessageID(fmt.Sprint(i)), Author: conversation.PersonID(fmt.Sprintf("p%d", i%50)), Time: at, Text: "x"})
	}
	added := make([]int, 4)
	var all sync.WaitGroup
	for i := range added {
		all.Go(func() {
			s := []*store.Store{one, two}[i%2]
			for at := 0; at < len(list); at += 100 * (i + 1) {
				outcomes, err := s.Append(t.Context(), "forum", list[at:min(at+100*(i+1), len(list))])
				if err != nil {
					t.Error(err)
				}
				for _, o := range outcomes {
					if o.Fate == store.Added {
						added[i]++
					}
				}
			}
		})
		all.Go(func() { // others merge and take back meanwhile
			s := []*store.Store{two, one}[i%2]
			for range 10 {
				if m, err := people.MergePeople(t.Context(), s, conversation.PersonID(fmt.Sprintf("p%d", i)), "p9", ""); err == nil {
					no(t, people.UndoMerge(t.Context(), s, m.ID, ""))
				}
			}
		})
	}
	all.Wait()
	if sum := added[0] + added[1] + added[2] + added[3]; sum != len(list) {
		t.Errorf("%v of %d messages were added", added, len(list))
	}
	sound(t, two)
	for n, c := range ok(one.Changes(t.Context(), 0, 9999))(t) {
		if c.N != int64(n+1) {
			t.Fatalf("change %d has the number %d", n+1, c.N)
		}
	}
	wake, stop := two.Woken()
	defer stop()
	for quiet := false; !quiet; {
		select {
		case <-wake:
		case <-time.After(200 * time.Millisecond):
			quiet = true
		}
	}
	start := time.Now()
	ok(one.Append(t.Context(), "forum", []conversation.Message{{ID: "new", Time: at, Text: "x"}}))(t)
	select {
	case <-wake:
		t.Logf("woken after %v", time.Since(start))
	case <-time.After(20 * time.Second):
		t.Error("the other process isn't woken")
	}
}
