package report

import (
	"fmt"
	"html/template"

	"github.com/entregent/entregent/gap"
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
	Pieces                 []piece
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

// gap makes the section; nil when the gap was left out, or the log
// is empty.
func (v *view) gap() *gapView {
	g := v.Report.Gap
	if g == nil || v.Presence.Window.Until.IsZero() {
		return nil
	}
	out := &gapView{Doubts: v.gapDoubts(), Lacking: v.lacking(), Sides: v.gapSides()}
	out.Says = v.gapSays()
	for i := range out.Lacking {
		out.Lacking[i] = capital(out.Lacking[i])
	}
	if len(out.Lacking) > 0 {
		return out
	}
	r := v.reach()
	for i, value := range v.facing() {
		out.Values = append(out.Values, v.value(i, value, r))
	}
	out.Axes = v.axesView()
	out.Apart = v.apartness()
	out.ApartMark = v.number(figure{Marks: v.mark(g.Reliability.Doubts)}).Mark
	for _, side := range []string{"organisation", "community"} {
		if list := v.drivers(side); len(list) > 0 {
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
		one := gapPeriodView{Name: v.groupName(g), Who: v.who(g.Sides)}
		for _, a := range v.axes(v.Report.Gap.Axes) {
			one.Axes = append(one.Axes, gapAxisCell{number: v.number(v.difference(g.Axes[a.id]))})
		}
		out.Groups = append(out.Groups, one)
	}
	for _, d := range g.Declared {
		f := v.difference(d.Gap)
		one := declaredView{Name: v.valueName(d.ID), Declared: v.Decimal(d.Declared, 2), Lived: v.Decimal(finite(d.Lived), 2), Deeds: v.deeds(d), number: v.number(f)}
		if f.Known && holdsZero(d.Gap) {
			one.Flag = same
		}
		out.Declared = append(out.Declared, one)
	}
	return out
}

func (v *view) value(i int, value gap.Value, r reach) valueView {
	f := v.difference(value.Gap)
	one := valueView{Name: plain(value.Name.In(v.Tag())), number: v.number(f), More: v.settles(value.More), Flag: same}
	one.Own, one.Others = v.Decimal(finite(value.Organisation), 2), v.Decimal(finite(value.Community), 2)
	verdict := v.Say("gap.same")
	if value.Differs {
		one.Flag, verdict = v.Say("gap.differs"), v.Say("gap.differs")
	}
	desc := v.Say("gap.picture", one.Name, one.Own, one.Others, f.Value, f.Interval, verdict)
	one.Picture = v.facePicture(fmt.Sprintf("gap-%d-picture", i+1), value, r, one.Name, desc)
	return one
}

func (v *view) axesView() (views []axisView) {
	list, bound := v.axes(v.Report.Gap.Axes), 0.
	for _, a := range list {
		bound = farther(bound, a.Estimate)
	}
	for _, a := range list {
		f := v.difference(a.Estimate)
		one := axisView{Name: v.Say("gap-axis." + a.id), Leans: v.leans(a), number: v.number(f), Picture: v.axisPicture(a, bound, f)}
		if holdsZero(a.Estimate) {
			one.Flag = same
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
			names[i] = v.valueName(id)
		}
		out.Words = append(out.Words, driverView{plain(d.Word), v.users(d.Organisation, d.Few), v.users(d.Community, d.Few), v.List(names)})
	}
	return out
}

func (v *view) quotesView(value gap.Value) quotesView {
	out := quotesView{Name: plain(value.Name.In(v.Tag()))}
	for _, q := range value.Quotes {
		out.Quotes = append(out.Quotes, quoteView{tongue(q.Lang), v.Name("gap-side", plain(q.Side)), plain(string(q.Message)), pieces(q)})
	}
	out.Next = v.Say("gap.quotes.of", out.Name, len(out.Quotes))
	return out
}

// who says how many people and messages there are on both sides.
func (v *view) who(of gap.Sides) string {
	o, c := of.Organisation, of.Community
	if o.Withheld || c.Withheld {
		return v.both(of)
	}
	return v.Say("gap.messages", o.Persons, c.Persons, o.Messages, c.Messages)
}

// gapTime is the gap over time.
func (v *view) gapTime(out *gapView) {
	all := v.Report.Gap.Periods
	if len(all) == 0 {
		return
	}
	for _, a := range v.axes(v.Report.Gap.Axes) {
		if picture := v.gapPeriodsPicture(a.id); picture != "" {
			out.Courses = append(out.Courses, picture)
		}
	}
	for _, p := range all {
		one := gapPeriodView{Name: v.Period(p.From, v.gapSpan()), Who: v.who(p.Sides)}
		for _, a := range v.axes(v.Report.Gap.Axes) {
			cell := gapAxisCell{number: v.number(v.difference(p.Axes[a.id]))}
			if change, ok := p.Change[a.id]; ok {
				cell.Change = v.Say("gap.change", v.difference(change).Whole())
			}
			one.Axes = append(one.Axes, cell)
		}
		out.Periods = append(out.Periods, one)
	}
}
