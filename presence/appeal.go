package presence

import (
	"iter"
	"math"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/measure/stat"
)

// never stands for a time that has not come.
const never = math.MaxInt64

// appeal is a message, or several of one asker within a day, addressed to the
// organisation by an outsider, and what became of it up to the census.
type appeal struct {
	message, thread, asker int32 // asker is an account; it is what the cap weighs
	channel, department    int32
	merged                 int32 // messages that joined it
	arrived                int64 // µs
	org, anyone, receipt   int64 // first answer of the organisation, of anybody; first receipt; or never
	left                   int64 // withdrawn or self-solved before an answer; or never
	naive                  int64 // first public message of the organisation, whatever it says
	lang                   uint8
	needs, excluded        bool
	solvedSelf, removed    bool
}

// answer is a message of the organisation that can answer, in a thread where an
// outsider spoke before.
type answer struct {
	message int32
	appeal  int32 // the first of those it answers that needed it, or the one it goes on with; -1
	at      int64
}

// cases are all appeals of a log in order of thread and time, with the answers.
type cases struct {
	appeals []appeal
	answers []answer
	rooms   []threadState // where the appeals are kept thread by thread instead
	merged  int
	own     int // messages in threads the organisation opened that address nobody
}

// all gives the appeals.
func (c *cases) all() iter.Seq[*appeal] {
	return func(yield func(*appeal) bool) {
		for i := range c.appeals {
			if !yield(&c.appeals[i]) {
				return
			}
		}
		for t := range c.rooms {
			for i := range c.rooms[t].appeals {
				if !yield(&c.rooms[t].appeals[i]) {
					return
				}
			}
		}
	}
}

// gone says whether a message was deleted at its source before the census.
func gone(e *conversation.Entry) bool { return e.Deleted != 0 }

// collect walks every thread once and follows who waits in it.
func (r *facts) collect() *cases {
	c := &cases{}
	w := walk{r: r, c: c, latest: make([]int, len(r.people))}
	for _, thread := range r.threads {
		w.thread(thread)
	}
	return c
}

// walk is the state of one thread: appeals that still wait for something.
type walk struct {
	r       *facts
	c       *cases
	first   int   // the thread's first appeal
	latest  []int // by account: one past its latest appeal, perhaps of another thread
	heard   bool  // an outsider has spoken
	org     []int // appeals without an answer of the organisation
	anyone  []int // without one of anybody
	naive   []int
	receipt []int
}

func (w *walk) thread(thread []int32) {
	w.first, w.heard = len(w.c.appeals), false
	w.org, w.anyone, w.naive, w.receipt = w.org[:0], w.anyone[:0], w.naive[:0], w.receipt[:0]
	for k, i := range thread {
		m := w.r.at(i)
		e := &m
		if e.Time > w.r.until {
			break
		}
		switch e.Side {
		case conversation.Organisation:
			w.reply(i, e)
		case conversation.Community:
			w.heard = w.heard || w.r.outsider(i)
			w.leave(i, e)
			w.peer(i, e)
			if w.r.appeals(thread, k) {
				w.ask(i, e)
			} else if k > 0 && w.r.at(thread[0]).Side == conversation.Organisation {
				w.c.own++
			}
		}
	}
}

// appeals says whether the k-th message of a thread is addressed to the
// organisation: it opens a thread in its space, replies to it, or names it.
func (r *facts) appeals(thread []int32, k int) bool {
	i := thread[k]
	e := r.at(i)
	if r.acts[i].Has(speech.Empty) && e.Length == 0 {
		return false
	}
	if k == 0 {
		return r.ownSpace(e.Channel)
	}
	if r.flags[i]&mentions != 0 {
		return true
	}
	if r.opt.OwnThreads && r.at(thread[0]).Side == conversation.Organisation && r.acts[i].NeedsAnswer() {
		return true
	}
	if e.Reply < 0 || r.at(int32(e.Reply)).Side != conversation.Organisation {
		return false
	}
	return !r.flat || e.Reply != int(thread[0])
}

func (r *facts) ownSpace(channel int) bool {
	if len(r.opt.OwnSpaces) == 0 {
		return true
	}
	name := r.log.Channel(channel)
	for _, s := range r.opt.OwnSpaces {
		if s == name {
			return true
		}
	}
	return false
}

// asker numbers who asks; somebody without a name is nobody else.
func asker(e *conversation.Entry) int32 {
	if e.Author >= 0 {
		return int32(e.Author)
	}
	return int32(-1 - e.Index)
}

// joins gives the appeal that a message of an account belongs to: its latest of
// this thread, from the last day on. A question is an appeal of its own if that
// one was withdrawn before, or was answered before anything was asked. Nil: it
// joins none.
func (w *walk) joins(i int32, e *conversation.Entry) *appeal {
	if e.Author < 0 {
		return nil
	}
	k := w.latest[e.Author] - 1
	if k < w.first {
		return nil
	}
	a := &w.c.appeals[k]
	late := e.Time-a.arrived >= int64(float64(w.r.par.Merge)*float64(anHour))
	settled := a.left < e.Time || a.org != never && !a.needs
	if late || a.excluded != w.r.excluded(i) || settled && w.r.acts[i].NeedsAnswer() {
		return nil
	}
	return a
}

// excluded says whether message i is no outsider's, or not in public.
func (r *facts) excluded(i int32) bool { return !r.outsider(i) || r.at(i).Private }

// outsider says whether a person of the community wrote message i: no machine,
// and nobody who speaks for the organisation elsewhere.
func (r *facts) outsider(i int32) bool {
	e := r.at(i)
	return e.Side == conversation.Community && r.flags[i]&(affiliated|machine) == 0 && (e.Author < 0 || !r.people[e.Author].staff())
}

// ask opens an appeal, or joins it to one of the last day.
func (w *walk) ask(i int32, e *conversation.Entry) {
	if a := w.joins(i, e); a != nil {
		a.merged++
		w.c.merged++
		a.needs = a.needs || w.r.acts[i].NeedsAnswer()
		return
	}
	who := asker(e)
	a := appeal{message: i, thread: int32(e.Thread), asker: who, channel: int32(e.Channel), department: int32(e.Department),
		lang: w.r.lang[i], needs: w.r.acts[i].NeedsAnswer(), arrived: e.Time,
		org: never, anyone: never, receipt: never, left: never, naive: never,
		excluded: w.r.excluded(i)}
	if gone(e) {
		if e.DeletedBy == conversation.Community {
			a.left = e.Deleted
		} else {
			a.removed = true // hidden by the organisation, or nobody says by whom: it goes on waiting
		}
	}
	k := len(w.c.appeals)
	w.c.appeals = append(w.c.appeals, a)
	if e.Author >= 0 {
		w.latest[e.Author] = k + 1
	}
	w.org, w.anyone = append(w.org, k), append(w.anyone, k)
	w.naive, w.receipt = append(w.naive, k), append(w.receipt, k)
}

// reply lets a message of the organisation answer whoever waits in the thread.
func (w *walk) reply(i int32, e *conversation.Entry) {
	if e.Private {
		return
	}
	at := w.r.by(e)
	for _, k := range w.naive {
		w.c.appeals[k].naive = at
	}
	w.naive = w.naive[:0]
	if !w.r.substantive(i) {
		if !gone(e) {
			for _, k := range w.receipt {
				w.c.appeals[k].receipt = at
			}
			w.receipt = w.receipt[:0]
		}
		return
	}
	ans := answer{message: i, appeal: -1, at: e.Time}
	for _, k := range w.org {
		a := &w.c.appeals[k]
		if a.left > e.Time {
			a.org = at
			if !a.excluded && (ans.appeal < 0 || a.needs && !w.c.appeals[ans.appeal].needs) {
				ans.appeal = int32(k)
			}
		}
	}
	if k := len(w.c.appeals) - 1; ans.appeal < 0 && k >= w.first && !w.c.appeals[k].excluded {
		ans.appeal = int32(k) // goes on with the latest
	}
	for _, k := range w.anyone {
		if a := &w.c.appeals[k]; a.left > e.Time {
			a.anyone = at
		}
	}
	w.org, w.anyone = w.org[:0], w.anyone[:0]
	if w.heard {
		w.c.answers = append(w.c.answers, ans)
	}
}

// peer lets a message of a member answer the others who wait.
func (w *walk) peer(i int32, e *conversation.Entry) {
	if len(w.anyone) == 0 || !w.r.substantive(i) {
		return
	}
	who := asker(e)
	rest := w.anyone[:0]
	for _, k := range w.anyone {
		a := &w.c.appeals[k]
		if a.asker == who {
			rest = append(rest, k)
		} else if a.left > e.Time {
			a.anyone = w.r.by(e)
		}
	}
	w.anyone = rest
}

// by is the time by which a message was there: among hours, the end of its day
// when only that is known.
func (r *facts) by(e *conversation.Entry) int64 {
	if e.Precision == conversation.Day && !r.daily {
		return min(e.Time+aDay, r.until)
	}
	return e.Time
}

// leave closes the asker's own appeals when she takes them back or tells that
// she found the answer alone.
func (w *walk) leave(i int32, e *conversation.Entry) {
	acts := w.r.acts[i]
	if !acts.Any(speech.SelfSolved | speech.Withdrawn) {
		return
	}
	who := asker(e)
	for _, k := range w.org {
		if a := &w.c.appeals[k]; a.asker == who && a.left == never && a.arrived < e.Time {
			a.left, a.solvedSelf = e.Time, acts.Has(speech.SelfSolved)
		}
	}
}

// kin is whose waits hang together: the asker's, or those of each of the people
// who share her account.
func (r *facts) kin(a *appeal) int32 {
	if a.asker >= 0 && r.people[a.asker].crowd {
		return -1 - a.message
	}
	return a.asker
}

// newcomer says whether an appeal is its asker's first message.
func (r *facts) newcomer(a *appeal) bool {
	return a.asker < 0 || r.people[a.asker].first == a.arrived
}

// wait is the time between two moments in hours; in a log of days, in whole
// days.
func (r *facts) wait(from, to int64) float64 {
	if r.daily {
		return 24 * math.Round(float64(to-from)/float64(aDay))
	}
	return float64(to-from) / float64(anHour)
}

// observe gives an appeal's wait for an answer at time end (never: none) as an
// observation with competing events: 1 answered, 2 withdrawn.
func (r *facts) observe(a *appeal, end int64) stat.Observation {
	o := stat.Observation{Time: r.wait(a.arrived, r.until), Cluster: int(r.kin(a))}
	switch {
	case end <= r.until && end <= a.left:
		o.Time, o.Cause = r.wait(a.arrived, end), 1
	case a.left <= r.until:
		o.Time, o.Cause = r.wait(a.arrived, a.left), 2
	}
	return o
}

// lasting gives the same wait with the withdrawn kept waiting to the census (see
// [waits]).
func (r *facts) lasting(a *appeal, end int64) stat.Observation {
	o := r.observe(a, end)
	if o.Cause == 2 {
		o.Time, o.Cause = r.wait(a.arrived, r.until), 0
	}
	return o
}
