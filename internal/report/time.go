package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Span is the length of the report's periods: the longest, since the last may
// be cut at the census.
func (s *Speaker) Span() lang.Span {
	span := lang.Weekly
	for _, p := range s.Presence.Periods {
		span = max(span, lang.SpanOf(p.Until.Sub(p.From)))
	}
	return span
}

// Rung marks the alarms that ran during a period: ▲3, or ▲3–5.
func (s *Speaker) Rung(p presence.Period) string {
	var numbers []int
	for i, a := range s.Presence.Alarms {
		if a.From.Before(p.Until) && !a.Until.Before(p.From) {
			numbers = append(numbers, i+1)
		}
	}
	switch n := len(numbers); {
	case n == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("▲%d", numbers[0])
	default:
		return fmt.Sprintf("▲%d–%d", slices.Min(numbers), slices.Max(numbers))
	}
}

// Greatest chooses at most so many alarms, those with the most messages beyond
// what was expected, in the order of the report.
func Greatest(alarms []presence.Alarm, most int) (kept []int) {
	for i := range alarms {
		kept = append(kept, i)
	}
	beyond := func(i int) float64 { return float64(alarms[i].Observed) - alarms[i].Expected }
	slices.SortStableFunc(kept, func(a, b int) int { return cmp.Compare(beyond(b), beyond(a)) })
	kept = kept[:min(len(kept), most)]
	slices.Sort(kept)
	return kept
}

// Instant says a time of the watch: the day alone where the log knows no hours.
func (s *Speaker) Instant(t time.Time) string {
	byDay := func(d measure.Doubt) bool { return d.Code == "watch-by-day" }
	if slices.ContainsFunc(s.Presence.Watch.Doubts, byDay) {
		return s.ShortDate(t)
	}
	return s.Moment(t)
}

// Alarm says one alarm in a sentence.
func (s *Speaker) Alarm(a presence.Alarm) string {
	said := s.Say("alarm.says", s.Instant(a.From), s.Instant(a.Until), s.Instant(a.Peak), a.Observed, a.Expected)
	if a.Ongoing {
		said += " " + s.Say("alarm.ongoing")
	}
	return said
}

// Moment is a milestone of a crisis with its name; Milestone is nil when it
// never came, Same when an earlier moment is the same message.
type Moment struct {
	Name string
	Same bool
	*presence.Milestone
}

func (s *Speaker) Moments(c presence.Crisis) []Moment {
	all := []Moment{{Name: "first-word", Milestone: c.FirstWord}, {Name: "acknowledgement", Milestone: c.Acknowledgement},
		{Name: "leader", Milestone: c.Leader}, {Name: "two-way", Milestone: c.TwoWay}}
	seen := map[conversation.MessageID]bool{}
	for i := range all {
		m := &all[i]
		m.Name = s.Say("milestone." + m.Name)
		if m.Milestone != nil {
			m.Same = seen[m.Message]
			seen[m.Message] = true
		}
	}
	return all
}

// SpokenOf says what a crisis was about.
func (s *Speaker) SpokenOf(c presence.Crisis) string {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = s.Quote(Clip(Plain(w), 30, "…"))
	}
	return s.Say("crisis.about", s.List(words))
}

// Promise says what was promised and what became of it.
func (s *Speaker) Promise(p presence.Promise) string {
	return s.Say("promise.made", s.Moment(p.Made), s.Moment(p.Due), s.Say(Kept(p)))
}

// Thin chooses at most so many of n, the first and the last among them.
func Thin(n, most int) (kept []int) {
	most = min(n, most)
	for i := range most {
		kept = append(kept, i*(n-1)/max(1, most-1))
	}
	return kept
}

// Kept names what became of a promise.
func Kept(p presence.Promise) string {
	switch {
	case p.Kept == nil:
		return "promise.open"
	case *p.Kept:
		return "promise.kept"
	}
	return "promise.broken"
}

// Words quotes what somebody wrote, or says that there is nothing.
func (s *Speaker) Words(quote string) string {
	if quote == "" {
		return s.Say("waiting.quoteless")
	}
	return s.Quote(quote)
}

// About says who waits where, since when, and what happened to the message.
func (s *Speaker) About(w presence.WaitingItem) (said []string) {
	for _, name := range []string{string(w.Author), w.Channel, w.Department} {
		if name != "" {
			said = append(said, Clip(Plain(name), 40, "…"))
		}
	}
	said = append(said, s.ShortDate(w.Time))
	if w.Messages > 1 {
		said = append(said, s.Say("waiting.messages", w.Messages))
	}
	if w.Peer {
		said = append(said, s.Say("waiting.peer"))
	}
	if w.Receipt {
		said = append(said, s.Say("waiting.receipt"))
	}
	if w.Removed {
		said = append(said, s.Say("waiting.removed"))
	}
	return said
}

// What is shown at most of what can be long; the JSON has everything.
const (
	AlarmsShown  = 8
	WaitingShown = 10
)
