package form

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// nowhere is a keep that forgets, so that reading alone is measured.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)           { return len(p), nil }
func (nowhere) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }

// repeated gives start, then as many copies of middle as make size bytes, then end.
type repeated struct {
	start, middle, end string
	left               int64
	now                string
	done               bool
}

func newRepeated(start, middle, end string, size int64) io.Reader {
	return &repeated{start: start, middle: strings.Repeat(middle, 1+(1<<16)/len(middle)), end: end, left: size, now: start}
}

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if r.now == "" {
			switch {
			case r.left > 0:
				r.now = r.middle
				r.left -= int64(len(r.middle))
			case !r.done:
				r.now, r.done = r.end, true
			default:
				return n, io.EOF
			}
			if r.now == "" {
				return n, io.EOF
			}
		}
		k := copy(p[n:], r.now)
		r.now, n = r.now[k:], n+k
	}
	return n, nil
}

// held runs do and gives the most bytes that the heap held meanwhile beyond what
// it held before.
func held(do func()) (most uint64, took time.Duration) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, stop, done := m.HeapAlloc, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	began := time.Now()
	do()
	took = time.Since(began)
	close(stop)
	<-done
	return most - min(before, most), took
}

// TestBombs: what would take all memory takes 64 MB at most. How long each takes
// is told; it grows with the bytes that come, and no faster.
func TestBombs(t *testing.T) {
	size := int64(64 << 20)
	if testing.Short() {
		size = 16 << 20
	}
	for name, in := range map[string]func() io.Reader{
		"nested arrays":  func() io.Reader { return newRepeated("", "[", "", size) },
		"nested objects": func() io.Reader { return newRepeated("", `{"messages":`, "", size) },
		"nested in a record": func() io.Reader {
			return newRepeated(slackOpens+`{"type":"message","ts":"1.1","user":"u","text":"x","blocks":`, "[", "", size)
		},
		"a string without end": func() io.Reader {
			return newRepeated(slackOpens+`{"type":"message","text":"`, "lorem ipsum ", "", size)
		},
		"a key without end": func() io.Reader { return newRepeated(slackOpens+`{"`, "k", "", size) },
		"a line without end": func() io.Reader {
			return newRepeated(lineOpens+`{"created_at":"2026-03-02T09:00:00Z","body":"`, "x", "", size)
		},
		"a text without end": func() io.Reader { return newRepeated("02/03/2026 à 09:00 - Ana: bonjour\n", "x", "", size) },
		"lines without end":  func() io.Reader { return newRepeated("02/03/2026 à 09:00 - Ana: bonjour\n", "et encore\n", "", size) },
		"a record of numbers": func() io.Reader {
			return newRepeated(slackOpens+`{"type":"message","ts":"1.1","user":"u","text":"x","files":[1`, ",1", "]}]", size)
		},
		"many keys": func() io.Reader {
			return newRepeated(slackOpens+`{"type":"message","ts":"1.1","user":"u","text":"x"`, `,"a":1`, "}]", size)
		},
		"white space": func() io.Reader { return newRepeated(slackOpens, " ", "]", size) },
		"many heads": func() io.Reader {
			return newRepeated(`{"guild":{},"channel":{"id":"1"},"messages":[{"id":"1","timestamp":"2026-03-02T09:00:00Z","content":"x","author":{"id":"1"}}],`, `"channel":{"name":"x"},`, "", size)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			most, took := held(func() {
				err = conversation.Read(conversation.NewLog(nowhere{}), in(), "a.json", conversation.ReadOptions{Formats: All()})
			})
			t.Logf("%d MB held, %v: %v", most>>20, took.Round(time.Millisecond), err)
			if err != nil && !errors.Is(err, conversation.ErrForm) {
				t.Error(err)
			}
			if most > 64<<20 {
				t.Errorf("%d MB held", most>>20)
			}
		})
	}
}

const (
	slackOpens = `[{"type":"message","ts":"1772442000.1","user":"U1","text":"hello"},`
	lineOpens  = `{"created_at":"2026-03-02T09:00:00Z","body":"hello"}` + "\n"
)

// TestZipBombs: archives that would unpack to more than any export does are
// stopped soon; archives inside archives are not opened.
func TestZipBombs(t *testing.T) {
	text := func(size int64) io.Reader { return newRepeated(slackOpens, " ", "]", size) }
	bomb := zipped(t, map[string]io.Reader{"general/2026-03-02.json": text(1 << 28)})
	var err error
	most, took := held(func() { _, err = readZip(bomb) })
	t.Logf("%d bytes that hold 256 MB: %d MB held, %v: %v", len(bomb), most>>20, took.Round(time.Millisecond), err)
	if !errors.Is(err, ErrBomb) || most > 64<<20 {
		t.Errorf("%d MB held: %v", most>>20, err)
	}
	many := map[string]io.Reader{}
	for i := range 300 {
		many[fmt.Sprintf("general/%d.json", i)] = text(1 << 20)
	}
	if _, err := readZip(zipped(t, many)); !errors.Is(err, ErrBomb) {
		t.Errorf("many files of spaces: %v", err)
	}
	inner := zipped(t, map[string]io.Reader{"general/2026-03-02.json": strings.NewReader(slackOpens[:len(slackOpens)-1] + "]")})
	log, err := readZip(zipped(t, map[string]io.Reader{"a.zip": bytes.NewReader(inner), "general/2026-03-03.json": strings.NewReader(slackOpens[:len(slackOpens)-1] + "]")}))
	if err != nil || log.Len() != 1 {
		t.Errorf("an archive inside an archive: %d messages, %v", log.Len(), err)
	}
	for n := 4; n < len(inner); n += 7 {
		if _, err := readZip(inner[:n]); err == nil {
			t.Errorf("cut at %d of %d bytes, it was read", n, len(inner))
		}
	}
}

func zipped(t testing.TB, files map[string]io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, in := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readZip(b []byte) (*conversation.Log, error) {
	log := conversation.NewLog(nil)
	a, err := OpenArchive(bytes.NewReader(b), int64(len(b)))
	if err == nil && a == nil {
		err = errors.New("no archive")
	}
	if err != nil {
		return log, err
	}
	return log, a.Read(log, "export.zip", conversation.ReadOptions{Formats: All()})
}

// TestLargeDocument reads one JSON document in flat memory: what is held grows
// with the index alone. 32 MB; a gigabyte with ENTREGENT_LONG.
func TestLargeDocument(t *testing.T) {
	size := int64(32 << 20)
	if os.Getenv("ENTREGENT_LONG") != "" {
		size = 1 << 30
	}
	log := conversation.NewLog(nowhere{})
	most, took := held(func() {
		if err := conversation.Read(log, newDocument(size), "a.json", conversation.ReadOptions{Formats: All()}); err != nil {
			t.Fatal(err)
		}
	})
	index := uint64(log.Len()) * 400 // record, id and its place among the names
	t.Logf("%d MB, %d messages: %d MB held, %.0f MB/s", size>>20, log.Len(), most>>20, float64(size)/(1<<20)/took.Seconds())
	if most > index+64<<20 {
		t.Errorf("%d MB held for an index of at most %d MB", most>>20, index>>20)
	}
	if want := int(size / documentRecord); log.Len() < want {
		t.Errorf("%d messages, want %d at least", log.Len(), want)
	}
}

const documentRecord = 1100 // bytes, more than any of newDocument's has

// newDocument is an export of Discord of that many bytes.
func newDocument(size int64) io.Reader {
	return &export{left: size}
}

type export struct {
	left int64
	n    int
	now  []byte
	end  bool
}

func (d *export) Read(p []byte) (int, error) {
	if len(d.now) == 0 {
		if d.end {
			return 0, io.EOF
		}
		d.now = d.now[:0]
		if d.n == 0 {
			d.now = append(d.now, `{"guild":{"id":"5","name":"Acme"},"channel":{"id":"77","type":"GuildTextChat","name":"help"},"messages":[`...)
		}
		for range 64 {
			if d.n > 0 {
				d.now = append(d.now, ",\n"...)
			}
			d.n++
			d.now = fmt.Appendf(d.now, `{"id":"%d","type":"Default","timestamp":"2026-03-02T09:00:%02d.120+00:00","timestampEdited":null,"callEndedTimestamp":null,"isPinned":false,"content":"Could you tell me how I change the \"delivery\" address of the order number %d that I placed yesterday? I looked everywhere and found nothing about it.","author":{"id":"%d","name":"ana%d","discriminator":"0000","nickname":"Ana Duarte","color":null,"isBot":false,"roles":[],"avatarUrl":"https://cdn.acme.example/avatars/%d.png"},"attachments":[],"embeds":[],"stickers":[],"reactions":[],"mentions":[]}`,
				d.n, d.n%60, d.n, d.n%5000, d.n%5000, d.n%5000)
		}
		if d.left -= int64(len(d.now)); d.left <= 0 {
			d.now, d.end = append(d.now, "]}"...), true
		}
	}
	n := copy(p, d.now)
	d.now = d.now[n:]
	return n, nil
}

func BenchmarkDocument(b *testing.B) {
	const size = 8 << 20
	text, err := io.ReadAll(newDocument(size))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := conversation.Read(conversation.NewLog(nowhere{}), bytes.NewReader(text), "a.json", conversation.ReadOptions{Formats: All()}); err != nil {
			b.Fatal(err)
		}
	}
}
