package stat

// AttentionScore sums up in one number how soon people are answered: the mean
// of g(T), where g is 1 for an answer within t1, 0 for one after tau or never,
// and falls with the logarithm of the wait between. It equals the integral of
// F(t)/(t·ln(tau/t1)) from t1 to tau, with F = 1-S of Kaplan-Meier. se is
// Greenwood's; for askers who ask more than once see [PseudoAttention]. Both
// are NaN unless 0 < t1 < tau.
func AttentionScore(obs []Observation, t1, tau float64) (a, se float64) {
	rd := unclustered(obs).Attention(t1, tau)
	return rd.Value(), rd.SE()
}

// unclustered is a sample in which clusters don't matter.
func unclustered(obs []Observation) *Sample {
	return &Sample{table: tabulate(obs), obs: obs}
}

// PseudoAttention is the pseudo-observation of each wait for the attention
// score (see [Reading.Pseudo]).
func PseudoAttention(obs []Observation, t1, tau float64) []float64 {
	return unclustered(obs).Attention(t1, tau).Pseudo()
}

// PseudoSurvival is the pseudo-observation of each wait for the share still
// waiting after t.
func PseudoSurvival(obs []Observation, t float64) []float64 {
	return unclustered(obs).Survival(t).Pseudo()
}

// PseudoRMST is the pseudo-observation of each wait for the mean wait up to
// tau.
func PseudoRMST(obs []Observation, tau float64) []float64 {
	return unclustered(obs).Mean(tau).Pseudo()
}

// ClusteredSE is the standard error of the share still waiting after each of
// the times, when the waits of a cluster depend on each other: the
// infinitesimal jackknife's, weights honoured, as R's survfit(cluster=). With
// a cluster for each wait it is the robust standard error.
func ClusteredSE(obs []Observation, times []float64) []float64 {
	s := NewSample(obs)
	se := make([]float64, len(times))
	for i, t := range times {
		se[i] = s.Survival(t).ClusteredSE()
	}
	return se
}
