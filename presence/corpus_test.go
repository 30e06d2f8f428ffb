package presence

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/conversation"
)

// corpus reads one of the real conversations that are kept beside the project;
// the test is skipped, and says so, where they are not there.
func corpus(t *testing.T, name string) *conversation.Log {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", "conv", name)
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the real conversation %s is not here: %v", name, err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = z
	}
	l := conversation.NewLog(nil)
	if err := conversation.Read(l, r, name, conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	return l
}

// TestForumYearByYear: the organisation of a real forum answered half of what it
// was asked within a week in 2011, and an eighth in 2015, while the share that
// anybody answered stayed: counted by hand from the threads' first answers.
func TestForumYearByYear(t *testing.T) {
	log := corpus(t, "en_forum_openenergymonitor.jsonl.zst")
	r := Measure(log, Options{Every: Year, Window: -1, Parameters: Parameters{Draws: 100}})
	want := map[int]float64{2011: .51, 2013: .18, 2015: .12}
	for _, p := range r.Periods {
		year := p.From.Year()
		if w, ok := want[year]; ok && math.Abs(p.Answered7dOrg.Center-w) > .015 {
			t.Errorf("%d: the organisation answered %v within 7 days, want %.2f", year, p.Answered7dOrg, w)
		}
		if year >= 2012 && year <= 2016 && (p.Answered7dAny.Center < .74 || p.Answered7dAny.Center > .82) {
			t.Errorf("%d: anyone answered %v within 7 days, want .75 to .81", year, p.Answered7dAny)
		}
	}
	if *r.Naive.Within7d < 4**r.Naive.HonestWithin {
		t.Errorf("answered-only says %.2f, the truth is %.2f: the contrast is gone", *r.Naive.Within7d, *r.Naive.HonestWithin)
	}
}

// TestDaysOnlyCorpus: a conversation whose times are days gets a doubt, and
// nothing is said of its hours.
func TestDaysOnlyCorpus(t *testing.T) {
	r := Measure(corpus(t, "fr_ambassade.jsonl"), Options{Window: -1, Parameters: Parameters{Draws: 50}})
	if !doubted(r, "day-precision") {
		t.Errorf("no doubt about days in %v", r.Doubts)
	}
	for _, a := range r.Answered {
		if known := a.Estimate.Known(); known && (a.Within == "1h" || a.Within == "24h") {
			t.Errorf("answered within %s: %v", a.Within, a.Estimate)
		}
	}
	for _, w := range r.Waiting.List {
		if math.Mod(w.Hours, 24) != 0 || w.Time.Hour() != 0 {
			t.Fatalf("%s has waited %v h since %v: hours were invented", w.Message, w.Hours, w.Time)
		}
	}
}

// TestAnsweredOnlyCorpus: a collection that holds answered threads alone can't
// say how many are answered, and the report says so.
func TestAnsweredOnlyCorpus(t *testing.T) {
	r := Measure(corpus(t, "en_support_tweets.jsonl"), Options{Window: -1, Parameters: Parameters{Draws: 50}})
	if !doubted(r, "all-answered") {
		t.Errorf("no doubt that every thread was answered in %v", r.Doubts)
	}
}

func doubted(r Report, code string) bool {
	for _, d := range r.Doubts {
		if d.Code == code {
			return true
		}
	}
	return false
}
