package tally

import (
	"slices"
	"time"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// Gift is that somebody gave something to somebody.
type Gift struct {
	Giver, Receiver board.PersonID
	At              time.Time
}

// Gifts turns edges round: who is thanked gave.
func Gifts(edges []Edge) []Gift {
	all := make([]Gift, len(edges))
	for i, e := range edges {
		all[i] = Gift{Giver: e.To, Receiver: e.From, At: e.At}
	}
	return all
}

// Returned measures « plus nous donnons, plus nous recevons »: of those who gave,
// the share who received something within ninety days of their first gift. Each
// estimate carries Wilson's interval; those whose ninety days aren't over at the
// census aren't in it.
type Returned struct {
	Any    measure.Estimate // from anybody
	Direct measure.Estimate // from the one they gave to
	Chain  measure.Estimate // by a chain of gifts, each after the one before, that began with theirs
}

// ReturnDays is how long a return is waited for.
const ReturnDays = 90

// Reciprocity measures returns over gifts, in any order, up to a census. Gifts
// to oneself don't count.
func Reciprocity(gifts []Gift, census time.Time, confidence float64) Returned {
	gifts = slices.Clone(gifts)
	gifts = slices.DeleteFunc(gifts, func(g Gift) bool { return g.Giver == g.Receiver || g.At.After(census) })
	slices.SortStableFunc(gifts, func(a, b Gift) int { return a.At.Compare(b.At) })
	seen := map[board.PersonID]bool{}
	n, direct, chain, anybody := 0, 0, 0, 0
	for i, g := range gifts {
		if seen[g.Giver] {
			continue
		}
		seen[g.Giver] = true
		until := g.At.AddDate(0, 0, ReturnDays)
		if until.After(census) {
			continue
		}
		n++
		d, c, a := returns(g, gifts[i+1:], until)
		direct, chain, anybody = direct+d, chain+c, anybody+a
	}
	share := func(x int) measure.Estimate {
		if n == 0 {
			return measure.Unmeasured(measure.Share, 0)
		}
		lo, hi := stat.Wilson(float64(x), float64(n), confidence)
		return measure.Estimate{Center: float64(x) / float64(n), Lo: lo, Hi: hi, Confidence: confidence, N: n, Unit: measure.Share}
	}
	return Returned{share(anybody), share(direct), share(chain)}
}

// returns says, as 0 or 1, whether a first gift came back directly, by a chain,
// and whether its giver received anything.
func returns(first Gift, later []Gift, until time.Time) (direct, chain, anybody int) {
	reached := map[board.PersonID]time.Time{first.Receiver: first.At}
	for _, g := range later {
		if g.At.After(until) {
			break
		}
		from, in := reached[g.Giver]
		in = in && g.At.After(from)
		if g.Receiver == first.Giver {
			anybody = 1
			if g.Giver == first.Receiver && g.At.After(first.At) {
				direct = 1
			}
			if in {
				chain = 1
			}
			continue
		}
		if _, already := reached[g.Receiver]; in && !already {
			reached[g.Receiver] = g.At
		}
	}
	return direct, chain, anybody
}
