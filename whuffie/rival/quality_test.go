package rival_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/entregent/entregent/measure/stat"
	"github.com/entregent/entregent/whuffie"
	"github.com/entregent/entregent/whuffie/rival"
)

// The quality of a measure: does it know, at each moment of a log, who will be thanked next?
//
// The first half of a log is read as it is; in the second half, before each of some thanks of a new pair, every measure
// tells the standing of the giver to be and of four others whom the thankful person never thanked: two drawn evenly from
// all givers so far, and two drawn by how often they were thanked (popular givers). The table gives the share of draws in
// which the giver to be stands higher, a tie counting half (AUC), with its standard error over thankful people. Pairs of
// which one is new to the log are left out: no measure knows anything of her.
//
// ENTREGENT_LONG=1 takes more pairs and more graphs; ENTREGENT_GRAPH=file takes another timed graph instead (in any form
// that whuffie.Read reads, from the shared folder or by its path), ENTREGENT_PAIRS=n as many pairs.
func TestQuality(t *testing.T) {
	for _, g := range timedGraphs() {
		t.Run(g.name, func(t *testing.T) { quality(t, g) })
	}
}

// timed is a graph, and the half-life that suits its times; live says that every pair is told at its own moment, and not
// by the state in the middle of the log.
type timed struct {
	name string
	half time.Duration
	live bool
}

const (
	season = 90 * 24 * time.Hour
	ages   = 200 * 365 * 24 * time.Hour // for times that are no times: nothing fades
)

func timedGraphs() []timed {
	if file := os.Getenv("ENTREGENT_GRAPH"); file != "" {
		return []timed{{file, season, true}}
	}
	graphs := []timed{{"bitcoin_alpha_timed.csv", season, true}, {"travel-se.tsv.zst", season, true}}
	if long() {
		graphs = append(graphs,
			timed{"wiki-rfa.tsv.zst", 20_000 * time.Second, true}, // its times number the votes
			timed{"epinions.tsv.zst", ages, false})                // knows no order: it is shuffled
	}
	return graphs
}

func long() bool { return os.Getenv("ENTREGENT_LONG") != "" }

func quality(t *testing.T, g timed) {
	log := shared(t, g.name)
	if g.name == "epinions.tsv.zst" {
		r := rand.New(rand.NewPCG(4, 4))
		r.Shuffle(len(log), func(i, j int) { log[i], log[j] = log[j], log[i] })
	}
	n := 60
	if long() {
		n = 400
	}
	if v, err := strconv.Atoi(os.Getenv("ENTREGENT_PAIRS")); err == nil {
		n = v
	}
	w, err := whuffie.Build(whuffie.Options{Known: everybody(log), Walks: 1 << 16, HalfLife: g.half}, slices.Values(log[:len(log)/2]))
	if err != nil {
		t.Fatal(err)
	}
	table := scores{}
	r := rand.New(rand.NewPCG(1, 1))
	told := len(log) / 2
	var state *moment
	for _, x := range trials(log, n, g.live) {
		if g.live {
			follow(t, w, log[told:x.at])
			told = x.at
		}
		if g.live || state == nil {
			state = newMoment(w, log[:told], g.half)
		}
		table.add(x, state.measures(t, x.viewer), state.others(r, x))
	}
	if len(table) == 0 {
		t.Skipf("%s holds no new pairs of known people", g.name)
	}
	t.Logf("%s: %d new pairs; AUC against a random giver, and a popular one\n%s", g.name, len(table["count"].viewers), table)
	better := func(a, b string) {
		if x, y := table[a], table[b]; x.mean(0) <= y.mean(0) || x.mean(1) <= y.mean(1) {
			t.Errorf("%s tells it no better than %s", a, b)
		}
	}
	switch g.name {
	case "bitcoin_alpha_timed.csv":
		better("whuffie, viewer (exact)", "count")
		better("whuffie, viewer (exact)", "PageRank")
		if v := table["whuffie, viewer (exact)"]; v.mean(0) < .85 || v.mean(1) < .65 {
			t.Error("whuffie from the viewer is worse than it was")
		}
	case "travel-se.tsv.zst": // the count that fades, which fakes can raise, stays ahead here
		better("whuffie, all", "count")
		better("whuffie, all", "PageRank")
		better("whuffie, all", "MeritRank's measure")
	}
}

// trial is one new pair at its moment.
type trial struct {
	viewer, giver string
	at            int // in the log
}

// trials takes some of the new pairs of the second half, evenly, of people who both are known when they are told: by then,
// or in the first half.
func trials(log []whuffie.Event, n int, live bool) (some []trial) {
	pairs, thanked, gave := map[[2]string]bool{}, map[string]bool{}, map[string]bool{}
	var all []trial
	for i, e := range log {
		if e.Kind != whuffie.Thanks || e.From == e.To {
			continue
		}
		p := [2]string{e.From, e.To}
		if i >= len(log)/2 && !pairs[p] && thanked[e.From] && gave[e.To] {
			all = append(all, trial{e.From, e.To, i})
		}
		pairs[p] = true
		if live || i < len(log)/2 {
			thanked[e.From], gave[e.To] = true, true
		}
	}
	n = min(n, len(all))
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// follow lets a world live through a part of the log.
func follow(t *testing.T, w *whuffie.World, log []whuffie.Event) {
	t.Helper()
	for _, e := range log {
		if err := w.Tick(e.Time); err != nil {
			t.Fatal(err)
		}
		if err := w.Append(e); err != nil {
			t.Fatal(err)
		}
	}
}

// moment is the state of all measures at one moment.
type moment struct {
	w                       *whuffie.World
	oracle                  *whuffie.Oracle
	graph                   *rival.Graph
	count, fading, pageRank []float64
	givers, thanks          []string // everybody who gave: once, and as often as she was thanked
	thanked                 map[[2]string]bool
}

func newMoment(w *whuffie.World, log []whuffie.Event, half time.Duration) *moment {
	m := &moment{w: w, oracle: w.Oracle(), graph: rival.New(log, w.Clock(), 0), thanked: map[[2]string]bool{}}
	m.count, m.pageRank = m.graph.Count(), m.graph.PageRank()
	m.fading = rival.New(log, w.Clock(), half).Count()
	heard := map[string]bool{}
	for _, e := range log {
		if e.Kind != whuffie.Thanks {
			continue
		}
		if !heard[e.To] {
			heard[e.To] = true
			m.givers = append(m.givers, e.To)
		}
		m.thanks = append(m.thanks, e.To)
		m.thanked[[2]string{e.From, e.To}] = true
	}
	return m
}

// measures are what every measure says of somebody, for a viewer.
func (m *moment) measures(t *testing.T, viewer string) map[string]func(name string) float64 {
	view, err := m.w.From(viewer, 1<<14)
	if err != nil {
		view, err = m.w.From(m.givers[0], 1)
		if err != nil {
			t.Fatal(err)
		}
	}
	told := func(x []float64) func(string) float64 {
		return func(name string) float64 {
			if n := m.graph.Find(name); n >= 0 {
				return x[n]
			}
			return 0
		}
	}
	alone := m.graph.Circle([]string{viewer})
	return map[string]func(string) float64{
		"whuffie, viewer (16,384 walks)": func(name string) float64 { return view.Own(name).Known },
		"whuffie, viewer (exact)":        func(name string) float64 { k, _ := m.oracle.From(viewer, name); return k },
		"whuffie, half viewer, half all": func(name string) float64 { return view.Score(name).Known },
		"whuffie, all":                   func(name string) float64 { return m.w.Score(name).Known },
		"count":                          told(m.count),
		"count, fading":                  told(m.fading),
		"PageRank":                       told(m.pageRank),
		"personalised PageRank":          told(m.graph.Personalised(alone)),
		"EigenTrust":                     told(m.graph.EigenTrust(alone)),
		"MeritRank's measure": func(name string) float64 {
			n, v := m.graph.Find(name), m.graph.Find(viewer)
			if n < 0 || v < 0 {
				return 0
			}
			return m.graph.MeritRank(n)[v]
		},
	}
}

const draws = 2 // others of each sort for each trial

// others draws givers whom the viewer never thanked: first evenly, then by how often they were thanked.
func (m *moment) others(r *rand.Rand, x trial) (drawn [2][]string) {
	for c, list := range [][]string{m.givers, m.thanks} {
		for tries := 0; len(drawn[c]) < draws && tries < 1000; tries++ {
			name := list[r.IntN(len(list))]
			if name != x.giver && name != x.viewer && !m.thanked[[2]string{x.viewer, name}] {
				drawn[c] = append(drawn[c], name)
			}
		}
	}
	return drawn
}

// scores are the results of each measure.
type scores map[string]*result

type result struct {
	won     [2][]float64
	viewers []int
}

func (s scores) add(x trial, measures map[string]func(string) float64, others [2][]string) {
	for name, told := range measures {
		if s[name] == nil {
			s[name] = &result{}
		}
		hers := told(x.giver)
		for c, names := range others {
			won := 0.0
			for _, other := range names {
				won += wins(hers, told(other)) / float64(len(names))
			}
			s[name].won[c] = append(s[name].won[c], won)
		}
		s[name].viewers = append(s[name].viewers, group(x.viewer, 1<<20))
	}
}

func wins(a, b float64) float64 {
	switch {
	case a > b:
		return 1
	case a == b:
		return .5
	}
	return 0
}

func (r *result) mean(c int) float64 {
	mean, _ := stat.ClusteredMean(r.won[c], r.viewers)
	return mean
}

func (s scores) String() (text string) {
	for _, name := range []string{
		"whuffie, viewer (exact)", "whuffie, viewer (16,384 walks)", "whuffie, half viewer, half all", "whuffie, all",
		"count, fading", "count", "PageRank", "personalised PageRank", "EigenTrust", "MeritRank's measure",
	} {
		text += fmt.Sprintf("    %-32s", name)
		for c := range 2 {
			mean, se := stat.ClusteredMean(s[name].won[c], s[name].viewers)
			text += fmt.Sprintf("  %.3f ± %.3f", mean, se)
		}
		text += "\n"
	}
	return text
}

// group puts a name into one of n groups.
func group(name string, n int) int {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return int((h ^ h>>15) % uint32(n))
}
