package presence

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/entregent/entregent/measure"
)

// TestShrinkKnowsTheConfidence: how far a group is drawn to the mean depends on
// how well it is known, not on how wide an interval one likes to see.
func TestShrinkKnowsTheConfidence(t *testing.T) {
	drawn := func(confidence float64) float64 {
		half := .05 * distuv.UnitNormal.Quantile((1+confidence)/2)
		groups := make([]Group, 3)
		for i, center := range []float64{.3, .45, .7} {
			groups[i].Answered7d = measure.Estimate{Center: center, Lo: center - half, Hi: center + half, Confidence: confidence}
		}
		shrink(groups, func(g *Group) measure.Estimate { return g.Answered7d })
		return *groups[0].Shrunk
	}
	if a, b := drawn(.8), drawn(.99); math.Abs(a-b) > 1e-9 || a <= .3 {
		t.Errorf("drawn to %v at 80 %%, to %v at 99 %%", a, b)
	}
}
