package conversation

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// LiveIndex is a conversation that goes on: a [Log]'s index of which any message can
// be put again, edited, deleted or with another author, at any time. It keeps
// no texts; it asks Texts for them. What it says of its messages is what a Log
// says to which they were appended as they stand now, in order of their rank.
//
// Put from one goroutine while nobody reads; several may read at a time.
type LiveIndex struct {
	// Texts gives what a message says, and Extras what else its source said of
	// it, wherever they are kept. Nil: nothing.
	Texts  func(MessageID) string
	Extras func(MessageID) Attributes

	posts   [][]post // on pages, so that growing never copies them
	count   int
	deleted map[int32]deletion
	ids     names             // of messages: their numbers are the messages'
	lost    names             // replied to and not here
	waiting map[int32][]int32 // by lost name: messages that reply to it

	people, threads, departments, channels, languages names

	members [][]int32 // by thread, in order; empty when all have left
}

// post is the index of one message: 64 bytes without pointers.
type post struct {
	time, sequence      int64
	rank                int64
	length              int32
	thread              int32
	reply               int32 // as the message says: a message; -1: none; below: -2 less a number of lost
	to                  int32 // as it is taken: in the same thread, and in no ring; -1
	author              int32
	department, channel int32
	lang                int16
	side                Side
	precision           Precision
	bot, private, gone  bool
	walked              uint8 // for rings
}

// NewLiveIndex makes an empty board.
func NewLiveIndex() *LiveIndex {
	return &LiveIndex{deleted: map[int32]deletion{}, waiting: map[int32][]int32{}}
}

// Put adds a message, or says how it stands now if its ID is known, and gives
// its number and the threads in which something changed. Rank is its place
// among all messages where times are equal, as a Log's order of reading is. A
// message without a time is left out: its number is -1.
func (b *LiveIndex) Put(m Message, rank int64) (i int, touched []int) {
	if m.Time.IsZero() || m.ID == "" {
		return -1, nil
	}
	if m.Precision == Day {
		m.Time = midnight(m.Time)
	}
	n, known := b.ids.lookup(string(m.ID))
	var old post
	if known {
		old = *b.at(n)
	} else {
		n = b.add(string(m.ID))
	}
	p := b.at(n)
	b.fill(p, n, m, rank)
	if len(m.Text) > 0 && !utf8.ValidString(m.Text) {
		p.length = int32(len(strings.ToValidUTF8(m.Text, "\uFFFD")))
	}
	b.mark(n, m)
	awaited := b.heard(n, known)
	switch {
	case !known:
		b.place(n, awaited)
		touched = []int{int(p.thread)}
	case old.thread == p.thread && old.time == p.time && old.sequence == p.sequence && old.rank == p.rank && old.reply == p.reply:
		p.to = old.to
		touched = []int{int(p.thread)}
	default:
		b.leave(n, old)
		b.place(n, true)
		touched = []int{int(p.thread)}
		if old.thread != p.thread {
			b.resolve(b.members[old.thread])
			touched = append(touched, int(old.thread))
		}
	}
	return int(n), touched
}

func (b *LiveIndex) at(i int32) *post { return &b.posts[i/perPage][i%perPage] }

func (b *LiveIndex) add(id string) int32 {
	n := b.ids.number(id)
	if b.count%perPage == 0 {
		b.posts = append(b.posts, make([]post, perPage))
	}
	b.count++
	return n
}

// fill writes what a message says of itself.
func (b *LiveIndex) fill(p *post, n int32, m Message, rank int64) {
	*p = post{time: m.Time.UnixMicro(), sequence: m.Sequence, rank: rank, length: int32(len(m.Text)), to: -1,
		author: b.people.number(string(m.Author)), department: b.departments.number(m.Department), channel: b.channels.number(m.Channel),
		lang: int16(b.languages.number(m.Lang)), side: m.Side, precision: m.Precision, bot: m.Bot, private: m.Private}
	p.reply = b.replied(n, string(m.ReplyTo))
	p.thread = b.threads.number(b.threadOf(m))
	for len(b.members) <= int(p.thread) {
		b.members = append(b.members, nil)
	}
}

// threadOf is the thread that a message names, or belongs to.
func (b *LiveIndex) threadOf(m Message) string {
	if m.Thread != "" {
		return string(m.Thread)
	}
	if to, ok := b.ids.lookup(string(m.ReplyTo)); ok {
		return b.threads.name(b.at(to).thread)
	}
	return string(cmp.Or(m.ReplyTo, m.ID))
}

// Touches gives the threads of the board that Put would change: where a message
// is and where it belongs.
func (b *LiveIndex) Touches(m Message) (threads []int) {
	if n, ok := b.ids.lookup(string(m.ID)); ok {
		threads = append(threads, int(b.at(n).thread))
	}
	if t, ok := b.threads.lookup(b.threadOf(m)); ok && !slices.Contains(threads, int(t)) {
		threads = append(threads, int(t))
	}
	return threads
}

// replied numbers what message n replies to, and notes that it waits for it if
// that isn't here.
func (b *LiveIndex) replied(n int32, id string) int32 {
	if id == "" {
		return -1
	}
	if to, ok := b.ids.lookup(id); ok {
		return to
	}
	to := b.lost.number(id)
	if !slices.Contains(b.waiting[to], n) {
		b.waiting[to] = append(b.waiting[to], n)
	}
	return -2 - to
}

// heard lets those who reply to message n know that it is here, and tells
// whether somebody does.
func (b *LiveIndex) heard(n int32, known bool) (awaited bool) {
	if known {
		return true
	}
	name, ok := b.lost.lookup(b.ids.name(n))
	if !ok {
		return false
	}
	for _, i := range b.waiting[name] {
		if p := b.at(i); p.reply == -2-name {
			p.reply = n
		}
	}
	delete(b.waiting, name)
	return true
}

func (b *LiveIndex) mark(n int32, m Message) {
	delete(b.deleted, n)
	if !m.Deleted.IsZero() {
		b.deleted[n] = deletion{m.Deleted.UnixMicro(), m.DeletedBy}
		b.at(n).gone = true
	}
}

// byTime orders messages by time, sequence, rank.
func (b *LiveIndex) byTime(x, y int32) int {
	if c := b.moment(x, y); c != 0 {
		return c
	}
	return cmp.Compare(b.at(x).rank, b.at(y).rank)
}

// moment orders them by what their source says of when.
func (b *LiveIndex) moment(x, y int32) int {
	p, q := b.at(x), b.at(y)
	if p.time != q.time {
		return cmp.Compare(p.time, q.time)
	}
	return cmp.Compare(p.sequence, q.sequence)
}

// place puts message n in its thread. If nobody can reply to it yet, no other
// message's reply changes.
func (b *LiveIndex) place(n int32, awaited bool) {
	p := b.at(n)
	m := b.members[p.thread]
	at, _ := slices.BinarySearchFunc(m, n, b.moment)
	m = slices.Insert(m, at, n)
	b.members[p.thread] = m
	if awaited {
		b.resolve(m)
		return
	}
	p.to = b.near(n)
	to := at + 1
	for to < len(m) && b.moment(m[to], n) == 0 {
		to++
	}
	b.arrange(m[at:to])
}

// leave takes message n out of the thread it was in.
func (b *LiveIndex) leave(n int32, old post) {
	m := b.members[old.thread]
	if at := slices.Index(m, n); at >= 0 {
		b.members[old.thread] = slices.Delete(m, at, at+1)
	}
}

// near is what message n replies to if that is in its thread.
func (b *LiveIndex) near(n int32) int32 {
	p := b.at(n)
	if p.reply >= 0 && p.reply != n && b.at(p.reply).thread == p.thread {
		return p.reply
	}
	return -1
}

// resolve says anew what the messages of a thread reply to, and puts those of
// one moment in order.
func (b *LiveIndex) resolve(m []int32) {
	for _, i := range m {
		p := b.at(i)
		p.to, p.walked = b.near(i), 0
	}
	rings(slices.Values(m), func(i int32) int32 { return b.at(i).to }, func(i int32) *uint8 { return &b.at(i).walked },
		func(ring []int32) { b.at(slices.MinFunc(ring, b.byTime)).to = -1 })
	slices.SortFunc(m, b.byTime)
	for from := 0; from < len(m); {
		to := from + 1
		for to < len(m) && b.moment(m[from], m[to]) == 0 {
			to++
		}
		b.arrange(m[from:to])
		from = to
	}
}

// arrange orders the messages of one moment by rank, parents first.
func (b *LiveIndex) arrange(run []int32) {
	if len(run) > 1 {
		slices.SortFunc(run, b.byTime)
		arrange(run, func(i int32) int32 { return b.at(i).to })
	}
}

// midnight is the day of a time as its source writes it, whatever the zone.
func midnight(t time.Time) time.Time {
	y, month, d := t.Date()
	return time.Date(y, month, d, 0, 0, 0, 0, time.UTC)
}

// Len is the number of messages.
func (b *LiveIndex) Len() int { return b.count }

// At gives the index's entry of message i.
func (b *LiveIndex) At(i int) Entry {
	p := b.at(int32(i))
	e := Entry{
		Index: i, Thread: int(p.thread), Author: int(p.author), Reply: int(p.to),
		Department: int(p.department), Channel: int(p.channel), Lang: int(p.lang),
		Time: p.time, Side: p.side, Precision: p.precision, Bot: p.bot, Private: p.private, Length: int(p.length),
	}
	if p.gone {
		d := b.deleted[int32(i)]
		e.Deleted, e.DeletedBy = d.time, d.by
	}
	return e
}

// Rank is the place of message i among all.
func (b *LiveIndex) Rank(i int) int64 { return b.at(int32(i)).rank }

// Text asks what message i says.
func (b *LiveIndex) Text(i int) string {
	if b.Texts == nil {
		return ""
	}
	return strings.ToValidUTF8(b.Texts(b.ID(i)), "\uFFFD")
}

// Attributes asks what else the source said of message i.
func (b *LiveIndex) Attributes(i int) Attributes {
	if b.Extras == nil {
		return ""
	}
	return b.Extras(b.ID(i))
}

// ID gives the name of message i.
func (b *LiveIndex) ID(i int) MessageID { return MessageID(b.ids.list[i]) }

// Find gives the number of the message named id.
func (b *LiveIndex) Find(id MessageID) (i int, ok bool) {
	n, ok := b.ids.lookup(string(id))
	return int(n), ok
}

// FindThread gives the number of a thread, FindPerson that of a person.
func (b *LiveIndex) FindThread(id ThreadID) (n int, ok bool) {
	k, ok := b.threads.lookup(string(id))
	return int(k), ok
}

// FindPerson gives the number of a person.
func (b *LiveIndex) FindPerson(id PersonID) (n int, ok bool) {
	k, ok := b.people.lookup(string(id))
	return int(k), ok
}

// The names behind an [Entry]'s numbers; "" for -1.
func (b *LiveIndex) Person(n int) PersonID   { return PersonID(b.people.name(int32(n))) }
func (b *LiveIndex) Thread(n int) ThreadID   { return ThreadID(b.threads.name(int32(n))) }
func (b *LiveIndex) Department(n int) string { return b.departments.name(int32(n)) }
func (b *LiveIndex) Channel(n int) string    { return b.channels.name(int32(n)) }
func (b *LiveIndex) Language(n int) string   { return b.languages.name(int32(n)) }

// How many there ever were of each; numbers run from 0 below it.
func (b *LiveIndex) People() int    { return len(b.people.list) }
func (b *LiveIndex) Languages() int { return len(b.languages.list) }

// InThread gives the numbers of a thread's messages in order. Don't change them.
func (b *LiveIndex) InThread(thread int) []int32 { return b.members[thread] }

// Threads gives the messages of every thread that has some, the threads in the
// order in which a Log meets them: by their message of the lowest rank. Don't
// change them.
func (b *LiveIndex) Threads() [][]int32 {
	type first struct {
		rank   int64
		thread int
	}
	var all []first
	for t, m := range b.members {
		if len(m) > 0 {
			lowest := b.Rank(int(m[0]))
			for _, i := range m {
				lowest = min(lowest, b.Rank(int(i)))
			}
			all = append(all, first{lowest, t})
		}
	}
	slices.SortFunc(all, func(x, y first) int { return cmp.Compare(x.rank, y.rank) })
	order := make([][]int32, len(all))
	for k, f := range all {
		order[k] = b.members[f.thread]
	}
	return order
}
