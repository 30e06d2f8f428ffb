package presence

import (
	"iter"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// Figures are the numbers to look at every morning: those of [Measure] that need
// no resampling.
type Figures struct {
	Window          Window           `json:"window"`
	AnsweredNeeding []Answered       `json:"answered_needing"` // by the organisation
	Attention       measure.Estimate `json:"attention"`
	Waiting         int              `json:"waiting"` // in the whole log
	Oldest          time.Time        `json:"oldest,omitzero"`
	Appeals         int              `json:"appeals"`     // in the window
	NeedAnswer      int              `json:"need_answer"` // of them
	Askers          int              `json:"askers"`      // behind those
}

// Figures tells them at a census; at the last message if that is zero.
func (l *Live) Figures(until time.Time) Figures {
	l.refresh(until)
	c := &cases{rooms: l.rooms}
	g := l.r.gather(c, l.r.window())
	f := Figures{Window: g.span(), Appeals: len(g.appeals), NeedAnswer: len(g.needing), Askers: askers(g.needing),
		Attention:       g.attention(g.needing, g.weight),
		AnsweredNeeding: g.within(g.follow(g.needing, (*appeal).byOrganisation), ByOrganisation, Needing)}
	oldest := int64(never)
	for a := range c.all() {
		if l.r.waits(a) {
			f.Waiting++
			oldest = min(oldest, a.arrived)
		}
	}
	if f.Waiting > 0 {
		f.Oldest = timeOf(oldest)
	}
	return f
}

// Report tells everything at a census, as [Measure] does. It asks the board for
// texts.
func (l *Live) Report(until time.Time) Report {
	l.refresh(until)
	r := l.r
	r.threads = l.board.Threads()
	rep := r.report(r.collect())
	r.threads = nil
	return rep
}

// Pulse is when the community wrote, up to a census: what a watch needs, apart
// from all else, since to watch takes long.
type Pulse struct {
	times []int64
	daily bool
	until int64
	par   Parameters
	seed  uint64
	zone  *time.Location
}

// Pulse takes it at a census.
func (l *Live) Pulse(until time.Time) Pulse {
	l.refresh(until)
	return l.r.pulse()
}

// Watch looks for surges, with the threshold of an earlier watch if one is given:
// to find one anew takes seconds.
func (p Pulse) Watch(before Watch) (Watch, []Alarm) {
	w, alarms := watch(p.times, p.daily, p.until, p.par, p.seed, p.zone, before)
	if w.Doubts == nil {
		w.Doubts = []measure.Doubt{}
	}
	return w, alarms
}

// Appeal is an appeal and what became of it up to the census that was looked at
// last.
type Appeal struct {
	r *facts
	a *appeal
}

// Appeals gives all appeals, thread by thread, those that aren't counted (of
// machines, of staff, in private) left out. What it gives is good until the next
// Put.
func (l *Live) Appeals(until time.Time) iter.Seq[Appeal] {
	l.refresh(until)
	return func(yield func(Appeal) bool) {
		for a := range (&cases{rooms: l.rooms}).all() {
			if !a.excluded && !yield(Appeal{l.r, a}) {
				return
			}
		}
	}
}

// InThread gives the appeals of one thread.
func (l *Live) InThread(thread conversation.ThreadID, until time.Time) (appeals []Appeal) {
	l.refresh(until)
	if t, ok := l.board.FindThread(thread); ok {
		for k := range l.rooms[t].appeals {
			if a := &l.rooms[t].appeals[k]; !a.excluded {
				appeals = append(appeals, Appeal{l.r, a})
			}
		}
	}
	return appeals
}

// Number is the message's on the board, Person that of who asked, −1 and below if
// nobody knows who.
func (a Appeal) Number() int { return int(a.a.message) }
func (a Appeal) Person() int { return int(a.a.asker) }

// ByArrival orders appeals in time.
func (a Appeal) ByArrival(b Appeal) int { return a.r.byArrival(a.a, b.a) }

// Message is the first that made it, and Merged how many joined it.
func (a Appeal) Message() conversation.MessageID { return a.r.log.ID(int(a.a.message)) }
func (a Appeal) Merged() int                     { return int(a.a.merged) }

// Thread, Asker, Channel, Department and Lang say where it stands, who made it,
// by which way, to whom, in which language; "" where that isn't known.
func (a Appeal) Thread() conversation.ThreadID { return a.r.log.Thread(int(a.a.thread)) }
func (a Appeal) Asker() conversation.PersonID  { return a.r.log.Person(max(-1, int(a.a.asker))) }
func (a Appeal) Channel() string               { return a.r.log.Channel(int(a.a.channel)) }
func (a Appeal) Department() string            { return a.r.log.Department(int(a.a.department)) }
func (a Appeal) Lang() string                  { return a.r.langs[a.a.lang] }

// Needs says whether an answer is needed, Newcomer whether it is the asker's
// first message, Waits whether it has no answer of the organisation and wasn't
// taken back.
func (a Appeal) Needs() bool    { return a.a.needs }
func (a Appeal) Newcomer() bool { return a.r.newcomer(a.a) }
func (a Appeal) Waits() bool    { return a.a.org > a.r.until && a.a.left > a.r.until }

// Arrived is when it came; Answered when the organisation answered, Helped when
// anybody did, Receipt when something came that is no answer, Left when it was
// taken back or solved by the asker: zero if that hadn't happened at the census.
func (a Appeal) Arrived() time.Time  { return timeOf(a.a.arrived) }
func (a Appeal) Answered() time.Time { return a.r.since(a.answer(a.a.org)) }
func (a Appeal) Helped() time.Time   { return a.r.since(a.answer(a.a.anyone)) }
func (a Appeal) Receipt() time.Time  { return a.r.since(a.a.receipt) }
func (a Appeal) Left() time.Time     { return a.r.since(a.a.left) }

// answer is an answer that came before the appeal was taken back.
func (a Appeal) answer(at int64) int64 {
	if at > a.a.left {
		return never
	}
	return at
}

// since is a time, if it had come at the census.
func (r *facts) since(at int64) time.Time {
	if at > r.until {
		return time.Time{}
	}
	return timeOf(at)
}

// waits says whether an appeal that counts and needs an answer has none.
func (r *facts) waits(a *appeal) bool {
	return a.needs && !a.excluded && a.org > r.until && a.left > r.until
}
