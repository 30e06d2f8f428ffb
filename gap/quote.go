package gap

import (
	"cmp"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
)

// Quote is a message to read: one of those that make a side's profile higher on
// a value. It doesn't say who wrote it.
type Quote struct {
	Message conversation.MessageID `json:"message"`
	Side    string                 `json:"side"`
	Lang    string                 `json:"lang"`
	Text    string                 `json:"text"`
	Spans   []ethos.Span           `json:"spans"` // what in the text speaks for the value
	// Contribution is what the message adds to its side's profile beyond what the
	// other side's mean would: its weight times how far its probability stands above.
	Contribution float64 `json:"contribution"`
}

// Quotes shown of each value and side, and spans in each.
const (
	quotesShown = 3
	spansShown  = 5
)

// quote adds to each value the messages that drive it, of both sides, at most
// one of each person.
func (m *meter) quote(values []Value, s sides) {
	scorer := m.scores.model.Scorer()
	ids := m.scores.model.Yardstick.IDs()
	for n := range values {
		v := slices.Index(ids, values[n].ID)
		for w, side := range []*side{&s.organisation, &s.community} {
			if !m.mayQuote(side.side) {
				continue
			}
			other := []*float64{values[n].Community, values[n].Organisation}[w]
			for _, i := range m.strongest(side, v) {
				values[n].Quotes = append(values[n].Quotes, m.quoted(scorer, side, i, v, *other))
			}
		}
	}
}

func (m *meter) mayQuote(side conversation.Side) bool {
	switch {
	case m.options.Quotes == QuoteNone:
		return false
	case m.options.Quotes == QuoteOwn, m.options.Public:
		return side == conversation.Organisation
	}
	return true
}

// strongest gives the messages of a side with the highest probability of value v,
// one of each person.
func (m *meter) strongest(s *side, v int) []int {
	var best []int
	at := func(i int) float32 { return m.scores.p[i*m.scores.width+v] }
	for p := range s.persons {
		list := s.persons[p].messages
		best = append(best, slices.MaxFunc(list, func(a, b int) int { return cmp.Compare(at(a), at(b)) }))
	}
	slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(at(b), at(a)) })
	return best[:min(quotesShown, len(best))]
}

func (m *meter) quoted(scorer *ethos.Scorer, s *side, i, v int, other float64) Quote {
	index := int(m.scores.messages[i].index)
	q := Quote{Message: m.scores.log.ID(index), Side: s.side.String(), Text: m.scores.log.Text(index), Lang: "en"}
	if m.scores.messages[i].french {
		q.Lang = "fr"
	}
	scorer.Read(q.Text, q.Lang)
	q.Spans = scorer.Evidence(v, spansShown)
	weight := 0.0
	for p := range s.persons {
		if s.persons[p].id == int(m.scores.messages[i].person) {
			weight = 1 / float64(len(s.persons)*len(s.persons[p].messages))
		}
	}
	q.Contribution = weight * (float64(m.scores.p[i*m.scores.width+v]) - other)
	return q
}
