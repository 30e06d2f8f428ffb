package gap

import (
	"cmp"
	"math"
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// Against is one organisation beside another, by what each says in its own
// conversation: above 0 the first speaks of it more.
type Against struct {
	Own      Side                        `json:"own"`
	Other    Side                        `json:"other"`
	Axes     map[string]measure.Estimate `json:"axes"`
	Values   map[string]measure.Estimate `json:"values"`
	Order    []Value                     `json:"order"` // the values whose interval leaves 0 out, the widest gap first
	Distance Distance                    `json:"distance"`
}

// Between compares the organisations of two logs. To set several side by side,
// compare each two: only what an interval tells apart is ordered.
func Between(own, other *conversation.Log, options Options) Against {
	options.Labels = nil // labels correct the two sides of one log
	a, b := score(own, options), score(other, options)
	m := meter{scores: a, options: options}
	s := sides{a.gather(conversation.Organisation, a.all()), b.gather(conversation.Organisation, b.all())}
	c := m.compare(s)
	out := Against{Own: m.one(&s.organisation), Other: m.one(&s.community), Axes: c.axes(), Values: c.byID(), Order: []Value{}, Distance: m.distance(s)}
	for _, v := range c.values() {
		if v.Gap.Known() && (v.Gap.Lo > 0 || v.Gap.Hi < 0) {
			v.More = nil
			out.Order = append(out.Order, v)
		}
	}
	slices.SortStableFunc(out.Order, func(a, b Value) int { return cmp.Compare(math.Abs(b.Gap.Center), math.Abs(a.Gap.Center)) })
	if options.Public {
		publisher{public: true, fewest: FewestPublic}.against(&out)
	}
	return out
}
