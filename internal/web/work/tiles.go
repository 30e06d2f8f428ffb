package work

import (
	"time"

	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/web"
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

// Shown says whether the share of appeals answered rests on enough of them.
func (t tiles) Shown() bool {
	return t.Figures.Answered.N >= measuring.FewestAppeals && t.Figures.Answered.Known()
}

// Enough says whether there are enough messages.
func (g gapTile) Enough() bool { return g.Messages >= g.Needed }

// readTiles reads the three numbers.
func readTiles(r *web.Request, c web.Clock) (*tiles, error) {
	t := &tiles{Figures: r.Server.Live.Figures(), From: c.Now.Add(-7 * 24 * time.Hour)}
	for _, giver := range r.Server.Live.Givers(t.From) {
		t.Gifts += giver.Thanks
	}
	gap, err := r.Server.Distances.Latest(r.Context(), r.Server.Store, r.Server.Log, r.Now())
	t.Gap = gapTile{Measured: gap.Measured, Apart: gap.Apart, Messages: t.Figures.Messages, Needed: measuring.FewestMessages}
	return t, err
}
