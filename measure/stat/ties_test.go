package stat

import (
	"math"
	"testing"
)

// TestLongLogsKeepShortWaits: many waits, some of them of a hundred years, don't
// melt the short ones together.
func TestLongLogsKeepShortWaits(t *testing.T) {
	const n = 400_000
	obs := make([]Observation, n)
	for i := range obs {
		obs[i] = Observation{Time: math.Exp(14 * float64(i) / n), Cause: i % 2} // 1 h to 137 years, evenly in the logarithm
	}
	if c := KaplanMeier(obs); len(c.Time) != n {
		t.Errorf("%d different times, want %d", len(c.Time), n)
	}
}
