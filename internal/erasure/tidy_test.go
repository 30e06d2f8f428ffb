package erasure_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Tidying holds on every engine.
func TestTidy(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "tidying forgets what is past and nothing else", Hold: tidy},
	})
}

func tidy(t *testing.T, s *store.Store) {
	id, _, err := s.SaveBlob(t.Context(), "kept", strings.NewReader("x"))
	storetest.No(t, err)
	secret, _, err := account.NewToken(t.Context(), s, account.Token{Kind: "tidy"})
	storetest.No(t, err)
	storetest.No(t, account.NewSessions(s).CommitCtx(t.Context(), "tidy", nil, time.Now().Add(48*time.Hour)))
	done := storetest.OK(job.Enqueue(t.Context(), s, job.Job{Kind: "tidy-done"}))(t)
	for _, j := range storetest.OK(job.Take(t.Context(), s, []string{"tidy-done"}, "me", 1, time.Minute))(t) {
		storetest.No(t, job.Finish(t.Context(), s, j, nil, time.Time{}))
	}
	waits := storetest.OK(job.Enqueue(t.Context(), s, job.Job{Kind: "tidy-waits"}))(t)
	newest := storetest.OK(measuring.SaveReport(t.Context(), s, measuring.Report{Kind: "tidy", Parts: map[string][]byte{"json": []byte("new")}}))(t)
	storetest.OK(measuring.SaveReport(t.Context(), s, measuring.Report{Kind: "tidier"}))(t)

	storetest.No(t, erasure.Tidy(t.Context(), s, time.Now().Add(-time.Hour)))
	if _, _, _, err := s.Blob(t.Context(), id); err != nil {
		t.Errorf("the file of today: %v", err)
	}
	storetest.No(t, erasure.Tidy(t.Context(), s, time.Now().Add(time.Hour)))
	if _, _, _, err := s.Blob(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the file of the day before: %v", err)
	}
	if _, err := job.JobByID(t.Context(), s, done); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the job that is done: %v", err)
	}
	storetest.OK(job.JobByID(t.Context(), s, waits))(t)
	storetest.OK(account.CheckToken(t.Context(), s, "tidy", secret))(t)
	if _, found, _ := account.NewSessions(s).Find("tidy"); !found {
		t.Error("the session that goes on is gone")
	}
	if r := storetest.OK(measuring.LatestReport(t.Context(), s, "tidy"))(t); r.ID != newest || string(r.Parts["json"]) != "new" {
		t.Errorf("the newest report: %+v", r)
	}
}
