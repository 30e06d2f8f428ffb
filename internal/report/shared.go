package report

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Reasons says doubts in the running text.
func (s *Speaker) Reasons(doubts []measure.Doubt) string {
	if len(doubts) == 0 {
		return s.Say("unknown")
	}
	said := Plain(s.Doubt(doubts[0]))
	for _, d := range doubts[1:] {
		said = s.Say("joined", said, Plain(s.Doubt(d)))
	}
	return said
}

// BesideName names a figure, with its group where it is of one.
func (s *Speaker) BesideName(b presence.Beside) string {
	name := s.Name("beside", Plain(b.Name))
	if b.Group != "" {
		return s.Say("beside.of", name, s.Name("facet", Plain(b.Group)))
	}
	return name
}

// IndexFigure is the index as a figure.
func (s *Speaker) IndexFigure() Figure {
	x := &s.Presence.Index
	return s.Figure(measure.Estimate{Center: Finite(x.Value), Lo: Finite(x.Lo), Hi: Finite(x.Hi), Confidence: x.Confidence,
		N: x.NAppeals, Unit: measure.Points, Doubts: x.Doubts})
}

// Names joins names of ours.
func (s *Speaker) Names(kind string, Names []string) string {
	said := make([]string, len(Names))
	for i, name := range Names {
		said[i] = s.Name(kind, Plain(name))
	}
	return s.List(said)
}

// NaiveRow compares one naive number with the honest one.
type NaiveRow struct {
	Name   string
	Naive  string
	Honest Figure
}

// NaiveRows are what leaving silence out would say, and what is so. The honest
// figures are those of the same denominators.
func (s *Speaker) NaiveRows() []NaiveRow {
	n := &s.Presence.Naive
	honest := s.Figure(s.Share("7d", presence.ByOrganisation, presence.All))
	return []NaiveRow{
		{s.Say("naive.within"), s.Percent(Finite(n.Within7d), 0), honest},
		{s.Say("naive.median"), s.Duration(Finite(n.MedianHours)), s.Figure(s.Presence.MedianWait)},
		{s.Say("naive.mean"), s.Duration(Finite(n.MeanHours)), Figure{Value: s.Say("naive.no-mean"), Center: math.NaN()}},
	}
}

// Capital begins a sentence.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
