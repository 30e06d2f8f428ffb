package stat

import (
	"math"
	"math/big"
	"testing"
)

var methods = map[string]Method{"plain": Plain, "log": Log, "log-log": LogLog, "logit": Logit, "arcsin": Arcsin}

// table compares a whole curve.
func (g golden) table(c *Curve, m Method) {
	g.t.Helper()
	g.at("time").agree(c.Time...)
	g.at("n_risk").agree(c.AtRisk...)
	g.at("n_event").agree(c.Events...)
	if _, ok := g.any.(map[string]any)["n_censor"]; ok {
		g.at("n_censor").agree(c.Censored...)
		var se []float64
		for _, t := range c.Time {
			se = append(se, c.SE(t))
		}
		g.at("std_err").agree(se...)
	}
	g.at("surv").agree(c.Surv...)
	var lo, hi []float64
	for _, t := range c.Time {
		l, h := c.Interval(t, .95, m)
		lo, hi = append(lo, l), append(hi, h)
	}
	g.at("lower").agree(lo...)
	g.at("upper").agree(hi...)
}

// points compares a curve at some times.
func (g golden) points(c *Curve, m Method) {
	g.t.Helper()
	var s, se, lo, hi []float64
	for _, t := range g.at("time").list() {
		v, _ := c.At(t)
		l, h := c.Interval(t, .95, m)
		s, se, lo, hi = append(s, v), append(se, c.SE(t)), append(lo, l), append(hi, h)
	}
	g.at("surv").agree(s...)
	g.at("std_err").agree(se...)
	g.at("lower").agree(lo...)
	g.at("upper").agree(hi...)
}

func (g golden) rmst(c *Curve, obs []Observation) {
	g.t.Helper()
	for _, row := range g.each() {
		tau := row.at("tau").number()
		mean, se := c.RMST(tau)
		row.at("rmst").agree(mean)
		row.at("se").agree(se)
		reading := NewSample(obs).Mean(tau)
		row.at("rmst").agree(reading.Value())
		row.at("se").agree(reading.SE())
	}
}

func (g golden) quantiles(c *Curve, m Method) {
	g.t.Helper()
	var q, lo, hi []float64
	for _, p := range g.at("probs").list() {
		l, h := c.QuantileInterval(p, .95, m)
		q, lo, hi = append(q, c.Quantile(p)), append(lo, l), append(hi, h)
	}
	g.at("quantile").agree(q...)
	g.at("lower").agree(lo...)
	g.at("upper").agree(hi...)
}

func (g golden) test(x Test) {
	g.t.Helper()
	g.at("chisq").agree(x.ChiSq)
	g.at("df").agree(float64(x.DF))
	g.at("p").agree(x.P)
}

// group compares a test and its parts; order gives the golden's groups by name.
func (g golden) groups(x Test, order ...int) {
	g.t.Helper()
	g.test(x)
	at := map[int]int{}
	for i, name := range x.Group {
		at[name] = i
	}
	var obs, exp []float64
	for i, name := range order {
		obs, exp = append(obs, x.Observed[at[name]]), append(exp, x.Expected[at[name]])
		var v []float64
		for _, other := range order {
			v = append(v, x.Var[at[name]][at[other]])
		}
		g.at("var").each()[i].agree(v...)
	}
	g.at("obs").agree(obs...)
	g.at("exp").agree(exp...)
}

func TestTiny(t *testing.T) {
	g := load(t, "tiny.json")
	obs := waits(g.at("time").list(), g.at("status").list())
	c := KaplanMeier(obs)
	for name, m := range methods {
		g.at("km", name).table(c, m)
	}
	g.at("rmst").rmst(c, obs)
	g.at("quant", "log").quantiles(c, Log)
	g.at("quant", "log-log").quantiles(c, LogLog)
	var group []int
	for _, v := range g.at("group").list() {
		group = append(group, int(v))
	}
	g.at("logrank").groups(LogRank(obs, group, 0), 1, 2)
	g.at("peto").groups(LogRank(obs, group, 1), 1, 2)
}

func TestLung(t *testing.T) {
	g := load(t, "lung.json")
	time, status := numbers(t, "lung.csv", "time"), numbers(t, "lung.csv", "status")
	obs := waits(time, status)
	c := KaplanMeier(obs)
	g.at("km_loglog").table(c, LogLog)
	g.at("km_log_at").points(c, Log)
	g.at("km_plain_at").points(c, Plain)
	g.at("km_loglog_at").points(c, LogLog)
	g.at("rmst").rmst(c, obs)
	g.at("quant", "log").quantiles(c, Log)
	g.at("quant", "log-log").quantiles(c, LogLog)
	sex, ecog := numbers(t, "lung.csv", "sex"), numbers(t, "lung.csv", "ph_ecog")
	var bySex, byEcog []int
	for i := range sex {
		bySex = append(bySex, int(sex[i]))
		byEcog = append(byEcog, int(ecog[i]))
	}
	for k, name := range []string{"1", "2"} {
		part := pick(obs, func(i int) bool { return bySex[i] == k+1 })
		g.at("by_sex", name, "rmst").rmst(KaplanMeier(part), part)
		g.at("by_sex", name, "quant").quantiles(KaplanMeier(part), LogLog)
	}
	g.at("logrank_sex").groups(LogRank(obs, bySex, 0), 1, 2)
	g.at("peto_sex").groups(LogRank(obs, bySex, 1), 1, 2)
	known := func(i int) bool { return !math.IsNaN(ecog[i]) }
	some, someSex, someEcog := pick(obs, known), pick(bySex, known), pick(byEcog, known)
	g.at("logrank_ecog").groups(LogRank(some, someEcog, 0), 0, 1, 2, 3)
	g.at("logrank_sex_strat_ecog").groups(StratifiedLogRank(some, someSex, someEcog, 0), 1, 2) //nolint:misspell // the name in the table

	reverse := waits(time, status)
	for i := range reverse {
		reverse[i].Cause = 1 - reverse[i].Cause
	}
	g.at("reverse_km_median").agree(KaplanMeier(reverse).Quantile(.5))
}

// The intervals of km.ci. Grunkemeier's are found there by a search that stops
// early, so they are compared to what it reaches.
func TestKMCI(t *testing.T) {
	g := load(t, "cluster_icc.json")
	c := KaplanMeier(waits(numbers(t, "lung.csv", "time"), numbers(t, "lung.csv", "status")))
	for name, m := range map[string]Method{"lung_rothman": Rothman, "lung_grunkemeier": Grunkemeier} {
		tolerance := 1e-12
		if m == Grunkemeier {
			tolerance = 1e-8
		}
		var lo, hi []float64
		for _, u := range g.at(name, "time").list() {
			l, h := c.Interval(u, .95, m)
			lo, hi = append(lo, l), append(hi, h)
		}
		g.at(name, "lower").within(tolerance, lo...)
		g.at(name, "upper").within(tolerance, hi...)
	}
}

func TestResponseLog(t *testing.T) {
	g := load(t, "response_log.json")
	obs := waits(numbers(t, "response_log.csv", "time_h"), numbers(t, "response_log.csv", "answered"))
	g.at("km_loglog").table(KaplanMeier(obs), LogLog)
	dept, channel := column(t, "response_log.csv", "dept"), column(t, "response_log.csv", "channel")
	part := func(g golden, obs []Observation) {
		c := KaplanMeier(obs)
		g.at("at").points(c, LogLog)
		g.at("rmst").rmst(c, obs)
		g.at("quant").quantiles(c, LogLog)
	}
	part(g.at("all"), obs)
	depts := []string{"board", "sales", "support"}
	var byDept, byChannel []int
	for i := range dept {
		for k, name := range depts {
			if dept[i] == name {
				byDept = append(byDept, k)
			}
		}
		byChannel = append(byChannel, map[string]int{"mail": 0, "mastodon": 1}[channel[i]])
	}
	for k, name := range depts {
		part(g.at("by_dept", name), pick(obs, func(i int) bool { return byDept[i] == k }))
	}
	g.at("logrank_dept").groups(LogRank(obs, byDept, 0), 0, 1, 2)
	g.at("peto_dept").groups(LogRank(obs, byDept, 1), 0, 1, 2)
	g.at("logrank_channel").groups(LogRank(obs, byChannel, 0), 0, 1)
	g.at("logrank_dept_strat_channel").groups(StratifiedLogRank(obs, byDept, byChannel, 0), 0, 1, 2) //nolint:misspell // the name in the table
}

func late(t *testing.T) []Observation {
	obs := waits(numbers(t, "left_trunc.csv", "time"), numbers(t, "left_trunc.csv", "status"))
	for i, e := range numbers(t, "left_trunc.csv", "entry") {
		obs[i].Entry = e
	}
	return obs
}

func TestLeftTruncation(t *testing.T) {
	load(t, "left_trunc.json").table(KaplanMeier(late(t)), LogLog)
}

func TestCompeting(t *testing.T) {
	g := load(t, "competing.json")
	f := AalenJohansen(waits(numbers(t, "competing.csv", "time"), numbers(t, "competing.csv", "cause")))
	g.incidence(f, "pstate", f.At)
}

func (g golden) incidence(f *Incidence, key string, at func(t float64, cause int) (p, se float64)) {
	g.t.Helper()
	for i, u := range []float64{1, 4, 24, 48, 72, 168, 336, 720} {
		var p, se []float64
		for k := range f.Causes + 1 {
			a, b := at(u, k)
			p, se = append(p, a), append(se, b)
		}
		g.at(key).each()[i].agree(p...)
		g.at("std_err").each()[i].agree(se...)
	}
}

func TestClustered(t *testing.T) {
	g := load(t, "cluster_icc.json").at("clustered")
	obs := clustered(t)
	g.at("plain").points(KaplanMeier(obs), LogLog)
	robust := g.at("robust_cluster")
	robust.at("std_err").agree(ClusteredSE(obs, robust.at("time").list())...)

	cluster := make([]int, len(obs))
	alone := make([]int, len(obs))
	for i := range obs {
		cluster[i], alone[i] = obs[i].Cluster, i
	}
	for name, pseudo := range map[string][]float64{"pseudo_S48": PseudoSurvival(obs, 48), "pseudo_RMST168": PseudoRMST(obs, 168)} {
		const tolerance = 600 * 1e-12 // R subtracts 599·θ₋ᵢ from 600·θ and loses digits; see TestPseudoExact
		mean, se := ClusteredMean(pseudo, cluster)
		g.at(name, "mean").within(tolerance, mean)
		g.at(name, "se_cluster").agree(se)
		_, se = ClusteredMean(pseudo, alone)
		n := float64(len(obs))
		g.at(name, "se_iid").agree(se * math.Sqrt(n/(n-1)))
		g.at(name, "first10").within(tolerance, pseudo[:10]...)
	}
}

// Pseudo-observations against leaving each wait out in turn with 300 bits.
func TestPseudoExact(t *testing.T) {
	obs := clustered(t)
	long := func(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }
	exact := func(obs []Observation, until float64) (surv, mean *big.Float) {
		c := KaplanMeier(obs)
		area, s, from := long(0), long(1), long(0)
		for r, u := range c.Time {
			if u > until {
				break
			}
			piece := long(u)
			area.Add(area, piece.Sub(piece, from).Mul(piece, s))
			from = long(u)
			s.Mul(s, long(c.AtRisk[r]-c.Events[r])).Quo(s, long(c.AtRisk[r]))
		}
		piece := long(until)
		return s, area.Add(area, piece.Sub(piece, from).Mul(piece, s))
	}
	n := float64(len(obs))
	check := func(name string, i int, got float64, all, rest *big.Float) {
		all = new(big.Float).Mul(all, long(n))
		all.Sub(all, rest.Mul(rest, long(n-1)))
		if want, _ := all.Float64(); math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
			t.Errorf("%s without wait %d: %.17g, want %.17g", name, i, got, want)
		}
	}
	s48, _ := exact(obs, 48)
	_, mean168 := exact(obs, 168)
	pseudo48, pseudo168 := PseudoSurvival(obs, 48), PseudoRMST(obs, 168)
	for i := 0; i < len(obs); i += 7 {
		others := append(append([]Observation{}, obs[:i]...), obs[i+1:]...)
		s, _ := exact(others, 48)
		check("share waiting 48 h", i, pseudo48[i], s48, s)
		_, m := exact(others, 168)
		check("mean wait of 168 h", i, pseudo168[i], mean168, m)
	}
}

func TestAttention(t *testing.T) {
	g := load(t, "attention.json")
	obs := clustered(t)
	a, se := AttentionScore(obs, 1, 168)
	g.at("A").agree(a)
	g.at("A_by_integral").agree(a)
	g.at("se_greenwood_type").agree(se)
	cluster, alone := make([]int, len(obs)), make([]int, len(obs))
	for i := range obs {
		cluster[i], alone[i] = obs[i].Cluster, i
	}
	pseudo := PseudoAttention(obs, 1, 168)
	mean, se := ClusteredMean(pseudo, cluster)
	g.at("se_pseudo_cluster_asker").agree(se)
	if math.Abs(mean-a) > 1e-3 {
		t.Errorf("pseudo-observations average %g, the score is %g", mean, a)
	}
	_, se = ClusteredMean(pseudo, alone)
	n := float64(len(obs))
	g.at("se_pseudo_iid").agree(se * math.Sqrt(n/(n-1)))
	dept := column(t, "clustered.csv", "dept")
	for _, name := range []string{"board", "sales", "support"} {
		part := pick(obs, func(i int) bool { return dept[i] == name })
		a, se := AttentionScore(part, 1, 168)
		g.at("by_dept", name, "n").agree(float64(len(part)))
		g.at("by_dept", name, "A").agree(a)
		g.at("by_dept", name, "se").agree(se)
	}
}
