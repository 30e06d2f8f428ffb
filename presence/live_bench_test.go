package presence

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// followed is the same million, as it is when it was followed; its texts stay in
// the log.
var followed = sync.OnceValue(func() *Live {
	log := million()
	board := conversation.NewLiveIndex()
	board.Texts = func(id conversation.MessageID) string {
		if i, ok := log.Find(id); ok {
			return log.Text(i)
		}
		return ""
	}
	l := NewLive(board, Options{Until: monday.AddDate(0, 0, 7*104)})
	batch := make([]Arrival, 0, 4096)
	for i := range log.Len() {
		m := log.Message(i)
		batch = append(batch, Arrival{Message: m, Rank: int64(i)})
		if len(batch) == cap(batch) || i == log.Len()-1 {
			l.Put(batch...)
			batch = batch[:0]
		}
	}
	return l
})

// BenchmarkFollow reads a million messages for the first time, and says what
// they take in memory.
func BenchmarkFollow(b *testing.B) {
	log := million()
	before := heap()
	start := time.Now()
	l := followed()
	l.Figures(monday.AddDate(0, 0, 7*104))
	for b.Loop() {
	}
	b.ReportMetric(float64(log.Len())/time.Since(start).Seconds(), "messages/s")
	b.ReportMetric((heap()-before)/1e6, "heap-MB")
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkArrival lets one message after another come to a million: an answer
// in a thread, and figures are asked for.
func BenchmarkArrival(b *testing.B) {
	log, l := million(), followed()
	until := monday.AddDate(0, 0, 7*104)
	l.refresh(until)
	for _, c := range []struct {
		name string
		side conversation.Side
		text string
	}{{"question", conversation.Community, " How do I reset it after a power cut? "},
		{"answer", conversation.Organisation, " You have to hold the red button for ten seconds, and then it begins again. "}} {
		b.Run(c.name, func(b *testing.B) {
			n, worst := 0, time.Duration(0)
			for b.Loop() {
				k := (n * 7919) % log.Len()
				for log.At(k).Side != c.side {
					k++
				}
				m := conversation.Message{ID: conversation.MessageID(c.name + time.Duration(n).String()), Thread: log.Thread(log.At(k).Thread),
					Author: log.Person(log.At(k).Author), Side: c.side, Time: until.Add(-time.Hour), Text: log.Text(k) + c.text + time.Duration(k).String()}
				start := time.Now()
				l.Put(Arrival{Message: m, Rank: int64(log.Len() + n)})
				l.refresh(until)
				worst = max(worst, time.Since(start))
				n++
			}
			b.ReportMetric(worst.Seconds()*1000, "worst-ms")
		})
	}
}

// BenchmarkFigures asks for the figures of a million messages.
func BenchmarkFigures(b *testing.B) {
	l := followed()
	until := monday.AddDate(0, 0, 7*104)
	var f Figures
	for b.Loop() {
		f = l.Figures(until)
	}
	b.ReportMetric(float64(f.NeedAnswer), "appeals")
}
