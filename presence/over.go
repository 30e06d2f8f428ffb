package presence

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/measure"
	"gonum.org/v1/gonum/stat/distuv"
)

// A log tells at most so many periods, the last ones: one stray date would make
// thousands.
const mostPeriods = 600

// recent leaves out the appeals that arrived before.
func (g *cohort) recent(before time.Time) {
	k, _ := slices.BinarySearchFunc(g.appeals, before.UnixMicro(), func(a *appeal, t int64) int { return cmp.Compare(a.arrived, t) })
	g.appeals = g.appeals[k:]
}

// periods tells the whole log over time. Shares are of all appeals, attention
// is of those that need an answer.
func (r *facts) periods(c *cases) []Period {
	g := r.gather(c, math.MinInt64)
	out := []Period{}
	if len(g.appeals) == 0 {
		return out
	}
	every := r.opt.Every
	if every == "" {
		every = Month
	}
	loc := r.opt.Location
	if loc == nil {
		loc = time.UTC
	}
	g.recent(every.step(every.start(timeOf(r.until).In(loc)), -mostPeriods))
	if len(g.appeals) == 0 {
		return out
	}
	responders := r.responders(c)
	rest := g.appeals
	for t := every.start(timeOf(g.appeals[0].arrived).In(loc)); t.UnixMicro() <= r.until; t = every.step(t, 1) {
		end := every.step(t, 1)
		k, _ := slices.BinarySearchFunc(rest, end.UnixMicro(), func(a *appeal, t int64) int { return cmp.Compare(a.arrived, t) })
		p := g.period(rest[:k])
		p.From, p.Until = t, timeOf(min(end.UnixMicro(), r.until)).In(loc)
		p.Responders = responders(t.UnixMicro(), end.UnixMicro())
		out = append(out, p)
		rest = rest[k:]
	}
	return out
}

func (g *cohort) period(appeals []*appeal) Period {
	n := len(appeals)
	org, anyone := g.follow(appeals, (*appeal).byOrganisation), g.follow(appeals, (*appeal).byAnyone)
	var needing []*appeal
	for _, a := range appeals {
		if a.needs {
			needing = append(needing, a)
		}
	}
	weight, _ := capWeights(needing, g.par.Cap)
	return Period{Appeals: n, Answered7dOrg: g.share(org, 168), Answered7dAny: g.share(anyone, 168),
		Attention: g.attention(needing, weight)}
}

// responders counts the organisation's people who answered between two times.
func (r *facts) responders(c *cases) func(from, until int64) int {
	type given struct {
		at  int64
		who string
	}
	g := &cohort{facts: r, cases: c}
	var all []given
	for _, a := range c.answers {
		all = append(all, given{a.at, g.person(a.message)})
	}
	slices.SortFunc(all, func(a, b given) int { return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.who, b.who)) })
	return func(from, until int64) int {
		seen := map[string]bool{}
		k, _ := slices.BinarySearchFunc(all, from, func(a given, t int64) int { return cmp.Compare(a.at, t) })
		for ; k < len(all) && all[k].at < until; k++ {
			if all[k].who != "" {
				seen[all[k].who] = true
			}
		}
		return len(seen)
	}
}

// groups compares the window's appeals by facet.
func (g *cohort) groups() Groups {
	return Groups{Channel: g.facet("channel"), Department: g.facet("department"),
		Language: g.facet("language"), Newcomer: g.facet("newcomer")}
}

func (g *cohort) facet(name string) []Group {
	members := map[string][]*appeal{}
	for _, a := range g.appeals {
		if group := g.groupOf(a, name); group != "" {
			members[group] = append(members[group], a)
		}
	}
	out := []Group{}
	for group, appeals := range members {
		var needing []*appeal
		for _, a := range appeals {
			if a.needs {
				needing = append(needing, a)
			}
		}
		weight, _ := capWeights(needing, g.par.Cap)
		out = append(out, Group{Name: group, N: len(appeals), Answered7d: g.share(g.follow(appeals, (*appeal).byOrganisation), 168),
			Attention:     g.attentionBy(needing, weight, (*appeal).byOrganisation),
			Answered7dAny: g.share(g.follow(appeals, (*appeal).byAnyone), 168),
			AttentionAny:  g.attentionBy(needing, weight, (*appeal).byAnyone)})
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Name, b.Name)) })
	answered := func(x *Group) measure.Estimate { return x.Answered7d }
	if g.opt.Answers == ByAnyone {
		answered = func(x *Group) measure.Estimate { return x.Answered7dAny }
	}
	fourFifths(out, answered)
	shrink(out, answered)
	return out
}

// fourFifths flags the groups whose share is under four fifths of the best's,
// among groups large enough to say.
func fourFifths(groups []Group, answered func(*Group) measure.Estimate) {
	best := 0.0
	for i := range groups {
		if e := answered(&groups[i]); e.Known() && groups[i].N >= minGroup {
			best = max(best, e.Center)
		}
	}
	for i := range groups {
		e := answered(&groups[i])
		groups[i].FourFifths = e.Known() && groups[i].N >= minGroup && e.Center < .8*best
	}
}

// shrink draws each group's share towards the mean of all, the more the less is
// known of it: the empirical Bayes estimate with the variance between groups of
// DerSimonian & Laird (1986).
func shrink(groups []Group, answered func(*Group) measure.Estimate) {
	var x, v []float64
	for i := range groups {
		if e := answered(&groups[i]); e.Known() {
			se := (e.Hi - e.Lo) / 2 / distuv.UnitNormal.Quantile((1+e.Confidence)/2)
			x, v = append(x, e.Center), append(v, max(se*se, 1e-9))
		}
	}
	var w, wx, ww float64
	for i := range x {
		w, wx, ww = w+1/v[i], wx+x[i]/v[i], ww+1/(v[i]*v[i])
	}
	if len(x) < 2 {
		return
	}
	mean, q := wx/w, 0.0
	for i := range x {
		q += (x[i] - mean) * (x[i] - mean) / v[i]
	}
	between := max(0, (q-float64(len(x)-1))/(w-ww/w))
	k := 0
	for i := range groups {
		if answered(&groups[i]).Known() {
			drawn := mean + (x[k]-mean)*between/(between+v[k])
			groups[i].Shrunk = &drawn
			k++
		}
	}
}

// waiting lists who waits at the census for an answer that is needed, in the
// whole log, the oldest first.
func (r *facts) waiting(c *cases) Waiting {
	var all []*appeal
	for a := range c.all() {
		if r.waits(a) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, r.byArrival)
	w := Waiting{Count: len(all), List: []WaitingItem{}}
	if len(all) == 0 {
		return w
	}
	oldest := timeOf(all[0].arrived)
	w.Oldest = &oldest
	for _, a := range all[:min(len(all), r.par.WaitingShown)] {
		e := r.at(a.message)
		w.List = append(w.List, WaitingItem{
			Message: r.log.ID(int(a.message)), Thread: r.log.Thread(int(a.thread)), Author: r.log.Person(e.Author),
			Channel: r.log.Channel(e.Channel), Department: r.log.Department(e.Department), Lang: r.langs[a.lang],
			Time: timeOf(a.arrived), Hours: r.wait(a.arrived, r.until), Messages: 1 + int(a.merged), NeedAnswer: a.needs,
			Peer: a.anyone <= r.until, Receipt: a.receipt <= r.until, Removed: a.removed, Quote: quote(r.log.Text(int(a.message)))})
	}
	return w
}

const quoted = 200 // runes of a quote

// quote is the beginning of a text on one line.
func quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= quoted {
		return text
	}
	cut := string(runes[:quoted])
	if space := strings.LastIndexByte(cut, ' '); space > quoted/2 {
		cut = cut[:space]
	}
	return cut + "…"
}

// oldestWait is the longest wait that goes on, in hours; NaN when nobody waits.
func (g *cohort) oldestWait() float64 {
	for _, a := range g.needing {
		if a.org > g.until && a.left > g.until {
			return g.wait(a.arrived, g.until)
		}
	}
	return math.NaN()
}

// counts says what the window held.
func (g *cohort) counts() Counts {
	n := Counts{Appeals: len(g.appeals), NeedAnswer: len(g.needing), Askers: askers(g.appeals), Merged: g.cases.merged, Excluded: len(g.excluded)}
	for i := range g.cases.appeals {
		n.AllAppeals++
		if g.cases.appeals[i].needs {
			n.AllNeed++
		}
	}
	for _, a := range g.appeals {
		left := a.left <= g.until && a.left < a.org
		switch {
		case left && a.solvedSelf:
			n.SelfSolved++
		case left:
			n.Withdrawn++
		case a.removed:
			n.Removed++
		}
		if a.org > g.until && a.anyone <= g.until {
			n.PeerOnly++
		}
	}
	for _, a := range g.cases.answers {
		if a.at >= g.from {
			n.Answers++
		}
	}
	g.countMessages(&n)
	return n
}
