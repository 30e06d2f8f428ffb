// Package report tells an [entregent.Report] to people and to programs: one
// report, three ways out. [Text] writes it for a terminal, [HTML] as one page
// that needs nothing else, and [JSON] as doc/report.schema.json says.
//
// Text and HTML share how a number is said: a [figure] is an estimate in a
// person's language, with its interval, its n and the marks of its doubts, which
// [notes] numbers in the order of reading. Everything that comes from the data
// (names, quotes, examples of problems) passes [plain] first, so that nobody can
// write to the terminal or turn the page around by what they post.
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

// speaker says a report in one language. Sections are said in the order of
// reading, so that doubts are numbered as they are met.
type speaker struct {
	lang.Language
	entregent.Report
	notes
}

func newSpeaker(r entregent.Report, l lang.Language) *speaker {
	s := &speaker{Language: l, Report: r}
	s.notes = newNotes(l, r.Presence.Doubts)
	return s
}

// title is what the report is called.
func (s *speaker) title() string {
	if t := plain(s.Title); t != "" {
		return t
	}
	return s.Say("report.untitled")
}

// component is one of the six with its stable name.
type component struct {
	name string
	presence.Component
}

// components are the six in the order of the definition.
func (s *speaker) components() []component {
	c := &s.Presence.Components
	return []component{{"attention", c.Attention}, {"constancy", c.Constancy}, {"evenness", c.Evenness},
		{"diffusion", c.Diffusion}, {"voice", c.Voice}, {"conversation", c.Conversation}}
}

// facet is one way to split the appeals into groups.
type facet struct {
	name   string
	groups []presence.Group
}

// facets are those that can be compared: with two groups or more.
func (s *speaker) facets() []facet {
	g := &s.Presence.Groups
	all := []facet{{"channel", g.Channel}, {"department", g.Department}, {"language", g.Language}, {"newcomer", g.Newcomer}}
	kept := all[:0]
	for _, f := range all {
		if len(f.groups) > 1 {
			kept = append(kept, f)
		}
	}
	return kept
}

// group names a group of a facet as people do.
func (s *speaker) group(facet, name string) string {
	switch facet {
	case "newcomer":
		return s.Name("group", plain(name))
	case "language":
		return s.Tongue(plain(name))
	}
	if name == "" {
		return s.Say("group.none")
	}
	return plain(name)
}

// share finds the share answered within a time; unmeasured when there is none.
func (s *speaker) share(within string, rule presence.Rule, of presence.Denominator) measure.Estimate {
	for _, list := range [][]presence.Answered{s.Presence.Answered, s.Presence.AnsweredNeeding} {
		for _, a := range list {
			if a.Within == within && a.Rule == rule && a.Of == of {
				return a.Estimate
			}
		}
	}
	return measure.Unmeasured(measure.Share, 0)
}

// within finds an estimate in a list by its time.
func within(list []presence.Answered, limit string) measure.Estimate {
	for _, a := range list {
		if a.Within == limit {
			return a.Estimate
		}
	}
	return measure.Unmeasured(measure.Share, 0)
}

// horizons are the times after which answers are counted.
var horizons = []string{"1h", "24h", "48h", "7d"}

// finite opens a number that may be missing.
func finite(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// plain makes somebody's words safe to show on one line: without control
// characters, without marks that turn the direction of what follows, and with
// one space where there were several.
func plain(s string) string {
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
