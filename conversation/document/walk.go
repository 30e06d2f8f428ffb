// Package document reads a JSON document of any size as a stream of records: one
// document, an array, or one a line, with the records anywhere inside. Memory is
// that of one record.
package document

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/entregent/entregent/conversation"
)

// mostNested is how many arrays may stand around the documents: pages of results,
// gathered.
const mostNested = 4

// Plan says what to read of a document.
type Plan struct {
	Records []string // paths of the records; "" is the whole document, or each element of the array that it is
	Heads   []string // paths of texts that stand beside the records and are to be remembered
	Lines   bool     // one document a line
}

// Walk is a reading on its way.
type Walk struct {
	*conversation.Importer
	Line   int // where the record starts
	Number int // of the record, from 1
	Path   string

	// End, when set, is called at the end of each document that records stand in,
	// when all beside them is known too.
	End func()

	plan   Plan
	senses map[string]sense
	heads  map[string]string
	record func(Value)
	r      *reader
	parser fastjson.Parser
	nested int // arrays open at the top
}

// Read gives each record of a document to record. What is wrong with one is told
// and reading goes on behind it.
func Read(in io.Reader, out *conversation.Importer, plan Plan, open func(*Walk) func(Value)) error {
	w := &Walk{Importer: out, plan: plan, senses: map[string]sense{}, heads: map[string]string{}, r: newReader(in, out.Limit())}
	w.record = open(w)
	if err := w.opening(); err != nil {
		return err
	}
	if plan.Lines {
		return w.lines()
	}
	for {
		if _, ok := w.r.peek(); !ok {
			return w.end()
		}
		if w.r.take(',') { // between documents, as some write them
			continue
		}
		if err := w.value(""); err != nil {
			return w.fault(err)
		}
		if err := w.Stop(); err != nil {
			return err
		}
	}
}

// opening passes the assignment before a document.
func (w *Walk) opening() error {
	if c, _ := w.r.peek(); c == 'w' {
		for w.r.end-w.r.at < 200 {
			if _, ok := w.r.fill(0); !ok {
				break
			}
		}
		w.r.at += prefix(w.r.buf[w.r.at:w.r.end])
	}
	return nil
}

// end tells how the stream ended.
func (w *Walk) end() error {
	if w.r.err == io.EOF || w.r.err == nil {
		return w.Stop()
	}
	return w.Ended(w.r.err, w.r.line)
}

// fault ends the reading of a document that can't be followed any further.
func (w *Walk) fault(err error) error {
	switch err {
	case errCut:
		if w.r.err != nil && w.r.err != io.EOF {
			return w.Ended(w.r.err, w.r.line)
		}
		w.Tell(conversation.Truncated, w.r.line, "", "the document ends in the middle: what came before was read; get a whole copy")
	case errSyntax:
		w.Tell(conversation.BadRecord, w.r.line, "", "not JSON from here on: what came before was read; export it again")
	default:
		return err
	}
	return w.Stop()
}

// lines reads one document a line, so that a broken one costs itself alone.
func (w *Walk) lines() error {
	all := w.r
	for {
		line := all.line
		text, long, ok := all.cutLine()
		if !ok {
			w.r = all
			return w.end()
		}
		text = bytes.TrimSpace(text)
		switch {
		case long > 0:
			w.Tell(conversation.LongLine, line, "", fmt.Sprintf("%d bytes, more than the limit of %d: it was left out", long, all.limit))
		case len(text) == 0:
		default:
			w.r = over(text, line, all.limit)
			err := w.value("")
			if _, left := w.r.peek(); err != nil || left {
				w.Tell(conversation.BadRecord, line, "", "not a JSON object: the line was left out")
			}
		}
		if err := w.Stop(); err != nil {
			return err
		}
	}
}

// value reads what stands at a path.
func (w *Walk) value(path string) error {
	c, ok := w.r.peek()
	s := w.means(path)
	switch {
	case !ok:
		return errCut
	case c == '{' && s.record:
		return w.one(path)
	case c == '{' && s.wanted:
		w.forget(path)
		err := w.r.object(func(key string) error { return w.value(Join(path, key)) })
		if path == "" && w.End != nil {
			w.End()
		}
		return err
	case c == '[' && path == "" && w.nested < mostNested:
		w.nested++
		defer func() { w.nested-- }()
		return w.r.array(func() error { return w.value("") })
	case c == '[' && s.wanted:
		return w.r.array(func() error { return w.value(path + "[]") })
	case c != '{' && c != '[' && s.head:
		b, err := w.r.value(true)
		if err == nil {
			if v, bad := w.parser.ParseBytes(b); bad == nil {
				w.heads[path] = Value{v}.Text()
			}
		}
		if err == errLong {
			err = nil
		}
		return err
	}
	_, err := w.r.value(false)
	return err
}

// one reads a record.
func (w *Walk) one(path string) error {
	line := w.r.line
	b, err := w.r.value(true)
	w.Number++
	switch err {
	case nil:
	case errLong:
		w.Tell(conversation.LongLine, line, "", fmt.Sprintf("a record of more than %d bytes or %d values: it was left out", w.r.limit, MostValues))
		return w.Stop()
	default:
		return err
	}
	v, bad := w.parser.ParseBytes(b)
	if bad != nil {
		w.Tell(conversation.BadRecord, line, "", clip(bad.Error())+": the record was left out")
		return w.Stop()
	}
	w.Line, w.Path = line, path
	w.record(Value{v})
	return w.Stop()
}

func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return s
}

// sense is what a path means to a plan.
type sense struct {
	record bool // a record stands there
	head   bool // a text to be remembered does
	wanted bool // one of them stands there or below
}

// mostSenses bounds what is remembered of paths.
const mostSenses = 4096

// means says what a path means.
func (w *Walk) means(path string) sense {
	s, known := w.senses[path]
	if known {
		return s
	}
	for _, p := range w.plan.Records {
		s.record = s.record || matches(p, path)
		s.wanted = s.wanted || leads(path, p)
	}
	for _, p := range w.plan.Heads {
		s.head = s.head || matches(p, path)
		s.wanted = s.wanted || leads(path, p)
	}
	if len(w.senses) < mostSenses {
		w.senses[path] = s
	}
	return s
}

// Head is a text that was remembered.
func (w *Walk) Head(path string) string { return w.heads[path] }

// forget what was remembered of the object before, now that another begins.
func (w *Walk) forget(path string) {
	for head := range w.heads {
		if path == "" || strings.HasPrefix(head, path+".") {
			delete(w.heads, head)
		}
	}
}

// object passes an object, member by member.
func (r *reader) object(member func(key string) error) error {
	r.take('{')
	for {
		if r.take('}') {
			return nil
		}
		if c, ok := r.peek(); !ok {
			return errCut
		} else if c != '"' {
			return errSyntax
		}
		b, err := r.value(true)
		if err != nil && err != errLong {
			return err
		}
		key := plain(b)
		if !r.take(':') {
			return r.missing()
		}
		if err := member(key); err != nil {
			return err
		}
		if !r.take(',') && !r.ahead('}') {
			return r.missing()
		}
	}
}

// plain is a key without its quotes; one that is written with escapes is none
// that anybody looks for.
func plain(b []byte) string {
	if len(b) < 2 || len(b) > 200 {
		return ""
	}
	return string(b[1 : len(b)-1])
}

// array passes an array, element by element.
func (r *reader) array(element func() error) error {
	r.take('[')
	for {
		if r.take(']') {
			return nil
		}
		if err := element(); err != nil {
			return err
		}
		if !r.take(',') && !r.ahead(']') {
			return r.missing()
		}
	}
}

func (r *reader) ahead(c byte) bool {
	got, ok := r.peek()
	return ok && got == c
}

// missing is what is wrong where something else was to come.
func (r *reader) missing() error {
	if _, ok := r.peek(); !ok {
		return errCut
	}
	return errSyntax
}
