package board

import (
	"fmt"
	"time"
)

// Illegal is a move that the table of moves doesn't know from there.
type Illegal struct {
	Move  Move
	State string
	Why   string
}

// Error says what was tried, from where, and why not.
func (e *Illegal) Error() string {
	return fmt.Sprintf("%s is not possible (%s): %s", e.Move, e.State, e.Why)
}

// Full is a request or acceptance for which no seats are left.
type Full struct {
	Leg        int // of a ride, counted from 0; the first that is full
	Free, Want int
}

// Error names the leg.
func (e *Full) Error() string {
	return fmt.Sprintf("%d asked for, %d free on leg %d", e.Want, e.Free, e.Leg+1)
}

// Passed is a move that comes too late, or too early when Early is set.
type Passed struct {
	What  Move
	At    time.Time
	Early bool
}

// Error says the moment.
func (e *Passed) Error() string {
	if e.Early {
		return fmt.Sprintf("%s is possible from %s on", e.What, e.At.Format(time.RFC3339))
	}
	return fmt.Sprintf("%s was possible until %s", e.What, e.At.Format(time.RFC3339))
}

// NotKept is a thanks without a promise that was kept.
type NotKept struct{ Outcome Outcome }

// Error says how the promise ended.
func (e *NotKept) Error() string {
	return fmt.Sprintf("thanks need a promise that was kept; this one is %s", e.Outcome)
}

// Yourself is a person who would match, promise or thank themselves.
type Yourself struct{ Person PersonID }

// Error says so.
func (e *Yourself) Error() string { return "nobody can promise themselves something" }

// Promised is an edit that would break promises already given.
type Promised struct {
	Field string // seats, stops
	Count int    // what is promised
}

// Error says what to do first.
func (e *Promised) Error() string {
	return fmt.Sprintf("%d promised: cancel first, then change the %s", e.Count, e.Field)
}
