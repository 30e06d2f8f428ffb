package conversation

import (
	"cmp"
	"fmt"
	"slices"
)

// Kind names a sort of problem in the input. The string is stable: it is a key
// of the JSON report and of the catalogues of words.
type Kind string

// The problems a log can have. Those marked † lose the record (it can't be
// read as a message); with all others the message is kept and measured, and
// only what is said after the dash is not used.
const (
	BadRecord      Kind = "bad-record"      // † not JSON, not a CSV row, not a mail
	MissingID      Kind = "missing-id"      // no id: one is made from file and line
	MissingTime    Kind = "missing-time"    // † no time at all
	BadTime        Kind = "bad-time"        // † a time that can't be read
	BadValue       Kind = "bad-value"       // a key, cell or part that can't be understood: it alone is left out
	DuplicateID    Kind = "duplicate-id"    // † an id that was already read: the first stands
	SameID         Kind = "same-id"         // an id that another message has, with other words: named after both
	UnknownSide    Kind = "unknown-side"    // neither the data nor the options say: in no rate
	UnknownReply   Kind = "unknown-reply"   // replies to a message that isn't in the log: taken as part of its thread
	ReplyElsewhere Kind = "reply-elsewhere" // replies to a message of another thread: its own thread is kept
	ReplyCycle     Kind = "reply-cycle"     // replies to itself in the end: taken as no reply
	ReplyBefore    Kind = "reply-before"    // stands before the message it replies to: its time is kept, it answers nothing earlier
	FutureTime     Kind = "future-time"     // after the census (Until): not measured
	DayOnly        Kind = "day-only"        // the source knows only the day: hours are never invented
	EmptyText      Kind = "empty-text"      // nothing written
	InvalidUTF8    Kind = "invalid-utf8"    // broken bytes: shown as U+FFFD
	LongLine       Kind = "long-line"       // † longer than the reader's limit
	Truncated      Kind = "truncated"       // the file ends in the middle
	AmbiguousTime  Kind = "ambiguous-time"  // 03/04/2011: the order of day and month had to be supposed
	OtherEncoding  Kind = "other-encoding"  // not UTF-8: read as what its bytes look like
)

// Lost is true for the kinds that lose their record; with all others the
// message is kept.
func (k Kind) Lost() bool {
	switch k {
	case BadRecord, MissingTime, BadTime, DuplicateID, LongLine:
		return true
	}
	return false
}

// Problem is one thing wrong in the input.
type Problem struct {
	Kind   Kind
	Origin Origin
	ID     MessageID // the message, when it has one
	Detail string    // what was found and what to do about it
}

// Error makes a problem an error, for strict reading.
func (p *Problem) Error() string {
	s := p.Origin.String()
	if s != "" {
		s += ": "
	}
	s += string(p.Kind)
	if p.ID != "" {
		s += fmt.Sprintf(" (message %s)", p.ID)
	}
	if p.Detail != "" {
		s += ": " + p.Detail
	}
	return s
}

// Problems counts problems by kind and keeps the first few of each as examples.
// The zero value is ready.
type Problems struct {
	tally map[Kind]*Tally
	first *Problem
	next  *Problem // the first since mark
	wait  bool     // for next
}

// Tally is how often a kind of problem was met, and its first examples in the
// order of reading.
type Tally struct {
	Kind     Kind
	Count    int
	Examples []Problem
}

const examplesKept = 5

// Add counts a problem.
func (ps *Problems) Add(p Problem) {
	if ps.tally == nil {
		ps.tally = map[Kind]*Tally{}
	}
	if ps.first == nil {
		first := p // a copy, so that the others need no memory of their own
		ps.first = &first
	}
	if ps.wait {
		next := p
		ps.next, ps.wait = &next, false
	}
	t := ps.tally[p.Kind]
	if t == nil {
		t = &Tally{Kind: p.Kind}
		ps.tally[p.Kind] = t
	}
	t.Count++
	if len(t.Examples) < examplesKept {
		t.Examples = append(t.Examples, p)
	}
}

// enough is true when another problem of a kind would only be counted: nobody
// needs its detail.
func (ps *Problems) enough(k Kind) bool {
	t := ps.tally[k]
	return t != nil && len(t.Examples) == examplesKept && !ps.wait
}

// First gives the first problem met, or nil.
func (ps *Problems) First() *Problem { return ps.first }

// mark asks for the next problem to be kept for [Problems.since].
func (ps *Problems) mark() { ps.next, ps.wait = nil, true }

// since is the first problem after the mark, or nil.
func (ps *Problems) since() *Problem { return ps.next }

// Count gives how often a kind was met.
func (ps *Problems) Count(k Kind) int {
	if t := ps.tally[k]; t != nil {
		return t.Count
	}
	return 0
}

// All gives every tally, the most frequent first.
func (ps *Problems) All() []Tally {
	all := make([]Tally, 0, len(ps.tally))
	for _, t := range ps.tally {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}
