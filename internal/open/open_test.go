package open

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/conversation"
)

// lines makes a log of n messages whose ids begin with a word.
func lines(word string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%s%d","side":"community","time":"2010-02-09T12:00:00Z","text":"hello %d"}`+"\n", word, i, i*i)
	}
	return b.String()
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t testing.TB, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// folder fills a temporary folder with files.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	at := t.TempDir()
	for name, text := range files {
		path := filepath.Join(at, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

func ids(log *conversation.Log) string {
	var all []string
	for i := range log.Len() {
		all = append(all, string(log.ID(i)))
	}
	return strings.Join(all, " ")
}

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func TestReadsWhatIsPointedAt(t *testing.T) {
	at := folder(t, map[string]string{
		"plain.jsonl":    lines("p", 1),
		"packed.jsonl":   gzipped(t, lines("g", 1)), // whatever its name says
		"packed.zst":     zstandard(t, lines("z", 1)),
		"two.gz":         gzipped(t, lines("a", 1)) + gzipped(t, lines("b", 1)),
		"dir/b.csv":      "id,time,text\nc1,2010-02-09,hello\n",
		"dir/a.jsonl":    lines("d", 1),
		"dir/sub/x.eml":  "Message-ID: <e@x>\nFrom: a@x\nDate: 9 Feb 2010 12:00 +0000\n\nhello",
		"dir/.hidden":    lines("h", 1),
		"dir/.git/a":     lines("h", 1),
		"dir/photo.png":  png,
		"dir/README.md":  "# Read me, please\n",
		"dir/other.csv":  "name,colour\nrose,red\n",
		"dir/empty.json": "",
		"photos/a.png":   png,
	})
	if err := os.Mkdir(filepath.Join(at, "nothing"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, paths, ids, skipped, fails string
	}{
		{"a file", "plain.jsonl", "p0", "", ""},
		{"packed ones", "packed.jsonl packed.zst two.gz", "g0 z0 a0 b0", "", ""},
		{"a folder", "dir", "d0 c1 e@x", "README.md other.csv photo.png", ""},
		{"a pattern", "p*d.*", "g0 z0", "", ""},
		{"standard input", "-", "s0", "", ""},
		{"the same twice", "plain.jsonl ./plain.jsonl", "p0", "", ""},
		{"a file of a folder, first", "dir/b.csv dir", "c1 d0 e@x", "README.md other.csv photo.png", ""},
		{"nothing there", "plain.jsonl missing.jsonl", "", "", "opening AT/missing.jsonl: no such file or directory"},
		{"no such pattern", "*.eml", "", "", "opening AT/*.eml: no file has such a name"},
		{"a picture", "dir/photo.png", "", "", "reading AT/dir/photo.png: not a conversation in a known form (JSON, CSV with a header, mbox, mail, the text of a chat, or an archive of such): this is a PNG image"},
		{"an empty folder", "nothing", "", "", "reading AT/nothing: the folder is empty"},
		{"a folder of pictures", "photos", "", "a.png", "reading AT/photos: none of its files is a conversation in a known form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && c.name == "nothing there" {
				t.Skip("said in other words there")
			}
			var paths, skipped []string
			for _, p := range strings.Fields(c.paths) {
				if p != "-" {
					p = at + string(filepath.Separator) + filepath.FromSlash(p)
				}
				paths = append(paths, p)
			}
			log := conversation.NewLog(nil)
			err := Read(context.Background(), log, paths, Options{Stdin: strings.NewReader(lines("s", 1)),
				Skipped: func(path string, why error) { skipped = append(skipped, filepath.Base(path)) }})
			if got := strings.ReplaceAll(fmt.Sprint(err), at, "AT"); err != nil && got != c.fails || err == nil && c.fails != "" {
				t.Errorf("error %q, want %q", got, c.fails)
			}
			if got := ids(log); got != c.ids {
				t.Errorf("read %q, want %q", got, c.ids)
			}
			if got := strings.Join(skipped, " "); got != c.skipped {
				t.Errorf("skipped %q, want %q", got, c.skipped)
			}
		})
	}
}

func TestProgressEndsWhereTheFilesEnd(t *testing.T) {
	at := folder(t, map[string]string{"a.jsonl": lines("a", 5000), "b.zst": zstandard(t, lines("b", 5000)), "c.gz": gzipped(t, lines("c", 5000)), "d.png": png})
	var last, all, calls int64
	err := Read(context.Background(), conversation.NewLog(nil), []string{at}, Options{Progress: func(done, total int64) {
		if done < last || done > total {
			t.Errorf("went from %d to %d of %d", last, done, total)
		}
		last, all, calls = done, total, calls+1
	}})
	if err != nil || last != all || all == 0 || calls < 4 {
		t.Errorf("ended at %d of %d in %d calls: %v", last, all, calls, err)
	}
	err = Read(context.Background(), conversation.NewLog(nil), []string{"-"}, Options{Stdin: strings.NewReader(lines("a", 1)), Progress: func(_, total int64) { all = total }})
	if err != nil || all != -1 {
		t.Errorf("standard input has %d bytes: %v", all, err)
	}
}

func TestReadingStopsWhenItIsToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	log := conversation.NewLog(nil)
	at := folder(t, map[string]string{"a.jsonl": lines("a", 20_000)})
	err := Read(ctx, log, []string{at}, Options{Progress: func(_, _ int64) { cancel() }})
	if !errors.Is(err, context.Canceled) || log.Len() == 20_000 {
		t.Errorf("%v after %d messages", err, log.Len())
	}
}

func TestFilesCutShortAreReadAsFarAsTheyGo(t *testing.T) {
	text := lines("a", 20_000)
	for name, packed := range map[string]string{"a.gz": gzipped(t, text), "a.zst": zstandard(t, text)} {
		at := folder(t, map[string]string{name: packed[:len(packed)*2/3]})
		log := conversation.NewLog(nil)
		if err := Read(context.Background(), log, []string{at}, Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if log.Problems().Count(conversation.Truncated) != 1 || log.Len() < 1000 || log.Len() == 20_000 {
			t.Errorf("%s: %d messages, told as cut short %d times", name, log.Len(), log.Problems().Count(conversation.Truncated))
		}
	}
	for name, packed := range map[string]string{"a.gz": gzipped(t, text), "a.zst": zstandard(t, text)} {
		broken := []byte(packed)
		for i := len(broken) / 2; i < len(broken)/2+20; i++ {
			broken[i] ^= 0x55
		}
		at := folder(t, map[string]string{name: string(broken)})
		err := Read(context.Background(), conversation.NewLog(nil), []string{at}, Options{})
		if err == nil || !strings.Contains(err.Error(), "decompressing") {
			t.Errorf("%s, broken in the middle: %v", name, err)
		}
	}
}

func TestBombsAreStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("expands a gigabyte")
	}
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	zeros := bytes.Repeat([]byte(" "), 1<<20)
	for range mostExpanded>>20 + 2 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	at := folder(t, map[string]string{"bomb.jsonl.zst": b.String()})
	err = Read(context.Background(), conversation.NewLog(nil), []string{at}, Options{})
	if err == nil || !strings.Contains(err.Error(), "expand to more than 1000 times") {
		t.Errorf("%d bytes were read: %v", b.Len(), err)
	}
}

func TestTextsAreKeptOnDiskAndForgotten(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	texts, err := Keep()
	if err != nil {
		t.Fatal(err)
	}
	log := conversation.NewLog(texts)
	if err := Read(context.Background(), log, []string{"-"}, Options{Stdin: strings.NewReader(lines("a", 5000))}); err != nil {
		t.Fatal(err)
	}
	if got := log.Text(4999); got != fmt.Sprint("hello ", 4999*4999) || log.Text(0) != "hello 0" {
		t.Errorf("the last text reads %q", got)
	}
	if err := texts.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestRosterIsAFileOrNames(t *testing.T) {
	at := folder(t, map[string]string{"staff.txt": "Marie Durand; press\n", "bad.txt": "a;b;c\n"})
	for entries, want := range map[string]string{
		at + "/staff.txt":   "",
		"acme.org, Marie":   "",
		"acme.org":          "",
		at + "/missing.txt": "opening AT/missing.txt: no such file or directory",
		"missing.txt":       "opening missing.txt: no such file or directory",
		at + "/bad.txt":     `reading AT/bad.txt:1: "a;b;c" has more than a name and a department`,
	} {
		roster, err := Roster(entries)
		if got := strings.ReplaceAll(fmt.Sprint(err), at, "AT"); err != nil && got != want || err == nil && want != "" {
			t.Errorf("%s: %q, want %q", entries, got, want)
		}
		if err == nil && roster == nil {
			t.Errorf("%s: no roster", entries)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte(lines("a", 2)))
	f.Add([]byte(gzipped(f, lines("a", 2))))
	f.Add([]byte(zstandard(f, lines("a", 2))))
	f.Add([]byte("\x50\x2a\x4d\x18\x01\x00\x00\x00a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		log := conversation.NewLog(nil)
		_ = Read(context.Background(), log, []string{"-"}, Options{Stdin: bytes.NewReader(b)})
		if log.Err() != nil {
			t.Error(log.Err())
		}
	})
}
