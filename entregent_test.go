package entregent_test

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/presence"
	"github.com/entregent/entregent/whuffie"
)

// The README's ten lines: who gets an answer in a file of one's own.
func Example() {
	file, err := os.Open("testdata/library.jsonl")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()

	talk := conversation.NewLog(nil)
	if err := conversation.Read(talk, file, file.Name(), conversation.ReadOptions{}); err != nil {
		log.Fatal(err)
	}
	report := presence.Measure(talk, presence.Options{})
	fmt.Println("attention", report.Components.Attention.Estimate)
	fmt.Println("median wait in hours", report.MedianWait)
	fmt.Println("still waiting", report.Waiting.Count)
	// Output:
	// attention 0.395 [0.275, 0.529] n=36
	// median wait in hours 28 [4.4, 118] n=36
	// still waiting 10
}

// All the measures in one call, and what was read.
func ExampleMeasure() {
	file, err := os.Open("testdata/library.jsonl")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()

	talk := conversation.NewLog(nil)
	if err := conversation.Read(talk, file, file.Name(), conversation.ReadOptions{}); err != nil {
		log.Fatal(err)
	}
	report := entregent.Measure(talk, entregent.Options{})
	fmt.Println(report.Log.Messages, "messages,", len(report.Log.Problems), "kinds of problems")
	for _, share := range report.Presence.Answered {
		if share.Rule == presence.ByOrganisation {
			fmt.Println("answered within", share.Within, share.Estimate)
		}
	}
	// Output:
	// 70 messages, 0 kinds of problems
	// answered within 1h 0.0556 [0.0103, 0.249] n=36
	// answered within 24h 0.444 [0.268, 0.636] n=36
	// answered within 48h 0.62 [0.382, 0.811] n=36
	// answered within 7d 0.74 [0.493, 0.893] n=36
}

// spoken is a log with enough people on both sides for a gap.
func spoken() *conversation.Log {
	log := conversation.NewLog(nil)
	says := map[conversation.Side]string{
		conversation.Organisation: "Our margin and our profit grew again this quarter, number %d, thanks to lower costs.",
		conversation.Community:    "Thank you for your kind help, my friends, I will give number %d of mine away.",
	}
	at := time.Date(2012, 1, 2, 9, 0, 0, 0, time.UTC)
	for i := range 320 {
		side := []conversation.Side{conversation.Organisation, conversation.Community}[i%2]
		log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprint("m", i)), Thread: conversation.ThreadID(fmt.Sprint("t", i%40)), Side: side, Lang: "en",
			Author: conversation.PersonID(fmt.Sprint(side, i%80)), Time: at.Add(time.Duration(i) * time.Hour), Text: fmt.Sprintf(says[side], i)})
	}
	return log
}

// TestGapIsInTheReport: over the whole log up to the census, with the seed of
// the rest, the same on one core and on several; and not when it is left out.
func TestGapIsInTheReport(t *testing.T) {
	o := entregent.Options{Presence: presence.Options{Seed: 7, Until: time.Date(2012, 1, 12, 9, 0, 0, 0, time.UTC), Parameters: presence.Parameters{Draws: 40}}, Gap: gap.Options{Draws: 60}}
	told := map[int]string{}
	for _, cores := range []int{1, 4} {
		before := runtime.GOMAXPROCS(cores)
		r := entregent.Measure(spoken(), o)
		runtime.GOMAXPROCS(before)
		b, err := json.Marshal(r.Gap)
		if err != nil {
			t.Fatal(err)
		}
		told[cores] = string(b)
		if n := r.Gap.Sides.Organisation.Messages + r.Gap.Sides.Community.Messages; n != 10*24 {
			t.Errorf("%d messages up to the census, not %d", n, 10*24)
		}
		if e := r.Gap.Axes["results_relations"]; !(e.Lo > 0) {
			t.Errorf("the organisation that speaks of profit stands at %v", e)
		}
	}
	if told[1] != told[4] {
		t.Error("one core and four say different things")
	}
	o.Gap.Seed = 7
	if b, _ := json.Marshal(entregent.Measure(spoken(), o).Gap); string(b) != told[1] {
		t.Error("the seed of the gap is not that of the rest")
	}
	if o.NoGap = true; entregent.Measure(spoken(), o).Gap != nil {
		t.Error("a gap that nobody asked for")
	}
}

func thanksBy(from, to string, week int) whuffie.Event {
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week)
	return whuffie.Event{Kind: whuffie.Thanks, ID: fmt.Sprint(from, to, week), From: from, To: to, Time: at}
}

// TestCircle: without a circle the walks start with those who spoke in three
// different weeks; with too few of these, with everybody.
func TestCircle(t *testing.T) {
	var log []whuffie.Event
	for i := range 12 {
		for week := range 3 {
			log = append(log, thanksBy(fmt.Sprint("regular", i), "ana", week))
		}
	}
	log = append(log, thanksBy("passer-by", "bob", 1))
	x, err := entregent.MeasureWhuffie(nil, log, entregent.WhuffieOptions{Walks: 1 << 10, Names: true})
	if err != nil {
		t.Fatal(err)
	}
	if c := x.Circle; c.Rule != "regulars" || c.People != 12 || c.Of != 15 {
		t.Errorf("the circle is %+v", c)
	}
	for _, p := range x.People {
		if met := p.Points != nil; met != (p.Person == "ana") {
			t.Errorf("%s is met: %v", p.Person, met)
		}
	}
	x, err = entregent.MeasureWhuffie(nil, log[len(log)-4:], entregent.WhuffieOptions{Walks: 1 << 10})
	if err != nil {
		t.Fatal(err)
	}
	if c := x.Circle; c.Rule != "everybody" || c.People != 4 {
		t.Errorf("with few regulars the circle is %+v", c)
	}
}

// TestStandingOfATalk goes from messages to standing: the helper is met, whoever
// was paid isn't, the organisation is counted apart.
func TestStandingOfATalk(t *testing.T) {
	var lines strings.Builder
	say := func(thread, n int, author, text, more string) {
		fmt.Fprintf(&lines, `{"id":"%d-%d","thread":"%d","author":%q,"time":"2026-03-%02dT%02d:00:00Z","lang":"en","text":%q%s}`+"\n", thread, n, thread, author, 1+thread, 8+n, text, more)
	}
	for thread, helper := range []string{"ana", "ana", "paid", "desk"} {
		asker := fmt.Sprint("asker", thread)
		say(thread, 1, asker, "How do I bleed the radiator?", "")
		more := ""
		switch helper {
		case "paid":
			more = `,"paid":true`
		case "desk":
			more = `,"side":"organisation"`
		}
		say(thread, 2, helper, "Open the small valve with a square key until water comes.", more)
		say(thread, 3, asker, "Thank you, that did it!", "")
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, strings.NewReader(lines.String()), "talk.jsonl", conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	x, err := entregent.MeasureWhuffie(log, nil, entregent.WhuffieOptions{Walks: 1 << 12, Names: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(x.People) != 1 || x.People[0].Person != "ana" || x.People[0].Gifts != 2 || x.People[0].Points == nil {
		t.Errorf("met are %+v", x.People)
	}
	if len(x.Organisation) != 1 || x.Organisation[0].Person != "desk" {
		t.Errorf("of the organisation are %+v", x.Organisation)
	}
	if len(x.Thanks) != 1 || x.Thanks[0].Count != 4 || x.Thanks[0].Paid != 1 {
		t.Errorf("found are %+v", x.Thanks)
	}
}

// TestOverTime: every thanks falls into one period.
func TestOverTime(t *testing.T) {
	var log []whuffie.Event
	var ends []time.Time
	for week := range 6 {
		for i := range week {
			log = append(log, thanksBy(fmt.Sprint("p", i), "ana", week))
		}
		ends = append(ends, time.Date(2026, 1, 11, 23, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week))
	}
	periods, err := entregent.OverTime(nil, log, entregent.WhuffieOptions{Walks: 1 << 10}, ends[1:])
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range periods {
		if p.Thanks != i+1 || p.Thanked != 1 || p.Met != 1 {
			t.Errorf("period %d is %+v", i, p)
		}
	}
}

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
