package gift

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// forum is a forum of a million messages: threads of five, in which somebody
// asks, others help, and one in ten says thanks.
func forum(n int, each func(i int, m conversation.Message)) {
	rng := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		t, k := i/5, i%5
		who := conversation.PersonID(fmt.Sprint("member", int(float64(n/20)*rng.Float64()*rng.Float64())))
		text := "I had the same; it was the fuse behind the cover, have a look there. " + fmt.Sprint(i)
		switch {
		case k == 0:
			text = fmt.Sprintf("How do I open the cover of model %d?", i)
		case k == 4 && t%2 == 0:
			who, text = conversation.PersonID(fmt.Sprint("member", t%(n/20))), fmt.Sprintf("Thanks %s, that helped.", called(int(3000*rng.Float64()*rng.Float64())))
		}
		if k == 0 {
			who = conversation.PersonID(fmt.Sprint("member", t%(n/20)))
		}
		each(i, conversation.Message{ID: conversation.MessageID(fmt.Sprint("forum/", i)), Thread: conversation.ThreadID(fmt.Sprint("forum/t", t)), Author: who,
			Side: conversation.Community, Time: start.Add(time.Duration(i) * time.Minute), Text: text})
	}
}

// called makes a name of a number.
func called(n int) string {
	return string([]byte{'A' + byte(n%26), 'a' + byte(n/26%26), 'r', 'a' + byte(n/676%26), 'o'})
}

const million = 1_000_000

var heard = sync.OnceValue(func() *Live {
	l := NewLive(conversation.NewLiveIndex())
	var batch []conversation.Message
	forum(million, func(i int, m conversation.Message) {
		if batch = append(batch, m); len(batch) == 4096 || i == million-1 {
			l.Before(batch...)
			for k, m := range batch {
				l.board.Put(m, int64(i-len(batch)+1+k))
			}
			l.After(batch, reading.All(batch, reading.Options{}))
			batch = batch[:0]
		}
	})
	return l
})

// BenchmarkLive follows a forum of a million messages: how fast it is read first,
// what it takes in memory beside the board, and how long a word of thanks takes.
func BenchmarkLive(b *testing.B) {
	start := time.Now()
	l := heard()
	first := len(l.Thanks())
	b.Logf("read %d messages in %v, %d thanks", million, time.Since(start), first)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.Logf("heap with the board: %d MB", m.HeapAlloc/1e6)
	n, worst := 0, time.Duration(0)
	for b.Loop() {
		t := n * 7919 % (million / 5)
		one := conversation.Message{ID: conversation.MessageID(fmt.Sprint("forum/", million+n)), Thread: conversation.ThreadID(fmt.Sprint("forum/t", t)),
			Author: l.board.Person(l.board.At(5 * t).Author), Side: conversation.Community, Time: time.Date(2024, 1, 1, 0, n, 0, 0, time.UTC), Text: "Thank you " + called(n%3000) + ", solved!"}
		start := time.Now()
		l.Before(one)
		l.board.Put(one, int64(million+n))
		l.After([]conversation.Message{one}, []reading.Row{reading.Read(one, reading.Options{})})
		l.refresh()
		worst = max(worst, time.Since(start))
		n++
	}
	b.ReportMetric(worst.Seconds()*1000, "worst-ms")
}
