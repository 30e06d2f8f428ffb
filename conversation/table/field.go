package table

// field is what a column may hold. Those that have a name are the fields of
// conversation.Fields, which a person can name; the others are found alone.
type field uint8

const (
	other field = iota // becomes an attribute
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
	fieldSubject
	fieldClock
	fieldZone
	fieldName
	fieldPublic
	fieldKind
	fieldURL
	fieldAnswer
	fieldAnswered
	fieldAnswerer
	fieldDelay

	fieldInbound     // true: the community speaks
	fieldOutbound    // true: the organisation speaks
	fieldReplyNumber // the number, in its thread, of the message replied to
	fieldComment     // a whole comment in a cell: time;author;text
	fieldFullName    // no column: the name that stands before an address
	fieldTextToo     // the text once more: as HTML, in another language
	fieldSubjectToo  // the subject in another language
	fieldAnswerToo   // the answer once more
	fields
)

var fieldNames = [fields]string{"", "id", "thread", "reply_to", "author", "side", "department", "channel", "time", "lang",
	"text", "time_precision", "seq", "bot", "private", "deleted", "deleted_by", "subject", "clock", "zone", "name", "public", "kind", "url",
	"answer", "answer_time", "answer_author", "answer_delay",
	"side", "side", "reply_to", "comment", "name", "text", "subject", "answer"}

// fieldNamed finds a field by its name; other when it is none.
func fieldNamed(name string) field {
	for f := fieldID; f <= fieldDelay; f++ {
		if fieldNames[f] == name {
			return f
		}
	}
	return other
}
