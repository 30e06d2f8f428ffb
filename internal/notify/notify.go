// Package notify is the way out for words: answers written at the desk, mails to
// the people of the house, and hooks, which tell other programs what changed.
//
// An answer is a message of the store that is Queued, and a job that sends it
// (Sender). How it goes depends on its source's kind:
//
//   - mail: as a mail to whom it answers, in the same thread (In-Reply-To,
//     References). Its Message-ID is made of the message's ID, so that trying
//     again sends the same mail, and so that it is known when the mailbox is read
//     next.
//   - file: as a line of DATA/outgoing/SOURCE.jsonl, in the form that
//     [conversation.Read] reads, on disk before the message is Sent. Whoever
//     brought the file carries the answers back, and may take the file away. With
//     several processes, DATA/outgoing should be one folder that all of them see.
//   - api: it stays Queued until the program that brought the messages fetches it
//     (GET /api/outgoing) and says so.
//   - demo: nowhere; it is Sent at once.
//
// A mail or hook may arrive twice when a process dies between sending and noting
// it down: both carry a name that stays the same, by which the receiver knows.
package notify

import (
	"errors"
	"time"
)

// failure is an error that says how to go on: never, or after a time. The runner
// of jobs asks it.
type failure struct {
	error
	final bool
	wait  time.Duration
}

func (f *failure) Unwrap() error             { return f.error }
func (f *failure) Permanent() bool           { return f.final }
func (f *failure) RetryAfter() time.Duration { return f.wait }

// never is a failure that trying again can't mend.
func never(err error) error { return &failure{error: err, final: true} }

// final is true of such a failure.
func final(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.final
}
