package job

import (
	"context"
	"time"
)

// schedule adds the jobs of Every as their periods come round, until ctx ends.
func (r *Runner) schedule(ctx context.Context) {
	if len(r.Every) == 0 {
		return
	}
	look := time.Minute
	for _, period := range r.Every {
		look = min(look, max(period/4, time.Millisecond))
	}
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		for kind, period := range r.Every {
			if err := r.term(ctx, kind, period); err != nil && ctx.Err() == nil {
				r.Log.Error("adding a regular job", "kind", kind, "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// term adds a kind's job if its period began and nobody else has. Whoever does
// leads for a moment first, and for the whole period once the job is there: a
// process that dies in between leaves it to the next.
func (r *Runner) term(ctx context.Context, kind string, period time.Duration) error {
	name, holder := "every "+kind, r.WorkerID+time.Now().Format(" 20060102T150405.000000")
	leads, err := Lead(ctx, r.Store, name, holder, min(period, r.Lease))
	if err != nil || !leads {
		return err
	}
	if _, err := Enqueue(ctx, r.Store, Job{Kind: kind, Key: "every"}); err != nil {
		return err
	}
	_, err = Lead(ctx, r.Store, name, holder, period)
	return err
}
