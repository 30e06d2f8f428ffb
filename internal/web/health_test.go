package web_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestHealth(t *testing.T) {
	h := webtest.New(t)
	v := h.Stranger()
	if a := v.Get("/healthz"); a.Body != "ok\n" {
		t.Errorf("/healthz: %q", a.Body)
	}
	h.Hears("forum", webtest.Message("1", "ada@people.example", "How does it work?"))
	var ready struct {
		Ready, Store bool
		Read         float64
	}
	v.JSON("/readyz", &ready)
	if !ready.Ready || !ready.Store || ready.Read != 1 {
		t.Errorf("/readyz: %+v", ready)
	}
	v.Try("/metrics").Wants(http.StatusNotFound) // from 192.0.2.1, nobody in particular
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:999"
	a := v.Do(r).Wants(http.StatusOK)
	a.Has(`entregent_requests_total{route="healthz",status="200"} 1`, "entregent_messages", "go_goroutines")
	a.Lacks("ada@people")
	r = httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:999"
	r.Header.Set("X-Forwarded-For", "203.0.113.9") // through the proxy of the machine
	v.Do(r).Wants(http.StatusNotFound)
	h.As(account.Reader).Get("/metrics")
	h.As(account.Member).Try("/metrics").Wants(http.StatusNotFound)
	if err := h.Store.Close(); err != nil {
		t.Fatal(err)
	}
	v.Try("/readyz").Wants(http.StatusServiceUnavailable)
	v.Get("/healthz")
}

// stream opens /events as somebody and gives its lines.
func stream(t *testing.T, at string, v *webtest.Visitor, last string) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", at+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("/events: %s %s", a.Status, a.Header.Get("Content-Type"))
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = a.Body.Close() }()
		for in := bufio.NewScanner(a.Body); in.Scan(); {
			lines <- in.Text()
		}
	}()
	return lines
}

// expect waits for a line with a beginning.
func expect(t *testing.T, lines <-chan string, begin string) string {
	t.Helper()
	late := time.After(5 * time.Second)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatalf("the stream ended without %q", begin)
			}
			if strings.HasPrefix(line, begin) {
				return line
			}
		case <-late:
			t.Fatalf("no line %q", begin)
		}
	}
}

func TestEventsMoveOpenPages(t *testing.T) {
	h := webtest.New(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	ada := h.As(account.Teammate)
	lines := stream(t, server.URL, ada, "")
	expect(t, lines, ": listening")
	h.Hears("forum", webtest.Message("1", "bo@people.example", "How?"))
	id := expect(t, lines, "id: ")
	expect(t, lines, "data: ")

	missed := stream(t, server.URL, ada, "0") // somebody whose connection broke before
	if got := expect(t, missed, "id: "); got != id {
		t.Errorf("told %q, not %q", got, id)
	}
	h.Stranger().Try("/events").Wants(http.StatusSeeOther) // to signing in
}

func TestStreamsEndWithTheServer(t *testing.T) {
	h := webtest.New(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	ada := h.As(account.Teammate)
	var open []<-chan string
	for range 12 {
		open = append(open, stream(t, server.URL, ada, ""))
	}
	ada.Try("/events").Wants(http.StatusTooManyRequests)
	h.Shut()
	for _, lines := range open {
		late := time.After(5 * time.Second)
		for ended := false; !ended; {
			select {
			case _, more := <-lines:
				ended = !more
			case <-late:
				t.Fatal("a stream goes on after the server closed")
			}
		}
	}
	ended := make(chan error)
	go func() { ended <- server.Config.Shutdown(t.Context()) }()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("streams keep the server from shutting down")
	}
}
