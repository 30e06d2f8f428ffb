package report

import (
	"math"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/presence"
)

// Scale maps values to 0..1, from the left edge of a chart to its right.
type Scale struct {
	Lo, hi float64
	log    bool
}

// At is where a value stands; outside the scale it stands at its edge.
func (s Scale) At(x float64) float64 {
	lo, hi := s.Lo, s.hi
	if s.log {
		lo, hi, x = math.Log(lo), math.Log(hi), math.Log(max(x, s.Lo))
	}
	if hi <= lo {
		return .5
	}
	return Unit((x - lo) / (hi - lo))
}

// Tick is a named place on a scale.
type Tick struct {
	At    float64 // 0..1
	Label string
	Minor bool // where room is short it is left out
}

// TimeScale is the scale of the curve of waiting: logarithmic, so that the first
// hour has as much room as the last week.
func TimeScale(curve []presence.Point) Scale {
	lo, hi := 1.0/6, 7*24.0
	if n := len(curve); n > 0 {
		lo, hi = max(curve[0].Hours, 1.0/60), curve[n-1].Hours
	}
	return Scale{lo, hi, true}
}

// waits are the times that the curve's scale may name, in hours.
var waits = []float64{1.0 / 6, 1, 6, 24, 48, 7 * 24, 14 * 24, 30 * 24, 90 * 24, 365 * 24}

// WaitTicks names times on the scale, none nearer to another than apart. The
// horizons of the report come before the others.
func (s *Speaker) WaitTicks(on Scale, apart, narrow float64) []Tick {
	var ticks []Tick
	for _, first := range []bool{true, false} {
		for _, h := range waits {
			if (h == 1 || h == 24 || h == 7*24) == first && h > on.Lo*.999 && h < on.hi*1.001 {
				ticks = append(ticks, Tick{At: on.At(h), Label: s.Clock(h)})
			}
		}
	}
	return Thinned(ticks, apart, narrow)
}

// Clock says a wait as the horizons are named: 48 h, 7 d.
func (s *Speaker) Clock(hours float64) string {
	if hours >= 72 {
		return s.Duration(math.Round(hours/24) * 24)
	}
	if hours >= 1 {
		return s.Say("duration.hours", int(math.Round(hours)))
	}
	return s.Duration(hours)
}

// Thinned drops the ticks that stand too near, and marks those that a narrow
// window has no room for.
func Thinned(ticks []Tick, apart, narrow float64) (kept []Tick) {
	var always []Tick
	for _, t := range ticks {
		if Crowded(kept, t, apart) {
			continue
		}
		if t.Minor = Crowded(always, t, narrow); !t.Minor {
			always = append(always, t)
		}
		kept = append(kept, t)
	}
	return kept
}

func Crowded(ticks []Tick, t Tick, apart float64) bool {
	for _, other := range ticks {
		if math.Abs(other.At-t.At) < apart {
			return true
		}
	}
	return false
}

// Calendar is the scale of dates.
func Calendar(from, until time.Time) Scale {
	return Scale{Lo: float64(from.Unix()), hi: float64(until.Unix())}
}

func (s Scale) Day(t time.Time) float64 { return s.At(float64(t.Unix())) }

// stride is a step from one named date to the next.
type stride struct {
	days, months int
	say          func(lang.Language, time.Time) string
}

var strides = []stride{
	{1, 0, lang.Language.Day}, {2, 0, lang.Language.Day}, {7, 0, lang.Language.Day}, {14, 0, lang.Language.Day},
	{0, 1, lang.Language.Month}, {0, 3, lang.Language.Month}, {0, 6, lang.Language.Month},
	{0, 12, lang.Language.Year}, {0, 24, lang.Language.Year}, {0, 60, lang.Language.Year}, {0, 120, lang.Language.Year},
}

// DayTicks names at most so many dates, by the smallest stride that allows it.
func (s *Speaker) DayTicks(from, until time.Time, most int) (ticks []Tick) {
	on := Calendar(from, until)
	span := until.Sub(from).Hours() / 24
	for i, by := range strides {
		if span/float64(by.days+30*by.months) > float64(most) && i < len(strides)-1 {
			continue
		}
		t := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, from.Location())
		if by.months > 0 {
			months := 12*from.Year() + int(from.Month()) - 1
			t = time.Date(0, 1+time.Month(months-months%by.months), 1, 0, 0, 0, 0, from.Location())
		}
		for ; !t.After(until); t = t.AddDate(0, by.months, by.days) {
			if !t.Before(from) {
				ticks = append(ticks, Tick{At: on.Day(t), Label: by.say(s.Language, t)})
			}
		}
		return ticks
	}
	return nil
}
