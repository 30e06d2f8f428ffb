// Package text writes reports for a terminal.
package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Write writes a report for a terminal: no line is wider than width columns (80
// when it is 0, never under 40), and colour is used only when asked for.
func Write(w io.Writer, r entregent.Report, l lang.Language, width int, colour bool) error {
	if width == 0 {
		width = 80
	}
	t := &text{report.NewSpeaker(r, l), &page{width: max(width, 40), colour: colour}}
	t.reading()
	t.head()
	t.six()
	t.index()
	t.answered()
	t.curve()
	t.periods()
	t.crises()
	t.groups()
	t.waiting()
	t.naive()
	t.gap()
	t.standing()
	t.log()
	t.doubts()
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// text is a speaker with a page to write on.
type text struct {
	*report.Speaker
	*page
}

const margin = 2 // of what stands under a heading

// marks are footnote marks: ¹,³
func marks(numbers []int) string {
	var b strings.Builder
	for i, n := range numbers {
		if i > 0 {
			b.WriteString(",")
		}
		for _, digit := range fmt.Sprint(n) {
			b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[digit-'0'])
		}
	}
	return b.String()
}

// short is a figure in a narrow column: value, interval, marks.
func (t *text) short(e measure.Estimate) string {
	f := t.Figure(e)
	out := f.Value
	if f.Interval != "" {
		out += "  " + f.Interval
	}
	return strings.ReplaceAll(out+marks(f.Marks), " ", "\u00a0")
}

// inline is an estimate in running text.
func (t *text) inline(e measure.Estimate) string {
	f := t.Figure(e)
	return f.Whole() + marks(f.Marks)
}

func (t *text) head() {
	p := &t.Presence
	for _, line := range report.Wrap(t.Heading(), t.width) {
		t.WriteString(t.paint(line, strong) + "\n")
	}
	if !p.Window.From.IsZero() {
		t.say(0, 0, t.Say("head.window", t.Date(p.Window.From), t.Date(p.Window.Until)), usual)
	}
	if p.Answers == presence.ByAnyone {
		t.say(0, 0, t.Say("head.anyone"), usual)
	}
	t.say(0, 0, t.Say("head.counts", p.Counts.Appeals, p.Counts.Askers, p.Counts.NeedAnswer, p.Waiting.Count), usual)
	t.say(0, 0, t.Say("head.intervals", 100*p.Parameters.Confidence, report.Plain(p.Version)), faint)
}

func (t *text) six() {
	t.heading(t.Say("six.title"))
	rows := [][]cell{}
	for _, c := range t.Components() {
		f := t.Figure(c.Estimate)
		rows = append(rows, []cell{left(t.Say("component." + c.Name)), picture(bar(c.Center, 20)), right(f.Value), figures(f.Interval),
			left(t.Say("n", c.N) + " " + marks(f.Marks))})
	}
	t.table(margin, rows)
	t.say(margin, 0, t.Say("six.scale"), faint)
	for _, c := range t.Components() {
		if !c.Known() {
			t.say(margin, 2, t.Say("six.unmeasured", t.Say("component."+c.Name), t.Reasons(c.Doubts)), usual)
		}
		if beside := t.beside(c.Beside); beside != "" {
			t.say(margin, 2, t.Say("component."+c.Name)+" · "+beside, faint)
		}
	}
}

// beside says the figures that stand beside a component.
func (t *text) beside(list []presence.Beside) string {
	said := []string{}
	for _, b := range list {
		said = append(said, t.Say("beside.text", t.BesideName(b), t.Bare(b), b.N))
	}
	return strings.Join(said, " · ")
}

func (t *text) index() {
	x := &t.Presence.Index
	t.heading(t.Say("index.title"))
	if x.Value == nil {
		t.say(margin, 0, t.Say("index.none"), strong)
		t.say(margin, 0, t.Reasons(x.Doubts), usual)
		return
	}
	f := t.IndexFigure()
	t.say(margin, 0, t.Say("index.value", f.Value, f.Interval)+" "+marks(f.Marks), strong)
	t.say(margin, 0, t.Say("index.rests", x.NAppeals, x.NAskers, x.Waiting), usual)
	if len(x.Unmeasured) > 0 {
		t.say(margin, 0, t.Say("index.unmeasured", t.Names("component", x.Unmeasured)), usual)
	}
	if x.Bound != nil && x.Excluded > 0 {
		t.say(margin, 0, t.Say("index.bound", x.Excluded, *x.Bound), usual)
	}
	t.say(margin, 0, t.Say("index.formula"), faint)
}

func (t *text) answered() {
	p := &t.Presence
	t.heading(t.Say("answered.title"))
	all, need := t.Share("7d", presence.ByOrganisation, presence.All).N, t.Share("7d", presence.ByOrganisation, presence.Needing).N
	rows := [][]cell{
		{left(""), left(t.Say("of.all")), left(t.Say("n", all)), left(t.Say("of.needing")), left(t.Say("n", need))},
		{left(t.Say("answered.within")).in(faint), left(t.Say("by.org")).in(faint), left(t.Say("by.anyone")).in(faint),
			left(t.Say("by.org")).in(faint), left(t.Say("by.anyone")).in(faint)}}
	for _, h := range report.Horizons {
		row := []cell{left(t.Within(h))}
		for _, of := range []presence.Denominator{presence.All, presence.Needing} {
			for _, rule := range []presence.Rule{presence.ByOrganisation, presence.ByAnyone} {
				row = append(row, figures(t.short(t.Share(h, rule, of))))
			}
		}
		rows = append(rows, row)
	}
	t.table(margin, rows)
	t.say(margin, 2, t.Say("median.text", t.inline(p.MedianWait), p.MedianWait.N), usual)
	t.WriteString("\n")
	rows = [][]cell{{left(t.Say("answered.within")).in(faint), left(t.Say("acknowledged.short")).in(faint), left(t.Say("n.short")).in(faint),
		left(t.Say("now.short")).in(faint), left(t.Say("n.short")).in(faint)}}
	for _, h := range report.Horizons {
		receipt, now := report.Within(p.Acknowledged, h), report.Within(p.Now, h)
		rows = append(rows, []cell{left(t.Within(h)), figures(t.short(receipt)), right(t.Integer(receipt.N)), figures(t.short(now)), right(t.Integer(now.N))})
	}
	t.table(margin, rows)
}

func (t *text) curve() {
	curve := t.Presence.Curve
	t.heading(t.Say("curve.title"))
	if len(curve) == 0 {
		t.say(margin, 0, t.Say("curve.none"), usual)
		return
	}
	const height, axis = 9, 8
	wide := min(t.width-axis-8, 72) // room for the last label
	for i, line := range skyline(curve, wide, height) {
		label := ""
		switch i {
		case 0:
			label = t.Percent(1, 0)
		case height / 2:
			label = t.Percent(.5, 0)
		}
		t.WriteString(strings.TrimRight(fmt.Sprintf("%s%s │%s", strings.Repeat(" ", axis-2-report.Columns(label)), label, t.paint(line, accent)), " ") + "\n")
	}
	t.WriteString(strings.Repeat(" ", axis-1) + "└" + strings.Repeat("─", wide) + "\n")
	names := []rune(strings.Repeat(" ", wide+axis+8))
	for _, k := range t.WaitTicks(report.TimeScale(curve), .12, .12) {
		copy(names[axis+int(k.At*float64(wide-1)):], []rune(k.Label))
	}
	t.WriteString(strings.TrimRight(string(names), " ") + "\n")
	t.say(margin, 2, t.Say("curve.legend"), faint)
	last := curve[len(curve)-1]
	t.say(margin, 2, t.Say("curve.last", t.Clock(last.Hours), t.inline(last.Organisation), t.inline(last.Anyone), t.Percent(last.NaiveShare, 0),
		last.Organisation.N, last.AtRisk), usual)
}

func (t *text) naive() {
	n := &t.Presence.Naive
	t.heading(t.Say("naive.title"))
	t.say(margin, 0, t.Say("naive.says", n.Answered, n.Appeals), usual)
	rows := [][]cell{{left(""), left(t.Say("naive.answered-only")).in(faint), left(t.Say("naive.honest")).in(faint), left(t.Say("n.short")).in(faint)}}
	for _, r := range t.NaiveRows() {
		rows = append(rows, []cell{left(r.Name), left(r.Naive), left(r.Honest.Whole() + marks(r.Honest.Marks)), right(r.Honest.N)})
	}
	t.table(margin, rows)
}

func (t *text) log() {
	t.heading(t.Say("log.title"))
	t.say(margin, 0, t.Say("log.counts", t.Log.Messages, t.Log.Threads, t.Log.People, t.Log.OrganisationMessages, t.Log.CommunityMessages, t.Log.UnknownMessages), usual)
	if !t.Log.First.IsZero() {
		t.say(margin, 0, t.Say("log.span", t.Date(t.Log.First), t.Date(t.Log.Last)), usual)
	}
	if len(t.Log.Problems) == 0 {
		t.say(margin, 0, t.Say("log.clean"), usual)
	}
	for _, p := range t.Log.Problems {
		t.say(margin, 2, t.Integer(p.Count)+" · "+report.Plain(t.Problem(p.Kind)), usual)
		for _, example := range p.Examples[:min(len(p.Examples), examplesShown)] {
			t.say(margin+2, 2, report.Plain(example), faint)
		}
	}
}

func (t *text) doubts() {
	t.heading(t.Say("doubts.title"))
	if len(t.General)+len(t.Marked) == 0 {
		t.say(margin, 0, t.Say("doubts.none"), usual)
	}
	for _, d := range t.General {
		t.say(margin, 2, "• "+d, usual)
	}
	for i, d := range t.Numbered() {
		t.say(margin, 2, marks([]int{i + 1})+" "+d, usual)
	}
	t.say(margin, 0, t.Say("method.where", report.Plain(t.Presence.Version)), faint)
	t.say(margin, 0, t.Say("method.ours"), faint)
}
