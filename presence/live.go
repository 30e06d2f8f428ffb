package presence

import (
	"math"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// Live is the presence of a conversation that goes on. It keeps of each message
// what matters of its row ([reading.Row]), and of each thread who waits in it;
// when a message arrives or changes, only threads where something changed are
// walked again. What it tells equals, bit for bit, what [Measure] tells of a log
// of the same messages up to the same census: a log is a conversation in which
// everything changes once (see [Batch]).
//
// One message can change how others are taken: the first words of somebody for
// the organisation make them staff everywhere, a third copy makes a template of
// two answers. Counts tell when that happens, and then exactly those threads are
// walked again, when figures are next asked for.
//
// It is for one goroutine at a time.
type Live struct {
	board *conversation.LiveIndex // nil for a log
	r     *facts
	given Options
	walk  walk
	rooms []threadState // by thread

	called  map[int32][]string // by message: what stands after its @s
	callers map[string][]int32 // the messages that hold a name
	agents  map[int32]bool     // messages signed by an agent or for a brand

	heard   []int32            // messages taken since the last refresh
	ahead   []int32            // messages of which something comes after the census
	later   map[int32]sketched // of those, what can be copies
	stirred map[int32]bool     // accounts of which something changed
	staff   []bool             // by account, as the threads were walked
	dirty   []int32            // threads to walk again
}

// threadState is what is known of a thread.
type threadState struct {
	appeals []appeal
	opener  int32 // the account of the community that opened it; −1
	all, to int32 // replies with a choice, and those to the opener
	dirty   bool
}

// Arrival is a message as it stands now, with its place among all, and what was
// read of it by [Options.Reading]; nil: Put reads it.
type Arrival struct {
	conversation.Message
	Rank int64
	Row  *reading.Row
}

// Reading is how messages are to be read for these options. Only says what is
// wanted here; more may be read at the same time for others.
func (o Options) Reading() reading.Options {
	return reading.Options{Names: o.Names, Own: o.Own, Only: reading.Speech}
}

// NewLive begins with an empty board, which it fills. If the board gives no Texts,
// Live keeps what it needs to find copies, and Report can't be asked for.
// Options.Until is the first census; Since and Window choose the cohort as in
// Measure.
func NewLive(board *conversation.LiveIndex, options Options) *Live {
	l := newLive(board, options)
	l.board, l.r.copies.keep = board, board.Texts == nil
	if !options.Until.IsZero() {
		l.r.until = options.Until.UnixMicro()
	}
	return l
}

func newLive(log talk, options Options) *Live {
	l := &Live{given: options, r: newFacts(log, options), called: map[int32][]string{}, callers: map[string][]int32{},
		agents: map[int32]bool{}, later: map[int32]sketched{}, stirred: map[int32]bool{}}
	l.walk = walk{r: l.r, c: &cases{}}
	return l
}

// Put takes messages that arrive or change, in order; the last of an ID stands.
func (l *Live) Put(batch ...Arrival) {
	last := make(map[conversation.MessageID]int, len(batch))
	for k := range batch {
		last[batch[k].ID] = k
	}
	l.read(batch)
	for k := range batch {
		if last[batch[k].ID] != k {
			continue
		}
		if i, ok := l.enter(&batch[k]); ok {
			l.r.count(i, 1)
			l.settle(i, batch[k].Row)
		}
	}
}

// read reads those that nobody read.
func (l *Live) read(batch []Arrival) {
	var messages []conversation.Message
	for k := range batch {
		if batch[k].Row == nil {
			messages = append(messages, batch[k].Message)
		}
	}
	rows := reading.All(messages, l.given.Reading())
	for k := range batch {
		if batch[k].Row == nil {
			batch[k].Row, rows = &rows[0], rows[1:]
		}
	}
}

// enter notes who says what where.
func (l *Live) enter(a *Arrival) (i int32, ok bool) {
	if a.Time.IsZero() || a.ID == "" {
		return 0, false
	}
	if old, known := l.board.Find(a.ID); known {
		l.out(int32(old))
	}
	n, touched := l.board.Put(a.Message, a.Rank)
	l.grow()
	l.r.language(base(a.Lang))
	for _, t := range touched {
		l.markDirty(t)
	}
	return int32(n), true
}

// grow makes room for new messages and people.
func (l *Live) grow() {
	l.r.grow()
	l.staff = slices.Grow(l.staff, len(l.r.people)-len(l.staff))[:len(l.r.people)]
}

// markDirty has a thread walked again.
func (l *Live) markDirty(t int) {
	for len(l.rooms) <= t {
		l.rooms = append(l.rooms, threadState{opener: -1})
	}
	if m := &l.rooms[t]; !m.dirty {
		m.dirty = true
		l.dirty = append(l.dirty, int32(t))
	}
}

// out takes what is known of a message out of all counts.
func (l *Live) out(i int32) {
	r := l.r
	e := r.at(i)
	r.count(i, -1)
	r.paste(i, -1)
	if r.begin >= e.Time {
		r.begun = false
	}
	delete(r.voice, i)
	delete(r.signed, i)
	if e.Author >= 0 {
		l.stirred[int32(e.Author)] = true
		if l.agents[i] {
			r.people[e.Author].signed--
		}
		if a := &r.people[e.Author]; a.first == e.Time {
			a.first = unsure
		}
	}
	delete(l.agents, i)
	for _, name := range l.called[i] {
		if at := slices.Index(l.callers[name], i); at >= 0 {
			l.callers[name] = slices.Delete(l.callers[name], at, at+1)
		}
	}
	delete(l.called, i)
}

// unsure stands for a first message that has to be looked for.
const unsure = math.MinInt64

// open counts a thread in anew.
func (l *Live) open(t int) {
	r, m := l.r, &l.rooms[t]
	if m.opener >= 0 {
		r.people[m.opener].opened--
		l.stirred[m.opener] = true
	}
	r.choice.all -= int(m.all)
	r.choice.opener -= int(m.to)
	opener, c := r.open(r.log.InThread(t), 1)
	m.opener, m.all, m.to = opener, int32(c.all), int32(c.opener)
	if opener >= 0 {
		l.stirred[opener] = true
	}
}

// settle takes the row of a message that was counted in.
func (l *Live) settle(i int32, row *reading.Row) {
	r := l.r
	agent := r.take(i, row)
	e := r.at(i)
	if e.Author >= 0 {
		l.stirred[int32(e.Author)] = true
		if e.Side == conversation.Organisation && r.people[e.Author].machine {
			r.flags[i] |= machine
		}
	}
	if agent != "" {
		r.sign(i, agent)
	}
	r.paste(i, 1)
	r.copies.put(i, l.copyable(i, r.copies.sketch(i, row)))
	if l.board != nil {
		l.remember(i, row, agent)
	}
}

// remember notes what is needed of a message when others change, or it does.
func (l *Live) remember(i int32, row *reading.Row, agent string) {
	if l.r.begun {
		l.r.begin = min(l.r.begin, l.r.at(i).Time)
	}
	if agent != "" {
		l.agents[i] = true
	}
	if len(row.Handles) > 0 {
		l.called[i] = row.Handles
		for _, name := range row.Handles {
			l.callers[name] = append(l.callers[name], i)
		}
	}
	l.heard = append(l.heard, i)
	if l.horizon(i) > l.r.until {
		l.ahead = append(l.ahead, i)
	}
}

// copyable is the sketch of a message, if it was there at the census; if not, it
// is kept for later.
func (l *Live) copyable(i int32, s sketched) sketched {
	delete(l.later, i)
	if s.message >= 0 && l.r.log.At(int(i)).Time > l.r.until {
		if l.board != nil {
			l.later[i] = s
		}
		return none
	}
	return s
}

// mention says anew whether a message names the organisation, and whether that
// is news.
func (l *Live) mention(i int32) bool {
	was := l.r.flags[i]
	l.r.flags[i] &^= mentions
	if was&worded != 0 || slices.ContainsFunc(l.called[i], func(name string) bool { return l.r.named[name] > 0 }) {
		l.r.flags[i] |= mentions
	}
	return was != l.r.flags[i]
}

// horizon is the census from which on a message says nothing new by itself.
func (l *Live) horizon(i int32) int64 {
	e := l.board.At(int(i))
	at := max(e.Time, e.Deleted)
	if e.Precision == conversation.Day {
		at = max(at, e.Time+aDay)
	}
	return at
}
