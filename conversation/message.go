// Package conversation is what comes in: the messages exchanged between an
// organisation and its community.
//
// A [Message] is one thing somebody wrote. Readers ([Read], one per form:
// JSONL, CSV, mbox, mail) turn files into messages one at a time; a
// [Log] keeps them: a compact index in memory, and the texts in a [Keep] that
// may be a file, so that memory grows with the number of messages and not with
// what they say. What is wrong with the input becomes a [Problem], told with
// its file and line and counted; reading goes on.
//
// Instruments take a *Log and options and give a report. They never change it.
package conversation

import (
	"fmt"
	"strconv"
	"time"
)

// Names of things. They are opaque: equal strings are the same thing.
type (
	MessageID string // one message
	ThreadID  string // messages that belong together; a topic, an issue, a mail thread
	PersonID  string // an account, an address, a pseudonym
)

// Side says on which side of the conversation somebody speaks.
type Side uint8

// The sides. Unknown is the zero value: neither the data nor the options say.
const (
	Unknown Side = iota
	Community
	Organisation
)

// String gives the word used in the project's JSONL.
func (s Side) String() string {
	switch s {
	case Community:
		return "community"
	case Organisation:
		return "organisation"
	}
	return "unknown"
}

// ParseSide reads the words of the project's JSONL; the empty word is Unknown.
func ParseSide(word string) (Side, error) {
	switch word {
	case "community":
		return Community, nil
	case "organisation", "organization":
		return Organisation, nil
	case "", "unknown":
		return Unknown, nil
	}
	return Unknown, fmt.Errorf("side %q is neither organisation nor community", word)
}

// Precision says how well a message's time is known.
type Precision uint8

// A time known to the second is Exact; a source that only knows the date says
// Day, and nobody invents hours for it.
const (
	Exact Precision = iota
	Day
)

// String gives the word used under the key time_precision.
func (p Precision) String() string {
	if p == Day {
		return "day"
	}
	return "second"
}

// Message is one message, whole. Only ID and Time are needed; a message without
// a thread opens one named after itself.
type Message struct {
	ID      MessageID
	Thread  ThreadID
	ReplyTo MessageID // empty: opens the thread, or speaks to all of it
	Author  PersonID  // empty: not known
	Side    Side

	// Department is, for the organisation's messages, who speaks; for the
	// community's, who is addressed. Empty: not said.
	Department string
	Channel    string // where: mail, mastodon, a forum's section
	Time       time.Time
	Precision  Precision
	Sequence   int64  // order among messages of equal time; 0: order of reading
	Lang       string // BCP 47; empty: not known
	Text       string

	Bot     bool      // the source says a machine wrote it
	Private bool      // the source says the public can't see it
	Deleted time.Time // when it was deleted at the source; zero: it stands
	// DeletedBy says which side deleted it; Unknown when the source doesn't say.
	DeletedBy Side

	Attributes Attributes // everything else the source said
	Origin     Origin
}

// Origin is where a message was read: Line counts from 1; 0 when it did not
// come from a file.
type Origin struct {
	File string
	Line int
}

// String is file:line, as editors take it.
func (o Origin) String() string {
	if o.Line == 0 {
		return o.File
	}
	return o.File + ":" + strconv.Itoa(o.Line)
}
