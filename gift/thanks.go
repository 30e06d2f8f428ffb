// Package gift finds acts of giving: who helped whom, as those who were helped
// say it.
//
// Nothing counts because somebody was busy. An answer is a gift when the person
// it was given to acknowledges it: she marks it as the solution, reacts to it,
// thanks for it in words, or a record says that she received something. [Find]
// reads a conversation and gives every such [Thanks] with what it rests on and
// how strong it is; the standing that flows along them is package whuffie's.
//
// Thanks in words go to whoever helped, who is often not the last to speak: the
// one who is named, by account, by signature or as others call her, else the
// one replied to, else those who said something of substance since the thankful
// person last spoke. testdata/README.md tells how often that is right.
package gift

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/conversation/speech"
)

// Kind says how a thanks was expressed.
type Kind string

// The kinds of thanks that are found in a conversation.
const (
	Solution Kind = "solution" // the asker marked an answer as the one that helped
	Record   Kind = "record"   // the source says that something was given and received
	Words    Kind = "words"    // thanks in words, in French or English
	Reaction Kind = "reaction" // the person helped reacted to the answer: a like, a heart
)

// Kinds are all kinds, the strongest first.
var Kinds = []Kind{Solution, Record, Words, Reaction}

// Strength says how much a thanks of this kind weighs, in (0, 1]; 0 for a kind
// that isn't known. A mark or a record names the help itself; words may be
// politeness; a reaction costs a click.
func (k Kind) Strength() float64 {
	switch k {
	case Solution, Record:
		return 1
	case Words:
		return .8
	case Reaction:
		return .5
	}
	return 0
}

// Thanks is one acknowledgement: From was helped by To.
type Thanks struct {
	Kind     Kind
	From, To conversation.PersonID
	Time     time.Time
	Strength float64                // the kind's, or 0 when it was paid for
	Message  conversation.MessageID // where it is said
	For      conversation.MessageID // what helped; empty when the source names no message
	// Paid says that the source tells of a price: no gift, and no strength.
	Paid bool
	// Organisation says that To spoke for the organisation when helping: counted
	// apart.
	Organisation bool
}

// ID names a thanks: the message that says it, and who is thanked there.
func (t Thanks) ID() string { return string(t.Message) + " " + string(t.To) }

// Ref names a thanks.
func (t Thanks) Ref() Ref { return Ref{t.Kind, t.Message, t.To} }

// Ref names a thanks, and how it was expressed. Its text is stable: standing by
// thanks tells it as what it rests on.
type Ref struct {
	Kind    Kind
	Message conversation.MessageID // that says it
	To      conversation.PersonID  // who is thanked there
}

// String writes a reference: the kind, the message and the person between spaces.
func (r Ref) String() string { return string(r.Kind) + " " + string(r.Message) + " " + string(r.To) }

// ParseRef reads what String wrote of a thanks to somebody: either id may hold
// spaces. It is false for anything else; then Kind is what stands before the first
// space, if it is a kind.
func ParseRef(text string, to conversation.PersonID) (r Ref, ok bool) {
	kind, rest, _ := strings.Cut(text, " ")
	if Kind(kind).Strength() > 0 {
		r.Kind = Kind(kind)
	}
	message, named := strings.CutSuffix(rest, " "+string(to))
	if r.Kind == "" || !named || message == "" {
		return r, false
	}
	r.Message, r.To = conversation.MessageID(message), to
	return r, true
}

// SameHelp is how long after a thanks another one, in the same thread and
// between the same two people, is for the same help.
const SameHelp = 7 * 24 * time.Hour

// Find gives the thanks of a conversation in order of time. Several between the
// same two people in one thread, each within [SameHelp] of the one before, are
// one: the strongest is kept, the earliest of equals; if one of them was paid
// for, they all were. The organisation's own thanks, what people say to
// themselves, what was deleted, and what accounts that many people use (guest,
// anonymous) say or are told, are no gifts.
func Find(log *conversation.Log) []Thanks {
	b := NewBatch(log)
	reading.Each(log, reading.Options{Only: reading.Gratitude}, b.Take)
	return b.Thanks()
}

// Batch finds the thanks of a log whose messages are read by somebody else, with
// whatever [reading.Options].
type Batch struct {
	live *Live
}

// NewBatch is ready to take the rows of a log.
func NewBatch(log *conversation.Log) *Batch {
	w := &whole{Log: log, threads: log.Threads()}
	b := &Batch{newLive(w)}
	b.live.grow()
	return b
}

// Take takes what was read of a message.
func (b *Batch) Take(message int, row *reading.Row) {
	b.live.keep(message, &row.Thanks)
	if row.Giving != "" {
		b.live.more[int32(message)] = row.Giving
	}
}

// Thanks are those that [Find] gives, when the rows of all messages were taken.
func (b *Batch) Thanks() []Thanks {
	for t := range b.live.log.(*whole).threads {
		b.live.out[int32(t)] = true
	}
	return b.live.Thanks()
}

// talk is a conversation as it is read here: a [conversation.Board], or a log as
// a whole.
type talk interface {
	Len() int
	At(message int) conversation.Entry
	ID(message int) conversation.MessageID
	Attributes(message int) conversation.Attributes
	InThread(thread int) []int32 // in order of time
	Find(id conversation.MessageID) (message int, ok bool)
	FindPerson(id conversation.PersonID) (n int, ok bool)
	People() int
	Person(n int) conversation.PersonID
}

// whole is a log that is measured once.
type whole struct {
	*conversation.Log
	threads [][]int32
	people  map[conversation.PersonID]int // nil before somebody is looked for
}

func (w *whole) InThread(thread int) []int32 { return w.threads[thread] }

func (w *whole) FindPerson(id conversation.PersonID) (int, bool) {
	if w.people == nil {
		w.people = make(map[conversation.PersonID]int, w.People())
		for p := range w.People() {
			w.people[w.Person(p)] = p
		}
	}
	p, ok := w.people[id]
	return p, ok
}

// finder looks for thanks.
type finder struct {
	log     talk
	says    func(message int) reading.Thanks
	someone func(id string) (person int, ok bool) // who wrote something
	names   *names
	people  []account
	outside []conversation.PersonID // givers who wrote nothing
	here    int                     // the thread at hand
	history history                 // of it
	asked   map[int]int             // by person: the first message there that asks, by its place; nil before somebody wants to know
	found   []found
}

// account counts the messages of somebody.
type account struct {
	wrote        int32
	ours         int32 // for the organisation
	said, opened int32 // not for the organisation; threads opened so
	signs        int32 // names these were signed with
	nobody       bool  // bears the name of whoever has none
	crowd        bool  // many people use it, or nobody knows who
}

// Givers who wrote nothing are numbered from here on.
const outside = 1 << 30

// found is a thanks before it is told: numbers of messages and people.
type found struct {
	kind          Kind
	from, to      int // people
	message, help int // messages; help is -1 when none is known
	thread        int // where it was found; a solution may stand in another
	paid          bool
}

// grow makes room for new people.
func (f *finder) grow() {
	for p := len(f.people); p < f.log.People(); p++ {
		f.people = append(f.people, account{nobody: speech.Nobody(string(f.log.Person(p)))})
		f.names.near = append(f.names.near, 0)
	}
}

// thread finds the thanks of one thread.
func (f *finder) thread(thread []int32) {
	f.here, f.asked = f.log.At(int(thread[0])).Thread, nil
	told := false // the history, up to the message at hand
	for k, i := range thread {
		e := f.log.At(int(i))
		if e.Deleted == 0 {
			f.marks(thread, k, e)
			if k > 0 && f.thanks(e, int(i)) {
				if !told {
					f.tellHistory(thread, k)
					told = true
				}
				f.words(&f.history, e)
			}
		}
		if told {
			f.history.add(e)
		}
	}
}

// tellHistory begins the history of a thread with its first k messages.
func (f *finder) tellHistory(thread []int32, k int) {
	f.history.begin(f, thread)
	for _, i := range thread[:k] {
		f.history.add(f.log.At(int(i)))
	}
}

// thanks tells whether a message may thank in words, on somebody's own behalf.
func (f *finder) thanks(e conversation.Entry, i int) bool {
	return e.Side != conversation.Organisation && e.Author >= 0 && !e.Bot && (f.says(i).Thanks || f.says(i).Courteous)
}

// add notes a thanks that can be one.
func (f *finder) add(t found) {
	if t.from < 0 || t.to < 0 || t.from == t.to || f.shared(t.from) || f.shared(t.to) {
		return
	}
	t.thread = f.here
	t.paid = t.paid || f.paid(t.message) || t.help >= 0 && f.paid(t.help)
	f.found = append(f.found, t)
}

// once makes one of several thanks for the same help.
func (f *finder) once() []found {
	slices.SortStableFunc(f.found, func(a, b found) int {
		x, y := f.log.At(a.message), f.log.At(b.message)
		return cmp.Or(cmp.Compare(a.thread, b.thread), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(x.Time, y.Time))
	})
	out := make([]found, 0, len(f.found))
	for from := 0; from < len(f.found); {
		to, best, paid := from, from, false
		for ; to < len(f.found) && (to == from || f.sameHelp(f.found[to-1], f.found[to])); to++ {
			paid = paid || f.found[to].paid
			if f.found[to].kind.Strength() > f.found[best].kind.Strength() {
				best = to
			}
		}
		one := f.found[best]
		one.paid = paid
		out = append(out, one)
		from = to
	}
	return out
}

// tell tells thanks in order of time.
func (f *finder) tell(all []found) []Thanks {
	out := make([]Thanks, len(all))
	for i, x := range all {
		out[i] = f.told(x)
	}
	slices.SortFunc(out, func(a, b Thanks) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Message, b.Message), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

func (f *finder) sameHelp(a, b found) bool {
	x, y := f.log.At(a.message), f.log.At(b.message)
	return a.thread == b.thread && a.from == b.from && a.to == b.to && y.Time-x.Time <= SameHelp.Microseconds()
}

func (f *finder) told(x found) Thanks {
	e := f.log.At(x.message)
	t := Thanks{Kind: x.kind, From: f.person(x.from), To: f.person(x.to), Time: time.UnixMicro(e.Time).UTC(),
		Strength: x.kind.Strength(), Message: f.log.ID(x.message), Paid: x.paid}
	if x.paid {
		t.Strength = 0
	}
	if x.help >= 0 {
		t.For = f.log.ID(x.help)
		t.Organisation = f.log.At(x.help).Side == conversation.Organisation
	} else {
		t.Organisation = x.to < outside && f.people[x.to].ours > 0
	}
	return t
}

// person names a person, of the log or outside it.
func (f *finder) person(n int) conversation.PersonID {
	if n < outside {
		return f.log.Person(n)
	}
	return f.outside[n-outside]
}

func (f *finder) shared(n int) bool {
	if n < outside {
		return f.people[n].crowd
	}
	return speech.Nobody(string(f.person(n)))
}
