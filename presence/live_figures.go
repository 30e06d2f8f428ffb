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

// Appeal is a message that was addressed to the organisation, or several of one
// asker within a day, and what became of it up to a census.
type Appeal struct {
	Message    conversation.MessageID `json:"message"` // the first that made it
	Thread     conversation.ThreadID  `json:"thread"`
	Asker      conversation.PersonID  `json:"asker"`      // "" if nobody knows
	Channel    string                 `json:"channel"`    // "" if nobody knows, and so on
	Department string                 `json:"department"` // addressed
	Lang       string                 `json:"lang"`
	Arrived    time.Time              `json:"arrived"`
	Answered   time.Time              `json:"answered,omitzero"` // by the organisation; zero: not by the census
	Receipt    time.Time              `json:"receipt,omitzero"`  // that something came, but no answer
	Left       time.Time              `json:"left,omitzero"`     // withdrawn, or solved by the asker
	Needs      bool                   `json:"needs_answer"`
	Newcomer   bool                   `json:"newcomer"` // it is the asker's first message
	Merged     int                    `json:"merged"`   // later messages that joined it
}

// Case is an appeal where it was found: what is asked of many, before a few are
// told. It is good until the next Put, and knows the census that was looked at
// last.
type Case struct {
	r *facts
	a *appeal
}

// Appeals gives all appeals, thread by thread, those that aren't counted (of
// machines, of staff, in private) left out.
func (l *Live) Appeals(until time.Time) iter.Seq[Case] {
	l.refresh(until)
	return func(yield func(Case) bool) {
		for a := range (&cases{rooms: l.rooms}).all() {
			if !a.excluded && !yield(Case{l.r, a}) {
				return
			}
		}
	}
}

// InThread gives the appeals of one thread.
func (l *Live) InThread(thread conversation.ThreadID, until time.Time) (appeals []Case) {
	l.refresh(until)
	if t, ok := l.board.FindThread(thread); ok {
		for k := range l.rooms[t].appeals {
			if a := &l.rooms[t].appeals[k]; !a.excluded {
				appeals = append(appeals, Case{l.r, a})
			}
		}
	}
	return appeals
}

// ByArrival orders appeals in time, and those of one moment by rank.
func (c Case) ByArrival(d Case) int { return c.r.byArrival(c.a, d.a) }

// Needs says whether an answer is needed.
func (c Case) Needs() bool { return c.a.needs }

// Waits says whether it has no answer of the organisation's and wasn't taken back.
func (c Case) Waits() bool { return c.a.org > c.r.until && c.a.left > c.r.until }

// Asker is who made it; "" if nobody knows.
func (c Case) Asker() conversation.PersonID { return c.r.log.Person(max(-1, int(c.a.asker))) }

// Channel is the way it came; "" if nobody knows.
func (c Case) Channel() string { return c.r.log.Channel(int(c.a.channel)) }

// Arrived is when it came.
func (c Case) Arrived() time.Time { return timeOf(c.a.arrived) }

// Answered is when the organisation answered; zero if it hadn't by the census.
func (c Case) Answered() time.Time { return c.r.since(c.answer(c.a.org)) }

// Appeal tells it.
func (c Case) Appeal() Appeal {
	r, a := c.r, c.a
	return Appeal{Message: r.log.ID(int(a.message)), Thread: r.log.Thread(int(a.thread)), Asker: c.Asker(), Channel: c.Channel(),
		Department: r.log.Department(int(a.department)), Lang: r.langs[a.lang], Arrived: c.Arrived(), Answered: c.Answered(),
		Receipt: r.since(a.receipt), Left: r.since(a.left), Needs: a.needs, Newcomer: r.newcomer(a), Merged: int(a.merged)}
}

// answer is an answer that came before the appeal was taken back.
func (c Case) answer(at int64) int64 {
	if at > c.a.left {
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
