package ride

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/entregent/entregent/gift/geo"
)

// Window is the time between two moments, both in it. The zero value is no window.
type Window struct{ From, To time.Time }

// Around is the window of some time before and after a moment.
func Around(t time.Time, within time.Duration) Window { return Window{t.Add(-within), t.Add(within)} }

func (w Window) given() bool            { return !w.From.IsZero() || !w.To.IsZero() }
func (w Window) holds(t time.Time) bool { return !w.given() || !t.Before(w.From) && !t.After(w.To) }

// MaxWindow is how long an ask's window can be.
const MaxWindow = 62 * 24 * time.Hour

func (w Window) check(what string) error {
	switch {
	case !w.given():
		return nil
	case w.From.IsZero() || w.To.IsZero() || w.To.Before(w.From):
		return fmt.Errorf("the window of %s, from %s to %s: it needs a beginning and, not before it, an end", what, w.From.Format(time.DateTime), w.To.Format(time.DateTime))
	case w.To.Sub(w.From) > MaxWindow:
		return fmt.Errorf("the window of %s is %.0f days long: at most %.0f", what, w.To.Sub(w.From).Hours()/24, MaxWindow.Hours()/24)
	case !countable(w.From) || !countable(w.To):
		return fmt.Errorf("the window of %s: from 1970 to 2105", what)
	}
	return nil
}

// Ask is what somebody wants who would go along. At least one of the two windows must be given; what counts are the
// asker's own hours, at From and at To, not those of the driver's start.
type Ask struct {
	From, To geo.Point
	Leave    Window  // when they are picked up
	Arrive   Window  // when they are set down
	Seats    int     // wanted; 0 is 1
	Walk     float64 // km they would walk, at each end, to a start, stop or end of a driver's way; 0: the driver comes
}

// MaxWalk is how far an ask can offer to walk, in kilometres.
const MaxWalk = 20

// Check tells what is wrong with an ask; nil when it can be matched.
func (a Ask) Check() error {
	switch {
	case !a.From.Known():
		return fmt.Errorf("from %v, which isn't on the earth", a.From)
	case !a.To.Known():
		return fmt.Errorf("to %v, which isn't on the earth", a.To)
	case keep(a.From) == keep(a.To):
		return errors.New("from and to are the same point")
	case a.Seats < 0 || a.Seats > MaxSeats:
		return fmt.Errorf("%d seats: from 1 to %d", a.Seats, MaxSeats)
	case !(a.Walk >= 0 && a.Walk <= MaxWalk):
		return fmt.Errorf("a walk of %v km: from 0 to %d", a.Walk, MaxWalk)
	case !a.Leave.given() && !a.Arrive.given():
		return errors.New("no hours: when to leave, or when to arrive, must be given")
	}
	return errors.Join(a.Leave.check("leaving"), a.Arrive.check("arriving"))
}

// query is an ask made ready.
type query struct {
	Ask
	from, to spot
	km       float64 // from o to d
	lo, hi   int64   // a departure is at hi at the latest, and the end of the way at lo at the soonest; Unix seconds
}

func newQuery(a Ask) (*query, error) {
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("matching an ask: %w", err)
	}
	q := &query{Ask: a, from: keep(a.From), to: keep(a.To), lo: math.MinInt64, hi: math.MaxInt64}
	q.From, q.To, q.Seats = q.from.point(), q.to.point(), max(a.Seats, 1)
	q.km = q.From.Km(q.To)
	for _, w := range []Window{a.Leave, a.Arrive} {
		if w.given() {
			q.lo, q.hi = max(q.lo, w.From.Unix()), min(q.hi, w.To.Unix())
		}
	}
	return q, nil
}
