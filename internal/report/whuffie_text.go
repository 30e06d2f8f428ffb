package report

import (
	"fmt"
	"io"
	"math"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/whuffie"
)

// WhuffieText writes standing for a terminal, as [Text] writes a report.
func WhuffieText(w io.Writer, x *entregent.Whuffie, title string, l lang.Language, width int, colour bool) error {
	t := standing{l, &page{width: max(width, 40), colour: colour}, x, true}
	t.WriteString(t.paint(plain(title), strong) + "\n")
	when := t.Say("whuffie.title")
	if t.Clock.Year() > 1970 { // else there is none
		when = t.Say("whuffie.clock", t.Date(t.Clock))
	}
	t.say(0, 0, when, usual)
	t.section()
	_, err := io.WriteString(w, t.String())
	return err
}

// standing tells standing by thanks, where there are any.
func (t *text) standing() {
	if t.Whuffie != nil {
		t.heading(t.Say("whuffie.clock", t.Date(t.Whuffie.Clock)))
		standing{t.Language, t.page, t.Whuffie, t.Whuffie.Named()}.section()
	}
}

// standing is a page about standing, in a language.
type standing struct {
	lang.Language
	*page
	*entregent.Whuffie
	people bool // each person's standing is listed
}

// section tells all of it.
func (t standing) section() {
	t.circle()
	t.thanks()
	bands, flows := t.coarse()
	t.met(bands)
	if t.people {
		t.list(t.People)
		t.list(t.Organisation)
	}
	t.flow(flows)
	t.reciprocity()
}

func (t standing) circle() {
	t.say(0, 0, t.Say("whuffie.circle."+t.Circle.Rule, t.Circle.People, t.Circle.Of), usual)
	if n := len(t.Circle.Unheard); n > 0 {
		t.say(0, 0, t.Say("whuffie.unheard", n), usual)
	}
	if t.Circle.Rule != "given" {
		t.say(0, 0, t.Say("whuffie.circle.open"), faint)
	}
}

func (t standing) thanks() {
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
		if t.people {
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

func (t standing) met(bands []entregent.Band) {
	t.heading(t.Say("whuffie.met"))
	t.say(margin, 0, t.Say("whuffie.walks"), faint)
	rows := [][]cell{}
	for _, b := range bands {
		rows = append(rows, []cell{left(t.Say("whuffie.band." + string(b.Band))), right(t.heads(b))})
	}
	t.table(margin, rows)
}

// list tells the standing of those of whom there is something to say.
func (t standing) list(people []entregent.Standing) {
	rows := [][]cell{{left(""), right(t.Say("whuffie.of-walks")), left("±"), right(t.Say("whuffie.received"))}}
	more := 0
	for _, p := range people {
		switch {
		case p.Points == nil:
		case len(rows) > listed:
			more++
		default:
			rows = append(rows, []cell{left(t.named(p)), right(t.share(*p.Points)), left(t.share(*p.Err)), right(t.Integer(p.Gifts))})
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

func (t standing) named(p entregent.Standing) string {
	if p.Who == "organisation" {
		return t.Say("whuffie.of-organisation", plain(p.Person))
	}
	return plain(p.Person)
}

// share is a share of the walks, in 100,000.
func (t standing) share(s float64) string {
	if n := 1e5 * s; n < 10 {
		return t.Decimal(n, 1)
	}
	return t.Integer(int(math.Round(1e5 * s)))
}

// flow shows how many thanks go from band to band.
func (t standing) flow(flows []whuffie.Between) {
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
		rows = append(rows, []cell{left(t.Say("whuffie.lifts", t.in(f.From), t.in(f.To))),
			picture(bar(float64(f.Thanks)/float64(most), 20)), right(t.Integer(f.Thanks))})
	}
	t.table(margin, rows)
}

func (t standing) reciprocity() {
	t.heading(t.Say("whuffie.back"))
	for _, line := range t.returns() {
		t.say(margin, 2, line, usual)
	}
	t.say(margin, 0, t.Say("whuffie.back.young", t.Reciprocity.Young), faint)
	for _, d := range t.Reciprocity.Estimate.Doubts {
		t.say(margin, 0, plain(t.Doubt(d)), faint)
	}
}

// WhuffieView writes how somebody sees the others.
func WhuffieView(w io.Writer, x *entregent.Whuffie, viewer string, seen []entregent.Seen, l lang.Language, width int, colour bool) error {
	t := standing{l, &page{width: max(width, 40), colour: colour}, x, true}
	t.heading(t.Say("whuffie.view", plain(x.Alias(viewer))))
	if len(seen) == 0 {
		t.say(margin, 0, t.Say("whuffie.view.nobody"), usual)
	}
	rows := [][]cell{{left(""), right(t.Say("whuffie.view.hers")), right(t.Say("whuffie.view.circle"))}}
	for _, s := range seen[:min(len(seen), listed)] {
		rows = append(rows, []cell{left(plain(s.Person)), right(t.share(s.Points)), right(t.share(s.Circle))})
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

// WhuffieAttack writes what an attack would change.
func WhuffieAttack(w io.Writer, x *entregent.Whuffie, a whuffie.Audit, l lang.Language, width int, colour bool) error {
	t := standing{l, &page{width: max(width, 40), colour: colour}, x, true}
	t.heading(t.Say("whuffie.attack", a.Shape.String(), len(a.Fakes)))
	t.say(margin, 0, t.Say("whuffie.attack.own", plain(x.Alias(a.Owner)), t.share(a.Before), t.share(a.After), fmt.Sprintf("×%.3f", a.Own())), usual)
	t.say(margin, 0, t.Say("whuffie.attack.all", t.share(a.Coalition), t.share(a.Reach), fmt.Sprintf("×%.2f", a.Gain())), usual)
	if a.Victim != "" {
		t.say(margin, 0, t.Say("whuffie.attack.slander", t.share(a.Slandered)), usual)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// WhuffiePeriods writes standing over time.
func WhuffiePeriods(w io.Writer, periods []entregent.WhuffiePeriod, l lang.Language, width int, colour bool) error {
	t := standing{l, &page{width: max(width, 40), colour: colour}, nil, true}
	t.heading(t.Say("whuffie.time"))
	rows := [][]cell{{left(t.Say("whuffie.until")), right(t.Say("whuffie.said")), right(t.Say("whuffie.people-thanked")), right(t.Say("whuffie.people-met"))}}
	for _, p := range periods {
		rows = append(rows, []cell{left(t.Date(p.Until)), right(t.Integer(p.Thanks)), right(t.Integer(p.Thanked)), right(t.Integer(p.Met))})
	}
	t.table(margin, rows)
	_, err := io.WriteString(w, t.String())
	return err
}
