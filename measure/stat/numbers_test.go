package stat

import (
	"math"
	"math/big"
	"testing"
)

func TestProportions(t *testing.T) {
	for _, g := range load(t, "proportions.json").at("table").each() {
		x, n := g.at("x").number(), g.at("n").number()
		for name, interval := range map[string]func(x, n, confidence float64) (lo, hi float64){
			"wilson": Wilson, "cp": ClopperPearson, "jeff": Jeffreys,
		} {
			lo, hi := interval(x, n, .95)
			g.at(name + "_lo").agree(lo)
			g.at(name + "_hi").agree(hi)
		}
	}
}

func TestEvenness(t *testing.T) {
	for name := range load(t, "evenness.json").at("cases").any.(map[string]any) {
		g := load(t, "evenness.json").at("cases", name)
		x := g.at("x").list()
		for key, f := range map[string]func([]float64) float64{
			"gini": Gini, "theil": Theil, "theil_norm": TheilNormalised, "jain": Jain, "pielou": Pielou,
			"hill1": func(x []float64) float64 { return Hill(x, 1) },
			"hill2": func(x []float64) float64 { return Hill(x, 2) },
		} {
			g.at(key).agree(f(x))
		}
		g.at("contributor_absence_factor").agree(float64(ContributorAbsenceFactor(x)))
	}
}

func TestICC(t *testing.T) {
	g := load(t, "cluster_icc.json").at("icc")
	y := numbers(t, "icc.csv", "y")
	for _, facet := range []string{"week", "dept", "channel"} {
		g := g.at(facet)
		group := labels(t, "icc.csv", facet)
		icc, msb, msw, n0 := ICC(y, group)
		g.at("icc").agree(icc)
		g.at("msb").agree(msb)
		g.at("msw").agree(msw)
		g.at("n0").agree(n0)
		a := OneWay(y, group)
		g.at("k").agree(float64(a.Groups))
		g.at("N").agree(a.N)
		f, p := a.F()
		g.at("F").agree(f)
		g.at("p").agree(p)
		lo, hi := a.Interval(.95)
		g.at("lower95").agree(lo)
		g.at("upper95").within(1e-11, hi) // R's qf takes 1/q-1 of a q near 1 and loses digits

		k, n := make([]float64, a.Groups), make([]float64, a.Groups)
		for i, v := range y {
			k[group[i]] += v
			n[group[i]]++
		}
		g.at("icc").agree(ICCCounts(k, n))
	}
}

func TestBursts(t *testing.T) {
	g := load(t, "cluster_icc.json").at("bursts")
	arrive := numbers(t, "response_log.csv", "arrive_h") // in order already
	var gaps []float64
	for i := range arrive[1:] {
		gaps = append(gaps, arrive[i+1]-arrive[i])
	}
	plain, finite := Burstiness(gaps)
	g.at("n_gaps").agree(float64(len(gaps)))
	g.at("memory").agree(Memory(gaps))
	g.at("B").agree(plain)
	g.at("B_finite").within(1e-11, finite) // R loses a digit: 4.8e-05 is what two numbers near 24 leave
}

func TestChange(t *testing.T) {
	g := load(t, "change.json")
	for _, row := range g.at("poisson_cusum_arl").each() {
		k, h := row.at("k").number(), row.at("h").number()
		// R solved equations that are the nearer to singular the longer the run,
		// and so lost up to the digits of arl0; see TestARLExact.
		lost := 0x1p-52 * row.at("arl0").number()
		row.at("arl0").within(max(1e-12, lost), PoissonARL(row.at("lambda0").number(), k, h, 10))
		row.at("arl1").agree(PoissonARL(row.at("lambda1").number(), k, h, 10))
	}
	g.at("check", "surv_arlCusum").agree(PoissonARL(1, 1.4, 5, 10))
	for _, row := range g.at("normal_cusum_arl").each() {
		k, h := row.at("k").number(), row.at("h").number()
		row.at("arl0").agree(NormalARL(0, k, h))
		row.at("arl1_1sigma").agree(NormalARL(1, k, h))
	}
	g = g.at("trace")
	y, mu, rho, r := g.at("y").list(), g.at("mu").number(), g.at("rho").number(), g.at("r").number()
	g.at("k").agree(PoissonReference(mu, rho*mu))
	g.at("poisson_cusum").agree(PoissonCUSUM(y, mu, rho)...)
	g.at("nb_cusum").agree(NegBinCUSUM(y, []float64{mu}, rho, r)...)
	var llr []float64
	for _, v := range y {
		llr = append(llr, NegBinIncrement(v, mu, rho, r))
	}
	g.at("nb_llr").agree(llr...)
	g.at("page_hinkley", "stat").agree(PageHinkley(y, g.at("page_hinkley", "delta").number())...)
	g = g.at("bocpd")
	run, recent := Changepoints(y, g.at("a0").number(), g.at("b0").number(), g.at("hazard").number(), 24)
	var runs []float64
	for _, v := range run {
		runs = append(runs, float64(v))
	}
	g.at("map_run_length").agree(runs...)
	g.at("p_recent24").agree(recent...)
}

// Average run lengths against Gauss's elimination with 400 bits.
func TestARLExact(t *testing.T) {
	for _, row := range [][3]float64{{.25, .4, 12}, {.5, .7, 12}, {10, 18.2, 12}, {1, 1.4, 5}} {
		lambda, k, h := row[0], row[1], row[2]
		got, want := PoissonARL(lambda, k, h, 10), exactARL(lambda, int(math.Round(k*10)), int(math.Round(h*10)))
		if math.Abs(got-want) > 1e-13*want {
			t.Errorf("λ %g, k %g, h %g: %.17g, want %.17g", lambda, k, h, got, want)
		}
	}
}

func exactARL(lambda float64, step, states int) float64 {
	long := func(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }
	// exp(-λ) by its series, then the Poisson chances.
	none, term := long(1), long(1)
	for i := 1.0; i < 400; i++ {
		term.Mul(term, long(-lambda)).Quo(term, long(i))
		none.Add(none, term)
	}
	a := make([][]*big.Float, states) // I-P, and a column of ones
	for i := range a {
		a[i] = make([]*big.Float, states+1)
		for j := range a[i] {
			a[i][j] = long(0)
		}
		a[i][i], a[i][states] = long(1), long(1)
		p := new(big.Float).Copy(none)
		for y := 0; i+10*y-step < states; y++ {
			to := a[i][max(0, i+10*y-step)]
			to.Sub(to, p)
			p.Mul(p, long(lambda)).Quo(p, long(float64(y+1)))
		}
	}
	for last := states - 1; last > 0; last-- {
		for i := range last {
			factor := new(big.Float).Quo(a[i][last], a[last][last])
			for j := range a[i] {
				if j < last || j == states {
					a[i][j].Sub(a[i][j], new(big.Float).Mul(factor, a[last][j]))
				}
			}
		}
	}
	arl, _ := new(big.Float).Quo(a[0][states], a[0][0]).Float64()
	return arl
}

// The tables of extra.R.
func TestWeights(t *testing.T) {
	g := load(t, "extra.json")
	plain := clustered(t)
	weighted, tied := clustered(t), clustered(t)
	tiedWeighted := clustered(t)
	for i := range plain {
		w := 1 + float64((i+1)*7%5)/2
		weighted[i].Weight, tiedWeighted[i].Weight = w, w
		tied[i].Time = math.RoundToEven(tied[i].Time) + 1
		tiedWeighted[i].Time = tied[i].Time
	}
	times := []float64{1, 4, 24, 48, 72, 168, 336, 720}
	check := func(name string, obs []Observation, se []float64) {
		g := g.at(name)
		c := KaplanMeier(obs)
		var s, green []float64
		for _, u := range times {
			v, _ := c.At(u)
			s, green = append(s, v), append(green, c.SE(u))
		}
		g.at("surv").agree(s...)
		if se == nil {
			se = green
		}
		g.at("std_err").agree(se...)
	}
	alone := func(obs []Observation) []Observation {
		one := append([]Observation{}, obs...)
		for i := range one {
			one[i].Cluster = i
		}
		return one
	}
	check("weighted", weighted, nil)
	check("weighted_robust", weighted, ClusteredSE(alone(weighted), times))
	check("weighted_cluster", weighted, ClusteredSE(weighted, times))
	check("tied_cluster", tied, ClusteredSE(tied, times))
	check("tied_weighted_cluster", tiedWeighted, ClusteredSE(tiedWeighted, times))

	entered := late(t)
	for i := range entered {
		entered[i].Cluster = (i + 1) % 40
	}
	check("late_cluster", entered, ClusteredSE(entered, times))
	dept := make([]int, len(entered))
	for i := range dept {
		dept[i] = (i + 1) % 3
	}
	g.at("late_score", "chisq").agree(LogRank(entered, dept, 0).ChiSq)
	g.at("late_score", "robust").agree(ClusteredLogRank(entered, dept, nil, 0).ChiSq)
	for i := range entered {
		entered[i].Weight = float64(1 + (i+1)%3)
	}
	check("late_weighted_cluster", entered, ClusteredSE(entered, times))

	cause := numbers(t, "competing.csv", "cause")
	compete := func(obs []Observation) *Incidence {
		for i := range obs {
			obs[i].Cause = int(cause[i])
		}
		return AalenJohansen(obs)
	}
	f := compete(clustered(t))
	g.at("aj_cluster").incidence(f, "p", f.ClusteredAt)
	tiedTimes := clustered(t)
	for i := range tiedTimes {
		tiedTimes[i].Time = tied[i].Time
	}
	f = compete(tiedTimes)
	g.at("aj_tied").incidence(f, "p", f.At)
	f = compete(append([]Observation{}, weighted...))
	g.at("aj_weighted_cluster").incidence(f, "p", f.ClusteredAt)
	entered = late(t)
	for i := range entered {
		if entered[i].Cause == 1 && (i+1)%3 == 0 {
			entered[i].Cause = 2
		}
	}
	f = AalenJohansen(entered)
	g.at("late_aj").incidence(f, "p", f.At)

	byDept, byChannel := labels(t, "clustered.csv", "dept"), labels(t, "clustered.csv", "channel")
	g.at("score_dept", "robust").agree(ClusteredLogRank(plain, byDept, nil, 0).ChiSq)
	g.at("score_channel", "robust").agree(ClusteredLogRank(plain, byChannel, nil, 0).ChiSq)
	g.at("score_strata", "robust").agree(ClusteredLogRank(plain, byDept, byChannel, 0).ChiSq)
	g.at("score_tied", "robust").agree(ClusteredLogRank(tied, byDept, nil, 0).ChiSq)
	g.at("score_weighted", "robust").agree(ClusteredLogRank(weighted, byDept, nil, 0).ChiSq)
	g.at("rho_half", "chisq").agree(LogRank(plain, byDept, .5).ChiSq)
}

func TestQuantiles(t *testing.T) {
	g := load(t, "extra.json")
	check := func(name string, obs []Observation, m Method) {
		c := KaplanMeier(obs)
		var q, lo, hi []float64
		for _, p := range []float64{.1, .25, .5, .75, .9, .99} {
			l, h := c.QuantileInterval(p, .95, m)
			q, lo, hi = append(q, c.Quantile(p)), append(lo, l), append(hi, h)
		}
		g.at(name, "q").agree(q...)
		g.at(name, "lower").agree(lo...)
		g.at(name, "upper").agree(hi...)
	}
	check("quant_four", waits([]float64{1, 2, 3, 4}, []float64{1, 1, 1, 1}), Plain)
	check("quant_half", waits([]float64{1, 2, 3, 4, 9}, []float64{1, 1, 0, 0, 0}), Log)
	check("quant_two", waits([]float64{1, 2, 3, 4, 5, 6, 7, 8}, []float64{1, 1, 0, 0, 1, 0, 0, 0}), Log)
	lung := waits(numbers(t, "lung.csv", "time"), numbers(t, "lung.csv", "status"))
	check("quant_lung_plain", lung, Plain)
	check("quant_lung_logit", lung, Logit)
	check("quant_lung_arcsin", lung, Arcsin)

	near := KaplanMeier(waits([]float64{1, 1 + 1e-9, 2, 3, 3 + 1e-7, 4, 0.1 + 0.2, 0.3}, []float64{1, 1, 1, 1, 1, 1, 1, 1}))
	g.at("near", "time").agree(near.Time...)
	g.at("near", "n_risk").agree(near.AtRisk...)
	g.at("near", "n_event").agree(near.Events...)

	g.at("bh", "adjusted").agree(BenjaminiHochberg(g.at("bh", "p").list())...)
	for _, name := range []string{"few", "many", "ones"} {
		g.at("chao_shen", name).agree(ChaoShen(g.at("chao_shen_counts", name).list()))
	}
	var q []float64
	for _, p := range g.at("type7", "p").list() {
		q = append(q, Quantile(g.at("type7", "x").list(), p))
	}
	g.at("type7", "q").agree(q...)
	p, a, b := g.at("beta", "p").list(), g.at("beta", "a").list(), g.at("beta", "b").list()
	var x []float64
	for i := range p {
		v, _ := betaQuantile(p[i], a[i], b[i])
		x = append(x, v)
	}
	g.at("beta", "q").agree(x...)
	f, d1, d2 := g.at("ftest", "f").list(), g.at("ftest", "d1").list(), g.at("ftest", "d2").list()
	p = nil
	for i := range f {
		p = append(p, fTail(f[i], d1[i], d2[i]))
	}
	g.at("ftest", "p").agree(p...)
	var student []float64
	for _, df := range g.at("student", "df").list() {
		student = append(student, studentQuantile(.95, df))
	}
	g.at("student", "t").agree(student...)

	x, n := g.at("clopper90", "x").list(), g.at("clopper90", "n").list()
	var lo, hi []float64
	for i := range x {
		l, h := ClopperPearson(x[i], n[i], .9)
		lo, hi = append(lo, l), append(hi, h)
	}
	g.at("clopper90", "lo").agree(lo...)
	g.at("clopper90", "hi").agree(hi...)
}
