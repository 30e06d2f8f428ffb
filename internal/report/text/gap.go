package text

import (
	"math"
	"strings"

	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
)

// driversTold are the words shown of each side; the page has them all.
const driversTold = 8

// Gap tells how far apart the values of the two sides stand.
func (t *text) gap() {
	g := t.Gap
	if g == nil || t.Presence.Window.Until.IsZero() { // left out, or an empty log
		return
	}
	doubts := t.GapDoubts()
	t.heading(t.Say("gap.title"))
	if says := t.GapSays(); says != "" {
		t.say(margin, 0, says, faint)
	}
	t.say(margin, 0, t.GapSides(), usual)
	if lacking := t.Lacking(); len(lacking) > 0 {
		t.say(margin, 0, "? "+t.Say("gap.none"), strong)
		for _, why := range lacking {
			t.say(margin, 2, "? "+report.Capital(why), usual)
		}
		return
	}
	t.facingRows()
	t.tellAxes()
	t.say(margin, 2, t.Apartness()+" "+marks(t.Mark(g.Reliability.Doubts)), usual)
	t.tellDrivers()
	t.tellPeriods()
	t.tellGroups()
	t.tellDeclared()
	for _, d := range doubts {
		t.say(margin, 2, "• "+d, faint)
	}
}

func (t *text) facingRows() {
	r := t.Reach()
	rows := [][]cell{}
	for _, v := range t.Facing() {
		f := t.Difference(v.Gap)
		mark := ""
		if !v.Differs {
			mark = report.Same
		}
		rows = append(rows, []cell{left(report.Plain(v.Name.In(t.Tag()))), figures(t.Decimal(report.Finite(v.Organisation), 2)), picture(t.face(v, r)),
			figures(t.Decimal(report.Finite(v.Community), 2)), figures(f.Value), figures(strings.ReplaceAll(f.Interval+marks(f.Marks), " ", "\u00a0")), left(mark)})
	}
	t.table(margin, rows)
	t.say(margin, 0, t.Say("gap.compact"), faint)
	t.say(margin, 0, t.Say("gap.how"), faint)
}

// face draws the organisation's bar to the left, the community's to the right,
// and the gap between them.
func (t *text) face(v gap.Value, r report.Reach) string {
	bars, middle := 4, 9
	if t.width < 78 {
		bars, middle = 2, 5
	}
	own, others := 0., 0.
	if r.Side > 0 {
		own, others = report.Finite(v.Organisation)/r.Side, report.Finite(v.Community)/r.Side
	}
	return mirrored(own, bars) + "│" + tilt(v.Gap, r.Gap, v.Differs, middle) + "│" + bar(others, bars)
}

// mirrored is a bar that grows to the left.
func mirrored(x float64, width int) string {
	if math.IsNaN(x) {
		return strings.Repeat("·", width)
	}
	halves := int(math.Round(report.Unit(x) * float64(2*width)))
	full := strings.Repeat("▐", halves%2) + strings.Repeat("█", halves/2)
	return strings.Repeat("·", width-report.Columns(full)) + full
}

// tilt draws a gap and its interval round 0 in the middle, what is above 0 to
// the left.
func tilt(e measure.Estimate, bound float64, differs bool, width int) string {
	line := []rune(strings.Repeat("·", width))
	line[width/2] = '┊'
	if !e.Known() || bound == 0 {
		return string(line)
	}
	at := func(x float64) int { return int(math.Round(float64(width/2) * (1 - min(1, max(-1, x/bound))))) }
	if !math.IsNaN(e.Lo) && !math.IsNaN(e.Hi) {
		for k := at(e.Hi); k <= at(e.Lo); k++ {
			line[k] = '─'
		}
	}
	line[at(e.Center)] = '○'
	if differs {
		line[at(e.Center)] = '●'
	}
	return string(line)
}

func (t *text) tellAxes() {
	list := t.Axes(t.Gap.Axes)
	bound := 0.
	for _, a := range list {
		bound = report.Farther(bound, a.Estimate)
	}
	rows := [][]cell{}
	for _, a := range list {
		f := t.Difference(a.Estimate)
		mark := ""
		if report.HoldsZero(a.Estimate) {
			mark = report.Same
		}
		rows = append(rows, []cell{left(t.Say("gap-axis." + a.ID)), picture(tilt(a.Estimate, bound, mark == "", 21)), figures(f.Value),
			figures(strings.ReplaceAll(f.Interval+marks(f.Marks), " ", "\u00a0")), left(mark)})
	}
	if len(rows) > 0 {
		t.say(margin, 0, t.Say("gap.axes"), strong)
		t.table(margin, rows)
	}
}

func (t *text) tellDrivers() {
	said := false
	for _, side := range []string{"organisation", "community"} {
		var words []string
		for _, d := range t.Drivers(side) {
			if len(words) < driversTold {
				words = append(words, t.Say("gap.driver", report.Clip(report.Plain(d.Word), 30, "…"), t.Users(d.Organisation, d.Few), t.Users(d.Community, d.Few)))
			}
		}
		if len(words) > 0 {
			said = true
			t.say(margin, 2, t.Say("pair", t.Say("gap-words."+side), strings.Join(words, ", ")), usual)
		}
	}
	if said {
		t.say(margin, 0, t.Say("gap.drivers.counts"), faint)
	} else {
		t.say(margin, 0, t.Say("gap.drivers.none"), usual)
	}
}

func (t *text) tellPeriods() {
	all := t.Gap.Periods
	if len(all) == 0 {
		return
	}
	t.say(margin, 0, t.Say("gap.periods"), strong)
	rows := [][]cell{{left(""), left(t.Say("gap.people.both")).in(faint)}}
	axes := t.Axes(t.Gap.Axes)
	for _, a := range axes {
		rows[0] = append(rows[0], left(t.Say("gap-axis."+a.ID)).in(faint))
	}
	for _, p := range all[max(0, len(all)-periodsShown):] {
		row := []cell{left(t.Period(p.From, t.GapSpan())), left(t.Both(p.Sides))}
		for _, a := range axes {
			f := t.Difference(p.Axes[a.ID])
			row = append(row, left(strings.TrimRight(f.Value+" "+strings.ReplaceAll(f.Interval+marks(f.Marks), " ", "\u00a0"), " ")))
		}
		rows = append(rows, row)
	}
	t.table(margin, rows)
}

// tellGroups is the gap within each department, channel and language.
func (t *text) tellGroups() {
	if len(t.Gap.Groups) == 0 {
		return
	}
	t.say(margin, 0, t.Say("gap.groups"), strong)
	rows := [][]cell{{left(""), left(t.Say("gap.people.both")).in(faint)}}
	axes := t.Axes(t.Gap.Axes)
	for _, a := range axes {
		rows[0] = append(rows[0], left(t.Say("gap-axis."+a.ID)).in(faint))
	}
	for _, g := range t.Gap.Groups {
		row := []cell{left(report.Clip(t.GroupName(g), 30, "…")), left(t.Both(g.Sides))}
		for _, a := range axes {
			f := t.Difference(g.Axes[a.ID])
			row = append(row, left(strings.TrimRight(f.Value+" "+strings.ReplaceAll(f.Interval+marks(f.Marks), " ", "\u00a0"), " ")))
		}
		rows = append(rows, row)
	}
	t.table(margin, rows)
}

func (t *text) tellDeclared() {
	if len(t.Gap.Declared) == 0 {
		return
	}
	t.say(margin, 0, t.Say("gap.declared"), strong)
	rows := [][]cell{{left(""), left(t.Say("gap.declared.declared")).in(faint), left(t.Say("gap.declared.lived")).in(faint), left(t.Say("gap.gap")).in(faint), left(""), left("")}}
	for _, d := range t.Gap.Declared {
		f := t.Difference(d.Gap)
		mark := ""
		if f.Known && report.HoldsZero(d.Gap) {
			mark = report.Same
		}
		rows = append(rows, []cell{left(t.ValueName(d.ID)), right(t.Decimal(d.Declared, 2)), right(t.Decimal(report.Finite(d.Lived), 2)), figures(f.Value),
			figures(strings.ReplaceAll(f.Interval, " ", "\u00a0")), left(mark)})
	}
	t.table(margin, rows)
	for _, d := range t.Gap.Declared {
		if deeds := t.Deeds(d); deeds != "" {
			t.say(margin, 2, t.Say("pair", t.ValueName(d.ID), t.Say("gap.deeds", deeds)), usual)
		}
	}
}
