package main

import (
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// TestAWrongDateDoesNotMoveTheCensus: one message of 2099 is told, and the census is
// the last message before it, not today.
func TestAWrongDateDoesNotMoveTheCensus(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }
	now := day(2026, time.November, 30)
	log := conversation.NewLog(nil)
	log.Append(conversation.Message{ID: "a", Time: day(2026, time.March, 2), Text: "where?", Side: conversation.Community})
	log.Append(conversation.Message{ID: "b", Time: day(2026, time.March, 9), Text: "here", Side: conversation.Organisation})
	if got := today(log, now); !got.IsZero() {
		t.Errorf("without one the log's last message is the census, not %v", got)
	}
	log.Append(conversation.Message{ID: "c", Time: day(2099, time.March, 2), Text: "when?", Side: conversation.Community})
	if got := today(log, now); !got.Equal(day(2026, time.March, 9)) || log.ReadProblems().Count(conversation.FutureTime) != 1 {
		t.Errorf("the census is %v, %d messages of the future told", got, log.ReadProblems().Count(conversation.FutureTime))
	}
	all := conversation.NewLog(nil)
	all.Append(conversation.Message{ID: "c", Time: day(2099, time.March, 2), Text: "when?", Side: conversation.Community})
	if got := today(all, now); !got.Equal(now) {
		t.Errorf("where all are of the future the census is %v, want today", got)
	}
}
