package web

import (
	"math"
	"time"

	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
)

// tiles are the three numbers above the inbox, each of which opens what is behind
// it.
type tiles struct {
	Figures live.Figures `json:"figures"`
	Gap     gapTile      `json:"gap"`
	Gifts   int          `json:"gifts_7d"` // thanks of the last seven days
	From    time.Time    `json:"gifts_from"`
}

// gapTile is the values gap as the latest report says it.
type gapTile struct {
	Measured time.Time        `json:"measured,omitzero"`
	Apart    measure.Estimate `json:"distance"`
	Messages int              `json:"messages"` // there are
	Needed   int              `json:"needed"`   // before it is worth measuring
}

// gapNeeds is how many messages there must be for the values gap to be worth
// measuring.
const gapNeeds = 200

// presenceNeeds is how many appeals there must be for a share of them to be shown.
const presenceNeeds = 10

// Shown says whether the share of appeals answered rests on enough of them.
func (t tiles) Shown() bool {
	return t.Figures.Answered.N >= presenceNeeds && t.Figures.Answered.Known()
}

// Enough says whether there are enough messages.
func (g gapTile) Enough() bool { return g.Messages >= g.Needed }

// tiles reads the three numbers.
func (r *Request) tiles(w when) (*tiles, error) {
	t := &tiles{Figures: r.Server.Live.Figures(), From: w.now.Add(-7 * 24 * time.Hour)}
	for _, giver := range r.Server.Live.Givers(t.From) {
		t.Gifts += giver.Thanks
	}
	var err error
	t.Gap, err = r.Server.gap(r)
	t.Gap.Messages, t.Gap.Needed = t.Figures.Messages, gapNeeds
	return t, err
}

// gap reads the values gap out of the latest report, which is long.
func (s *Server) gap(r *Request) (gapTile, error) {
	return s.gapKept.get(r.Now(), func() (gapTile, error) {
		kept, err := measuring.LatestReport(r.Context(), s.Store, MeasureJob)
		if err != nil && !isLost(err) {
			return gapTile{}, err
		}
		tile, err := gapOf(kept)
		if err != nil { // of another version, perhaps: the inbox does without
			s.Log.Error("reading the gap of the last report", "cause", err)
		}
		return tile, nil
	})
}

// gapOf reads the gap out of a kept report; a report without one, or none, is not
// measured.
func gapOf(kept measuring.Report) (gapTile, error) {
	unknown := gapTile{Apart: measure.Unmeasured(measure.Score, 0)}
	if kept.Parts["json"] == nil {
		return unknown, nil
	}
	r, err := report.Read(kept.Parts["json"])
	if err != nil || r.Gap == nil {
		return unknown, err
	}
	jsd := r.Gap.Distance.JSD
	if math.IsNaN(jsd.Center + jsd.Lo + jsd.Hi) {
		return gapTile{Measured: kept.Made, Apart: unknown.Apart}, nil
	}
	jsd.Doubts = nil
	return gapTile{Measured: kept.Made, Apart: jsd}, nil
}
