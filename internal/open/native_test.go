package open

import (
	"context"
	"os"
	"testing"

	"github.com/entregent/entregent/conversation"
)

// TestNativeFiles reads what Discourse and GitHub themselves gave: every topic and
// issue is one thread, the sides are said, nothing is misread.
func TestNativeFiles(t *testing.T) {
	for _, c := range []struct {
		folder                                  string
		form                                    conversation.Form
		messages, threads, organisation, events int
	}{
		{"discourse", "discourse", 1557, 60, 200, 4},
		{"github", "github", 424, 60, 167, 625},
	} {
		t.Run(c.folder, func(t *testing.T) {
			at := "../../../shared/data/native/" + c.folder
			if _, err := os.Stat(at); err != nil {
				t.Skipf("the native files are not there, nothing was checked: %v", err)
			}
			log := conversation.NewLog(nil)
			if err := Read(context.Background(), log, []string{at}, Options{}); err != nil {
				t.Fatal(err)
			}
			organisation, events := 0, 0
			for i := range log.Len() {
				if e := log.At(i); e.Side == conversation.Organisation {
					organisation++
				} else if e.Side == conversation.Unknown {
					t.Errorf("%s is on no side", log.ID(i))
				}
			}
			for _, l := range log.Facts().LeftOut() {
				if l.Why == "event" {
					events = l.Count
				}
			}
			if log.Len() != c.messages || len(log.Threads()) != c.threads || organisation != c.organisation || events != c.events || log.Facts().Forms[c.form] != 60 {
				t.Errorf("%d messages in %d threads, %d of the organisation; %d events; %v", log.Len(), len(log.Threads()), organisation, events, log.Facts().Forms)
			}
			for _, p := range log.Problems().All() {
				if p.Kind.Lost() {
					t.Error(p.Kind, p.Count, p.Examples[0].Error())
				}
			}
		})
	}
}
