package web

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Open pages are told when something moved: a number each time, by which they
// know to ask again. What moved is not in it, so that nobody is told more than a
// page would show her.
var eventRoutes = []Route{
	{Method: http.MethodGet, Path: "/events", Name: "events", Allow: SignedIn, Scope: Read, Raw: events},
}

// Streams end after a while, so that who may listen is asked again; browsers come
// back by themselves.
const (
	streamLasts = 10 * time.Minute
	heartbeat   = 20 * time.Second
	streamsEach = 12   // from one person
	streamsAll  = 2000 // of the house
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
		s.fail(r, errTooMany)
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
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy that would wait for more
	tell := func(format string, args ...any) bool {
		out.SetWriteDeadline(time.Now().Add(heartbeat)) //nolint:errcheck // some writers have none
		_, err := fmt.Fprintf(w, format, args...)
		return err == nil && out.Flush() == nil
	}
	if !tell("retry: 3000\n: listening from %d\n\n", last) || known > last && !tell("id: %d\ndata: %d\n\n", known, known) {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	end := time.After(streamLasts)
	for {
		select {
		case n, open := <-changes:
			if !open || !tell("id: %d\ndata: %d\n\n", n, n) {
				return
			}
		case <-beat.C:
			if !tell(": here\n\n") {
				return
			}
		case <-end:
			return
		case <-s.streams:
			return
		case <-r.Context().Done():
			return
		}
	}
}
