package store

import (
	"context"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Desk is what people here do with a thread.
type Desk struct {
	Thread   conversation.ThreadID `json:"thread"`
	Assignee int64                 `json:"assignee,omitempty"` // a user's ID; 0: nobody's
	Snoozed  time.Time             `json:"snoozed,omitzero"`   // until when
	Into     conversation.ThreadID `json:"into,omitempty"`     // merged into another
	Closed   time.Time             `json:"closed,omitzero"`    // set aside by hand: waits no more on this list, goes on in the measures
	Version  int                   `json:"version"`            // rises with each change
}

// Note is a word among teammates, beside a thread.
type Note struct {
	ID     int64                 `json:"id"`
	Thread conversation.ThreadID `json:"thread"`
	By     int64                 `json:"by"`
	Time   time.Time             `json:"time"`
	Text   string                `json:"text"`
}

// Canned is an answer kept ready; one sent with it is marked so for the measure of voice.
type Canned struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Lang  string `json:"lang"`
	Text  string `json:"text"`
}

// Reply is an answer to be written into a thread.
type Reply struct {
	Thread     conversation.ThreadID
	To         conversation.MessageID
	By         int64  // the user
	Author     string // the account that will be seen to speak
	Department string
	Text       string
	Canned     int64  // the canned reply it began as, if it did and hardly changed
	Key        string // the same key twice makes one reply
}

// Thanks is a gift put on record here: From was helped by To.
type Thanks struct {
	ID      string                 `json:"id"`
	From    conversation.PersonID  `json:"from"`
	To      conversation.PersonID  `json:"to"`
	Time    time.Time              `json:"time"`
	Text    string                 `json:"text"`
	Message conversation.MessageID `json:"message,omitempty"` // for which
	By      int64                  `json:"by"`
	Gone    time.Time              `json:"gone,omitzero"` // taken back
}

// Notice is something that people here should know: a crisis, a job given up.
type Notice struct {
	ID    int64     `json:"id"`
	Kind  string    `json:"kind"` // crisis, job, source, demo
	Time  time.Time `json:"time"`
	Text  string    `json:"text"` // a key of the catalogue
	Args  []string  `json:"args"`
	Link  string    `json:"link"`
	Read  time.Time `json:"read,omitzero"`
	Level string    `json:"level"` // info, warn
}

type deskAPI interface {
	Desk(ctx context.Context, id conversation.ThreadID) (Desk, error)
	// Desks gives all that differ from the zero value, by thread.
	Desks(ctx context.Context) (map[conversation.ThreadID]Desk, error)
	// Assign, Snooze, Close and MergeThread change a thread's desk and give what it was
	// before, for undo with SetDesk. ErrConflict when version isn't the kept one (-1: any).
	SetDesk(ctx context.Context, d Desk, by int64) (before Desk, err error)
	AddNote(ctx context.Context, n Note) (int64, error)
	Notes(ctx context.Context, id conversation.ThreadID) ([]Note, error)
	// Look says that a user has a thread open now; Lookers who did within the last
	// minute, and Typing who was writing.
	Look(ctx context.Context, id conversation.ThreadID, user int64, typing bool) error
	Lookers(ctx context.Context, id conversation.ThreadID) (map[int64]bool, error)
	SaveCanned(ctx context.Context, c Canned) (int64, error)
	DeleteCanned(ctx context.Context, id int64) error
	Canneds(ctx context.Context) ([]Canned, error)
	// Reply keeps an answer as a message of its thread's source, Queued, and a job
	// that sends it, in one transaction.
	Reply(ctx context.Context, r Reply) (Message, error)
	// MarkSending tells how far it went; ref is the id at its source, if that gave one.
	MarkSending(ctx context.Context, id conversation.MessageID, how Sending, ref string) error
	// SendAgain has a message sent that was Stopped.
	SendAgain(ctx context.Context, id conversation.MessageID, by int64) error
	Thank(ctx context.Context, t Thanks) (Thanks, error)
	Unthank(ctx context.Context, id string) error
	ThanksGiven(ctx context.Context, since time.Time) ([]Thanks, error)
	AddNotice(ctx context.Context, n Notice) (int64, error) // one of a kind and link at a time
	Notices(ctx context.Context, unread bool, limit int) ([]Notice, error)
	ReadNotice(ctx context.Context, id int64) error
}

var _ deskAPI = (*Store)(nil)
