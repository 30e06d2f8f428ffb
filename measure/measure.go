// Package measure is what goes out: an [Estimate], a number that is never
// alone. It carries its bounds, how many observations it rests on, its unit,
// and its [Doubt]s: what a careful reader should know before using it.
package measure

import (
	"encoding/json"
	"fmt"
	"math"
)

// Unit names what a number counts.
type Unit string

// The units in use. A Share is in 0..1, Points in 0..100.
const (
	Share  Unit = "share"
	Points Unit = "points"
	Hours  Unit = "hours"
	Score  Unit = "score" // a component in 0..1, 1 the best
	Count  Unit = "count"
)

// Estimate is a number with its bounds and its doubts. Center is NaN when the
// data can't say; Lo and Hi are NaN when there is no interval, and ±Inf when a
// side has no bound (a median not reached).
type Estimate struct {
	Center, Lo, Hi float64
	Confidence     float64 // of [Lo, Hi], as .95
	N              int     // observations it rests on
	Unit           Unit
	Doubts         []Doubt
}

// Unmeasured is the estimate of what the data can't say, and why.
func Unmeasured(u Unit, n int, why ...Doubt) Estimate {
	return Estimate{Center: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), N: n, Unit: u, Doubts: why}
}

// Known says whether there is a number.
func (e Estimate) Known() bool { return !math.IsNaN(e.Center) }

// With gives e with more doubts; one already there is not doubled.
func (e Estimate) With(more ...Doubt) Estimate {
	doubts := append([]Doubt(nil), e.Doubts...)
next:
	for _, d := range more {
		for _, have := range doubts {
			if have.Code == d.Code {
				continue next
			}
		}
		doubts = append(doubts, d)
	}
	e.Doubts = doubts
	return e
}

// String is for reading in a terminal: "0.18 [0.15, 0.21] n=412", or "?".
func (e Estimate) String() string {
	if !e.Known() {
		return fmt.Sprintf("? n=%d", e.N)
	}
	return fmt.Sprintf("%.3g [%.3g, %.3g] n=%d", e.Center, e.Lo, e.Hi, e.N)
}

// MarshalJSON writes {center, lo, hi, confidence, n, unit, doubts}; what is not
// known, or has no bound, is null. A doubt is one string: its code, a colon and
// what it says in English.
func (e Estimate) MarshalJSON() ([]byte, error) {
	doubts := make([]string, len(e.Doubts))
	for i, d := range e.Doubts {
		doubts[i] = d.String()
	}
	return json.Marshal(struct {
		Center     *float64 `json:"center"`
		Lo         *float64 `json:"lo"`
		Hi         *float64 `json:"hi"`
		Confidence float64  `json:"confidence"`
		N          int      `json:"n"`
		Unit       Unit     `json:"unit"`
		Doubts     []string `json:"doubts"`
	}{Finite(e.Center), Finite(e.Lo), Finite(e.Hi), e.Confidence, e.N, e.Unit, doubts})
}

// Finite gives nil for NaN and infinities, which JSON can't write.
func Finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
