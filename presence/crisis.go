package presence

import (
	"cmp"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/measure/stat"
)

// A crisis is the timeline of a surge that brought enough appeals. It starts
// where the watch dates the surge, to the hour: nobody has to say when the news
// broke. From there the organisation's words are followed: its first in public,
// its first by a named person, its leader's first, its first answer to somebody.
//
// Only words about the crisis count. A spring sale that was scheduled for the day
// after breaks no silence, nor does an answer about an invoice, a receipt, or the
// same phrase pasted to many. What the crisis is about is told by the words that
// the surge brought (subject).

const (
	oneCrisis = 7 * 24 * time.Hour  // surges less than this apart belong together: a quiet weekend cuts nothing
	aftermath = 30 * 24 * time.Hour // a crisis is followed this long after its last surge
)

// A crisis brings so many times the messages that were expected: an ordinary
// surge, which is an alarm and no more, brings about twice as many.
const crisisRatio = 3

// Grave says whether an alarm is as large as a crisis by itself.
func (a Alarm) Grave() bool { return grave([]Alarm{a}) }

// grave says whether surges that follow each other make a crisis.
func grave(alarms []Alarm) bool {
	seen, expected := 0.0, 0.0
	for _, a := range alarms {
		seen, expected = seen+float64(a.Observed), expected+a.Expected
	}
	return seen >= crisisRatio*expected
}

// pulse is when the community wrote.
func (r *facts) pulse() Pulse {
	var times []int64
	for i := range r.acts {
		if e := r.at(int32(i)); e.Side == conversation.Community && e.Time <= r.until && r.flags[i]&(machine|spam) == 0 {
			times = append(times, e.Time)
		}
	}
	slices.Sort(times)
	return Pulse{times, r.daily, r.until, r.par, r.opt.Seed, r.opt.Location}
}

// crises looks for surges of the community's messages and tells the timeline of
// those that brought enough appeals to call them crises. Without one there is no
// timeline, and no score.
func (r *facts) crises(c *cases) (Watch, []Alarm, []Crisis) {
	r.opt.progress("watching", 0)
	w, alarms := r.pulse().Watch(Watch{})
	crises := []Crisis{}
	for first := 0; first < len(alarms); {
		last := first
		for last+1 < len(alarms) && alarms[last+1].From.Sub(alarms[last].Until) < oneCrisis && excess(alarms[last+1]) <= excess(alarms[first]) {
			last++
		}
		e := r.episode(c, alarms[first].From, alarms[last].Until)
		if len(e.appeals) >= r.par.MinAppeals && grave(alarms[first:last+1]) {
			crises = append(crises, e.tell(first))
		}
		first = last + 1
	}
	return w, alarms, crises
}

// excess is how many messages a surge brought. A greater one than the first
// begins a crisis of its own.
func excess(a Alarm) float64 { return float64(a.Observed) - a.Expected }

// episode is one crisis: its surges last from one time to another, and the
// organisation's words are followed up to the horizon.
type episode struct {
	*facts
	cases             *cases
	from, to, horizon int64
	appeals           []*appeal // that arrived while it lasted and need an answer
	subject           subject
}

func (r *facts) episode(c *cases, from, to time.Time) *episode {
	e := &episode{facts: r, cases: c, from: from.UnixMicro(), to: to.UnixMicro(), horizon: min(r.until, to.Add(aftermath).UnixMicro())}
	for i := range c.appeals {
		if a := &c.appeals[i]; a.needs && !a.excluded && a.arrived >= e.from && a.arrived <= e.to {
			e.appeals = append(e.appeals, a)
		}
	}
	return e
}

// tell writes the timeline.
func (e *episode) tell(alarm int) Crisis {
	e.subject = e.facts.subject(e.from, e.to)
	c := Crisis{Alarm: alarm, Start: timeOf(e.from), Words: e.subject.loudest(6)}
	words := e.words()
	g := &cohort{facts: e.facts, cases: e.cases}
	for _, i := range words {
		e.mark(&c.FirstWord, i)
		if g.person(i) != "" || e.acts[i].Has(speech.Signed) {
			e.mark(&c.Acknowledgement, i)
		}
		if e.leads(i) {
			e.mark(&c.Leader, i)
		}
		if e.answers(i) && e.substantive(i) {
			e.mark(&c.TwoWay, i)
		}
	}
	c.Apology, c.Promises = e.apology(words), e.promises(words)
	e.count(&c)
	return c
}

// words are the organisation's public messages about the crisis, in order.
func (e *episode) words() (words []int32) {
	for i := range e.acts {
		m, acts := e.at(int32(i)), e.acts[i]
		if m.Side != conversation.Organisation || m.Time < e.from || m.Time > e.horizon || m.Private || gone(&m) {
			continue
		}
		// A statement may be published in several places; an answer pasted to
		// many is none. "We are sorry" says little, but it says something.
		pasted := e.flags[i]&copied != 0 && m.Reply >= 0
		empty := acts.Hollow() && !acts.Has(speech.Apology)
		if e.flags[i]&machine != 0 || acts.Any(speech.Automatic|speech.Campaign) || pasted || empty {
			continue
		}
		if e.concerns(int32(i)) {
			words = append(words, int32(i))
		}
	}
	slices.SortFunc(words, func(a, b int32) int {
		return cmp.Or(cmp.Compare(e.at(a).Time, e.at(b).Time), cmp.Compare(a, b))
	})
	return words
}

// concerns says whether a message is about the crisis: by its own words, or by
// those of the message that it answers or of the opener of its thread, if they
// came with the crisis.
func (e *episode) concerns(i int32) bool {
	if e.subject.in(e.log.Text(int(i))) {
		return true
	}
	m := e.at(i)
	for _, k := range []int{m.Reply, int(e.opener(m.Thread))} {
		if k >= 0 && k != int(i) && e.at(int32(k)).Time >= e.from && e.subject.in(e.log.Text(k)) {
			return true
		}
	}
	return false
}

// answers says whether message i speaks to a member who wrote since the crisis
// began.
func (e *episode) answers(i int32) bool {
	said := e.at(i)
	to := int32(said.Reply)
	if to < 0 { // the source doesn't say to whom
		to = e.opener(said.Thread)
	}
	m := e.at(to)
	return m.Side == conversation.Community && m.Time >= e.from
}

// mark keeps the earliest of a kind of moment.
func (e *episode) mark(m **Milestone, i int32) {
	if *m == nil {
		at := e.at(i)
		*m = &Milestone{Message: e.log.ID(int(i)), Author: e.log.Person(at.Author), Time: timeOf(at.Time),
			Hours: e.wait(e.from, at.Time), Lang: e.langs[e.lang[i]], Quote: quote(e.log.Text(int(i)))}
	}
}

// leads says whether a leader wrote message i: one named in the options, or
// whose role, as the source gives it, is to lead.
func (r *facts) leads(i int32) bool {
	name := string(prose.Fold(nil, string(r.log.Person(r.at(i).Author))))
	if name != "" && slices.ContainsFunc(r.opt.Leaders, func(leader string) bool { return string(prose.Fold(nil, leader)) == name }) {
		return true
	}
	role := string(prose.Fold(nil, r.log.Attributes(int(i)).Text("role")))
	return role != "" && slices.ContainsFunc(leading, func(title string) bool { return prose.HoldsWord(role, title) })
}

var leading = []string{"leader", "ceo", "president", "presidente", "pdg", "dg", "founder", "fondateur", "fondatrice", "chair", "chairman",
	"chairwoman", "chief executive", "managing director", "executive director", "directeur general", "directrice generale", "gerant", "gerante"}

// parts are the six parts of an apology, in the order of Lewicki, Polin & Lount.
var parts = []struct {
	name string
	is   speech.Contrition
}{{"regret", speech.Regret}, {"explanation", speech.Explanation}, {"responsibility", speech.Responsibility},
	{"repentance", speech.Repentance}, {"repair", speech.Repair}, {"forgiveness", speech.Pardon}}

// apology tells which parts were said, and where first.
func (e *episode) apology(words []int32) []Part {
	said := make([]Part, len(parts))
	for k := range parts {
		said[k].Name = parts[k].name
	}
	for _, i := range words {
		now := speech.Contrite(e.log.Text(int(i)), e.langs[e.lang[i]])
		for k := range parts {
			if !said[k].Said && now.Has(parts[k].is) {
				said[k].Said, said[k].Message = true, e.log.ID(int(i))
			}
		}
	}
	return said
}

const (
	grace = time.Hour     // an update is on time until this long after it was due
	echo  = 3 * time.Hour // what comes this soon after a promise is the same news in another place
)

// promises are the next updates that were announced to everybody; one announced
// in several places counts once. It is kept when the organisation says something
// more about the crisis, to everybody and in time.
func (e *episode) promises(words []int32) []Promise {
	promises := []Promise{}
	loc := e.opt.Location
	if loc == nil {
		loc = time.UTC
	}
	for k, i := range words {
		if e.answers(i) {
			continue
		}
		made := timeOf(e.at(i).Time)
		due, ok := speech.NextUpdate(e.log.Text(int(i)), e.langs[e.lang[i]], made.In(loc))
		if !ok || due.IsZero() || slices.ContainsFunc(promises, func(p Promise) bool { return p.Due.Equal(due) }) {
			continue
		}
		p := Promise{Message: e.log.ID(int(i)), Made: made, Due: due.UTC()}
		after, late := made.Add(min(echo, due.Sub(made)/2)).UnixMicro(), due.Add(grace).UnixMicro()
		kept := slices.ContainsFunc(words[k+1:], func(j int32) bool {
			return e.at(j).Time > after && e.at(j).Time <= late && !e.answers(j)
		})
		if kept || late <= e.until {
			p.Kept = &kept
		}
		promises = append(promises, p)
	}
	return promises
}

// count says how many of the crisis's appeals were answered, by the census and
// day by day; those without an answer count as such.
func (e *episode) count(c *Crisis) {
	var answered []float64
	var askers []int
	var arrived, served []int64
	for _, a := range e.appeals {
		yes := 0.0
		if a.org <= e.until {
			yes = 1
			served = append(served, a.org)
		}
		answered, askers, arrived = append(answered, yes), append(askers, int(a.asker)), append(arrived, a.arrived)
	}
	c.Appeals = len(answered)
	p, lo, hi, _ := stat.ClusteredProportion(answered, askers, e.par.Confidence)
	c.Answered = measure.Estimate{Center: p, Lo: lo, Hi: hi, Confidence: e.par.Confidence, N: c.Appeals, Unit: measure.Share}
	slices.Sort(arrived)
	slices.Sort(served)
	c.Course = []Course{}
	for day := int64(1); e.from+(day-1)*aDay < e.horizon; day++ {
		a, _ := slices.BinarySearch(arrived, e.from+day*aDay)
		n, _ := slices.BinarySearch(served, e.from+day*aDay)
		c.Course = append(c.Course, Course{Days: int(day), Appeals: a, Answered: n})
	}
}
