package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"sync"

	"github.com/valyala/fastjson"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/internal/open"
)

// scoreCommand adds values to messages, one line at a time.
type scoreCommand struct {
	Files     []string `arg:"" optional:"" name:"file" help:"JSONL, plain, .gz or .zst; none or - is standard input."`
	Yardstick string   `short:"y" default:"schwartz" placeholder:"NAME|FILE" help:"schwartz, schwartz10, schwartz4, fosse, or a file of your own."`
	Strict    bool     `help:"Stop at the first line that is no message."`
}

// Help is what --help adds.
func (scoreCommand) Help() string {
	return `Each line comes out as it was, with
  "values"  how probable it is that a reader finds each value in the text,
  "labels"  the values above their threshold,
  "spans"   what in the text speaks for them: bytes of the text, the share of the log-odds.

Example:

    zstdcat forum.jsonl.zst | entregent score --yardstick fosse > scored.jsonl`
}

// batch is how many lines are scored at once: memory doesn't grow with the file.
const batch = 2048

// Run filters.
func (c *scoreCommand) Run(s *step) error {
	model, err := yardstick(c.Yardstick, nil, nil)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<18)
	f := &filter{names: model.Yardstick.Names(), out: out, strict: c.Strict}
	for range runtime.GOMAXPROCS(0) {
		f.hands = append(f.hands, &hand{scorer: model.Scorer(), names: f.names, ids: model.Yardstick.IDs()})
	}
	files := c.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := f.file(s, name); err != nil {
			return err
		}
	}
	if f.bad > 0 {
		said := "lines are no messages and came out as they were; the first is"
		if f.bad == 1 {
			said = "line is no message and came out as it was:"
		}
		fmt.Fprintf(s.err, "%d %s %v\n", f.bad, said, f.first)
	}
	return out.Flush()
}

// filter scores lines in batches, on all cores, and keeps their order.
type filter struct {
	hands  []*hand
	names  []string
	out    *bufio.Writer
	strict bool
	bad    int
	first  error
}

func (f *filter) file(s *step, name string) error {
	in := io.NopCloser(s.in)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("opening %s: %w", name, errors.Unwrap(err))
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	in, err := open.Unpack(in)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	defer func() { _ = in.Close() }()
	r := bufio.NewReaderSize(in, 1<<18)
	line := 0
	var lines [][]byte
	for {
		l, err := r.ReadBytes('\n')
		if len(l) > 0 {
			lines = append(lines, bytes.TrimRight(l, "\r\n"))
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if len(lines) == batch || err == io.EOF {
			if err := f.flush(name, line, lines); err != nil {
				return err
			}
			line += len(lines)
			lines = lines[:0]
		}
		if err == io.EOF {
			return nil
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
	}
}

func (f *filter) flush(name string, before int, lines [][]byte) error {
	wrong := make([]error, len(lines))
	var wait sync.WaitGroup
	n := len(f.hands)
	for k, h := range f.hands {
		wait.Go(func() {
			for i := k * len(lines) / n; i < (k+1)*len(lines)/n; i++ {
				lines[i], wrong[i] = h.score(lines[i])
			}
		})
	}
	wait.Wait()
	for i, l := range lines {
		if wrong[i] != nil {
			err := fmt.Errorf("%s:%d: %w", name, before+i+1, wrong[i])
			if f.strict {
				return err
			}
			f.bad++
			if f.first == nil {
				f.first = err
			}
		}
		if _, err := f.out.Write(append(l, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// hand scores lines: one goroutine's.
type hand struct {
	scorer *ethos.Scorer
	names  []string
	ids    []string
	parser fastjson.Parser
	arena  fastjson.Arena
	p      []float64
}

var errNoText = errors.New("no JSON object with a text")

// score gives the line with its values; a line that is no message comes back as
// it was, with the reason.
func (h *hand) score(line []byte) ([]byte, error) {
	if len(bytes.TrimSpace(line)) == 0 {
		return line, nil
	}
	v, err := h.parser.ParseBytes(line)
	if err != nil {
		return line, errNoText
	}
	if v.Type() != fastjson.TypeObject || v.Get("text") == nil {
		return line, errNoText
	}
	h.arena.Reset()
	h.scorer.Read(string(v.GetStringBytes("text")), string(v.GetStringBytes("lang")))
	h.p = h.scorer.Probabilities(h.p[:0])
	values, labels, spans := h.arena.NewObject(), h.arena.NewArray(), h.arena.NewArray()
	said, shown := 0, 0
	for i, p := range h.p {
		values.Set(h.names[i], h.number(p))
		if h.scorer.Words() == 0 || p <= h.scorer.Threshold(i) {
			continue
		}
		labels.SetArrayItem(said, h.arena.NewString(h.names[i]))
		said++
		for _, span := range h.scorer.Evidence(i, 3) {
			o := h.arena.NewObject()
			o.Set("start", h.arena.NewNumberInt(span.Start))
			o.Set("end", h.arena.NewNumberInt(span.End))
			o.Set("value", h.arena.NewString(h.names[i]))
			o.Set("contribution", h.number(span.Contribution))
			o.Set("polarity", h.arena.NewString(string(span.Polarity)))
			spans.SetArrayItem(shown, o)
			shown++
		}
	}
	v.Set("values", values)
	v.Set("labels", labels)
	v.Set("spans", spans)
	return v.MarshalTo(nil), nil
}

// number writes four decimals: more would only look sure.
func (h *hand) number(x float64) *fastjson.Value {
	return h.arena.NewNumberString(strconv.FormatFloat(x, 'f', 4, 64))
}
