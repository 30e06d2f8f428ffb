package tally

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/gift/board"
)

// HalfLife is the days after which a count weighs half.
const HalfLife = 180

// Lapses is how far back un-promising is looked at, in days; the first in it
// isn't counted.
const Lapses = 90

// Fade is the weight at a moment of what happened at another.
func Fade(at, now time.Time) float64 {
	return math.Exp2(-now.Sub(at).Hours() / 24 / HalfLife)
}

// Tally is what can be said of a person's promises: counts with their
// denominators, never a score. Faded is the same with a half-life of 180 days.
type Tally struct {
	Agreed     int // both had accepted, and its time has passed or it was cancelled
	Kept       int
	Thanked    int // kept, and thanked for, as far as it can be read
	Unanswered int // kept, the time to thank is over, and nothing came
	Unpromised int // in 90 days, from the second on
	Late       int // of all in 90 days, those under 24 hours ahead
	Missed     int // didn't come, as both sides say or the only one who spoke
	Faded      Faded
}

// Faded are counts that fade.
type Faded struct{ Agreed, Kept, Thanked float64 }

// Of counts a person's promises at a moment.
func Of(person board.PersonID, chains []*board.Chain, now time.Time) Tally {
	var t Tally
	var lapses []time.Time
	for _, c := range chains {
		for i := range c.Promises {
			p := &c.Promises[i]
			side, ok := c.Side(p, person)
			if !ok || p.Agreed.IsZero() {
				continue
			}
			t.add(c, p, side, person, now)
			if p.Counted == person && p.At.After(now.AddDate(0, 0, -Lapses)) && !p.At.After(now) {
				lapses = append(lapses, p.At)
				if p.Late {
					t.Late++
				}
			}
		}
	}
	t.Unpromised = max(0, len(lapses)-1)
	return t
}

// add counts one promise.
func (t *Tally) add(c *board.Chain, p *board.Promise, side int, person board.PersonID, now time.Time) {
	outcome := c.Outcome(p, now)
	if outcome == board.Ahead || p.State == board.Changed || p.State == board.Lapsed || outcome == board.Never && p.Counted != person {
		return
	}
	at := p.End
	if outcome == board.Never {
		at = p.At
	}
	w := Fade(at, now)
	t.Agreed++
	t.Faded.Agreed += w
	switch outcome {
	case board.Missed:
		absent := 0
		for _, a := range p.Answers {
			if a.Said && a.Absent == person {
				absent++
			}
		}
		if absent > 0 && !slices.ContainsFunc(p.Answers[:], func(a board.Deed) bool { return a.Said && a.Absent != person }) {
			t.Missed++
		}
	case board.Kept:
		t.Kept++
		t.Faded.Kept += w
		_, open := c.Opened(p, 1-side, now)
		switch {
		case open:
			t.Thanked++
			t.Faded.Thanked += w
		case !now.Before(c.Reveal(p)):
			t.Unanswered++
		}
	}
}
