package source

import (
	"context"
	"errors"
	"strings"

	"github.com/entregent/entregent/internal/store"
)

// Sender gives answers to the place that the messages of a source came from.
type Sender interface {
	// Send gives an answer to its place and returns the id that it has there, or ""
	// where that is the answer's own (see [Answer.ID]). A process may end between
	// sending and noting it down, so that Send is called again: the place then has
	// the answer once, or twice under one id by which it knows. An error that is
	// permanent (see job.Permanent) says that trying again can't mend it;
	// [ErrFetched] isn't a failure.
	Send(ctx context.Context, src Source, a Answer) (ref string, err error)
}

// Answer is a message written here on its way to its source.
type Answer struct {
	store.Message
	// Asked is the message that it answers: the one it names, or the newest of the
	// community in its thread. Its ID is "" when there is none.
	Asked store.Message
}

// ErrFetched is what a Sender gives for a place that fetches answers itself: the
// answer stays Queued until the place says that it has it.
var ErrFetched = errors.New("its place fetches it")

// LocalID is an id as its source knows it, without the source's name.
func LocalID[T ~string](id T, source string) string {
	return strings.TrimPrefix(string(id), source+"/")
}
