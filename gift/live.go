package gift

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation"
)

// Live finds the thanks of a conversation that goes on: what it gives equals what
// [Find] gives of a log of the same messages. It reads a message once and keeps
// what matters of it in some bytes; when something changes in a thread, the names
// used there are counted anew and its thanks are looked for again, and also those
// of other threads where somebody is called by a name that now means somebody
// else.
//
// Others change the board. Before is to be told first, After when it is done. It
// is for one goroutine at a time.
type Live struct {
	board *conversation.Board
	f     *finder

	marks []mark // by message
	calls []call
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
func NewLive(board *conversation.Board) *Live {
	l := &Live{board: board, more: map[int32]conversation.Attributes{}, refs: map[string][]int32{}, out: map[int32]bool{},
		stirred: map[int32]bool{}, given: map[int32][]found{}}
	l.f = &finder{log: overheard{board, l}, says: l.says, someone: l.someone, names: newNames()}
	l.f.names.uses, l.f.names.moved = map[use]times{}, map[int32]int32{}
	return l
}

// overheard is the board with the attributes that matter.
type overheard struct {
	*conversation.Board
	l *Live
}

func (o overheard) Attributes(i int) conversation.Attributes { return o.l.more[int32(i)] }

func (l *Live) someone(id string) (int, bool) {
	p, ok := l.board.FindPerson(conversation.PersonID(id))
	return p, ok && l.f.people[p].wrote > 0
}

// flags are the parts of said that are true or false, in the order of their bits.
func (s *said) flags() [9]*bool {
	return [...]*bool{&s.thanks, &s.courteous, &s.toName, &s.asks, &s.hollow, &s.everybody, &s.several, &s.opening, &s.back}
}

func (l *Live) says(i int) (s said) {
	m := l.marks[i]
	s.signature, s.calls = m.signature, l.calls[m.from:m.from+uint32(m.n)]
	for k, f := range s.flags() {
		*f = m.says&(1<<k) != 0
	}
	return s
}

// keep notes what message i says.
func (l *Live) keep(i int, s said) {
	s.calls = s.calls[:min(len(s.calls), 1<<16-1)]
	m := mark{signature: s.signature, from: uint32(len(l.calls)), n: uint16(len(s.calls))}
	for k, f := range s.flags() {
		if *f {
			m.says |= 1 << k
		}
	}
	l.waste += int(l.marks[i].n)
	l.calls = append(l.calls, s.calls...)
	for _, c := range s.calls {
		l.met[c.name>>6%(1<<14)] |= 1 << (c.name & 63)
	}
	l.marks[i] = m
}

// tidy forgets the calls that nobody makes any more, when they are many.
func (l *Live) tidy() {
	if l.waste < 1<<12 || l.waste < len(l.calls)/2 {
		return
	}
	calls := make([]call, 0, len(l.calls)-l.waste)
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
	thread := l.board.InThread(int(t))
	l.f.count(thread, by)
	for _, i := range thread {
		if a := l.board.At(int(i)).Author; a >= 0 {
			l.stirred[int32(a)] = true
		}
	}
}

// After reads the messages that were put on the board.
func (l *Live) After(messages ...conversation.Message) {
	l.marks = slices.Grow(l.marks, l.board.Len()-len(l.marks))[:l.board.Len()]
	l.f.grow()
	l.bears = slices.Grow(l.bears, len(l.f.people)-len(l.bears))[:len(l.f.people)]
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
	read := l.read(messages, order, last)
	for k, i := range order {
		m := &messages[last[i]]
		l.keep(i, read[k])
		t := int32(l.board.At(i).Thread)
		l.out[t] = true // if the thread is new, it was in no counts
		l.news = append(l.news, m.ID)
		delete(l.more, int32(i))
		if tells(m.Attributes) {
			l.more[int32(i)] = m.Attributes
			l.refer(m.Attributes, t)
		}
	}
	l.tidy()
}

// read reads texts on all cores.
func (l *Live) read(messages []conversation.Message, order []int, last map[int]int) []said {
	out := make([]said, len(order))
	cores := min(runtime.GOMAXPROCS(0), 1+len(order)/8)
	var wg sync.WaitGroup
	for core := range cores {
		wg.Go(func() {
			var r reader
			for k := core; k < len(order); k += cores {
				m := &messages[last[order[k]]]
				out[k] = r.read(strings.ToValidUTF8(m.Text, "\uFFFD"), m.Lang)
			}
		})
	}
	wg.Wait()
	return out
}

// telling are the keys by which a source tells of thanks.
var telling = []string{"solved_by", "accepted", "solution", "solved", "marked_by", "liked_by", "favourited_by", "thanked_by", "reactions",
	"reacted_by", "received", "paid", "price"}

func tells(more conversation.Attributes) bool {
	return more != "" && slices.ContainsFunc(telling, func(key string) bool { return strings.Contains(string(more), key) })
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
			for _, name := range n.accountOf(int(p), string(l.board.Person(int(p))), is) {
				renamed[name] = true
			}
		}
		refer(string(l.board.Person(int(p))))
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
		called := slices.ContainsFunc(l.calls[m.from:m.from+uint32(m.n)], func(c call) bool { return names[c.name] })
		if !called && len(people) == 0 {
			continue
		}
		if e := l.board.At(i); called || e.Author >= 0 && people[int32(e.Author)] {
			walk[int32(e.Thread)] = true
		}
	}
}

// walk looks for the thanks of a thread.
func (l *Live) walk(t int32) {
	l.f.found = nil
	if thread := l.board.InThread(int(t)); len(thread) > 0 {
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
