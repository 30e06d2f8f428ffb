package table

import (
	"strings"
	"time"
)

// byWords are parts of a name that say that somebody is named, whens those that
// say that a time is, tells those that a text is.
var (
	byWords = set(`by author name agent von par por da door auteur autor autore nom nombre user username responder`)
	whens   = set(`at date time on le datum fecha data timestamp heure hora ora tijd zeit millis am el il em when`)
	tells   = set(`text content contents body message comment texte contenu commentaire developer owner company official public business merchant seller admin staff our
		officielle officiel entreprise organisation organization brand du de la l des proprietaire mairie inhalt unternehmens inhabers vom des
		texto contenido empresa del testo azienda tekst inhoud van bedrijf conteudo da html plain raw first initial`)
)

// found is the best column so far for something about answers.
type found struct{ column, rank int }

func (f *found) offer(column, rank int) {
	if f.column < 0 || rank > f.rank {
		f.column, f.rank = column, rank
	}
}

// answers finds the columns in which the answer to a row stands in that row.
func (t *layout) answers() {
	told := t.has(fieldAnswer) || t.has(fieldAnswered) || t.has(fieldDelay)
	text, when, delay, who := found{column: -1}, found{column: -1}, found{column: -1}, found{column: -1}
	for i := range t.names {
		if t.fields[i] != other || t.has(fieldReplyTo) && told {
			continue
		}
		name := columnName(t.names[i])
		if base, _, lang := bare(name); lang != "" {
			name = base
		}
		if !answering(name) {
			continue
		}
		rank := ranked(name)
		switch t.about(i, name) {
		case fieldAnswer:
			text.offer(i, rank)
		case fieldAnswered:
			when.offer(i, rank)
		case fieldDelay:
			delay.offer(i, rank)
		case fieldAnswerer:
			who.offer(i, rank)
		}
	}
	t.settle(fieldAnswer, text)
	if t.has(fieldAnswer) || when.rank >= 0 {
		t.settle(fieldAnswered, when)
	}
	if !t.has(fieldAnswered) && delay.rank >= 0 {
		t.settle(fieldDelay, delay)
	}
	t.settle(fieldAnswerer, who)
	for _, name := range guesses[fieldAnswerer] {
		if i := t.called(name); !t.has(fieldAnswerer) && i >= 0 && t.seen[i].may(fieldAnswerer) {
			t.fields[i], t.kept[i] = fieldAnswerer, true
		}
	}
	t.answersToo()
}

// ranked puts the first answer before others, and others before the last.
func ranked(name string) (rank int) {
	if holds(name, firsts) {
		rank += 2
	}
	if holds(name, lasts) {
		rank -= 2
	}
	if strings.Contains(name, "business") && holds(name, units1) {
		rank-- // hours of business: those that passed are meant
	}
	return rank
}

var units1 = set(`minutes hours time hrs`)

func (t *layout) settle(f field, best found) {
	if best.column >= 0 && !t.has(f) {
		t.take(f, best.column)
	}
}

// about says what a column named for an answer holds: its text, its time, how
// long it took, who gave it, or something else.
func (t *layout) about(i int, name string) field {
	p := &t.seen[i]
	switch {
	case p.filled == 0 && holds(name, byWords):
		return fieldAnswerer
	case p.filled == 0 && holds(name, whens):
		return fieldAnswered
	case p.filled == 0 && allIn(name, answerWords, tells):
		return fieldAnswer
	case p.filled == 0:
		return other
	case p.most(p.times, 60):
		return fieldAnswered
	case p.most(p.truths, 95) && !p.most(p.lengths, 95):
		return other
	case p.most(p.lengths-p.numbers, 60) && p.lengths > p.numbers, p.most(p.numbers, 60) && unitOf(name) > 0:
		return fieldDelay
	case p.most(p.numbers, 60):
		return other
	case p.most(p.long, 30) && !p.few():
		return fieldAnswer
	case holds(name, byWords):
		return fieldAnswerer
	case allIn(name, answerWords, tells):
		return fieldAnswer
	}
	return other
}

// allIn says whether each word of a name is in one of two sets.
func allIn(name string, a, b map[string]bool) bool {
	for _, w := range strings.Split(name, "_") {
		if !a[w] && !b[w] {
			return false
		}
	}
	return true
}

// unitOf is the unit that a column's name gives its figures; 0 when it gives none.
func unitOf(name string) time.Duration {
	parts := strings.Split(name, "_")
	for i := len(parts) - 1; i >= 0; i-- {
		if seconds := units[parts[i]]; seconds > 0 {
			return time.Duration(seconds * float64(time.Second))
		}
	}
	return 0
}

// answersToo takes the same answer in other languages, or as HTML.
func (t *layout) answersToo() {
	first := t.at(fieldAnswer)
	if first < 0 {
		return
	}
	base, _, lang := bare(columnName(t.names[first]))
	for i := range t.names {
		b, _, l := bare(columnName(t.names[i]))
		if t.fields[i] == other && (lang != "" && l != "" && b == base || columnName(t.names[i]) == base+"_html") {
			t.fields[i], t.langs[i], t.kept[i] = fieldAnswerToo, l, l != ""
		}
	}
}

// answered says whether rows bring their answers, and wordless whether these have
// a time alone.
func (t *layout) answered() (yes, wordless bool) {
	timed := t.has(fieldAnswered) || t.has(fieldDelay)
	return timed, timed && !t.has(fieldAnswer)
}
