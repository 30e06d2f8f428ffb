package conversation

import (
	"cmp"
	"slices"
	"strconv"
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
	records  shelf
	deleted  map[int32]deletion
	texts    buffered
	problems Problems
	facts    Facts

	ids  names // of messages: their numbers are the messages'
	lost names // replied to and not read before

	people, threads, departments, channels, languages, files names

	joiners  []namedJoiner
	joined   map[string]int // replies that joiners tied, by what
	resolved *links
}

// record is the index of one message: 72 bytes, and its id among the names. It
// holds no pointers, so that collecting garbage need not look at it.
type record struct {
	time          int64 // µs since 1970
	sequence      int64
	text          int64 // offset in texts
	length, extra int32 // bytes of text, of attributes behind it
	thread        int32 // -1: not said
	reply         int32 // a message; -1: none; below: -2 less a number of lost
	author        int32
	department    int32
	channel       int32
	lang          int32
	file, line    int32
	side          Side
	precision     Precision
	bot, private  bool
}

// shelf is a list of records on pages, so that growing never copies them.
type shelf struct {
	pages [][]record
	count int
}

const perPage = 1 << 11

func (s *shelf) at(i int) *record { return &s.pages[i/perPage][i%perPage] }

func (s *shelf) add(r record) {
	if s.count%perPage == 0 {
		s.pages = append(s.pages, make([]record, 0, perPage))
	}
	page := &s.pages[s.count/perPage]
	*page = append(*page, r)
	s.count++
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
func NewLog(keep TextStore) *Log {
	if keep == nil {
		keep = &memory{}
	}
	return &Log{deleted: map[int32]deletion{}, texts: buffered{keep: keep}}
}

// Append adds a message and tells what is wrong with it. It is false when the
// message can't be kept: no time, or an id that is there already.
func (l *Log) Append(m Message) bool {
	if m.Time.IsZero() {
		l.tell(MissingTime, m, "a message needs a time (RFC 3339): it was left out")
		return false
	}
	if m.ID == "" {
		if m.ID = MessageID(m.Origin.String()); m.ID == "" {
			m.ID = MessageID("message-" + strconv.Itoa(l.Len()+1))
		}
		l.tell(MissingID, m, "given the name "+string(m.ID))
	}
	if first, dup := l.ids.lookup(string(m.ID)); dup {
		o := l.origin(first)
		l.tell(DuplicateID, m, "already read at "+o.String()+": the first stands")
		return false
	}
	if !utf8.ValidString(m.Text) {
		l.tell(InvalidUTF8, m, "broken bytes are shown as U+FFFD")
		m.Text = strings.ToValidUTF8(m.Text, "\uFFFD")
	}
	if strings.TrimSpace(m.Text) == "" && !m.Attributes.Wordless() {
		l.tell(EmptyText, m, "nothing written: it is no appeal and no answer")
	}
	if m.Side == Unknown {
		l.tell(UnknownSide, m, "say who the organisation is with --organisation, or give a side")
	}
	if m.Precision == Day {
		m.Time = midnight(m.Time)
		l.tell(DayOnly, m, "the source knows the day alone: hours are not invented")
	}
	l.keep(m)
	return true
}

func (l *Log) keep(m Message) {
	n := l.ids.number(string(m.ID))
	r := record{
		time: m.Time.UnixMicro(), sequence: m.Sequence,
		length: int32(len(m.Text)), extra: int32(len(m.Attributes)),
		thread: l.threads.number(string(m.Thread)), reply: l.replied(string(m.ReplyTo)), author: l.people.number(string(m.Author)),
		department: l.departments.number(m.Department), channel: l.channels.number(m.Channel),
		lang: l.languages.number(m.Lang), file: l.files.number(m.Origin.File), line: int32(m.Origin.Line),
		side: m.Side, precision: m.Precision, bot: m.Bot, private: m.Private,
	}
	r.text = l.texts.append(m.Text, string(m.Attributes))
	if !m.Deleted.IsZero() {
		l.deleted[n] = deletion{m.Deleted.UnixMicro(), m.DeletedBy}
	}
	l.records.add(r)
	l.resolved = nil
}

// replied numbers what a message replies to, whether it was read or not.
func (l *Log) replied(id string) int32 {
	if id == "" {
		return -1
	}
	if n, ok := l.ids.lookup(id); ok {
		return n
	}
	return -2 - l.lost.number(id)
}

// replyID is the name of what message i replies to; "" when it doesn't.
func (l *Log) replyID(i int32) string {
	if n := l.records.at(int(i)).reply; n < -1 {
		return l.lost.name(-2 - n)
	} else {
		return l.ids.name(n)
	}
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

// ReadProblems are the problems of reading alone, without those of structure that can
// only be known when everything is read.
func (l *Log) ReadProblems() *Problems { return &l.problems }

// Err is the first error of keeping or reading back texts: nil while all went
// well.
func (l *Log) Err() error { return l.texts.err }

// Len is the number of messages.
func (l *Log) Len() int { return l.records.count }

// At gives the index's entry of message i.
func (l *Log) At(i int) Entry {
	r := l.records.at(i)
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
	r := l.records.at(i)
	return l.texts.read(r.text, int(r.length))
}

// Attributes reads back what else the source said of message i.
func (l *Log) Attributes(i int) Attributes {
	r := l.records.at(i)
	return Attributes(l.texts.read(r.text+int64(r.length), int(r.extra)))
}

// Message reads message i back whole, with the thread it was found to be in.
func (l *Log) Message(i int) Message {
	r, e := l.records.at(i), l.At(i)
	m := Message{
		ID: l.ID(i), Thread: l.Thread(e.Thread), ReplyTo: MessageID(l.replyID(int32(i))), Author: l.Person(e.Author),
		Side: e.Side, Department: l.Department(e.Department), Channel: l.Channel(e.Channel),
		Time: time.UnixMicro(e.Time).UTC(), Precision: e.Precision, Sequence: r.sequence, Lang: l.Language(e.Lang),
		Text: l.Text(i), Bot: e.Bot, Private: e.Private, DeletedBy: e.DeletedBy,
		Attributes: l.Attributes(i), Origin: l.origin(int32(i)),
	}
	if e.Deleted != 0 {
		m.Deleted = time.UnixMicro(e.Deleted).UTC()
	}
	if len(l.joiners) > 0 {
		l.tied(i, &m, e)
	}
	return m
}

// ID gives the name of message i.
func (l *Log) ID(i int) MessageID { return MessageID(l.ids.list[i]) }

// Answers is the name of the message that message i says it replies to, whether
// that is in the log or not; "" for none.
func (l *Log) Answers(i int) MessageID { return MessageID(l.replyID(int32(i))) }

// Find gives the number of the message named id.
func (l *Log) Find(id MessageID) (i int, ok bool) {
	n, ok := l.ids.lookup(string(id))
	return int(n), ok
}

// Span is the first and the last time; zero times for an empty log.
func (l *Log) Span() (first, last time.Time) {
	if l.records.count == 0 {
		return
	}
	lo, hi := l.records.at(0).time, l.records.at(0).time
	for _, page := range l.records.pages {
		for i := range page {
			lo, hi = min(lo, page[i].time), max(hi, page[i].time)
		}
	}
	return time.UnixMicro(lo).UTC(), time.UnixMicro(hi).UTC()
}

// The names behind an [Entry]'s numbers; "" for -1.
func (l *Log) Person(n int) PersonID   { return PersonID(l.people.name(int32(n))) }
func (l *Log) Thread(n int) ThreadID   { return ThreadID(l.links().threads.name(int32(n))) }
func (l *Log) Department(n int) string { return l.departments.name(int32(n)) }
func (l *Log) Channel(n int) string    { return l.channels.name(int32(n)) }
func (l *Log) Language(n int) string   { return l.languages.name(int32(n)) }
func (l *Log) origin(i int32) Origin {
	r := l.records.at(int(i))
	return Origin{File: l.files.name(r.file), Line: int(r.line)}
}

// How many there are of each; numbers run from 0 below it.
func (l *Log) People() int      { return len(l.people.list) }
func (l *Log) Departments() int { return len(l.departments.list) }
func (l *Log) Channels() int    { return len(l.channels.list) }
func (l *Log) Languages() int   { return len(l.languages.list) }

// Threads gives, for every thread, the numbers of its messages in order of time
// (then sequence, then reading). Don't change them.
func (l *Log) Threads() [][]int32 { return l.links().members }

// byTime orders message numbers by time, sequence, reading.
func (l *Log) byTime(a, b int32) int {
	x, y := l.records.at(int(a)), l.records.at(int(b))
	return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(x.sequence, y.sequence), cmp.Compare(a, b))
}

// ByTime gives the numbers of all messages in order of time.
func (l *Log) ByTime() []int32 {
	order := make([]int32, l.records.count)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, l.byTime)
	return order
}
