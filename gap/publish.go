package gap

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/entregent/entregent/measure"
)

// The least number of persons behind a cell of a table that may be seen by those
// inside and by anybody, and the share of a cell's messages above which one
// person is too much of it.
const (
	FewestInside = 5
	FewestPublic = 11
	mostOfOne    = .85
)

// Publish gives what of a report may be shown to those inside, or in public, to
// anybody:
//
//   - a group's or a period's side of fewer than 5 persons (11 in public), or
//     more than 85 % of whose messages are one person's, is withheld, and so is
//     what compares it;
//   - so that nobody finds it by subtracting what is shown from the whole, the
//     smallest others of its kind are withheld with it until at least two are,
//     and enough persons together;
//   - of a word, a count of fewer persons is told as 0 (see [Driver]).
//
// In public, moreover, the same holds of the two sides as a whole, the
// community's words are not quoted, counts are rounded to 5, and no number is
// finer than twice what one person more or less could change it by, so that two
// pages a week apart don't tell what who came in between said.
//
// It works on any report, also one read from a file. [Measure] has called it.
func Publish(r Report, public bool) Report {
	p := publisher{public: public, fewest: FewestInside}
	if public {
		p.fewest = FewestPublic
	}
	r.Groups, r.Periods = p.groups(r.Groups), p.periods(r.Periods)
	r.Drivers = p.drivers(r.Drivers)
	if public {
		p.whole(&r)
	}
	return r
}

type publisher struct {
	public bool
	fewest int
}

// small says that a side may not be shown for itself.
func (p publisher) small(s *Side) bool {
	return s.Withheld || s.Persons > 0 && (s.Persons < p.fewest || s.Dominated)
}

// withhold marks sides that add up to a whole: the small ones, and the smallest
// others until what was subtracted from the whole would tell of enough persons.
func (p publisher) withhold(sides []*Side) {
	hidden, persons := 0, 0
	var others []*Side
	for _, s := range sides {
		switch {
		case p.small(s):
			hidden++
			persons += s.Persons
			*s = Side{Profile: map[string]float64{}, Withheld: true}
		case s.Persons > 0:
			others = append(others, s)
		}
	}
	slices.SortStableFunc(others, func(a, b *Side) int { return cmp.Compare(a.Persons, b.Persons) })
	for _, s := range others {
		if hidden == 0 || hidden > 1 && persons >= p.fewest {
			return
		}
		hidden++
		persons += s.Persons
		*s = Side{Profile: map[string]float64{}, Withheld: true}
	}
}

// both withholds on the two sides of cells that add up to a whole.
func (p publisher) both(all []*Sides) {
	var own, others []*Side
	for _, s := range all {
		own, others = append(own, &s.Organisation), append(others, &s.Community)
	}
	p.withhold(own)
	p.withhold(others)
}

func (s *Sides) withheld() bool { return s.Organisation.Withheld || s.Community.Withheld }

func (p publisher) groups(list []Group) []Group {
	list = slices.Clone(list)
	for _, by := range []By{Department, Channel, Language} {
		var sides []*Sides
		for i := range list {
			if list[i].By == by {
				sides = append(sides, &list[i].Sides)
			}
		}
		p.both(sides)
	}
	for i := range list {
		g := &list[i]
		hidden, step := g.Sides.withheld(), grain(g.Sides)
		g.Axes, g.Values = p.estimates(g.Axes, hidden, step), p.estimates(g.Values, hidden, step)
		g.Distance = p.distance(g.Distance, hidden, step)
		p.side(&g.Sides.Organisation, step)
		p.side(&g.Sides.Community, step)
	}
	return list
}

func (p publisher) periods(list []Period) []Period {
	list = slices.Clone(list)
	var sides []*Sides
	for i := range list {
		sides = append(sides, &list[i].Sides)
	}
	p.both(sides)
	for i := range list {
		c := &list[i]
		hidden, step := c.Sides.withheld(), grain(c.Sides)
		c.Axes, c.Values = p.estimates(c.Axes, hidden, step), p.estimates(c.Values, hidden, step)
		c.Change = p.estimates(c.Change, hidden || i > 0 && list[i-1].Sides.withheld(), step)
		p.side(&c.Sides.Organisation, step)
		p.side(&c.Sides.Community, step)
	}
	return list
}

// grain is the finest that a number about two sides may be: one person, 1/n of a
// side, is half a step at most.
func grain(s Sides) float64 {
	n := float64(min(s.Organisation.Persons, s.Community.Persons))
	for _, step := range []float64{.01, .02, .05} {
		if step*n >= 2 {
			return step
		}
	}
	return .1
}

// coarse rounds to steps, which are a part of 1 in whole numbers, or its half.
func coarse(x, step float64) float64 { return math.Round(x/step) / math.Round(1/step) }

func (p publisher) number(x *float64, step float64) *float64 {
	if x == nil || !p.public {
		return x
	}
	y := coarse(*x, step)
	return &y
}

// five rounds a count.
func five(n int) int { return (n + 2) / 5 * 5 }

// side makes the counts and the profile of a side coarse.
func (p publisher) side(s *Side, step float64) {
	if !p.public {
		return
	}
	s.Persons, s.Messages, s.Profile = five(s.Persons), five(s.Messages), maps.Clone(s.Profile)
	for id, x := range s.Profile {
		s.Profile[id] = coarse(x, step)
	}
}

func (p publisher) estimate(e measure.Estimate, hidden bool, step float64) measure.Estimate {
	switch {
	case hidden:
		return measure.Unmeasured(e.Unit, 0, measure.Doubted("withheld", p.fewest))
	case p.public:
		e.Center, e.Lo, e.Hi, e.N, e.Doubts = coarse(e.Center, step), coarse(e.Lo, step), coarse(e.Hi, step), five(e.N), p.doubts(e.Doubts)
	}
	return e
}

func (p publisher) estimates(of map[string]measure.Estimate, hidden bool, step float64) map[string]measure.Estimate {
	out := map[string]measure.Estimate{}
	for id, e := range of {
		out[id] = p.estimate(e, hidden, step)
	}
	return out
}

func (p publisher) distance(d Distance, hidden bool, step float64) Distance {
	d.JSD = p.estimate(d.JSD, hidden, step)
	if hidden {
		return Distance{JSD: d.JSD}
	}
	d.Null, d.Excess, d.P = p.number(d.Null, step), p.number(d.Excess, step), p.number(d.P, .01)
	if c := d.Circular; c != nil && p.public {
		d.Circular = &Circular{coarse(c.Found, step), coarse(c.Null, step), coarse(c.Excess, step), coarse(c.P, .01)}
	}
	return d
}

// doubts makes the counts in doubts coarse.
func (p publisher) doubts(list []measure.Doubt) []measure.Doubt {
	out := make([]measure.Doubt, 0, len(list))
	for _, d := range list {
		d.Blanks = slices.Clone(d.Blanks)
		for i, b := range d.Blanks {
			if n, ok := b.(int); ok && d.Code != "withheld" {
				d.Blanks[i] = five(n)
			}
		}
		out = append(out, d)
	}
	return out
}

func (p publisher) drivers(list []Driver) []Driver {
	out := []Driver{}
	for _, d := range list {
		if max(d.Organisation, d.Community) < p.fewest {
			continue
		}
		d.Few = p.fewest
		for _, n := range []*int{&d.Organisation, &d.Community} {
			if *n < p.fewest {
				*n = 0
			} else if p.public {
				*n = five(*n)
			}
		}
		if p.public {
			d.LogOdds, d.Q = coarse(d.LogOdds, .5), coarse(d.Q, .01)
		}
		out = append(out, d)
	}
	return out
}

// whole makes the rest of a public report coarse, and withholds it all when a
// side is too small.
func (p publisher) whole(r *Report) {
	step := grain(r.Sides)
	for _, s := range []*Side{&r.Sides.Organisation, &r.Sides.Community} {
		if p.small(s) {
			*s = Side{Profile: map[string]float64{}, Withheld: true}
		}
	}
	hidden := r.Sides.withheld()
	r.Values = slices.Clone(r.Values)
	for i := range r.Values {
		v := &r.Values[i]
		v.Gap, v.More = p.estimate(v.Gap, hidden, step), nil
		v.Organisation, v.Community = p.number(v.Organisation, step), p.number(v.Community, step)
		v.Quotes = slices.DeleteFunc(slices.Clone(v.Quotes), func(q Quote) bool { return q.Side != "organisation" })
		for j := range v.Quotes {
			v.Quotes[j].Contribution = coarse(v.Quotes[j].Contribution, step)
		}
		if hidden {
			v.Organisation, v.Community, v.Differs, v.Quotes = nil, nil, false, []Quote{}
		}
	}
	r.Axes, r.Distance = p.estimates(r.Axes, hidden, step), p.distance(r.Distance, hidden, step)
	r.Reliability = p.estimate(r.Reliability, hidden, step)
	r.Declared = slices.Clone(r.Declared)
	for i := range r.Declared {
		d := &r.Declared[i]
		d.Lived, d.Gap = p.number(d.Lived, step), p.estimate(d.Gap, r.Sides.Organisation.Withheld, step)
		d.Deeds = slices.Clone(d.Deeds)
		for j := range d.Deeds {
			d.Deeds[j].Share = p.estimate(d.Deeds[j].Share, hidden, .01)
		}
	}
	r.Doubts = p.doubts(r.Doubts)
	if hidden {
		r.Drivers = []Driver{}
		r.Doubts = slices.DeleteFunc(r.Doubts, func(d measure.Doubt) bool { return d.Code == "not-enough-evidence" })
		r.Doubts = append(r.Doubts, measure.Doubted("withheld", p.fewest))
	}
	p.side(&r.Sides.Organisation, step)
	p.side(&r.Sides.Community, step)
}

// against does the same for two organisations set side by side.
func (p publisher) against(a *Against) {
	both := Sides{a.Own, a.Other}
	step := grain(both)
	for _, s := range []*Side{&a.Own, &a.Other} {
		if p.small(s) {
			*s = Side{Profile: map[string]float64{}, Withheld: true}
		}
		p.side(s, step)
	}
	hidden := a.Own.Withheld || a.Other.Withheld
	a.Axes, a.Values, a.Distance = p.estimates(a.Axes, hidden, step), p.estimates(a.Values, hidden, step), p.distance(a.Distance, hidden, step)
	for i := range a.Order {
		v := &a.Order[i]
		v.Gap, v.Organisation, v.Community = p.estimate(v.Gap, hidden, step), p.number(v.Organisation, step), p.number(v.Community, step)
	}
}
