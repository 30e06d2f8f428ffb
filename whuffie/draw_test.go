package whuffie

import (
	"math"
	"runtime"
	"slices"
	"testing"
)

func TestExp2(t *testing.T) {
	for i := range 100_000 {
		f := float64(i) / 100_000
		if got, want := exp2(f), math.Exp2(f); math.Abs(got/want-1) > 2e-14 {
			t.Fatalf("2^%v is %v, not %v", f, got, want)
		}
	}
}

// The bits are the same on any machine: these were made on amd64.
func TestDrawBits(t *testing.T) {
	sum := uint64(0)
	for i := range uint64(10_000) {
		point, beyond := around(mix(i), 1+float64(i)/100, -3)
		sum = mix(sum ^ math.Float64bits(point) ^ math.Float64bits(beyond)<<1 ^ math.Float64bits(exp2(float64(i)/10_000)))
	}
	if want := uint64(0x680c822ba76e6703); sum != want {
		t.Errorf("the draws' fingerprint is %#x, not %#x", sum, want)
	}
}

// The last point is uniform on (0, c].
func TestLastIsUniform(t *testing.T) {
	const n, cells = 200_000, 100
	for _, c := range []float64{1, 1.7, 3e-9, 5e20} {
		var count [cells]float64
		for i := range uint64(n) {
			p := last(mix(i+uint64(c)), c, 0)
			if !(p > 0 && p <= c) {
				t.Fatalf("the last point ≤ %v is %v", c, p)
			}
			count[min(cells-1, int(p/c*cells))]++
		}
		chi := 0.0
		for _, k := range count {
			chi += (k - n/cells) * (k - n/cells) / (n / cells)
		}
		if chi > 99+4*math.Sqrt(2*99) {
			t.Errorf("of (0, %v]: chi-square %v with 99 degrees of freedom", c, chi)
		}
	}
}

// A row that grows by a tenth moves one draw in eleven, each into the new part, and no other.
func TestMoves(t *testing.T) {
	const n = 100_000
	moved := 0.0
	for i := range uint64(n) {
		seed := mix(i)
		before, next := around(seed, 1, 5)
		after := last(seed, 1.1, 5)
		switch {
		case after != before && !(after > 1 && next <= 1.1):
			t.Fatalf("draw %d moved from %v to %v, the next point being %v", i, before, after, next)
		case after == before && next <= 1.1:
			t.Fatalf("draw %d stayed at %v though %v lies in the new part", i, before, next)
		case after != before:
			moved++
		}
	}
	if best := n / 11.0; math.Abs(moved-best) > 4*math.Sqrt(best) {
		t.Errorf("%v of %v draws moved, the least being %v", moved, float64(n), best)
	}
}

// The unit in which lengths are measured changes nothing.
func TestBaseIsAUnit(t *testing.T) {
	for i := range uint64(1000) {
		p, n := around(mix(i), 1.3, 0)
		q, m := around(mix(i), 1.3*8, -3)
		if p*8 != q || n*8 != m {
			t.Fatalf("%v and %v in other units are %v and %v", p, n, q, m)
		}
	}
}

// A circle that grows by one takes over its share of the walks, and leaves the others.
func TestStart(t *testing.T) {
	w := &World{}
	count := make([]float64, 8)
	took := 0.0
	const n = 70_000
	for i := range uint64(n) {
		seed := mix(i)
		a, b := w.start(seed, 7), w.start(seed, 8)
		if a != b && b != 7 {
			t.Fatalf("walk %d starts with %d of 7, and with %d of 8", i, a, b)
		}
		if a != b {
			took++
		}
		count[a]++
	}
	if math.Abs(took-n/8) > 4*math.Sqrt(n/8) {
		t.Errorf("the eighth took %v of %d walks", took, n)
	}
	for p, k := range count[:7] {
		if math.Abs(k-n/7) > 4*math.Sqrt(n/7) {
			t.Errorf("%d starts %v of %d walks", p, k, n)
		}
	}
}

// The number of cores changes nothing.
func TestCores(t *testing.T) {
	log, o := newStory(5, 40).log(400), Options{Known: []string{"p1", "p2", "p3", "p30"}, Seen: []string{"p7"}, Walks: 1 << 17}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first *World
	for _, cores := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		w := build(t, o, log)
		if first == nil {
			first = w
		}
		if err := same(first, w); err != nil {
			t.Errorf("on %d cores: %v", cores, err)
		}
		a, b := first.Oracle(), w.Oracle()
		for who := range w.All() {
			x, _ := a.Score(who)
			y, _ := b.Score(who)
			if x != y {
				t.Errorf("on %d cores %s has exactly %v, not %v", cores, who, y, x)
			}
		}
		if v, u := view(t, first), view(t, w); !slices.Equal(v.met, u.met) {
			t.Errorf("on %d cores a view is another", cores)
		}
	}
}

func view(t *testing.T, w *World) *View {
	t.Helper()
	v, err := w.From("p1", 1<<13)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
