// Package store is the memory of the house: what was said, by whom, who helps
// whom with what, and what is still to be done.
//
// It stands on one database, SQLite in a folder or a PostgreSQL that several
// processes share, and speaks one SQL to both. Messages come in by Append, once
// by source and id; what is edited or deleted at its source is followed. Every
// change gets a number: Changes tells all after a number, and whoever keeps
// something up to date (live measures, open pages) reads on from where he was.
// What Append or any other method acknowledges is on disk.
//
// Times are UTC, to the microsecond. The zero time is stored as 0 and means never.
package store

import (
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
)

// What a method can't do is told by one of these, wrapped with what was asked.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("changed by somebody else meanwhile")
	ErrTaken    = errors.New("already taken")
	ErrExpired  = errors.New("expired or used")
	ErrNewer    = errors.New("made by a newer version")
)

// Message is a message as it is kept. Its ID, Thread and ReplyTo are qualified by
// the source ("forum/123"), its Author is the person who wrote it, after merges.
type Message struct {
	conversation.Message
	Seq     int64  // order of arrival: rises from 1, never used again
	Source  string // which way it came
	Account string // who wrote it, before merges
	Version int    // 1; one more with each edit
	Sending Sending
}

// Sending says how far a message that was written here has gone.
type Sending string

// The states of a message written here; any other message has Received.
const (
	Received Sending = ""
	Queued   Sending = "queued" // kept, its source will take it
	Sent     Sending = "sent"
	Stopped  Sending = "stopped" // given up: see the job
)

// Fate is what became of a message that was given to Append.
type Fate string

// The fates. Same means that it was already there, word for word.
const (
	Added   Fate = "added"
	Edited  Fate = "edited"
	Deleted Fate = "deleted"
	Same    Fate = "same"
	Refused Fate = "refused" // Why says so; the others are kept
)

// Outcome is the fate of one message, in the order given.
type Outcome struct {
	ID   conversation.MessageID `json:"id"` // qualified
	Fate Fate                   `json:"fate"`
	Why  string                 `json:"why,omitempty"`
}

// Change is something that happened, by its number.
type Change struct {
	N       int64     `json:"n"`
	Time    time.Time `json:"time"`
	Kind    Kind      `json:"kind"`
	Subject string    `json:"subject"` // a message's ID, a person, a thread, a setting's key, a report's kind
}

// Kind says what a change is about.
type Kind string

// The kinds of changes.
const (
	MessageChanged Kind = "message" // arrived, edited or deleted: Message tells how it stands now
	PersonChanged  Kind = "person"  // some of her accounts came or went: her messages have another author
	DeskChanged    Kind = "desk"    // a thread was assigned, snoozed, merged, noted
	ThanksChanged  Kind = "thanks"  // a thanks was recorded or taken back
	SettingChanged Kind = "setting"
	ReportChanged  Kind = "report" // there is a newer report
	SourceChanged  Kind = "source"
	NoticeChanged  Kind = "notice"
	ForgetChanged  Kind = "forget" // a source or a person is gone: read everything again
)

// Counts say how much there is.
type Counts struct {
	Messages int       `json:"messages"`
	Threads  int       `json:"threads"`
	People   int       `json:"people"`
	Accounts int       `json:"accounts"`
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
}

// Range chooses messages: every field that isn't zero narrows. They come in order
// of Seq, after After, at most Limit (0: 1,000); with Newest the other way round,
// those before After first (0: from the newest).
type Range struct {
	After   int64 // Seq
	Thread  conversation.ThreadID
	Author  conversation.PersonID
	Account string
	Source  string
	Since   time.Time
	Until   time.Time
	Text    string // words, all of which it holds; of three letters or more, also as beginnings
	Sending Sending
	Newest  bool
	Limit   int
}
