package conversation

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// shared finds the folder of real data beside the project, or skips the test.
func shared(t testing.TB, path string) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			break
		}
		if at == filepath.Dir(at) {
			t.Fatal("no go.mod above the test")
		}
		at = filepath.Dir(at)
	}
	path = filepath.Join(filepath.Dir(at), "shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("real data is not there: %v", err)
	}
	return path
}

// unpacked is what a file of real data says, decompressed.
func unpacked(t testing.TB, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".zst") {
		d, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		r = d
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadsTheSharedConversations(t *testing.T) {
	for _, c := range []struct {
		file                      string
		messages, threads, people int
	}{
		{"en_forum_openenergymonitor.jsonl.zst", 42825, 5603, 2485},
		{"fr_ambassade.jsonl", 1327, 48, 0},
		{"en_support_tweets.jsonl", 5000, 1312, 0},
		{"en_gift_asks_raop.jsonl", 4040, 0, 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			text := unpacked(t, shared(t, "data/conv/"+c.file))
			log := NewLog(nil)
			if err := Read(log, strings.NewReader(text), c.file, ReadOptions{}); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d messages, %d threads, %d people", log.Len(), len(log.Threads()), log.People())
			for _, p := range log.Problems().All() {
				t.Log(p.Kind, p.Count, p.Examples[0].Error())
			}
			if log.Len() != c.messages {
				t.Errorf("%d messages, want %d", log.Len(), c.messages)
			}
			if n := len(log.Threads()); c.threads > 0 && n != c.threads {
				t.Errorf("%d threads, want %d", n, c.threads)
			}
			if n := log.People(); c.people > 0 && n != c.people {
				t.Errorf("%d people, want %d", n, c.people)
			}
		})
	}
}

func BenchmarkReadForum(b *testing.B) {
	text := unpacked(b, shared(b, "data/conv/en_forum_openenergymonitor.jsonl.zst"))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		log := NewLog(nowhere{})
		if err := Read(log, strings.NewReader(text), "forum.jsonl", ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// nowhere is a keep that forgets, to time reading alone.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)           { return len(p), nil }
func (nowhere) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }
