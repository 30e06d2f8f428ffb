package conversation

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Log is a conversation: messages in the order they were read, an index of who
// said what when and to whom, and the texts in a [Keep]. Messages are numbered
// from 0 in order of reading; people, threads, departments, channels and
// languages are numbered too, so that instruments can count in slices.
//
// Append from one goroutine; once nothing is appended any more, reading from
// several at a time is safe after a first call of [Log.Threads].
type Log struct {
	records  []record
	byID     map[string]int32
	deleted  map[int32]deletion
	texts    buffered
	problems Problems

	people, threads, departments, channels, languages, files names

	resolved *links
}

// record is the index of one message: 96 bytes and its id.
type record struct {
	id            string
	time          int64 // µs since 1970
	sequence      int64
	text          int64 // offset in texts
	length, extra int32 // bytes of text, of attributes behind it
	thread        int32 // -1: not said
	author        int32
	department    int32
	channel       int32
	lang          int32
	file, line    int32
	side          Side
	precision     Precision
	bot, private  bool
	replyID       string
}

type deletion struct {
	time int64
	by   Side
}

// Entry is what the index knows of one message. Numbers are -1 where nothing is
// known; Reply is the number of the message replied to.
type Entry struct {
	Index                     int
	Thread, Author, Reply     int
	Department, Channel, Lang int
	Time                      int64 // µs since 1970, UTC
	Side                      Side
	Precision                 Precision
	Bot, Private              bool
	Deleted                   int64 // µs; 0: it stands
	DeletedBy                 Side
	Length                    int // bytes of text
}

// NewLog makes an empty log that keeps its texts in keep, or in memory when
// keep is nil.
func NewLog(keep Keep) *Log {
	if keep == nil {
		keep = &memory{}
	}
	return &Log{byID: map[string]int32{}, deleted: map[int32]deletion{}, texts: buffered{keep: keep}}
}

// Append adds a message and tells what is wrong with it. It is false when the
// message can't be kept: no time, or an id that is there already.
func (l *Log) Append(m Message) bool {
	if m.Time.IsZero() {
		l.tell(MissingTime, m, "a message needs a time (RFC 3339): it was left out")
		return false
	}
	if m.ID == "" {
		m.ID = MessageID(m.Origin.String())
		l.tell(MissingID, m, "given the name "+string(m.ID))
	}
	if first, dup := l.byID[string(m.ID)]; dup {
		o := l.origin(first)
		l.tell(DuplicateID, m, "already read at "+o.String()+": the first stands")
		return false
	}
	if !utf8.ValidString(m.Text) {
		l.tell(InvalidUTF8, m, "broken bytes are shown as U+FFFD")
		m.Text = strings.ToValidUTF8(m.Text, "\uFFFD")
	}
	if strings.TrimSpace(m.Text) == "" {
		l.tell(EmptyText, m, "nothing written: it is no appeal and no answer")
	}
	if m.Side == Unknown {
		l.tell(UnknownSide, m, "say who the organisation is with --organisation, or give a side")
	}
	if m.Precision == Day {
		l.tell(DayOnly, m, "the source knows the day alone: hours are not invented")
	}
	l.keep(m)
	return true
}

func (l *Log) keep(m Message) {
	n := int32(len(l.records))
	r := record{
		id: strings.Clone(string(m.ID)), time: m.Time.UnixMicro(), sequence: m.Sequence,
		length: int32(len(m.Text)), extra: int32(len(m.Attributes)),
		thread: l.threads.number(string(m.Thread)), author: l.people.number(string(m.Author)),
		department: l.departments.number(m.Department), channel: l.channels.number(m.Channel),
		lang: l.languages.number(m.Lang), file: l.files.number(m.Origin.File), line: int32(m.Origin.Line),
		side: m.Side, precision: m.Precision, bot: m.Bot, private: m.Private,
		replyID: strings.Clone(string(m.ReplyTo)),
	}
	r.text = l.texts.append(m.Text, string(m.Attributes))
	if !m.Deleted.IsZero() {
		l.deleted[n] = deletion{m.Deleted.UnixMicro(), m.DeletedBy}
	}
	l.byID[r.id] = n
	l.records = append(l.records, r)
	l.resolved = nil
}

// Tell counts a problem that a reader met.
func (l *Log) Tell(p Problem) { l.problems.Add(p) }

func (l *Log) tell(k Kind, m Message, detail string) {
	l.problems.Add(Problem{Kind: k, Origin: m.Origin, ID: m.ID, Detail: detail})
}

// Problems are all problems of reading and of structure met so far.
func (l *Log) Problems() *Problems {
	all := Problems{tally: map[Kind]*Tally{}, first: l.problems.first}
	for k, t := range l.problems.tally {
		all.tally[k] = t
	}
	structure := &l.links().problems
	for k, t := range structure.tally {
		all.tally[k] = t
	}
	if all.first == nil {
		all.first = structure.first
	}
	return &all
}

// Met are the problems of reading alone, without those of structure that can
// only be known when everything is read.
func (l *Log) Met() *Problems { return &l.problems }

// Err is the first error of keeping or reading back texts: nil while all went
// well.
func (l *Log) Err() error { return l.texts.err }

// Len is the number of messages.
func (l *Log) Len() int { return len(l.records) }

// At gives the index's entry of message i.
func (l *Log) At(i int) Entry {
	r := &l.records[i]
	k := l.links()
	e := Entry{
		Index: i, Thread: int(k.thread[i]), Author: int(r.author), Reply: int(k.reply[i]),
		Department: int(r.department), Channel: int(r.channel), Lang: int(r.lang),
		Time: r.time, Side: r.side, Precision: r.precision, Bot: r.bot, Private: r.private, Length: int(r.length),
	}
	if len(l.deleted) > 0 {
		if d, ok := l.deleted[int32(i)]; ok {
			e.Deleted, e.DeletedBy = d.time, d.by
		}
	}
	return e
}

// Text reads back what message i says.
func (l *Log) Text(i int) string {
	r := &l.records[i]
	return l.texts.read(r.text, int(r.length))
}

// Attributes reads back what else the source said of message i.
func (l *Log) Attributes(i int) Attributes {
	r := &l.records[i]
	return Attributes(l.texts.read(r.text+int64(r.length), int(r.extra)))
}

// Message reads message i back whole, with the thread it was found to be in.
func (l *Log) Message(i int) Message {
	r, e := &l.records[i], l.At(i)
	m := Message{
		ID: MessageID(r.id), Thread: l.Thread(e.Thread), ReplyTo: MessageID(r.replyID), Author: l.Person(e.Author),
		Side: e.Side, Department: l.Department(e.Department), Channel: l.Channel(e.Channel),
		Time: time.UnixMicro(e.Time).UTC(), Precision: e.Precision, Sequence: r.sequence, Lang: l.Language(e.Lang),
		Text: l.Text(i), Bot: e.Bot, Private: e.Private, DeletedBy: e.DeletedBy,
		Attributes: l.Attributes(i), Origin: l.origin(int32(i)),
	}
	if e.Deleted != 0 {
		m.Deleted = time.UnixMicro(e.Deleted).UTC()
	}
	return m
}

// ID gives the name of message i.
func (l *Log) ID(i int) MessageID { return MessageID(l.records[i].id) }

// Find gives the number of the message named id.
func (l *Log) Find(id MessageID) (i int, ok bool) {
	n, ok := l.byID[string(id)]
	return int(n), ok
}

// Span is the first and the last time; zero times for an empty log.
func (l *Log) Span() (first, last time.Time) {
	if len(l.records) == 0 {
		return
	}
	lo, hi := l.records[0].time, l.records[0].time
	for i := range l.records {
		lo, hi = min(lo, l.records[i].time), max(hi, l.records[i].time)
	}
	return time.UnixMicro(lo).UTC(), time.UnixMicro(hi).UTC()
}

// The names behind an [Entry]'s numbers; "" for -1.
func (l *Log) Person(n int) PersonID   { return PersonID(l.people.name(n)) }
func (l *Log) Thread(n int) ThreadID   { return ThreadID(l.links().threads.name(n)) }
func (l *Log) Department(n int) string { return l.departments.name(n) }
func (l *Log) Channel(n int) string    { return l.channels.name(n) }
func (l *Log) Language(n int) string   { return l.languages.name(n) }
func (l *Log) origin(i int32) Origin {
	r := &l.records[i]
	return Origin{File: l.files.name(int(r.file)), Line: int(r.line)}
}

// How many there are of each; numbers run from 0 below it.
func (l *Log) People() int      { return len(l.people.list) }
func (l *Log) Departments() int { return len(l.departments.list) }
func (l *Log) Channels() int    { return len(l.channels.list) }
func (l *Log) Languages() int   { return len(l.languages.list) }

// Threads gives, for every thread, the numbers of its messages in order of time
// (then sequence, then reading). Don't change them.
func (l *Log) Threads() [][]int32 { return l.links().members }

// names numbers strings in the order they are met. "" is -1.
type names struct {
	numbers map[string]int32
	list    []string
}

func (t *names) number(s string) int32 {
	if s == "" {
		return -1
	}
	if n, ok := t.numbers[s]; ok {
		return n
	}
	if t.numbers == nil {
		t.numbers = map[string]int32{}
	}
	s = strings.Clone(s)
	n := int32(len(t.list))
	t.numbers[s] = n
	t.list = append(t.list, s)
	return n
}

func (t *names) name(n int) string {
	if n < 0 {
		return ""
	}
	return t.list[n]
}

// byTime orders message numbers by time, sequence, reading.
func (l *Log) byTime(a, b int32) int {
	x, y := &l.records[a], &l.records[b]
	return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(x.sequence, y.sequence), cmp.Compare(a, b))
}

// ByTime gives the numbers of all messages in order of time.
func (l *Log) ByTime() []int32 {
	order := make([]int32, len(l.records))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, l.byTime)
	return order
}
