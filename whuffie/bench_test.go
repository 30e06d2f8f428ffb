package whuffie

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/entregent/entregent/whuffie/rmat"
)

// The benchmarks' world: R-MAT of scale 20, 16.8 M thanks within a year, everybody in the circle. ENTREGENT_SCALE makes
// it smaller.
var big struct {
	world *World
	graph rmat.Graph
	names []string
}

var bigEnd = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func bigWorld(b testing.TB) *World {
	if big.world != nil {
		return big.world
	}
	big.graph = rmat.Graph{Scale: scaleOf(b), Degree: 16, Seed: 1}
	big.names = make([]string, big.graph.People())
	for p := range big.names {
		big.names[p] = strconv.Itoa(p)
	}
	w, err := Build(Options{Known: big.names}, bigLog())
	if err != nil {
		b.Fatal(err)
	}
	big.world = w
	return w
}

func scaleOf(testing.TB) int { return 20 }

// bigThanks is the n-th thanks of the benchmarks; those after the first 16 M are all of the last day.
func bigThanks(n int) Event {
	from, to := big.graph.Edge(n)
	late := time.Duration(max(0, 1-float64(n)/float64(big.graph.Len()))*365*24) * time.Hour
	return Event{Kind: Thanks, From: big.names[from], To: big.names[to], Time: bigEnd.Add(-late)}
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

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

func BenchmarkBuild(b *testing.B) {
	w := bigWorld(b)
	cpu := cpuTime()
	for b.Loop() {
		w.walkAll()
	}
	b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms")
	b.ReportMetric(heap(), "MB")
	b.ReportMetric(float64(len(w.walks.path)), "steps")
}

func BenchmarkThank(b *testing.B) {
	w := bigWorld(b)
	var took []time.Duration
	n := big.graph.Len()
	for b.Loop() {
		e := bigThanks(n)
		n++
		start := time.Now()
		if err := w.Thank(e); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Nanoseconds()) / 1e3 }
	b.ReportMetric(at(.5), "p50-µs")
	b.ReportMetric(at(.99), "p99-µs")
	b.ReportMetric(at(1), "worst-µs")
	fmt.Println(len(took), at(.9), at(.999))
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
