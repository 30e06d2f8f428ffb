// Package report says an [entregent.Report] in a person's language: what the two
// ways out to people share. Package text writes it for a terminal, package page as one
// page that needs nothing else; [JSON] writes it for programs, as
// doc/report.schema.json says.
//
// A [Figure] is an estimate in a person's language, with its interval, its n and the
// marks of its doubts, which [Speaker] numbers in the order of reading. Everything
// that comes from the data (names, quotes, examples of problems) passes [Plain] first,
// so that nobody can write to the terminal or turn the page around by what they post.
package report

import (
	"math"
	"strings"
	"unicode"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Speaker says a report in one language. Sections are said in the order of
// reading, so that doubts are numbered as they are met.
type Speaker struct {
	lang.Language
	entregent.Report
	notes
}

func NewSpeaker(r entregent.Report, l lang.Language) *Speaker {
	s := &Speaker{Language: l, Report: r}
	s.notes = newNotes(l, r.Presence.Doubts)
	return s
}

// Heading is what the report is called.
func (s *Speaker) Heading() string {
	if t := Plain(s.Title); t != "" {
		return t
	}
	return s.Say("report.untitled")
}

// Component is one of the six with its stable name.
type Component struct {
	Name string
	presence.Component
}

// Components are the six in the order of the definition.
func (s *Speaker) Components() []Component {
	c := &s.Presence.Components
	return []Component{{"attention", c.Attention}, {"constancy", c.Constancy}, {"evenness", c.Evenness},
		{"diffusion", c.Diffusion}, {"voice", c.Voice}, {"conversation", c.Conversation}}
}

// Facet is one way to split the appeals into groups.
type Facet struct {
	Name   string
	Groups []presence.Group
}

// Facets are those that can be compared: with two groups or more.
func (s *Speaker) Facets() []Facet {
	g := &s.Presence.Groups
	all := []Facet{{"channel", g.Channel}, {"department", g.Department}, {"language", g.Language}, {"newcomer", g.Newcomer}}
	kept := all[:0]
	for _, f := range all {
		if len(f.Groups) > 1 {
			kept = append(kept, f)
		}
	}
	return kept
}

// Group names a group of a facet as people do.
func (s *Speaker) Group(facet, name string) string {
	switch facet {
	case "newcomer":
		return s.Name("group", Plain(name))
	case "language":
		return s.Tongue(Plain(name))
	}
	if name == "" {
		return s.Say("group.none")
	}
	return Plain(name)
}

// Share finds the share answered within a time; unmeasured when there is none.
func (s *Speaker) Share(within string, rule presence.Rule, of presence.Denominator) measure.Estimate {
	for _, list := range [][]presence.Answered{s.Presence.Answered, s.Presence.AnsweredNeeding} {
		for _, a := range list {
			if a.Within == within && a.Rule == rule && a.Of == of {
				return a.Estimate
			}
		}
	}
	return measure.Unmeasured(measure.Share, 0)
}

// Within finds an estimate in a list by its time.
func Within(list []presence.Answered, limit string) measure.Estimate {
	for _, a := range list {
		if a.Within == limit {
			return a.Estimate
		}
	}
	return measure.Unmeasured(measure.Share, 0)
}

// Horizons are the times after which answers are counted.
var Horizons = []string{"1h", "24h", "48h", "7d"}

// Finite opens a number that may be missing.
func Finite(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// Plain makes somebody's words safe to show on one line: without control
// characters, without marks that turn the direction of what follows, and with
// one space where there were several.
func Plain(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return r == ' ' }), " ")
}

// clean is plain with all its spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
