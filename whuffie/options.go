package whuffie

import (
	"fmt"
	"math"
	"time"
)

// Options are the yardstick of whuffie/1. The zero value is the published one with an empty circle: nobody is known to
// be real, so nobody has any standing.
type Options struct {
	// Known is the circle σ: people known to be real. Walks start with them, each as often as another. Keep it wide, and
	// say what it is.
	Known []string
	// Seen is an optional second circle of accounts only seen. It can at most double what the first one says.
	Seen []string
	// Organisations are counted apart: a walk that meets one ends there.
	Organisations []string

	Walks       int           // walks from each circle, a power of two; 0 means 2^20
	HalfLife    time.Duration // after which a thanks weighs half; whole seconds; 0 means 90 days
	Follow      float64       // α: chance that a walk may go on after each person, in (0, 1); 0 means .7
	Reserve     float64       // κ: what everyone keeps in hand, in fresh thanks; 0 means 1
	HarmReserve float64       // κ⁻: the same for reports of harm; 0 means 1
	HarmWeight  float64       // λ: how much a walk's report of harm takes off; 0 means 2; negative means none
	Seed        uint64        // another seed gives another sample of the same measure
}

// The published yardstick, and its limits.
const (
	Horizon  = 8  // H: a walk meets at most eight people, the first one included
	MinWalks = 30 // below, too few walks met somebody to say anything

	defaultWalks = 1 << 20
	maxWalks     = 1 << 26
)

const defaultHalfLife = 90 * 24 * time.Hour

// filled puts the published values where none is given, and refuses what has no meaning.
func (o Options) filled() (Options, error) {
	o.Walks = orDefault(o.Walks, defaultWalks)
	o.HalfLife = orDefault(o.HalfLife, defaultHalfLife)
	o.Follow = orDefault(o.Follow, .7)
	o.Reserve = orDefault(o.Reserve, 1)
	o.HarmReserve = orDefault(o.HarmReserve, 1)
	o.HarmWeight = orDefault(o.HarmWeight, 2)
	switch {
	case o.Walks < 1 || o.Walks > maxWalks || o.Walks&(o.Walks-1) != 0:
		return o, fmt.Errorf("%d walks: not a power of two up to 2^26", o.Walks)
	case o.HalfLife < time.Second || o.HalfLife%time.Second != 0:
		return o, fmt.Errorf("a half-life of %s: not a whole number of seconds", o.HalfLife)
	case !(o.Follow > 0 && o.Follow < 1):
		return o, fmt.Errorf("a chance to follow of %v: not between 0 and 1", o.Follow)
	case !reserve(o.Reserve) || !reserve(o.HarmReserve):
		return o, fmt.Errorf("reserves of %v and %v: not between 2^-40 and 2^40", o.Reserve, o.HarmReserve)
	case math.IsNaN(o.HarmWeight) || math.IsInf(o.HarmWeight, 0):
		return o, fmt.Errorf("a harm weight of %v", o.HarmWeight)
	}
	return o, nil
}

func reserve(k float64) bool { return k >= 0x1p-40 && k <= 0x1p40 }

func orDefault[T comparable](v, standard T) T {
	var zero T
	if v == zero {
		return standard
	}
	return v
}

// lambda is λ as it is used.
func (o Options) lambda() float64 { return max(0, o.HarmWeight) }

// halfLife is h in seconds.
func (o Options) halfLife() int64 { return int64(o.HalfLife / time.Second) }

// lengths[k] is P[a walk may meet more than k+1 people] = α^(k+1), in units of 2^-64.
func (o Options) lengths() (table [Horizon - 1]uint64) {
	p := 1.0
	for k := range table {
		p = float64(p * o.Follow)
		table[k] = uint64(p * 0x1p64)
	}
	return table
}
