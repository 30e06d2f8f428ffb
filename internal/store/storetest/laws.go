package storetest

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// Law is a promise in words, and what checks it. Laws of one list share a store
// and keep to names of their own.
type Law struct {
	Words string
	Hold  func(*testing.T, *store.Store)
}

// Laws holds every engine to a list of laws, which share a store.
func Laws(t *testing.T, list []Law) {
	Each(t, func(t *testing.T, s *store.Store) {
		for _, l := range list {
			t.Run(l.Words, func(t *testing.T) { l.Hold(t, s) })
		}
	})
}

// Promises holds every engine to laws, by their words, each on an empty store.
func Promises(t *testing.T, list map[string]func(*testing.T, *store.Store)) {
	for words, hold := range list {
		t.Run(words, func(t *testing.T) { Each(t, hold) })
	}
}

// AtOnce runs do n times side by side.
func AtOnce(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// OK gives what a method gave, and ends the test if it gave an error.
func OK[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		No(t, err)
		return v
	}
}

// Second is the error of two.
func Second[T any](_ T, err error) error { return err }

// No ends the test if there is an error.
func No(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Same compares.
func Same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (- wanted, + got):\n%s", what, d)
	}
}

// LastChange is the number of the newest change.
func LastChange(t *testing.T, s *store.Store) int64 {
	t.Helper()
	return OK(s.LastChange(t.Context()))(t)
}

// Changed checks what happened after a change: kinds and subjects.
func Changed(t *testing.T, s *store.Store, after int64, want ...store.Change) {
	t.Helper()
	got := OK(s.Changes(t.Context(), after, 1000))(t)
	for i := range got {
		if got[i].N != after+int64(i)+1 {
			t.Errorf("change %d is number %d", i+1, got[i].N-after)
		}
		got[i].N, got[i].Time = 0, time.Time{}
	}
	if len(got)+len(want) > 0 {
		Same(t, "changes", got, want)
	}
}

// Named gives a message's author a name.
func Named(name string, m conversation.Message) conversation.Message {
	m.Attributes, _ = conversation.NewAttributes(map[string]any{"name": name})
	return m
}
