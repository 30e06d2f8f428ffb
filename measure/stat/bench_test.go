package stat

import (
	"testing"
)

// million is a million waits in hours, of a hundred thousand askers, three in
// four answered within the 90 days of the log.
func million() []Observation {
	r := Stream(7, 0)
	obs := make([]Observation, 1_000_000)
	for i := range obs {
		wait, watched := 3*r.ExpFloat64(), 2160*r.Float64()
		if r.Float64() < .25 {
			wait = 1e9
		}
		obs[i] = Observation{Time: min(wait, watched), Cluster: r.IntN(100_000)}
		if wait <= watched {
			obs[i].Cause = 1
		}
	}
	return obs
}

func BenchmarkKaplanMeierMillion(b *testing.B) {
	obs := million()
	b.ReportAllocs()
	for b.Loop() {
		KaplanMeier(obs)
	}
}

func BenchmarkAttentionMillion(b *testing.B) {
	obs := million()
	b.ReportAllocs()
	for b.Loop() {
		AttentionScore(obs, 1, 168)
	}
}

func BenchmarkClusteredSEMillion(b *testing.B) {
	obs := million()
	b.ReportAllocs()
	for b.Loop() {
		ClusteredSE(obs, []float64{1, 24, 48, 168})
	}
}

func BenchmarkPseudoAttentionMillion(b *testing.B) {
	obs := million()
	for b.Loop() {
		PseudoAttention(obs, 1, 168)
	}
}

func BenchmarkDrawMillion(b *testing.B) {
	draws := NewSample(million()).Attention(1, 168).Bootstrap()
	times, r := make([]float64, 100_000), Stream(7, 1)
	Resample(r, times)
	for b.Loop() {
		draws.Draw(times)
	}
}

func BenchmarkResampleHundredThousand(b *testing.B) {
	times, r := make([]float64, 100_000), Stream(7, 1)
	for b.Loop() {
		Resample(r, times)
	}
}

func BenchmarkClusteredLogRankMillion(b *testing.B) {
	obs := million()
	group := make([]int, len(obs))
	for i := range group {
		group[i] = i % 5
	}
	for b.Loop() {
		ClusteredLogRank(obs, group, nil, 0)
	}
}

func BenchmarkKaplanMeierHundred(b *testing.B) {
	obs := million()[:100]
	b.ReportAllocs()
	for b.Loop() {
		KaplanMeier(obs)
	}
}

func BenchmarkBetaProduct(b *testing.B) {
	c := KaplanMeier(million()[:1000])
	for b.Loop() {
		c.Interval(24, .95, BetaProduct)
	}
}
