package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

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
	return []string{also(first, l), also(second, l)}
}

// also joins parts of a line.
func also(parts []string, l lang.Language) string {
	said := Plain(parts[0])
	for _, part := range parts[1:] {
		said = l.Say("reading.also", said, Plain(part))
	}
	return said
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
		_, remedy := l.ReadingDoubt(d)
		lines = append(lines, DoubtLine(d, l), Plain(remedy))
	}
	return lines
}

// DoubtLine tells why a reading can't be right, and where.
func DoubtLine(d check.Doubt, l lang.Language) string {
	why, _ := l.ReadingDoubt(d)
	if len(d.Rows) > 0 {
		rows := strings.Join(d.Rows[:min(len(d.Rows), 3)], ", ")
		if len(d.Rows) > 3 {
			rows = l.Say("reading.more", rows)
		}
		why += " (" + l.Say("reading.rows", rows) + ")"
	}
	return Plain(why)
}
