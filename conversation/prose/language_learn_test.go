package prose

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"hash/fnv"
	"html"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "write language.bin again from the shared data")

const languageHeader = "prose language table 1: fr from fr_avis_polynesie (CC0), en from MFRC (Trager et al. 2022, CC BY 4.0), others written for this project\n"

// TestLanguageTable builds the table again from its sources and compares it with the one that is embedded.
func TestLanguageTable(t *testing.T) {
	other, err := os.ReadFile("testdata/other.txt")
	if err != nil {
		t.Fatal(err)
	}
	table := learn(half(reviews(t), 0), half(comments(t), 0), strings.Split(string(other), "\n"))
	if *update {
		if err := os.WriteFile("language.bin", table, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(table, languageFile) {
		t.Error("language.bin is not what its sources give; run go test -run LanguageTable -update ./prose")
	}
}

// learn builds the table. The prior of each language is the mean of the three, worth prior observations.
func learn(fr, en, other []string) []byte {
	const prior = 3000
	var counts [3][buckets]float64
	var totals [3]float64
	count := func(class int, texts []string, share float64) {
		for _, text := range texts {
			letters, _ := new(weight).letter(make([]byte, 0, 2*len(text)+8), text)
			window := uint32(' ')
			for _, c := range letters {
				window = window<<8 | uint32(c)
				two, three, four := grams(window)
				for _, b := range []uint32{two, three, four} {
					counts[class][b] += share
				}
				totals[class] += 3 * share
			}
		}
	}
	count(0, fr, 1)
	count(0, bare(fr), .3)
	count(1, en, 1)
	count(2, other, 1)
	count(2, bare(other), .3)
	out := []byte(languageHeader)
	for b := range buckets {
		var pooled float64
		for k := range counts {
			pooled += (counts[k][b] + .05) / (totals[k] + .05*buckets) / 3
		}
		chance := func(k int) float64 { return (counts[k][b] + prior*pooled) / (totals[k] + prior) }
		for k := range 2 {
			w := 16 * math.Log(chance(k)/chance(2))
			out = append(out, byte(int8(math.Round(max(-127, min(127, w))))))
		}
	}
	return out
}

// bare gives texts as people type them who leave out the accents.
func bare(texts []string) []string {
	var all []string
	for _, text := range texts {
		var b []byte
		for _, r := range text {
			b = appendPlain(b, r)
		}
		all = append(all, string(b))
	}
	return all
}

// half keeps the texts whose hash is even or odd.
func half(texts []string, side uint32) []string {
	var kept []string
	for _, text := range texts {
		h := fnv.New32a()
		io.WriteString(h, text)
		if h.Sum32()>>7&1 == side {
			kept = append(kept, text)
		}
	}
	return kept
}

// shared gives the path of a shared file, or skips the test.
func shared(tb testing.TB, path string) string {
	tb.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path = filepath.Join(dir, "..", "shared", path)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("the shared data isn't here: %v", err)
	}
	return path
}

// open reads a file, unpacked if it is .zst.
func open(tb testing.TB, path string) io.Reader {
	f, err := os.Open(shared(tb, path))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(path, ".zst") {
		return f
	}
	z, err := zstd.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(z.Close)
	return z
}

// reviews are French.
func reviews(tb testing.TB) []string {
	rows, err := csv.NewReader(open(tb, "data/voice/fr_avis_polynesie.csv")).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for _, row := range rows[1:] {
		texts = append(texts, row[2]+" "+row[4])
	}
	return texts
}

// comments are English.
func comments(tb testing.TB) []string {
	var texts []string
	for i, line := range lines(tb, "data/values/mfrc/mfrc_counts.tsv.zst") {
		if i > 0 {
			texts = append(texts, html.UnescapeString(html.UnescapeString(strings.Split(line, "\t")[1])))
		}
	}
	return texts
}

func lines(tb testing.TB, path string) []string {
	var all []string
	s := bufio.NewScanner(open(tb, path))
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		all = append(all, s.Text())
	}
	if s.Err() != nil {
		tb.Fatal(s.Err())
	}
	return all
}

// conversation reads the texts of a shared conversation.
func conversation(tb testing.TB, path string) []string {
	var texts []string
	for _, line := range lines(tb, path) {
		var m struct{ Text string }
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, m.Text)
	}
	return texts
}

// TestLanguage measures how often the language is found, on text that the table was not built from.
func TestLanguage(t *testing.T) {
	sources := []struct {
		name, lang string
		texts      []string
	}{
		{"reviews, other half", "fr", half(reviews(t), 1)},
		{"forum", "fr", conversation(t, "data/conv/fr_ambassade.jsonl")},
		{"public service", "fr", conversation(t, "data/voice/fr_missions_betagouv.jsonl.zst")},
		{"comments, other half", "en", half(comments(t), 1)},
		{"forum", "en", conversation(t, "data/conv/en_forum_openenergymonitor.jsonl.zst")[:8000]},
		{"support tweets", "en", conversation(t, "data/conv/en_support_tweets.jsonl")},
	}
	floors := map[int]struct{ all, each float64 }{30: {.985, .96}, 100: {.993, .98}}
	for _, length := range []int{30, 100} {
		var right, all int
		for _, s := range sources {
			r, e, n := 0, 0, 0
			for i, text := range s.texts {
				piece := cut(text, length, i)
				if piece == "" {
					continue
				}
				switch n++; Language(piece) {
				case s.lang:
					r++
				case "":
					e++
				}
			}
			t.Logf("%3d characters, %s %-20s: right %.2f %%, silent %.2f %%, wrong %.2f %% of %d", length, s.lang, s.name,
				100*float64(r)/float64(n), 100*float64(e)/float64(n), 100*float64(n-r-e)/float64(n), n)
			right, all = right+r, all+n
			if share := float64(r) / float64(n); share < floors[length].each {
				t.Errorf("%d characters, %s: right %.4f, floor %.4f", length, s.name, share, floors[length].each)
			}
		}
		if share := float64(right) / float64(all); share < floors[length].all {
			t.Errorf("%d characters: right %.4f, floor %.4f", length, share, floors[length].all)
		}
	}
}

// cut takes about length characters of running text at word borders; "" when there is no such piece.
func cut(text string, length, seed int) string {
	var kept []string
	for _, w := range strings.Fields(text) {
		if _, skip := address(w, 0); !skip && strings.IndexFunc(w, func(r rune) bool { return r >= 0x2E80 }) < 0 {
			kept = append(kept, w)
		}
	}
	from := 0
	if len(kept) > 12 {
		from = seed % (len(kept) - 10)
	}
	n := 0
	for i := from; i < len(kept); i++ {
		n += len([]rune(kept[i])) + 1
		if n >= length {
			return strings.Join(kept[from:i+1], " ")
		}
	}
	return ""
}
