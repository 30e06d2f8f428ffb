package whuffie

// Band tells standing coarsely: what may be shown where a number may not.
type Band string

// The bands, the lowest first.
const (
	BandTooFew       Band = "too-few"      // too few thanks to say
	BandFew          Band = "few"          // fewer than one walk in a thousand
	BandSome         Band = "some"         // one in a thousand and more
	BandMany         Band = "many"         // one in a hundred and more
	BandOrganisation Band = "organisation" // counted apart
)

// Bands are all of them, in order.
var Bands = []Band{BandTooFew, BandFew, BandSome, BandMany, BandOrganisation}

// Band of the score.
func (s Score) Band() Band {
	switch {
	case s.Organisation:
		return BandOrganisation
	case s.State() == TooFew:
		return BandTooFew
	case s.Points < .001:
		return BandFew
	case s.Points < .01:
		return BandSome
	}
	return BandMany
}

// Between counts the thanks that people of one band say to people of another.
type Between struct {
	From   Band `json:"from"`
	To     Band `json:"to"`
	Thanks int  `json:"thanks"`
}

// Flow counts who lifts whom, band by band: every thanks that counts, in the order of the bands. Those taken back and those
// of people erased don't.
func (w *World) Flow() []Between {
	bands := make([]Band, len(w.people))
	for p := range bands {
		bands[p] = w.score(uint32(p)).Band()
	}
	counts := map[Between]int{}
	for p := range w.people {
		for i := range w.people[p].thanks.marks {
			if m := &w.people[p].thanks.marks[i]; m.live() {
				counts[Between{From: bands[p], To: bands[m.to]}]++
			}
		}
	}
	flow := []Between{}
	for _, from := range Bands {
		for _, to := range Bands {
			if n := counts[Between{From: from, To: to}]; n > 0 {
				flow = append(flow, Between{from, to, n})
			}
		}
	}
	return flow
}
