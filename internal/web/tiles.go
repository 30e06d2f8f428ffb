package web

import (
	"encoding/json"
	"time"

	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
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
		report, err := measuring.LatestReport(r.Context(), s.Store, "measure")
		if err != nil && !isLost(err) {
			return gapTile{}, err
		}
		return gapOf(report), nil
	})
}

// gapOf reads the gap out of a report's JSON; a report without one, or none, is
// not measured.
func gapOf(report measuring.Report) gapTile {
	var read struct {
		Gap *struct {
			Distance struct {
				JSD struct {
					Center, Lo, Hi *float64
					Confidence     float64
					N              int
				} `json:"jsd"`
			} `json:"distance"`
		} `json:"gap"`
	}
	unknown := gapTile{Apart: measure.Unmeasured(measure.Score, 0)}
	if json.Unmarshal(report.Parts["json"], &read) != nil || read.Gap == nil {
		return unknown
	}
	jsd := read.Gap.Distance.JSD
	if jsd.Center == nil || jsd.Lo == nil || jsd.Hi == nil {
		return gapTile{Measured: report.Made, Apart: unknown.Apart}
	}
	return gapTile{Measured: report.Made, Apart: measure.Estimate{Center: *jsd.Center, Lo: *jsd.Lo, Hi: *jsd.Hi, Confidence: jsd.Confidence, N: jsd.N, Unit: measure.Score}}
}
