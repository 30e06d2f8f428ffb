// Package form reads the exports of chats, forums, networks, help desks and
// trackers. Each format is one value in one file: its name, how it is recognised,
// how it is read.
package form

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
	"github.com/entregent/entregent/conversation/mail"
	"github.com/entregent/entregent/conversation/table"
)

// All are the formats, the most specific first; the last reads any JSON whose
// objects hold a time and a text.
func All() []conversation.Format {
	return slices.Concat(
		texts(),
		mail.Formats(),
		table.Formats(),
		documents(),
	)
}

// texts are the formats that are no JSON.
func texts() []conversation.Format {
	return []conversation.Format{whatsapp(), stackdump(), feed()}
}

// sheets are the formats of JSON; where two know a file, the first reads it.
var sheets = []sheet{
	discord, slack, messenger, telegram, github, gitlab, discourse, reddit,
	intercom, helpscout, chatwoot, zammad, freshdesk, zendesk,
	mastodon, bluesky, x, mattermost, forum, stackexchange, participation, google, hyperkitty,
}

// documents are the formats that are JSON.
func documents() []conversation.Format {
	var all []conversation.Format
	for _, s := range sheets {
		all = append(all, conversation.Format{Name: s.name, Recognise: s.recognise, Read: s.read})
	}
	for _, s := range sheets { // after those that say more
		all = append(all, conversation.Format{Name: s.name, Recognise: s.within, Read: s.read})
	}
	return append(all, anything())
}

// Names are the names of all formats.
func Names() []conversation.Form {
	var names []conversation.Form
	for _, f := range All() {
		if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// sheet describes a format whose files are JSON.
type sheet struct {
	name   conversation.Form
	shapes []shape // the first whose marks are there is the file's
}

// shape is one way in which a format's files are laid out.
type shape struct {
	marks   []string // paths that must all be there; a|b is either
	without []string // paths that must not
	records []string // where the records are; none: the documents themselves
	heads   []string // what to remember of what stands beside them
	open    func(*page) func(document.Value)
}

// recognise says whether a file is laid out as one of the shapes.
func (s sheet) recognise(_ string, head []byte) bool {
	sh, _ := s.shape(head, false)
	return sh != nil
}

// within says whether records of the format stand somewhere inside a file, as in
// {"issues": [...]}.
func (s sheet) within(_ string, head []byte) bool {
	sh, _ := s.shape(head, true)
	return sh != nil
}

// shape finds how a file is laid out; nil when it is not of this format. With
// inside, records that are documents elsewhere may stand in an array at a path.
func (s sheet) shape(head []byte, inside bool) (found *shape, at string) {
	var o *document.Outline
	for i := range s.shapes {
		sh := &s.shapes[i]
		if !sh.maybe(head) {
			continue
		}
		if o == nil {
			if o = document.Of(head); o == nil {
				return nil, ""
			}
		}
		if !inside {
			if sh.fits(o, "") {
				return sh, ""
			}
			continue
		}
		for _, at := range arrays(o) {
			if len(sh.records) == 0 && sh.fits(o, at) {
				return sh, at
			}
		}
	}
	return nil, ""
}

// arrays are the paths of the elements of arrays, the outer before the inner.
func arrays(o *document.Outline) (paths []string) {
	const most, deepest = 20, 4
	for _, path := range o.Paths() {
		end := strings.LastIndex(path, "[].")
		if end < 0 || strings.Count(path[:end], ".") >= deepest {
			continue
		}
		if at := path[:end+2]; !slices.Contains(paths, at) && len(paths) < most {
			paths = append(paths, at)
		}
	}
	slices.SortStableFunc(paths, func(a, b string) int { return strings.Count(a, ".") - strings.Count(b, ".") })
	return paths
}

// maybe is a quick look whether the keys are there at all.
func (sh *shape) maybe(head []byte) bool {
	for _, mark := range sh.marks {
		found := false
		for path := range strings.SplitSeq(mark, "|") {
			key := strings.TrimRight(path[strings.LastIndexByte(path, '.')+1:], "[]")
			found = found || key == "" || key == "*" || bytes.Contains(head, []byte(`"`+key+`"`))
		}
		if !found {
			return false
		}
	}
	return true
}

// fits says whether what a shape is known by stands in the objects at a path.
func (sh *shape) fits(o *document.Outline, at string) bool {
	below := func(mark string) string {
		if at == "" {
			return mark
		}
		return at + "." + strings.ReplaceAll(mark, "|", "|"+at+".")
	}
	for _, mark := range sh.marks {
		if !o.Has(below(mark)) {
			return false
		}
	}
	for _, mark := range sh.without {
		if o.Has(below(mark)) {
			return false
		}
	}
	return true
}

// read reads a file of this format; the name may have been given by a person, who
// may be wrong.
func (s sheet) read(in *bufio.Reader, out *conversation.Importer) error {
	head, _ := in.Peek(1 << 16)
	sh, at := s.shape(head, false)
	if sh == nil {
		if sh, at = s.shape(head, true); sh == nil {
			return s.wrong(head)
		}
	}
	plan := document.Plan{Records: sh.records, Heads: sh.heads}
	if len(plan.Records) == 0 {
		plan.Records = []string{at}
	}
	if o := document.Of(head); o != nil {
		plan.Lines = o.Lines
	}
	return document.Read(in, out, plan, func(w *document.Walk) func(document.Value) {
		return sh.open(&page{Walk: w, file: fileName(out.Name())})
	})
}

// wrong says what a format looked for in a file that isn't of it.
func (s sheet) wrong(head []byte) error {
	var wants []string
	for _, sh := range s.shapes {
		wants = append(wants, strings.Join(sh.marks, ", "))
	}
	found := "no JSON"
	if o := document.Of(head); o != nil {
		found = "the keys " + strings.Join(o.Paths()[:min(12, len(o.Paths()))], ", ")
	}
	return fmt.Errorf("%w: %s has %s; here are %s", conversation.ErrForm, s.name, strings.Join(wants, "; or "), found)
}

// page is a file being read, as a format sees it.
type page struct {
	*document.Walk
	file string // its name, without folders and endings
}

// fileName is a file's name without folders and endings.
func fileName(path string) string {
	path = strings.ReplaceAll(path, `\`, "/")
	path = path[strings.LastIndexByte(path, '/')+1:]
	for {
		dot := strings.LastIndexByte(path, '.')
		if dot <= 0 {
			return path
		}
		switch strings.ToLower(path[dot:]) {
		case ".json", ".jsonl", ".ndjson", ".txt", ".zip", ".gz", ".zst", ".zstd", ".js", ".xml":
			path = path[:dot]
		default:
			return path
		}
	}
}

// folders are the names of the folders that a file stands in, nearest first.
func folders(path string) []string {
	parts := strings.Split(strings.ReplaceAll(path, `\`, "/"), "/")
	slices.Reverse(parts)
	return parts[1:]
}

// add gives a message to the log.
func (p *page) add(m conversation.Message, when string, more map[string]any) {
	m.Attributes = attributes(more)
	p.Add(m, when, p.Line)
}

// attributes writes texts, truths and counts that say something, in the order of
// their keys.
func attributes(more map[string]any) conversation.Attributes {
	var b []byte
	for _, key := range slices.Sorted(maps.Keys(more)) {
		at := len(b)
		b = append(b, ',')
		b, _ = jsontext.AppendQuote(b, key)
		b = append(b, ':')
		switch v := more[key].(type) {
		case string:
			if v != "" {
				b, _ = jsontext.AppendQuote(b, strings.ToValidUTF8(v, "\uFFFD"))
				continue
			}
		case bool:
			if v {
				b = append(b, "true"...)
				continue
			}
		case int:
			if v != 0 {
				b = strconv.AppendInt(b, int64(v), 10)
				continue
			}
		}
		b = b[:at]
	}
	if len(b) == 0 {
		return ""
	}
	b[0] = '{'
	return conversation.Attributes(append(b, '}'))
}

// note counts what the organisation wrote to itself.
func (p *page) note() {
	p.LeftOut("note", p.Line)
	p.Facts().Notes++
}

// machine counts a message of a program.
func (p *page) machine(yes bool) bool {
	if yes {
		p.Facts().Machines++
	}
	return yes
}

// joined counts a reply that is tied to what it answers by the source itself.
func (p *page) joined(m *conversation.Message) {
	if m.ReplyTo != "" {
		p.Facts().Join("id")
	}
}

// staff says who speaks when the source says so itself: the organisation where
// it does; else the community, unless a roster is to decide.
func (p *page) staff(yes bool) conversation.Side {
	switch {
	case yes:
		return conversation.Organisation
	case p.Roster() != nil:
		return conversation.Unknown
	}
	return conversation.Community
}

// titled puts a title before a text that doesn't open with it.
func titled(title, text string) string {
	title, text = strings.TrimSpace(title), strings.TrimSpace(text)
	switch {
	case title == "" || strings.HasPrefix(text, title):
		return text
	case text == "":
		return title
	}
	return title + "\n\n" + text
}

// key joins the parts of a name that has to be unique; "" when the last is.
func key(parts ...string) string {
	if cmp.Or(parts[len(parts)-1], "") == "" {
		return ""
	}
	parts = slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
	return strings.Join(parts, "/")
}
