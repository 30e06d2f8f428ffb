package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// layout is how a table is to be read: which column holds what.
type layout struct {
	names    []string // of columns, no two alike
	plain    []string // the same, folded: see plainName
	fields   []field
	langs    []string // by column: the language in which its text is
	seen     []profile
	kept     []bool // by column: what it says is kept as an attribute besides
	speakers map[int]*vocabulary
	sides    map[string]conversation.Side // what words mean, as a person said

	thread  threading
	unit    time.Duration // of a delay in figures
	zone    string        // of times, as the column's name says it
	noted   bool          // private columns tell notes from messages
	strip   bool          // ids are written with a prefix where they are replied to
	title   titling
	single  bool // each row is a thread of its own
	asker   bool // the author's column names whoever asks, whoever writes
	brings  bool // rows bring their answers
	bare    bool // of which the time alone is known
	packed  bool // rows bring whole comments
	linked  bool // the address is the id
	counted bool // the ids of messages are thread and number
}

// threading says what a thread is called by.
type threading uint8

const (
	threadNone threading = iota
	threadColumn
	threadURL     // the address without the message's number
	threadSubject // the subject without Re:
)

// titling says in which rows the subject opens the text.
type titling uint8

const (
	titleAll   titling = iota // a row that replies to nothing opens a thread
	titleFirst                // the first row of a thread does
	titleNever                // nobody knows which does
)

// understand finds out what the columns of a table hold, by what a person said,
// by their names and by what stands in the first rows.
func understand(names []string, rows []record, given map[string]string, sides map[string]conversation.Side) (*layout, error) {
	t := &layout{sides: sides, speakers: map[int]*vocabulary{}}
	t.name(names)
	t.seen = make([]profile, len(t.names))
	copy(t.seen, profiles(rows, len(t.names)))
	if err := t.assign(given); err != nil {
		return nil, err
	}
	t.speak()
	t.pack()
	t.byName()
	t.answers()
	t.byContent(rows)
	t.inspite()
	t.derive(rows)
	return t, nil
}

// name makes the names of columns differ, so that no cell hides another.
func (t *layout) name(names []string) {
	met := map[string]int{}
	for _, n := range names {
		n = strings.TrimSpace(strings.TrimPrefix(n, "\uFEFF"))
		if met[n]++; met[n] > 1 {
			n = fmt.Sprintf("%s_%d", n, met[n])
		}
		t.names = append(t.names, n)
		t.plain = append(t.plain, plainName(n))
	}
	t.fields, t.langs, t.kept = make([]field, len(names)), make([]string, len(names)), make([]bool, len(names))
}

// assign gives fields the columns that a person named; 1 is the first column
// where none is called so.
func (t *layout) assign(given map[string]string) error {
	for _, word := range slices.Sorted(maps.Keys(given)) {
		column, at := given[word], -1
		for i, name := range t.names {
			if name == column || (at < 0 && columnName(name) == columnName(column)) {
				at = i
			}
		}
		if at < 0 {
			at = numbered(column, len(t.names))
		}
		if at < 0 {
			return fmt.Errorf("no column %q for %s; there are %s", column, word, t.columns())
		}
		t.fields[at] = fieldNamed(word)
	}
	return nil
}

// numbered reads the number of a column, from 1; -1 when it is none.
func numbered(column string, columns int) int {
	n := 0
	for _, c := range column {
		if c < '0' || c > '9' || n > columns {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if n < 1 || n > columns {
		return -1
	}
	return n - 1
}

// columns lists the names of columns for a person.
func (t *layout) columns() string {
	const most = 40
	if len(t.names) > most {
		return strings.Join(t.names[:most], ", ") + fmt.Sprintf(" and %d more", len(t.names)-most)
	}
	return strings.Join(t.names, ", ")
}

func (t *layout) has(f field) bool { return t.at(f) >= 0 }

// at is the first column of a field, or -1.
func (t *layout) at(f field) int {
	for i, g := range t.fields {
		if g == f {
			return i
		}
	}
	return -1
}

// speak finds the columns whose words say who speaks, or what is no message: first
// among those that are named for it.
func (t *layout) speak() {
	for _, named := range [...]bool{true, false} {
		for i := range t.names {
			called := known[t.plain[i]]
			told := t.fields[i] == fieldSide || t.fields[i] == fieldKind
			if told || (called == fieldSide || called == fieldKind) == named && t.fields[i] == other {
				t.listen(i, called, told)
			}
		}
	}
	if i := t.called(fieldNames[fieldSide]); i >= 0 && !t.has(fieldSide) { // though its words are strange: that is told row by row
		t.fields[i], t.speakers[i] = fieldSide, t.read(t.seen[i].words)
	}
}

// called is the column of that name that has no field, or -1.
func (t *layout) called(name string) int {
	for i, n := range t.plain {
		if n == name && t.fields[i] == other {
			return i
		}
	}
	return -1
}

// listen finds out whether the words of a column say who speaks.
func (t *layout) listen(i int, called field, told bool) {
	p := &t.seen[i]
	if !told && (p.filled == 0 || p.many || len(p.words) > 12) {
		return
	}
	v := t.read(p.words)
	if told {
		t.speakers[i] = v
		return
	}
	sides := v.ours || v.theirs
	if v.known < len(p.words) && (called != fieldSide || !sides || v.known*2 < len(p.words)) {
		return
	}
	switch {
	case sides && !t.has(fieldSide) && (called == fieldSide || v.ours && v.theirs && (p.few() || called == fieldKind || called == fieldAuthor)):
		t.fields[i] = fieldSide
	case !t.has(fieldKind) && (called == fieldKind || called == fieldSide) && (v.notes || v.events), !t.has(fieldKind) && v.notes && v.plain && p.few():
		t.fields[i] = fieldKind
	default:
		return
	}
	t.speakers[i], t.kept[i] = v, !v.ownWords()
}

// pack finds the columns with whole comments in their cells.
func (t *layout) pack() {
	for i := range t.names {
		if p := &t.seen[i]; t.fields[i] == other && p.filled > 0 && p.may(fieldComment) {
			t.fields[i] = fieldComment
		}
	}
}

// byName gives each field that has no column yet the likeliest of those that have
// no field.
func (t *layout) byName() {
	places := map[string][]int{}
	for i, name := range t.plain {
		if t.fields[i] == other && name != "" {
			places[name] = append(places[name], i)
		}
	}
	t.clock(places)
	for _, f := range [...]field{fieldTime, fieldText, fieldTextToo, fieldInbound, fieldOutbound, fieldPrivate, fieldPublic, fieldReplyNumber, fieldReplyTo, fieldID, fieldThread,
		fieldAuthor, fieldName, fieldSubject, fieldDepartment, fieldChannel, fieldZone, fieldLang, fieldPrecision, fieldSequence, fieldBot, fieldDeleted, fieldDeletedBy, fieldURL} {
		if t.has(f) {
			continue
		}
		for _, name := range guesses[f] {
			if t.takeAny(f, places[name]) {
				break
			}
		}
	}
}

// inspite takes the columns named for the time and the text whatever stands in
// them, when there are no others: each row tells what can't be read.
func (t *layout) inspite() {
	for _, f := range [...]field{fieldTime, fieldText} {
		for _, name := range guesses[f] {
			if i := t.called(name); i >= 0 && !t.has(f) {
				t.take(f, i)
			}
		}
	}
}

// takeAny gives a field the first of some columns that may hold it. The same text
// in other languages is taken too.
func (t *layout) takeAny(f field, columns []int) bool {
	for _, i := range columns {
		if t.fields[i] != other || !t.seen[i].may(f) {
			continue
		}
		t.take(f, i)
		if f == fieldText || f == fieldSubject {
			t.translations(f, i, columns)
		}
		return true
	}
	return false
}

func (t *layout) take(f field, i int) {
	t.fields[i] = f
	if f == fieldText || f == fieldAnswer || f == fieldSubject {
		_, _, t.langs[i] = bare(columnName(t.names[i]))
	}
}

// translations takes the columns that hold a text in other languages.
func (t *layout) translations(f field, first int, columns []int) {
	if t.langs[first] == "" {
		return
	}
	for _, i := range columns {
		if t.fields[i] != other {
			continue
		}
		t.take(f, i)
		if f == fieldSubject {
			t.fields[i] = fieldSubjectToo
		} else {
			t.fields[i], t.kept[i] = fieldTextToo, true
		}
	}
}

// clock finds an hour that stands apart from the date.
func (t *layout) clock(places map[string][]int) {
	if t.has(fieldTime) || t.has(fieldClock) {
		return
	}
	day, hour := -1, -1
	for name, columns := range places {
		for _, i := range columns {
			switch p := &t.seen[i]; {
			case dates[name] && p.may(fieldTime) && (day < 0 || i < day):
				day = i
			case clocks[name] && p.may(fieldClock) && (hour < 0 || i < hour):
				hour = i
			}
		}
	}
	if day >= 0 && hour >= 0 {
		t.fields[day], t.fields[hour] = fieldTime, fieldClock
	}
}

// facts tells how the table is read.
func (t *layout) facts(f *conversation.Facts) {
	for i, g := range t.fields {
		if g == other || g >= fieldFullName || f.Columns[fieldNames[g]] != "" && g != t.fields[t.at(g)] {
			continue
		}
		if i == t.at(g) {
			f.Column(fieldNames[g], t.names[i])
		}
	}
	for i, v := range t.speakers {
		if t.fields[i] != fieldSide && t.fields[i] != fieldKind {
			continue
		}
		for word, m := range v.words {
			if m.side != conversation.Unknown {
				f.Side(word, m.side)
			}
		}
	}
	for i, g := range t.fields {
		switch g {
		case fieldInbound:
			f.Side(t.names[i], conversation.Community)
		case fieldOutbound:
			f.Side(t.names[i], conversation.Organisation)
		}
	}
	switch t.thread {
	case threadURL:
		f.Column("thread", t.names[t.at(fieldURL)])
	case threadSubject:
		f.Column("thread", t.names[t.at(fieldSubject)])
	}
	f.Unread = append(f.Unread, t.unread()...)
}
