package cache

import (
	"errors"
	"testing"
	"time"
)

// What is slow is kept for ten times its cost, at most a minute; what is quick
// never; a value from the future isn't trusted.
func TestFresh(t *testing.T) {
	for _, c := range []struct {
		age, took time.Duration
		want      bool
	}{
		{0, time.Millisecond, false},
		{time.Second, 200 * time.Millisecond, true},
		{2 * time.Second, 200 * time.Millisecond, false},
		{59 * time.Second, time.Hour, true},
		{60 * time.Second, time.Hour, false},
		{-time.Second, time.Hour, false},
	} {
		if got := (Timing{}).Or().Fresh(c.age, c.took); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestValue(t *testing.T) {
	now, found := time.Now(), 0
	find := func() (int, error) { found++; return found, nil }
	var v Value[int]
	if _, err := v.Get(now, func() (int, error) { return 9, errors.New("no") }); err == nil {
		t.Error("an error was kept back")
	}
	if n, err := v.Get(now, find); n != 1 || err != nil {
		t.Errorf("found %d, %v", n, err)
	}
	v.took = time.Second // as if it had been slow
	if n, _ := v.Get(now.Add(9*time.Second), find); n != 1 {
		t.Errorf("found again: %d", n)
	}
	v.Forget()
	if n, _ := v.Get(now.Add(9*time.Second), find); n != 2 {
		t.Errorf("forgotten, but still %d", n)
	}
}
