package presence

import (
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/speech"
)

// refresh brings everything up to date at a census; the last message's time if
// that is zero.
func (l *Live) refresh(until time.Time) {
	l.pass(until)
	l.conclude()
	l.walk.latest = slices.Grow(l.walk.latest, len(l.r.people))[:len(l.r.people)]
	for _, t := range l.dirty {
		l.again(int(t))
	}
	l.dirty = emptied(l.dirty)
}

// conclude says anew what follows for others from what changed, and which threads
// are to be walked.
func (l *Live) conclude() {
	for k := 0; k < len(l.dirty); k++ {
		l.open(int(l.dirty[k]))
	}
	for _, i := range l.heard {
		l.mention(i)
	}
	l.heard = emptied(l.heard)
	l.paste()
	l.accounts()
	l.whole()
}

// emptied is a list to be filled again, which holds little memory.
func emptied(list []int32) []int32 {
	if cap(list) > 1<<14 {
		return nil
	}
	return list[:0]
}

// pass moves the census.
func (l *Live) pass(until time.Time) {
	r, now := l.r, until.UnixMicro()
	if until.IsZero() {
		now = 0
		for i := range r.acts {
			if t := r.log.At(i).Time; i == 0 || t > now {
				now = t
			}
		}
	}
	was := r.until
	r.until = now
	switch {
	case now < was: // anything may come after it
		l.ahead = l.ahead[:0]
		for i := range int32(len(r.acts)) {
			if l.horizon(i) > now {
				l.ahead = append(l.ahead, i)
			}
		}
	case now == was:
		return
	}
	for _, i := range l.ahead {
		e := l.board.At(int(i))
		l.markDirty(e.Thread)
		if s, ok := l.later[i]; ok && e.Time <= now {
			delete(l.later, i)
			r.copies.put(i, s)
		} else if k, ok := r.copies.at(i); ok && e.Time > now {
			l.later[i] = r.copies.own[k]
			r.copies.put(i, none)
			if r.flags[i]&copied != 0 {
				l.turn(i)
			}
		}
	}
	l.ahead = slices.DeleteFunc(l.ahead, func(i int32) bool { return l.horizon(i) <= now })
}

// paste marks the copies.
func (l *Live) paste() {
	l.r.copies.settle(func(i int32) {
		l.r.flags[i] ^= copied
		l.turn(i)
	})
}

// turn makes a copy of message i, or no longer.
func (l *Live) turn(i int32) {
	r := l.r
	r.paste(i, -1)
	r.flags[i] ^= copied
	r.paste(i, 1)
	e := r.at(i)
	l.markDirty(e.Thread)
	if e.Author >= 0 {
		l.stirred[int32(e.Author)] = true
	}
}

// accounts says anew who is staff, a machine, a crowd, and when somebody first
// spoke, of the accounts of which something changed.
func (l *Live) accounts() {
	r := l.r
	again := map[int32]bool{} // accounts whose messages have to be looked at; true: and their threads walked
	look := func(p int32, walk bool) { again[p] = again[p] || walk }
	crowds := map[int32]map[string]bool{}
	for p := range l.stirred {
		a := &r.people[p]
		if a.staff() != l.staff[p] {
			l.staff[p] = a.staff()
			look(p, true)
			l.renamed(string(r.log.Person(int(p))))
		}
		if a.robot() != a.machine {
			a.machine = a.robot()
			look(p, true)
		}
		if a.first == unsure {
			a.first = never
			look(p, false)
		}
		if a.opens() {
			crowds[p] = map[string]bool{}
			look(p, false)
		}
		a.crowd = false
	}
	l.stirred = map[int32]bool{}
	if len(again) > 0 {
		l.look(again, crowds)
	}
}

// look goes through the messages of some accounts, has their threads walked where
// again says so, and counts who signed those of crowds.
func (l *Live) look(again map[int32]bool, crowds map[int32]map[string]bool) {
	r := l.r
	for i := range int32(len(r.acts)) {
		e := r.at(i)
		if e.Author < 0 {
			continue
		}
		walk, wanted := again[int32(e.Author)]
		if !wanted {
			continue
		}
		a := &r.people[e.Author]
		a.first = min(a.first, e.Time)
		if walk {
			l.markDirty(e.Thread)
		}
		if e.Side == conversation.Organisation && !e.Bot {
			r.flags[i] &^= machine
			if a.machine {
				r.flags[i] |= machine
			}
		}
		if names := crowds[int32(e.Author)]; names != nil && r.signed[i] != "" {
			names[r.signed[i]] = true
		}
	}
	for p, names := range crowds {
		r.people[p].crowd = len(names) >= speech.CrowdNames
	}
}

// renamed looks again at the messages that hold an account's name after an @.
func (l *Live) renamed(account string) {
	for _, i := range l.callers[handle(account)] {
		if l.mention(i) {
			l.markDirty(l.board.At(int(i)).Thread)
		}
	}
}

// whole says anew what holds of the whole conversation.
func (l *Live) whole() {
	r := l.r
	if r.daily != r.fewHours() {
		r.opt.Location, r.par = l.given.Location, l.given.Parameters.or(Published())
		r.precise()
		for t := range l.rooms {
			l.markDirty(t)
		}
	}
	if flat := r.choice.flat(); flat != r.flat {
		r.flat = flat
		for t := range l.rooms {
			if m := r.log.InThread(t); len(m) > 0 && r.log.At(int(m[0])).Side == conversation.Organisation {
				l.markDirty(t)
			}
		}
	}
}

// again walks a thread.
func (l *Live) again(t int) {
	w, c, m := &l.walk, l.walk.c, &l.rooms[t]
	c.appeals, c.answers = c.appeals[:0], c.answers[:0]
	if thread := l.board.InThread(t); len(thread) > 0 {
		w.thread(thread)
	}
	m.appeals, m.dirty = append(make([]appeal, 0, len(c.appeals)), c.appeals...), false
	for k := range m.appeals {
		if p := m.appeals[k].asker; p >= 0 {
			w.latest[p] = 0
		}
	}
}
