package inbox

import (
	"testing"
	"time"

	"github.com/entregent/entregent/internal/cache"
)

// Lists that take long to make are kept a while although something moves; quick
// ones never; none longer than a minute.
func TestHowLongListsAreKept(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		age, took time.Duration
		moved     bool
		want      bool
	}{
		{0, time.Millisecond, false, true},
		{0, time.Millisecond, true, false},
		{time.Second, 200 * time.Millisecond, true, true},
		{3 * time.Second, 200 * time.Millisecond, true, false},
		{59 * time.Second, time.Millisecond, false, true},
		{61 * time.Second, time.Millisecond, false, false},
		{61 * time.Second, time.Hour, true, false},
		{-time.Second, time.Millisecond, false, false},
	} {
		q := &queues{change: 7, measures: 7, made: now.Add(-c.age), took: c.took, lists: map[string]Queue{}}
		change := int64(7)
		if c.moved {
			change++
		}
		if got := q.good(change, change, now, cache.Timing{}.Or()); got != c.want {
			t.Errorf("%+v: kept %v", c, got)
		}
	}
}

// Next week is never tomorrow, nor further than eight days away.
func TestNextWeek(t *testing.T) {
	for i := range 14 {
		now := time.Date(2026, 11, 16+i, 15, 0, 0, 0, time.UTC)
		monday := NextMonday(now)
		days := monday.Sub(Morning(now, 0)).Hours() / 24
		if monday.Weekday() != time.Monday || days < 2 || days > 8 {
			t.Errorf("on %s next week begins %s", now.Weekday(), monday)
		}
	}
}
