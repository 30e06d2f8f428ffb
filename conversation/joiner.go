package conversation

import (
	"strconv"
	"time"
)

// Joiner ties messages to each other when no single record can: mails hang
// together by all the ids they name, by what programs add to them, by subjects.
// A [Format] keeps one for all files of a log with [Importer.Shared].
type Joiner interface {
	// Join gives a tie for every message it knows. It is asked when all is read,
	// and again when more was.
	Join(log *Log, tie func(Tie))
}

// Tie says where a message belongs.
type Tie struct {
	Message   int       // its number in the log
	Reply     int       // the number of the message that it answers; -1: none that is there
	Thread    ThreadID  // that it belongs to
	By        string    // what tied it to what it answers, as [Facts] counts it; empty: nothing
	Weak      bool      // less than ids tied it: marked in its attribute "joined_by"
	Continues MessageID // it names this one, but opens a thread of its own: attribute "continues"
}

// Attributes that [Log.Message] adds for a tie that can be doubted.
const (
	joinedBy  = "joined_by"
	continues = "continues"
)

// Log is the log that the importer reads into. A format may look up in it what
// was read before, texts included, and does not append to it.
func (im *Importer) Log() *Log { return im.rd.log }

// Said is message i as its record has it: without what is known only when all is
// read, the thread and whether what it answers is there.
func (l *Log) Said(i int) Message {
	r := l.records.at(i)
	return Message{ID: l.ID(i), Author: l.Person(int(r.author)), Side: r.side, Time: time.UnixMicro(r.time).UTC(), Precision: r.precision,
		Text: l.Text(i), Bot: r.bot, Private: r.private, Attributes: l.Attributes(i), Origin: l.origin(int32(i))}
}

// Size is the length in bytes of what message i says.
func (l *Log) Size(i int) int { return int(l.records.at(i).length) }

// Origin is where message i was read.
func (l *Log) Origin(i int) Origin { return l.origin(int32(i)) }

// Give adds a message whose time is set and tells its number; -1 when the log
// can't keep it, which is told.
func (im *Importer) Give(m Message, line int) int {
	m.Origin = Origin{im.rd.name, line}
	if im.rd.roster != nil {
		im.rd.roster.Apply(&m)
	}
	if !im.rd.log.Append(m) {
		return -1
	}
	return im.rd.log.Len() - 1
}

// Time understands a time as it is written; doubtful when day and month may
// change places and nothing says which is which.
func (im *Importer) Time(word string) (t time.Time, p Precision, doubtful bool, err error) {
	m, err := im.rd.dates.read(word)
	return m.time, m.precision, m.doubtful() && !im.rd.dates.sure, err
}

// Ended tells how the input ended when that was by err, at line: a file cut short
// is told, and nil; what else keeps a file from being read on comes back.
func (im *Importer) Ended(err error, line int) error {
	return im.rd.end(&lines{number: line, err: err})
}

// Shared is the joiner of that name that all readers of the log share; make makes
// it when there is none yet.
func (im *Importer) Shared(name string, make func() Joiner) Joiner {
	l := im.rd.log
	for _, j := range l.joiners {
		if j.name == name {
			return j.Joiner
		}
	}
	j := make()
	l.joiners = append(l.joiners, namedJoiner{name, j})
	return j
}

type namedJoiner struct {
	name string
	Joiner
}

// untied is where links have no tie.
const untied = -2

// join asks the joiners. Ties stand instead of what records say.
func (l *Log) join(k *links) {
	for by, n := range l.joined {
		l.facts.Joined[by] -= n
	}
	l.joined = map[string]int{}
	for _, j := range l.joiners {
		j.Join(l, func(t Tie) { l.tie(k, t) })
	}
	for by, n := range l.joined {
		if l.facts.Joined == nil {
			l.facts.Joined = map[string]int{}
		}
		l.facts.Joined[by] += n
	}
}

func (l *Log) tie(k *links, t Tie) {
	i := int32(t.Message)
	k.reply[i], k.thread[i] = int32(t.Reply), k.threads.number(string(t.Thread))
	if t.By != "" {
		l.joined[t.By]++
	}
	switch {
	case t.Weak && t.By != "":
		k.mark(i, joinedBy, t.By)
	case t.Continues != "":
		k.mark(i, continues, string(t.Continues))
	case t.Reply < 0 && l.records.at(int(i)).reply < -1:
		k.tell(l, UnknownReply, i, "replies to "+l.replyID(i)+", which is not in the log: taken as part of its thread")
	}
}

// mark keeps what a message's attributes say of its tie.
func (k *links) mark(i int32, key, value string) {
	if k.marks == nil {
		k.marks = map[int32][2]string{}
	}
	k.marks[i] = [2]string{key, value}
}

// tied corrects what a record says of a message by its tie.
func (l *Log) tied(i int, m *Message, e Entry) {
	mark, ok := l.links().marks[int32(i)]
	if !ok {
		return
	}
	m.ReplyTo = ""
	if e.Reply >= 0 {
		m.ReplyTo = l.ID(e.Reply)
	}
	m.Attributes = m.Attributes.with(mark[0], mark[1])
}

// with adds a text to what attributes say.
func (a Attributes) with(key, value string) Attributes {
	member := strconv.Quote(key) + ":" + string(appendQuoted(nil, value)) + "}"
	if a == "" || a == "{}" {
		return Attributes("{" + member)
	}
	return a[:len(a)-1] + Attributes(","+member)
}
