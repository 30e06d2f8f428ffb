package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Test is a comparison of groups of waits.
type Test struct {
	ChiSq    float64
	DF       int
	P        float64     // the chance of a larger ChiSq, were all groups alike
	Group    []int       // names, in the order of first appearance
	N        []float64   // waits in each group (weights added up)
	Observed []float64   // events, weighted by S^rho
	Expected []float64   // events, had all groups been alike
	Var      [][]float64 // covariance of Observed-Expected
}

// LogRank tests whether groups of waits are answered alike; group[i] is that of
// obs[i]. With rho 0 it is the log-rank test (Mantel 1966), with rho 1 Peto's,
// in which early answers weigh more; between, each event weighs S(t-)^rho
// (Harrington & Fleming 1982; R's survdiff). Causes other than 1 are taken as
// censoring, weights as numbers of waits, delayed entries as in [KaplanMeier].
func LogRank(obs []Observation, group []int, rho float64) Test {
	return StratifiedLogRank(obs, group, nil, rho)
}

// StratifiedLogRank compares groups within strata only: stratum[i] is that of
// obs[i]; nil is one stratum.
func StratifiedLogRank(obs []Observation, group, stratum []int, rho float64) Test {
	return compare(obs, group, stratum, rho, false)
}

// ClusteredLogRank is the log-rank test when the waits of a cluster depend on
// each other: its variance is added up by cluster from each wait's share of the
// score, as the robust score test of R's coxph(cluster=, ties="breslow") does
// (Lin & Wei 1989). It asks for a good many clusters, some tens at least.
func ClusteredLogRank(obs []Observation, group, stratum []int, rho float64) Test {
	return compare(obs, group, stratum, rho, true)
}

// compare adds up the strata and solves for the chi-square.
func compare(obs []Observation, group, stratum []int, rho float64, clustered bool) Test {
	n := min(len(obs), len(group))
	id, groups := number(n, func(i int) int { return group[i] })
	t := Test{
		Group: make([]int, groups), N: make([]float64, groups),
		Observed: make([]float64, groups), Expected: make([]float64, groups), Var: square(groups),
	}
	for i := n - 1; i >= 0; i-- {
		t.Group[id[i]] = group[i]
	}
	var scores *scoring
	if clustered {
		scores = newScoring(obs[:n], groups)
	}
	for _, part := range split(n, stratum) {
		some := make([]Observation, len(part))
		for k, i := range part {
			some[k] = obs[i]
		}
		r := &race{tb: tabulate(some), groups: groups, rho: rho, kept: clustered}
		r.group = func(w *wait) int { return int(id[part[w.index]]) }
		r.run(&t)
		if clustered {
			r.score(scores, func(w *wait) int32 { return scores.cluster[part[w.index]] })
		}
	}
	if clustered {
		scores.covariance(t.Var)
	}
	t.solve()
	return t
}

// split lists the observations of each stratum, in the order of first
// appearance.
func split(n int, stratum []int) [][]int {
	if stratum == nil {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return [][]int{all}
	}
	id, count := number(min(n, len(stratum)), func(i int) int { return stratum[i] })
	parts := make([][]int, count)
	for i, s := range id {
		parts[s] = append(parts[s], i)
	}
	return parts
}

// race is one stratum, in which groups compete for the events of each row.
type race struct {
	tb     *table
	groups int
	rho    float64
	group  func(*wait) int
	weight []float64 // of each row: S before it, to the power rho
	share  []float64 // of each row with an event and each group, the group's part of those at risk; one row only, unless kept
	kept   bool
}

// run adds the stratum's observed and expected events and their covariance.
func (r *race) run(t *Test) {
	tb := r.tb
	r.weigh()
	at := make([]float64, r.groups) // at risk
	r.share = make([]float64, r.groups)
	if r.kept {
		r.share = make([]float64, len(tb.time)*r.groups)
	}
	late := tb.entries()
	w := len(tb.waits) - 1
	for row := len(tb.time) - 1; row >= 0; row-- {
		for ; len(late) > 0 && int(late[len(late)-1].from) > row; late = late[:len(late)-1] {
			at[r.group(&late[len(late)-1])] -= late[len(late)-1].w
		}
		for ; w >= 0 && int(tb.waits[w].row) == row; w-- {
			x := &tb.waits[w]
			g := r.group(x)
			at[g] += x.w
			t.N[g] += x.w
			if x.cause == 1 {
				t.Observed[g] += x.w * r.weight[row]
			}
		}
		if tb.event[row] > 0 {
			r.expect(t, row, at)
		}
	}
}

// weigh finds S before each row, to the power rho.
func (r *race) weigh() {
	tb := r.tb
	r.weight = make([]float64, len(tb.time))
	s := 1.0
	for row, d := range tb.event {
		r.weight[row] = 1
		if r.rho != 0 {
			r.weight[row] = math.Pow(s, r.rho)
		}
		if d > 0 {
			s *= survive(tb.risk[row], d)
		}
	}
}

// expect adds what row would bring, were groups alike: its events shared out in
// proportion to those at risk, with the covariance of the hypergeometric.
func (r *race) expect(t *Test, row int, at []float64) {
	n, d, weight := r.tb.risk[row], r.tb.event[row], r.weight[row]
	share := r.share
	if r.kept {
		share = r.share[row*r.groups : (row+1)*r.groups]
	}
	spread := 0.0
	if n > 1 {
		spread = weight * weight * d * (n - d) / (n - 1)
	}
	for g, a := range at {
		share[g] = a / n
		t.Expected[g] += weight * d * share[g]
	}
	for g, p := range share {
		if p == 0 {
			continue
		}
		v := t.Var[g]
		v[g] += spread * p
		for h, q := range share[:g+1] {
			v[h] -= spread * p * q
		}
	}
}

// entries are the waits that entered late, in the order of their first row.
func (tb *table) entries() []wait {
	if !tb.delayed {
		return nil
	}
	count := make([]int32, len(tb.time)+2)
	for i := range tb.waits {
		count[tb.waits[i].from+1]++
	}
	for r := 1; r < len(count); r++ {
		count[r] += count[r-1]
	}
	sorted := make([]wait, len(tb.waits))
	for i := range tb.waits {
		from := tb.waits[i].from
		sorted[count[from]] = tb.waits[i]
		count[from]++
	}
	return sorted
}

// solve finds the chi-square of the groups in which events were expected.
func (t *Test) solve() {
	for g := range t.Var {
		for h := range g {
			t.Var[h][g] = t.Var[g][h]
		}
	}
	var keep []int
	for g, e := range t.Expected {
		if e > 0 {
			keep = append(keep, g)
		}
	}
	t.ChiSq, t.P = math.NaN(), math.NaN()
	if t.DF = len(keep) - 1; t.DF < 1 {
		t.DF = 0
		return
	}
	v, d := mat.NewSymDense(t.DF, nil), mat.NewVecDense(t.DF, nil)
	for i, g := range keep[1:] { // the first is what the others leave
		d.SetVec(i, t.Observed[g]-t.Expected[g])
		for j, h := range keep[1:] {
			v.SetSym(i, j, t.Var[g][h])
		}
	}
	var factor mat.Cholesky
	var x mat.VecDense
	if !factor.Factorize(v) || factor.SolveVecTo(&x, d) != nil {
		return
	}
	t.ChiSq = mat.Dot(d, &x)
	t.P = distuv.ChiSquared{K: float64(t.DF)}.Survival(t.ChiSq)
}

func square(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
	}
	return rows
}

// scoring adds up, by cluster and group, each wait's part of
// Observed-Expected.
type scoring struct {
	cluster  []int32
	clusters int
	groups   int
	sum      []float64
}

func newScoring(obs []Observation, groups int) *scoring {
	s := &scoring{groups: groups}
	s.cluster, s.clusters = number(len(obs), func(i int) int { return obs[i].Cluster })
	s.sum = make([]float64, s.clusters*groups)
	return s
}

// score adds the stratum's waits: for each, its event less what it would be
// expected to bring while at risk, each times how its group differs from those
// at risk.
func (r *race) score(s *scoring, cluster func(*wait) int32) {
	tb := r.tb
	run := 0.0                          // expected of one wait so far
	shared := make([]float64, r.groups) // the same, times each group's part
	add := func(w *wait, sign float64) []float64 {
		c := int(cluster(w)) * r.groups
		sum := s.sum[c : c+r.groups]
		for g, v := range shared {
			sum[g] += sign * w.w * v
		}
		sum[r.group(w)] -= sign * w.w * run
		return sum
	}
	late := tb.entries()
	i := 0
	for row, d := range tb.event {
		for ; len(late) > 0 && int(late[0].from) == row; late = late[1:] {
			add(&late[0], -1)
		}
		share, hazard := r.share[row*r.groups:(row+1)*r.groups], 0.0
		if d > 0 {
			hazard = r.weight[row] * d / tb.risk[row]
		}
		run += hazard
		for g, p := range share {
			shared[g] += hazard * p
		}
		for ; i < len(tb.waits) && int(tb.waits[i].row) == row; i++ {
			w := &tb.waits[i]
			sum := add(w, 1)
			if w.cause == 1 {
				sum[r.group(w)] += w.w * r.weight[row]
				for g, p := range share {
					sum[g] -= w.w * r.weight[row] * p
				}
			}
		}
	}
}

// covariance puts the summed squares in the lower half of v.
func (s *scoring) covariance(v [][]float64) {
	for g := range v {
		clear(v[g])
	}
	for c := range s.clusters {
		u := s.sum[c*s.groups : (c+1)*s.groups]
		for g, x := range u {
			for h, y := range u[:g+1] {
				v[g][h] += x * y
			}
		}
	}
}
