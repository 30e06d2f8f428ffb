package presence

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/measure/stat"
)

// million is two years of a large community: a million messages, half of them
// the organisation's.
var million = sync.OnceValue(func() *conversation.Log {
	w := world{weeks: 104, perWeek: 5600, people: 300_000, answered: .7, median: 6, unsteady: .3, channels: []float64{.5, 0, -.5},
		staff: []float64{.3, .2, .1, .1, .1, .1, .05, .05}, broadcasts: 100, adverts: .05, templates: .1}
	return w.log(stat.Stream(1, 1))
})

// BenchmarkMeasure takes the presence of a million messages, all of them in the
// window, with 1,000 bootstrap draws: every part of the report.
func BenchmarkMeasure(b *testing.B) {
	log := million()
	o := world{weeks: 104}.options(1000)
	for b.Loop() {
		Measure(log, o)
	}
	b.ReportMetric(float64(log.Len()), "messages")
	footprint(b)
}

// BenchmarkAttention takes attention alone of the same appeals, once texts are
// read and threads walked.
func BenchmarkAttention(b *testing.B) {
	r := read(million(), world{weeks: 104}.options(0))
	g := r.gather(r.collect(), r.window())
	for b.Loop() {
		g.attention(g.needing, g.weight)
	}
	b.ReportMetric(float64(len(g.needing)), "appeals")
}

// BenchmarkReading reads the same million texts.
func BenchmarkReading(b *testing.B) {
	log := million()
	start := time.Now()
	for b.Loop() {
		read(log, Options{})
	}
	b.ReportMetric(float64(b.N*log.Len())/time.Since(start).Seconds(), "messages/s")
}

// read takes what is known of a log.
func read(log *conversation.Log, o Options) *facts {
	b := NewBatch(log, o)
	reading.Each(log, o.Reading(), b.Take)
	return b.facts()
}

// footprint reports what the process took from the system at most.
func footprint(b *testing.B) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB")
}
