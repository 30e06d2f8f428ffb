package reporttest

import (
	"math"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/measure"
)

// Apart has something of everything that a gap can hold.
func Apart() *gap.Report {
	score := func(center, half float64, doubts ...measure.Doubt) measure.Estimate {
		return measure.Estimate{Center: center, Lo: center - half, Hi: center + half, Confidence: .95, N: 357, Unit: measure.Score, Doubts: doubts}
	}
	r := &gap.Report{Yardstick: "fosse", Method: gap.Method, Declared: []gap.Declared{}, Groups: []gap.Group{}}
	profiles := [2]map[string]float64{{}, {}}
	for _, v := range []struct {
		id, en, fr  string
		own, others float64
	}{{"rentabilite", "Profitability", "Rentabilité", .42, .11}, {"fidelite", "Loyalty", "Fidélité", .12, .31}, {"gestion-du-risque", "Risk management", "Gestion du risque", .21, .14},
		{"liberte", "Freedom", "Liberté", .1, .1}} {
		own, others := v.own, v.others
		profiles[0][v.id], profiles[1][v.id] = own, others
		one := gap.Value{ID: v.id, Name: ethos.Words{EN: v.en, FR: v.fr}, Organisation: &own, Community: &others, Gap: score(own-others-.005, .09), Quotes: []gap.Quote{}}
		if one.Differs = math.Abs(own-others) > .1; !one.Differs {
			one.More = &gap.More{Messages: 1571, Labels: 113 * len(v.id) % 400}
		}
		r.Values = append(r.Values, one)
	}
	r.Values[0].Quotes = []gap.Quote{
		{Message: "m71", Side: "organisation", Lang: "fr", Text: "Notre marge a progressé & la rentabilité aussi.", Contribution: .002,
			Spans: []ethos.Span{{Start: 6, End: 11, Value: "rentabilite", Contribution: .8, Polarity: "attained"}, {Start: 30, End: 42, Value: "rentabilite", Contribution: 2.1, Polarity: "attained"}}},
		{Message: "m19", Side: "community", Lang: "en", Text: "You only care about your margin.", Contribution: .0004, Spans: []ethos.Span{}}}
	r.Sides = gap.Sides{Organisation: gap.Side{Persons: 45, Messages: 435, Profile: profiles[0]}, Community: gap.Side{Persons: 312, Messages: 1870, Profile: profiles[1]}}
	r.Axes = map[string]measure.Estimate{ethos.ResultsRelations: score(.15, .08), ethos.RulesOpenness: score(.02, .06)}
	null, excess, p := .061, .148, .0025
	r.Distance = gap.Distance{JSD: measure.Estimate{Center: .209, Lo: math.NaN(), Hi: math.NaN(), N: 357, Unit: measure.Score}, Null: &null, Excess: &excess, P: &p,
		Circular: &gap.Circular{Found: .082, Null: .031, Excess: .051, P: .005}}
	r.Reliability = measure.Estimate{Center: .64, Lo: math.NaN(), Hi: math.NaN(), N: 357, Unit: measure.Score, Doubts: []measure.Doubt{measure.Doubted("unreliable", .64, .7)}}
	r.Drivers = []gap.Driver{{Word: "margin", Side: "organisation", Organisation: 21, Community: 9, LogOdds: 2.1, Q: .001, Values: []string{"rentabilite"}},
		{Word: "fidèle", Side: "community", Organisation: 0, Community: 64, Few: 5, LogOdds: -1.4, Q: .003, Values: []string{"fidelite", "liberte"}}}
	few := measure.Doubted("not-enough-evidence", "organisation", 38, gap.FewestMessages, 6, gap.FewestPersons)
	for i := range 4 {
		from := day(1, 1).AddDate(0, 3*i-12, 0)
		period := gap.Period{From: from, To: from.AddDate(0, 3, 0), Sides: r.Sides, Values: map[string]measure.Estimate{"liberte": score(0, .1)},
			Axes: map[string]measure.Estimate{ethos.ResultsRelations: score(.05*float64(i), .08), ethos.RulesOpenness: score(-.03, .06)}, Change: map[string]measure.Estimate{}}
		if i == 2 {
			period.Sides.Organisation = gap.Side{Persons: 6, Messages: 38}
			period.Axes = map[string]measure.Estimate{ethos.ResultsRelations: measure.Unmeasured(measure.Score, 318, few), ethos.RulesOpenness: measure.Unmeasured(measure.Score, 318, few)}
		} else if i == 1 {
			period.Change[ethos.ResultsRelations] = score(.05, .11)
		}
		r.Periods = append(r.Periods, period)
	}
	for _, name := range []string{"forum", "mail"} {
		g := gap.Group{By: gap.Channel, Name: name, Sides: r.Sides, Values: map[string]measure.Estimate{"liberte": score(.02, .2)}, Distance: r.Distance,
			Axes: map[string]measure.Estimate{ethos.ResultsRelations: score(.21, .1), ethos.RulesOpenness: score(-.01, .09)}}
		if name == "mail" {
			hidden := measure.Unmeasured(measure.Score, 0, measure.Doubted("withheld", gap.FewestInside))
			g.Sides.Organisation, g.Axes = gap.Side{Profile: map[string]float64{}, Withheld: true}, map[string]measure.Estimate{ethos.ResultsRelations: hidden, ethos.RulesOpenness: hidden}
		}
		r.Groups = append(r.Groups, g)
	}
	r.Groups = append(r.Groups, gap.Group{By: gap.Language, Name: "fr", Sides: r.Sides, Values: map[string]measure.Estimate{}, Distance: r.Distance, Axes: r.Axes})
	lived := .42
	r.Declared = []gap.Declared{{ID: "rentabilite", Declared: .08, Lived: &lived, Gap: score(.31, .12), Deeds: []gap.Deed{}}, {ID: "fidelite", Declared: .4, Gap: score(-.1, .2), Deeds: []gap.Deed{
		{ID: "answers", Share: measure.Estimate{Center: .62, Lo: .55, Hi: .69, Confidence: .95, N: 204, Unit: measure.Share}}, {ID: "constancy", Share: measure.Unmeasured(measure.Score, 3)}}}}
	r.Doubts = []measure.Doubt{measure.Doubted("expressed"), measure.Doubted("unlabelled-yardstick"), measure.Doubted("nameless", 3)}
	return r
}

// TooFew is a gap with too small an organisation.
func TooFew() *gap.Report {
	few := measure.Doubted("not-enough-evidence", "organisation", 38, gap.FewestMessages, 6, gap.FewestPersons)
	unknown := measure.Unmeasured(measure.Score, 12, few)
	return &gap.Report{Yardstick: "fosse", Method: gap.Method, Sides: gap.Sides{Organisation: gap.Side{Persons: 6, Messages: 38}, Community: gap.Side{Persons: 301, Messages: 412}},
		Values:   []gap.Value{{ID: "liberte", Name: ethos.Words{EN: "Freedom", FR: "Liberté"}, Gap: unknown}},
		Distance: gap.Distance{JSD: unknown}, Reliability: unknown, Doubts: []measure.Doubt{measure.Doubted("expressed"), few}}
}
