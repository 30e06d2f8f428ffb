package report

import (
	"math"
	"slices"
	"strings"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Figure is an estimate said in a person's language. Value is "?" where the data
// can't say; Interval is empty where there is none.
type Figure struct {
	Known    bool
	Value    string
	Interval string
	N        string
	Marks    []int   // numbers of its doubts
	Center   float64 // on the scale of its unit, for drawing; NaN when unknown
	Lo, Hi   float64
}

// Whole is the value and its interval, for places where they stand together.
func (f Figure) Whole() string {
	if f.Interval == "" {
		return f.Value
	}
	return f.Value + " (" + f.Interval + ")"
}

func (s *Speaker) Figure(e measure.Estimate) Figure {
	f := Figure{Known: e.Known(), N: s.Integer(e.N), Marks: s.Mark(e.Doubts), Center: e.Center, Lo: e.Lo, Hi: e.Hi}
	f.Value, f.Interval = s.Estimate(e)
	return f
}

// Estimate says a value and its interval, with as many digits as the interval
// bears.
func (s *Speaker) Estimate(e measure.Estimate) (value, interval string) {
	if e.Unit == measure.Hours && !e.Known() && doubted(e, "not-reached") {
		if !math.IsNaN(e.Lo) {
			interval = s.Say("duration.at-least", s.Duration(e.Lo))
		}
		return s.Say("duration.unbounded"), interval
	}
	value = s.amount(e.Center, e.Unit, digits(e, e.Center))
	if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) {
		return value, ""
	}
	switch e.Unit {
	case measure.Hours:
		return value, s.Duration(e.Lo) + " – " + s.Duration(e.Hi)
	case measure.Share: // the sign of percent is said once
		return value, s.Decimal(100*e.Lo, digits(e, e.Lo)) + "–" + s.Percent(e.Hi, digits(e, e.Hi))
	}
	return value, s.amount(e.Lo, e.Unit, digits(e, e.Lo)) + "–" + s.amount(e.Hi, e.Unit, digits(e, e.Hi))
}

func doubted(e measure.Estimate, code string) bool {
	return slices.ContainsFunc(e.Doubts, func(d measure.Doubt) bool { return d.Code == code })
}

// amount says a bare number of a unit.
func (s *Speaker) amount(x float64, u measure.Unit, digits int) string {
	if math.IsNaN(x) {
		return lang.Unknown
	}
	switch u {
	case measure.Share:
		return s.Percent(x, digits)
	case measure.Hours:
		return s.Duration(x)
	}
	return s.Decimal(x, digits)
}

// digits is how many a number of the estimate deserves: whole percents unless
// the interval is narrower than two points, or the rounding would say "none" or
// "all" of what is neither.
func digits(e measure.Estimate, x float64) int {
	switch e.Unit {
	case measure.Score:
		return 2
	case measure.Share:
		percent := math.Round(100 * x)
		if e.Hi-e.Lo < .02 || percent == 0 && x > 0 || percent == 100 && x < 1 {
			return 1
		}
	}
	return 0
}

// Bare says a figure that stands beside a component and describes it.
func (s *Speaker) Bare(b presence.Beside) string {
	if strings.HasSuffix(b.Name, "-p") { // of a test: never a percent
		if b.Value < .001 {
			return "< " + s.Decimal(.001, 3)
		}
		return s.Decimal(b.Value, 3)
	}
	d := 0
	switch {
	case b.Unit == measure.Score:
		d = 2
	case b.Unit == measure.Count && b.Value != math.Round(b.Value):
		d = 1
	case b.Unit == measure.Share && b.Value > 0 && (b.Value < .1 || b.Value > .99 && b.Value < 1):
		d = 1
	}
	return s.amount(b.Value, b.Unit, d)
}
