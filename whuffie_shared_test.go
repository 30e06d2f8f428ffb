package entregent_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/whuffie"
)

// The people of the shared conversation of openenergymonitor, by their
// pseudonyms: testdata can't name them.
const (
	volunteer = "cb614f3fa" // answers a third of it, unpaid
	guests    = "c7bdd1d79" // an account of many people
)

var founders = []string{"o003c7a0f", "o3dd1a895"}

// TestVolunteer: in a forum round a small company the tireless volunteer stands
// out in his years, the founders are counted apart, guests are nobody in
// particular, and the reasons add up.
func TestVolunteer(t *testing.T) {
	log := openEnergyMonitor(t)
	events := entregent.Acts(log)
	for _, year := range []int{2013, 2015} {
		x, err := entregent.MeasureWhuffie(log, nil, entregent.WhuffieOptions{Names: true, Walks: 1 << 17, Until: time.Date(year, 12, 31, 23, 59, 59, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		line, best, hers := "", entregent.Standing{}, 0.
		for _, p := range x.People {
			if slices.Contains(founders, p.Person) || p.Person == guests {
				t.Errorf("%d: %s stands among the people", year, p.Person)
			}
			if p.Points != nil && (best.Points == nil || *p.Points > *best.Points) {
				best = p
			}
			if p.Person == volunteer {
				hers = *p.Points
			}
		}
		if best.Person != volunteer {
			t.Errorf("%d: %s has %v, the volunteer %v", year, best.Person, *best.Points, hers)
		}
		for _, p := range x.Organisation {
			if slices.Contains(founders, p.Person) && p.Points != nil {
				line += fmt.Sprintf("  %s %.4f", p.Person, *p.Points)
			}
		}
		t.Logf("%d: the volunteer %.4f, of %d thanks; the founders, apart:%s", year, hers, best.Gifts, line)
		why, err := x.World().Explain(volunteer)
		if err != nil {
			t.Fatal(err)
		}
		walks := 0
		for _, f := range why.Thanks {
			walks += f.Known
			if text, _, ok := x.Said(f.ID); !ok || text == "" {
				t.Fatalf("%d: nothing is behind the thanks %s", year, f.ID)
			}
		}
		if float64(walks)/float64(why.Walks) != why.Score.Known {
			t.Errorf("%d: %d walks by thanks, and a share of %v", year, walks, why.Score.Known)
		}
	}
	if slices.ContainsFunc(events, func(e whuffie.Event) bool { return e.From == guests || e.To == guests }) {
		t.Error("guests thank, or are thanked")
	}
}

// openEnergyMonitor reads the shared conversation, or skips the test.
func openEnergyMonitor(t *testing.T) *conversation.Log {
	t.Helper()
	const path = "../shared/data/conv/en_forum_openenergymonitor.jsonl.zst"
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the shared data isn't here: %v", err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, z, path, conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	return log
}
