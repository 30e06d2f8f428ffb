package gap

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"archive/tar"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure"
)

func unzipped(t *testing.T, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(shared(t), name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if !strings.HasSuffix(name, ".zst") {
		return f
	}
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(z.Close)
	return z
}

// lines appends the messages of a JSONL file for which keep is true.
// limit of them at most.
func lines(t *testing.T, log *conversation.Log, name string, limit int, keep func(m *conversation.Message) bool) {
	t.Helper()
	s := bufio.NewScanner(unzipped(t, name))
	s.Buffer(nil, 1<<22)
	for s.Scan() && log.Len() < limit {
		var x struct{ ID, Thread, Author, Side, Department, Channel, Time, Lang, Text string }
		if err := json.Unmarshal(s.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		side, _ := conversation.ParseSide(x.Side)
		at, _ := time.Parse(time.RFC3339, x.Time)
		m := conversation.Message{ID: conversation.MessageID(x.ID), Thread: conversation.ThreadID(x.Thread), Author: conversation.PersonID(x.Author), Side: side,
			Department: x.Department, Channel: x.Channel, Time: at, Lang: x.Lang, Text: x.Text}
		if keep(&m) {
			log.Append(m)
		}
	}
}

// calls appends the paragraphs of what managers read out at earnings calls, a
// call a person: who speaks isn't told in the files.
func calls(t *testing.T, log *conversation.Log) {
	t.Helper()
	r := tar.NewReader(unzipped(t, "voice/en_earnings_calls.tar.zst"))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".txt") {
			continue
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if at := strings.Index(text, "Questions and Answers"); at > 0 {
			text = text[:at]
		}
		n := 0
		for p := range strings.SplitSeq(text, "\n") {
			if len(p) < 200 || n == 20 {
				continue
			}
			log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprintf("%s-%d", h.Name, n)), Thread: conversation.ThreadID(h.Name),
				Author: conversation.PersonID(h.Name), Side: conversation.Organisation, Time: start, Lang: "en", Text: p})
			n++
		}
	}
}

// What managers tell investors against what a forum's community writes: results
// against relations stands far from 0.
func TestEarningsCallsAgainstAForum(t *testing.T) {
	limit := 5000
	if os.Getenv("ENTREGENT_LONG") != "" {
		limit = math.MaxInt
	}
	log := conversation.NewLog(nil)
	calls(t, log)
	lines(t, log, "conv/en_forum_openenergymonitor.jsonl.zst", limit, func(m *conversation.Message) bool { return m.Side == conversation.Community })
	r := Measure(log, Options{})
	tell(t, r)
	e := r.Axes[ethos.ResultsRelations]
	if !(e.Lo > .08) {
		t.Errorf("results - relations %v, want far above 0", e)
	}
	if first := r.Values[0]; first.ID != "profit" || !first.Differs || !(first.Gap.Lo > .1) {
		t.Errorf("the widest gap is %s, %v; want profit", first.ID, first.Gap)
	}
	spoken := map[string]bool{}
	for _, v := range r.Values {
		for _, q := range v.Quotes {
			for _, s := range q.Spans {
				spoken[v.ID+" "+q.Side+" "+strings.ToLower(q.Text[s.Start:s.End])] = true
			}
		}
	}
	for _, want := range []string{"profit organisation revenue", "fidelite community trust", "compassion organisation take care"} {
		if !spoken[want] {
			t.Errorf("no quote speaks for %s", want)
		}
	}
}

// The studio speaks through six people: too few, and it says so.
func TestStudioAgainstPlayers(t *testing.T) {
	log := conversation.NewLog(nil)
	lines(t, log, "conv/fr_ambassade.jsonl", math.MaxInt, func(m *conversation.Message) bool { return true })
	r := Measure(log, Options{})
	tell(t, r)
	for _, v := range r.Values {
		if v.Gap.Known() || len(v.Quotes) > 0 {
			t.Errorf("%s: a number from %d persons", v.ID, r.Sides.Organisation.Persons)
		}
	}
	if !slices.ContainsFunc(r.Doubts, func(d measure.Doubt) bool { return strings.Contains(d.String(), "persons 6 (30 are needed)") }) {
		t.Errorf("it doesn't say what is missing: %v", r.Doubts)
	}
}

// Guests of resorts (as the organisation's side) against guests of family houses:
// these speak more of generosity and compassion, but 4,000 reviews can't tell it
// from the scorer's errors; it says how many labels would.
func TestResortsAgainstFamilyHouses(t *testing.T) {
	rows, err := csv.NewReader(unzipped(t, "voice/fr_avis_polynesie.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	log := conversation.NewLog(nil)
	for i, row := range rows[1:] {
		side := conversation.Organisation
		words := strings.ToLower(row[column["Hotel"]] + " " + row[column["categorie"]])
		if strings.Contains(words, "pension") || strings.Contains(words, "guest") || strings.Contains(words, "chambre") || strings.Contains(words, "famil") || strings.Contains(words, "hôte") {
			side = conversation.Community
		}
		log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprint("r", i)), Thread: conversation.ThreadID(row[column["Hotel"]]), Author: conversation.PersonID(row[column["Username"]]),
			Side: side, Time: start, Lang: "fr", Text: row[column["Commetaire"]]})
	}
	r := Measure(log, Options{})
	tell(t, r)
	for _, v := range r.Values {
		if v.Differs {
			t.Errorf("%s differs: %v", v.ID, v.Gap)
		}
		if v.ID == "generosite" && (!(v.Gap.Center < 0) || v.More == nil || v.More.Labels < fewestLabels) {
			t.Errorf("generosity %v, settled by %v", v.Gap, v.More)
		}
	}
}

func tell(t *testing.T, r Report) {
	t.Helper()
	t.Logf("sides: %d persons %d messages, %d persons %d messages", r.Sides.Organisation.Persons, r.Sides.Organisation.Messages, r.Sides.Community.Persons, r.Sides.Community.Messages)
	for axis, e := range r.Axes {
		t.Logf("%s %v", axis, e)
	}
	t.Logf("distance %v reliability %v", r.Distance.JSD, r.Reliability)
	for _, v := range r.Values {
		t.Logf("%-18s %v differs %v more %v", v.ID, v.Gap, v.Differs, v.More)
		for _, q := range v.Quotes {
			var spans []string
			for _, s := range q.Spans {
				spans = append(spans, q.Text[s.Start:s.End])
			}
			t.Logf("    %s: %q", q.Side, spans)
		}
	}
	for _, d := range r.Drivers {
		t.Logf("driver %s %s %d %d %v", d.Side, d.Word, d.Organisation, d.Community, d.Values)
	}
	for _, d := range r.Doubts {
		t.Log(d)
	}
}
