package presence

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation"
)

// Live is the presence of a conversation that goes on. It knows of each message
// what [Measure] reads of it, and of each thread who waits in it; a message that
// arrives or changes is read alone, and only threads where something changed are
// walked again. What it tells equals, bit for bit, what Measure tells of a log of
// the same messages up to the same census.
//
// One message can change how others are read: the first words of somebody for
// the organisation make her staff everywhere, a third copy makes a template of
// two answers. Counts tell when that happens, and then exactly those threads are
// walked again, when figures are next asked for.
//
// It is for one goroutine at a time.
type Live struct {
	board *conversation.Board
	r     *reading
	given Options
	walk  walk
	rooms []room // by thread

	called  map[int32][]string // by message: what stands after its @s
	callers map[string][]int32 // the messages that hold a name
	agents  map[int32]bool     // messages signed by an agent or for a brand
	signers map[int32]string   // who signed messages of accounts that look shared

	heard   []int32            // messages read since the last refresh
	ahead   []int32            // messages of which something comes after the census
	later   map[int32]sketched // of those, what can be copies
	stirred map[int32]bool     // accounts of which something changed
	staff   []bool             // by account, as the threads were walked
	dirty   []int32            // threads to walk again
}

// room is what is known of a thread.
type room struct {
	appeals []appeal
	opener  int32 // the account of the community that opened it; −1
	all, to int32 // replies with a choice, and those to the opener
	dirty   bool
}

// Arrival is a message as it stands now, with its place among all.
type Arrival struct {
	conversation.Message
	Rank int64
}

// NewLive begins with an empty board, which it fills; the board's Texts must give
// what messages say. Options.Until is the first census; Since and Window choose
// the cohort as in Measure.
func NewLive(board *conversation.Board, options Options) *Live {
	l := &Live{board: board, given: options, r: newReading(board, options), called: map[int32][]string{}, callers: map[string][]int32{},
		agents: map[int32]bool{}, signers: map[int32]string{}, later: map[int32]sketched{}, stirred: map[int32]bool{}}
	if !options.Until.IsZero() {
		l.r.until = options.Until.UnixMicro()
	}
	l.walk = walk{r: l.r, c: &cases{}}
	return l
}

// found is what is read in a message that arrives.
type found struct {
	message int32
	agent   string
	names   []string
	sketch  sketched
}

// Put takes messages that arrive or change, in order; the last of an ID stands.
// The texts are read side by side.
func (l *Live) Put(batch ...Arrival) {
	last := make(map[conversation.MessageID]int, len(batch))
	for k := range batch {
		last[batch[k].ID] = k
	}
	read := make([]found, 0, len(batch))
	texts := make([]int, 0, len(batch))
	for k := range batch {
		if last[batch[k].ID] != k {
			continue
		}
		if i, ok := l.enter(&batch[k]); ok {
			read, texts = append(read, found{message: i}), append(texts, k)
		}
	}
	l.read(read, texts, batch)
	for k := range read {
		l.settle(&read[k])
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
	l.r.grow()
	l.r.language(base(a.Lang))
	for len(l.staff) < len(l.r.people) {
		l.staff = append(l.staff, false)
	}
	for _, t := range touched {
		l.stir(t)
	}
	return int32(n), true
}

// stir has a thread walked again.
func (l *Live) stir(t int) {
	for len(l.rooms) <= t {
		l.rooms = append(l.rooms, room{opener: -1})
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
	delete(l.signers, i)
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
	opener, c := r.open(l.board.InThread(t), 1)
	m.opener, m.all, m.to = opener, int32(c.all), int32(c.opener)
	if opener >= 0 {
		l.stirred[opener] = true
	}
}

// read reads texts on all cores.
func (l *Live) read(all []found, texts []int, batch []Arrival) {
	const few = 8
	if len(all) <= few {
		for k := range all {
			l.hear(&all[k], &batch[texts[k]])
		}
		return
	}
	var wg sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		wg.Go(func() {
			for k := core; k < len(all); k += cores {
				l.hear(&all[k], &batch[texts[k]])
			}
		})
	}
	wg.Wait()
}

// hear reads one text.
func (l *Live) hear(f *found, a *Arrival) {
	text := strings.ToValidUTF8(a.Text, "\uFFFD")
	f.agent = l.r.message(f.message, text, a.Attributes)
	if a.Side == conversation.Community {
		handles(text, func(name []byte) bool {
			if !slices.Contains(f.names, string(name)) {
				f.names = append(f.names, string(name))
			}
			return false
		})
	}
	f.sketch, _ = l.r.copies.sketch(f.message, func() string { return text })
}

// settle counts a message in that was read.
func (l *Live) settle(f *found) {
	r, i := l.r, f.message
	e := r.at(i)
	r.count(i, 1)
	if r.begun {
		r.begin = min(r.begin, e.Time)
	}
	if f.agent != "" {
		r.sign(i, f.agent)
		l.agents[i] = true
	}
	if e.Author >= 0 {
		l.stirred[int32(e.Author)] = true
		if e.Side == conversation.Organisation && r.people[e.Author].machine {
			r.flags[i] |= machine
		}
	}
	r.paste(i, 1)
	if len(f.names) > 0 {
		l.called[i] = f.names
		for _, name := range f.names {
			l.callers[name] = append(l.callers[name], i)
		}
	}
	l.heard = append(l.heard, i)
	delete(l.later, i)
	r.copies.put(i, l.copyable(i, f.sketch))
	if l.horizon(i) > r.until {
		l.ahead = append(l.ahead, i)
	}
}

// copyable is the sketch of a message, if it was there at the census; if not, it
// is kept for later.
func (l *Live) copyable(i int32, s sketched) sketched {
	if s.message >= 0 && l.board.At(int(i)).Time > l.r.until {
		l.later[i] = s
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
