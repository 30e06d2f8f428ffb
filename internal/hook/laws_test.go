package hook

import (
	"errors"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of hooks holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "a hook is told of what happens after it was made, and never back", Hold: hooks},
	})
}

func hooks(t *testing.T, s *store.Store) {
	last := storetest.LastChange(t, s)
	h := Hook{URL: "https://example.org/in", Secret: "s", Kinds: []store.Kind{store.MessageChanged}}
	h.ID = storetest.OK(Save(t.Context(), s, h))(t)
	kept := storetest.OK(List(t.Context(), s))(t)
	if len(kept) != 1 || kept[0].Upto != last || kept[0].Secret != "s" || len(kept[0].Kinds) != 1 {
		t.Fatalf("kept %+v, the newest change is %d", kept, last)
	}
	storetest.No(t, markTrying(t.Context(), s, h.ID, last+9))
	if now := storetest.OK(List(t.Context(), s))(t)[0]; now.Trying != last+9 || now.Upto != last {
		t.Errorf("while it is told: %+v", now)
	}
	storetest.No(t, markTold(t.Context(), s, h.ID, last+9))
	storetest.No(t, markTold(t.Context(), s, h.ID, last+3))
	h.Secret, h.Off = "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	storetest.OK(Save(t.Context(), s, h))(t)
	if now := storetest.OK(List(t.Context(), s))(t)[0]; now.Upto != last+9 || now.Trying != 0 || now.Secret != "s" || !now.Off.Equal(h.Off) {
		t.Errorf("changed: %+v", now)
	}
	storetest.No(t, Delete(t.Context(), s, h.ID))
	if err := Delete(t.Context(), s, h.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleting it again: %v", err)
	}
}
