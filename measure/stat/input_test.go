package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Nonsense in, no panic out: what can't be used is dropped and counted, what
// can't be said is NaN.
func TestBadInput(t *testing.T) {
	odd := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), -1, 1, 1, 2, 5e-324, 1e308}))
	rapid.Check(t, func(t *rapid.T) {
		obs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Observation {
			return Observation{
				Entry: odd.Draw(t, "entry") * float64(rapid.IntRange(0, 1).Draw(t, "late")), Time: odd.Draw(t, "time"),
				Cause: rapid.IntRange(-1, 3).Draw(t, "cause"), Weight: odd.Draw(t, "weight"), Cluster: rapid.Int().Draw(t, "cluster"),
			}
		}), 0, 8).Draw(t, "waits")
		u, p := odd.Draw(t, "t"), odd.Draw(t, "p")
		s := NewSample(obs)
		c := s.Curve()
		if c.N+c.Dropped != len(obs) {
			t.Fatalf("%d used and %d dropped of %d", c.N, c.Dropped, len(obs))
		}
		for r := range c.Time {
			if !(c.Surv[r] >= 0 && c.Surv[r] <= 1) {
				t.Fatalf("S(%g) is %g", c.Time[r], c.Surv[r])
			}
		}
		for m := Rothman; m <= BetaProduct+1; m++ {
			c.Interval(u, p, m)
			s.Interval(u, .95, m)
			c.QuantileInterval(p, .9, m)
		}
		c.RMST(u)
		c.Quantile(p)
		group := make([]int, len(obs))
		for i := range group {
			group[i] = i % 3
		}
		LogRank(obs, group, p)
		ClusteredLogRank(obs, group, group[:len(group)/2], 0)
		for _, rd := range []*Reading{s.Survival(u), s.Mean(u), s.Attention(u, p), s.Incidence(u, 2)} {
			rd.SE()
			rd.ClusteredSE()
			rd.Pseudo()
			rd.Bootstrap().Draw([]float64{1, u})
		}
		x := rapid.SliceOf(odd).Draw(t, "x")
		for _, f := range []func([]float64) float64{Gini, Theil, TheilNormalised, Jain, Pielou, Shannon, ChaoShen, Memory} {
			f(x)
		}
		Hill(x, p)
		ContributorAbsenceFactor(x)
		Burstiness(x)
		Quantile(x, p)
		BenjaminiHochberg(x)
		ICC(x, group)
		ICCCounts(x, x)
		ClusteredProportion(x, group, p)
		for _, f := range []func(x, n, confidence float64) (lo, hi float64){Wilson, WilsonEffective, ClopperPearson, Jeffreys} {
			f(u, p, .95)
			f(1, 2, p)
		}
		RothmanWilson(u, p, u, .95)
		PoissonCUSUM(x, u, p)
		NegBinCUSUM(x, x, u, p)
		PageHinkley(x, u)
		Changepoints(x, u, p, .01, 3)
		NormalARL(u, p, .5)
	})
	for _, bad := range [][3]float64{{0, 1, 5}, {-1, 1, 5}, {math.NaN(), 1, 5}, {1, -1, 5}, {1, 1, 0}, {1, 1, 1e6}, {1, math.NaN(), 5}, {1, 1, math.Inf(1)}} {
		if arl := PoissonARL(bad[0], bad[1], bad[2], 10); !math.IsNaN(arl) {
			t.Errorf("PoissonARL(%v) is %g", bad, arl)
		}
	}
	if arl := PoissonARL(5000, 1, 3, 1); arl != 1 { // sure to alarm at once
		t.Errorf("run length %g", arl)
	}
}
