package report

import (
	"math"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/whuffie"
)

// Standing says a Whuffie in a language.
type Standing struct {
	lang.Language
	*entregent.Whuffie
	Listed bool // each person's standing is listed
}

func (t Standing) NameOf(p entregent.Standing) string {
	if p.Who == "organisation" {
		return t.Say("whuffie.of-organisation", Plain(p.Person))
	}
	return Plain(p.Person)
}

// Share is a share of the walks, in 100,000.
func (t Standing) Share(s float64) string {
	if n := 1e5 * s; n < 10 {
		return t.Decimal(n, 1)
	}
	return t.Integer(int(math.Round(1e5 * s)))
}

// fewest is how many people a band holds at least of which a report tells
// anything when it lists nobody: who is one of fewer could be known.
const fewest = 5

// bandMet is a band that only a report knows: all those of whom there is
// something to say.
const bandMet whuffie.Band = "met"

// BandsDown are the bands from the highest to the lowest, the organisation's
// last.
var BandsDown = []whuffie.Band{whuffie.BandMany, whuffie.BandSome, whuffie.BandFew, bandMet, whuffie.BandTooFew, whuffie.BandOrganisation}

// Coarse gives the bands as they are shown, the highest first, and what thanks go
// between them. Where people aren't listed, a band that holds too few joins the
// one below, and what still holds too few keeps its thanks to itself.
func (t Standing) Coarse() (bands []entregent.Band, flows []whuffie.Between) {
	people, joined := map[whuffie.Band]int{}, map[whuffie.Band]whuffie.Band{}
	for _, b := range t.Bands {
		people[b.Band], joined[b.Band] = b.People, b.Band
	}
	few := func(band whuffie.Band) bool { return !t.Listed && 0 < people[band] && people[band] < fewest }
	join := func(into whuffie.Band, from ...whuffie.Band) {
		for _, b := range from {
			people[into] += people[b]
			people[b] = 0
			for band, now := range joined {
				if now == b {
					joined[band] = into
				}
			}
		}
	}
	if few(whuffie.BandMany) {
		join(whuffie.BandSome, whuffie.BandMany)
	}
	if few(whuffie.BandSome) {
		join(bandMet, whuffie.BandSome, whuffie.BandFew)
	}
	for _, b := range BandsDown {
		if people[b] > 0 {
			bands = append(bands, entregent.Band{Band: b, People: people[b]})
		}
	}
	sums := map[[2]whuffie.Band]int{}
	for _, f := range t.Flow {
		sums[[2]whuffie.Band{joined[f.From], joined[f.To]}] += f.Thanks
	}
	for _, from := range BandsDown {
		for _, to := range BandsDown {
			n := sums[[2]whuffie.Band{from, to}]
			if n == 0 || few(from) || few(to) && to != whuffie.BandOrganisation {
				continue
			}
			flows = append(flows, whuffie.Between{From: from, To: to, Thanks: n})
		}
	}
	return bands, flows
}

// In names a band in a few words.
func (t Standing) In(b whuffie.Band) string { return t.Say("whuffie.in." + string(b)) }

// Heads says how many people a band holds.
func (t Standing) Heads(b entregent.Band) string {
	if !t.Listed && b.People < fewest {
		return t.Say("whuffie.fewer", fewest)
	}
	return t.Integer(b.People)
}

// Returns says what comes back, for the page and the terminal.
func (t Standing) Returns() (lines []string) {
	r := t.Reciprocity
	for _, line := range []struct {
		key string
		e   measure.Estimate
	}{{"estimate", r.Estimate}, {"direct", r.Direct}, {"chain", r.Chain}, {"anyone", r.Anyone}} {
		said := t.Say("unknown")
		if line.e.Known() {
			said = t.Say("whuffie.interval", t.Percent(line.e.Center, 0), t.Percent(line.e.Lo, 0), t.Percent(line.e.Hi, 0), line.e.N)
		}
		lines = append(lines, t.Say("whuffie.back."+line.key, said))
	}
	return lines
}
