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
	s := w.sum(w.share(ws.met[0].of(p)), w.share(ws.met[1].of(p)), w.share(ws.harmed.of(p)))
	s.Err = math.Sqrt(w.variance(s, s)/float64(w.opt.Walks) + w.seenVariance(s))
	s.Met = int(ws.met[0].of(p))
	s.Organisation = w.people[p].organisation
	return s
}

// share is n of the circle's walks.
func (w *World) share(n uint32) float64 { return float64(n) / float64(w.opt.Walks) }

// sum makes W of its parts.
func (w *World) sum(k, s, d float64) Score {
	return Score{Known: k, Seen: s, Harm: d, Points: max(0, k+min(k, s)-float64(w.opt.lambda()*d))}
}

// variance is that of one walk's part in W: of aX − λY, where X says whether it met her and Y whether it drew a report.
// The covariance of X and Y is at least −KD, so this errs on the side of doubt. The sum s says whether K counts twice.
func (w *World) variance(s, walk Score) float64 {
	a, l, k, d := 1.0, w.opt.lambda(), walk.Known, walk.Harm
	if s.Seen > s.Known {
		a = 2
	}
	return float64(a*a*k*(1-k)) + float64(l*l*d*(1-d)) + float64(2*a*l*k*d)
}

// seenVariance is that of min(K, S) when it is S.
func (w *World) seenVariance(s Score) float64 {
	if s.Seen > s.Known {
		return 0
	}
	return s.Seen * (1 - s.Seen) / float64(w.opt.Walks)
}

// String is the score in words: "852 of 100,000 walks (± 10)".
func (s Score) String() string {
	if s.State() == TooFew {
		return TooFew.String()
	}
	return fmt.Sprintf("%.0f of 100,000 walks (± %.0f)", s.Points*1e5, math.Ceil(s.Err*1e5))
}
