package story_test

import (
	"math"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/story"
	"github.com/entregent/entregent/presence"
)

func open(t *testing.T) *conversation.Log {
	t.Helper()
	text, err := story.Recall()
	if err != nil {
		t.Fatal(err)
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, text, story.File, conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	if problems := log.Problems().All(); len(problems) > 0 {
		t.Errorf("the story has problems: %+v", problems)
	}
	return log
}

func measured(t *testing.T, log *conversation.Log, until time.Time) presence.Report {
	t.Helper()
	zone, err := time.LoadLocation(story.Zone)
	if err != nil {
		zone = time.FixedZone("CEST", 7200) // a machine without time zones
	}
	return presence.Measure(log, presence.Options{Until: until, Names: []string{story.Name}, Own: []string{story.Site}, Location: zone,
		Parameters: presence.Parameters{Draws: 200}})
}

// TestRecallTellsItsDelays: from the log alone, the report finds what happened
// in the recall of 2010: the first remark after 8 days, two-way conversation
// after 11, the press conference after 15; after 18 days, of more than a
// thousand questions, one in a hundred answered.
func TestRecallTellsItsDelays(t *testing.T) {
	log := open(t)
	if log.Len() < 2000 || log.Len() > 3500 {
		t.Errorf("%d messages", log.Len())
	}
	rep := measured(t, log, time.Time{})
	if len(rep.Crises) != 1 {
		t.Fatalf("%d crises, alarms %+v", len(rep.Crises), rep.Alarms)
	}
	c := rep.Crises[0]
	news := time.Date(2025, 3, 25, 6, 32, 0, 0, time.UTC)
	if c.Start.Sub(news).Abs() > time.Hour {
		t.Errorf("the crisis starts %v, the news broke %v", c.Start, news)
	}
	for _, m := range []struct {
		what   string
		moment *presence.Milestone
		days   float64
		author conversation.PersonID
	}{
		{"first remark", c.FirstWord, 8, "portelune"},
		{"first named word", c.Acknowledgement, 11, "maelle"},
		{"first answer", c.TwoWay, 11, "maelle"},
		{"leader's first word", c.Leader, 15, "soizic.legoff"},
	} {
		if m.moment == nil || math.Abs(m.moment.Hours-24*m.days) > 4 || m.moment.Author != m.author {
			t.Errorf("%s: %+v, want %s after %g days", m.what, m.moment, m.author, m.days)
		}
	}
	for _, p := range c.Apology {
		if p.Said != (p.Name != "forgiveness") {
			t.Errorf("apology: %+v", p)
		}
	}
	var kept, broken, open int
	for _, p := range c.Promises {
		switch {
		case p.Kept == nil:
			open++
		case *p.Kept:
			kept++
		default:
			broken++
		}
	}
	if kept != 4 || broken != 1 || open != 1 {
		t.Errorf("%d promises kept, %d broken, %d not due: want 4, 1 and 1", kept, broken, open)
	}
	t.Logf("index %v (%v to %v), %d of %d appeals of the crisis answered by the census", *rep.Index.Value, *rep.Index.Lo, *rep.Index.Hi,
		int(c.Answered.Center*float64(c.Appeals)+.5), c.Appeals)

	early := measured(t, log, news.AddDate(0, 0, 18)).Crises
	if len(early) != 1 || early[0].Appeals < 1000 || math.Abs(early[0].Answered.Center-.01) > .005 {
		t.Errorf("after 18 days: %+v, want over 1,000 questions and about 1 %% answered", early)
	}
}

// TestRecallShowsEverything: the report of the story has an index, all six
// components, groups of every facet.
func TestRecallShowsEverything(t *testing.T) {
	rep := measured(t, open(t), time.Time{})
	if rep.Index.Value == nil || len(rep.Index.Unmeasured) > 0 || rep.Index.NAppeals < 30 || rep.Index.NAskers < 10 {
		t.Errorf("index: %+v", rep.Index)
	}
	if g := rep.Groups; len(g.Channel) < 3 || len(g.Department) < 3 || len(g.Language) < 2 || len(g.Newcomer) < 2 {
		t.Errorf("groups: %+v", g)
	}
	if n := rep.Counts; n.Machines == 0 || n.Receipts == 0 || n.Templates == 0 || n.PeerOnly == 0 || n.Broadcasts == 0 {
		t.Errorf("counts: %+v", n)
	}
}
