package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
)

// BenchOptions say what to try.
type BenchOptions struct {
	Messages int // to invent
	Asks     int // of each page
	Arrivals int // of messages, one at a time
}

// Bench measures this machine: it fills an empty house with an invented
// conversation, asks for its pages as a browser does, has messages arrive, and
// writes a table of how long that took, beside what was asked of the house. What
// it invented stays in the database.
func Bench(ctx context.Context, c Config, o Outside, options BenchOptions) error {
	b := &bench{ctx: ctx, options: options, out: o.Out}
	b.row("", "here", "asked")
	b.row("processors", strconv.Itoa(runtime.GOMAXPROCS(0)), "")
	return b.all(c, o)
}

// bench is one such trial.
type bench struct {
	ctx     context.Context
	options BenchOptions
	out     io.Writer
	house   *House
	crowd   *crowd
	browser *http.Client
}

func (b *bench) row(what, figure, asked string) {
	fmt.Fprintf(b.out, "%-40s %-28s %s\n", what, figure, asked)
}

// benchSource is the name of the invented source.
const benchSource = "bench"

func (b *bench) all(c Config, o Outside) error {
	c.Listen = "127.0.0.1:0"
	measure := o.Measure
	idle := Outside{Log: o.Log, Measure: func(context.Context, func(float64)) error { return nil }}
	house, err := Open(b.ctx, c, idle)
	if err != nil {
		return err
	}
	b.house = house
	n, err := house.Store.Counts(b.ctx)
	if err == nil && n.Messages > 0 {
		err = errors.New("bench needs an empty house: this one holds messages")
	}
	b.row("memory of an empty house, VmRSS", megabytes(status("VmRSS")), "150 MB")
	if err == nil {
		err = b.ingest()
	}
	if err != nil {
		return errors.Join(err, house.Close())
	}
	ctx, leave := context.WithCancel(b.ctx)
	ended := make(chan error, 1)
	go func() { ended <- house.Run(ctx) }()
	err = b.live()
	if err == nil {
		b.row("most memory, VmHWM", megabytes(status("VmHWM")), "512 MB")
	}
	leave()
	if err = errors.Join(err, <-ended); err != nil || measure == nil {
		return err
	}
	start := time.Now()
	err = measure(b.ctx, func(float64) {})
	b.row("all measured, in a process of its own", seconds(time.Since(start)), "")
	return err
}

// ingest has the crowd speak.
func (b *bench) ingest() error {
	s := b.house.Store
	if err := source.Save(b.ctx, s, source.Source{Name: benchSource, Kind: source.File, Title: "Bench", Config: "{}", Made: time.Now()}); err != nil {
		return err
	}
	b.crowd = newCrowd(b.options.Messages, time.Now().Add(-time.Hour), 1)
	batch := make([]conversation.Message, 0, file.Batch)
	var spent time.Duration
	for i := range b.options.Messages {
		batch = append(batch, b.crowd.next())
		if len(batch) < file.Batch && i < b.options.Messages-1 {
			continue
		}
		start := time.Now()
		if _, err := s.Append(b.ctx, benchSource, batch); err != nil {
			return err
		}
		spent += time.Since(start)
		batch = batch[:0]
	}
	b.row(fmt.Sprintf("%d messages kept, durably", b.options.Messages), fmt.Sprintf("%.0f a second", float64(b.options.Messages)/spent.Seconds()), "5000 a second")
	b.row("most memory until then, VmHWM", megabytes(status("VmHWM")), "")
	var size int64
	for _, name := range []string{"entregent.db", "entregent.db-wal"} {
		if info, err := os.Stat(filepath.Join(b.house.config.Data, name)); err == nil {
			size += info.Size()
		}
	}
	if size > 0 {
		b.row("on disk", fmt.Sprintf("%d bytes a message", size/int64(b.options.Messages)), "")
	}
	return nil
}

// live waits for the live measures, then asks for pages and has messages arrive.
func (b *bench) live() error {
	start := time.Now()
	for {
		if _, ready := b.house.Live.Ready(); ready {
			break
		}
		if err := b.ctx.Err(); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.row("first reading of the live measures", seconds(time.Since(start)), "")
	b.row("memory then, VmRSS", megabytes(status("VmRSS")), "")
	b.row("of it, what the program holds on to", megabytes(held()), "")
	if err := b.signIn(); err != nil {
		return err
	}
	thread := "/thread?id=" + url.QueryEscape(b.someThread())
	for _, page := range []struct{ name, path, asked string }{
		{"who is waiting", "/inbox", "p99 100 ms"}, {"who is waiting, one channel", "/inbox?channel=mail", "p99 100 ms"}, {"a thread", thread, ""},
		{"presence", "/presence", "p99 300 ms"}, {"whuffie", "/whuffie", "p99 300 ms"}, {"people", "/people", "p99 300 ms"},
	} {
		times, err := b.ask(page.path)
		if err != nil {
			return err
		}
		b.row(page.name, quantiles(times), page.asked)
	}
	return b.arrive()
}

// someThread is one in which somebody waits.
func (b *bench) someThread() string {
	if list, _ := b.house.Live.Appeals(live.Which{Waiting: true, Limit: 1}); len(list) > 0 {
		return string(list[0].Thread)
	}
	return benchSource + "/t1"
}

// signIn comes in as the first administrator, by a link.
func (b *bench) signIn() error {
	link, err := b.house.Web.FirstLink(b.ctx)
	if err != nil {
		return err
	}
	at, err := url.Parse(link)
	if err != nil {
		return err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	b.browser = &http.Client{Jar: jar}
	r, err := http.NewRequestWithContext(b.ctx, http.MethodPost, b.house.URL+"/link", strings.NewReader(url.Values{"token": at.Query()["token"]}.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.fetch(r)
}

func (b *bench) fetch(r *http.Request) error {
	answer, err := b.browser.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("asking for %s: %s", r.URL.Path, answer.Status)
	}
	return nil
}

// ask asks for a page many times.
func (b *bench) ask(path string) (times []time.Duration, err error) {
	for range b.options.Asks {
		r, err := http.NewRequestWithContext(b.ctx, http.MethodGet, b.house.URL+path, nil)
		if err != nil {
			return nil, err
		}
		start := time.Now()
		if err := b.fetch(r); err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
	}
	return times, nil
}

// arrive has messages arrive one at a time, and tells how long the live measures
// took to know each.
func (b *bench) arrive() error {
	var kept, known []time.Duration
	for range b.options.Arrivals {
		start := time.Now()
		if _, err := b.house.Store.Append(b.ctx, benchSource, []conversation.Message{b.crowd.next()}); err != nil {
			return err
		}
		kept = append(kept, time.Since(start))
		start = time.Now()
		if err := b.house.Live.CatchUp(b.ctx); err != nil {
			return err
		}
		known = append(known, time.Since(start))
	}
	b.row("one message kept, durably", quantiles(kept), "")
	b.row("and known to the live measures", quantiles(known), "50 ms")
	return nil
}

// quantiles says the median and the 99th percentile.
func quantiles(times []time.Duration) string {
	if len(times) == 0 {
		return "?"
	}
	slices.Sort(times)
	at := func(q float64) float64 {
		return float64(times[min(len(times)-1, int(q*float64(len(times))))].Microseconds()) / 1000
	}
	return fmt.Sprintf("p50 %.1f ms, p99 %.1f ms", at(.5), at(.99))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// held is what is left on the heap when its garbage is collected, in bytes.
func held() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// status reads a line of what Linux tells of this process, in bytes; 0 elsewhere.
func status(name string) int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), name+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	k, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return k << 10
}

func megabytes(n int64) string {
	if n == 0 {
		return "?"
	}
	return fmt.Sprintf("%d MB", n>>20)
}
