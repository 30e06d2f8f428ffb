package presence

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/measure/stat"
)

// model boils the cohort down. Appeals in more count as needing an answer and
// never getting one: the bound of the index.
func (g *cohort) model(more []*appeal) *model {
	m := &model{par: g.par, weeks: len(g.weekly.starts)}
	ids := clusterer{week: map[[2]int32]int32{}}
	appeals, weight := g.needing, g.weight
	if len(more) > 0 {
		appeals = append(slices.Clone(appeals), more...)
		weight, _ = capWeights(appeals, g.par.Cap)
	}
	never := map[*appeal]bool{}
	for _, a := range more {
		never[a] = true
	}
	obs := make([]stat.Observation, len(appeals))
	kept := make([]*appeal, 0, len(appeals)) // matured
	for i, a := range appeals {
		week := int32(g.weekly.week(a.arrived))
		id := ids.number(g.kin(a), week)
		obs[i] = g.lasting(a, g.ended(a))
		if never[a] {
			obs[i] = stat.Observation{Time: g.wait(a.arrived, g.until)}
		}
		obs[i].Cluster, obs[i].Weight = int(id), weight[i]
		if g.wait(a.arrived, g.until) >= float64(g.par.Matured) {
			in := obs[i].Cause == 1 && obs[i].Time <= float64(g.par.Matured)
			m.matured = append(m.matured, outcome{id, week, weight[i], in})
			kept = append(kept, a)
		}
	}
	m.attention = stat.NewSample(obs).Attention(float64(g.par.T1), float64(g.par.Tau)).Bootstrap()
	m.measured[attention] = len(obs) > 0
	m.facets = g.facets(kept)
	m.measured[evenness] = len(m.facets) > 0
	m.measured[constancy] = fullWeeks(m) >= minWeeks
	g.exchanges(m)
	g.work(m, &ids)
	m.clusters, m.weekOf = len(ids.weekOf), ids.weekOf
	return m
}

const minWeeks = 4 // with at least two matured appeals, for constancy

func fullWeeks(m *model) int {
	n := make([]int, m.weeks)
	full := 0
	for i := range m.matured {
		if w := m.matured[i].week; n[w] < 2 {
			if n[w]++; n[w] == 2 {
				full++
			}
		}
	}
	return full
}

// clusterer numbers pairs of asker and week.
type clusterer struct {
	week   map[[2]int32]int32
	weekOf []int32
}

func (c *clusterer) number(person, week int32) int32 {
	key := [2]int32{person, week}
	id, ok := c.week[key]
	if !ok {
		id = int32(len(c.weekOf))
		c.week[key] = id
		c.weekOf = append(c.weekOf, week)
	}
	return id
}

const minGroup = 5 // matured appeals for a group to be compared by itself

// facets splits appeals by channel, department addressed, language and
// newcomer; a facet with a single group is left out.
func (g *cohort) facets(appeals []*appeal) []facet {
	var all []facet
	for _, f := range facetNames {
		group := make([]int32, len(appeals))
		size := map[string]int{}
		for _, a := range appeals {
			size[g.groupOf(a, f)]++
		}
		least := smallest(size)
		names := map[string]int32{}
		for i, a := range appeals {
			name := g.groupOf(a, f)
			if name == "" {
				group[i] = -1
				continue
			}
			if size[name] < least {
				name = otherGroup
			}
			id, ok := names[name]
			if !ok {
				id = int32(len(names))
				names[name] = id
			}
			group[i] = id
		}
		if len(names) > 1 {
			all = append(all, facet{name: f, group: group, groups: len(names)})
		}
	}
	g.gate(all, appeals)
	return all
}

const mostGroups = 100 // to compare in one facet: the others are put together

// smallest is the size from which a group is compared by itself.
func smallest(size map[string]int) int {
	sizes := make([]int, 0, len(size))
	for _, n := range size {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	if len(sizes) <= mostGroups {
		return minGroup
	}
	return max(minGroup, sizes[len(sizes)-mostGroups]+1)
}

var facetNames = []string{"channel", "department", "language", "newcomer"}

const otherGroup = "…" // the small groups together

// groupOf names the group an appeal belongs to; "" is none.
func (g *cohort) groupOf(a *appeal, facet string) string {
	switch facet {
	case "channel":
		return g.log.Channel(int(a.channel))
	case "department":
		return g.log.Department(int(a.department))
	case "language":
		return g.langs[a.lang]
	}
	switch {
	case g.kin(a) < 0:
		return ""
	case g.newcomer(a):
		return "newcomer"
	}
	return "known"
}

// gate lets a facet count only if its groups' waits differ by more than chance:
// the log-rank test that treats an asker as one, Benjamini-Hochberg at .05 over
// the facets. The largest of several noisy ICCs would be biased upward.
func (g *cohort) gate(all []facet, appeals []*appeal) {
	p := make([]float64, len(all))
	for k, f := range all {
		var obs []stat.Observation
		var group []int
		for i, a := range appeals {
			if f.group[i] >= 0 {
				obs = append(obs, g.lasting(a, g.ended(a)))
				group = append(group, int(f.group[i]))
			}
		}
		p[k] = stat.ClusteredLogRank(obs, group, nil, 0).P
	}
	for k, q := range stat.BenjaminiHochberg(p) {
		all[k].p, all[k].gated = p[k], q < .05
	}
}

// work lists the organisation's replies to outsiders in the window.
func (g *cohort) work(m *model, ids *clusterer) {
	byMessage := map[int32]*answer{}
	for i := range g.cases.answers {
		if a := &g.cases.answers[i]; a.at >= g.from {
			byMessage[a.message] = a
		}
	}
	people, departments := map[string]int32{}, map[int]int32{}
	sample := g.sample(byMessage)
	declared, there := g.declared()
	m.declared = declared
	for _, thread := range g.threads {
		last := int32(-1) // the outsider spoken to
		for _, i := range thread {
			e := g.at(i)
			if e.Time > g.until {
				break
			}
			if g.outsider(i) {
				last = i
			}
			if e.Side != conversation.Organisation || last < 0 || e.Time < g.from || e.Private || gone(&e) || g.acts[i].Has(speech.Empty) {
				continue
			}
			who := g.person(i)
			if who != "" {
				m.named = true
			}
			r := reply{message: i, person: -1, department: -1, answers: byMessage[i] != nil}
			r.cluster = g.spokenTo(ids, byMessage[i], last)
			if who != "" {
				r.person = numbered(people, who)
			}
			if declared == 0 || there(e.Department) {
				r.department = numbered(departments, e.Department)
			}
			r.human = who != "" && g.flags[i]&(machine|copied) == 0 && !g.acts[i].Has(speech.Automatic) &&
				!g.acts[i].Hollow() && !sample.like(i, g)
			m.replies = append(m.replies, r)
		}
	}
	m.people, m.departments = len(people), len(departments)
	m.measured[voice] = len(m.replies) >= minReplies && m.named
	m.measured[diffusion] = len(people) > 0 && len(m.replies) >= minReplies
}

const minReplies = 5 // of the organisation, for diffusion and voice

// spokenTo is the cluster of whoever a reply speaks to.
func (g *cohort) spokenTo(ids *clusterer, a *answer, last int32) int32 {
	e := g.at(last)
	who, at := asker(&e), e.Time
	if a != nil && a.appeal >= 0 {
		who, at = g.kin(&g.cases.appeals[a.appeal]), g.cases.appeals[a.appeal].arrived
	}
	return ids.number(who, int32(g.weekly.week(max(at, g.from))))
}

func numbered[K comparable](m map[K]int32, k K) int32 {
	id, ok := m[k]
	if !ok {
		id = int32(len(m))
		m[k] = id
	}
	return id
}

// person is who wrote message i of the organisation; "" when only a shared
// account is known.
func (g *cohort) person(i int32) string {
	author := g.at(i).Author
	account := string(g.log.Person(author))
	if agent := g.voice[i]; agent != "" {
		return account + "/" + agent
	}
	if name := g.signed[i]; name != "" && g.shared(author) {
		return account + "/" + name
	}
	if account == "" || g.shared(author) {
		return ""
	}
	return account
}

// shared says whether an account stands for the organisation rather than for a
// person: it bears one of its names, or a role's, or its domain's.
func (g *cohort) shared(author int) bool {
	if author < 0 {
		return true
	}
	name := string(prose.Fold(nil, string(g.log.Person(author))))
	if g.people[author].signed > 0 {
		return true
	}
	local, _, mail := strings.Cut(name, "@")
	if mail && roles[local] || roles[name] {
		return true
	}
	return slices.ContainsFunc(g.opt.Names, func(s string) bool {
		return string(prose.Fold(nil, strings.TrimPrefix(s, "@"))) == strings.TrimPrefix(name, "@")
	})
}

var roles = map[string]bool{"support": true, "info": true, "contact": true, "hello": true, "bonjour": true, "help": true,
	"aide": true, "service": true, "team": true, "equipe": true, "admin": true, "office": true, "press": true, "presse": true,
	"noreply": true, "no-reply": true, "sav": true, "communication": true, "webmaster": true, "moderator": true, "staff": true}

// declared is how many departments there should be, and which of the log's they
// are: those named in the options, or all that ever spoke or were addressed. There
// are none if the organisation never says which of them speaks.
func (g *cohort) declared() (n int, there func(department int) bool) {
	named := func(d int) bool { return d >= 0 }
	switch {
	case len(g.opt.Departments) > 0:
		return len(g.opt.Departments), func(d int) bool { return named(d) && slices.Contains(g.opt.Departments, g.log.Department(d)) }
	}
	seen, spoken := map[int]bool{}, false
	for i := range g.acts {
		if e := g.at(int32(i)); named(e.Department) {
			seen[e.Department] = true
			spoken = spoken || e.Side == conversation.Organisation
		}
	}
	if spoken {
		return len(seen), named
	}
	return 0, named
}

// likes is the fixed sample of answers that each text is compared with, so that
// the share of templates doesn't grow with the number of answers.
type likes struct {
	message []int32
	size    []int
	holding map[uint64][]int // which of them hold a shingle
	jaccard float64
}

const sampled = 100

// sample takes the answers whose identifiers hash lowest: the same for the same
// log, whatever else is in it.
func (g *cohort) sample(byMessage map[int32]*answer) *likes {
	type ticket struct {
		hash    uint64
		message int32
	}
	var all []ticket
	for i := range byMessage {
		h := fnv.New64a()
		h.Write([]byte(g.log.ID(int(i))))
		all = append(all, ticket{h.Sum64(), i})
	}
	slices.SortFunc(all, func(a, b ticket) int {
		if a.hash != b.hash {
			if a.hash < b.hash {
				return -1
			}
			return 1
		}
		return int(a.message - b.message)
	})
	s := &likes{holding: map[uint64][]int{}, jaccard: g.par.TemplateJaccard}
	for k, t := range all[:min(sampled, len(all))] {
		set := prose.Shingles(nil, g.log.Text(int(t.message)))
		s.message, s.size = append(s.message, t.message), append(s.size, len(set))
		for _, x := range set {
			s.holding[x] = append(s.holding[x], k)
		}
	}
	return s
}

// like says whether message i is nearly the same as another of the sample, of
// another thread.
func (s *likes) like(i int32, g *cohort) bool {
	set := prose.Shingles(nil, g.log.Text(int(i)))
	var shared [sampled]int
	for _, x := range set {
		for _, k := range s.holding[x] {
			shared[k]++
		}
	}
	for k, other := range s.message {
		both := float64(shared[k])
		if both > 0 && other != i && g.at(other).Thread != g.at(i).Thread &&
			both >= s.jaccard*(float64(len(set)+s.size[k])-both) {
			return true
		}
	}
	return false
}

// exchanges counts, by week, the organisation's broadcasts and answers, and how
// it speaks in others' threads.
func (g *cohort) exchanges(m *model) {
	m.broadcasts, m.exchanges = make([]float64, m.weeks), make([]float64, m.weeks)
	m.local, m.foreign = make([]float64, m.weeks), make([]float64, m.weeks)
	for _, thread := range g.threads {
		for k, i := range thread {
			e := g.at(i)
			if e.Side != conversation.Organisation || !g.inWindow(&e) || e.Private || gone(&e) || g.flags[i]&machine != 0 {
				continue
			}
			w := g.weekly.week(e.Time)
			switch {
			case k == 0:
				m.broadcasts[w]++
			case g.outsider(thread[0]) && !g.wordless(i):
				m.foreign[w]++
				if g.substantive(i) && !g.advertises(i) {
					m.local[w]++
				}
			}
		}
	}
	answered := map[int32]bool{}
	for _, a := range g.cases.answers {
		if a.at >= g.from && a.appeal >= 0 && g.cases.appeals[a.appeal].needs && !answered[a.appeal] {
			answered[a.appeal] = true
			m.exchanges[g.weekly.week(a.at)]++
		}
	}
	for w := range m.weeks {
		if m.broadcasts[w]+m.exchanges[w]+m.foreign[w] > 0 {
			m.measured[exchange] = true
		}
	}
}

// advertises says whether a message carries the organisation's own links or a
// campaign.
func (g *cohort) advertises(i int32) bool {
	return g.acts[i].Has(speech.Campaign) || g.flags[i]&linked != 0
}
