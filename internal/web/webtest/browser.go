package webtest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is a Chromium without a window, on one page.
type Browser struct {
	context.Context
	T *testing.T
}

// NewBrowser starts Chromium; a machine without one skips the test.
func NewBrowser(t *testing.T) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("short: pages are not tried in a browser")
	}
	at := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			at = found
			break
		}
	}
	if at == "" {
		t.Skip("no Chromium on this machine: pages are not tried in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(at))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &Browser{ctx, t}
	b.Do() // starts it: this one step must not carry a deadline
	return b
}

// Do does steps one after the other, each within ten seconds.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	if len(steps) == 0 {
		if err := chromedp.Do(b.Context); err != nil {
			b.T.Fatal(err)
		}
	}
	for i, step := range steps {
		ctx, cancel := context.WithTimeout(b.Context, 10*time.Second)
		err := chromedp.Do(ctx, step)
		cancel()
		if err != nil {
			b.T.Fatalf("step %d at %s: %v", i+1, b.Where(), err)
		}
	}
}

// Where is the page's address.
func (b *Browser) Where() string {
	at, err := chromedp.Run(b.Context, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return at
}

// Ask asks the page something by a script of the test's own.
func Ask[T any](b *Browser, script string) T {
	b.T.Helper()
	ctx, cancel := context.WithTimeout(b.Context, 20*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.T.Fatalf("asking %s: %v", b.Where(), err)
	}
	return v
}

// Serve puts a site at an address for browsers. Who isn't nil is signed in
// there without a cookie of the browser's own.
func (h *Site) Serve(who *Visitor) string {
	h.T.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if who != nil {
			for name, value := range who.Cookies {
				if name != "lang" {
					r.AddCookie(&http.Cookie{Name: name, Value: value})
				}
			}
		}
		h.ServeHTTP(w, r)
	}))
	h.T.Cleanup(func() { h.Shut(); server.Close() })
	return server.URL
}

// Click clicks and waits for the page that comes of it, whose path is to. A click
// that a busy browser lost is made once more.
func (b *Browser) Click(selector, to string) {
	b.T.Helper()
	Ask[bool](b, `window.__left = true`)
	b.Do(chromedp.Click(selector, chromedp.NodeVisible))
	lost := time.Now().Add(7 * time.Second)
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(lost) && Ask[bool](b, `window.__left === true`) {
			lost = late
			b.Do(chromedp.Click(selector, chromedp.NodeVisible))
		}
		got := Ask[string](b, `window.__left || document.readyState !== "complete" ? "" : location.pathname`)
		if got == to {
			return
		}
		if time.Now().After(late) {
			b.T.Fatalf("clicking %s leads to %s, not %s: %.500s", selector, b.Where(), to, b.Text("main"))
		}
	}
}

// Fill writes into a field, in place of what stands there.
func (b *Browser) Fill(selector, text string) {
	b.T.Helper()
	Ask[bool](b, `document.querySelector(`+strconv.Quote(selector)+`).select(), true`)
	b.Do(chromedp.SendKeys(selector, text))
}

// Text is what a part of the page says, with plain spaces.
func (b *Browser) Text(selector string) string {
	b.T.Helper()
	return plain(Ask[string](b, `(document.querySelector(`+strconv.Quote(selector)+`) || {}).innerText || ""`))
}

// Soon waits for a part of the page to say something else than it did.
func (b *Browser) Soon(selector, other string) string {
	b.T.Helper()
	for late := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if now := b.Text(selector); now != other {
			return now
		}
		if time.Now().After(late) {
			b.T.Fatalf("%s still says %q", selector, other)
		}
	}
}

// WithLang asks for an address in a language.
func WithLang(at, l string) string {
	mark := "?"
	if strings.Contains(at, "?") {
		mark = "&"
	}
	return at + mark + "lang=" + l
}
