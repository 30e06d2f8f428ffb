package source_test

import (
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of sources holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "a source comes back under its name", Hold: sourceLaw},
	})
}

func sourceLaw(t *testing.T, s *store.Store) {
	at := storetest.LastChange(t, s)
	made := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	src := source.Source{Name: "forum", Kind: "file", Title: "The forum", Made: made}
	storetest.No(t, source.Save(t.Context(), s, src))
	src.Title, src.Config = "Our forum", `{"a":1}`
	storetest.No(t, source.Save(t.Context(), s, src))
	storetest.Same(t, "sources", storetest.OK(source.List(t.Context(), s))(t), []source.Source{src})
	src.Removed = made
	storetest.No(t, source.Save(t.Context(), s, src))
	if all := storetest.OK(source.List(t.Context(), s))(t); len(all) != 0 {
		t.Errorf("removed: %+v", all)
	}
	storetest.Same(t, "by name", storetest.OK(source.ByName(t.Context(), s, "forum"))(t), src)
	for _, bad := range []string{"", "a/b", "Forum", "a b", strings.Repeat("x", 64), ".x"} {
		if err := source.Save(t.Context(), s, source.Source{Name: bad}); err == nil {
			t.Errorf("a source named %q was kept", bad)
		}
	}
	one := store.Change{Kind: store.SourceChanged, Subject: "forum"}
	storetest.Changed(t, s, at, one, one, one)
}
