package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// What a terminal shows at most of what can be long; the page and the JSON have
// everything.
const (
	periodsShown  = 24
	groupsShown   = 10
	waitingShown  = 10
	examplesShown = 2
	courseShown   = 5
	alarmsShown   = 8
)

// span is the length of the report's periods: the longest, since the last may
// be cut at the census.
func (s *speaker) span() lang.Span {
	span := lang.Weekly
	for _, p := range s.Presence.Periods {
		span = max(span, lang.SpanOf(p.Until.Sub(p.From)))
	}
	return span
}

// rung marks the alarms that ran during a period: ▲3, or ▲3–5.
func (s *speaker) rung(p presence.Period) string {
	var numbers []int
	for i, a := range s.Presence.Alarms {
		if a.From.Before(p.Until) && !a.Until.Before(p.From) {
			numbers = append(numbers, i+1)
		}
	}
	switch n := len(numbers); {
	case n == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("▲%d", numbers[0])
	default:
		return fmt.Sprintf("▲%d–%d", slices.Min(numbers), slices.Max(numbers))
	}
}

// greatest chooses at most so many alarms, those with the most messages beyond
// what was expected, in the order of the report.
func greatest(alarms []presence.Alarm, most int) (kept []int) {
	for i := range alarms {
		kept = append(kept, i)
	}
	beyond := func(i int) float64 { return float64(alarms[i].Observed) - alarms[i].Expected }
	slices.SortStableFunc(kept, func(a, b int) int { return cmp.Compare(beyond(b), beyond(a)) })
	kept = kept[:min(len(kept), most)]
	slices.Sort(kept)
	return kept
}

func (t *text) periods() {
	all := t.Presence.Periods
	t.heading(t.Say("periods.title"))
	if len(all) == 0 {
		t.say(margin, 0, t.Say("periods.none"), usual)
		return
	}
	centers := func(of func(presence.Period) measure.Estimate) (values []float64) {
		for _, p := range all {
			values = append(values, of(p).Center)
		}
		return values
	}
	wide := min(60, t.width-margin-20)
	t.table(margin, [][]cell{
		{left(t.Say("periods.answered")), picture(sparkline(centers(func(p presence.Period) measure.Estimate { return p.Answered7dOrg }), wide))},
		{left(t.Say("component.attention")), picture(sparkline(centers(func(p presence.Period) measure.Estimate { return p.Attention }), wide))},
	})
	shown, span := all, t.span()
	if len(shown) > periodsShown {
		shown = shown[len(shown)-periodsShown:]
		t.say(margin, 0, t.Say("periods.more", len(all)-len(shown)), faint)
	}
	rows := [][]cell{{left(t.Say("periods.from")).in(faint), right(t.Say("periods.appeals")).in(faint), left(""),
		left(t.Say("periods.org")).in(faint), left(t.Say("periods.anyone")).in(faint), right(t.Say("periods.responders")).in(faint), left("")}}
	for _, p := range shown {
		rows = append(rows, []cell{left(t.Period(p.From, span)), right(t.Integer(p.Appeals)), picture(bar(p.Answered7dOrg.Center, 10)),
			figures(t.short(p.Answered7dOrg)), figures(t.short(p.Answered7dAny)), right(t.Integer(p.Responders)), left(t.rung(p))})
	}
	t.table(margin, rows)
	t.alarms()
}

func (t *text) alarms() {
	w := &t.Presence.Watch
	if !w.Measured {
		t.say(margin, 0, t.Say("alarms.unmeasured", t.reasons(w.Doubts)), usual)
		return
	}
	if len(t.Presence.Alarms) == 0 {
		t.say(margin, 0, t.Say("alarms.none"), usual)
	}
	kept := greatest(t.Presence.Alarms, alarmsShown)
	for _, i := range kept {
		t.say(margin, 3, fmt.Sprintf("▲%d ", i+1)+t.alarm(t.Presence.Alarms[i]), usual)
	}
	if more := len(t.Presence.Alarms) - len(kept); more > 0 {
		t.say(margin, 0, t.Say("alarms.more", more), faint)
	}
	t.say(margin, 0, t.Say("alarms.rate", w.FalseAlarms)+" "+marks(t.mark(w.Doubts)), faint)
}

// instant says a time of the watch: the day alone where the log knows no hours.
func (s *speaker) instant(t time.Time) string {
	byDay := func(d measure.Doubt) bool { return d.Code == "watch-by-day" }
	if slices.ContainsFunc(s.Presence.Watch.Doubts, byDay) {
		return s.ShortDate(t)
	}
	return s.Moment(t)
}

// alarm says one alarm in a sentence.
func (s *speaker) alarm(a presence.Alarm) string {
	said := s.Say("alarm.says", s.instant(a.From), s.instant(a.Until), s.instant(a.Peak), a.Observed, a.Expected)
	if a.Ongoing {
		said += " " + s.Say("alarm.ongoing")
	}
	return said
}

// moment is a milestone of a crisis with its name; Milestone is nil when it
// never came, Same when an earlier moment is the same message.
type moment struct {
	Name string
	Same bool
	*presence.Milestone
}

func (s *speaker) moments(c presence.Crisis) []moment {
	all := []moment{{Name: "first-word", Milestone: c.FirstWord}, {Name: "acknowledgement", Milestone: c.Acknowledgement},
		{Name: "leader", Milestone: c.Leader}, {Name: "two-way", Milestone: c.TwoWay}}
	seen := map[conversation.MessageID]bool{}
	for i := range all {
		m := &all[i]
		m.Name = s.Say("milestone." + m.Name)
		if m.Milestone != nil {
			m.Same = seen[m.Message]
			seen[m.Message] = true
		}
	}
	return all
}

func (t *text) crises() {
	if len(t.Presence.Crises) == 0 {
		return
	}
	t.heading(t.Say("crises.title"))
	for _, c := range t.Presence.Crises {
		t.say(margin, 0, t.Say("crisis.start", c.Alarm+1, t.instant(c.Start)), strong)
		if len(c.Words) > 0 {
			t.say(margin, 2, t.spokenOf(c), usual)
		}
		rows := [][]cell{}
		for _, m := range t.moments(c) {
			if m.Milestone == nil {
				rows = append(rows, []cell{left(m.Name), right("—"), left(t.Say("crisis.never"))})
				continue
			}
			words := t.Quote(clip(plain(m.Quote), 100, "…"))
			if m.Same {
				words = t.Say("crisis.same")
			}
			rows = append(rows, []cell{left(m.Name), right("+" + t.Duration(m.Hours)), left(t.ShortDate(m.Time) + " " + words)})
		}
		t.table(margin, rows)
		for _, k := range thin(len(c.Course), courseShown) {
			at := c.Course[k]
			t.say(margin, 2, t.Say("course.text", t.Duration(24*float64(at.Days)), at.Appeals, at.Answered), faint)
		}
		f := t.figure(c.Answered)
		t.say(margin, 2, t.Say("crisis.answered", c.Appeals, f.Whole())+" "+marks(f.Marks), usual)
		parts := []string{}
		for _, part := range c.Apology {
			sign := "–"
			if part.Said {
				sign = "✓"
			}
			parts = append(parts, sign+"\u00a0"+t.Name("apology", part.Name))
		}
		if len(parts) > 0 {
			t.say(margin, 2, t.Say("apology.title")+" "+strings.Join(parts, ", "), usual)
		}
		for _, p := range c.Promises {
			t.say(margin, 2, t.Say("promise.head")+" · "+t.promise(p), usual)
		}
	}
}

// spokenOf says what a crisis was about.
func (s *speaker) spokenOf(c presence.Crisis) string {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = s.Quote(clip(plain(w), 30, "…"))
	}
	return s.Say("crisis.about", s.List(words))
}

// promise says what was promised and what became of it.
func (s *speaker) promise(p presence.Promise) string {
	return s.Say("promise.made", s.Moment(p.Made), s.Moment(p.Due), s.Say(kept(p)))
}

// thin chooses at most so many of n, the first and the last among them.
func thin(n, most int) (kept []int) {
	most = min(n, most)
	for i := range most {
		kept = append(kept, i*(n-1)/max(1, most-1))
	}
	return kept
}

// kept names what became of a promise.
func kept(p presence.Promise) string {
	switch {
	case p.Kept == nil:
		return "promise.open"
	case *p.Kept:
		return "promise.kept"
	}
	return "promise.broken"
}

func (t *text) groups() {
	t.heading(t.Say("groups.title"))
	facets := t.facets()
	if len(facets) == 0 {
		t.say(margin, 0, t.Say("groups.none"), usual)
		return
	}
	t.say(margin, 0, t.Say("groups.says")+" "+t.Say("groups.rules"), faint)
	for _, f := range facets {
		rows := [][]cell{{left(t.Say("facet." + f.name)).in(strong), right(t.Say("n.short")).in(faint), left("0 – " + t.Percent(1, 0)).in(faint),
			left(t.Say("groups.answered")).in(faint), left("")}}
		for _, g := range f.groups[:min(len(f.groups), groupsShown)] {
			flag := t.Say("groups.anyone", t.figure(g.Answered7dAny).Value)
			if g.FourFifths {
				flag += " · " + t.Say("groups.flag")
			}
			rows = append(rows, []cell{left(clip(t.group(f.name, g.Name), 40, "…")), right(t.Integer(g.N)), picture(strip(t.figure(g.Answered7d), 21)),
				figures(t.short(g.Answered7d)), left(flag)})
		}
		t.table(margin, rows)
		if more := len(f.groups) - groupsShown; more > 0 {
			t.say(margin, 0, t.Say("groups.more", more), faint)
		}
	}
	t.say(margin, 0, t.Say("groups.four-fifths"), faint)
}

func (t *text) waiting() {
	w := &t.Presence.Waiting
	t.heading(t.Say("waiting.title"))
	if w.Count == 0 {
		t.say(margin, 0, t.Say("waiting.none"), usual)
		return
	}
	t.say(margin, 0, t.Say("waiting.count", w.Count), usual)
	shown := w.List[:min(len(w.List), waitingShown)]
	for _, item := range shown {
		t.say(margin, 2, t.Duration(item.Hours)+" · "+strings.Join(t.about(item), " · "), usual)
		t.say(margin+2, 0, t.words(clip(plain(item.Quote), 140, "…")), usual)
	}
	if more := w.Count - len(shown); more > 0 {
		t.say(margin, 0, t.Say("waiting.more", more), faint)
	}
}

// words quotes what somebody wrote, or says that there is nothing.
func (s *speaker) words(quote string) string {
	if quote == "" {
		return s.Say("waiting.quoteless")
	}
	return s.Quote(quote)
}

// about says who waits where, since when, and what happened to the message.
func (s *speaker) about(w presence.WaitingItem) (said []string) {
	for _, name := range []string{string(w.Author), w.Channel, w.Department} {
		if name != "" {
			said = append(said, clip(plain(name), 40, "…"))
		}
	}
	said = append(said, s.ShortDate(w.Time))
	if w.Messages > 1 {
		said = append(said, s.Say("waiting.messages", w.Messages))
	}
	if w.Peer {
		said = append(said, s.Say("waiting.peer"))
	}
	if w.Receipt {
		said = append(said, s.Say("waiting.receipt"))
	}
	if w.Removed {
		said = append(said, s.Say("waiting.removed"))
	}
	return said
}
