package live

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Appeal is a message that was addressed to the organisation, and what became of
// it.
type Appeal = presence.Appeal

// Figures are the numbers of the first screen, for the appeals of the last 90
// days that need an answer.
type Figures struct {
	Until     time.Time        `json:"until"`
	Answered  measure.Estimate `json:"answered_24h"` // share answered by the organisation within 24 h
	Week      measure.Estimate `json:"answered_7d"`
	Attention measure.Estimate `json:"attention"`
	Waiting   int              `json:"waiting"` // of the whole log
	Oldest    time.Time        `json:"oldest,omitzero"`
	Appeals   int              `json:"appeals"`
	Askers    int              `json:"askers"`
	Messages  int              `json:"messages"`
	Change    int64            `json:"change"` // the newest change they know
}

const (
	fresh = time.Minute // figures stand so long when nothing happens: waits grow by themselves
	large = 200_000     // messages from which they may be a second old, so that a busy import doesn't make everybody wait
)

// Figures gives the numbers of the first screen; zero before the first reading is
// over.
func (l *Live) Figures() Figures {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ready {
		return Figures{}
	}
	now := l.now()
	same := l.figures.Change == l.change || l.board.Len() > large && time.Since(l.figured) < time.Second
	if same && now.Sub(l.asked) < fresh {
		return l.figures
	}
	l.asked = now
	p, until := l.presence.Figures(now), now
	if p.NeedAnswer == 0 {
		if last := l.last(now); now.Sub(last) >= Quiet {
			p, until = l.presence.Figures(last), last
		}
	}
	l.figures = Figures{Until: until, Attention: p.Attention, Waiting: p.Waiting, Oldest: p.Oldest, Appeals: p.NeedAnswer, Askers: p.Askers,
		Messages: l.board.Len(), Change: l.change}
	l.figured = time.Now()
	for _, a := range p.AnsweredNeeding {
		switch a.Within {
		case "24h":
			l.figures.Answered = a.Estimate
		case "7d":
			l.figures.Week = a.Estimate
		}
	}
	return l.figures
}

// Quiet is how long a conversation may have been silent and still be measured up
// to now. One that ended before (an old forum that was brought in) is measured up
// to its last message: the window before now would hold nothing.
const Quiet = 90 * 24 * time.Hour

// last is the time of the last message that isn't of the future; now if there is
// none.
func (l *Live) last(now time.Time) time.Time {
	last, limit := int64(math.MinInt64), now.UnixMicro()
	for i := range l.board.Len() {
		if t := l.board.At(i).Time; t <= limit {
			last = max(last, t)
		}
	}
	if last == math.MinInt64 {
		return now
	}
	return time.UnixMicro(last).UTC()
}

// now is the census.
func (l *Live) now() time.Time { return l.opt.Now().UTC().Truncate(time.Microsecond) }

// Which chooses appeals: those behind a number.
type Which struct {
	Waiting bool          // without an answer and not withdrawn
	Within  time.Duration // answered within; 0: any
	Late    time.Duration // not answered within, or answered later
	Since   time.Time     // arrived from here on
	Person  conversation.PersonID
	Thread  conversation.ThreadID
	Channel string
	Needing bool // only those that need an answer
	Limit   int  // 0: all
	Newest  bool // the newest first; else the oldest
}

// Appeals gives those that Which chooses, and how many there are without the limit.
func (l *Live) Appeals(w Which) (appeals []Appeal, all int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ready {
		return nil, 0
	}
	now := l.now()
	var chosen []presence.Case
	take := func(a presence.Case) {
		if w.takes(a, now) {
			chosen = append(chosen, a)
		}
	}
	if w.Thread != "" {
		for _, a := range l.presence.InThread(w.Thread, now) {
			take(a)
		}
	} else {
		for a := range l.presence.Appeals(now) {
			take(a)
		}
	}
	slices.SortFunc(chosen, presence.Case.ByArrival)
	if w.Newest {
		slices.Reverse(chosen)
	}
	all = len(chosen)
	if w.Limit > 0 && all > w.Limit {
		chosen = chosen[:w.Limit]
	}
	appeals = make([]Appeal, len(chosen))
	for i, a := range chosen {
		appeals[i] = a.Appeal()
	}
	return appeals, all
}

// takes says whether an appeal is chosen. What costs least is looked at first.
func (w Which) takes(a presence.Case, now time.Time) bool {
	if w.Needing && !a.Needs() || w.Waiting && !a.Waits() || !w.Since.IsZero() && a.Arrived().Before(w.Since) ||
		w.Person != "" && a.Asker() != w.Person || w.Channel != "" && a.Channel() != w.Channel {
		return false
	}
	answered := a.Answered()
	if w.Within > 0 && (answered.IsZero() || answered.Sub(a.Arrived()) > w.Within) {
		return false
	}
	if w.Late > 0 {
		until := answered
		if until.IsZero() {
			until = now
		}
		return until.Sub(a.Arrived()) > w.Late
	}
	return true
}
