// Package presence measures who gets an answer, how soon, how evenly, and in
// how human a voice.
//
// It begins with what was read of every message ([reading.Row]): what it does, in
// which language; and finds what follows from all of them: who is staff, what is a
// copy or a machine's. Then it walks every thread
// (collect): a member's message that is addressed to the organisation is an
// appeal; the first later message of a person of the organisation that says
// something is its answer; an appeal without one has waited until the census and
// goes on waiting. It is never left out: an average over answered messages alone
// gets better with every hard question left aside.
//
// The appeals that arrived in the window make a cohort, and a cohort six
// components: attention (how soon, the unanswered included), constancy (from
// week to week), evenness (between channels, departments, languages, newcomers),
// diffusion (over departments and people), human voice, and conversation. The
// index is attention, discounted by the five others. Every number has an
// interval; those of the index and of the components come from one cluster
// bootstrap.
//
// The whole log is then told over time, surges are looked for (watch), and every
// surge gets its timeline.
//
// The name honours Sylvie Bédard's word Présence; the measure is this project's
// own and not hers. doc/measures.md explains each number and what it can't say.
package presence

import (
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/measure"
)

// Measure takes the presence of the organisation in a log. Same log, same
// options, same report, on any machine and any number of cores. It gives no error:
// what can't be told is not measured, with the reason among its doubts.
func Measure(log *conversation.Log, options Options) Report {
	b := NewBatch(log, options)
	reading.Each(log, options.Reading(), b.Take)
	return b.Report()
}

// Batch is the measure of a log whose messages are read by somebody else, by
// [Options.Reading] or more: that of a conversation in which everything changes
// once.
type Batch struct {
	live *Live
}

// NewBatch is ready to take the rows of a log.
func NewBatch(log *conversation.Log, options Options) *Batch {
	l := newLive(whole{log}, options)
	l.r.threads = log.Threads()
	for n := range log.Languages() {
		l.r.language(base(log.Language(n)))
	}
	l.r.until = l.r.census()
	l.grow()
	for i := range l.r.acts { // who is staff is known before anything is read
		l.r.count(int32(i), 1)
	}
	for t := range l.r.threads {
		l.markDirty(t)
	}
	return &Batch{l}
}

// Take takes what was read of a message.
func (b *Batch) Take(message int, row *reading.Row) {
	b.live.settle(int32(message), row)
	const every = 4096
	if n := len(b.live.r.acts); (message+1)%every == 0 || message+1 == n {
		b.live.given.progress("reading", float64(message+1)/float64(n))
	}
}

// facts are what follows from the rows of all messages.
func (b *Batch) facts() *facts {
	b.live.conclude()
	return b.live.r
}

// Report is that of [Measure], when the rows of all messages were taken.
func (b *Batch) Report() Report {
	r := b.facts()
	return r.report(r.collect())
}

// report tells everything of what was read and collected.
func (r *facts) report(c *cases) Report {
	g := r.gather(c, r.window())
	m := g.model(nil)
	v := g.evaluate(m)
	rep := Report{Version: Version, Parameters: r.par, Window: g.span()}
	if r.opt.Answers == ByAnyone {
		rep.Answers = ByAnyone
	}
	rep.Index = g.display(m, v)
	rep.Components = g.components(m, v)
	rep.Answered = g.answered(g.appeals, All)
	rep.AnsweredNeeding = g.answered(g.needing, Needing)
	rep.MedianWait = g.median()
	rep.Acknowledged = g.acknowledged()
	rep.Now = r.now(c, g.from)
	rep.Naive = g.naive()
	rep.Curve = g.curve()
	rep.Waiting = r.waiting(c)
	rep.Groups = g.groups()
	rep.Periods = r.periods(c)
	rep.Counts = g.counts()
	rep.Watch, rep.Alarms, rep.Crises = r.crises(c)
	rep.Doubts = g.doubts()
	rep.local(r.zone)
	return rep
}

// local tells all times in one zone, and which.
func (rep *Report) local(zone *time.Location) {
	if zone == nil {
		zone = time.UTC
	}
	rep.TimeZone = zone.String()
	in := func(t *time.Time) {
		if t != nil && !t.IsZero() {
			*t = t.In(zone)
		}
	}
	in(&rep.Window.From)
	in(&rep.Window.Until)
	rep.Index.Window = rep.Window
	in(rep.Waiting.Oldest)
	for i := range rep.Waiting.List {
		in(&rep.Waiting.List[i].Time)
	}
	for i := range rep.Alarms {
		a := &rep.Alarms[i]
		for _, t := range []*time.Time{&a.From, &a.Raised, &a.Peak, &a.Until} {
			in(t)
		}
	}
	for i := range rep.Crises {
		c := &rep.Crises[i]
		in(&c.Start)
		for _, m := range []*Milestone{c.FirstWord, c.Acknowledgement, c.Leader, c.TwoWay} {
			if m != nil {
				in(&m.Time)
			}
		}
		for k := range c.Promises {
			in(&c.Promises[k].Made)
			in(&c.Promises[k].Due)
		}
	}
}

// Attention measures the attention component alone, without resampling: for a
// quick look at a large log.
func Attention(log *conversation.Log, options Options) measure.Estimate {
	b := NewBatch(log, options)
	reading.Each(log, options.Reading(), b.Take)
	r := b.facts()
	g := r.gather(r.collect(), r.window())
	return g.attention(g.needing, g.weight)
}

// span is the window as times.
func (g *cohort) span() Window {
	if len(g.acts) == 0 {
		return Window{}
	}
	return Window{From: timeOf(g.from), Until: timeOf(g.until)}
}
