package api_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of the sources that programs bring holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "a message may be a day ahead of the clock, and no more", Hold: ahead},
		{Words: "a source of another kind takes nothing from programs", Hold: otherKind},
		{Words: "what was said twice in one batch is refused the second time", Hold: twice},
	})
}

func line(id string, at time.Time) []byte {
	return fmt.Appendf(nil, `{"id":%q,"time":%q,"author":"bo","text":"How?"}`, id, at.Format(time.RFC3339))
}

func ahead(t *testing.T, s *store.Store) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	in := storetest.OK(api.Ingest(t.Context(), s, "clock", [][]byte{line("1", now.Add(23*time.Hour)), nil, line("2", now.Add(25*time.Hour))}, now))(t)
	if len(in.Results) != 2 || in.Results[0].Fate != store.Added || in.Results[0].Line != 1 || in.Results[1].Fate != store.Refused || in.Results[1].Line != 3 {
		t.Errorf("told %+v", in.Results)
	}
	if !in.NewSource || in.UnknownSide != 1 || in.Counts[store.Added] != 1 || in.Counts[store.Refused] != 1 {
		t.Errorf("told %+v", in)
	}
	if again := storetest.OK(api.Ingest(t.Context(), s, "clock", [][]byte{line("1", now.Add(23*time.Hour))}, now))(t); again.NewSource || again.Counts[store.Same] != 1 {
		t.Errorf("again: %+v", again)
	}
}

func otherKind(t *testing.T, s *store.Store) {
	storetest.No(t, source.Save(t.Context(), s, source.Source{Name: "letters", Kind: source.Mail}))
	var bad *lang.InputError
	if _, err := api.Ingest(t.Context(), s, "letters", [][]byte{line("1", time.Now())}, time.Now()); !errors.As(err, &bad) || bad.Field != "source" {
		t.Errorf("a mail source: %v", err)
	}
	if _, err := api.Ingest(t.Context(), s, "../x", nil, time.Now()); !errors.As(err, &bad) || bad.Field != "source" {
		t.Errorf("a bad name: %v", err)
	}
}

func twice(t *testing.T, s *store.Store) {
	now := time.Now()
	in := storetest.OK(api.Ingest(t.Context(), s, "twice", [][]byte{line("1", now), line("1", now)}, now))(t)
	if in.Counts[store.Added] != 1 || in.Counts[store.Refused] != 1 || in.Results[1].Why == "" {
		t.Errorf("told %+v", in)
	}
}
