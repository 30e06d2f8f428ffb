package measuring

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"time"

	"github.com/entregent/entregent/internal/cache"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/measure"
)

// FewestMessages is how many messages there must be for the values gap to be worth
// measuring.
const FewestMessages = 200

// FewestAppeals is how many appeals there must be for a share of them to be shown.
const FewestAppeals = 10

// Distance is the values gap as the latest report says it.
type Distance struct {
	Measured time.Time // zero: never
	Apart    measure.Estimate
}

// Distances reads the distance out of the latest report, which is long, and keeps
// it for a while. The zero Distances is ready to use.
type Distances struct{ kept cache.Value[Distance] }

// Latest gives the distance of the latest report; not measured when there is none, or
// it can't be read, of another version perhaps: that is told in the log.
func (d *Distances) Latest(ctx context.Context, s *store.Store, log *slog.Logger, now time.Time) (Distance, error) {
	return d.kept.Get(now, func() (Distance, error) {
		kept, err := LatestReport(ctx, s, Job)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return Distance{}, err
		}
		distance, err := distanceOf(kept)
		if err != nil {
			log.Error("reading the gap of the last report", "cause", err)
		}
		return distance, nil
	})
}

// distanceOf reads the gap out of a kept report; a report without one, or none, is not
// measured.
func distanceOf(kept Report) (Distance, error) {
	unknown := Distance{Apart: measure.Unmeasured(measure.Score, 0)}
	if kept.Parts["json"] == nil {
		return unknown, nil
	}
	r, err := report.Read(kept.Parts["json"])
	if err != nil || r.Gap == nil {
		return unknown, err
	}
	jsd := r.Gap.Distance.JSD
	if math.IsNaN(jsd.Center + jsd.Lo + jsd.Hi) {
		return Distance{Measured: kept.Made, Apart: unknown.Apart}, nil
	}
	jsd.Doubts = nil
	return Distance{Measured: kept.Made, Apart: jsd}, nil
}
