package conversation

import (
	"strconv"
	"strings"
	"time"
)

// field is a part of a message as the forms name it.
type field uint8

// The fields, in the order of [Fields]. other is a key that a message has no
// field for: it becomes an attribute.
const (
	other field = iota
	fieldID
	fieldThread
	fieldReplyTo
	fieldAuthor
	fieldSide
	fieldDepartment
	fieldChannel
	fieldTime
	fieldLang
	fieldText
	fieldPrecision
	fieldSequence
	fieldBot
	fieldPrivate
	fieldDeleted
	fieldDeletedBy
	fieldSubject // in tables only, from here on: a title that stands apart from the text
	fieldClock
	fieldZone
	fieldName
	fieldPublic
	fieldKind
	fieldAddress
	fieldAnswer
	fieldAnswered
	fieldAnswerer
	fieldDelay
)

var fieldNames = [...]string{"", "id", "thread", "reply_to", "author", "side", "department", "channel", "time", "lang",
	"text", "time_precision", "seq", "bot", "private", "deleted", "deleted_by",
	"subject", "clock", "zone", "name", "public", "kind", "url", "answer", "answer_time", "answer_author", "answer_delay"}

// Fields gives the names of what a message is made of: the keys of the JSONL,
// and what ReadOptions.Columns may map. Those behind deleted_by are for tables: a
// title (subject) that stands apart from the text, an hour (clock) or a zone
// apart from the date, the name of the author beside the account, whether it is
// public, what kind of record it is (kind: message, note, event), its address
// (url); and the answer that stands in the same row, with its time, or how long
// after the question it came (answer_delay), and its author.
func Fields() []string { return append([]string(nil), fieldNames[1:]...) }

// fieldNamed finds a field of JSONL by its name; other when it is none.
func fieldNamed(name string) field {
	switch name {
	case "id":
		return fieldID
	case "thread":
		return fieldThread
	case "reply_to":
		return fieldReplyTo
	case "author":
		return fieldAuthor
	case "side":
		return fieldSide
	case "department":
		return fieldDepartment
	case "channel":
		return fieldChannel
	case "time":
		return fieldTime
	case "lang":
		return fieldLang
	case "text":
		return fieldText
	case "time_precision":
		return fieldPrecision
	case "seq":
		return fieldSequence
	case "bot":
		return fieldBot
	case "private":
		return fieldPrivate
	case "deleted":
		return fieldDeleted
	case "deleted_by":
		return fieldDeletedBy
	}
	return other
}

// draft is a message being read, with what is only understood when all its
// fields are known.
type draft struct {
	Message
	when      string        // the time as written
	at        moment        // the same, once it was read
	after     time.Duration // to be added to it
	day       bool          // time_precision says so
	deleted   string        // the time of deletion as written
	gone      bool          // deleted, no time said
	complaint []Problem
	sides     map[string]Side // what words for who speaks mean, where a person said it
}

// set gives a field the word that stands for it; an empty word says nothing.
// It is false when the word can't be understood.
func (d *draft) set(f field, word string) bool {
	if word == "" {
		return true
	}
	var err error
	switch f {
	case fieldID:
		d.ID = MessageID(word)
	case fieldThread:
		d.Thread = ThreadID(word)
	case fieldReplyTo:
		d.ReplyTo = MessageID(word)
	case fieldAuthor:
		d.Author = PersonID(word)
	case fieldSide:
		if side, said := d.sides[word]; said {
			d.Side = side
		} else {
			d.Side, err = ParseSide(lower(word))
		}
	case fieldDepartment:
		d.Department = word
	case fieldChannel:
		d.Channel = word
	case fieldTime:
		d.when = word
	case fieldLang:
		d.Lang = word
	case fieldText:
		d.Text = word
	case fieldPrecision:
		return d.setPrecision(lower(word))
	case fieldSequence:
		d.Sequence, err = strconv.ParseInt(word, 10, 64)
	case fieldBot:
		return truth(word, &d.Bot)
	case fieldPrivate:
		return truth(word, &d.Private)
	case fieldDeleted:
		if !truth(word, &d.gone) {
			d.deleted = word
		}
	case fieldDeletedBy:
		d.DeletedBy, err = ParseSide(lower(word))
	}
	return err == nil
}

func (d *draft) setPrecision(word string) bool {
	switch word {
	case "day", "date", "jour":
		d.day = true
		return true
	case "exact", "second", "millisecond", "microsecond", "minute", "hour":
		return true
	}
	return false
}

// complain keeps a problem until the message's id is known.
func (d *draft) complain(k Kind, detail string) {
	d.complaint = append(d.complaint, Problem{Kind: k, Detail: detail})
}

// misread complains of a value that its field can't take.
func (d *draft) misread(f field, value string) {
	d.complain(BadValue, fieldNames[f]+" can't be "+clip(value)+": it was left out")
}

// reset makes the draft ready for the next record.
func (d *draft) reset(file string, line int) {
	*d = draft{complaint: d.complaint[:0], sides: d.sides}
	d.Origin = Origin{file, line}
}

// settle understands the times of a draft and gives it to the log. A draft
// whose time can't be read is lost, and told.
func (rd *reading) settle(d *draft) {
	if rd.settleTime(d) {
		rd.settleDeletion(d)
		rd.speak(d)
		rd.add(&d.Message)
	}
}

// speak tells what a draft complained of.
func (rd *reading) speak(d *draft) {
	for _, p := range d.complaint {
		p.ID, p.Origin = d.ID, d.Origin
		rd.log.Tell(p)
	}
	d.complaint = d.complaint[:0]
}

func (rd *reading) settleTime(d *draft) bool {
	if d.when == "" {
		return true // Append tells that it is missing
	}
	at, err := d.at, error(nil)
	if at.time.IsZero() {
		at, err = rd.dates.read(d.when)
	}
	if err != nil {
		rd.speak(d)
		if rd.log.problems.enough(BadTime) {
			rd.tell(BadTime, d.Origin.Line, d.ID, "")
			return false
		}
		rd.tell(BadTime, d.Origin.Line, d.ID, "time "+clip(d.when)+" "+err.Error()+": the message was left out; write it as 2010-02-09T13:30:00Z")
		return false
	}
	supposed := at.doubtful() && !rd.dates.sure || at.proves != "" && at.proves != rd.dates.order
	switch {
	case supposed && rd.log.problems.enough(AmbiguousTime):
		d.complain(AmbiguousTime, "")
	case at.doubtful() && !rd.dates.sure:
		d.complain(AmbiguousTime, clip(d.when)+" was read as "+at.time.Format("2 January 2006")+": say whether days or months come first")
	case at.proves != "" && at.proves != rd.dates.order:
		d.complain(AmbiguousTime, clip(d.when)+" was read as "+at.time.Format("2 January 2006")+", against the order of day and month in the other dates")
	}
	if at.zone != "" {
		d.complain(AmbiguousTime, clip(d.when)+" "+at.zone)
	}
	d.take(at)
	return true
}

// take gives a draft its time.
func (d *draft) take(at moment) {
	d.Time, d.Precision = at.time.Add(d.after), at.precision
	if d.day {
		d.Precision = Day
	}
}

// settleDeletion: a message said to be deleted without saying when never stood.
func (rd *reading) settleDeletion(d *draft) {
	if d.gone {
		d.Deleted = d.Time
	}
	if d.deleted == "" {
		return
	}
	at, err := rd.dates.read(d.deleted)
	if err != nil {
		d.misread(fieldDeleted, d.deleted)
		return
	}
	d.Deleted = at.time
}

// truth reads yes and no in the words of tables.
func truth(word string, to *bool) bool {
	switch lower(word) {
	case "true", "1", "1.0", "yes", "y", "t", "oui", "vrai", "o", "ja", "wahr", "si", "s\u00ed", "sim", "verdadero", "verdadeiro", "vero", "waar", "x", "✓":
		*to = true
	case "false", "0", "0.0", "no", "n", "f", "non", "faux", "nein", "falsch", "nee", "onwaar", "falso", "n\u00e3o", "nao":
		*to = false
	default:
		return false
	}
	return true
}

func lower(word string) string { return strings.ToLower(strings.TrimSpace(word)) }

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
