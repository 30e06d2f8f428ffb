package inbox_test

import (
	"errors"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Each law holds on every engine, on a store of its own.
func TestPromises(t *testing.T) {
	storetest.Promises(t, map[string]func(*testing.T, *store.Store){
		"a thread is read in order of time, with those merged into it": func(t *testing.T, s *store.Store) {
			storetest.Keep(t, s, "forum", "", storetest.In("a", storetest.Said("1", "ana", "x", 4)), storetest.In("b", storetest.Said("2", "bo", "x", 3)), storetest.In("c", storetest.Said("3", "cy", "y", 1)), storetest.In("a", storetest.Said("4", "di", "y", 2)))
			read := func() string { return storetest.IDs(storetest.OK(s.Thread(t.Context(), "forum/a"))(t)) }
			if got := read(); got != "forum/4 forum/1" {
				t.Error(got)
			}
			for from, into := range map[conversation.ThreadID]conversation.ThreadID{"forum/b": "forum/a", "forum/c": "forum/b"} {
				storetest.OK(inbox.SetState(t.Context(), s, inbox.State{Thread: from, Into: into, Version: -1}, 1))(t)
			}
			if got := read(); got != "forum/3 forum/4 forum/2 forum/1" {
				t.Error(got)
			}
			if _, err := s.Thread(t.Context(), "forum/nowhere"); !errors.Is(err, store.ErrNotFound) {
				t.Error(err)
			}
		},
	})
}
