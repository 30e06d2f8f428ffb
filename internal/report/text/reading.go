package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
)

// reading tells the reading on top of a report, and what can be doubted in it.
func (t *text) reading() {
	if t.Reading.Form == "" {
		return // not read from files
	}
	t.tellReading(&t.Reading, t.Log.Messages)
	switch {
	case t.Reading.Blocks():
		t.say(0, 0, t.Say("reading.despite"), strong)
	case len(t.Reading.Doubts) > 0:
		t.say(0, 0, t.Say("reading.doubted"), usual)
	}
	t.tellDoubts(t.Reading.Doubts)
	t.WriteString("\n")
}

func (t *text) tellReading(r *check.Reading, messages int) {
	for _, line := range report.ReadingLines(r, messages, t.Language) {
		t.say(0, 2, line, faint)
	}
}

// tellDoubts tells each doubt, and under it what settles it.
func (t *text) tellDoubts(doubts []check.Doubt) {
	for i, line := range report.DoubtLines(doubts, t.Language) {
		if i%2 == 0 {
			t.say(margin, 2, line, usual)
		} else {
			t.say(margin+2, 2, line, faint)
		}
	}
}

// Asked writes, for a terminal, what is told instead of a report when the reading
// can't be right.
func Asked(w io.Writer, q entregent.Question, l lang.Language, width int, colour bool) error {
	t := plainText(l, width, colour)
	t.tellReading(&q.Reading, q.Log.Messages)
	t.WriteString("\n")
	t.say(0, 0, t.Say("reading.cant"), strong)
	t.tellDoubts(q.Reading.Doubts)
	t.say(0, 0, t.Say("reading.anyway"), usual)
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("writing the question: %w", err)
	}
	return nil
}

// plainText is a page to write on, of no report.
func plainText(l lang.Language, width int, colour bool) *text {
	if width == 0 {
		width = 80
	}
	return &text{report.NewSpeaker(entregent.Report{}, l), &page{width: max(width, 40), colour: colour}}
}

// Inspected writes, for a terminal, a reading with some of its messages.
func Inspected(w io.Writer, r check.Reading, messages int, sample []report.Sampled, l lang.Language, width int, colour bool) error {
	t := plainText(l, width, colour)
	t.tellReading(&r, messages)
	if len(r.Doubts) > 0 {
		t.WriteString("\n")
		as := "reading.doubted"
		if r.Blocks() {
			as = "reading.cant"
		}
		t.say(0, 0, t.Say(as), strong)
		t.tellDoubts(r.Doubts)
	}
	t.heading(t.Say("reading.sample", len(sample)))
	for _, m := range sample {
		t.say(margin, 2, strings.Join(m.About(l), " · "), faint)
		t.say(margin+2, 0, report.Clip(report.Plain(m.Text), 240, "…"), usual)
	}
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("writing the reading: %w", err)
	}
	return nil
}
