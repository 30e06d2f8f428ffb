package table

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// filler turns rows into messages.
type filler struct {
	im     *conversation.Importer
	t      *layout
	file   string // and sheet, for the names of messages that have none
	cells  [fields]string
	from   [fields]int // the column that each stands in
	record conversation.Record
	more   conversation.Members
	seed   maphash.Seed
	opened map[uint64]struct{} // threads that were opened
	old    bool                // days of spreadsheets are counted from 1904
}

func newFiller(im *conversation.Importer, t *layout, file string) *filler {
	f := &filler{im: im, t: t, file: file}
	if t.title == titleFirst {
		f.seed, f.opened = maphash.MakeSeed(), map[uint64]struct{}{}
	}
	t.facts(im.Facts())
	return f
}

// row gives a row's messages to the importer.
func (f *filler) row(cells []string, line int, broken bool) {
	for len(cells) > len(f.t.fields) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	r := &f.record
	*r = conversation.Record{Problems: r.Problems[:0]}
	if len(cells) > len(f.t.fields) {
		detail := ""
		if !f.im.Told(conversation.BadRecord) {
			detail = fmt.Sprintf("%d cells where the header has %d (a separator inside a text needs quotes): the row was left out", len(cells), len(f.t.fields))
		}
		f.im.Tell(conversation.BadRecord, line, "", detail)
		return
	}
	if len(cells) < len(f.t.fields) {
		detail := ""
		if !f.im.Told(conversation.BadValue) {
			detail = fmt.Sprintf("%d cells where the header has %d: those that lack were taken as empty", len(cells), len(f.t.fields))
		}
		f.complain(conversation.BadValue, detail)
	}
	if broken {
		f.complain(conversation.InvalidUTF8, "broken bytes are shown as U+FFFD")
	}
	f.gather(cells)
	what, known := f.speaker()
	f.message(line)
	if why := f.silent(what, known); why != "" {
		f.im.LeftOut(why, line)
		if why == whyNote {
			f.im.Facts().Notes++
		}
		return
	}
	f.question(line)
	f.im.Put(r, line)
	f.answer(line)
	f.comments(cells, line)
	if f.t.single {
		f.im.Facts().Single++
	}
}

func (f *filler) complain(k conversation.Kind, detail string) {
	f.record.Problems = append(f.record.Problems, conversation.Problem{Kind: k, Detail: detail})
}

// misread complains of a value that its field can't take.
func (f *filler) misread(g field, value string) {
	detail := ""
	if !f.im.Told(conversation.BadValue) {
		detail = fieldNames[g] + " can't be " + clip(value) + ": it was left out"
	}
	f.complain(conversation.BadValue, detail)
}

// gather puts cells where they belong; what has no field becomes an attribute.
func (f *filler) gather(cells []string) {
	clear(f.cells[:])
	f.more = f.more[:0]
	for i, cell := range cells {
		g := f.t.fields[i]
		if g == other {
			f.more.Add(f.t.names[i], cell)
			continue
		}
		word := cell
		if g != fieldText && g != fieldTextToo && g != fieldAnswer {
			if word = strings.TrimSpace(cell); isNull(word) {
				continue
			}
		}
		switch {
		case g == fieldComment:
			continue
		case f.cells[g] == "":
			f.cells[g], f.from[g] = word, i
		default:
			f.more.Add(f.t.names[i], word)
			continue
		}
		switch {
		case f.t.kept[i]:
			f.more.Add(f.t.names[i], word)
		case g == fieldAuthor:
			f.cells[g], f.cells[fieldFullName] = parted(word)
			f.more.Add("name", f.cells[fieldFullName])
		case g == fieldName && f.cells[fieldFullName] == "":
			f.more.Add("name", word)
		case g == fieldSubject, g == fieldSubjectToo && f.cells[fieldSubject] == "":
			f.more.Add("subject", word)
		}
	}
}

// speaker reads who speaks, and what sort of record a row is.
func (f *filler) speaker() (what meaning, known bool) {
	m := &f.record
	for _, g := range [...]field{fieldSide, fieldKind} {
		word := f.cells[g]
		if word == "" {
			continue
		}
		v := f.t.speakers[f.from[g]]
		said, ok := v.of(word)
		if !ok {
			if g == fieldSide {
				f.misread(g, word)
			}
			continue
		}
		if said.side != conversation.Unknown && m.Side == conversation.Unknown {
			m.Side = said.side
		}
		m.Bot = m.Bot || said.bot
		what.note, what.event, what.never, known = what.note || said.note, what.event || said.event, what.never || said.never, true
	}
	f.sign(fieldInbound, conversation.Community, conversation.Organisation)
	f.sign(fieldOutbound, conversation.Organisation, conversation.Community)
	return what, known
}

// sign reads a column of yes and no that says who speaks.
func (f *filler) sign(g field, yes, no conversation.Side) {
	word := f.cells[g]
	if word == "" || f.record.Side != conversation.Unknown {
		return
	}
	is, ok := truth(word)
	switch {
	case !ok:
		f.misread(g, word)
	case is:
		f.record.Side = yes
	default:
		f.record.Side = no
	}
}

// The words under which records that are no messages are counted.
const (
	whyNote   = "note"
	whyEvent  = "event"
	whyAnswer = "answer without a time"
	whyBefore = "line before the table"
)

// silent says why a row is no message between the two sides; "" when it is one.
func (f *filler) silent(what meaning, known bool) (why string) {
	private := false
	for _, g := range [...]field{fieldPrivate, fieldPublic} {
		word := f.cells[g]
		if word == "" {
			continue
		}
		is, ok := truth(word)
		if !ok {
			var said meaning
			if said, ok = meant(word); ok {
				is = said.note == (g == fieldPrivate)
			}
		}
		if !ok {
			f.misread(g, word)
		} else if is == (g == fieldPrivate) {
			private = true
		}
	}
	m := &f.record
	empty := strings.TrimSpace(m.Text) == ""
	switch {
	case what.never, what.event && empty, known && what.event && m.Side == conversation.Unknown && empty:
		return whyEvent
	case what.note && m.Side != conversation.Community:
		return whyNote
	case private && f.t.noted && m.Side != conversation.Community:
		return whyNote
	}
	m.Private = private || what.note
	return ""
}

// message reads what every message has.
func (f *filler) message(line int) {
	m, c := &f.record, &f.cells
	m.Lang, m.Department, m.Channel, m.Deleted = c[fieldLang], c[fieldDepartment], c[fieldChannel], c[fieldDeleted]
	m.Author = conversation.PersonID(c[fieldAuthor])
	if c[fieldAnswerer] != "" && f.t.asker && m.Side == conversation.Organisation {
		who, _ := parted(c[fieldAnswerer])
		m.Author = conversation.PersonID(who)
	}
	m.Text = f.text(fieldText, fieldTextToo)
	m.When = f.when()
	f.precision()
	f.numbers()
	f.name(line)
	if roster := f.im.Roster(); roster != nil {
		m.Attributes = ""
		if name := cmp.Or(c[fieldFullName], c[fieldName]); name != "" {
			var named conversation.Members
			named.Add("name", name)
			m.Attributes = named.Attributes()
		}
		roster.Apply(&m.Message)
	}
}

// parted takes "Marie Durand <marie@acme.org>" apart; an account stands alone.
func parted(cell string) (who, name string) {
	name, rest, ok := strings.Cut(cell, "<")
	if address, _, closed := strings.Cut(rest, ">"); ok && closed && strings.Contains(address, "@") {
		return strings.ToLower(strings.TrimSpace(address)), strings.Trim(name, ` "'`)
	}
	return cell, ""
}

// text is what is written in the first of two fields that says something.
func (f *filler) text(g, too field) string {
	s, i := f.cells[g], f.from[g]
	if strings.TrimSpace(s) == "" && f.cells[too] != "" {
		s, i = f.cells[too], f.from[too]
	}
	if s == "" {
		return ""
	}
	if g == fieldText && f.record.Lang == "" {
		f.record.Lang = f.t.langs[i]
	}
	if p := &f.t.seen[i]; (p.pages*10 >= p.filled*3 || strings.HasPrefix(s, "<")) && (p.pages > 0 || isPage(s)) && strings.ContainsAny(s, "<&") {
		return conversation.PlainText(s)
	}
	return s
}

// when puts the parts of a time together.
func (f *filler) when() string {
	c := &f.cells
	when, clock := c[fieldTime], c[fieldClock]
	if when != "" && clock != "" {
		if day, err := strconv.ParseFloat(when, 64); err == nil && isNumber(clock) { // both as spreadsheets count
			part, _ := strconv.ParseFloat(clock, 64)
			when = strconv.FormatFloat(day+part, 'f', -1, 64)
		} else {
			when += " " + clock
		}
	}
	return f.zoned(when)
}

// zoned adds the zone that a column, or the name of one, tells.
func (f *filler) zoned(when string) string {
	if f.old && isNumber(when) {
		if day, err := strconv.ParseFloat(when, 64); err == nil && day > 0 && day < 100_000 {
			return strconv.FormatFloat(day+1462, 'f', -1, 64)
		}
	}
	zone := f.cells[fieldZone]
	if zone == "" {
		zone = strings.ToUpper(f.t.zone)
	}
	if zone == "" || !strings.Contains(when, ":") || when[len(when)-1] < '0' || when[len(when)-1] > '9' {
		return when
	}
	return when + " " + zone
}

func (f *filler) precision() {
	switch word := strings.ToLower(f.cells[fieldPrecision]); word {
	case "", "exact", "second", "millisecond", "microsecond", "minute", "hour":
	case "day", "date", "jour":
		f.record.Precision = conversation.Day
	default:
		f.misread(fieldPrecision, word)
	}
}

func (f *filler) numbers() {
	var err error
	if word := f.cells[fieldSequence]; word != "" {
		if f.record.Sequence, err = strconv.ParseInt(strings.TrimSuffix(word, ".0"), 10, 64); err != nil {
			f.misread(fieldSequence, word)
		}
	}
	if word := f.cells[fieldBot]; word != "" {
		is, ok := truth(word)
		if !ok {
			f.misread(fieldBot, word)
		}
		f.record.Bot = f.record.Bot || is
	}
	if word := f.cells[fieldDeletedBy]; word != "" {
		if said, ok := meant(word); ok {
			f.record.DeletedBy = said.side
		} else {
			f.misread(fieldDeletedBy, word)
		}
	}
}

// name gives a message its id, its thread and what it replies to.
func (f *filler) name(line int) {
	m, c, t := &f.record, &f.cells, f.t
	id, thread, reply := c[fieldID], "", c[fieldReplyTo]
	switch t.thread {
	case threadColumn:
		thread = c[fieldThread]
	case threadURL:
		thread = threadOfURL(c[fieldURL], c[fieldSequence])
	case threadSubject:
		if thread = baseSubject(c[fieldSubject]); thread != "" {
			f.im.Facts().Join("subject")
		}
	}
	if t.strip {
		thread, reply = bareID(thread), bareID(reply)
	}
	switch seq := c[fieldSequence]; {
	case t.counted && thread != "" && seq != "":
		id = thread + "#" + seq
		if to := c[fieldReplyNumber]; to != "" {
			reply = thread + "#" + to
		}
	case id != "":
	case t.linked && c[fieldURL] != "":
		id = c[fieldURL]
	case thread != "" && seq != "":
		id = thread + "#" + seq
	case thread != "" && (t.brings || t.packed):
		id = thread
	case t.brings || t.packed:
		id = f.file + ":" + strconv.Itoa(line)
	}
	m.ID, m.Thread, m.ReplyTo = conversation.MessageID(id), conversation.ThreadID(thread), conversation.MessageID(reply)
}

// question finishes what a row says itself.
func (f *filler) question(line int) {
	m := &f.record
	if (f.t.brings || f.t.packed) && m.Side == conversation.Unknown {
		m.Side = conversation.Community
	}
	subject := cmp.Or(f.cells[fieldSubject], f.cells[fieldSubjectToo])
	if f.opens(subject) {
		switch text := strings.TrimSpace(m.Text); {
		case text == "":
			m.Text = subject
		case !strings.HasPrefix(text, subject):
			m.Text = subject + "\n\n" + m.Text
		}
	}
	m.Attributes = f.more.Attributes()
	if m.ID == "" && f.file != f.im.Name() { // a second sheet has lines of its own
		m.ID = conversation.MessageID(fmt.Sprintf("%s:%d", f.file, line))
	}
}

// opens says whether the subject opens the text: a message that opens a thread
// says what it is about there.
func (f *filler) opens(subject string) bool {
	m := &f.record
	first := true
	if f.opened != nil && m.Thread != "" {
		key := maphash.String(f.seed, string(m.Thread))
		_, met := f.opened[key]
		f.opened[key] = struct{}{}
		first = !met
	}
	if subject == "" || m.ReplyTo != "" {
		return false
	}
	if strings.TrimSpace(m.Text) == "" {
		return true
	}
	switch f.t.title {
	case titleNever:
		return false
	case titleFirst:
		return first && m.Sequence <= 1 && m.Side != conversation.Organisation && baseSubject(subject) == subject
	}
	return true
}

// answer gives the answer that stands in the row of the question.
func (f *filler) answer(line int) {
	if !f.t.brings {
		return
	}
	wordless := f.t.bare
	c, asked := &f.cells, &f.record
	text := strings.TrimSpace(f.text(fieldAnswer, fieldAnswerToo))
	when, after := c[fieldAnswered], time.Duration(0)
	if when == "" || !conversation.IsTime(when) {
		delay, unit := c[fieldDelay], f.t.unit
		if when != "" { // a time was looked for, and a length stands there
			delay = when
		}
		if d, ok := length(delay, unit); ok {
			when, after = asked.When, d
		}
	} else {
		when = f.zoned(when)
	}
	if text == "" && !wordless {
		return
	}
	if when == "" {
		if text != "" {
			f.im.LeftOut(whyAnswer, line)
		}
		return
	}
	f.more = f.more[:0]
	if wordless {
		f.more.Wordless()
		f.im.Facts().Wordless++
	}
	thread, by := asked.Thread, conversation.PersonID("")
	if who := c[fieldAnswerer]; who != "" {
		account, name := parted(who)
		by = conversation.PersonID(account)
		f.more.Add("name", name)
	}
	f.im.Put(&conversation.Record{When: when, After: after, Message: conversation.Message{
		ID: asked.ID + "/answer", Thread: thread, ReplyTo: asked.ID, Author: by, Side: conversation.Organisation,
		Department: asked.Department, Channel: asked.Channel, Text: text, Private: asked.Private, Attributes: f.more.Attributes(),
	}}, line)
}

// comments gives the comments that stand whole in cells, time;author;text: by
// whoever asks, by whoever is in charge, or by somebody whom the roster may know.
func (f *filler) comments(cells []string, line int) {
	if !f.t.packed {
		return
	}
	n := 0
	for i, cell := range cells {
		if f.t.fields[i] != fieldComment || strings.TrimSpace(cell) == "" {
			continue
		}
		n++
		if !isComment(cell) {
			f.im.Tell(conversation.BadValue, line, f.record.ID, "the comment "+clip(cell)+" is not written time;author;text: it was left out")
			continue
		}
		when, rest, _ := strings.Cut(cell, ";")
		who, text, _ := strings.Cut(rest, ";")
		m := conversation.Message{ID: f.record.ID + conversation.MessageID(fmt.Sprintf("/%d", n)), Thread: f.record.Thread, ReplyTo: f.record.ID,
			Author: conversation.PersonID(strings.TrimSpace(who)), Channel: f.record.Channel, Text: strings.TrimSpace(text)}
		switch {
		case m.Author == "":
		case m.Author == f.record.Author:
			m.Side = conversation.Community
		case string(m.Author) == f.cells[fieldAnswerer]:
			m.Side = conversation.Organisation
		}
		f.im.Put(&conversation.Record{Message: m, When: strings.TrimSpace(when)}, line)
	}
}

// clip quotes what was found, shortened to what fits a line.
func clip(s string) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "…"
	}
	return strconv.Quote(s)
}
