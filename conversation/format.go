package conversation

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"slices"
	"time"
)

// Format is a way in which messages are written in a file, beside the four that
// [Read] knows itself (JSONL, CSV, mbox, mail). It is one value: its name, how it
// is recognised, how it is read. Package conversation/form holds those of chats,
// forums, help desks and archives.
type Format struct {
	Name Form

	// Recognise says whether a file is in this format, by its name and its first
	// bytes, decompressed (64 KiB, or all of a shorter file).
	Recognise func(name string, head []byte) bool

	// Read gives every message in the file to the importer. What is wrong with one
	// record is told to the importer and reading goes on; an error means that the
	// file can't be read on, or isn't in this format after all ([ErrForm]).
	Read func(in *bufio.Reader, out *Importer) error
}

// Importer takes what a [Format] reads into a log: it understands times, says who
// is the organisation, keeps what is told. Not for concurrent use.
type Importer struct {
	rd    *reading
	draft draft // of the record given last, unless it is held back
}

// Name is the name of the file, as problems tell it.
func (im *Importer) Name() string { return im.rd.name }

// Limit is the length in bytes of the longest record that may be read.
func (im *Importer) Limit() int { return im.rd.limit }

// Roster says who the organisation is; nil when nobody was named.
func (im *Importer) Roster() *Roster { return im.rd.roster }

// Dates is what 03/04/2011 means in this file; empty when nobody said.
func (im *Importer) Dates() DateOrder {
	if im.rd.dates.sure {
		return im.rd.dates.order
	}
	return ""
}

// Beside is the folder or archive that the file came in; nil when it came alone.
func (im *Importer) Beside() *Beside { return im.rd.beside }

// Add gives a message to the log. when is its time as the file writes it, in any
// form that tables may use; empty when m.Time is set. line is where the record
// stands, from 1. A message whose time can't be read is left out and told.
func (im *Importer) Add(m Message, when string, line int) {
	im.Put(&Record{Message: m, When: when}, line)
}

// Record is a message as a file has it, beside it what is understood only when
// all of it is known.
type Record struct {
	Message
	When     string        // its time as written; empty: Time is set
	After    time.Duration // it came so long after When
	Deleted  string        // when it was deleted, as written, or a word for yes
	Problems []Problem     // what is wrong with it besides: kind and detail
}

// Put is [Importer.Add] for a record of which more is said. While a file's dates
// may be read in two ways (03/04/2011) its records are held back until a later
// one shows which, so that all are read alike. The record may be used again.
func (im *Importer) Put(r *Record, line int) {
	d := &im.draft
	d.reset(im.rd.name, line)
	d.Message, d.when, d.after, d.day = r.Message, r.When, r.After, r.Precision == Day
	d.Origin = Origin{im.rd.name, line}
	d.complaint = append(d.complaint, r.Problems...)
	if r.Deleted != "" {
		d.set(fieldDeleted, r.Deleted)
	}
	im.rd.put(d)
}

// Columns are the columns, or keys, that the reader was told to take for a
// field: ReadOptions.Columns, by field.
func (im *Importer) Columns() map[string]string { return im.rd.columns }

// Sides are what the reader was told that words for who speaks mean.
func (im *Importer) Sides() map[string]Side { return im.rd.sides }

// Lines cuts what is read into lines of at most so many bytes, and counts them.
type Lines struct{ lines }

// NewLines makes lines of what is read.
func NewLines(in io.Reader, limit int) *Lines { return &Lines{*newLines(in, limit)} }

// Next gives a line without its ending (LF or CR LF), good until the next call;
// ok is false when there is none left. A line beyond the limit comes back empty,
// and long says how many bytes it has.
func (l *Lines) Next() (line []byte, long int64, ok bool) {
	line, ok = l.next()
	return line, l.long, ok
}

// TooLong says how long the line given last was.
func (l *Lines) TooLong() string { return l.tooLong() }

// End is called behind the last line: it tells a file that was cut short.
func (im *Importer) End(l *Lines) error { return im.rd.end(&l.lines) }

// CutShort tells, once, that a file isn't whole, and how that is seen.
func (im *Importer) CutShort(line int, how string) { im.rd.cutShort(line, how) }

// Tell counts a problem of the record that starts at line.
func (im *Importer) Tell(k Kind, line int, id MessageID, detail string) {
	im.rd.tell(k, line, id, detail)
}

// Told is true when enough problems of a kind were told that another one is only
// counted: its detail may be empty.
func (im *Importer) Told(k Kind) bool { return im.rd.log.problems.enough(k) }

// LeftOut counts a record that is no message of the conversation, by a word that
// says why ("event", "note", "draft"), without calling it a problem.
func (im *Importer) LeftOut(why string, line int) {
	im.rd.log.facts.leaveOut(why, Origin{im.rd.name, line})
}

// Facts are what is found out about how the file is to be read.
func (im *Importer) Facts() *Facts { return &im.rd.log.facts }

// Stop is the problem at which strict reading ends, or nil: to be asked after
// each record.
func (im *Importer) Stop() error { return im.rd.stop() }

// Beside is the folder or archive that a file came in. Exports of some systems
// keep the names of people and channels in files of their own: formats look them
// up in it.
type Beside struct {
	Files fs.FS
	Path  string         // of the file, in Files
	Found map[string]any // what formats keep for the other files of the same folder
}

// Facts say how the files of a log were read: filled in by readers, file after
// file. They are told before any number is, so that a wrong reading is seen.
// The zero value is ready.
type Facts struct {
	Forms    map[Form]int      // files read, by form
	Columns  map[string]string // by field, the column or key that was taken for it
	Unread   []string          // columns that sound as if they held answers or words, and weren't taken
	Joined   map[string]int    // replies, by what tied them to what they answer: "id", "references", "thread-index", "subject", "thread"
	Machines int               // messages told to be a machine's
	Notes    int               // notes inside the organisation, left out
	Sides    map[string]Side   // words and signs that a source has for who speaks, and what they were taken for
	Single   int               // rows that are a ticket or a review each, in tables where nothing says whether it was answered
	Wordless int               // answers of which the source knows when they were given and not what they say
	Named    bool              // somebody said who the organisation is
	Quoting  int               // texts in which copied words were found and taken out
	left     map[string]*Left
	order    []string
}

// Left is a sort of records that are no messages, how many there were, and where
// the first stood.
type Left struct {
	Why      string
	Count    int
	Examples []Origin
}

func (f *Facts) leaveOut(why string, at Origin) {
	l := f.left[why]
	if l == nil {
		if f.left == nil {
			f.left = map[string]*Left{}
		}
		l = &Left{Why: why}
		f.left[why] = l
		f.order = append(f.order, why)
	}
	l.Count++
	if len(l.Examples) < examplesKept {
		l.Examples = append(l.Examples, at)
	}
}

// LeftOut tells what was left out, most frequent first.
func (f *Facts) LeftOut() []Left {
	all := make([]Left, 0, len(f.order))
	for _, why := range f.order {
		all = append(all, *f.left[why])
	}
	slices.SortStableFunc(all, func(a, b Left) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

// Column notes which column or key was taken for a field.
func (f *Facts) Column(field, column string) {
	if f.Columns == nil {
		f.Columns = map[string]string{}
	}
	f.Columns[field] = column
}

// Side notes for which side a source's word for who speaks was taken.
func (f *Facts) Side(word string, side Side) {
	if f.Sides == nil {
		f.Sides = map[string]Side{}
	}
	f.Sides[word] = side
}

// Join counts a reply by what tied it to what it answers.
func (f *Facts) Join(by string) {
	if f.Joined == nil {
		f.Joined = map[string]int{}
	}
	f.Joined[by]++
}

// read counts a file by its form.
func (f *Facts) read(form Form) {
	if f.Forms == nil {
		f.Forms = map[Form]int{}
	}
	f.Forms[form]++
}

// Facts say how the files of this log were read.
func (l *Log) Facts() *Facts {
	if len(l.joiners) > 0 {
		l.links() // ties are known when all is read
	}
	return &l.facts
}

// formatOf finds the format of a file among those given. Lines of JSON whose keys
// somebody named are read as this package reads them.
func formatOf(o ReadOptions, name string, head []byte) *Format {
	if o.Form == "" && len(o.Columns) > 0 {
		line, _, _ := bytes.Cut(head, []byte("\n"))
		if form, err := Sniff(name, head); err == nil && form == JSONL && bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
			return nil
		}
	}
	for i := range o.Formats {
		if f := &o.Formats[i]; f.Name == o.Form || o.Form == "" && f.Recognise(name, head) {
			return f
		}
	}
	return nil
}
