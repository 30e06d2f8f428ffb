package mail

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// post writes a mailbox of any length: threads of seven mails of 300 bytes with
// accents, every third answer with a quotation, every fifth mail of two parts.
type post struct {
	n, next int64
	random  *rand.Rand
	mail    []byte
	at      int
	kinds   bool // not plain text alone
}

var postWords = strings.Fields("the brake pedal est restée collée on the highway yesterday and personne ne répond depuis lundi matin why could you please tell us when \n merci d'avance pour votre réponse \"urgent\" we are worried")

func (p *post) Read(b []byte) (n int, err error) {
	for n < len(b) {
		if p.at == len(p.mail) {
			if p.next == p.n {
				break
			}
			p.write()
		}
		k := copy(b[n:], p.mail[p.at:])
		n, p.at = n+k, p.at+k
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (p *post) write() {
	i := p.next
	p.next++
	when := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 30 * time.Second)
	who := p.random.Int64N(1 + p.n/20)
	thread := i - i%7
	b := fmt.Appendf(p.mail[:0], "From person%d@example.org %s\nFrom: person%d@example.org\nMessage-ID: <post-%d@example.org>\n", who, when.Format(time.ANSIC), who, i)
	if i != thread {
		b = fmt.Appendf(b, "In-Reply-To: <post-%d@example.org>\n", thread+p.random.Int64N(i-thread))
	}
	b = fmt.Appendf(b, "Date: %s\n", when.Format(time.RFC1123Z))
	var text strings.Builder
	for text.Len() < 290 {
		text.WriteString(postWords[p.random.IntN(len(postWords))])
		text.WriteByte(" \n"[text.Len()%70/65])
	}
	switch {
	case p.kinds && i%5 == 0:
		b = fmt.Appendf(b, "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b%d\"\n\n--b%d\nContent-Type: text/plain; charset=utf-8\n\n%s\n--b%d\nContent-Type: text/html; charset=utf-8\n\n<p>%s</p>\n--b%d--\n\n", i, i, text.String(), i, text.String(), i)
	case p.kinds && i%3 == 0:
		b = fmt.Appendf(b, "Content-Type: text/plain; charset=utf-8\n\n%s\n\nOn Mon, 4 Jan 2010 at 10:00, Ana Duarte <ana@example.org> wrote:\n> %s\n\n", text.String(), strings.ReplaceAll(text.String(), "\n", "\n> "))
	default:
		b = fmt.Appendf(b, "Content-Type: text/plain; charset=utf-8\n\n%s\n\n", text.String())
	}
	p.mail, p.at = b, 0
}

func newPost(n int64, kinds bool) *post {
	return &post{n: n, random: rand.New(rand.NewPCG(1, 2)), kinds: kinds}
}

// BenchmarkReadMbox reads ten thousand plain mails, as conversation's benchmark of
// that name did before mail had a package of its own.
func BenchmarkReadMbox(b *testing.B) { readPost(b, false) }

// BenchmarkReadMixed reads as many, of parts and with quotations too.
func BenchmarkReadMixed(b *testing.B) { readPost(b, true) }

func readPost(b *testing.B, kinds bool) {
	text, err := io.ReadAll(newPost(10_000, kinds))
	if err != nil {
		b.Fatal(err)
	}
	whole := string(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		log := conversation.NewLog(nowhere{})
		if err := conversation.Read(log, strings.NewReader(whole), "post.mbox", conversation.ReadOptions{Formats: Formats()}); err != nil || log.Len() != 10_000 {
			b.Fatalf("read %d messages: %v", log.Len(), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/mail")
}

// nowhere is a keep that forgets, to time reading alone.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)           { return len(p), nil }
func (nowhere) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }

// TestMailboxInFlatMemory: a mailbox costs memory by its mails, not by what they
// say: an index of at most 400 bytes each, ties included. With ENTREGENT_LONG the
// mailbox has 1 GB, and its speed is told.
func TestMailboxInFlatMemory(t *testing.T) {
	mails := int64(20_000)
	if os.Getenv("ENTREGENT_LONG") != "" {
		mails = 1_700_000
	}
	keep, err := os.CreateTemp(t.TempDir(), "texts")
	if err != nil {
		t.Fatal(err)
	}
	defer keep.Close()
	before := heap()
	log := conversation.NewLog(keep)
	in := &counted{in: newPost(mails, true)}
	start := time.Now()
	if err := conversation.Read(log, in, "post.mbox", conversation.ReadOptions{Formats: Formats()}); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	each := (heap() - before) / float64(mails)
	t.Logf("%d MB in %v, %.0f MB/s, the writing of them included; %.0f bytes of memory a mail, most %d MB", in.n>>20, took.Round(time.Millisecond), float64(in.n)/1e6/took.Seconds(), each, in.most>>20)
	if log.Len() != int(mails) || len(log.Problems().All()) > 1 {
		t.Fatalf("%d of %d mails, told %v", log.Len(), mails, told(log))
	}
	if each > 400 {
		t.Errorf("%.0f bytes of memory a mail", each)
	}
	if threads := len(log.Threads()); threads != int((mails+6)/7) {
		t.Errorf("%d threads, want %d", threads, (mails+6)/7)
	}
	runtime.KeepAlive(log)
}

// counted counts what is read, and looks at the memory held now and then.
type counted struct {
	in      io.Reader
	n, look int64
	most    uint64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.n += int64(n); c.n > c.look {
		c.look = c.n + 100<<20
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.most = max(c.most, m.HeapSys-m.HeapReleased)
	}
	return n, err
}

// heap is what lives in memory after a collection.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
