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
	"cmp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
	"github.com/entregent/entregent/whuffie"
)

// Live is the present state of the measures. It is safe for many goroutines.
type Live struct {
	store *store.Store
	opt   Options

	turn     sync.Mutex    // who applies changes: one at a time
	first    sync.Mutex    // who reads everything
	followed atomic.Bool   // by Follow, who then is the one to read everything
	anew     chan struct{} // tells Follow that it has to

	mu sync.Mutex
	measures
	acts     []whuffie.Event // the thanks of the conversation at a version of gifts
	version  int
	standing *standing
	read     float64 // of the first reading
	ready    bool
	over     chan struct{} // closed when it is
	change   int64         // the newest that is applied
	figures  Figures
	figured  time.Time // when, by the machine
	asked    time.Time // when, by the house
	listen   map[chan int64]bool
	watch    watch
}

// Options say how to measure.
type Options struct {
	Now      func() time.Time // the clock; time.Now if nil
	Names    []string         // how the organisation is addressed
	Location *time.Location
	Presence presence.Options         // more of how presence is measured; Names and Location above stand for its own
	Whuffie  entregent.WhuffieOptions // how standing is measured; Until is the present, 2^18 walks and the seed 1 if not said
	Progress func(done float64)       // while reading for the first time
}

// Open reads a store and stands ready to follow it. It returns at once; Ready
// tells when the first reading, which Follow does, is over.
func Open(s *store.Store, o Options) *Live {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Whuffie.Walks, o.Whuffie.Seed = cmp.Or(o.Whuffie.Walks, 1<<18), cmp.Or(o.Whuffie.Seed, 1)
	o.Presence.Names, o.Presence.Location = o.Names, o.Location
	return &Live{store: s, opt: o, listen: map[chan int64]bool{}, anew: make(chan struct{}, 1), over: make(chan struct{})}
}

// Ready tells how much of the first reading is done, 0 to 1, and whether all of
// it is.
func (l *Live) Ready() (done float64, ready bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.read, l.ready
}

// Change is the number of the newest change that the figures know.
func (l *Live) Change() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.change
}

// Subscribe gives the number of the newest change each time it moves; who is slow
// gets the last one only. Stop ends it.
func (l *Live) Subscribe() (changes <-chan int64, stop func()) {
	c := make(chan int64, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listen[c] = true
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.listen, c)
	}
}

// tell lets subscribers know the newest change.
func (l *Live) tell() {
	for c := range l.listen {
		select {
		case <-c:
		default:
		}
		c <- l.change // it has room: nobody else fills it
	}
}
