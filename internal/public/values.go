package public

import (
	"context"
	"errors"
	"fmt"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/measure"
)

// mostQuotes is how many quotes the page has.
const mostQuotes = 5

// Value is one value's gap.
type Value struct {
	ID      string            `json:"id"`
	Names   map[string]string `json:"name"`
	Center  *float64          `json:"center"`
	Lo      *float64          `json:"lo"`
	Hi      *float64          `json:"hi"`
	Differs bool              `json:"differs"`
	Leans   string            `json:"leans"` // organisation or community: who speaks of it more; "" when they can't be told apart
}

// Said is the gap in a language, with its interval.
func (v Value) Said(l lang.Language) string {
	said := func(x *float64) string {
		if x == nil {
			return lang.Unknown
		}
		return l.Decimal(*x, 2)
	}
	return l.Say("public.gap", said(v.Center), said(v.Lo), said(v.Hi))
}

// Gap is the values gap of the week's report as it may be told.
type Gap struct {
	Values  []Value
	Persons int                      // behind the values, both sides, to the nearest five
	Quotes  []conversation.MessageID // that may be quoted, if Quotable
}

// GapOfWeek reads the gap of the latest weekly report; it is empty when there is
// none, or one of the sides is too small.
func GapOfWeek(ctx context.Context, s *store.Store) (Gap, error) {
	g := Gap{Values: []Value{}}
	kept, err := measuring.LatestReport(ctx, s, measuring.PublicReport)
	if errors.Is(err, store.ErrNotFound) {
		return g, nil
	}
	if err != nil {
		return g, err
	}
	week, err := report.Read(kept.Parts["json"])
	if err != nil {
		return g, fmt.Errorf("reading the gap of the week: %w", err)
	}
	told := week.Gap
	if told == nil || min(told.Sides.Organisation.Persons, told.Sides.Community.Persons) < FewestPeople {
		return g, nil
	}
	g.Persons = Round(told.Sides.Organisation.Persons + told.Sides.Community.Persons)
	for _, x := range told.Values {
		g.add(x)
	}
	return g, nil
}

// add takes one value, unless its gap isn't known.
func (g *Gap) add(x gap.Value) {
	if !x.Gap.Known() {
		return
	}
	one := Value{ID: x.ID, Names: map[string]string{"en": x.Name.EN, "fr": x.Name.FR}, Differs: x.Differs,
		Center: measure.Finite(x.Gap.Center), Lo: measure.Finite(x.Gap.Lo), Hi: measure.Finite(x.Gap.Hi)}
	if one.Differs {
		one.Leans = conversation.Organisation.String()
		if *one.Center < 0 {
			one.Leans = conversation.Community.String()
		}
		g.Quotes = append(g.Quotes, own(x.Quotes)...)
	}
	g.Values = append(g.Values, one)
}

// own is the first quote of the organisation's.
func own(quotes []gap.Quote) []conversation.MessageID {
	for _, x := range quotes {
		if x.Side == conversation.Organisation.String() {
			return []conversation.MessageID{x.Message}
		}
	}
	return nil
}

// Quotable gives those of some messages that the page may quote, as they stand now,
// in the order of ids: the organisation's own words, not what it took back, nor what
// it said in private; at most five.
func Quotable(ctx context.Context, s *store.Store, ids []conversation.MessageID) (list []conversation.MessageID, err error) {
	found, err := s.MessagesByID(ctx, ids)
	may := map[conversation.MessageID]bool{}
	for _, m := range found {
		may[m.ID] = m.Side == conversation.Organisation && !m.Private && m.Deleted.IsZero() && m.Text != ""
	}
	for _, id := range ids {
		if may[id] && len(list) < mostQuotes {
			list = append(list, id)
			delete(may, id)
		}
	}
	return list, err
}
