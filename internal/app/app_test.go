package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/export"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/store"
)

// home is a house that runs, and a browser in it.
type home struct {
	*House
	t       *testing.T
	browser *http.Client
	end     func() // closes the house, once
}

// moveIn opens a house on a database and signs in by its first link.
func moveIn(t *testing.T, c Config, o Outside) *home {
	t.Helper()
	c.Listen, c.Level = "127.0.0.1:0", "warn"
	var said bytes.Buffer
	o.Out, o.Log = &said, slog.New(slog.NewTextHandler(testLog{t}, nil))
	ctx, cancel := context.WithCancel(t.Context())
	house, err := Open(ctx, c, o)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	link, err := house.Web.FirstLink(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- house.Run(ctx) }()
	h := &home{House: house, t: t}
	h.end = func() {
		if cancel == nil {
			return
		}
		cancel()
		cancel = nil
		if err := <-ended; err != nil {
			t.Errorf("the house ended badly: %v", err)
		}
	}
	t.Cleanup(h.end)
	h.signIn(link)
	return h
}

// signIn opens a link as a person would, in a browser of her own.
func (h *home) signIn(link string) {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.browser = &http.Client{Jar: jar, Timeout: time.Minute}
	at, err := url.Parse(link)
	if err != nil {
		h.t.Fatal(err)
	}
	h.send("/link", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"token": at.Query()["token"]}.Encode()))
}

// testLog writes a log into a test's.
type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	if l.t.Context().Err() == nil {
		l.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

// send posts to a page and gives the page at which it ends.
func (h *home) send(path, kind string, body io.Reader) (page string, at *url.URL) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), "POST", h.URL+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", h.URL)
	return h.answer(h.browser.Do(r))
}

// get reads a page.
func (h *home) get(path string) string {
	h.t.Helper()
	page, _ := h.answer(h.browser.Get(h.URL + path))
	return page
}

func (h *home) answer(r *http.Response, err error) (string, *url.URL) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		h.t.Fatalf("%s %s: %s %v\n%.2000s", r.Request.Method, r.Request.URL.Path, r.Status, err, page)
	}
	return string(page), r.Request.URL
}

// bring drops a file, looks at it, imports it and waits until that is done.
func (h *home) bring(name string, text io.Reader) jobTold {
	h.t.Helper()
	return h.wait(h.begin(name, text))
}

// begin drops a file, looks at it and asks for its import, which it names.
func (h *home) begin(name string, text io.Reader) (id string) {
	h.t.Helper()
	body, to := io.Pipe()
	form := multipart.NewWriter(to)
	go func() {
		part, err := form.CreateFormFile("file", name)
		if err == nil {
			_, err = io.Copy(part, text)
		}
		if err == nil {
			err = form.Close()
		}
		to.CloseWithError(err)
	}()
	page, _ := h.send("/sources/preview", form.FormDataContentType(), body)
	_, sent, ok := strings.Cut(page, `action="/sources/import"`)
	if !ok {
		h.t.Fatalf("nothing can be imported: %.3000s", page)
	}
	values := url.Values{}
	for _, field := range regexp.MustCompile(`name="([a-z_]+)" value="([^"]*)"`).FindAllStringSubmatch(sent, -1) {
		values.Set(field[1], field[2])
	}
	_, at := h.send("/sources/import", "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
	return at.Query().Get("id")
}

// job asks how a job is.
func (h *home) job(id string) (j jobTold) {
	h.t.Helper()
	if err := json.Unmarshal([]byte(h.get("/api/job?id="+id)), &j); err != nil {
		h.t.Fatal(err)
	}
	return j
}

// jobTold is what the API says of a job.
type jobTold struct {
	State    string  `json:"state"`
	Progress float64 `json:"progress"`
	Error    string  `json:"error"`
	Kept     struct {
		Added, Edited, Same, Lost int
	} `json:"kept"`
}

// wait asks how a job is until it is over.
func (h *home) wait(id string) (j jobTold) {
	h.t.Helper()
	for range 600 {
		if j = h.job(id); j.State == "done" || j.State == "stopped" {
			return j
		}
		time.Sleep(100 * time.Millisecond)
	}
	h.t.Fatalf("the job %s is %s after a minute: %s", id, j.State, j.Error)
	return j
}

// shared opens a file that isn't a part of the project, or skips the test.
func shared(t *testing.T, name string) *os.File {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			break
		}
		if at == filepath.Dir(at) {
			t.Skip("no go.mod above the test")
		}
		at = filepath.Dir(at)
	}
	f, err := os.Open(filepath.Join(at, "..", "shared", "data", name))
	if err != nil {
		t.Skipf("%s isn't here: %v", name, err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// The development forum comes in through the page; the time is told, not judged.
func TestForumThroughThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("42,825 messages")
	}
	f := shared(t, "conv/en_forum_openenergymonitor.jsonl.zst")
	h := moveIn(t, Config{Data: t.TempDir()}, Outside{Measure: func(context.Context, func(float64)) error { return nil }})
	start := time.Now()
	j := h.bring("openenergymonitor.jsonl.zst", f)
	t.Logf("looked at and imported in %.1f s", time.Since(start).Seconds())
	if j.State != "done" || j.Kept.Added != 42825 || j.Kept.Lost != 0 {
		t.Fatalf("%+v", j)
	}
	n, err := h.Store.Counts(t.Context())
	if err != nil || n.Messages != 42825 {
		t.Fatal(n, err)
	}
}

// few is a conversation in which the organisation answers some.
func few(n int) string {
	var b strings.Builder
	at := time.Now().Add(-30 * 24 * time.Hour).UTC()
	for i := range n {
		when := at.Add(time.Duration(i) * time.Hour)
		fmt.Fprintf(&b, `{"id":"q%d","author":"asker%d","side":"community","channel":"forum","time":%q,"text":"How do I set up part %d? It doesn't work."}`+"\n", i, i%40, when.Format(time.RFC3339), i)
		if i%3 > 0 {
			fmt.Fprintf(&b, `{"id":"a%d","author":"ana","side":"organisation","channel":"forum","reply_to":"q%d","time":%q,"text":"Open the lid and press the blue button for three seconds, part %d starts then."}`+"\n", i, i, when.Add(2*time.Hour).Format(time.RFC3339), i)
			fmt.Fprintf(&b, `{"id":"t%d","author":"asker%d","side":"community","channel":"forum","reply_to":"a%d","time":%q,"text":"Thank you so much, that solved it!"}`+"\n", i, i%40, i, when.Add(3*time.Hour).Format(time.RFC3339))
		}
	}
	return b.String()
}

// A house from its first minute: a file comes in, everything is measured, the
// pages of the measures and the public page show it, and the house closes well.
func TestHouse(t *testing.T) {
	h := moveIn(t, Config{Data: t.TempDir()}, Outside{})
	if j := h.bring("forum.jsonl", strings.NewReader(few(300))); j.Kept.Added != 700 {
		t.Fatalf("%+v", j)
	}
	measured(t, h)
	for path, says := range map[string]string{
		"/presence": `<section id="six"`, "/presence?lang=fr": "Présence", "/gap": "Not enough yet", "/whuffie": `<section id="whuffie"`,
		"/public": "only you see it", "/reads": "forum.jsonl", "/sources": "forum.jsonl",
	} {
		if page := h.get(path); !strings.Contains(page, says) || strings.Contains(page, "⟨") {
			t.Errorf("%s doesn't say %s:\n%.1500s", path, says, page)
		}
		h.get("/presence?lang=en")
	}
	var p struct {
		Report struct {
			Version string
			Waiting struct {
				Count int
				List  []any
			}
		}
	}
	if err := json.Unmarshal([]byte(h.get("/api/presence")), &p); err != nil {
		t.Fatal(err)
	}
	if p.Report.Version == "" || p.Report.Waiting.Count == 0 || len(p.Report.Waiting.List) > 0 {
		t.Errorf("the report says %+v", p.Report)
	}
	for _, path := range []string{"/api/presence", "/api/gap"} { // readers see these
		if told := h.get(path); regexp.MustCompile(`asker\d`).MatchString(told) {
			t.Errorf("%s names somebody of the community: %s", path, told)
		}
	}
	exported(t, h)
	tidied(t, h)
	h.end()
}

// tidied: texts stay as long as was promised, and no longer.
func tidied(t *testing.T, h *home) {
	t.Helper()
	left := func() (texts int) {
		t.Helper()
		if err := h.tidy(t.Context(), job.Job{}, nil); err != nil {
			t.Fatal(err)
		}
		err := h.Store.Each(t.Context(), store.Range{}, func(m store.Message) error {
			if m.Text != "" {
				texts++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return texts
	}
	if n := left(); n != 700 {
		t.Errorf("%d texts are left of 700 that came in today", n)
	}
}

// exported writes every table in every form, twice the same; pseudonymous ones
// name nobody.
func exported(t *testing.T, h *home) {
	t.Helper()
	for _, table := range export.Tables {
		for _, form := range export.Forms {
			var first, second bytes.Buffer
			for _, out := range []*bytes.Buffer{&first, &second} {
				if err := Export(t.Context(), h.Store, out, table, export.Options{Form: form}, true); err != nil {
					t.Fatal(err)
				}
			}
			if first.Len() == 0 || !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("%s as %s: %d bytes, then %d", table, form, first.Len(), second.Len())
			}
			if strings.Contains(first.String(), "asker1") {
				t.Errorf("%s as %s names somebody", table, form)
			}
		}
	}
	var open bytes.Buffer
	if err := Export(t.Context(), h.Store, &open, export.Answers, export.Options{Form: export.JSONL}, false); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(open.String(), "\n"); n < 250 || !strings.Contains(open.String(), "forum/q7") {
		t.Errorf("%d answers: %.300s", n, open.String())
	}
}

// measured waits until a report is there that knows everything.
func measured(t *testing.T, h *home) {
	t.Helper()
	for range 300 {
		r, err := measuring.LatestReport(t.Context(), h.Store, measuring.Job)
		if err == nil {
			if newest, err := h.Store.LastChange(t.Context()); err == nil && newest-r.Change <= 4 {
				return
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("nothing was measured in half a minute")
}
