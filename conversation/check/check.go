// Package check judges how a log was read, before anything is measured in it.
//
// [Read] tells what was taken for what: the form, the columns, who speaks on each
// side, how many replies hang in how many threads, what was left out. Under some
// conditions this can't be right: those are its doubts. A doubt that blocks says
// that no number measured in the log would be true; what settles it is one option.
// The conditions and their thresholds stand in doc/reading.md.
package check

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Reading is how a log was read. Its JSON form is stable.
type Reading struct {
	Form     string              `json:"form"`    // jsonl; several with commas between; empty: not read from files
	Columns  map[string]string   `json:"columns"` // by field, the column or key that was taken for it
	Sides    map[string]Speaking `json:"sides"`   // organisation, community, unknown
	Threads  int                 `json:"threads"`
	Replies  int                 `json:"replies"`   // messages behind the first of their thread
	JoinedBy map[string]int      `json:"joined_by"` // replies, by what tied them
	Machines int                 `json:"machines"`  // messages known to be a machine's
	Notes    int                 `json:"notes"`     // of the organisation for itself, left out
	LeftOut  []Left              `json:"left_out"`
	Doubts   []Doubt             `json:"doubts"` // those that block first
}

// Speaking is how much is said on one side.
type Speaking struct {
	Messages int      `json:"messages"`
	People   int      `json:"people"`
	Words    []string `json:"words"` // the source's words that were taken for this side
}

// Left is a sort of records that are no messages.
type Left struct {
	Why   string   `json:"why"`
	Count int      `json:"count"`
	Rows  []string `json:"rows"` // file:line of the first
}

// Span is the time that is measured: messages outside it can't spoil a number.
// Zero times bound nothing.
type Span struct {
	Since, Until time.Time
}

// Read judges how a log was read.
func Read(log *conversation.Log, span Span) Reading {
	f := log.Facts()
	r := Reading{Form: forms(f), Columns: map[string]string{}, Sides: map[string]Speaking{}, Threads: len(log.Threads()), JoinedBy: map[string]int{},
		Machines: f.Machines, Notes: f.Notes, LeftOut: []Left{}, Doubts: []Doubt{}}
	maps.Copy(r.Columns, f.Columns)
	for by, n := range f.Joined {
		if n > 0 {
			r.JoinedBy[by] = n
		}
	}
	r.Replies = log.Len() - r.Threads
	for _, l := range f.LeftOut() {
		left := Left{Why: l.Why, Count: l.Count, Rows: []string{}}
		for _, at := range l.Examples {
			left.Rows = append(left.Rows, at.String())
		}
		r.LeftOut = append(r.LeftOut, left)
	}
	r.Machines = max(r.Machines, r.speak(log, f))
	r.doubt(log, f, span)
	return r
}

// Blocks says whether a doubt keeps numbers from being told.
func (r *Reading) Blocks() bool {
	return slices.ContainsFunc(r.Doubts, func(d Doubt) bool { return d.Blocks })
}

// Blocking are the doubts that block, and are among codes where some are named.
func (r *Reading) Blocking(codes ...Code) (list []Doubt) {
	for _, d := range r.Doubts {
		if d.Blocks && (len(codes) == 0 || slices.Contains(codes, d.Code)) {
			list = append(list, d)
		}
	}
	return list
}

// forms names the forms of the files read.
func forms(f *conversation.Facts) string {
	var names []string
	for _, form := range slices.Sorted(maps.Keys(f.Forms)) {
		names = append(names, string(form))
	}
	return strings.Join(names, ", ")
}

// The sides, as a reading's JSON names them.
const (
	Us      = "organisation"
	Them    = "community"
	Nobodys = "unknown"
)

func sideName(s conversation.Side) string {
	switch s {
	case conversation.Organisation:
		return Us
	case conversation.Community:
		return Them
	}
	return Nobodys
}

// speak counts messages and people on each side, and gives the number of
// messages by machines, which are on neither.
func (r *Reading) speak(log *conversation.Log, f *conversation.Facts) (machines int) {
	met := make([]uint8, log.People()) // a bit for each side
	count := map[string]*Speaking{}
	for _, name := range []string{Us, Them, Nobodys} {
		count[name] = &Speaking{Words: []string{}}
	}
	for i := range log.Len() {
		e := log.At(i)
		if e.Bot {
			machines++
			continue
		}
		s := count[sideName(e.Side)]
		s.Messages++
		bit := uint8(1) << e.Side
		switch {
		case e.Author < 0:
		case met[e.Author]&bit == 0:
			met[e.Author] |= bit
			s.People++
		}
	}
	for _, word := range slices.Sorted(maps.Keys(f.Sides)) {
		s := count[sideName(f.Sides[word])]
		s.Words = append(s.Words, word)
	}
	for name, s := range count {
		r.Sides[name] = *s
	}
	return machines
}
