package live_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

// forum writes a forum of n messages into a store: two years of threads of five,
// a fifth of the messages the organisation's, one thanks in ten.
func forum(b *testing.B, s *store.Store, n int) (end time.Time) {
	rng := rand.New(rand.NewPCG(1, 2))
	apart := 2 * 365 * 24 * time.Hour / time.Duration(n)
	var batch []conversation.Message
	for i := range n {
		t := i / 5
		end = monday.Add(time.Duration(i) * apart)
		m := conversation.Message{ID: conversation.MessageID(fmt.Sprint(i)), Thread: conversation.ThreadID(fmt.Sprint("t", t)), Side: conversation.Community,
			Author: conversation.PersonID(fmt.Sprint("member", int(float64(n/20)*rng.Float64()*rng.Float64()))), Channel: "forum", Time: end,
			Text: fmt.Sprint("I had the same with number ", i, "; it was the fuse behind the cover, have a look there.")}
		switch i % 5 {
		case 0:
			m.Text = fmt.Sprint("How do I open the cover of model ", i, "? It has been stuck since Monday and nothing helps.")
		case 2:
			m.Side, m.Author = conversation.Organisation, conversation.PersonID(fmt.Sprint("helen", t%12))
			m.Text = fmt.Sprint("You have to hold the button number ", i, " for ", t%60, " seconds, and then wait until the light at the back of model ", rng.IntN(1e6), " is green.")
		case 4:
			m.Text = fmt.Sprint("Thanks ", []string{"Robert", "Helen", "a lot", "everybody"}[t%4], ", that helped.")
		}
		if i%5 > 0 {
			m.ReplyTo = conversation.MessageID(fmt.Sprint(i - i%5))
		}
		if batch = append(batch, m); len(batch) == 1000 || i == n-1 {
			add(b, s, batch...)
			batch = batch[:0]
		}
	}
	return end
}

// BenchmarkFollow follows a forum in a store on disk, of ENTREGENT_MESSAGES
// messages (20,000 if that isn't set): how fast it is read first and what it
// takes in memory; then, for a message that arrives, how long until figures know
// it, from the store on.
func BenchmarkFollow(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ENTREGENT_MESSAGES"))
	if err != nil {
		n = 20_000
	}
	s := open(b)
	end := forum(b, s, n)
	before := heap()
	l := live.Open(s, live.Options{Now: func() time.Time { return end.Add(time.Hour) }})
	start := time.Now()
	check(b, l.CatchUp(b.Context()))
	first := time.Since(start)
	memory := heap() - before
	start = time.Now()
	check(b, l.Stand(b.Context()))
	stand := time.Since(start)
	var figures, list, known []time.Duration
	for k := 0; b.Loop(); k++ {
		m := conversation.Message{ID: conversation.MessageID(fmt.Sprint("new", k)), Thread: conversation.ThreadID(fmt.Sprint("t", n/5-1-k%(n/5))), Side: conversation.Community,
			Author: conversation.PersonID(fmt.Sprint("member", k%99)), Time: end, Text: "Thank you Robert! And how do I close it again?"}
		if k%3 == 0 {
			m.Side, m.Author, m.Text = conversation.Organisation, "helen1", fmt.Sprint("Press the left one, number ", k, ", then the right one, for as long as you can bear it.")
		}
		add(b, s, m)
		start := time.Now()
		check(b, l.CatchUp(b.Context()))
		l.Appeals(live.Which{Thread: "forum/" + m.Thread})
		known = append(known, time.Since(start))
		start = time.Now()
		l.Figures()
		figures = append(figures, time.Since(start))
		start = time.Now()
		l.Appeals(live.Which{Waiting: true, Needing: true, Limit: 50})
		list = append(list, time.Since(start))
	}
	at := func(times []time.Duration, q float64) float64 {
		slices.Sort(times)
		return times[int(q*float64(len(times)-1))].Seconds() * 1000
	}
	b.ReportMetric(float64(n)/first.Seconds(), "read/s")
	b.ReportMetric(memory, "heap-MB")
	b.ReportMetric(stand.Seconds()*1000, "stand-ms")
	b.ReportMetric(at(known, .5), "p50-ms")
	b.ReportMetric(at(known, .99), "p99-ms")
	b.ReportMetric(at(known, 1), "worst-ms")
	b.ReportMetric(at(figures, .5), "figures-ms")
	b.ReportMetric(at(list, .5), "waiting-ms")
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func heap() float64 {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}
