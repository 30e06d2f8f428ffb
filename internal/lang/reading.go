package lang

import (
	"strings"

	"github.com/entregent/entregent/conversation/check"
)

// ReadingDoubt says why a reading can't be right, and what settles it.
func (l Language) ReadingDoubt(d check.Doubt) (why, remedy string) {
	names := strings.Join(d.Words, ", ")
	var blanks, words []any
	switch d.Code {
	case check.AllOurs, check.NobodyOurs, check.Loose, check.OneRow, check.Elsewhere, check.QuoteKept, check.PatternKept:
		blanks = []any{d.Count, d.Of}
	case check.Unread:
		blanks = []any{d.Count, names}
	case check.DateApart:
		blanks = []any{d.Count, names}
	}
	key := string(d.Code)
	if d.Code == check.DateApart {
		words = []any{d.Option}
	}
	return l.Say("reading-doubt."+key, blanks...), l.Say("reading-do."+key, words...)
}
