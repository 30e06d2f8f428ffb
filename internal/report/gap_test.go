package report

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
)

// apartReport has something of everything that a gap can hold.
func apartReport() *gap.Report {
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

// tooFew is a gap with too small an organisation.
func tooFew() *gap.Report {
	few := measure.Doubted("not-enough-evidence", "organisation", 38, gap.FewestMessages, 6, gap.FewestPersons)
	unknown := measure.Unmeasured(measure.Score, 12, few)
	return &gap.Report{Yardstick: "fosse", Method: gap.Method, Sides: gap.Sides{Organisation: gap.Side{Persons: 6, Messages: 38}, Community: gap.Side{Persons: 301, Messages: 412}},
		Values:   []gap.Value{{ID: "liberte", Name: ethos.Words{EN: "Freedom", FR: "Liberté"}, Gap: unknown}},
		Distance: gap.Distance{JSD: unknown}, Reliability: unknown, Doubts: []measure.Doubt{measure.Doubted("expressed"), few}}
}

// TestGapIsTold: both sides, the gap with its sign and interval, ~ where nothing
// differs, and what is missing where there is too little.
func TestGapIsTold(t *testing.T) {
	fine := regexp.MustCompile(`[ \x{a0}]+`)
	for l, want := range map[lang.Language][]string{
		lang.English: {"Profitability 0.42 ████│─●─·┊····│█··· 0.11 +0.305 +0.215 to +0.395", "Freedom 0.10 ···█│···─○─···│█··· 0.10 −0.005 −0.095 to +0.085 ~",
			"Words of the organisation: margin (21:9)", "The two profiles stand 0.209 apart (Jensen-Shannon distance); people dealt out", "(p 0.003)", "forum 45 / 312 +0.210",
			"Loyalty: In deeds, as far as a conversation can tell: appeals answered within two days 62% (55–69%)."},
		lang.French: {"Rentabilité 0,42 ████│─●─·┊····│█··· 0,11 +0,305 +0,215 à +0,395", "Mots de la communauté\u202f: fidèle (<5:64)", "français 45 / 312", "mail non montré / 312 ?", "Autour du cercle des valeurs, ils sont à 0,082"},
	} {
		got := fine.ReplaceAllString(told(t, full(), l, 80, false), " ")
		for _, w := range want {
			if !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(w), " ")) {
				t.Errorf("%s doesn't say %q", l, w)
			}
		}
	}
	for _, way := range []string{told(t, silent(), lang.English, 80, false), shown(t, silent(), lang.English)} {
		if !strings.Contains(strings.Join(strings.Fields(way), " "), "ot enough evidence on the side of the organisation: messages 38 (100 are needed), persons 6 (30 are needed)") {
			t.Error("it doesn't say how much is missing")
		}
	}
}

// TestGapCanBeLeftOut: then nothing of it stands anywhere.
func TestGapCanBeLeftOut(t *testing.T) {
	r := full()
	r.Gap = nil
	if page := shown(t, r, lang.English); strings.Contains(page, `id="gap"`) || strings.Contains(page, `href="#gap"`) {
		t.Error("the page speaks of the gap")
	}
	if strings.Contains(told(t, r, lang.English, 80, false), "VALUES GAP") {
		t.Error("the text speaks of the gap")
	}
	if !strings.Contains(string(asJSON(t, r)), `"gap": null`) {
		t.Error("the JSON doesn't say that there is none")
	}
}

// TestQuotesAreMarked: what speaks for a value is marked, and the text is whole
// and escaped.
func TestQuotesAreMarked(t *testing.T) {
	root, err := html.Parse(strings.NewReader(shown(t, full(), lang.French)))
	if err != nil {
		t.Fatal(err)
	}
	var marked, quote string
	elements(root, func(n *html.Node) {
		if n.Data == "mark" {
			marked += n.FirstChild.Data + "|"
			if tag := attribute(n.Parent.Parent, "lang"); tag != "fr" {
				t.Errorf("the quote is in %q", tag)
			}
			quote = words(n.Parent)
		}
	})
	if marked != "marge|rentabilité|" || quote != "Notre marge a progressé & la rentabilité aussi." {
		t.Errorf("marked %s in %s", marked, quote)
	}
}

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// TestPieces: spans that overlap, that lie outside, or that cut a letter break
// nothing; a long message is cut round what matters, at a space.
func TestPieces(t *testing.T) {
	long := strings.Repeat("avant ", 200) + "profit" + strings.Repeat(" après", 200)
	for _, c := range []struct {
		text  string
		spans []ethos.Span
		want  string
	}{
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: 1}}, "a |[profit]| b"},
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: 1}, {Start: 4, End: 9, Contribution: 1}, {Start: -1, End: 3, Contribution: 1}, {Start: 5, End: 99, Contribution: 1}}, "a |[profit]| b"},
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: -1}}, "a profit b"},
		{"", []ethos.Span{{Start: 0, End: 1, Contribution: 1}}, ""},
	} {
		if got := joinedPieces(gap.Quote{Text: c.text, Spans: c.spans}); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
	got := joinedPieces(gap.Quote{Text: long, Spans: []ethos.Span{{Start: 1200, End: 1206, Contribution: 1}}})
	if len(got) > 500 || !strings.HasPrefix(got, "… |") || !strings.HasSuffix(got, "| …") || !strings.Contains(got, "avant |[profit]| après") {
		t.Errorf("%q", got)
	}
	if got := joinedPieces(gap.Quote{Text: "éé", Spans: []ethos.Span{{Start: 1, End: 3, Contribution: 1}}}); strings.Contains(got, "\xc3|") {
		t.Errorf("%q", got)
	}
}

func joinedPieces(q gap.Quote) string {
	var all []string
	for _, p := range pieces(q) {
		if p.Mark {
			p.Text = "[" + p.Text + "]"
		}
		all = append(all, p.Text)
	}
	return strings.Join(all, "|")
}
