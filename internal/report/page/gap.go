package page

import (
	"fmt"
	"html/template"

	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/report"
)

// gapView is the values gap: the two sides facing each other over the values,
// the two axes, what drives the gap, messages to read, time, and what was
// declared.
type gapView struct {
	Says, Sides string
	Lacking     []string // which side is too small; nothing below it is shown then
	Values      []valueView
	Axes        []axisView
	Apart       string
	ApartMark   []mark
	Drivers     []driversView
	Quotes      []quotesView // of the widest gaps
	MoreQuotes  []quotesView
	Courses     []template.HTML
	Periods     []gapPeriodView
	Groups      []gapPeriodView
	Declared    []declaredView
	Doubts      []string
}

type valueView struct {
	Name string
	number
	Own, Others string
	Flag        string // that it differs
	More        string
	Picture     template.HTML
}

type axisView struct {
	Name, Leans string
	number
	Flag    string
	Picture template.HTML
}

type driversView struct {
	ID, Name string
	Words    []driverView
}

type driverView struct{ Word, Own, Others, Speaks string }

type quotesView struct {
	Name   string
	Next   string // what to unfold
	Quotes []quoteView
}

type quoteView struct {
	Tongue, Whose, Message string
	Pieces                 []report.Piece
}

type gapPeriodView struct {
	Name, Who string
	Axes      []gapAxisCell
}

type gapAxisCell struct {
	number
	Change string
}

type declaredView struct {
	Name, Declared, Lived, Deeds string
	number
	Flag string
}

// quotesOpen are the values whose messages stand open on the page.
const quotesOpen = 3

// Gap makes the section; nil when the gap was left out, or the log
// is empty.
func (v *view) gap() *gapView {
	g := v.Report.Gap
	if g == nil || v.Presence.Window.Until.IsZero() {
		return nil
	}
	out := &gapView{Doubts: v.GapDoubts(), Lacking: v.Lacking(), Sides: v.GapSides()}
	out.Says = v.GapSays()
	for i := range out.Lacking {
		out.Lacking[i] = report.Capital(out.Lacking[i])
	}
	if len(out.Lacking) > 0 {
		return out
	}
	r := v.Reach()
	for i, value := range v.Facing() {
		out.Values = append(out.Values, v.value(i, value, r))
	}
	out.Axes = v.axesView()
	out.Apart = v.Apartness()
	out.ApartMark = numbered(v.Speaker, report.Figure{Marks: v.Mark(g.Reliability.Doubts)}).Mark
	for _, side := range []string{"organisation", "community"} {
		if list := v.Drivers(side); len(list) > 0 {
			out.Drivers = append(out.Drivers, v.driversView(side, list))
		}
	}
	for _, value := range g.Values {
		switch q := v.quotesView(value); {
		case len(q.Quotes) == 0:
		case len(out.Quotes) < quotesOpen:
			out.Quotes = append(out.Quotes, q)
		default:
			out.MoreQuotes = append(out.MoreQuotes, q)
		}
	}
	v.gapTime(out)
	for _, g := range g.Groups {
		one := gapPeriodView{Name: v.GroupName(g), Who: v.who(g.Sides)}
		for _, a := range v.Axes(v.Report.Gap.Axes) {
			one.Axes = append(one.Axes, gapAxisCell{number: numbered(v.Speaker, v.Difference(g.Axes[a.ID]))})
		}
		out.Groups = append(out.Groups, one)
	}
	for _, d := range g.Declared {
		f := v.Difference(d.Gap)
		one := declaredView{Name: v.ValueName(d.ID), Declared: v.Decimal(d.Declared, 2), Lived: v.Decimal(report.Finite(d.Lived), 2), Deeds: v.Deeds(d), number: numbered(v.Speaker, f)}
		if f.Known && report.HoldsZero(d.Gap) {
			one.Flag = report.Same
		}
		out.Declared = append(out.Declared, one)
	}
	return out
}

func (v *view) value(i int, value gap.Value, r report.Reach) valueView {
	f := v.Difference(value.Gap)
	one := valueView{Name: report.Plain(value.Name.In(v.Tag())), number: numbered(v.Speaker, f), More: v.Settles(value.More), Flag: report.Same}
	one.Own, one.Others = v.Decimal(report.Finite(value.Organisation), 2), v.Decimal(report.Finite(value.Community), 2)
	verdict := v.Say("gap.same")
	if value.Differs {
		one.Flag, verdict = v.Say("gap.differs"), v.Say("gap.differs")
	}
	desc := v.Say("gap.picture", one.Name, one.Own, one.Others, f.Value, f.Interval, verdict)
	one.Picture = facePicture(v.Speaker, fmt.Sprintf("gap-%d-picture", i+1), value, r, one.Name, desc)
	return one
}

func (v *view) axesView() (views []axisView) {
	list, bound := v.Axes(v.Report.Gap.Axes), 0.
	for _, a := range list {
		bound = report.Farther(bound, a.Estimate)
	}
	for _, a := range list {
		f := v.Difference(a.Estimate)
		one := axisView{Name: v.Say("gap-axis." + a.ID), Leans: v.Leans(a), number: numbered(v.Speaker, f), Picture: axisPicture(v.Speaker, a, bound, f)}
		if report.HoldsZero(a.Estimate) {
			one.Flag = report.Same
		}
		views = append(views, one)
	}
	return views
}

func (v *view) driversView(side string, list []gap.Driver) driversView {
	out := driversView{ID: "gap-words-" + side, Name: v.Say("gap-words." + side)}
	for _, d := range list {
		names := make([]string, len(d.Values))
		for i, id := range d.Values {
			names[i] = v.ValueName(id)
		}
		out.Words = append(out.Words, driverView{report.Plain(d.Word), v.Users(d.Organisation, d.Few), v.Users(d.Community, d.Few), v.List(names)})
	}
	return out
}

func (v *view) quotesView(value gap.Value) quotesView {
	out := quotesView{Name: report.Plain(value.Name.In(v.Tag()))}
	for _, q := range value.Quotes {
		out.Quotes = append(out.Quotes, quoteView{tongue(q.Lang), v.Name("gap-side", report.Plain(q.Side)), report.Plain(string(q.Message)), report.Pieces(q)})
	}
	out.Next = v.Say("gap.quotes.of", out.Name, len(out.Quotes))
	return out
}

// who says how many people and messages there are on both sides.
func (v *view) who(of gap.Sides) string {
	o, c := of.Organisation, of.Community
	if o.Withheld || c.Withheld {
		return v.Both(of)
	}
	return v.Say("gap.messages", o.Persons, c.Persons, o.Messages, c.Messages)
}

// gapTime is the gap over time.
func (v *view) gapTime(out *gapView) {
	all := v.Report.Gap.Periods
	if len(all) == 0 {
		return
	}
	for _, a := range v.Axes(v.Report.Gap.Axes) {
		if picture := gapPeriodsPicture(v.Speaker, a.ID); picture != "" {
			out.Courses = append(out.Courses, picture)
		}
	}
	for _, p := range all {
		one := gapPeriodView{Name: v.Period(p.From, v.GapSpan()), Who: v.who(p.Sides)}
		for _, a := range v.Axes(v.Report.Gap.Axes) {
			cell := gapAxisCell{number: numbered(v.Speaker, v.Difference(p.Axes[a.ID]))}
			if change, ok := p.Change[a.ID]; ok {
				cell.Change = v.Say("gap.change", v.Difference(change).Whole())
			}
			one.Axes = append(one.Axes, cell)
		}
		out.Periods = append(out.Periods, one)
	}
}
