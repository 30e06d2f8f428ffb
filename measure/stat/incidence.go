package stat

import "math"

// Incidence is the Aalen-Johansen estimate of how waits end when several causes
// compete: the share ended by each of them at or before a time.
type Incidence struct {
	sample *Sample
	Causes int // the largest cause seen
}

// AalenJohansen estimates how waits end when the causes 1, 2.. compete: an
// answer, say, and its withdrawal by the asker. The share ended by cause k at
// or before t is the sum over t_j ≤ t of S(t_j-)·d_kj/n_j (Aalen & Johansen
// 1978), S counting every cause as an end.
func AalenJohansen(obs []Observation) *Incidence {
	f := &Incidence{sample: NewSample(obs)}
	for _, w := range f.sample.waits {
		f.Causes = max(f.Causes, int(w.cause))
	}
	return f
}

// At is the share ended by the cause at or before t, and its standard error by
// the infinitesimal jackknife, as in R's multi-state survfit. Cause 0 is the
// share still waiting; all together make 1.
func (f *Incidence) At(t float64, cause int) (p, se float64) {
	if math.IsNaN(t) {
		return math.NaN(), math.NaN()
	}
	rd := f.sample.Incidence(t, cause)
	return rd.Value(), rd.SE()
}

// ClusteredAt is At with the standard error for waits that depend on each other
// within a cluster.
func (f *Incidence) ClusteredAt(t float64, cause int) (p, se float64) {
	if math.IsNaN(t) {
		return math.NaN(), math.NaN()
	}
	rd := f.sample.Incidence(t, cause)
	return rd.Value(), rd.ClusteredSE()
}
