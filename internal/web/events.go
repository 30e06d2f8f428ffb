package web

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/account"
)

// Open pages are told when something moved: a number each time, by which they
// know to ask again. What moved is not in it, so that nobody is told more than a
// page would show.
var eventRoutes = []Route{
	{Method: http.MethodGet, Path: "/events", Name: "events", Allow: account.SignedIn, Scope: account.Read, Raw: events},
}

// Streams end after a while, so that who may listen is asked again; browsers come
// back by themselves.
const (
	streamLifetime = 10 * time.Minute
	heartbeat      = 20 * time.Second
	streamsEach    = 12   // of one user
	streamsAll     = 2000 // in all
)

// listeners count who listens.
type listeners struct {
	sync.Mutex
	all  int
	each map[int64]int
}

func (l *listeners) come(user int64) bool {
	l.Lock()
	defer l.Unlock()
	if l.all >= streamsAll || l.each[user] >= streamsEach {
		return false
	}
	if l.each == nil {
		l.each = map[int64]int{}
	}
	l.all++
	l.each[user]++
	return true
}

func (l *listeners) leave(user int64) {
	l.Lock()
	defer l.Unlock()
	l.all--
	if l.each[user]--; l.each[user] == 0 {
		delete(l.each, user)
	}
}

// events streams the numbers of changes as server-sent events. One that comes
// back with Last-Event-ID is told at once if it missed something.
func events(r *Request, w http.ResponseWriter) {
	s := r.Server
	if !s.listeners.come(r.User.ID) {
		s.Fail(r, ErrTooMany)
		return
	}
	defer s.listeners.leave(r.User.ID)
	s.gauges.streams.Inc()
	defer s.gauges.streams.Dec()

	changes, stop := s.Live.Subscribe()
	defer stop()
	last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64)
	known := s.Live.Figures().Change
	if err != nil || last > known {
		last = known
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy that would wait for more
	out := stream{w, http.NewResponseController(w)}
	if out.send("retry: 3000\n: listening from %d\n\n", last) && (known == last || out.change(known)) {
		out.follow(r, changes)
	}
}

// stream is an answer that goes on.
type stream struct {
	w   http.ResponseWriter
	out *http.ResponseController
}

// send writes at once; false when nobody is there any more.
func (s stream) send(format string, args ...any) bool {
	s.out.SetWriteDeadline(time.Now().Add(heartbeat)) //nolint:errcheck // some writers have none
	_, err := fmt.Fprintf(s.w, format, args...)
	return err == nil && s.out.Flush() == nil
}

// change sends the number of a change.
func (s stream) change(n int64) bool { return s.send("id: %d\ndata: %d\n\n", n, n) }

// follow sends changes, and a heartbeat between them, until the stream's lifetime is
// over, the server closes or nobody is there any more.
func (s stream) follow(r *Request, changes <-chan int64) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	end := time.After(streamLifetime)
	for {
		select {
		case n, open := <-changes:
			if !open || !s.change(n) {
				return
			}
		case <-beat.C:
			if !s.send(": here\n\n") {
				return
			}
		case <-end:
			return
		case <-r.Server.streams:
			return
		case <-r.Context().Done():
			return
		}
	}
}
