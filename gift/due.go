package gift

import (
	"iter"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// words finds whom the thanks in a message is for, and the message of each that
// helped. A word of thanks that might be mere courtesy thanks when the name after
// it is that of somebody who helped.
func (f *finder) words(h *history, e conversation.Entry) {
	say := f.says(e.Index)
	d := h.due(e, say)
	named := d.called(reading.Thanked)
	switch {
	case len(named) > 0:
	case !say.Thanks:
		return
	default:
		if absent := f.absent(say, e.Author); absent >= 0 {
			f.add(found{kind: Words, from: e.Author, to: absent, message: e.Index, help: -1})
			return
		}
		if d.any() {
			named = d.helpers()
		}
	}
	for _, to := range named {
		f.add(found{kind: Words, from: e.Author, to: f.log.At(int(to)).Author, message: e.Index, help: int(to)})
	}
}

// absent is who is thanked by name without having helped in the thread: the only
// one whom the name can mean; -1 when there is none.
func (f *finder) absent(say reading.Thanks, author int) int {
	for _, c := range say.Calls {
		if c.Where == reading.Thanked && c.Hailed && !c.Loose {
			if p := f.names.only(c); p >= 0 && p != author {
				return p
			}
		}
	}
	return -1
}

// due looks for whom one thanks is for, among the helps of others before it. What
// opens a thread by a question is no help, unless it is all there is.
type due struct {
	*history
	e     conversation.Entry
	say   reading.Thanks
	me    int32 // who thanks
	given int32 // the helps count from here on
	since int32 // those after the thankful person last spoke; all of them when none did
}

func (h *history) due(e conversation.Entry, say reading.Thanks) due {
	d := due{history: h, e: e, say: say, me: int32(e.Author)}
	if len(h.helps) > 0 {
		if first := &h.helps[0]; first.message == h.thread[0] && first.asks && first.author != d.me && h.lists[anything][0].last(h.helps, 1, d.me) >= 0 {
			d.given = 1
		}
	}
	d.since = d.given
	if w := d.writer(); w != nil && w.wrote < int32(len(h.helps)) {
		d.since = max(d.given, w.wrote)
	}
	return d
}

// writer is what is known of the thankful person; nil if they wrote nothing
// before, and nobody replied to them.
func (d *due) writer() *writer {
	if s, ok := d.seats[int(d.me)]; ok {
		return &d.people[s]
	}
	return nil
}

// any tells whether somebody can have helped.
func (d *due) any() bool { return d.lists[anything][0].last(d.helps, d.given, d.me) >= 0 }

// untold is from where on the helps came after the thankful person last thanked
// somebody.
func (d *due) untold() int32 {
	if w := d.writer(); w != nil {
		if from := max(w.thanked, d.given); d.lists[anything][0].last(d.helps, from, d.me) >= 0 {
			return from
		}
	}
	return d.given
}

// choice are helps from a place on, of a kind, of the staff alone perhaps.
type choice struct {
	from  int32
	kind  kind
	staff bool
}

func (d *due) list(c choice) *list {
	if c.staff {
		return &d.lists[c.kind][1]
	}
	return &d.lists[c.kind][0]
}

func (d *due) last(c choice) int32 { return d.list(c).last(d.helps, c.from, d.me) }

// has tells whether a help is one of a choice.
func (d *due) has(c choice, at int32) bool {
	h := &d.helps[at]
	return at >= c.from && h.author != d.me && h.is(c.kind) && (!c.staff || h.staff)
}

// helpful are the messages from a place on that most look like help: those that
// neither ask nor thank, else those that don't ask, else all.
func (d *due) helpful(from int32) choice {
	c := choice{from: from}
	for c.kind = statement; c.kind < anything && d.last(c) < 0; c.kind++ {
	}
	return c
}

// helpers are the messages that a thanks is for that names nobody in its own
// sentence, one for each person thanked, in order. Whoever is named elsewhere in
// it comes first, then whoever it replies to, then those who said something of
// substance since the thankful person last spoke: all of them when they thank
// several, else the last who answered. Of somebody who never spoke before it is
// only known whom they thank when there is but one.
func (d *due) helpers() []int32 {
	if d.say.Everybody {
		return d.latest(d.untold())
	}
	if named := d.called(reading.Greeted); len(named) > 0 {
		return named
	}
	if d.say.Opening && d.opener.Author != d.e.Author {
		return d.thread[:1]
	}
	if d.say.Several {
		return d.latest(d.since)
	}
	if named := d.called(reading.Elsewhere); len(named) > 0 {
		return named
	}
	if at, ok := d.place[int32(d.e.Reply)]; ok && d.e.Reply != d.opener.Index && d.has(choice{d.given, anything, false}, at) {
		return []int32{int32(d.e.Reply)}
	}
	if d.say.Back {
		c := choice{d.given, anything, false}
		return d.message(d.list(c).places[d.last(c)])
	}
	best := d.helpful(d.since)
	n := d.last(best)
	switch last := &d.helps[d.list(best).places[n]]; {
	case last.thanks && !last.asks: // all they did was to thank
		best = d.helpful(d.given)
	case last.asks && d.last(choice{best.from, best.kind, true}) < 0: // all they did was to ask, maybe whoever answers here
		if theirs := (choice{d.untold(), anything, true}); d.last(theirs) >= 0 {
			best = theirs
		}
	}
	if d.silent() && (d.say.ToName || !d.list(best).alone(d.last(best), best.from)) {
		return nil
	}
	return d.likely(best)
}

// silent tells whether the thankful person wrote nothing before.
func (d *due) silent() bool {
	w := d.writer()
	return w == nil || !w.spoke
}

// likely is the message thanked among some: of those that speak to the thankful
// person, else of whoever opened the thread without asking, to tell or to answer,
// else of those who spoke for the organisation, whose task it is to answer; else
// of all.
func (d *due) likely(best choice) []int32 {
	if at := d.weighty(d.toMe(best)); at >= 0 {
		return d.message(at)
	}
	if !d.f.says(int(d.thread[0])).Asks && d.opener.Author >= 0 && d.opener.Author != d.e.Author {
		if at := d.hosts(best); at >= 0 {
			return d.message(at)
		}
	}
	if c := (choice{best.from, best.kind, true}); d.last(c) >= 0 {
		best = c
	}
	return d.message(d.heaviest(d.list(best), best.from))
}

// hosts is the message thanked of whoever opened the thread; -1.
func (d *due) hosts(best choice) int32 {
	if best.staff { // hardly ever
		return d.weighty(d.among(best, d.people[d.seat(d.opener.Author)].helps))
	}
	return d.heaviest(&d.host[best.kind], best.from)
}

// brief is the length, in bytes, below which a message is no help beside one
// twice as long: "same here".
const brief = 60

// heaviest is the last in a list from a place on that isn't brief beside one
// before; -1 if there is none at all.
func (d *due) heaviest(l *list, from int32) int32 {
	n := l.last(d.helps, from, d.me)
	if n < 0 {
		return -1
	}
	for d.helps[l.places[n]].length < brief {
		longer := l.before(d.helps, n, from, d.me, 2*d.helps[l.places[n]].length)
		if longer < 0 {
			break
		}
		n = longer
	}
	return l.places[n]
}

// weighty is the same of some places, the last first.
func (d *due) weighty(places iter.Seq[int32]) int32 {
	at := int32(-1)
	for p := range places {
		if at < 0 || d.helps[p].length > 2*d.helps[at].length {
			at = p
		}
		if d.helps[at].length >= brief {
			break
		}
	}
	return at
}

func (d *due) message(at int32) []int32 { return []int32{d.helps[at].message} }

// toMe are, of some helps, those that speak to the thankful person: that reply to
// them or call them by name; else those of whom they spoke to when they asked
// last. The last comes first.
func (d *due) toMe(best choice) iter.Seq[int32] {
	var lists [][]int32
	w := d.writer()
	if w == nil {
		w = &d.people[d.seat(int(d.me))]
	}
	lists = append(lists, w.replied)
	for _, name := range d.names(w) {
		lists = append(lists, d.calls[name])
	}
	to := d.among(best, lists...)
	for range to {
		return to
	}
	lists = lists[:0]
	if w.asked >= 0 {
		for _, c := range d.f.says(int(w.asked)).Calls {
			for s := range d.bearers(c.Name, nil) {
				lists = append(lists, d.people[s].helps)
			}
		}
	}
	return d.among(best, lists...)
}

// names are those by which others may call a writer.
func (h *history) names(w *writer) []uint64 {
	if !w.named {
		w.named, w.bears = true, h.f.names.means(int(w.person), string(h.f.log.Person(int(w.person))), w.bears)
	}
	return w.bears
}

// among are the helps of a choice that stand in some lists, the last first, each
// once.
func (d *due) among(c choice, lists ...[]int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		left := slices.Clone(lists)
		for {
			at := int32(-1)
			for _, l := range left {
				if len(l) > 0 {
					at = max(at, l[len(l)-1])
				}
			}
			if at < c.from {
				return
			}
			if d.has(c, at) && !yield(at) {
				return
			}
			for k, l := range left {
				if len(l) > 0 && l[len(l)-1] == at {
					left[k] = l[:len(l)-1]
				}
			}
		}
	}
}

// bearers are the writers whom a name may mean, and those who sign with it.
func (h *history) bearers(name uint64, signed []int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		n := h.f.names
		for _, list := range [...][]int{n.account[name], n.called[name]} {
			if len(list) > len(h.people) { // many bear it, few of them are here
				for s := range h.people {
					if slices.Contains(list, int(h.people[s].person)) && !yield(int32(s)) {
						return
					}
				}
				continue
			}
			for _, p := range list {
				if s, ok := h.seats[p]; ok && !yield(s) {
					return
				}
			}
		}
		for _, p := range signed {
			if s, ok := h.seats[int(p)]; ok && !yield(s) {
				return
			}
		}
	}
}

// called are the messages of those whom the thanks speaks to by name in one
// place, in order, one of each: of several people of that name the one who spoke
// last.
func (d *due) called(at reading.Where) []int32 {
	var places []int32
	for _, c := range d.say.Calls {
		if c.Where != at {
			continue
		}
		last := int32(-1)
		for s := range d.bearers(c.Name, d.signed[c.Name]) {
			if w := &d.people[s]; w.person != d.me && len(w.helps) > 0 {
				last = max(last, w.helps[len(w.helps)-1])
			}
		}
		if last >= d.given {
			places = append(places, last)
		}
	}
	slices.Sort(places)
	var out []int32
	for _, p := range slices.Compact(places) {
		out = append(out, d.helps[p].message)
	}
	return out
}

// latest are the last messages from a place on of everybody else.
func (d *due) latest(from int32) (out []int32) {
	for s := d.newest; s >= 0; s = d.people[s].older {
		w := &d.people[s]
		at := w.helps[len(w.helps)-1]
		if at < from {
			break
		}
		if w.person != d.me {
			out = append(out, d.helps[at].message)
		}
	}
	slices.Reverse(out)
	return out
}
