package open

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// tableCase is a table as people in this job have it, and the figures that follow
// from the facts it was made from.
type tableCase struct {
	File     string
	Options  []string
	Expected struct {
		Appeals, Answered, Within7d, Waiting int
		Waits                                []float64 // hours
	}
}

// TestTablesOfTheField reads the tables of ../shared/data/field as the command
// does, and measures them.
func TestTablesOfTheField(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data", "field")
	b, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err != nil {
		t.Skipf("THE TABLES OF THE FIELD ARE NOT HERE: %v", err)
	}
	var cases []tableCase
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range cases {
		if filepath.Ext(c.File) == ".csv" {
			n++
			t.Run(c.File, func(t *testing.T) { c.measure(t, filepath.Join(folder, "files", c.File)) })
		}
	}
	if n < 6 {
		t.Errorf("%d tables, want six", n)
	}
}

func (c *tableCase) measure(t *testing.T, path string) {
	var o presence.Options
	var who *conversation.Roster
	var err error
	o.Window = -1
	for i := 0; i+1 < len(c.Options); i += 2 {
		if c.Options[i] == "-o" {
			who, err = conversation.NewRoster(c.Options[i+1])
		} else if o.Until, err = time.Parse(time.DateOnly, c.Options[i+1]); err == nil {
			o.Until = o.Until.AddDate(0, 0, 1).Add(-time.Microsecond)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	log := conversation.NewLog(nil)
	if err := Read(t.Context(), log, []string{path}, Options{ReadOptions: conversation.ReadOptions{Organisation: who}}); err != nil {
		t.Fatal(err)
	}
	r := presence.Measure(log, o)
	week := -1
	for _, a := range r.Answered {
		if a.Within == "7d" && a.Rule == presence.ByOrganisation {
			week = int(math.Round(a.Estimate.Center * float64(a.Estimate.N)))
		}
	}
	for _, f := range []struct {
		what      string
		got, want int
	}{
		{"appeals", r.Counts.Appeals, c.Expected.Appeals},
		{"answered", r.Counts.Answers, c.Expected.Answered},
		{"answered within 7 days", week, c.Expected.Within7d},
		{"waiting", r.Index.Waiting, c.Expected.Waiting},
	} {
		if f.got != f.want {
			t.Errorf("%s: %d, want %d", f.what, f.got, f.want)
		}
	}
	for _, p := range log.Problems().All() {
		if p.Kind != conversation.AmbiguousTime {
			t.Errorf("%d %s, as %s", p.Count, p.Kind, p.Examples[0].Error())
		}
	}
	if f := log.Facts(); f.Columns["time"] == "" || f.Columns["text"] == "" {
		t.Errorf("which column is the time and which the text isn't told: %v", f.Columns)
	}
	c.waits(t, log)
}

// waits compares how long each answer took, in order of the questions.
func (c *tableCase) waits(t *testing.T, log *conversation.Log) {
	var hours []float64
	for _, thread := range log.Threads() {
		if len(thread) > 1 {
			asked, answered := log.At(int(thread[0])), log.At(int(thread[1]))
			hours = append(hours, float64(answered.Time-asked.Time)/3.6e9)
		}
	}
	if len(hours) != len(c.Expected.Waits) {
		t.Fatalf("waits %v, want %v", hours, c.Expected.Waits)
	}
	for i, want := range c.Expected.Waits {
		if math.Abs(hours[i]-want) > 1e-6 {
			t.Errorf("answer %d took %v h, want %v", i, hours[i], want)
		}
	}
}
