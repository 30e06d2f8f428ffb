package conversation

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"
)

// Form is how messages are written in a file.
type Form string

// The forms that [Read] knows. The empty form is found out by [Sniff].
const (
	JSONL Form = "jsonl" // one JSON object a line
	CSV   Form = "csv"   // a table: a header, then a row a message; read by package conversation/table
	Mbox  Form = "mbox"  // a mailbox: mails one after the other; read by package conversation/mail
	Mail  Form = "mail"  // one mail, as in an .eml file; read by package conversation/mail
)

// DateOrder says what 03/04/2011 means.
type DateOrder string

// The orders. With the empty one each file decides: by the first of its dates
// that can be read in one way only, else by the order that puts them nearest
// to each other, and then every doubtful date is told.
const (
	DayFirst   DateOrder = "dmy"
	MonthFirst DateOrder = "mdy"
)

// DefaultLimit is the longest record that is read when ReadOptions don't say.
const DefaultLimit = 1 << 27

// ReadOptions are what a file can't say itself. The zero value reads a file as
// it stands.
type ReadOptions struct {
	Form Form // empty: found out, by Formats and then by Sniff

	// Formats are known beside the four of this package; the first that recognises
	// a file reads it.
	Formats []Format

	// Beside is the folder or archive that the file came in; nil: it came alone.
	Beside *Beside

	// Columns names the column, or JSON key, in which a field stands when it
	// isn't named as [Fields] or guessed: {"time": "posted"}.
	Columns map[string]string

	// Sides says what words for who speaks mean, where they aren't those that are
	// known, or mean the contrary: {"dispatcher": Organisation}. For tables and JSONL.
	Sides map[string]Side

	// Organisation says who the organisation is when the messages don't.
	Organisation *Roster

	Limit    int            // bytes of the longest record; 0: DefaultLimit
	Strict   bool           // stop at the first problem and return it
	Location *time.Location // zone of times that don't say theirs; nil: UTC
	Dates    DateOrder      // what 03/04/2011 means

	// Charset is how the file's letters are written, as "windows-1251", where
	// that isn't UTF-8 and can't be seen; empty: found out.
	Charset string
}

// Read reads messages from r into log until r ends. name is the file's name as
// problems will tell it. What is wrong with a record becomes a [Problem] of
// the log and reading goes on; an error means that r can't be read on, that it
// isn't a conversation at all, or, when reading is strict, the first *Problem.
// Each record either becomes a message or is told as a problem whose kind is
// [Kind.Lost]. Problems of structure, such as a reply to a message that isn't
// there, are known only when all files are read: see [Log.Problems].
func Read(log *Log, r io.Reader, name string, options ReadOptions) error {
	err := read(log, r, name, options)
	var problem *Problem
	if err == nil || errors.As(err, &problem) {
		return err
	}
	return fmt.Errorf("reading %s: %w", name, err)
}

func read(log *Log, r io.Reader, name string, options ReadOptions) error {
	rd, err := newReading(log, name, options)
	if err != nil {
		return err
	}
	start, err := rd.decode(r)
	if err != nil {
		return err
	}
	form := options.Form
	head, err := start.Peek(sniffed)
	if form == "" && len(head) == 0 {
		return rd.end(&lines{number: 1, err: err}) // nothing said, or nothing to be read
	}
	if f := formatOf(options, name, head); f != nil {
		err := f.Read(start, &Importer{rd: rd})
		rd.release()
		if !errors.Is(err, ErrForm) {
			log.facts.read(f.Name)
		}
		return cmp.Or(err, rd.stop(), log.Err())
	}
	if form == "" {
		if form, err = Sniff(name, head); err != nil {
			return err
		}
	}
	log.facts.read(form)
	in := newLines(start, rd.limit)
	switch form {
	case JSONL:
		err = rd.jsonl(in)
	case CSV:
		return fmt.Errorf("%w: a table, which package conversation/table reads: give its Formats", ErrForm)
	case Mbox, Mail:
		return fmt.Errorf("%w: this is mail, which package conversation/mail reads: give its Formats", ErrForm)
	default:
		return fmt.Errorf("unknown form %q: the forms are jsonl, csv, mbox, mail%s", form, listed(options.Formats))
	}
	if err == nil {
		err = rd.end(in)
	}
	return cmp.Or(err, log.Err())
}

// listed names formats behind others.
func listed(formats []Format) string {
	var b strings.Builder
	for _, f := range formats {
		b.WriteString(", " + string(f.Name))
	}
	return b.String()
}

// reading is one file on its way into a log.
type reading struct {
	log     *Log
	name    string
	limit   int
	charset string
	strict  bool
	roster  *Roster
	dates   dates
	held    holding
	beside  *Beside
	sides   map[string]Side   // by the source's word
	fields  map[string]field  // by column name, for names that were given
	columns map[string]string // the same, as they were given
	given   uint64            // those fields, one bit each
	cut     bool              // the file ends in the middle, which was told
}

func newReading(log *Log, name string, o ReadOptions) (*reading, error) {
	rd := &reading{log: log, name: name, limit: o.Limit, charset: o.Charset, strict: o.Strict, roster: o.Organisation, columns: o.Columns,
		beside: o.Beside, sides: o.Sides, dates: dates{zone: o.Location, order: o.Dates, sure: o.Dates != ""}}
	log.problems.mark()
	log.facts.Named = log.facts.Named || o.Organisation != nil
	if rd.limit <= 0 {
		rd.limit = DefaultLimit
	}
	if rd.dates.zone == nil {
		rd.dates.zone = time.UTC
	}
	switch o.Dates {
	case "", DayFirst, MonthFirst:
	default:
		return nil, fmt.Errorf("unknown order of dates %q: say dmy or mdy", o.Dates)
	}
	for _, word := range slices.Sorted(maps.Keys(o.Columns)) {
		f := field(max(0, slices.Index(fieldNames[:], word)))
		if f == other {
			return nil, fmt.Errorf("unknown field %q; the fields are %s", word, strings.Join(Fields(), ", "))
		}
		if rd.fields == nil {
			rd.fields = map[string]field{}
		}
		column := o.Columns[word]
		if before, there := rd.fields[column]; there {
			return nil, fmt.Errorf("column %q can't be both %s and %s", column, fieldNames[before], word)
		}
		rd.fields[column] = f
		rd.given |= 1 << f
	}
	return rd, nil
}

// told decodes what is written in letters that the options name.
func (rd *reading) told(in io.Reader) (*bufio.Reader, error) {
	letters, err := htmlindex.Get(rd.charset)
	if err != nil {
		return nil, fmt.Errorf("unknown letters %q: say utf-8, windows-1252, iso-8859-2, shift_jis …", rd.charset)
	}
	return bufio.NewReaderSize(letters.NewDecoder().Reader(in), sniffed), nil
}

// tell counts a problem of the record that starts at line.
func (rd *reading) tell(k Kind, line int, id MessageID, detail string) {
	rd.log.Tell(Problem{Kind: k, Origin: Origin{rd.name, line}, ID: id, Detail: detail})
}

// cutShort tells once that a file isn't whole.
func (rd *reading) cutShort(line int, how string) {
	if !rd.cut {
		rd.cut = true
		rd.tell(Truncated, line, "", how+": what came before was read; get a whole copy")
	}
}

// add gives a message to the log, once it is known which side speaks.
func (rd *reading) add(m *Message) {
	if rd.roster != nil {
		rd.roster.Apply(m)
	}
	rd.log.Append(*m)
}

// stop is the problem at which strict reading ends.
func (rd *reading) stop() error {
	if !rd.strict {
		return nil
	}
	if p := rd.log.problems.since(); p != nil {
		return p
	}
	return nil
}

// end tells how the file ended.
func (rd *reading) end(in *lines) error {
	switch {
	case in.err == nil || in.err == io.EOF:
	case errors.Is(in.err, io.ErrUnexpectedEOF):
		rd.cutShort(in.number, "the file ends in the middle ("+in.err.Error()+")")
	default:
		return in.err
	}
	return rd.stop()
}

// decode peels off what says how the bytes are written: a byte order mark,
// UTF-16.
func (rd *reading) decode(r io.Reader) (*bufio.Reader, error) {
	start := bufio.NewReaderSize(r, sniffed)
	head, err := start.Peek(4)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if len(head) >= 3 && string(head[:3]) == "\uFEFF" {
		_, err := start.Discard(3)
		return start, err
	}
	if rd.charset != "" {
		return rd.told(start)
	}
	wide := wideEncoding(head)
	if wide == nil {
		return start, nil
	}
	rd.tell(OtherEncoding, 1, "", "written in UTF-16: it was read as such")
	return bufio.NewReaderSize(wide.NewDecoder().Reader(start), sniffed), rd.stop()
}
