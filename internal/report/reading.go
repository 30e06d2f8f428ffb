package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/internal/lang"
)

// ReadingLines tells a reading in two lines: what was taken for what, and who is
// us. It is told before any number.
func ReadingLines(r *check.Reading, messages int, l lang.Language) []string {
	form := r.Form
	if form == "" {
		form = "?"
	}
	first := []string{l.Say("reading.form", form, messages, r.Threads, r.Replies)}
	if list := taken(r.Columns); list != "" {
		first = append(first, l.Say("reading.columns", list))
	}
	if list := counts(r.JoinedBy); list != "" {
		first = append(first, l.Say("reading.joined", list))
	}
	us, them, nobody := r.Sides[check.Us], r.Sides[check.Them], r.Sides[check.Nobodys]
	second := []string{l.Say("reading.us", us.People, us.Messages) + sideWords(us, l), l.Say("reading.them", them.People, them.Messages) + sideWords(them, l)}
	if nobody.Messages > 0 {
		second = append(second, l.Say("reading.nobody", nobody.Messages))
	}
	if r.Machines > 0 {
		second = append(second, l.Say("reading.machines", r.Machines))
	}
	if r.Notes > 0 {
		second = append(second, l.Say("reading.notes", r.Notes))
	}
	if list := leftOut(r.LeftOut); list != "" {
		second = append(second, l.Say("reading.left", list))
	}
	return []string{plain(strings.Join(first, "; ")), plain(strings.Join(second, "; "))}
}

// taken lists fields and the columns taken for them, without those called alike.
func taken(columns map[string]string) string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(columns)) {
		if columns[field] != field {
			list = append(list, field+"="+columns[field])
		}
	}
	return strings.Join(list, ", ")
}

func counts(of map[string]int) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		list = append(list, fmt.Sprintf("%s %d", name, of[name]))
	}
	return strings.Join(list, ", ")
}

func sideWords(s check.Speaking, l lang.Language) string {
	if len(s.Words) == 0 {
		return ""
	}
	return " " + l.Say("reading.words", strings.Join(s.Words[:min(len(s.Words), wordsShown)], ", "))
}

const wordsShown = 5

func leftOut(list []check.Left) string {
	var said []string
	for _, x := range list {
		said = append(said, fmt.Sprintf("%s %d", x.Why, x.Count))
	}
	return strings.Join(said, ", ")
}

// DoubtLines tells doubts of a reading: why, where, what to do.
func DoubtLines(doubts []check.Doubt, l lang.Language) (lines []string) {
	for _, d := range doubts {
		why, remedy := l.ReadingDoubt(d)
		if len(d.Rows) > 0 {
			rows := strings.Join(d.Rows[:min(len(d.Rows), 3)], ", ")
			if len(d.Rows) > 3 {
				rows = l.Say("reading.more", rows)
			}
			why += " (" + l.Say("reading.rows", rows) + ")"
		}
		lines = append(lines, plain(why), plain(remedy))
	}
	return lines
}

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
	for _, line := range ReadingLines(r, messages, t.Language) {
		t.say(0, 2, line, faint)
	}
}

// tellDoubts tells each doubt, and under it what settles it.
func (t *text) tellDoubts(doubts []check.Doubt) {
	for i, line := range DoubtLines(doubts, t.Language) {
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
	return &text{&speaker{Language: l}, &page{width: max(width, 40), colour: colour}}
}

// Inspected writes, for a terminal, a reading with some of its messages.
func Inspected(w io.Writer, r check.Reading, messages int, sample []Sampled, l lang.Language, width int, colour bool) error {
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
		t.say(margin, 2, strings.Join(m.about(l), " · "), faint)
		t.say(margin+2, 0, clip(plain(m.Text), 240, "…"), usual)
	}
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("writing the reading: %w", err)
	}
	return nil
}
