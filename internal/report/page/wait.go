package page

import (
	"html/template"
	"math"

	"github.com/entregent/entregent/internal/report"
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
	w.All = v.Say("n", v.Share("7d", presence.ByOrganisation, presence.All).N)
	w.Needing = v.Say("n", v.Share("7d", presence.ByOrganisation, presence.Needing).N)
	for _, h := range report.Horizons {
		row := waitRow{Within: v.Within(h)}
		for i := range row.Shares {
			of := []presence.Denominator{presence.All, presence.Needing}[i/2]
			rule := []presence.Rule{presence.ByOrganisation, presence.ByAnyone}[i%2]
			row.Shares[i] = numbered(v.Speaker, v.Figure(v.Share(h, rule, of)))
		}
		w.Rows = append(w.Rows, row)
	}
	w.Median = numbered(v.Speaker, v.Figure(p.MedianWait))
	for _, h := range report.Horizons {
		w.Others = append(w.Others, otherRow{v.Within(h), numbered(v.Speaker, v.Figure(report.Within(p.Acknowledged, h))), numbered(v.Speaker, v.Figure(report.Within(p.Now, h)))})
	}
	if len(p.Curve) == 0 {
		return w
	}
	w.Picture = curvePicture(v.Speaker)
	for _, k := range landmarks(p.Curve) {
		c := p.Curve[k]
		w.Curve = append(w.Curve, curveRow{v.Duration(c.Hours), numbered(v.Speaker, v.Figure(c.Organisation)), numbered(v.Speaker, v.Figure(c.Anyone)),
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
	for i, row := range v.NaiveRows() {
		c.Rows = append(c.Rows, contrastRow{row.Name, row.Naive, numbered(v.Speaker, row.Honest)})
		if i == 0 && n.Within7d != nil && row.Honest.Known {
			c.Picture = contrast(v.Speaker, *n.Within7d, row.Honest)
		}
	}
	return c
}
