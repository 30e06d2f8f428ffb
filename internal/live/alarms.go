package live

import (
	"context"
	"fmt"
	"time"

	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/presence"
)

// watch is how alarms are looked for, and which were told.
type watch struct {
	how   presence.Watch
	tried time.Time // when its threshold was found
	told  []presence.Alarm
}

const (
	anew   = 24 * time.Hour // after which the threshold is found again
	recent = 24 * time.Hour // an alarm that was over before isn't told any more
)

// look looks for surges and makes notices of those that go on: once an hour, one
// for each.
func (l *Live) look(ctx context.Context) {
	l.mu.Lock()
	if !l.ready {
		l.mu.Unlock()
		return
	}
	now := l.now()
	pulse, w := l.presence.Pulse(now), l.watch
	l.mu.Unlock()
	before := w.how
	if now.Sub(w.tried) > anew {
		before, w.tried = presence.Watch{}, now
	}
	how, alarms := pulse.Watch(before)
	w.how = how
	for _, a := range alarms {
		if now.Sub(a.Until) > recent || w.knows(a) {
			continue
		}
		if l.notice(ctx, a, now) == nil {
			w.told = append(w.told, a)
		}
	}
	l.mu.Lock()
	l.watch = w
	l.mu.Unlock()
}

// knows says whether an alarm is one that was told, dated anew perhaps.
func (w watch) knows(a presence.Alarm) bool {
	for _, b := range w.told {
		if !a.From.After(b.Until.Add(recent)) && !b.From.After(a.Until.Add(recent)) {
			return true
		}
	}
	return false
}

// notice tells people here of a surge: how many messages came, how many would be
// usual.
func (l *Live) notice(ctx context.Context, a presence.Alarm, now time.Time) error {
	n := notice.Notice{Kind: "crisis", Time: now, Text: "notice.surge", Level: "info",
		Args: []string{fmt.Sprint(a.Observed), fmt.Sprintf("%.0f", a.Expected)}, Link: "/presence?surge=" + a.From.Format(time.DateOnly)}
	if a.Grave() {
		n.Level = "warn"
	}
	_, err := notice.AddNotice(ctx, l.store, n)
	return err
}
