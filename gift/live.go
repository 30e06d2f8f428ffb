package gift

import (
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// Live finds the thanks of a conversation that goes on. It keeps what matters of
// a message in some bytes; when something changes in a thread, the names used
// there are counted anew and its thanks are looked for again, and also those of
// other threads where somebody is called by a name that now means somebody else.
// A log that is measured once is one in which everything changes once: see
// [Batch].
//
// Others change the board. Before is to be told first, After when it is done. It
// is for one goroutine at a time.
type Live struct {
	board *conversation.LiveIndex // nil for a log
	log   talk
	f     *finder

	marks []mark // by message
	calls []reading.Call
	waste int // calls of messages that have others now
	met   [1 << 14]uint64

	more    map[int32]conversation.Attributes // of messages whose source tells of thanks
	refs    map[string][]int32                // threads where it names a message or somebody
	out     map[int32]bool                    // threads that are not in the counts now
	news    []conversation.MessageID          // that changed
	stirred map[int32]bool                    // people who wrote in threads that changed
	bears   []bool                            // by person: the account's name is known
	given   map[int32][]found                 // by thread
	version int
}

// mark is what one message says, in 16 bytes.
type mark struct {
	signature uint64
	from      uint32 // of its calls
	n         uint16
	says      uint16
}

// NewLive follows an empty board.
func NewLive(board *conversation.LiveIndex) *Live {
	l := newLive(board)
	l.board = board
	return l
}

func newLive(log talk) *Live {
	l := &Live{log: log, more: map[int32]conversation.Attributes{}, refs: map[string][]int32{}, out: map[int32]bool{},
		stirred: map[int32]bool{}, given: map[int32][]found{}}
	l.f = &finder{log: overheard{log, l}, says: l.says, someone: l.someone, names: newNames()}
	l.f.names.uses, l.f.names.moved = map[use]times{}, map[int32]int32{}
	return l
}

// overheard is a conversation with the attributes that matter.
type overheard struct {
	talk
	l *Live
}

func (o overheard) Attributes(i int) conversation.Attributes { return o.l.more[int32(i)] }

func (l *Live) someone(id string) (int, bool) {
	p, ok := l.log.FindPerson(conversation.PersonID(id))
	return p, ok && l.f.people[p].wrote > 0
}

// flags are the parts of [reading.Thanks] that are true or false, in the order of their bits.
func flags(s *reading.Thanks) [9]*bool {
	return [...]*bool{&s.Thanks, &s.Courteous, &s.ToName, &s.Asks, &s.Hollow, &s.Everybody, &s.Several, &s.Opening, &s.Back}
}

func (l *Live) says(i int) (s reading.Thanks) {
	m := l.marks[i]
	s.Signature, s.Calls = m.signature, l.calls[m.from:m.from+uint32(m.n)]
	for k, f := range flags(&s) {
		*f = m.says&(1<<k) != 0
	}
	return s
}

// keep notes what message i says.
func (l *Live) keep(i int, s *reading.Thanks) {
	calls := s.Calls[:min(len(s.Calls), 1<<16-1)]
	m := mark{signature: s.Signature, from: uint32(len(l.calls)), n: uint16(len(calls))}
	for k, f := range flags(s) {
		if *f {
			m.says |= 1 << k
		}
	}
	l.waste += int(l.marks[i].n)
	l.calls = append(l.calls, calls...)
	for _, c := range calls {
		l.met[c.Name>>6%(1<<14)] |= 1 << (c.Name & 63)
	}
	l.marks[i] = m
}

// tidy forgets the calls that nobody makes any more, when they are many.
func (l *Live) tidy() {
	if l.waste < 1<<12 || l.waste < len(l.calls)/2 {
		return
	}
	calls := make([]reading.Call, 0, len(l.calls)-l.waste)
	for i := range l.marks {
		m := &l.marks[i]
		from := uint32(len(calls))
		calls = append(calls, l.calls[m.from:m.from+uint32(m.n)]...)
		m.from = from
	}
	l.calls, l.waste = calls, 0
}

// Before tells of messages that are about to be put on the board.
func (l *Live) Before(messages ...conversation.Message) {
	for k := range messages {
		for _, t := range l.board.Touches(messages[k]) {
			l.take(int32(t))
		}
	}
}

// take takes a thread out of the counts.
func (l *Live) take(t int32) {
	if l.out[t] {
		return
	}
	l.out[t] = true
	l.count(t, -1)
}

func (l *Live) count(t, by int32) {
	thread := l.log.InThread(int(t))
	l.f.count(thread, by)
	for _, i := range thread {
		if a := l.log.At(int(i)).Author; a >= 0 {
			l.stirred[int32(a)] = true
		}
	}
}

// After takes what was read in messages that were put on the board, by
// [reading.Options] that may say nothing.
func (l *Live) After(messages []conversation.Message, rows []reading.Row) {
	l.grow()
	last := make(map[int]int, len(messages))
	order := make([]int, 0, len(messages))
	for k := range messages {
		i, ok := l.board.Find(messages[k].ID)
		if !ok {
			continue
		}
		if _, twice := last[i]; !twice {
			order = append(order, i)
		}
		last[i] = k
	}
	for _, i := range order {
		row := &rows[last[i]]
		l.keep(i, &row.Thanks)
		t := int32(l.log.At(i).Thread)
		l.out[t] = true // if the thread is new, it was in no counts
		l.news = append(l.news, messages[last[i]].ID)
		delete(l.more, int32(i))
		if row.Giving != "" {
			l.more[int32(i)] = row.Giving
			l.refer(row.Giving, t)
		}
	}
	l.tidy()
}

// grow makes room for new messages and people.
func (l *Live) grow() {
	l.marks = slices.Grow(l.marks, l.log.Len()-len(l.marks))[:l.log.Len()]
	l.f.grow()
	l.bears = slices.Grow(l.bears, len(l.f.people)-len(l.bears))[:len(l.f.people)]
}

// refer notes which messages and people attributes may name.
func (l *Live) refer(more conversation.Attributes, t int32) {
	all, err := more.All()
	if err != nil {
		return
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		default:
			if id := text(v); id != "" && !slices.Contains(l.refs[id], t) {
				l.refs[id] = append(l.refs[id], t)
			}
		}
	}
	walk(all)
}

// Thanks gives all thanks in order of time.
func (l *Live) Thanks() []Thanks {
	l.refresh()
	var all []found
	for _, some := range l.given {
		all = append(all, some...)
	}
	return l.f.tell(all)
}

// Version rises whenever some thanks may have changed.
func (l *Live) Version() int {
	l.refresh()
	return l.version
}

// refresh looks for the thanks of all threads where something changed.
func (l *Live) refresh() {
	if len(l.out) == 0 {
		return
	}
	walk := l.out
	for t := range walk {
		l.count(t, 1)
	}
	l.out = map[int32]bool{}
	refer := func(id string) {
		for _, t := range l.refs[id] {
			walk[t] = true
		}
	}
	for _, id := range l.news {
		refer(string(id))
	}
	l.news = nil
	renamed, again := l.names(refer)
	l.meant(renamed, again, walk)
	for t := range walk {
		l.walk(t)
	}
}

// names says anew who bears which name, and gives the names of which that
// changed and the people who are no longer taken for one, or are again.
func (l *Live) names(refer func(id string)) (renamed map[uint64]bool, again map[int32]bool) {
	n, people := l.f.names, l.f.people
	renamed, again = map[uint64]bool{}, map[int32]bool{}
	doubtful := map[uint64]bool{}
	doubt := func(names []uint64) {
		for _, name := range names {
			doubtful[name] = true
		}
	}
	for u, was := range n.uses {
		if n.used[u] != was {
			doubtful[u.name] = true
		}
	}
	for p, was := range n.moved {
		if n.near[p] != was {
			doubt(n.borne[p])
		}
	}
	for p := range l.stirred {
		a := &people[p]
		if many := a.many(); many != a.crowd {
			a.crowd, again[p] = many, true
			doubt(n.borne[p])
		}
		if is := a.wrote > 0 && !a.crowd; is != l.bears[p] {
			l.bears[p] = is
			for _, name := range n.accountOf(int(p), string(l.log.Person(int(p))), is) {
				renamed[name] = true
			}
		}
		refer(string(l.log.Person(int(p))))
	}
	n.uses, n.moved, l.stirred = map[use]times{}, map[int32]int32{}, map[int32]bool{}
	for name := range doubtful {
		if n.learn(name, people) {
			renamed[name] = true
		}
	}
	return renamed, again
}

// meant adds to walk the threads where somebody is called by some names, or where
// some people wrote.
func (l *Live) meant(names map[uint64]bool, people map[int32]bool, walk map[int32]bool) {
	for name := range names {
		if l.met[name>>6%(1<<14)]&(1<<(name&63)) == 0 { // nobody is called so
			delete(names, name)
		}
	}
	if len(names) == 0 && len(people) == 0 {
		return
	}
	for i, m := range l.marks {
		called := slices.ContainsFunc(l.calls[m.from:m.from+uint32(m.n)], func(c reading.Call) bool { return names[c.Name] })
		if !called && len(people) == 0 {
			continue
		}
		if e := l.log.At(i); called || e.Author >= 0 && people[int32(e.Author)] {
			walk[int32(e.Thread)] = true
		}
	}
}

// walk looks for the thanks of a thread.
func (l *Live) walk(t int32) {
	l.f.found = nil
	if thread := l.log.InThread(int(t)); len(thread) > 0 {
		l.f.thread(thread)
	}
	was := l.given[t]
	if found := l.f.once(); len(found) > 0 {
		l.given[t] = found
	} else {
		delete(l.given, t)
	}
	if len(was)+len(l.f.found) > 0 {
		l.version++
	}
}
