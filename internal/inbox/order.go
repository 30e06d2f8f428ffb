// Package inbox is who waits for an answer, in which order, and what is done with a
// thread: who takes care, until when it sleeps, notes, canned replies, answers.
//
// Who has waited longest comes first: with one promised wait for everybody, that is
// also the order in which fewest promises are broken. Somebody whom others have
// thanked may be lifted a little, by at most a tenth of the promised wait, and only
// over people who will still be answered in time: so no message passes its promised
// wait because of anybody's whuffie, nobody who already waits too long waits longer,
// and a newcomer, who can't have been thanked yet, is never pushed back.
//
// The tests say these as laws and try them; testdata holds small mornings with the
// rank that a good community manager gives each message.
package inbox

import (
	"cmp"
	"slices"
	"time"
)

// MaxLift is the largest lift, as a share of the promised wait.
const MaxLift = .1

// Item is a message that waits.
type Item struct {
	ID       string
	N        int // the caller's own: its place in their list
	Arrived  time.Time
	Newcomer bool
	// Whuffie is the share of the largest lift that its asker's standing gives, in
	// 0..1; 0 for who hasn't agreed to have one.
	Whuffie float64
}

// Due is when an item's promised wait is over.
func (i Item) Due(promise time.Duration) time.Time { return i.Arrived.Add(promise) }

// Order sorts items into the order in which to answer them.
//
// Pace is the time from one answer to the next, better too long than too short:
// with it Order foresees when each item will be answered, and it keeps its word at
// this pace and any faster one. Zero is unknown, and then nobody is lifted.
func Order(items []Item, now time.Time, promise, pace time.Duration) {
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.ID, b.ID))
	})
	if pace <= 0 || promise <= 0 {
		return
	}
	turn := make([]int, len(items)) // each one's place by time alone
	for i := range items {
		turn[i] = i
	}
	for i := range items {
		for at := i; at > 0 && over(items[at], items[at-1], promise) && inTime(items[at-1], max(at, turn[at-1]+1), now, promise, pace); at-- {
			items[at-1], items[at] = items[at], items[at-1]
			turn[at-1], turn[at] = turn[at], turn[at-1]
		}
	}
}

// over tells whether a's lift takes it past b, which stands before it.
func over(a, b Item, promise time.Duration) bool {
	return !b.Newcomer && lifted(a, promise).Before(lifted(b, promise))
}

// lifted is the time of arrival that an item is ranked by.
func lifted(i Item, promise time.Duration) time.Time {
	lift := MaxLift * min(max(i.Whuffie, 0), 1) * float64(promise)
	return i.Arrived.Add(-time.Duration(lift))
}

// inTime tells whether an item at a place (0: the first) is answered within its
// promised wait.
func inTime(i Item, place int, now time.Time, promise, pace time.Duration) bool {
	left := i.Due(promise).Sub(now)
	return left >= 0 && time.Duration(place+1) <= left/pace
}
