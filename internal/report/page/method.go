package page

import (
	"fmt"
	"math"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/presence"
)

// readView is what was read, and what was wrong with it.
type readView struct {
	Says     []string
	Problems []problemView
}

type problemView struct {
	Name, Count string
	Examples    []string
}

func (v *view) read() (r readView) {
	l, c := &v.Log, &v.Presence.Counts
	r.Says = append(r.Says, v.Say("log.counts", l.Messages, l.Threads, l.People, l.OrganisationMessages, l.CommunityMessages, l.UnknownMessages))
	if !l.First.IsZero() {
		r.Says = append(r.Says, v.Say("log.span", v.Date(l.First), v.Date(l.Last)))
	}
	r.Says = append(r.Says, v.Say("log.work", c.OrgMessages, c.Answers, c.Receipts, c.Templates, c.Machines, c.Broadcasts),
		v.Say("log.merged", c.Merged, c.Withdrawn, c.SelfSolved, c.PeerOnly, c.Removed, c.Excluded))
	for _, p := range l.Problems {
		one := problemView{Name: report.Capital(report.Plain(v.Problem(p.Kind))), Count: v.Integer(p.Count)}
		for _, example := range p.Examples {
			one.Examples = append(one.Examples, report.Plain(example))
		}
		r.Problems = append(r.Problems, one)
	}
	return r
}

// methodView is the doubts, the choices and the words.
type methodView struct {
	General    []string
	Doubts     []string
	Says       []string
	Parameters []parameterView
	Words      []wordView
}

// DoubtID is what the marks of the i-th doubt point to.
func (v *view) DoubtID(i int) string { return fmt.Sprintf("doubt-%d", i+1) }

type parameterView struct {
	Name, Value string
	Changed     string // what was published, where it was changed
}

type wordView struct{ Word, Means string }

func (v *view) method() (m methodView) {
	for _, d := range v.General {
		m.General = append(m.General, report.Capital(d))
	}
	for _, d := range v.Numbered() {
		m.Doubts = append(m.Doubts, report.Capital(d))
	}
	m.Says = []string{v.Say("method.where", report.Plain(v.Presence.Version)), v.Say("method.confidence", 100*v.Presence.Parameters.Confidence),
		v.Say("method.ours"), v.Say("method.privacy")}
	used, published := parameters(v.Speaker, v.Presence.Parameters), parameters(v.Speaker, presence.Published())
	for i, p := range used {
		if p.Value != published[i].Value {
			p.Changed = v.Say("method.changed", published[i].Value)
		}
		m.Parameters = append(m.Parameters, p)
	}
	for _, word := range []string{"appeal", "answer", "receipt", "template", "wait", "doubt"} {
		m.Words = append(m.Words, wordView{v.Say("word." + word), v.Say("means." + word)})
	}
	m.Words = append(m.Words, wordView{v.Say("word.census"), v.Say("means.census", v.Moment(v.Presence.Window.Until))})
	return m
}

// parameters says the choices in the definition.
func parameters(s *report.Speaker, p presence.Parameters) []parameterView {
	hours := func(h presence.Hours) string { return s.Duration(float64(h)) }
	count := func(x float64) string {
		if x == math.Round(x) {
			return s.Decimal(x, 0)
		}
		return s.Decimal(x, 2)
	}
	said := func(name, value string) parameterView {
		return parameterView{Name: s.Say("parameter." + name), Value: value}
	}
	return []parameterView{said("t1", hours(p.T1)), said("tau", hours(p.Tau)), said("matured", hours(p.Matured)), said("merge", hours(p.Merge)),
		said("cap", s.Percent(p.Cap, 0)), said("min-appeals", s.Integer(p.MinAppeals)), said("min-askers", s.Integer(p.MinAskers)),
		said("max-width", count(p.MaxWidth)), said("people-target", count(p.PeopleTarget)), said("template-jaccard", count(p.TemplateJaccard)),
		said("draws", s.Integer(p.Draws)), said("confidence", s.Percent(p.Confidence, 0)), said("false-alarm-days", count(p.FalseAlarmDays)),
		said("surge-ratio", count(p.SurgeRatio)), said("waiting-shown", s.Integer(p.WaitingShown))}
}
