package prose

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestShingles(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"Bonjour Ana, merci de votre message.", "Bonjour Jean-Pierre Durand, merci de votre message", 1},
		{"@ana We're looking into order 12: https://a.org", "@bob we’re looking into order 9 https://b.org/x ^KT", 6. / 7},
		{"one two three four", "five six seven eight", 0},
		{"Merci", "merci !", 1},
		{"", "", 0},
	} {
		if got := Jaccard(Shingles(nil, c.a), Shingles(nil, c.b)); got < c.want-.3 || got > c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
	if n := len(Shingles(nil, "a b c a b c a b c")); n != 3 {
		t.Errorf("repeated shingles are kept: %d", n)
	}
	kept := []uint64{9, 1}
	if got := Shingles(kept, "a b c"); got[0] != 9 || got[1] != 1 || len(got) != 3 {
		t.Errorf("what was in dst is changed: %v", got)
	}
	if s := Shingles(nil, strings.Repeat("un deux trois quatre ", 9)); !slices.IsSorted(s) {
		t.Error("shingles are not sorted")
	}
}

// TestSketch holds the estimate to its standard error: over 200 pairs the mean error is 0 and few are beyond 3 of them.
func TestSketch(t *testing.T) {
	bias, far := 0.0, 0
	for pair := range uint64(200) {
		var a, b []uint64
		size, common := 20+pair, pair/2
		for i := range size {
			a = append(a, mix(pair<<20|i))
			b = append(b, mix(pair<<20|i+size-common))
		}
		slices.Sort(a)
		slices.Sort(b)
		j := Jaccard(a, b)
		x, y := Sketched(a), Sketched(b)
		d := x.Resemblance(&y) - j
		bias += d / 200
		if math.Abs(d) > 3*math.Sqrt(j*(1-j)/128)+.01 {
			far++
		}
	}
	if math.Abs(bias) > .01 || far > 10 {
		t.Errorf("bias %.4f, %d of 200 far off", bias, far)
	}
	var none Sketch = Sketched(nil)
	if none.Resemblance(&none) != 0 {
		t.Error("nothing resembles nothing")
	}
}

func BenchmarkShingles(b *testing.B) {
	text := "Bonjour Ana, merci de votre message. Nous avons bien reçu votre demande et revenons vers vous."
	var m Message
	var set []uint64
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Read(text)
		set = m.Shingles(set[:0])
	}
}
