package job

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// BenchmarkRunner is how many jobs that do nothing a runner with eight hands takes
// and finishes; each end is on disk before the next begins in that hand.
func BenchmarkRunner(b *testing.B) {
	for name, open := range map[string]func(testing.TB) (*store.Store, string){"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s, _ := open(b)
			const jobs = 200
			for b.Loop() {
				b.StopTimer()
				for range jobs {
					if _, err := Enqueue(b.Context(), s, Job{Kind: "nothing"}); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				ctx, stop := context.WithCancel(b.Context())
				var done sync.WaitGroup
				done.Add(jobs)
				r := Runner{Store: s, Concurrency: 8, Log: quiet, Kinds: of("nothing", func(context.Context, Job, func(float64, string)) error {
					done.Done()
					return nil
				})}
				var running sync.WaitGroup
				running.Go(func() { _ = r.Run(ctx) })
				done.Wait()
				stop()
				running.Wait()
			}
			b.ReportMetric(float64(b.N)*jobs/b.Elapsed().Seconds(), "jobs/s")
			if next, err := NextJob(b.Context(), s, []string{"nothing"}); err != nil || next.After(time.Time{}) {
				b.Errorf("something is left: %s, %v", next, err)
			}
		})
	}
}
