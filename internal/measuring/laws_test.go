package measuring_test

import (
	"errors"
	"testing"

	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of reports holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "the newest report of a kind is the latest", Hold: reports},
	})
}

func reports(t *testing.T, s *store.Store) {
	if _, err := measuring.LatestReport(t.Context(), s, "measure"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("before any: %v", err)
	}
	at := storetest.LastChange(t, s)
	for _, text := range []string{"one", "two"} {
		storetest.OK(measuring.SaveReport(t.Context(), s, measuring.Report{Kind: "measure", Change: 4, Parts: map[string][]byte{"json": []byte(text), "presence.fr.html": {0, 255}}}))(t)
	}
	r := storetest.OK(measuring.LatestReport(t.Context(), s, "measure"))(t)
	if string(r.Parts["json"]) != "two" || len(r.Parts) != 2 || r.Change != 4 || r.Made.IsZero() {
		t.Errorf("the latest: %+v", r)
	}
	one := store.Change{Kind: store.ReportChanged, Subject: "measure"}
	storetest.Changed(t, s, at, one, one)
}
