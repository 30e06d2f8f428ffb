package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report/text"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// gapCommand measures the gap alone.
type gapCommand struct {
	Files     []string  `arg:"" name:"file" help:"JSON, CSV with a header, mbox or mail, the export of a chat, forum, network or help desk; plain, .gz, .zst or .zip; a folder of them; - is standard input."`
	Yardstick string    `short:"y" default:"fosse" placeholder:"NAME|FILE" help:"fosse, schwartz, schwartz10, schwartz4, or a file of your own."`
	Declared  string    `placeholder:"FILE" help:"A text in which the organisation says what it stands for, a paragraph a statement: is it lived?"`
	Against   []string  `placeholder:"FILE" help:"Also compare with the organisation of another conversation."`
	By        []gap.By  `enum:"department,channel,language" placeholder:"WHAT" help:"Also by department, channel or language."`
	Every     gap.Every `enum:",month,quarter,year" default:"" placeholder:"TIME" help:"Also over time: month, quarter or year."`
	Quotes    string    `enum:"none,own,all" default:"all" placeholder:"WHOSE" help:"Whose messages are quoted: none, own (the organisation's) or all."`
	Labels    []string  `placeholder:"FILE" help:"Files that entregent label wrote."`
	Public    bool      `help:"Hold back what only those inside may see."`
	Seed      uint64    `default:"1" help:"Of the draws behind the intervals."`
	Draws     int       `default:"400" help:"How many draws."`
	JSON      bool      `help:"Write the report as JSON."`

	Organisation string `short:"o" aliases:"organization" placeholder:"WHO" help:"Who the organisation is, where the messages don't say."`
	reading      `embed:"" group:"How to read"`
	despite      `embed:"" group:"How to read"`
}

// Run reads, measures and tells.
func (c *gapCommand) Run(s *step) error {
	log, done, err := c.read(s, c.Files)
	if err != nil {
		return err
	}
	defer done()
	labels, err := readLabels(c.Labels)
	if err != nil {
		return err
	}
	model, err := yardstick(c.Yardstick, log, labels)
	if err != nil {
		return err
	}
	quotes, _ := gap.ParseQuotes(c.Quotes)
	o := gap.Options{Model: model, Quotes: quotes, Every: c.Every, By: c.By, Draws: c.Draws, Seed: c.Seed, Public: c.Public, Labels: random(labels, model.Yardstick.ID)}
	if c.Declared != "" {
		if o.Declared, err = paragraphs(c.Declared); err != nil {
			return err
		}
		o.Deeds = gap.Deeds(presence.Measure(log, presence.Options{Seed: c.Seed}))
	}
	told := struct {
		Gap     gap.Report   `json:"gap"`
		Against *gap.Against `json:"against,omitempty"`
	}{Gap: gap.Measure(log, o)}
	if len(c.Against) > 0 {
		other, done, err := c.read(s, c.Against)
		if err != nil {
			return err
		}
		defer done()
		a := gap.Between(log, other, o)
		told.Against = &a
	}
	if err := log.Err(); err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		return e.Encode(told)
	}
	w := &errWriter{w: s.out}
	tellGap(w, told.Gap, model)
	if told.Against != nil {
		tellAgainst(w, told.Against)
	}
	return w.err
}

// read reads files into a log whose texts are kept on disk; done forgets them.
func (c *gapCommand) read(s *step, files []string) (log *conversation.Log, done func(), err error) {
	read, err := c.options(c.Organisation, nil)
	if err != nil {
		return nil, nil, err
	}
	texts, err := open.Keep()
	if err != nil {
		return nil, nil, err
	}
	done = func() { _ = texts.Close() }
	log = conversation.NewLog(texts)
	o := open.Options{Stdin: s.in, ReadOptions: read}
	if err = open.Read(s.ctx, log, files, o); err == nil && log.Len() == 0 {
		err = fmt.Errorf("reading %s: no message was found in it", strings.Join(files, ", "))
		for _, tally := range log.Problems().All() {
			if len(tally.Examples) > 0 {
				err = fmt.Errorf("%w; the first line that is none: %w", err, &tally.Examples[0])
				break
			}
		}
	}
	if err != nil {
		done()
		return nil, nil, c.fits(err)
	}
	if c.Anyway {
		return log, done, nil
	}
	if err = c.ask(s, log); err != nil {
		done()
		return nil, nil, err
	}
	return log, done, nil
}

// wrong are the doubts under which no gap can be true: it compares the texts of two
// sides, however they hang together.
var wrong = []check.Code{check.AllOurs, check.NobodyOurs, check.Unread, check.QuoteKept, check.PatternKept}

// ask tells what can't be right in a reading, and fails when a gap would not be
// true.
func (c *gapCommand) ask(s *step, log *conversation.Log) error {
	q, _ := entregent.Ask(log, time.Time{}, time.Time{})
	blocking := q.Reading.Blocking(wrong...)
	if len(blocking) == 0 {
		return nil
	}
	q.Reading.Doubts = blocking
	var err error
	if c.JSON {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		err = e.Encode(struct {
			Gap     *gap.Report   `json:"gap"`
			Reading check.Reading `json:"reading"`
		}{nil, q.Reading})
	} else {
		err = text.Asked(s.out, q, lang.English, width(s.out), colourful(s.out, s.env))
	}
	if err != nil {
		return err
	}
	return errors.New(lang.English.Say("reading.failure", len(blocking)))
}

// paragraphs cuts a declaration at its blank lines.
func paragraphs(file string) ([]ethos.Text, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading what is declared: %w", err)
	}
	var out []ethos.Text
	for p := range strings.SplitSeq(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n\n") {
		if strings.TrimSpace(p) != "" {
			out = append(out, ethos.Text{Text: p})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("reading what is declared: %w", errors.New(file+" is empty"))
	}
	return out, nil
}

// errWriter keeps the first error, so that a page of prints needs one check.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err != nil {
		return len(p), nil
	}
	_, e.err = e.w.Write(p)
	return len(p), nil
}

// tellGap prints the report for reading.
func tellGap(out io.Writer, r gap.Report, m *ethos.Model) {
	o, c := r.Sides.Organisation, r.Sides.Community
	fmt.Fprintf(out, "%s: organisation %s; community %s\n\n", m.Yardstick.Name.In("en"), counted(o), counted(c))
	if len(r.Values) > 0 && !r.Values[0].Gap.Known() {
		fmt.Fprintln(out, "No gap is given:")
		for _, d := range r.Doubts {
			fmt.Fprintln(out, d)
		}
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "value\torganisation\tcommunity\tgap, 95 % interval\t")
	for _, v := range r.Values {
		mark := "~"
		if v.Differs {
			mark = "differs"
		}
		if v.Organisation == nil {
			fmt.Fprintf(w, "%s\t?\t?\t?\t\n", v.Name.In("en"))
			continue
		}
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%+.3f [%+.3f, %+.3f]\t%s%s\n", v.Name.In("en"), *v.Organisation, *v.Community, v.Gap.Center, v.Gap.Lo, v.Gap.Hi, mark, settle(v.More))
	}
	_ = w.Flush()
	fmt.Fprintln(out)
	for _, axis := range ethos.Axes {
		if e, ok := r.Axes[axis]; ok && e.Known() {
			fmt.Fprintf(out, "%-18s %+.3f [%+.3f, %+.3f]\n", strings.ReplaceAll(axis, "_", " - "), e.Center, e.Lo, e.Hi)
		}
	}
	if d := r.Distance; d.Excess != nil {
		fmt.Fprintf(out, "distance %.3f, of which chance %.3f (p %.3f)\n", d.JSD.Center, *d.Null, *d.P)
		if c := d.Circular; c != nil {
			fmt.Fprintf(out, "round the circle of the values %.3f, of which chance %.3f (p %.3f)\n", c.Found, c.Null, c.P)
		}
	}
	for _, side := range []string{"organisation", "community"} {
		var words []string
		for _, d := range r.Drivers {
			if d.Side == side {
				words = append(words, d.Word)
			}
		}
		if len(words) > 0 {
			fmt.Fprintf(out, "words of the %s: %s\n", side, strings.Join(words, ", "))
		}
	}
	for _, p := range r.Periods {
		fmt.Fprintf(out, "%s: %s\n", p.From.Format("2006-01"), axesLine(p.Axes))
	}
	for _, g := range r.Groups {
		fmt.Fprintf(out, "%s %s: %s\n", g.By, g.Name, axesLine(g.Axes))
	}
	tellDeclared(out, r.Declared)
	for _, v := range r.Values[:min(3, len(r.Values))] {
		for _, q := range v.Quotes {
			fmt.Fprintf(out, "\n%s, %s, %s: %s\n", v.Name.In("en"), q.Side, q.Message, marked(q))
		}
	}
	fmt.Fprintln(out)
	for _, d := range r.Doubts {
		fmt.Fprintln(out, d)
	}
}

// counted says who spoke on a side.
func counted(s gap.Side) string {
	if s.Withheld {
		return "not shown"
	}
	return plural(s.Persons, "person") + ", " + plural(s.Messages, "message")
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// tellDeclared prints what is declared, what the messages speak of, and deeds.
func tellDeclared(out io.Writer, list []gap.Declared) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(out, "\ndeclared, and lived:")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, d := range list {
		lived, mark := "?", ""
		if d.Lived != nil && d.Gap.Known() {
			lived = fmt.Sprintf("%.2f\t%+.3f [%+.3f, %+.3f]", *d.Lived, d.Gap.Center, d.Gap.Lo, d.Gap.Hi)
			if d.Gap.Lo <= 0 && d.Gap.Hi >= 0 {
				mark = "~"
			}
		} else {
			lived += "\t"
		}
		var deeds []string
		for _, deed := range d.Deeds {
			switch e := deed.Share; {
			case !e.Known():
			case math.IsNaN(e.Lo):
				deeds = append(deeds, fmt.Sprintf("%s %.2f", deed.ID, e.Center))
			default:
				deeds = append(deeds, fmt.Sprintf("%s %.2f [%.2f, %.2f]", deed.ID, e.Center, e.Lo, e.Hi))
			}
		}
		fmt.Fprintf(w, "%s\t%.2f\t%s\t%s\t%s\n", d.ID, d.Declared, lived, mark, strings.Join(deeds, ", "))
	}
	_ = w.Flush()
}

func settle(m *gap.More) string {
	switch {
	case m == nil:
		return ""
	case m.Labels > 0:
		return fmt.Sprintf(" (%s or %s a side would tell)", plural(m.Messages, "more message"), plural(m.Labels, "label"))
	}
	return fmt.Sprintf(" (%s a side would tell)", plural(m.Messages, "more message"))
}

func axesLine(axes map[string]measure.Estimate) string {
	var parts []string
	for _, axis := range ethos.Axes {
		e, ok := axes[axis]
		switch {
		case !ok:
		case !e.Known():
			parts = append(parts, "?")
		default:
			parts = append(parts, fmt.Sprintf("%s %+.3f [%+.3f, %+.3f]", strings.ReplaceAll(axis, "_", " - "), e.Center, e.Lo, e.Hi))
		}
	}
	return strings.Join(parts, "; ")
}

// marked is a quote around its strongest span, the spans in brackets.
func marked(q gap.Quote) string {
	const around = 120
	if len(q.Spans) == 0 {
		return strings.Join(strings.Fields(q.Text[:wordEnd(q.Text, around)]), " ")
	}
	best := slices.MaxFunc(q.Spans, func(a, b ethos.Span) int {
		switch {
		case a.Contribution > b.Contribution:
			return 1
		case a.Contribution < b.Contribution:
			return -1
		}
		return 0
	})
	from, to := max(0, best.Start-around), wordEnd(q.Text, best.End+around)
	for from > 0 && from < best.Start && q.Text[from-1] != ' ' {
		from++
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	at := from
	for _, span := range q.Spans {
		if span.Start < at || span.End > to {
			continue
		}
		b.WriteString(q.Text[at:span.Start] + "[" + q.Text[span.Start:span.End] + "]")
		at = span.End
	}
	b.WriteString(q.Text[at:to])
	if to < len(q.Text) {
		b.WriteString(" …")
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "")), " ")
}

// wordEnd moves a place in a text on to the end of a word.
func wordEnd(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	if end := strings.IndexAny(text[at:], " \n"); end >= 0 {
		return at + end
	}
	return len(text)
}

func tellAgainst(out io.Writer, a *gap.Against) {
	fmt.Fprintf(out, "\nagainst the other organisation (%s): %s\n", counted(a.Other), axesLine(a.Axes))
	for _, v := range a.Order {
		fmt.Fprintf(out, "  %s %+.3f [%+.3f, %+.3f]\n", v.ID, v.Gap.Center, v.Gap.Lo, v.Gap.Hi)
	}
}
