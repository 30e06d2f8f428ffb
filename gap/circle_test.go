package gap

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestCircularDistance(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1, 0, 0, 0}, []float64{1, 0, 0, 0}, 0},
		{[]float64{1, 0, 0, 0}, []float64{0, 1, 0, 0}, .5},
		{[]float64{1, 0, 0, 0}, []float64{0, 0, 1, 0}, 1},        // opposite
		{[]float64{1, 0, 0, 0}, []float64{0, 0, 0, 1}, .5},       // the last is the first's neighbour
		{[]float64{3, 3, 0, 0, 0}, []float64{0, 3, 3, 0, 0}, .4}, // each one step of five, or half two
	} {
		if got := circular(c.a, c.b); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v %v: %g, want %g", c.a, c.b, got, c.want)
		}
	}
}

// Wherever the circle is cut, the least of the distances along the line is the
// distance round the circle; and a turn of both profiles changes nothing.
func TestCircularDistanceIsThatOfTheBestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 12).Draw(t, "k")
		draw := func(name string) []float64 { return rapid.SliceOfN(rapid.Float64Range(.01, 1), k, k).Draw(t, name) }
		a, b := draw("a"), draw("b")
		best := math.Inf(1)
		for cut := range k {
			best = min(best, line(turned(a, cut), turned(b, cut)))
		}
		got := circular(a, b)
		if math.Abs(got-best) > 1e-9 {
			t.Fatalf("%g, by the best cut %g", got, best)
		}
		if other := circular(turned(b, 1), turned(a, 1)); math.Abs(got-other) > 1e-9 {
			t.Fatalf("%g, turned and changed %g", got, other)
		}
	})
}

func turned(a []float64, by int) []float64 { return append(append([]float64{}, a[by:]...), a[:by]...) }

// line is the Wasserstein distance on a line, in halves of its length.
func line(a, b []float64) float64 {
	var sa, sb, sum, total float64
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
	}
	for i := range a {
		sum += a[i]/sa - b[i]/sb
		total += math.Abs(sum)
	}
	return total / (float64(len(a)) / 2)
}
