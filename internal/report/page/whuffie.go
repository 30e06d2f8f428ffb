package page

import (
	"html/template"
	"slices"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/report"
)

// whuffieView is the section of the page about standing: everything said
// already.
type whuffieView struct {
	Title, Circle, Open  string
	Rests                string
	Thanks               [][3]string // kind, how many, what each weighs
	Met, Walks           string
	Bands                [][2]string // band, people
	Person, Of, Received string
	People               [][4]string // name, of 100,000 walks, error, thanks received
	More                 string
	FlowTitle, How       string
	Picture              template.HTML // who lifts whom, band by band
	Flow                 [][3]string   // from, to, thanks
	Back                 string
	Returns              []string
}

// whuffiePeople is how many people stand on the page, if people are named.
const whuffiePeople = 24

func viewWhuffie(s *report.Speaker, x *entregent.Whuffie) *whuffieView {
	if x == nil {
		return nil
	}
	t := report.Standing{Language: s.Language, Whuffie: x, Listed: x.Named()}
	v := &whuffieView{Title: s.Say("whuffie.clock", s.Date(x.Clock)), Circle: s.Say("whuffie.circle."+x.Circle.Rule, x.Circle.People, x.Circle.Of),
		Rests: s.Say("whuffie.thanks"), Met: s.Say("whuffie.met"), Walks: s.Say("whuffie.walks"), Of: s.Say("whuffie.of-walks"),
		Received: s.Say("whuffie.received"), FlowTitle: s.Say("whuffie.flow"), How: s.Say("whuffie.flow.how"), Back: s.Say("whuffie.back"),
		Person: s.Say("whuffie.person")}
	if x.Circle.Rule != "given" {
		v.Open = s.Say("whuffie.circle.open")
	}
	for _, k := range x.Thanks {
		weighs := s.Say("whuffie.as-said")
		if k.Strength > 0 {
			weighs = s.Say("whuffie.weighs", k.Strength)
		}
		v.Thanks = append(v.Thanks, [3]string{s.Say("whuffie.kind." + k.Kind), s.Integer(k.Count), weighs})
	}
	bands, flows := t.Coarse()
	for _, b := range bands {
		v.Bands = append(v.Bands, [2]string{s.Say("whuffie.band." + string(b.Band)), t.Heads(b)})
	}
	more := 0
	for _, p := range slices.Concat(x.People, x.Organisation) {
		switch {
		case p.Points == nil || !t.Listed:
		case len(v.People) >= whuffiePeople:
			more++
		default:
			v.People = append(v.People, [4]string{t.NameOf(p), t.Share(*p.Points), "± " + t.Share(*p.Err), s.Integer(p.Gifts)})
		}
	}
	if more > 0 {
		v.More = s.Say("whuffie.more", more)
	}
	v.Picture = flowPicture(t, flows)
	for _, f := range flows {
		v.Flow = append(v.Flow, [3]string{t.In(f.From), t.In(f.To), s.Integer(f.Thanks)})
	}
	v.Returns = append(t.Returns(), s.Say("whuffie.back.young", x.Reciprocity.Young))
	return v
}
