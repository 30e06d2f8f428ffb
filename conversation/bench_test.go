package conversation

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// crowd writes a log of n messages: threads of a few, a tenth of them opened in
// words of the organisation, texts of about 300 bytes with escapes and accents.
type crowd struct {
	n, next int
	random  *rand.Rand
	line    []byte
	at      int
}

func newCrowd(n int) *crowd { return &crowd{n: n, random: rand.New(rand.NewPCG(1, 2))} }

var crowdWords = strings.Fields("the brake pedal est restée collée on the highway yesterday and personne ne répond depuis lundi matin why could you please tell us when \\n merci d'avance pour votre réponse \\\"urgent\\\" we are worried")

func (c *crowd) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if c.at == len(c.line) {
			if c.next == c.n {
				break
			}
			c.write()
		}
		k := copy(p[n:], c.line[c.at:])
		n, c.at = n+k, c.at+k
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (c *crowd) write() {
	i := c.next
	c.next++
	c.at, c.line = 0, c.line[:0]
	thread := i - i%7
	reply, side := "null", "community"
	if i != thread {
		reply = fmt.Sprintf(`"post-%d"`, thread+c.random.IntN(i-thread))
	}
	if i%10 == 3 {
		side = "organisation"
	}
	when := time.Date(2010, 1, 1, 0, 0, i*30, 0, time.UTC)
	c.line = fmt.Appendf(c.line, `{"id": "post-%d", "thread": "topic-%d", "reply_to": %s, "author": "person%d", "side": "%s", "department": null, "channel": "forum", "time": "%s", "lang": "fr", "likes": %d, "text": "`,
		i, thread, reply, c.random.IntN(1+c.n/20), side, when.Format(time.RFC3339), i%5)
	for end := len(c.line) + 290; len(c.line) < end; {
		c.line = append(append(c.line, crowdWords[c.random.IntN(len(crowdWords))]...), ' ')
	}
	c.line = append(c.line, "\"}\n"...)
}

// BenchmarkReadMillion reads a million messages with their texts in a file and
// tells what the index of one takes in memory once all links are known.
func BenchmarkReadMillion(b *testing.B) { readCrowd(b, 1_000_000) }

// BenchmarkReadTenThousand is the same at a size for every day.
func BenchmarkReadTenThousand(b *testing.B) { readCrowd(b, 10_000) }

func readCrowd(b *testing.B, n int) {
	text := filepath.Join(b.TempDir(), "crowd.jsonl")
	out, err := os.Create(text)
	if err != nil {
		b.Fatal(err)
	}
	size, err := io.Copy(out, newCrowd(n))
	if err != nil || out.Close() != nil {
		b.Fatal("writing the crowd: ", err)
	}
	b.SetBytes(size)
	var index, most float64
	for b.Loop() {
		b.StopTimer()
		keep, err := os.CreateTemp(b.TempDir(), "texts")
		if err != nil {
			b.Fatal(err)
		}
		in, err := os.Open(text)
		if err != nil {
			b.Fatal(err)
		}
		before := heap()
		b.StartTimer()
		log := NewLog(keep)
		if err := Read(log, in, "crowd.jsonl", ReadOptions{}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		log.Threads()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, float64(m.HeapSys-m.HeapReleased))
		index = (heap() - before) / float64(log.Len())
		if log.Len() != n {
			b.Fatalf("read %d messages, want %d", log.Len(), n)
		}
		_, _ = in.Close(), keep.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/message")
	b.ReportMetric(index, "bytes/message")
	b.ReportMetric(most/1e6, "MB-held")
}

// heap is what lives in memory after a collection.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func BenchmarkLinksMillion(b *testing.B) {
	log := NewLog(nowhere{})
	if err := Read(log, newCrowd(1_000_000), "crowd.jsonl", ReadOptions{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		log.resolved = nil
		log.Threads()
	}
}
