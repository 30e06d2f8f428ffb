package report

import (
	"html/template"
	"math"

	"github.com/entregent/entregent/presence"
)

// waitView is how long people wait: shares by time, the median, the curve.
type waitView struct {
	All, Needing string // how many appeals each denominator has
	Rows         []waitRow
	Median       number
	Others       []otherRow
	Picture      template.HTML // empty without a curve
	Curve        []curveRow
}

type waitRow struct {
	Within string
	Shares [4]number // all and needing, by the organisation and by anyone
}

type otherRow struct {
	Within       string
	Receipt, Now number
}

type curveRow struct {
	After       string
	Org, Anyone number
	Naive       string
	Watched     string
}

func (v *view) wait() (w waitView) {
	p := &v.Presence
	w.All = v.Say("n", v.share("7d", presence.ByOrganisation, presence.All).N)
	w.Needing = v.Say("n", v.share("7d", presence.ByOrganisation, presence.Needing).N)
	for _, h := range horizons {
		row := waitRow{Within: v.Within(h)}
		for i := range row.Shares {
			of := []presence.Denominator{presence.All, presence.Needing}[i/2]
			rule := []presence.Rule{presence.ByOrganisation, presence.ByAnyone}[i%2]
			row.Shares[i] = v.number(v.figure(v.share(h, rule, of)))
		}
		w.Rows = append(w.Rows, row)
	}
	w.Median = v.number(v.figure(p.MedianWait))
	for _, h := range horizons {
		w.Others = append(w.Others, otherRow{v.Within(h), v.number(v.figure(within(p.Acknowledged, h))), v.number(v.figure(within(p.Now, h)))})
	}
	if len(p.Curve) == 0 {
		return w
	}
	w.Picture = v.curvePicture()
	for _, k := range landmarks(p.Curve) {
		c := p.Curve[k]
		w.Curve = append(w.Curve, curveRow{v.Duration(c.Hours), v.number(v.figure(c.Organisation)), v.number(v.figure(c.Anyone)),
			v.Percent(c.NaiveShare, 0), v.Integer(c.AtRisk)})
	}
	return w
}

// landmarks chooses the points of a curve that stand nearest to times that
// people think in, for the table beside its picture.
func landmarks(curve []presence.Point) (kept []int) {
	times := []float64{1.0 / 6, .5, 1, 3, 6, 12, 24, 48, 96, 168, 336, curve[len(curve)-1].Hours}
	for _, t := range times {
		best := 0
		for i, p := range curve {
			if math.Abs(math.Log(p.Hours/t)) < math.Abs(math.Log(curve[best].Hours/t)) {
				best = i
			}
		}
		if n := len(kept); n == 0 || best > kept[n-1] {
			kept = append(kept, best)
		}
	}
	return kept
}

// contrastView is what silence hides.
type contrastView struct {
	Picture template.HTML // empty where one of the two isn't known
	Says    string
	Rows    []contrastRow
}

type contrastRow struct {
	Name, Naive string
	Honest      number
}

func (v *view) contrastView() (c contrastView) {
	n := &v.Presence.Naive
	c.Says = v.Say("naive.says", n.Answered, n.Appeals)
	for i, row := range v.naiveRows() {
		c.Rows = append(c.Rows, contrastRow{row.Name, row.Naive, v.number(row.Honest)})
		if i == 0 && n.Within7d != nil && row.Honest.Known {
			c.Picture = v.contrast(*n.Within7d, row.Honest)
		}
	}
	return c
}
