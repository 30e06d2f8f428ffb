package open

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// fieldCase is a file as people in this job have it, and the figures that follow
// from the facts it was made from.
type fieldCase struct {
	File     string
	Options  []string
	Expected struct {
		Appeals         *int
		Answered        *int
		Within7d        *int
		Waiting         *int
		Needing         *int
		NeedingWithin7d *int `json:"needing_within7d"`
	}
}

// TestMailsOfTheField reads the mailboxes of ../shared/data/field through what the
// command reads by, and measures them: appeals, answered within 7 days, waiting.
func TestMailsOfTheField(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data", "field")
	b, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err != nil {
		t.Skipf("the files of the field are not here: %v", err)
	}
	var cases []fieldCase
	if err := json.Unmarshal(b, &cases); err != nil {
		var whole struct{ Cases []fieldCase }
		if err := json.Unmarshal(b, &whole); err != nil {
			t.Fatal(err)
		}
		cases = whole.Cases
	}
	n := 0
	for _, c := range cases {
		if filepath.Ext(c.File) == ".mbox" {
			n++
			t.Run(c.File, func(t *testing.T) { c.check(t, filepath.Join(folder, "files", c.File)) })
		}
	}
	if n < 10 {
		t.Errorf("%d mailboxes, want ten or more", n)
	}
}

func (c *fieldCase) check(t *testing.T, path string) {
	var o presence.Options
	o.Window = -1
	var who *conversation.Roster
	for i := 0; i+1 < len(c.Options); i += 2 {
		var err error
		switch c.Options[i] {
		case "-o":
			who, err = conversation.NewRoster(c.Options[i+1])
		case "--until":
			o.Until, err = time.Parse(time.DateOnly, c.Options[i+1])
		default:
			t.Fatalf("option %s", c.Options[i])
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
	same := func(what string, got int, want *int) {
		if want != nil && got != *want {
			t.Errorf("%s: %d, want %d", what, got, *want)
		}
	}
	same("appeals", r.Counts.Appeals, c.Expected.Appeals)
	same("needing an answer", r.Counts.NeedAnswer, c.Expected.Needing)
	same("waiting", r.Index.Waiting, c.Expected.Waiting)
	same("answered within 7 days", within(r.Answered), c.Expected.Within7d)
	same("answered within 7 days, of those that need it", within(r.AnsweredNeeding), c.Expected.NeedingWithin7d)
	for _, p := range log.Problems().All() {
		if p.Kind.Lost() || p.Kind == conversation.MissingID {
			t.Errorf("%s: %s", p.Kind, p.Examples[0].Error())
		}
	}
	for i := range log.Len() {
		if text := log.Text(i); strings.Contains(text, "=C3=") || strings.TrimSpace(text) == "" {
			t.Errorf("%s reads %q", log.ID(i), text)
		}
	}
}

// within is how many were answered within 7 days by the organisation.
func within(all []presence.Answered) int {
	for _, a := range all {
		if a.Within == "7d" && a.Rule == presence.ByOrganisation && !math.IsNaN(a.Estimate.Center) {
			return int(math.Round(a.Estimate.Center * float64(a.Estimate.N)))
		}
	}
	return 0
}
