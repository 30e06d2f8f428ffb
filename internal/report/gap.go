package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
)

// What text and page share of the values gap. A gap is drawn between its two
// sides, the organisation on the left and the community on the right, and leans
// to the side that speaks of the value more.

// Same stands where two sides can't be told apart.
const Same = "~"

// tooSmall is the doubt that takes the whole gap away; it is said on its own.
const tooSmall = "not-enough-evidence"

// GapDoubts says what holds for the whole gap; it stands in the gap's own
// section, so that it marks no number.
func (s *Speaker) GapDoubts() (said []string) {
	for _, d := range s.Gap.Doubts {
		if d.Code != tooSmall {
			said = append(said, Plain(s.Doubt(d)))
		}
		if _, have := s.notes.number[d.Code]; !have {
			s.notes.number[d.Code] = 0
		}
	}
	return said
}

// Lacking says which side is too small, and by how much; nothing when both are
// large enough.
func (s *Speaker) Lacking() (said []string) {
	for _, d := range s.Gap.Distance.JSD.Doubts {
		if d.Code == tooSmall {
			said = append(said, Plain(s.Doubt(d)))
		}
	}
	return said
}

// GapSays says what the gap is and which messages it rests on; nothing when no
// message has a time.
func (s *Speaker) GapSays() string {
	until := s.Presence.Window.Until
	if until.IsZero() {
		return ""
	}
	return s.Say("gap.says", Clip(Plain(s.Gap.Yardstick), 60, "…"), s.Date(until))
}

// GapSides says who spoke on both sides.
func (s *Speaker) GapSides() string {
	o, c := s.Gap.Sides.Organisation, s.Gap.Sides.Community
	return s.Say("gap.sides", o.Persons, o.Messages, c.Persons, c.Messages)
}

// Signed is a difference with its sign.
func (s *Speaker) Signed(x float64) string {
	said := s.Decimal(x, 3)
	if x > 0 && strings.ContainsAny(said, "123456789") {
		return "+" + said
	}
	return said
}

// Difference is the figure of a gap.
func (s *Speaker) Difference(e measure.Estimate) Figure {
	f := s.Figure(e)
	if f.Known {
		f.Value = s.Signed(e.Center)
	}
	if f.Interval != "" {
		f.Interval = s.Say("gap.to", s.Signed(e.Lo), s.Signed(e.Hi))
	}
	return f
}

// HoldsZero says that an interval can't tell the two sides apart.
func HoldsZero(e measure.Estimate) bool { return !(e.Lo > 0 || e.Hi < 0) }

// Facing are the values, from what the organisation speaks of more to what the
// community does.
func (s *Speaker) Facing() []gap.Value {
	values := slices.Clone(s.Gap.Values)
	slices.SortStableFunc(values, func(a, b gap.Value) int { return cmp.Compare(b.Gap.Center, a.Gap.Center) })
	return values
}

// Reach is how far the scales of a picture go: the sides' from 0 to side, the
// gaps' from -gap to gap.
type Reach struct{ Side, Gap float64 }

func (s *Speaker) Reach() (r Reach) {
	for _, v := range s.Gap.Values {
		if v.Gap.Known() {
			r.Side = max(r.Side, Finite(v.Organisation), Finite(v.Community))
			r.Gap = Farther(r.Gap, v.Gap)
		}
	}
	return r
}

// Farther widens a scale round 0 until it holds an interval.
func Farther(bound float64, e measure.Estimate) float64 {
	if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) {
		return max(bound, math.Abs(e.Center))
	}
	return max(bound, math.Abs(e.Lo), math.Abs(e.Hi))
}

// Axis is one of the two axes as it was measured.
type Axis struct {
	ID string
	measure.Estimate
}

func (s *Speaker) Axes(of map[string]measure.Estimate) (list []Axis) {
	for _, id := range ethos.Axes {
		if e, ok := of[id]; ok && e.Known() {
			list = append(list, Axis{id, e})
		}
	}
	return list
}

// Leans says to which pole the organisation stands nearer.
func (s *Speaker) Leans(a Axis) string {
	pole := "gap-first."
	if a.Center < 0 {
		pole = "gap-second."
	}
	if HoldsZero(a.Estimate) {
		return s.Say("gap.axis.same")
	}
	return s.Say("gap.axis.nearer", s.Say(pole+a.ID))
}

// Apartness says the distance of the whole profiles and what chance shows.
func (s *Speaker) Apartness() string {
	d := s.Gap.Distance
	p := s.Decimal(Finite(d.P), 3)
	said := s.Say("gap.distance.says", d.JSD.Center, Finite(d.Null), Finite(d.Excess), p)
	if c := d.Circular; c != nil {
		said += " " + s.Say("gap.circular", c.Found, c.Null, s.Decimal(c.P, 3))
	}
	if r := s.Gap.Reliability; r.Known() {
		said += " " + s.Say("gap.reliability", r.Center)
	}
	return said
}

// Settles says what would tell the sides apart.
func (s *Speaker) Settles(m *gap.More) string {
	switch {
	case m == nil:
		return ""
	case m.Labels > 0:
		return s.Say("gap.more.labels", m.Messages, m.Labels)
	}
	return s.Say("gap.more.messages", m.Messages)
}

// Drivers are the words of one side.
func (s *Speaker) Drivers(side string) (list []gap.Driver) {
	for _, d := range s.Gap.Drivers {
		if d.Side == side {
			list = append(list, d)
		}
	}
	return list
}

// Users is how many people of a side use a word; few stands for fewer than may
// be told.
func (s *Speaker) Users(n, few int) string {
	if n < few {
		return s.Say("gap.few", few)
	}
	return s.Integer(n)
}

// GroupName names a department, channel or language.
func (s *Speaker) GroupName(g gap.Group) string {
	if g.By == gap.Language {
		return s.Tongue(g.Name)
	}
	return s.Name(string(g.By), Plain(g.Name))
}

// Both says two counts, the organisation's first.
func (s *Speaker) Both(of gap.Sides) string {
	one := func(side gap.Side) string {
		if side.Withheld {
			return s.Say("gap.withheld")
		}
		return s.Integer(side.Persons)
	}
	return one(of.Organisation) + " / " + one(of.Community)
}

// Deeds says what the organisation does that shows a value; nothing where the
// conversation can't tell.
func (s *Speaker) Deeds(d gap.Declared) string {
	var said []string
	for _, deed := range d.Deeds {
		if f := s.Figure(deed.Share); f.Known {
			said = append(said, s.Say("gap.deed", s.Say("deed."+deed.ID), f.Whole()))
		}
	}
	return strings.Join(said, "; ")
}

// ValueName names a value by its id.
func (s *Speaker) ValueName(id string) string {
	for _, v := range s.Gap.Values {
		if v.ID == id {
			return Plain(v.Name.In(s.Tag()))
		}
	}
	return Plain(id)
}

// Piece is a stretch of a quote; Mark says that it speaks for the value.
type Piece struct {
	Text string
	Mark bool
}

// Pieces cuts a quote around its strongest span, and at its spans.
func Pieces(q gap.Quote) []Piece {
	const around = 180 // bytes on each side of the strongest span
	spans := make([]ethos.Span, 0, len(q.Spans))
	best := ethos.Span{End: min(1, len(q.Text))}
	for _, x := range q.Spans {
		if x.Start >= 0 && x.Start < x.End && x.End <= len(q.Text) && x.Contribution > 0 {
			spans = append(spans, x)
			if x.Contribution > best.Contribution {
				best = x
			}
		}
	}
	slices.SortStableFunc(spans, func(a, b ethos.Span) int { return cmp.Compare(a.Start, b.Start) })
	from, to := word(q.Text, best.Start-around, -1), word(q.Text, best.End+around, 1)
	var out []Piece
	add := func(text string, mark bool) {
		if text = clean(text); text != "" {
			out = append(out, Piece{text, mark})
		}
	}
	if from > 0 {
		add("… ", false)
	}
	at := from
	for _, x := range spans {
		if x.Start >= at && x.End <= to {
			add(q.Text[at:x.Start], false)
			add(q.Text[x.Start:x.End], true)
			at = x.End
		}
	}
	add(q.Text[at:to], false)
	if to < len(q.Text) {
		add(" …", false)
	}
	return out
}

// word moves a place in a text outwards to the next space, and no farther than
// thirty bytes.
func word(text string, at, step int) int {
	const most = 30
	at = max(0, min(len(text), at))
	for n := 0; at > 0 && at < len(text) && (n < most && !unicode.IsSpace(rune(text[at])) || !utf8.RuneStart(text[at])); n++ {
		at += step
	}
	return at
}

// GapSpan is the length of the gap's periods.
func (s *Speaker) GapSpan() lang.Span {
	p := s.Gap.Periods[0]
	return lang.SpanOf(p.To.Sub(p.From))
}
