package whuffie

import (
	"bytes"
	"iter"
	"os"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"

	"github.com/entregent/entregent/whuffie/rmat"
)

// The benchmarks' world: an R-MAT graph of scale 20, 16.8 million thanks within a year among a million people, all of
// them in the circle. ENTREGENT_SCALE makes it smaller; the yardstick, gonum's PageRank, is measured beside.
//
//	go test -run '^$' -bench . ./whuffie
//
// On a machine that others use too, wall time says little: "cpu-ms" is the processor time of one run.
var big struct {
	world *World
	graph rmat.Graph
	end   time.Time
}

func bigWorld(b *testing.B) *World {
	if big.world != nil {
		return big.world
	}
	scale := 20
	if n, err := strconv.Atoi(os.Getenv("ENTREGENT_SCALE")); err == nil {
		scale = n
	}
	big.graph = rmat.Graph{Scale: scale, Degree: 16, Seed: 1}
	big.end = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	circle := make([]string, big.graph.People())
	for p := range circle {
		circle[p] = strconv.Itoa(p)
	}
	w, err := Build(Options{Known: circle}, bigLog())
	if err != nil {
		b.Fatal(err)
	}
	big.world = w
	return w
}

// bigThanks is the n-th thanks of the graph; those beyond its end are all of the last day.
func bigThanks(n int) Event {
	from, to := big.graph.Edge(n)
	early := max(0, 1-float64(n)/float64(big.graph.Len())) * 365 * 24
	return Event{
		Kind: Thanks, From: strconv.Itoa(int(from)), To: strconv.Itoa(int(to)),
		Time: big.end.Add(-time.Duration(early * float64(time.Hour))),
	}
}

func bigLog() iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for n := range big.graph.Len() {
			if !yield(bigThanks(n)) {
				return
			}
		}
	}
}

// cpu measures the processor time of a benchmark's runs.
func cpu(b *testing.B) func() {
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	return func() { b.ReportMetric((used()-start).Seconds()*1e3/float64(b.N), "cpu-ms/op") }
}

// quantiles reports the times of single operations.
func quantiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for _, q := range []struct {
		at   float64
		name string
	}{{0.5, "p50-µs"}, {.99, "p99-µs"}, {1, "worst-µs"}} {
		b.ReportMetric(float64(took[int(q.at*float64(len(took)-1))].Nanoseconds())/1e3, q.name)
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkBuild makes a million walks, and tells what the world then takes in memory.
func BenchmarkBuild(b *testing.B) {
	w := bigWorld(b)
	done := cpu(b)
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		w.walkAll()
		best = min(best, time.Since(start))
	}
	done()
	b.ReportMetric(best.Seconds()*1e3, "best-ms")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
}

// BenchmarkThank takes single thanks, drawn as the graph's are: busy people more often.
func BenchmarkThank(b *testing.B) {
	w := bigWorld(b)
	if err := w.Tick(big.end); err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	n := big.graph.Len()
	for b.Loop() {
		e := bigThanks(n + len(took))
		start := time.Now()
		err := w.Thank(e)
		took = append(took, time.Since(start))
		if err != nil {
			b.Fatal(err)
		}
	}
	quantiles(b, took)
}

// BenchmarkView makes 4,096 walks for single viewers, drawn as those who thank are.
func BenchmarkView(b *testing.B) {
	w := bigWorld(b)
	var took []time.Duration
	done := cpu(b)
	for b.Loop() {
		viewer := bigThanks(len(took)).From
		start := time.Now()
		_, err := w.From(viewer, 1<<12)
		took = append(took, time.Since(start))
		if err != nil {
			b.Fatal(err)
		}
	}
	done()
	quantiles(b, took)
}

// BenchmarkTick passes a day.
func BenchmarkTick(b *testing.B) {
	w := bigWorld(b)
	day := w.Clock()
	for b.Loop() {
		day = day.AddDate(0, 0, 1)
		if err := w.Tick(day); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSweep goes over all thanks once, as Exact does seven times.
func BenchmarkSweep(b *testing.B) {
	o := bigWorld(b).Oracle()
	for n := range o.f {
		o.f[n] = 1 / float32(n+1)
	}
	best := time.Hour
	done := cpu(b)
	for b.Loop() {
		start := time.Now()
		o.sweep(nil)
		best = min(best, time.Since(start))
	}
	done()
	b.ReportMetric(float64(len(o.to))/best.Seconds()/1e6, "best-Medges/s")
	b.ReportMetric(float64(len(o.to)*b.N)/b.Elapsed().Seconds()/1e6, "Medges/s")
}

// BenchmarkOracle prepares exact answers.
func BenchmarkOracle(b *testing.B) {
	w := bigWorld(b)
	for b.Loop() {
		w.Oracle()
	}
}

// BenchmarkSave writes the state; BenchmarkLoad reads it and walks anew.
func BenchmarkSave(b *testing.B) {
	w := bigWorld(b)
	var state bytes.Buffer
	for b.Loop() {
		state.Reset()
		if err := w.Save(&state); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(state.Len())/1e6, "MB")
}

func BenchmarkLoad(b *testing.B) {
	var state bytes.Buffer
	if err := bigWorld(b).Save(&state); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(bytes.NewReader(state.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkYardstick is plain PageRank of the same graph by gonum, each pair of people once, to a precision of 1e-5.
func BenchmarkYardstick(b *testing.B) {
	g := &adjacency{rows: make([][]uint32, len(bigWorld(b).people))}
	edges := 0
	for p := range g.rows {
		for _, m := range big.world.people[p].thanks.marks {
			g.rows[p] = append(g.rows[p], m.to)
		}
		slices.Sort(g.rows[p])
		g.rows[p] = slices.Compact(g.rows[p])
		edges += len(g.rows[p])
	}
	for b.Loop() {
		network.PageRankSparse(g, .85, 1e-5)
	}
	b.ReportMetric(float64(edges)/1e6, "Medges")
}

// adjacency is the world's graph as gonum wants it.
type adjacency struct{ rows [][]uint32 }

func (g *adjacency) Node(id int64) graph.Node { return simple.Node(id) }
func (g *adjacency) Nodes() graph.Nodes       { return iterator.NewImplicitNodes(0, len(g.rows), node) }
func (g *adjacency) To(int64) graph.Nodes     { panic("not asked for by PageRank") }
func (g *adjacency) From(id int64) graph.Nodes {
	nodes := make([]graph.Node, len(g.rows[id]))
	for i, to := range g.rows[id] {
		nodes[i] = simple.Node(to)
	}
	return iterator.NewOrderedNodes(nodes)
}

func (g *adjacency) HasEdgeFromTo(u, v int64) bool {
	_, found := slices.BinarySearch(g.rows[u], uint32(v))
	return found
}
func (g *adjacency) HasEdgeBetween(u, v int64) bool {
	return g.HasEdgeFromTo(u, v) || g.HasEdgeFromTo(v, u)
}
func (g *adjacency) Edge(u, v int64) graph.Edge {
	return simple.Edge{F: simple.Node(u), T: simple.Node(v)}
}

func node(id int) graph.Node { return simple.Node(id) }

// BenchmarkExplain tells of single people where their standing comes from: drawn as those who are thanked are, and the
// best known one.
func BenchmarkExplain(b *testing.B) {
	w := bigWorld(b)
	best := w.bestKnown("")[0]
	names := map[string]func(n int) string{
		"drawn": func(n int) string { return bigThanks(n).To },
		"best":  func(int) string { return best },
	}
	for kind, name := range names {
		b.Run(kind, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				who := name(len(took))
				start := time.Now()
				_, err := w.Explain(who)
				took = append(took, time.Since(start))
				if err != nil {
					b.Fatal(err)
				}
			}
			quantiles(b, took)
		})
	}
}

// BenchmarkScore tells single people's standing.
func BenchmarkScore(b *testing.B) {
	w := bigWorld(b)
	n := 0
	for b.Loop() {
		n = (n + 7919) % len(w.people)
		w.score(uint32(n))
	}
}
