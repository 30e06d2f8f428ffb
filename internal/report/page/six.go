package page

import (
	"html/template"
	"strings"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/presence"
)

// sixView is the six components, before anything else.
type sixView struct {
	Components []componentView
	Beside     []besideView
}

type componentView struct {
	Name, Asks, Cant string
	number
	Reasons string // why it isn't measured
	Picture template.HTML
}

type besideView struct{ Component, Name, Value, N string }

func (v *view) six() (six sixView) {
	for _, c := range v.Components() {
		f := v.Figure(c.Estimate)
		one := componentView{Name: v.Say("component." + c.Name), Asks: v.Say("asks." + c.Name), Cant: v.Say("cant." + c.Name), number: numbered(v.Speaker, f)}
		if !c.Known() {
			one.Reasons = report.Capital(v.Reasons(c.Doubts))
		}
		one.Picture = dots(c.Name+"-picture", f, 1, one.Name, v.Say("six.picture", one.Name, f.Whole()))
		six.Components = append(six.Components, one)
		for _, b := range c.Beside {
			six.Beside = append(six.Beside, besideView{one.Name, v.BesideName(b), v.Bare(b), v.Integer(b.N)})
		}
	}
	return six
}

// indexView is the index, or why there is none.
type indexView struct {
	Given bool
	number
	Picture template.HTML
	Says    []string
}

func (v *view) index() (view indexView) {
	x := &v.Presence.Index
	if x.Value == nil {
		view.Says = []string{report.Capital(v.Reasons(x.Doubts)) + "."}
		return view
	}
	view.Given = true
	view.number = numbered(v.Speaker, v.IndexFigure())
	view.Picture = dots("index-picture", view.Figure, 100, v.Say("index.title"), v.Say("index.value", view.Value, view.Interval))
	view.Says = append(view.Says, v.Say("index.rests", x.NAppeals, x.NAskers, x.Waiting))
	if len(x.Unmeasured) > 0 {
		view.Says = append(view.Says, v.Say("index.unmeasured", v.Names("component", x.Unmeasured)))
	}
	if x.Bound != nil && x.Excluded > 0 {
		view.Says = append(view.Says, v.Say("index.bound", x.Excluded, *x.Bound))
	}
	view.Says = append(view.Says, v.Say("index.formula"))
	return view
}

const joiner = "\u2060" // holds an interval on one line

// lede says the report in three sentences.
func (v *view) lede() []string {
	p := &v.Presence
	said := []string{}
	if !p.Window.From.IsZero() {
		said = append(said, v.Say("head.lede", v.Date(p.Window.From), v.Date(p.Window.Until), p.Counts.Askers, p.Counts.Appeals))
	}
	if e := v.Share("7d", presence.ByOrganisation, presence.All); e.Known() {
		value, interval := v.Estimate(e)
		said = append(said, v.Say("head.answered", value, strings.ReplaceAll(interval, "–", joiner+"–"+joiner)))
	}
	switch {
	case p.Waiting.Count > 0:
		said = append(said, v.Say("head.waiting", v.Date(p.Window.Until), p.Waiting.Count))
	case p.Counts.AllNeed > 0:
		said = append(said, v.Say("head.nobody"))
	}
	return said
}
