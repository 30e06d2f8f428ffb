package open

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// formCase is an entry of cases.json: a file made after real exports, and what is
// right about it.
type formCase struct {
	File     string   `json:"file"`
	Options  []string `json:"options"`
	Expected struct {
		Appeals, Answered, Within7d, Waiting *int
		Waits                                []float64
		Messages                             []int
		People                               *int
	} `json:"expected"`
}

// TestFormsOfTheField reads the files of chats, forums and trackers by the way a person
// takes, and compares the measure with the figures of the facts they were made
// from.
func TestFormsOfTheField(t *testing.T) {
	for _, c := range formCases(t) {
		switch c.File {
		case "reddit-dump.jsonl", "whatsapp-fr.txt", "discord-channel.json", "slack-channel.json", "github-issues.json":
			t.Run(c.File, func(t *testing.T) { c.check(t) })
		}
	}
}

const formData = "../../../shared/data/field"

func formCases(t *testing.T) (all []formCase) {
	b, err := os.ReadFile(filepath.Join(formData, "cases.json"))
	if err != nil {
		t.Skipf("the cases of the field are not there, nothing was checked: %v", err)
	}
	if err := json.Unmarshal(b, &all); err != nil {
		var in struct{ Cases []formCase }
		if err := json.Unmarshal(b, &in); err != nil {
			t.Fatal(err)
		}
		all = in.Cases
	}
	return all
}

func (c formCase) check(t *testing.T) {
	log, report := measured(t, []string{filepath.Join(formData, "files", c.File)}, c.Options...)
	for _, p := range log.Problems().All() {
		t.Log(p.Kind, p.Count, p.Examples[0].Error())
	}
	t.Log("forms", log.Facts().Forms, "joined", log.Facts().Joined, "machines", log.Facts().Machines, "left out", log.Facts().LeftOut())
	want := c.Expected
	is := func(what string, got int, want *int) {
		if want != nil && got != *want {
			t.Errorf("%s: %d, want %d", what, got, *want)
		}
	}
	is("appeals", report.Counts.Appeals, want.Appeals)
	is("answered", report.Counts.Appeals-report.Waiting.Count, want.Answered)
	is("within 7 days", answeredWithin(report, "7d"), want.Within7d)
	is("waiting", report.Waiting.Count, want.Waiting)
	is("people", log.People(), want.People)
	if len(want.Messages) == 2 && (log.Len() < want.Messages[0] || log.Len() > want.Messages[1]) {
		t.Errorf("%d messages, want %v", log.Len(), want.Messages)
	}
	for within, hours := range map[string]float64{"1h": 1, "24h": 24, "48h": 48} {
		if n := 0; want.Waits != nil {
			for _, w := range want.Waits {
				if w <= hours {
					n++
				}
			}
			is("within "+within, answeredWithin(report, within), &n)
		}
	}
}

// measured reads files as a person would have them read, and measures them whole.
func measured(t *testing.T, paths []string, options ...string) (*conversation.Log, *presence.Report) {
	t.Helper()
	o, p := Options{}, presence.Options{Window: -1}
	for i := 0; i+1 < len(options); i += 2 {
		var err error
		switch options[i] {
		case "-o":
			o.Organisation, err = conversation.NewRoster(options[i+1])
		case "--until":
			p.Until, err = time.Parse(time.DateOnly, options[i+1])
			p.Until = p.Until.AddDate(0, 0, 1).Add(-time.Microsecond)
		default:
			t.Fatalf("the option %s is not known here", options[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	log := conversation.NewLog(nil)
	if err := Read(context.Background(), log, paths, o); err != nil {
		t.Fatal(err)
	}
	report := presence.Measure(log, p)
	return log, &report
}

// answeredWithin is how many appeals the organisation answered in so long a time.
func answeredWithin(r *presence.Report, within string) int {
	for _, a := range r.Answered {
		if a.Within == within && a.Rule == presence.ByOrganisation {
			return int(math.Round(a.Estimate.Center * float64(r.Counts.Appeals)))
		}
	}
	return -1
}
