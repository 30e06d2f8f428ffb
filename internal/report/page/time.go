package page

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"github.com/entregent/entregent/internal/report"
)

// timeView is presence over time, with the alarms.
type timeView struct {
	Picture    template.HTML // empty without a period
	LeftOut    string        // that the picture lacks some periods
	Rows       []periodRow
	Unmeasured string      // why there is no watch for surges
	Alarms     []alarmView // the greatest
	Others     []alarmView
	More       string // how many others there are
	Rate       string
	RateMarks  []mark
}

type alarmView struct {
	N    int
	Says string
}

type periodRow struct {
	Name, Appeals          string
	Org, Anyone, Attention number
	Responders, Alarms     string
}

func (v *view) time() (t timeView) {
	p := &v.Presence
	if len(p.Periods) > 0 {
		t.Picture = periodsPicture(v.Speaker)
		if leavesOut(p.Periods) {
			t.LeftOut = v.Say("periods.vague")
		}
	}
	span := v.Span()
	for _, one := range p.Periods {
		t.Rows = append(t.Rows, periodRow{v.Period(one.From, span), v.Integer(one.Appeals), numbered(v.Speaker, v.Figure(one.Answered7dOrg)),
			numbered(v.Speaker, v.Figure(one.Answered7dAny)), numbered(v.Speaker, v.Figure(one.Attention)), v.Integer(one.Responders), v.Rung(one)})
	}
	if !p.Watch.Measured {
		t.Unmeasured = v.Say("alarms.unmeasured", v.Reasons(p.Watch.Doubts))
		return t
	}
	great := report.Greatest(p.Alarms, report.AlarmsShown)
	for i, a := range p.Alarms {
		one := alarmView{i + 1, report.Capital(v.Alarm(a))}
		if slices.Contains(great, i) {
			t.Alarms = append(t.Alarms, one)
		} else {
			t.Others = append(t.Others, one)
		}
	}
	t.More = v.Say("alarms.next", len(t.Others))
	t.Rate = v.Say("alarms.rate", p.Watch.FalseAlarms)
	t.RateMarks = numbered(v.Speaker, report.Figure{Marks: v.Mark(p.Watch.Doubts)}).Mark
	return t
}

// crisisView is the timeline of one crisis.
type crisisView struct {
	ID, Name string
	Picture  template.HTML
	Moments  []momentView
	Answered number
	Says     string
	About    string
	Course   []courseRow
	Apology  []partView
	Promises []string
}

type courseRow struct{ After, Appeals, Answered string }

type momentView struct {
	N                        int
	Name, After, When, Quote string
	Tongue                   string // BCP 47 of the quote; empty when not known
	Also                     string // in place of a quote
	At                       time.Time
	Came                     bool
}

type partView struct {
	Name, Sign, State string
}

func (v *view) crisis(i int) crisisView {
	c := v.Presence.Crises[i]
	out := crisisView{ID: fmt.Sprintf("crisis-%d", i+1), Name: v.Say("crisis.start", c.Alarm+1, v.Instant(c.Start))}
	out.Picture = crisisPicture(v.Speaker, out.ID+"-picture", c)
	for k, m := range v.Moments(c) {
		one := momentView{N: k + 1, Name: m.Name, After: "—", When: v.Say("crisis.never")}
		if m.Milestone != nil {
			one.Came, one.After, one.When, one.At, one.Quote = true, "+"+v.Duration(m.Hours), v.Instant(m.Time), m.Time, report.Plain(m.Quote)
			one.Tongue = m.Lang
			if m.Same {
				one.Quote, one.Also = "", v.Say("crisis.same")
			}
		}
		out.Moments = append(out.Moments, one)
	}
	if len(c.Words) > 0 {
		out.About = v.SpokenOf(c)
	}
	for _, k := range report.Thin(len(c.Course), 16) {
		at := c.Course[k]
		out.Course = append(out.Course, courseRow{v.Duration(24 * float64(at.Days)), v.Integer(at.Appeals), v.Integer(at.Answered)})
	}
	out.Answered = numbered(v.Speaker, v.Figure(c.Answered))
	out.Says = v.Say("crisis.answered", c.Appeals, out.Answered.Whole())
	for _, part := range c.Apology {
		one := partView{v.Name("apology", report.Plain(part.Name)), "–", v.Say("apology.unsaid")}
		if part.Said {
			one.Sign, one.State = "✓", v.Say("apology.said")
		}
		out.Apology = append(out.Apology, one)
	}
	for _, p := range c.Promises {
		out.Promises = append(out.Promises, sign(p)+" "+report.Capital(v.Promise(p)))
	}
	return out
}
