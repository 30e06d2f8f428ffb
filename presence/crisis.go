package presence

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/prose"
	"github.com/entregent/entregent/speech"
	"github.com/entregent/entregent/stat"
)

// Alarms less than this apart belong to one crisis.
const oneCrisis = 7 * 24 * time.Hour

// A crisis is followed for this long after its last alarm is over.
const aftermath = 30 * 24 * time.Hour

// crises looks for surges of the community's messages and tells the timeline of
// those that brought enough appeals to call them crises. Without one there is no
// timeline, and no score.
func (r *reading) crises(c *cases) (Watch, []Alarm, []Crisis) {
	var times []int64
	for i := range r.entries {
		if e := &r.entries[i]; e.Side == conversation.Community && e.Time <= r.until {
			times = append(times, e.Time)
		}
	}
	slices.Sort(times)
	r.opt.progress("watching", 0)
	w, alarms := watch(times, r.daily, r.until, r.par, r.opt.Seed, r.opt.Location)
	if w.Doubts == nil {
		w.Doubts = []measure.Doubt{}
	}
	crises := []Crisis{}
	for first := 0; first < len(alarms); {
		last := first
		for last+1 < len(alarms) && alarms[last+1].From.Sub(alarms[last].Until) < oneCrisis {
			last++
		}
		if t := r.timeline(c, first, alarms[first].From, alarms[last].Until); t.Appeals >= r.par.MinAppeals {
			crises = append(crises, t)
		}
		first = last + 1
	}
	if alarms == nil {
		alarms = []Alarm{}
	}
	return w, alarms, crises
}

// timeline tells one crisis: what the organisation said of it, when, to whom,
// and how many of those who asked were answered.
func (r *reading) timeline(c *cases, alarm int, start, over time.Time) Crisis {
	from, until := start.UnixMicro(), min(r.until, over.Add(aftermath).UnixMicro())
	t := Crisis{Alarm: alarm, Start: start, Apology: []Part{}, Promises: []Promise{}, Course: []Course{}}
	about := r.subject(from, min(over.UnixMicro(), r.until))
	for k, w := range about {
		if k < 8 {
			t.Words = append(t.Words, w.text)
		}
	}
	said := r.said(about, from, until)
	g := &cohort{reading: r, cases: c}
	var apology speech.Contrition
	for _, i := range said {
		m := func() *Milestone { return r.milestone(i, start) }
		if t.FirstWord == nil {
			t.FirstWord = m()
		}
		if t.Acknowledgement == nil && g.person(i) != "" {
			t.Acknowledgement = m()
		}
		if t.Leader == nil && r.leads(i) {
			t.Leader = m()
		}
		apology = r.apologise(&t, i, apology)
		r.promise(&t, i, said)
	}
	for _, part := range parts {
		if !apology.Has(part.is) {
			t.Apology = append(t.Apology, Part{Name: part.name})
		}
	}
	slices.SortStableFunc(t.Apology, func(a, b Part) int { return cmp.Compare(partOrder(a.Name), partOrder(b.Name)) })
	r.served(&t, c, about, from, over.UnixMicro(), until)
	return t
}

// milestone is message i as a moment of a crisis.
func (r *reading) milestone(i int32, start time.Time) *Milestone {
	e := &r.entries[i]
	return &Milestone{Message: r.log.ID(int(i)), Author: r.log.Person(e.Author), Time: timeOf(e.Time),
		Hours: timeOf(e.Time).Sub(start).Hours(), Quote: quote(r.log.Text(int(i)))}
}

// said lists, in order, the organisation's public messages about the crisis.
func (r *reading) said(about []topic, from, until int64) []int32 {
	var out []int32
	var m prose.Message
	for i := range r.entries {
		e := &r.entries[i]
		if e.Side == conversation.Organisation && e.Time >= from && e.Time <= until && !e.Private &&
			r.flags[i]&machine == 0 && !r.acts[i].Has(speech.Automatic) && r.concerns(&m, i, about) {
			out = append(out, int32(i))
		}
	}
	slices.SortFunc(out, func(a, b int32) int { return cmp.Or(cmp.Compare(r.entries[a].Time, r.entries[b].Time), int(a-b)) })
	return out
}

// topic is a word that the community uses in the crisis far more than before.
type topic struct {
	hash  uint64
	text  string
	score float64
}

const (
	topics      = 12  // words that tell what a crisis is about
	topicShare  = .03 // of the crisis's messages, at least, hold each
	topicWeight = 4   // standard errors of the log-odds, at least
)

// subject finds what the crisis is about: the words whose share of the
// community's messages rose most above that of the quarter before, as log-odds over their standard error, with
// half a message of each kind as prior (Monroe, Colaresi & Quinn 2008 count
// words; here each message counts a word once).
func (r *reading) subject(from, over int64) []topic {
	in, before := map[uint64]int{}, map[uint64]int{}
	text := map[uint64]string{}
	var nIn, nBefore float64
	var m prose.Message
	seen := map[uint64]bool{}
	for i := range r.entries {
		e := &r.entries[i]
		if e.Side != conversation.Community || e.Time > over || e.Time < from-90*aDay {
			continue
		}
		count, n := before, &nBefore
		if e.Time >= from {
			count, n = in, &nIn
		}
		*n++
		clear(seen)
		m.Read(r.log.Text(i))
		for _, t := range m.Tokens {
			if t.Kind != prose.Word || t.End-t.Start < 4 || seen[t.Hash] {
				continue
			}
			seen[t.Hash] = true
			count[t.Hash]++
			if e.Time >= from && text[t.Hash] == "" {
				text[t.Hash] = string(prose.Fold(nil, t.Text(m.Text)))
			}
		}
	}
	var found []topic
	for h, k := range in {
		if float64(k) < max(3, topicShare*nIn) {
			continue
		}
		a, b := float64(k)+.5, nIn-float64(k)+.5
		c, d := float64(before[h])+.5, nBefore-float64(before[h])+.5
		score := math.Log(a*d/(b*c)) / math.Sqrt(1/a+1/b+1/c+1/d)
		if score >= topicWeight {
			found = append(found, topic{h, text[h], score})
		}
	}
	slices.SortFunc(found, func(a, b topic) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.text, b.text)) })
	return found[:min(topics, len(found))]
}

// concerns says whether a message is about the crisis: it holds one of its
// words. A crisis without words of its own is about everything.
func (r *reading) concerns(m *prose.Message, i int, about []topic) bool {
	if len(about) == 0 {
		return true
	}
	m.Read(r.log.Text(i))
	return slices.ContainsFunc(m.Tokens, func(t prose.Token) bool {
		return t.Kind == prose.Word && slices.ContainsFunc(about, func(w topic) bool { return w.hash == t.Hash })
	})
}

// leads says whether a leader wrote message i: somebody named as one in the
// options, or whose role the source tells.
func (r *reading) leads(i int32) bool {
	e := &r.entries[i]
	if e.Author < 0 {
		return false
	}
	name := string(prose.Fold(nil, string(r.log.Person(e.Author))))
	for _, leader := range r.opt.Leaders {
		if string(prose.Fold(nil, leader)) == name {
			return true
		}
	}
	return leading[string(prose.Fold(nil, r.log.Attributes(int(i)).Text("role")))]
}

var leading = map[string]bool{"leader": true, "ceo": true, "president": true, "presidente": true, "pdg": true, "dg": true, "founder": true,
	"fondateur": true, "fondatrice": true, "director": true, "directeur": true, "directrice": true, "chair": true, "chief executive": true,
	"directeur general": true, "directrice generale": true, "managing director": true, "gerant": true, "gerante": true}

// parts are the six parts of an apology in the order of Lewicki, Polin & Lount.
var parts = []struct {
	name string
	is   speech.Contrition
}{{"regret", speech.Regret}, {"explanation", speech.Explanation}, {"responsibility", speech.Responsibility},
	{"repentance", speech.Repentance}, {"repair", speech.Repair}, {"forgiveness", speech.Pardon}}

func partOrder(name string) int {
	for k, p := range parts {
		if p.name == name {
			return k
		}
	}
	return len(parts)
}

// apologise notes the parts of an apology that message i is the first to say.
func (r *reading) apologise(t *Crisis, i int32, have speech.Contrition) speech.Contrition {
	now := speech.Contrite(r.log.Text(int(i)), r.langs[r.lang[i]])
	for _, part := range parts {
		if now.Has(part.is) && !have.Has(part.is) {
			t.Apology = append(t.Apology, Part{Name: part.name, Said: true, Message: r.log.ID(int(i))})
		}
	}
	return have | now
}

// A promised update is kept when news come until this long after it was due.
const grace = time.Hour

// promise notes the update that message i announces, and whether it came: a
// message about the crisis after the announcement and in time.
func (r *reading) promise(t *Crisis, i int32, said []int32) {
	e := &r.entries[i]
	loc := r.opt.Location
	if loc == nil {
		loc = time.UTC
	}
	due, ok := speech.NextUpdate(r.log.Text(int(i)), r.langs[r.lang[i]], timeOf(e.Time).In(loc))
	if !ok || due.IsZero() {
		return
	}
	p := Promise{Message: r.log.ID(int(i)), Made: timeOf(e.Time), Due: due.UTC()}
	late := due.Add(grace).UnixMicro()
	kept := slices.ContainsFunc(said, func(j int32) bool {
		o := &r.entries[j]
		return o.Time > e.Time && o.Time <= late && o.Thread == e.Thread || o.Time > e.Time && o.Time <= late && r.opens(j)
	})
	if kept || late <= r.until {
		p.Kept = &kept
	}
	t.Promises = append(t.Promises, p)
}

// opens says whether message i opens its thread.
func (r *reading) opens(i int32) bool { return r.log.Threads()[r.entries[i].Thread][0] == i }

// served counts the crisis's appeals and who was answered, day by day, and the
// first answer to one that is about it.
func (r *reading) served(t *Crisis, c *cases, about []topic, from, over, until int64) {
	var m prose.Message
	var answered []float64
	var asker []int
	var arrived, served []int64
	for k := range c.appeals {
		a := &c.appeals[k]
		if a.arrived < from || a.arrived > over || !a.needs || a.excluded || !r.concerns(&m, int(a.message), about) {
			continue
		}
		x := 0.0
		if a.org <= r.until {
			x = 1
			served = append(served, a.org)
			if e := &r.entries[a.answer]; t.TwoWay == nil || e.Time < t.TwoWay.Time.UnixMicro() {
				t.TwoWay = r.milestone(a.answer, t.Start)
			}
		}
		answered, asker, arrived = append(answered, x), append(asker, int(a.asker)), append(arrived, a.arrived)
	}
	t.Appeals = len(answered)
	t.Answered = measure.Unmeasured(measure.Share, 0)
	if len(answered) > 0 {
		p, lo, hi, _ := stat.ClusteredProportion(answered, asker, r.par.Confidence)
		t.Answered = measure.Estimate{Center: p, Lo: lo, Hi: hi, Confidence: r.par.Confidence, N: len(answered), Unit: measure.Share}
	}
	slices.Sort(arrived)
	slices.Sort(served)
	for at := from + aDay; at < until+aDay; at += aDay {
		k, _ := slices.BinarySearch(arrived, at)
		n, _ := slices.BinarySearch(served, at)
		t.Course = append(t.Course, Course{Days: int((at - from) / aDay), Appeals: k, Answered: n})
	}
}
