package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Whoever reads the file of the database can't sign in with what is in it.
func TestSecretsAreNotKept(t *testing.T) {
	s, folder := storetest.SQLite(t)
	secret, _, err := account.NewToken(t.Context(), s, account.Token{Kind: "api", Name: "a name to be found"})
	if err != nil {
		t.Fatal(err)
	}
	if err := account.NewSessions(s).CommitCtx(t.Context(), "session-token-in-clear", []byte("data to be found"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	var all []byte
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	for text, there := range map[string]bool{"a name to be found": true, "data to be found": true, secret: false, "session-token-in-clear": false} {
		if bytes.Contains(all, []byte(text)) != there {
			t.Errorf("%q in the file: %v", text, !there)
		}
	}
}

// Each way to change the audit log behind the house's back is noticed.
func TestAuditNotices(t *testing.T) {
	for statement, want := range map[string]int64{
		`UPDATE acts SET detail = 'nothing' WHERE n = 3`:                         3,
		`UPDATE acts SET by_user = 2 WHERE n = 1`:                                1,
		`DELETE FROM acts WHERE n = 2`:                                           2,
		`DELETE FROM acts WHERE n = 5`:                                           5,
		`DELETE FROM acts`:                                                       1,
		`UPDATE acts SET n = CASE n WHEN 4 THEN -4 ELSE n END`:                   4,
		`UPDATE acts SET hash = (SELECT hash FROM acts WHERE n = 1) WHERE n = 4`: 4,
		`SELECT 1`: 0,
	} {
		s, folder := storetest.SQLite(t)
		for range 5 {
			if err := account.Audit(t.Context(), s, account.Act{By: 1, Action: "role", Subject: "user 4", Detail: "admin"}); err != nil {
				t.Fatal(err)
			}
		}
		meddle(t, filepath.Join(folder, "entregent.db"), statement)
		if bad, err := account.VerifyAudit(t.Context(), s); bad != want || err != nil {
			t.Errorf("%s: the first bad act is %d (%v), want %d", statement, bad, err, want)
		}
	}
}

func meddle(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func each(b *testing.B, do func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { s, _ := storetest.SQLite(b); do(b, s) })
	b.Run("postgres", func(b *testing.B) { s, _ := storetest.Postgres(b); do(b, s) })
}

// BenchmarkJob is the whole life of a job, durable at each step: added, taken in
// batches of 50, finished.
func BenchmarkJob(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		ctx, n := context.Background(), 0
		for b.Loop() {
			if _, err := job.Enqueue(ctx, s, job.Job{Kind: "bench"}); err != nil {
				b.Fatal(err)
			}
			if n++; n%50 != 0 {
				continue
			}
			jobs, err := job.Take(ctx, s, []string{"bench"}, "me", 50, time.Minute)
			if err != nil || len(jobs) != 50 {
				b.Fatal(len(jobs), err)
			}
			for _, j := range jobs {
				if err := job.Finish(ctx, s, j, nil, time.Time{}); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
	})
}
