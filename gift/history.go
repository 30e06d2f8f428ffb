package gift

import (
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// history is what was said in a thread before the message at hand: the messages
// that can have helped, and who wrote them. It is indexed, so that whom a thanks
// is for is found without reading the thread again: a thread of n messages costs
// of the order of n, whoever thanks how often.
type history struct {
	f      *finder
	thread []int32
	opener conversation.Entry

	helps  []help
	place  map[int32]int32    // by message: its place among the helps
	lists  [3][2]list         // by kind; of everybody, of the staff
	host   [3]list            // by kind; of whoever opened the thread
	calls  map[uint64][]int32 // by name: the places of helps that call somebody so
	seats  map[int]int32      // by person: their place among the writers
	people []writer
	newest int32              // of the writers of helps, who wrote one last; -1
	signed map[uint64][]int32 // by name: who signs so anywhere in the thread
}

// help is a message that can have helped: of somebody known, neither hollow, nor
// private, nor a machine's.
type help struct {
	message, author int32
	length          int32
	asks, thanks    bool
	staff           bool
}

// kind says how much a help looks like one. Each includes those before it.
type kind int

const (
	statement kind = iota // it neither asks nor thanks
	noRequest             // it doesn't ask
	anything
)

// is tells whether a help is of a kind.
func (h *help) is(k kind) bool { return k == anything || !h.asks && (k == noRequest || !h.thanks) }

// writer is somebody who wrote in the thread, with numbers of helps: how many
// there were when they last wrote, and when they last thanked.
type writer struct {
	person       int32
	wrote        int32
	thanked      int32
	asked        int32   // their latest message that asks; -1
	helps        []int32 // the places of theirs
	replied      []int32 // the places of helps that reply to them
	older, newer int32   // the writers of helps by the latest of each; -1
	bears        []uint64
	named        bool // bears is known
	spoke        bool // or somebody replied to them who wrote nothing yet
}

// begin forgets the thread before and begins another one.
func (h *history) begin(f *finder, thread []int32) {
	const much = 256 // clearing a map costs as much as it once held
	if h.seats == nil || len(h.helps)+len(h.people) > much {
		*h = history{place: map[int32]int32{}, calls: map[uint64][]int32{}, seats: map[int]int32{}, signed: map[uint64][]int32{}}
	}
	clear(h.place)
	clear(h.calls)
	clear(h.seats)
	clear(h.signed)
	h.f, h.thread, h.opener, h.newest = f, thread, f.log.At(int(thread[0])), -1
	h.helps, h.people = h.helps[:0], h.people[:0]
	for k := range h.lists {
		h.lists[k][0].clear()
		h.lists[k][1].clear()
		h.host[k].clear()
	}
	for _, i := range thread {
		if s := f.says(int(i)); s.Signature != 0 {
			if p := int32(f.log.At(int(i)).Author); !slices.Contains(h.signed[s.Signature], p) {
				h.signed[s.Signature] = append(h.signed[s.Signature], p)
			}
		}
	}
}

// seat numbers a writer.
func (h *history) seat(person int) int32 {
	n, ok := h.seats[person]
	if !ok {
		n = int32(len(h.people))
		h.seats[person] = n
		w := writer{person: int32(person), asked: -1, older: -1, newer: -1}
		if len(h.people) < cap(h.people) { // its memory again
			old := &h.people[:n+1][n]
			w.helps, w.replied, w.bears = old.helps[:0], old.replied[:0], old.bears[:0]
		}
		h.people = append(h.people, w)
	}
	return n
}

// add goes on to the next message of the thread.
func (h *history) add(e conversation.Entry) {
	if e.Author < 0 {
		return
	}
	say := h.f.says(e.Index)
	seat := h.seat(e.Author)
	if !say.Hollow && !e.Bot && !e.Private {
		h.help(seat, e, &say)
	}
	w := &h.people[seat]
	w.spoke, w.wrote = true, int32(len(h.helps))
	if say.Thanks {
		w.thanked = w.wrote
	}
	if say.Asks {
		w.asked = int32(e.Index)
	}
}

func (h *history) help(seat int32, e conversation.Entry, say *reading.Thanks) {
	at := int32(len(h.helps))
	one := help{message: int32(e.Index), author: int32(e.Author), length: int32(e.Length), asks: say.Asks, thanks: say.Thanks,
		staff: e.Side == conversation.Organisation}
	h.helps = append(h.helps, one)
	h.place[one.message] = at
	for k := range anything + 1 {
		if !one.is(k) {
			continue
		}
		h.lists[k][0].add(h.helps, at)
		if one.staff {
			h.lists[k][1].add(h.helps, at)
		}
		if e.Author == h.opener.Author {
			h.host[k].add(h.helps, at)
		}
	}
	h.people[seat].helps = append(h.people[seat].helps, at)
	h.moved(seat)
	for _, c := range say.Calls {
		if list := h.calls[c.Name]; len(list) == 0 || list[len(list)-1] != at {
			h.calls[c.Name] = append(list, at)
		}
	}
	if e.Reply >= 0 && e.Reply != h.opener.Index {
		if to := h.f.log.At(e.Reply).Author; to >= 0 {
			s := h.seat(to)
			h.people[s].replied = append(h.people[s].replied, at)
		}
	}
}

// moved makes somebody who wrote a help the latest of those who did.
func (h *history) moved(seat int32) {
	if h.newest == seat {
		return
	}
	w := &h.people[seat]
	if w.newer >= 0 {
		h.people[w.newer].older = w.older
	}
	if w.older >= 0 {
		h.people[w.older].newer = w.newer
	}
	if w.older, w.newer = h.newest, -1; h.newest >= 0 {
		h.people[h.newest].newer = seat
	}
	h.newest = seat
}

// list holds helps in order, by their places, each with the places in the list
// of the latest before it that is another person's, and that is longer.
type list struct {
	places, other, longer []int32
}

func (l *list) clear() { l.places, l.other, l.longer = l.places[:0], l.other[:0], l.longer[:0] }

func (l *list) add(helps []help, at int32) {
	n := int32(len(l.places))
	other, longer := n-1, n-1
	if n > 0 && helps[l.places[n-1]].author == helps[at].author {
		other = l.other[n-1]
	}
	for longer >= 0 && helps[l.places[longer]].length <= helps[at].length {
		longer = l.longer[longer]
	}
	l.places, l.other, l.longer = append(l.places, at), append(l.other, other), append(l.longer, longer)
}

// last is where in the list the last help of anybody but one stands; -1 if that
// is before a place.
func (l *list) last(helps []help, from, but int32) int32 {
	n := int32(len(l.places)) - 1
	if n >= 0 && helps[l.places[n]].author == but {
		n = l.other[n]
	}
	if n < 0 || l.places[n] < from {
		return -1
	}
	return n
}

// before is where the last one before the n-th stands that is longer than some
// bytes, at least as many as the n-th is, and another person's than one; -1.
func (l *list) before(helps []help, n, from, but, length int32) int32 {
	for n = l.longer[n]; n >= 0 && l.places[n] >= from; {
		switch h := &helps[l.places[n]]; {
		case h.length <= length:
			n = l.longer[n]
		case h.author != but:
			return n
		default:
			n--
		}
	}
	return -1
}

// alone tells whether all from a place on, of which the n-th is the last, are one
// person's.
func (l *list) alone(n, from int32) bool { return l.other[n] < 0 || l.places[l.other[n]] < from }
