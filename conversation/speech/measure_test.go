package speech

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var mistakes = flag.String("mistakes", "", "print the development messages on which this label is wrong")

// example is a labelled message.
type example struct {
	id, half, lang, side, source, text string
	labels                             map[string]bool
}

// verdicts are the labels, what decides them, and on whose messages they are measured in the shared conversations: those
// of the side for which the instruments ask; "" is both.
var verdicts = []struct {
	name, side string
	said       func(Acts) bool
}{
	{"needs", "community", Acts.NeedsAnswer},
	{"question", "community", func(a Acts) bool { return a.Has(Question) }},
	{"request", "community", func(a Acts) bool { return a.Has(Request) }},
	{"complaint", "community", func(a Acts) bool { return a.Has(Complaint) }},
	{"acknowledgement", "organisation", func(a Acts) bool { return a.Has(Acknowledgement) }},
	{"deflection", "organisation", func(a Acts) bool { return a.Has(Deflection) }},
	{"hollow", "organisation", Acts.Hollow},
	{"thanks", "community", func(a Acts) bool { return a.Has(Thanks) }},
	{"praise", "community", func(a Acts) bool { return a.Has(Praise) }},
	{"solved", "community", func(a Acts) bool { return a.Has(Solved) }},
	{"self-solved", "community", func(a Acts) bool { return a.Has(SelfSolved) }},
	{"withdrawn", "community", func(a Acts) bool { return a.Has(Withdrawn) }},
	{"apology", "organisation", func(a Acts) bool { return a.Has(Apology) }},
	{"promise", "organisation", func(a Acts) bool { return a.Has(Promise) }},
	{"automatic", "", func(a Acts) bool { return a.Has(Automatic) }},
	{"campaign", "", func(a Acts) bool { return a.Has(Campaign) }},
	{"signed", "", func(a Acts) bool { return a.Has(Signed) }},
	{"empty", "", func(a Acts) bool { return a.Has(Empty) }},
}

// score counts right and wrong verdicts.
type score struct{ hit, extra, missed int }

func (s score) precision() float64 { return share(s.hit, s.hit+s.extra) }
func (s score) recall() float64    { return share(s.hit, s.hit+s.missed) }
func (s score) f1() float64        { return share(2*s.hit, 2*s.hit+s.extra+s.missed) }

func share(part, all int) float64 {
	if all == 0 {
		return math.NaN()
	}
	return float64(part) / float64(all)
}

// String gives precision and recall with their Wilson intervals at 95 %, and F1.
func (s score) String() string {
	return fmt.Sprintf("precision %s recall %s F1 %.2f n %d", wilson(s.hit, s.hit+s.extra), wilson(s.hit, s.hit+s.missed), s.f1(), s.hit+s.missed)
}

// wilson is the score interval of Wilson (1927), z = 1.96.
func wilson(part, all int) string {
	if all == 0 {
		return "?"
	}
	const z = 1.959964
	n, p := float64(all), float64(part)/float64(all)
	mid, half := (p+z*z/(2*n))/(1+z*z/n), z/(1+z*z/n)*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return fmt.Sprintf("%.2f [%.2f–%.2f]", p, mid-half, mid+half)
}

// measure reads the examples and counts, by label.
func measure(t *testing.T, examples []example) map[string]score {
	scores := map[string]score{}
	for _, e := range examples {
		acts := Read(e.text, "")
		for _, v := range verdicts {
			if v.side != "" && e.side != "" && v.side != e.side {
				continue
			}
			s, said := scores[v.name], v.said(acts)
			switch {
			case said && e.labels[v.name]:
				s.hit++
			case said:
				s.extra++
			case e.labels[v.name]:
				s.missed++
			}
			scores[v.name] = s
			if *mistakes == v.name && said != e.labels[v.name] && e.half == "development" {
				t.Logf("%s said %v: %s %s %s [%v]", v.name, said, e.source, e.id, e.side, acts)
				for _, c := range Evidence(e.text, "") {
					t.Logf("\t\t%v: %q", c.Acts, e.text[c.Start:c.End])
				}
				t.Logf("\t\t\t%.700s", strings.ReplaceAll(e.text, "\n", " ⏎ "))
			}
		}
	}
	return scores
}

// tsv reads the rows of a table without its header.
func tsv(tb testing.TB, path string) [][]string {
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var rows [][]string
	for s := bufio.NewScanner(f); s.Scan(); {
		rows = append(rows, strings.Split(s.Text(), "\t"))
	}
	return rows[1:]
}

func labelSet(field string) map[string]bool {
	set := map[string]bool{}
	for _, l := range strings.Fields(field) {
		set[l] = true
	}
	return set
}

// written are the messages written for this project.
func written(tb testing.TB) []example {
	var all []example
	for _, row := range tsv(tb, "testdata/sample.tsv") {
		text := strings.ReplaceAll(row[4], `\n`, "\n")
		all = append(all, example{id: row[0], half: row[1], lang: row[2], source: "written", text: text, labels: labelSet(row[3])})
	}
	return all
}

// found are the labelled messages of the shared conversations; the test is skipped when these aren't here.
func found(tb testing.TB) []example {
	texts := map[string]string{}
	for _, file := range []string{"en_forum_openenergymonitor.jsonl.zst", "fr_ambassade.jsonl", "en_support_tweets.jsonl"} {
		source, _, _ := strings.Cut(file, ".")
		s := bufio.NewScanner(open(tb, "data/conv/"+file))
		s.Buffer(nil, 1<<24)
		for s.Scan() {
			var m struct{ ID, Text string }
			if err := json.Unmarshal(s.Bytes(), &m); err != nil {
				tb.Fatal(err)
			}
			texts[source+" "+m.ID] = m.Text
		}
	}
	var all []example
	for _, row := range tsv(tb, "testdata/labels.tsv") {
		text, ok := texts[row[0]+" "+row[1]]
		if !ok {
			tb.Errorf("%s has no message %s", row[0], row[1])
		}
		all = append(all, example{id: row[1], half: row[4], lang: row[0][:2], side: row[2], source: row[0], text: text, labels: labelSet(row[5])})
	}
	return all
}

// open reads a shared file, unpacked if it is .zst, or skips the test.
func open(tb testing.TB, path string) io.Reader {
	tb.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.Open(filepath.Join(dir, "..", "shared", path))
	if err != nil {
		tb.Skipf("the shared data isn't here: %v", err)
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

// floor is what a label must reach on the messages held out.
type floor struct {
	label             string
	precision, recall float64
}

// report measures the examples by half and language, prints what comes out, and holds the half held out to the floors.
func report(t *testing.T, examples []example, floors map[string][]floor) {
	for _, half := range []string{"development", "held-out"} {
		for _, lang := range []string{"en", "fr"} {
			var some []example
			for _, e := range examples {
				if e.half == half && e.lang == lang {
					some = append(some, e)
				}
			}
			scores := measure(t, some)
			for _, v := range verdicts {
				if s := scores[v.name]; s.hit+s.missed+s.extra > 0 {
					t.Logf("%-11s %s %-15s %v", half, lang, v.name, s)
				}
			}
			if half == "development" {
				continue
			}
			for _, f := range floors[lang] {
				if s := scores[f.label]; s.precision() < f.precision || s.recall() < f.recall {
					t.Errorf("%s %s: precision %.3f recall %.3f, floors %.2f and %.2f", lang, f.label, s.precision(), s.recall(), f.precision, f.recall)
				}
			}
		}
	}
}

func TestWritten(t *testing.T) {
	report(t, written(t), map[string][]floor{
		"en": {{"needs", .90, .85}, {"thanks", .90, .90}, {"hollow", .85, .90}},
		"fr": {{"needs", .90, .90}, {"thanks", .90, .80}, {"hollow", .85, .85}},
	})
}

func TestFound(t *testing.T) {
	report(t, found(t), map[string][]floor{
		"en": {{"needs", .85, .80}, {"thanks", .90, .90}, {"hollow", .90, .65}, {"deflection", .90, .90}},
		"fr": {{"needs", .80, .85}, {"thanks", .90, .90}},
	})
}
