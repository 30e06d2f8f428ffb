package text

import (
	"fmt"
	"strings"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// What a terminal shows at most of what can be long; the page and the JSON have
// everything.
const (
	periodsShown  = 24
	groupsShown   = 10
	examplesShown = 2
	courseShown   = 5
)

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
	shown, span := all, t.Span()
	if len(shown) > periodsShown {
		shown = shown[len(shown)-periodsShown:]
		t.say(margin, 0, t.Say("periods.more", len(all)-len(shown)), faint)
	}
	rows := [][]cell{{left(t.Say("periods.from")).in(faint), right(t.Say("periods.appeals")).in(faint), left(""),
		left(t.Say("periods.org")).in(faint), left(t.Say("periods.anyone")).in(faint), right(t.Say("periods.responders")).in(faint), left("")}}
	for _, p := range shown {
		rows = append(rows, []cell{left(t.Period(p.From, span)), right(t.Integer(p.Appeals)), picture(bar(p.Answered7dOrg.Center, 10)),
			figures(t.short(p.Answered7dOrg)), figures(t.short(p.Answered7dAny)), right(t.Integer(p.Responders)), left(t.Rung(p))})
	}
	t.table(margin, rows)
	t.alarms()
}

func (t *text) alarms() {
	w := &t.Presence.Watch
	if !w.Measured {
		t.say(margin, 0, t.Say("alarms.unmeasured", t.Reasons(w.Doubts)), usual)
		return
	}
	if len(t.Presence.Alarms) == 0 {
		t.say(margin, 0, t.Say("alarms.none"), usual)
	}
	kept := report.Greatest(t.Presence.Alarms, report.AlarmsShown)
	for _, i := range kept {
		t.say(margin, 3, fmt.Sprintf("▲%d ", i+1)+t.Alarm(t.Presence.Alarms[i]), usual)
	}
	if more := len(t.Presence.Alarms) - len(kept); more > 0 {
		t.say(margin, 0, t.Say("alarms.more", more), faint)
	}
	t.say(margin, 0, t.Say("alarms.rate", w.FalseAlarms)+" "+marks(t.Mark(w.Doubts)), faint)
}

func (t *text) crises() {
	if len(t.Presence.Crises) == 0 {
		return
	}
	t.heading(t.Say("crises.title"))
	for _, c := range t.Presence.Crises {
		t.say(margin, 0, t.Say("crisis.start", c.Alarm+1, t.Instant(c.Start)), strong)
		if len(c.Words) > 0 {
			t.say(margin, 2, t.SpokenOf(c), usual)
		}
		rows := [][]cell{}
		for _, m := range t.Moments(c) {
			if m.Milestone == nil {
				rows = append(rows, []cell{left(m.Name), right("—"), left(t.Say("crisis.never"))})
				continue
			}
			words := t.Quote(report.Clip(report.Plain(m.Quote), 100, "…"))
			if m.Same {
				words = t.Say("crisis.same")
			}
			rows = append(rows, []cell{left(m.Name), right("+" + t.Duration(m.Hours)), left(t.ShortDate(m.Time) + " " + words)})
		}
		t.table(margin, rows)
		for _, k := range report.Thin(len(c.Course), courseShown) {
			at := c.Course[k]
			t.say(margin, 2, t.Say("course.text", t.Duration(24*float64(at.Days)), at.Appeals, at.Answered), faint)
		}
		f := t.Figure(c.Answered)
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
			t.say(margin, 2, t.Say("promise.head")+" · "+t.Promise(p), usual)
		}
	}
}

func (t *text) groups() {
	t.heading(t.Say("groups.title"))
	facets := t.Facets()
	if len(facets) == 0 {
		t.say(margin, 0, t.Say("groups.none"), usual)
		return
	}
	t.say(margin, 0, t.Say("groups.says")+" "+t.Say("groups.rules"), faint)
	for _, f := range facets {
		rows := [][]cell{{left(t.Say("facet." + f.Name)).in(strong), right(t.Say("n.short")).in(faint), left("0 – " + t.Percent(1, 0)).in(faint),
			left(t.Say("groups.answered")).in(faint), left("")}}
		for _, g := range f.Groups[:min(len(f.Groups), groupsShown)] {
			flag := t.Say("groups.anyone", t.Figure(g.Answered7dAny).Value)
			if g.FourFifths {
				flag += " · " + t.Say("groups.flag")
			}
			rows = append(rows, []cell{left(report.Clip(t.Group(f.Name, g.Name), 40, "…")), right(t.Integer(g.N)), picture(strip(t.Figure(g.Answered7d), 21)),
				figures(t.short(g.Answered7d)), left(flag)})
		}
		t.table(margin, rows)
		if more := len(f.Groups) - groupsShown; more > 0 {
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
	shown := w.List[:min(len(w.List), report.WaitingShown)]
	for _, item := range shown {
		t.say(margin, 2, t.Duration(item.Hours)+" · "+strings.Join(t.About(item), " · "), usual)
		t.say(margin+2, 0, t.Words(report.Clip(report.Plain(item.Quote), 140, "…")), usual)
	}
	if more := w.Count - len(shown); more > 0 {
		t.say(margin, 0, t.Say("waiting.more", more), faint)
	}
}
