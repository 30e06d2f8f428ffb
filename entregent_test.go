package entregent_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/presence"
)

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
