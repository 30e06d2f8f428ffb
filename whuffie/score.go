package whuffie

import (
	"fmt"
	"iter"
	"math"
)

// Score is somebody's standing: shares of the walks, between 0 and 1. "Of 100,000 walks that start with somebody of the
// circle and go each time to someone they thanked, 852 meet Ana" is a Known of .00852.
type Score struct {
	Known  float64 // K: walks from the known circle that met her, other than by starting with her
	Seen   float64 // S: the same from the seen circle
	Harm   float64 // D: walks from the known circle that drew a report against her
	Points float64 // W = max(0, K + min(K, S) − λD)
	Err    float64 // standard error of Points; 0 if exact
	Met    int     // walks behind Known (of an exact score: how many there would be)

	Organisation bool // counted apart
}

// State says whether a score may be shown.
type State uint8

// The states of a score.
const (
	TooFew State = iota // too few thanks to say: fewer than MinWalks walks met her
	Enough
)

// State of the score.
func (s Score) State() State {
	if s.Met < MinWalks {
		return TooFew
	}
	return Enough
}

// String is "too few thanks to say", or nothing to add.
func (s State) String() string {
	if s == TooFew {
		return "too few thanks to say"
	}
	return "enough"
}

// Score tells somebody's standing at the clock. Somebody unknown has the zero score: nobody thanked her.
func (w *World) Score(name string) Score {
	p := w.names.find(name)
	if p == none {
		return Score{}
	}
	return w.score(p)
}

// All tells every person's and organisation's standing, in the order in which the log named them.
func (w *World) All() iter.Seq2[string, Score] {
	return func(yield func(string, Score) bool) {
		for p := range w.people {
			if !w.people[p].gone && !yield(w.names.get(uint32(p)), w.score(uint32(p))) {
				return
			}
		}
	}
}

func (w *World) score(p uint32) Score {
	ws := &w.walks
	share := func(n uint32) float64 { return float64(n) / float64(w.opt.Walks) }
	s := w.sum(share(ws.met[0][p]), share(ws.met[1][p]), share(ws.harmed[p]))
	s.Err = w.err(s, w.opt.Walks)
	s.Met = int(ws.met[0][p])
	s.Organisation = w.people[p].organisation
	return s
}

// sum makes W of its parts.
func (w *World) sum(k, s, d float64) Score {
	return Score{Known: k, Seen: s, Harm: d, Points: max(0, k+min(k, s)-w.opt.lambda()*d)}
}

// err is the standard error of W over n independent walks from each circle. K and D come from the same walks; their
// covariance is at least −KD, so this errs on the side of doubt.
func (w *World) err(s Score, n int) float64 {
	v := func(p float64) float64 { return p * (1 - p) }
	a, seen := 1.0, v(s.Seen)
	if s.Seen >= s.Known {
		a, seen = 2, 0
	}
	l := w.opt.lambda()
	return math.Sqrt((a*a*v(s.Known) + seen + l*l*v(s.Harm) + 2*a*l*s.Known*s.Harm) / float64(n))
}

// String is the score in words: "852 of 100,000 walks (± 9)".
func (s Score) String() string {
	if s.State() == TooFew {
		return TooFew.String()
	}
	return fmt.Sprintf("%.0f of 100,000 walks (± %.1g)", s.Points*1e5, s.Err*1e5)
}
