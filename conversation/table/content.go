package table

import (
	"strings"
)

// byContent finds by what stands in the columns what their names didn't say.
func (t *layout) byContent(rows []record) {
	t.findTime()
	t.findText()
	t.findIDs(rows)
	if !t.has(fieldAuthor) {
		t.best(fieldAuthor, func(p *profile, name string) int { return p.mails * 100 / max(1, p.filled) / 80 })
	}
	if !t.has(fieldAuthor) {
		t.best(fieldAuthor, func(p *profile, name string) int {
			if holds(name, people) && !holds(name, notPeople) && !answering(name) && p.may(fieldAuthor) && !p.most(p.numbers, 90) && p.mean() <= 60 {
				return 1
			}
			return 0
		})
	}
	if t.has(fieldSubject) && !t.has(fieldText) {
		t.fields[t.at(fieldSubject)] = fieldText
	}
	if !t.has(fieldURL) {
		t.best(fieldURL, func(p *profile, name string) int { return p.links * 100 / max(1, p.filled) / 90 })
		if i := t.at(fieldURL); i >= 0 {
			t.kept[i] = true
		}
	}
}

// best gives a field the column with the highest mark above 0.
func (t *layout) best(f field, mark func(p *profile, name string) int) {
	at, most := -1, 0
	for i := range t.names {
		if t.fields[i] != other || t.seen[i].filled == 0 {
			continue
		}
		if m := mark(&t.seen[i], columnName(t.names[i])); m > most {
			at, most = i, m
		}
	}
	if at >= 0 {
		t.take(f, at)
	}
}

// findTime takes the first column of dates that aren't those of a change, an end
// or an answer; one whose name speaks of a date before others.
func (t *layout) findTime() {
	if t.has(fieldTime) {
		return
	}
	t.best(fieldTime, func(p *profile, name string) int {
		named := holds(name, whens) || holds(name, dates)
		figures := p.most(p.numbers, 50)
		switch {
		case !p.most(p.times, 80) || holds(name, notAsked) || answering(name) || figures && !named:
			return 0
		case named && !figures:
			return 3
		case named:
			return 1
		}
		return 2
	})
}

// findText takes the text that is there as HTML alone, or the column with the
// longest texts, or one that is called an answer where nothing is asked.
func (t *layout) findText() {
	if t.has(fieldText) {
		return
	}
	if i := t.at(fieldTextToo); i >= 0 {
		t.fields[i] = fieldText
		return
	}
	t.best(fieldText, func(p *profile, name string) int {
		if !p.most(p.long, 30) || answering(name) && t.has(fieldAnswered) {
			return 0
		}
		return p.mean()
	})
	if t.has(fieldText) {
		return
	}
	if i := t.at(fieldAnswer); i >= 0 && !t.has(fieldSubject) {
		t.fields[i] = fieldText
		return
	}
	for _, name := range lastResort {
		if i := t.called(name); i >= 0 && t.seen[i].may(fieldText) {
			t.take(fieldText, i)
			return
		}
	}
}

// findIDs finds ids by what refers to them: a column in which each cell differs,
// and one whose cells are found in an earlier row of it.
func (t *layout) findIDs(rows []record) {
	if t.has(fieldReplyTo) && t.has(fieldID) || len(rows) < 3 {
		return
	}
	for i := range t.names {
		p := &t.seen[i]
		if !(t.fields[i] == fieldID || t.fields[i] == other && !t.has(fieldID)) || !p.unique() || p.filled < len(rows) || p.most(p.long, 1) || p.most(p.mails, 1) || p.mean() < 3 || p.mean() > 80 {
			continue
		}
		at := -1
		if given := t.at(fieldReplyTo); given >= 0 {
			if refers(rows, given, i) {
				at = given
			}
		} else {
			at = t.referring(rows, i)
		}
		if at >= 0 {
			t.fields[i], t.fields[at] = fieldID, fieldReplyTo
			return
		}
	}
	if !t.has(fieldID) {
		t.best(fieldID, func(p *profile, name string) int {
			if p.unique() && p.filled == len(rows) && p.may(fieldID) && !p.most(p.long, 1) && p.mean() <= 60 && holds(name, idWords) && !holds(name, notAsked) {
				return 1
			}
			return 0
		})
	}
}

var idWords = set(`id uid uuid guid nummer numero key cle clave chiave`)

// referring finds a column whose cells are ids of earlier rows; -1 when none is.
func (t *layout) referring(rows []record, id int) int {
	for i := range t.names {
		if i != id && t.fields[i] == other && t.seen[i].filled >= 2 && refers(rows, i, id) {
			return i
		}
	}
	return -1
}

// refers says whether nine of ten cells of a column are ids of other rows, and
// most of those of earlier ones, or most of later ones.
func refers(rows []record, column, id int) bool {
	line := map[string]int{}
	for n, r := range rows {
		if id < len(r.cells) {
			line[strings.TrimSpace(r.cells[id])] = n
		}
	}
	filled, hit, before, itself := 0, 0, 0, 0
	for n, r := range rows {
		if column >= len(r.cells) {
			continue
		}
		cell := strings.TrimSpace(r.cells[column])
		if cell == "" || isNull(cell) {
			continue
		}
		filled++
		at, ok := line[cell]
		if !ok {
			at, ok = line[bareID(cell)]
		}
		if ok {
			hit++
			if at < n {
				before++
			}
			if at == n {
				itself++
			}
		}
	}
	return filled >= 2 && hit*10 >= filled*9 && itself == 0 && (before*10 >= hit*9 || before*10 <= hit)
}

// bareID is an id without the sign that some write before it: t3_abc and t1_abc
// (Reddit, by kind), #12, re:12.
func bareID(id string) string {
	if len(id) > 3 && id[0] == 't' && id[1] >= '1' && id[1] <= '6' && id[2] == '_' {
		return id[3:]
	}
	return strings.TrimPrefix(id, "#")
}
