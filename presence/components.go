package presence

import (
	"math"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// countMessages counts the organisation's messages of the window by kind.
func (g *cohort) countMessages(n *Counts) {
	for i := range g.acts {
		e := g.at(int32(i))
		if e.Side != conversation.Organisation || !g.inWindow(&e) {
			continue
		}
		n.OrgMessages++
		switch {
		case g.flags[i]&machine != 0 || g.acts[i].Has(speech.Automatic):
			n.Machines++
		case g.flags[i]&copied != 0:
			n.Templates++
		case g.acts[i].Hollow() && !g.wordless(int32(i)):
			n.Receipts++
		}
	}
	for _, thread := range g.threads {
		if e := g.at(thread[0]); e.Side == conversation.Organisation && g.inWindow(&e) {
			n.Broadcasts++
		}
	}
}

// components gives the six estimates with what is shown beside them.
func (g *cohort) components(m *model, v values) Components {
	part := func(k int, n int, doubts ...measure.Doubt) Component {
		if math.IsNaN(v.center[k]) {
			return Component{Estimate: measure.Unmeasured(measure.Score, n, doubts...)}
		}
		lo, hi := interval(v.draws[k], g.par.Confidence)
		return Component{Estimate: measure.Estimate{Center: v.center[k], Lo: min(lo, v.center[k]), Hi: max(hi, v.center[k]),
			Confidence: g.par.Confidence, N: n, Unit: measure.Score, Doubts: doubts}}
	}
	var c Components
	c.Attention = Component{Estimate: g.attention(g.needing, g.weight), Beside: g.besideAttention()}
	if g.capped > 0 {
		c.Attention.Estimate = c.Attention.With(measure.Doubted("capped", g.capped, 100*g.par.Cap))
	}
	c.Constancy = part(constancy, len(m.matured), g.constancyDoubts(m)...)
	if c.Constancy.Known() && m.alike() {
		c.Constancy.Lo, c.Constancy.Hi = math.NaN(), math.NaN()
		c.Constancy.Estimate = c.Constancy.With(measure.Doubted("all-alike"))
	}
	c.Constancy.Beside = g.besideConstancy(m)
	c.Evenness = part(evenness, len(m.matured), g.evennessDoubts(m)...)
	c.Evenness.Beside = g.besideEvenness(m)
	g.ungated(m, &c.Evenness)
	c.Diffusion = part(diffusion, len(m.replies), g.diffusionDoubts(m)...)
	c.Diffusion.Beside = g.besideDiffusion(m)
	c.Voice = part(voice, len(m.replies), g.voiceDoubts(m)...)
	g.voiceInterval(m, &c.Voice)
	c.Voice.Beside = g.besideVoice(m)
	c.Conversation = part(exchange, int(sum(m.broadcasts)+sum(m.exchanges)+sum(m.foreign)), g.exchangeDoubts(m)...)
	m.exchangeInterval(&c.Conversation.Estimate)
	c.Conversation.Beside = g.besideExchange(m)
	return c
}

// alike says whether all matured appeals ended the same way: then nothing can
// differ from week to week.
func (m *model) alike() bool {
	for _, o := range m.matured {
		if o.answered != m.matured[0].answered {
			return false
		}
	}
	return true
}

// ungated opens the interval of an evenness that is 1 because no difference is
// clear of chance: it goes down to the largest difference seen.
func (g *cohort) ungated(m *model, c *Component) {
	for _, f := range m.facets {
		if f.gated {
			return
		}
	}
	for _, b := range c.Beside {
		if b.Name == "evenness" && c.Known() {
			c.Lo = min(c.Lo, b.Value)
		}
	}
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// voiceInterval is Wilson's for clusters: the replies of one person hang together.
func (g *cohort) voiceInterval(m *model, c *Component) {
	if !c.Known() {
		return
	}
	x, cluster := make([]float64, len(m.replies)), make([]int, len(m.replies))
	for i, r := range m.replies {
		if r.human {
			x[i] = 1
		}
		cluster[i] = int(r.person)
	}
	_, c.Lo, c.Hi, _ = stat.ClusteredProportion(x, cluster, g.par.Confidence)
}

// exchangeInterval is Wilson's with the weeks as clusters: the weeks' influence
// on the mean of their shares gives its variance, Student's quantile pays for
// their small number.
func (m *model) exchangeInterval(e *measure.Estimate) {
	if !e.Known() {
		return
	}
	b, t := m.weekly()
	half := 1.0
	if len(b) > 0 && len(t) > 0 {
		half = .5
	}
	influence := make([]float64, m.weeks)
	for _, part := range []map[int]float64{b, t} {
		mean := 0.0
		for w := range m.weeks { // in order, so that sums are the same every time
			mean += part[w] / float64(max(1, len(part)))
		}
		for w := range m.weeks {
			if x, ok := part[w]; ok {
				influence[w] += half * (x - mean) / float64(len(part))
			}
		}
	}
	n := float64(max(len(b), len(t)))
	if n < 2 {
		e.Lo, e.Hi = 0, 1
		return
	}
	variance := 0.0
	for _, x := range influence {
		variance += x * x * n / (n - 1)
	}
	student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}
	q := 1 - (1-e.Confidence)/2
	wider := student.Quantile(q) / distuv.UnitNormal.Quantile(q)
	e.Lo, e.Hi = stat.RothmanWilson(e.Center, variance*wider*wider, n, e.Confidence)
}

// weekly gives the shares of 1-B and T by week, where there is one.
func (m *model) weekly() (b, t map[int]float64) {
	b, t = map[int]float64{}, map[int]float64{}
	for w := range m.weeks {
		if all := m.broadcasts[w] + m.exchanges[w]; all > 0 {
			b[w] = m.exchanges[w] / all
		}
		if m.foreign[w] > 0 {
			t[w] = m.local[w] / m.foreign[w]
		}
	}
	return b, t
}

func (g *cohort) besideAttention() []Beside {
	peers := 0
	for _, a := range g.needing {
		if a.org > g.until && a.anyone <= g.until {
			peers++
		}
	}
	share := math.NaN()
	if len(g.needing) > 0 {
		share = float64(peers) / float64(len(g.needing))
	}
	return []Beside{
		{Name: "oldest-waiting", Value: g.oldestWait(), Unit: measure.Hours, N: len(g.needing)},
		{Name: "answered-by-peers-only", Value: share, Unit: measure.Share, N: len(g.needing)},
	}
}

func (g *cohort) constancyDoubts(m *model) []measure.Doubt {
	if !m.measured[constancy] {
		return []measure.Doubt{measure.Doubted("too-few-weeks", fullWeeks(m), minWeeks)}
	}
	return nil
}

// besideConstancy describes the rhythm of the organisation's answers: the
// longest silence, and the burstiness and memory of Goh & Barabási (2008) with
// the finite-size correction of Kim & Jo (2016).
func (g *cohort) besideConstancy(m *model) []Beside {
	var at []int64
	for _, a := range g.cases.answers {
		if a.at >= g.from {
			at = append(at, a.at)
		}
	}
	slices.Sort(at)
	var gaps []float64
	longest := math.NaN()
	for i := 1; i < len(at); i++ {
		gap := float64(at[i]-at[i-1]) / float64(anHour)
		gaps = append(gaps, gap)
		if !(gap <= longest) {
			longest = gap
		}
	}
	out := []Beside{{Name: "longest-silence", Value: longest, Unit: measure.Hours, N: len(at)}}
	if len(gaps) >= 10 && !g.daily {
		_, finite := stat.Burstiness(gaps)
		out = append(out, Beside{Name: "burstiness", Value: finite, Unit: measure.Score, N: len(gaps)},
			Beside{Name: "memory", Value: stat.Memory(gaps), Unit: measure.Score, N: len(gaps)})
	}
	return out
}

func (g *cohort) evennessDoubts(m *model) []measure.Doubt {
	if len(m.facets) == 0 {
		return []measure.Doubt{measure.Doubted("one-group", "group")}
	}
	return nil
}

func (g *cohort) besideEvenness(m *model) []Beside {
	out := []Beside{}
	for _, f := range m.facets {
		k, n := make([]float64, f.groups), make([]float64, f.groups)
		for i, o := range m.matured {
			if f.group[i] < 0 {
				continue
			}
			n[f.group[i]] += o.weight
			if o.answered {
				k[f.group[i]] += o.weight
			}
		}
		out = append(out, Beside{Name: "evenness", Group: f.name, Value: apart(stat.ICCCounts(k, n)), Unit: measure.Score, N: len(m.matured)},
			Beside{Name: "log-rank-p", Group: f.name, Value: f.p, Unit: measure.Share, N: len(m.matured)})
	}
	return out
}

func (g *cohort) diffusionDoubts(m *model) []measure.Doubt {
	var doubts []measure.Doubt
	if len(m.replies) < minReplies {
		return append(doubts, measure.Doubted("too-few-answers", len(m.replies), minReplies))
	}
	if m.people == 0 {
		doubts = append(doubts, measure.Doubted("no-signature"))
	}
	if m.declared == 0 {
		doubts = append(doubts, measure.Doubted("no-departments"))
	}
	return doubts
}

func (g *cohort) besideDiffusion(m *model) []Beside {
	counts := make([]float64, m.people)
	for _, r := range m.replies {
		if r.answers && r.person >= 0 {
			counts[r.person]++
		}
	}
	if len(counts) == 0 {
		return []Beside{}
	}
	n := int(sum(counts))
	return []Beside{
		{Name: "people-who-answer", Value: math.Exp(stat.ChaoShen(counts)), Unit: measure.Count, N: n},
		{Name: "contributor-absence-factor", Value: float64(stat.ContributorAbsenceFactor(counts)), Unit: measure.Count, N: n},
		{Name: "jain", Value: stat.Jain(counts), Unit: measure.Score, N: n},
	}
}

func (g *cohort) voiceDoubts(m *model) []measure.Doubt {
	switch {
	case len(m.replies) < minReplies:
		return []measure.Doubt{measure.Doubted("too-few-answers", len(m.replies), minReplies)}
	case !m.named:
		return []measure.Doubt{measure.Doubted("no-signature")}
	}
	return []measure.Doubt{measure.Doubted("undeclared-machines")}
}

// besideVoice says what the replies are like.
func (g *cohort) besideVoice(m *model) []Beside {
	if len(m.replies) == 0 {
		return []Beside{}
	}
	kinds := []struct {
		name string
		is   func(i int32, r *reply) bool
	}{
		{"named", func(_ int32, r *reply) bool { return r.person >= 0 }},
		{"template", func(i int32, _ *reply) bool { return g.flags[i]&copied != 0 }},
		{"machine", func(i int32, _ *reply) bool { return g.flags[i]&machine != 0 || g.acts[i].Has(speech.Automatic) }},
		{"deflection", func(i int32, _ *reply) bool { return g.acts[i].Has(speech.Deflection) && g.acts[i].Hollow() }},
		{"question", func(i int32, _ *reply) bool { return g.acts[i].Has(speech.Question) }},
		{"apology", func(i int32, _ *reply) bool { return g.acts[i].Has(speech.Apology) }},
		{"tu", func(i int32, _ *reply) bool { return g.acts[i].Has(speech.Tu) }},
		{"vous", func(i int32, _ *reply) bool { return g.acts[i].Has(speech.Vous) }},
	}
	out := []Beside{}
	for _, kind := range kinds {
		n := 0
		for i := range m.replies {
			if kind.is(m.replies[i].message, &m.replies[i]) {
				n++
			}
		}
		out = append(out, Beside{Name: kind.name, Value: float64(n) / float64(len(m.replies)), Unit: measure.Share, N: len(m.replies)})
	}
	return out
}

func (g *cohort) exchangeDoubts(m *model) []measure.Doubt {
	if !m.measured[exchange] {
		return []measure.Doubt{measure.Doubted("no-answer")}
	}
	var doubts []measure.Doubt
	if len(g.opt.Own) == 0 {
		doubts = append(doubts, measure.Doubted("own-links-unknown"))
	}
	return doubts
}

// besideExchange gives the two halves, and how local the organisation is: weeks
// it was there over weeks the conversation was alive.
func (g *cohort) besideExchange(m *model) []Beside {
	alive := map[int]bool{}
	for i := range g.acts {
		if e := g.at(int32(i)); g.inWindow(&e) && e.Side == conversation.Community {
			alive[g.weekly.week(e.Time)] = true
		}
	}
	there := 0
	for w := range alive {
		if m.foreign[w]+m.exchanges[w]+m.broadcasts[w] > 0 {
			there++
		}
	}
	ratio := func(x, n float64) float64 {
		if n == 0 {
			return math.NaN()
		}
		return x / n
	}
	b, a := sum(m.broadcasts), sum(m.exchanges)
	return []Beside{
		{Name: "bullhorn", Value: ratio(b, a+b), Unit: measure.Share, N: int(a + b)},
		{Name: "local", Value: ratio(sum(m.local), sum(m.foreign)), Unit: measure.Share, N: int(sum(m.foreign))},
		{Name: "weeks-present", Value: ratio(float64(there), float64(len(alive))), Unit: measure.Share, N: len(alive)},
	}
}

// doubts are those of the whole report.
func (g *cohort) doubts() []measure.Doubt {
	doubts := []measure.Doubt{measure.Doubted("recogniser")}
	if g.days > 0 {
		doubts = append(doubts, g.dayDoubt())
	}
	if n := g.sideless; n > 0 {
		doubts = append(doubts, measure.Doubted("unknown-side", n))
	}
	if g.noName > 0 {
		doubts = append(doubts, measure.Doubted("no-author", g.noName))
	}
	if n := g.crowded(); n > 0 {
		doubts = append(doubts, measure.Doubted("shared-account", n))
	}
	if n, all := g.everyThread(); all {
		doubts = append(doubts, measure.Doubted("all-answered", n))
	}
	if c := g.counts(); c.Withdrawn+c.SelfSolved > 0 {
		doubts = append(doubts, measure.Doubted("withdrawn", c.Withdrawn+c.SelfSolved))
	}
	if n := g.sharing(); n >= 5 {
		doubts = append(doubts, measure.Doubted("long-threads", n))
	}
	if g.cases.own > 0 {
		doubts = append(doubts, measure.Doubted("addressed-nobody", g.cases.own))
	}
	return append(doubts, measure.Doubted("undeclared-machines"))
}

// everyThread says whether every thread that a member opened got a response of
// the organisation, in a log with enough of them: then it probably holds
// answered conversations only.
func (g *cohort) everyThread() (n int, all bool) {
	all = true
	for _, thread := range g.threads {
		if g.at(thread[0]).Side != conversation.Community {
			continue
		}
		n++
		all = all && slices.ContainsFunc(thread, func(i int32) bool { return g.at(i).Side == conversation.Organisation })
	}
	return n, all && n >= 20
}

// sharing is how many other appeals the middle appeal shares its thread with.
func (g *cohort) sharing() int {
	in := map[int32]int{}
	for _, a := range g.appeals {
		in[a.thread]++
	}
	var others []int
	for _, a := range g.appeals {
		others = append(others, in[a.thread]-1)
	}
	if len(others) == 0 {
		return 0
	}
	slices.Sort(others)
	return others[len(others)/2]
}
