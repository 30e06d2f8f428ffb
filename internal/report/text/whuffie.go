package text

import (
	"fmt"
	"io"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/whuffie"
)

// Whuffie writes standing for a terminal, as [Write] writes a report.
func Whuffie(w io.Writer, x *entregent.Whuffie, title string, l lang.Language, width int, colour bool) error {
	t := standingText{report.Standing{Language: l, Whuffie: x, Listed: true}, &page{width: max(width, 40), colour: colour}}
	t.WriteString(t.paint(report.Plain(title), strong) + "\n")
	when := t.Say("whuffie.title")
	if t.Clock.Year() > 1970 { // else there is none
		when = t.Say("whuffie.clock", t.Date(t.Clock))
	}
	t.say(0, 0, when, usual)
	t.section()
	_, err := io.WriteString(w, t.String())
	return err
}

// Standing tells standing by thanks, where there are any.
func (t *text) standing() {
	if t.Whuffie != nil {
		t.heading(t.Say("whuffie.clock", t.Date(t.Whuffie.Clock)))
		standingText{report.Standing{Language: t.Language, Whuffie: t.Whuffie, Listed: t.Whuffie.Named()}, t.page}.section()
	}
}

// standingText is a page about standing.
type standingText struct {
	report.Standing
	*page
}

// section tells all of it.
func (t standingText) section() {
	t.circle()
	t.thanks()
	bands, flows := t.Coarse()
	t.met(bands)
	if t.Listed {
		t.list(t.People)
		t.list(t.Organisation)
	}
	t.flow(flows)
	t.reciprocity()
}

func (t standingText) circle() {
	t.say(0, 0, t.Say("whuffie.circle."+t.Circle.Rule, t.Circle.People, t.Circle.Of), usual)
	if n := len(t.Circle.Unheard); n > 0 {
		t.say(0, 0, t.Say("whuffie.unheard", n), usual)
	}
	if t.Circle.Rule != "given" {
		t.say(0, 0, t.Say("whuffie.circle.open"), faint)
	}
}

func (t standingText) thanks() {
	t.heading(t.Say("whuffie.thanks"))
	rows := [][]cell{}
	for _, k := range t.Thanks {
		weighs := t.Say("whuffie.as-said")
		if k.Strength > 0 {
			weighs = t.Say("whuffie.weighs", k.Strength)
		}
		paid := ""
		if k.Paid > 0 {
			paid = t.Say("whuffie.paid", k.Paid)
		}
		rows = append(rows, []cell{left(t.Say("whuffie.kind." + k.Kind)), right(t.Integer(k.Count)), left(weighs), left(paid)})
	}
	if len(rows) == 0 {
		t.say(margin, 0, t.Say("whuffie.nothing"), usual)
		if t.Listed {
			t.say(margin, 0, t.Say("whuffie.looked"), faint)
		}
	}
	t.table(margin, rows)
	if t.LeftOut > 0 {
		t.say(margin, 0, t.Say("whuffie.later", t.LeftOut), faint)
	}
}

// listed is how many people are listed at most: all are in the JSON.
const listed = 40

func (t standingText) met(bands []entregent.Band) {
	t.heading(t.Say("whuffie.met"))
	t.say(margin, 0, t.Say("whuffie.walks"), faint)
	rows := [][]cell{}
	for _, b := range bands {
		rows = append(rows, []cell{left(t.Say("whuffie.band." + string(b.Band))), right(t.Heads(b))})
	}
	t.table(margin, rows)
}

// Numbered tells the standing of those of whom there is something to say.
func (t standingText) list(people []entregent.Standing) {
	rows := [][]cell{{left(""), right(t.Say("whuffie.of-walks")), left("±"), right(t.Say("whuffie.received"))}}
	more := 0
	for _, p := range people {
		switch {
		case p.Points == nil:
		case len(rows) > listed:
			more++
		default:
			rows = append(rows, []cell{left(t.NameOf(p)), right(t.Share(*p.Points)), left(t.Share(*p.Err)), right(t.Integer(p.Gifts))})
		}
	}
	if len(rows) > 1 {
		t.WriteString("\n")
		t.table(margin, rows)
	}
	if more > 0 {
		t.say(margin, 0, t.Say("whuffie.more", more), faint)
	}
}

// flow shows how many thanks go from band to band.
func (t standingText) flow(flows []whuffie.Between) {
	if len(flows) == 0 {
		return
	}
	t.heading(t.Say("whuffie.flow"))
	t.say(margin, 0, t.Say("whuffie.flow.how"), faint)
	most := 0
	for _, f := range flows {
		most = max(most, f.Thanks)
	}
	rows := [][]cell{}
	for _, f := range flows {
		rows = append(rows, []cell{left(t.Say("whuffie.lifts", t.In(f.From), t.In(f.To))),
			picture(bar(float64(f.Thanks)/float64(most), 20)), right(t.Integer(f.Thanks))})
	}
	t.table(margin, rows)
}

func (t standingText) reciprocity() {
	t.heading(t.Say("whuffie.back"))
	for _, line := range t.Returns() {
		t.say(margin, 2, line, usual)
	}
	t.say(margin, 0, t.Say("whuffie.back.young", t.Reciprocity.Young), faint)
	for _, d := range t.Reciprocity.Estimate.Doubts {
		t.say(margin, 0, report.Plain(t.Doubt(d)), faint)
	}
}

// View writes how somebody sees the others.
func View(w io.Writer, x *entregent.Whuffie, viewer string, seen []entregent.Seen, l lang.Language, width int, colour bool) error {
	t := standingText{report.Standing{Language: l, Whuffie: x, Listed: true}, &page{width: max(width, 40), colour: colour}}
	t.heading(t.Say("whuffie.view", report.Plain(x.Alias(viewer))))
	if len(seen) == 0 {
		t.say(margin, 0, t.Say("whuffie.view.nobody"), usual)
	}
	rows := [][]cell{{left(""), right(t.Say("whuffie.view.hers")), right(t.Say("whuffie.view.circle"))}}
	for _, s := range seen[:min(len(seen), listed)] {
		rows = append(rows, []cell{left(report.Plain(s.Person)), right(t.Share(s.Points)), right(t.Share(s.Circle))})
	}
	if len(seen) > 0 {
		t.table(margin, rows)
	}
	if more := len(seen) - listed; more > 0 {
		t.say(margin, 0, t.Say("whuffie.more", more), faint)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// Attack writes what an attack would change.
func Attack(w io.Writer, x *entregent.Whuffie, a whuffie.Audit, l lang.Language, width int, colour bool) error {
	t := standingText{report.Standing{Language: l, Whuffie: x, Listed: true}, &page{width: max(width, 40), colour: colour}}
	t.heading(t.Say("whuffie.attack", a.Shape.String(), len(a.Fakes)))
	t.say(margin, 0, t.Say("whuffie.attack.own", report.Plain(x.Alias(a.Owner)), t.Share(a.Before), t.Share(a.After), fmt.Sprintf("×%.3f", a.Own())), usual)
	t.say(margin, 0, t.Say("whuffie.attack.all", t.Share(a.Coalition), t.Share(a.Reach), fmt.Sprintf("×%.2f", a.Gain())), usual)
	if a.Victim != "" {
		t.say(margin, 0, t.Say("whuffie.attack.slander", t.Share(a.Slandered)), usual)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// Periods writes standing over time.
func Periods(w io.Writer, periods []entregent.WhuffiePeriod, l lang.Language, width int, colour bool) error {
	t := standingText{report.Standing{Language: l, Whuffie: nil, Listed: true}, &page{width: max(width, 40), colour: colour}}
	t.heading(t.Say("whuffie.time"))
	rows := [][]cell{{left(t.Say("whuffie.until")), right(t.Say("whuffie.said")), right(t.Say("whuffie.people-thanked")), right(t.Say("whuffie.people-met"))}}
	for _, p := range periods {
		rows = append(rows, []cell{left(t.Date(p.Until)), right(t.Integer(p.Thanks)), right(t.Integer(p.Thanked)), right(t.Integer(p.Met))})
	}
	t.table(margin, rows)
	_, err := io.WriteString(w, t.String())
	return err
}
