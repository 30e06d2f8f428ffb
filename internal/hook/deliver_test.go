package hook

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/reach"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

var noTell = func(float64, string) {}

// ear is a hook that keeps what it is told.
type ear struct {
	*httptest.Server
	mu     sync.Mutex
	answer int
	header http.Header // of its answer
	got    []Delivery
	ids    []string
	bodies []string
	signed []bool
}

func listen(t *testing.T, secret string) *ear {
	e := &ear{answer: http.StatusNoContent, header: http.Header{}}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		var d Delivery
		if err := json.Unmarshal(body, &d); err != nil {
			t.Error(err)
		}
		stamp, _ := strconv.ParseInt(r.Header.Get("webhook-timestamp"), 10, 64)
		e.got, e.ids, e.bodies = append(e.got, d), append(e.ids, r.Header.Get("webhook-id")), append(e.bodies, string(body))
		e.signed = append(e.signed, r.Header.Get("webhook-signature") == Sign(secret, r.Header.Get("webhook-id"), stamp, body) && time.Since(time.Unix(stamp, 0)) < time.Minute)
		for key := range e.header {
			w.Header().Set(key, e.header.Get(key))
		}
		w.WriteHeader(e.answer)
	}))
	t.Cleanup(e.Close)
	return e
}

// hook makes a house with a hook, and something to tell it.
func newHook(t *testing.T, url string, kinds ...store.Kind) (*Dispatcher, job.Job) {
	t.Helper()
	s, _ := storetest.SQLite(t)
	id, err := Save(t.Context(), s, Hook{URL: url, Secret: "geheim", Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	return &Dispatcher{Store: s, AllowPrivate: func(context.Context) bool { return true }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))},
		job.Job{Kind: Job, Key: strconv.FormatInt(id, 10)}
}

func happen(t *testing.T, s *store.Store, n int) {
	t.Helper()
	for range n {
		if _, err := inbox.AddNote(t.Context(), s, inbox.Note{Thread: "forum/1", Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
}

// The example of the Standard Webhooks specification, as its libraries test it:
// https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/go/webhook_test.go
func TestSign(t *testing.T) {
	got := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if a, b := Sign("a", "1", 2, nil), Sign("b", "1", 2, nil); a == b {
		t.Error("another secret, the same signature")
	}
}

func TestTell(t *testing.T) {
	e := listen(t, "geheim")
	h, j := newHook(t, e.URL+"/in", store.DeskChanged)
	happen(t, h.Store, 130)
	if err := settings.Set(t.Context(), h.Store, map[string]string{"a": "b"}); err != nil { // it didn't ask for these
		t.Fatal(err)
	}
	if err := h.Deliver(t.Context(), j, noTell); err != nil {
		t.Fatal(err)
	}
	if err := h.Deliver(t.Context(), j, noTell); err != nil { // nothing new: nothing said
		t.Fatal(err)
	}
	if len(e.got) != 2 || len(e.got[0].Changes) != 100 || len(e.got[1].Changes) != 30 || slices.Contains(e.signed, false) {
		t.Fatalf("%d deliveries, signed %v", len(e.got), e.signed)
	}
	want := int64(1)
	for _, d := range e.got {
		for _, c := range d.Changes {
			if c.N != want || c.Kind != store.DeskChanged || c.Subject != "forum/1" {
				t.Fatalf("change %d is %+v", want, c)
			}
			want++
		}
	}
	last, _ := h.Store.LastChange(t.Context())
	if hooks, _ := List(t.Context(), h.Store); hooks[0].Upto != last {
		t.Errorf("told up to %d of %d", hooks[0].Upto, last)
	}
}

// A delivery that is tried again is the same, though more has happened.
func TestTellAgain(t *testing.T) {
	e := listen(t, "geheim")
	h, j := newHook(t, e.URL)
	happen(t, h.Store, 3)
	e.answer = http.StatusServiceUnavailable
	e.header.Set("Retry-After", "120")
	err := h.Deliver(t.Context(), j, noTell)
	var busy interface{ RetryAfter() time.Duration }
	if !errors.As(err, &busy) || busy.RetryAfter() != 2*time.Minute || job.IsPermanent(err) {
		t.Fatalf("busy: %v", err)
	}
	happen(t, h.Store, 2)
	e.answer = http.StatusOK
	if err := h.Deliver(t.Context(), j, noTell); err != nil {
		t.Fatal(err)
	}
	if len(e.ids) != 3 || e.ids[0] != e.ids[1] || e.bodies[0] != e.bodies[1] || e.ids[1] == e.ids[2] || len(e.got[2].Changes) != 2 {
		t.Errorf("told %q: %q", e.ids, e.bodies)
	}
}

func TestGone(t *testing.T) {
	e := listen(t, "geheim")
	h, j := newHook(t, e.URL)
	happen(t, h.Store, 1)
	e.answer = http.StatusGone
	if err := h.Deliver(t.Context(), j, noTell); !job.IsPermanent(err) {
		t.Errorf("gone: %v", err)
	}
	e.answer = http.StatusOK
	hooks, _ := List(t.Context(), h.Store)
	if hooks[0].Off.IsZero() || hooks[0].Secret != "geheim" {
		t.Errorf("it is still on: %+v", hooks[0])
	}
	if err := h.Deliver(t.Context(), j, noTell); err != nil || len(e.got) != 1 {
		t.Errorf("turned off it was told again: %v", err)
	}
}

// A hook that nobody answers at is tried for more than a day, and then turned off:
// the notice of that is a change too, and must not begin it all anew.
func TestTurnedOff(t *testing.T) {
	h, j := newHook(t, "http://127.0.0.1:1/in?secret")
	happen(t, h.Store, 1)
	var waited time.Duration
	for j.Attempt = 1; ; j.Attempt++ {
		err := h.Deliver(t.Context(), j, noTell)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Fatal(err)
		}
		if job.IsPermanent(err) {
			break
		}
		var busy interface{ RetryAfter() time.Duration }
		if !errors.As(err, &busy) {
			t.Fatal(err)
		}
		waited += busy.RetryAfter()
	}
	if hooks, _ := List(t.Context(), h.Store); j.Attempt != 8 || waited < 24*time.Hour || hooks[0].Off.IsZero() || hooks[0].Upto != 0 {
		t.Errorf("given up after %d attempts in %s: %+v", j.Attempt, waited, hooks[0])
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	h, j = newHook(t, "http://127.0.0.1:1/in")
	happen(t, h.Store, 1)
	j.Attempt = 8
	if err := h.Deliver(ended, j, noTell); err == nil || job.IsPermanent(err) {
		t.Errorf("broken off: %v", err)
	}
}

func TestRedirectRefused(t *testing.T) {
	other := listen(t, "geheim")
	e := listen(t, "geheim")
	h, j := newHook(t, e.URL)
	happen(t, h.Store, 1)
	e.answer = http.StatusTemporaryRedirect
	e.header.Set("Location", other.URL)
	if err := h.Deliver(t.Context(), j, noTell); err == nil || len(other.got) > 0 {
		t.Errorf("redirected: %v; the other got %d", err, len(other.got))
	}
}

// Whoever may set a hook reaches nothing inside with it.
func TestInside(t *testing.T) {
	e := listen(t, "geheim")
	h, j := newHook(t, strings.Replace(e.URL, "http://127.0.0.1", "https://localhost", 1)+"/secret-path")
	h.AllowPrivate = nil
	happen(t, h.Store, 1)
	err := h.Deliver(t.Context(), j, noTell)
	if !errors.Is(err, reach.ErrPrivate) || !job.IsPermanent(err) || len(e.got) > 0 || strings.Contains(err.Error(), "secret") {
		t.Errorf("a name of this machine: %v", err)
	}
	for address, fine := range map[string]bool{"https://example.org/in?k=1": true, "http://example.org": false, "https://u:p@example.org": false,
		"ftp://example.org": false, "https://": false, "example.org": false, "": false, "https://[": false} {
		if err := Check(address, false); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// What happens becomes a job, once, however many follow.
func TestFollow(t *testing.T) {
	h, j := newHook(t, "https://example.org")
	happen(t, h.Store, 1)
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			if err := h.Follow(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	var jobs []job.Job
	for until := time.Now().Add(10 * time.Second); len(jobs) == 0 && time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		jobs, _ = job.Jobs(t.Context(), h.Store, 0)
	}
	time.Sleep(1500 * time.Millisecond) // a job added wakes those who follow: they add no other
	cancel()
	all.Wait()
	jobs, err := job.Jobs(t.Context(), h.Store, 0)
	if err != nil || len(jobs) != 1 || jobs[0].Kind != Job || jobs[0].Key != j.Key {
		t.Errorf("jobs %+v, %v", jobs, err)
	}
}
