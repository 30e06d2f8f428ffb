// Package cache keeps one value that is slow to find, for a time that grows with
// what finding it took.
package cache

import (
	"sync"
	"time"
)

// Timing says how long a value is kept: Factor times what finding it took, and
// never longer than TTL. What was found within MinCost is not kept at all.
type Timing struct {
	TTL     time.Duration
	Factor  int64
	MinCost time.Duration
}

// usual is the timing of values that pages show.
var usual = Timing{TTL: time.Minute, Factor: 10, MinCost: 50 * time.Millisecond}

// Or fills what is zero with the usual timing: a minute, ten times, 50 ms.
func (t Timing) Or() Timing {
	if t.TTL == 0 {
		t.TTL = usual.TTL
	}
	if t.Factor == 0 {
		t.Factor = usual.Factor
	}
	if t.MinCost == 0 {
		t.MinCost = usual.MinCost
	}
	return t
}

// Slow says whether finding took long enough for a value to be kept.
func (t Timing) Slow(took time.Duration) bool { return took > t.MinCost }

// Fresh says whether a value that took so long to find can still be shown at an
// age. It divides, since the product may not fit.
func (t Timing) Fresh(age, took time.Duration) bool {
	return t.Slow(took) && age >= 0 && age < t.TTL && int64(age)/t.Factor < int64(took)
}

// Value is a cached value, ready to use; safe for concurrent use.
type Value[T any] struct {
	mu    sync.Mutex
	made  time.Time
	took  time.Duration
	value T
}

// Get gives the value, found again when it is too old. An error of find is given
// and nothing is kept.
func (v *Value[T]) Get(now time.Time, find func() (T, error)) (T, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if usual.Fresh(now.Sub(v.made), v.took) {
		return v.value, nil
	}
	begun := time.Now()
	value, err := find()
	if err != nil {
		return value, err
	}
	v.value, v.made, v.took = value, now, time.Since(begun)
	return value, nil
}

// Forget has the value found again.
func (v *Value[T]) Forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.took = 0
}
