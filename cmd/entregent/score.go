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

	"github.com/go-json-experiment/json/jsontext"

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
		f.hands = append(f.hands, &hand{scorer: model.Scorer(), names: f.names})
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
	in     bytes.Reader
	decode *jsontext.Decoder // of in
	p      []float64
}

var errNoText = errors.New("no JSON object with a text")

// lenient takes what other programs write: a name twice, bytes that are no UTF-8.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// score gives the line with its values; a line that is no message comes back as
// it was, with the reason. What stands in it comes out as it stood, without spaces
// between; values, labels and spans that it had are replaced where they stood.
func (h *hand) score(line []byte) ([]byte, error) {
	if len(bytes.TrimSpace(line)) == 0 {
		return line, nil
	}
	m, err := h.read(line)
	if err != nil {
		return line, errNoText
	}
	h.scorer.Read(m.text, m.lang)
	added := h.values()
	out := append(make([]byte, 0, len(line)+1024), '{')
	for i := 0; i < len(m.members); i += 2 {
		name, value := m.members[i], m.members[i+1]
		for k, key := range addedKeys {
			if string(name) == key && added[k] != nil {
				value, added[k] = added[k], nil
			}
		}
		out = member(out, name, value)
	}
	for k, value := range added {
		if value != nil {
			out = member(out, []byte(addedKeys[k]), value)
		}
	}
	return append(out, '}'), nil
}

// addedKeys are the names of what is added, as JSON.
var addedKeys = [...]string{`"values"`, `"labels"`, `"spans"`}

// member appends a member to an object that is being written.
func member(out, name, value []byte) []byte {
	if out[len(out)-1] != '{' {
		out = append(out, ',')
	}
	out = append(append(out, name...), ':')
	return append(out, value...)
}

// message is a line: its members, a name and a value in turn, and what is scored.
type message struct {
	members    [][]byte
	text, lang string
}

// read reads a line. A text that is no string is an empty one.
func (h *hand) read(line []byte) (m message, err error) {
	h.in.Reset(line)
	if h.decode == nil {
		h.decode = jsontext.NewDecoder(&h.in, lenient...)
	}
	h.decode.Reset(&h.in, lenient...)
	if t, err := h.decode.ReadToken(); err != nil || t.Kind() != '{' {
		return m, errNoText
	}
	var seen struct{ text, lang bool }
	for h.decode.PeekKind() == '"' {
		name, err := h.part()
		if err != nil {
			return m, err
		}
		value, err := h.part()
		if err != nil {
			return m, err
		}
		m.members = append(m.members, name, value)
		switch string(name) {
		case `"text"`:
			if !seen.text {
				m.text, seen.text = unquoted(value), true
			}
		case `"lang"`:
			if !seen.lang {
				m.lang, seen.lang = unquoted(value), true
			}
		}
	}
	if _, err := h.decode.ReadToken(); err != nil || !seen.text { // the object's end
		return m, errNoText
	}
	if _, err := h.decode.ReadToken(); !errors.Is(err, io.EOF) {
		return m, errNoText
	}
	return m, nil
}

// part reads a name or a value, without spaces.
func (h *hand) part() ([]byte, error) {
	v, err := h.decode.ReadValue()
	if err != nil {
		return nil, err
	}
	v = v.Clone()
	if k := v.Kind(); k == '{' || k == '[' {
		err = v.Compact(lenient...)
	}
	return v, err
}

// unquoted is what a JSON string says; nothing if it is none.
func unquoted(v jsontext.Value) string {
	if v.Kind() != '"' {
		return ""
	}
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil && len(s) == 0 {
		return ""
	}
	return string(s)
}

// values writes what the text that was read expresses: how probable each value is,
// those above their threshold, and what speaks for them.
func (h *hand) values() (added [len(addedKeys)][]byte) {
	h.p = h.scorer.Probabilities(h.p[:0])
	values, labels, spans := []byte{'{'}, []byte{'['}, []byte{'['}
	for i, p := range h.p {
		name, _ := jsontext.AppendQuote(nil, h.names[i])
		values = member(values, name, rounded(p))
		if h.scorer.Words() == 0 || p <= h.scorer.Threshold(i) {
			continue
		}
		labels = item(labels, name)
		for _, span := range h.scorer.Evidence(i, 3) {
			o := member([]byte{'{'}, []byte(`"start"`), strconv.AppendInt(nil, int64(span.Start), 10))
			o = member(o, []byte(`"end"`), strconv.AppendInt(nil, int64(span.End), 10))
			o = member(o, []byte(`"value"`), name)
			o = member(o, []byte(`"contribution"`), rounded(span.Contribution))
			polarity, _ := jsontext.AppendQuote(nil, string(span.Polarity))
			spans = item(spans, append(member(o, []byte(`"polarity"`), polarity), '}'))
		}
	}
	return [...][]byte{append(values, '}'), append(labels, ']'), append(spans, ']')}
}

// item appends an item to an array that is being written.
func item(out, value []byte) []byte {
	if out[len(out)-1] != '[' {
		out = append(out, ',')
	}
	return append(out, value...)
}

// rounded writes four decimals: more would only look sure.
func rounded(x float64) []byte { return strconv.AppendFloat(nil, x, 'f', 4, 64) }
