package check

import (
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Code names a doubt. The string is stable: a key of the JSON report and of the
// catalogues of words.
type Code string

// The doubts there are. Those marked † block.
const (
	AllOurs     Code = "all-organisation"  // † everybody is the organisation
	NobodyOurs  Code = "no-organisation"   // † nobody is, and nobody was named
	Loose       Code = "unthreaded"        // † subjects say Re:, or both sides speak, and nothing hangs together
	Unread      Code = "unread-columns"    // columns that sound like answers were not read; † where the organisation says nothing
	OneRow      Code = "one-row-a-ticket"  // † a row seems to be a ticket, and no column says when it was answered
	Elsewhere   Code = "answers-elsewhere" // † most replies answer messages that aren't here
	DateApart   Code = "date-apart"        // a date lies decades from all others; † where it is in the time measured
	QuoteKept   Code = "quote-kept"        // † replies repeat what they answer
	PatternKept Code = "template-kept"     // † most texts share a line
)

// The thresholds; doc/reading.md publishes them.
const (
	fewest      = 5   // messages or rows below which no doubt of structure arises
	crowd       = 10  // people of the organisation, from which their share is looked at
	outnumber   = 5   // times as many people of the organisation as others
	looseShare  = .8  // of subjects that say Re:, alone in their thread
	singleShare = .5  // rows that are a ticket each, of all messages
	lostFewest  = 10  // replies whose question isn't here
	lostShare   = .5  // of all that reply
	apart       = 10  // years between a date and the next
	apartShare  = .05 // at most, of all messages, lie apart
	alikeFewest = 20  // texts looked at, below which none are called alike
	alikeShare  = .5  // of them, alike
	alikePeople = 5   // who wrote them
)

// Doubt is why a reading can't be right, and what settles it.
type Doubt struct {
	Code   Code     `json:"code"`
	Blocks bool     `json:"blocks"` // no number is told
	Count  int      `json:"count"`  // messages, rows or columns that it is about
	Of     int      `json:"of"`     // out of so many; 0 where there is nothing to compare with
	Words  []string `json:"words"`  // names of columns; dates
	Rows   []string `json:"rows"`   // file:line of examples
	Option string   `json:"option"` // of the command, that settles it
}

const rowsShown = 5

// doubt looks for what can't be right.
func (r *Reading) doubt(log *conversation.Log, f *conversation.Facts, span Span) {
	c := &checker{log: log, facts: f, span: span, sides: r.Sides}
	c.who()
	c.rows()
	c.structure()
	c.dates()
	c.alike()
	slices.SortStableFunc(c.found, func(a, b Doubt) int {
		switch {
		case a.Blocks == b.Blocks:
			return 0
		case a.Blocks:
			return -1
		}
		return 1
	})
	r.Doubts = append(r.Doubts, c.found...)
}

// checker is a log that is looked at.
type checker struct {
	log   *conversation.Log
	facts *conversation.Facts
	span  Span
	sides map[string]Speaking
	found []Doubt
}

// add keeps a doubt about messages.
func (c *checker) add(d Doubt, about []int) {
	d.Rows = []string{}
	for _, i := range about[:min(len(about), rowsShown)] {
		if at := c.log.Origin(i).String(); at != "" {
			d.Rows = append(d.Rows, at)
		}
	}
	if d.Words == nil {
		d.Words = []string{}
	}
	c.found = append(c.found, d)
}

// first are the first messages, not a machine's, that are as they should be.
func (c *checker) first(is func(e conversation.Entry) bool) (list []int) {
	for i := 0; i < c.log.Len() && len(list) < rowsShown; i++ {
		if e := c.log.At(i); !e.Bot && is(e) {
			list = append(list, i)
		}
	}
	return list
}

// who looks at the sides: everybody is the organisation, or nobody.
func (c *checker) who() {
	us, them, unknown := c.sides[Us], c.sides[Them], c.sides[Nobodys]
	all := us.Messages + them.Messages + unknown.Messages
	alone := them.Messages == 0 && unknown.Messages == 0 && us.Messages >= fewest
	switch {
	case alone || us.People >= crowd && us.People >= outnumber*(them.People+unknown.People):
		c.add(Doubt{Code: AllOurs, Blocks: true, Count: us.People, Of: us.People + them.People + unknown.People, Option: "--organisation"},
			c.first(func(e conversation.Entry) bool { return e.Side == conversation.Organisation }))
	case us.Messages == 0 && !c.facts.Named && unknown.Messages*2 >= all && all > 0:
		c.add(Doubt{Code: NobodyOurs, Blocks: true, Count: unknown.Messages, Of: all, Option: "--organisation"},
			c.first(func(e conversation.Entry) bool { return e.Side == conversation.Unknown }))
	}
}

// rows looks at what tables hold beside what was read.
func (c *checker) rows() {
	if names := slices.Compact(slices.Sorted(slices.Values(c.facts.Unread))); len(names) > 0 {
		c.add(Doubt{Code: Unread, Blocks: c.sides[Us].Messages == 0, Count: len(names), Words: names, Option: "--column"}, c.first(anybody))
	}
	if n := c.facts.Single; n >= fewest && float64(n) >= singleShare*float64(c.log.Len()) && c.sides[Us].Messages == 0 {
		c.add(Doubt{Code: OneRow, Blocks: true, Count: n, Of: c.log.Len(), Option: "--column"}, c.first(anybody))
	}
}

func anybody(conversation.Entry) bool { return true }

// dates looks for dates decades from all others: what a broken clock or a
// misread column gives.
func (c *checker) dates() {
	order := c.log.ByTime()
	n := len(order)
	if n < crowd {
		return
	}
	year := func(k int) float64 {
		return float64(c.log.At(int(order[k])).Time) / float64(365.25*24*time.Hour/time.Microsecond)
	}
	most := max(1, int(apartShare*float64(n)))
	var early, late []int
	for k := 1; k <= most; k++ {
		if year(k)-year(k-1) >= apart {
			early = numbers(order[:k])
		}
		if year(n-k)-year(n-k-1) >= apart {
			late = numbers(order[n-k:])
		}
	}
	c.apart(early, "--since", func(t time.Time) bool { return t.Before(c.span.Since) })
	c.apart(late, "--until", func(t time.Time) bool { return !c.span.Until.IsZero() && t.After(c.span.Until) })
}

// apart tells of messages with such dates, which outside makes harmless.
func (c *checker) apart(list []int, option string, outside func(time.Time) bool) {
	if len(list) == 0 {
		return
	}
	blocks := false
	var days []string
	for _, i := range list {
		t := time.UnixMicro(c.log.At(i).Time).UTC()
		blocks = blocks || !outside(t)
		if day := t.Format(time.DateOnly); len(days) < rowsShown && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	c.add(Doubt{Code: DateApart, Blocks: blocks, Count: len(list), Of: c.log.Len(), Words: days, Option: option}, list)
}

func numbers(list []int32) (out []int) {
	for _, i := range list {
		out = append(out, int(i))
	}
	return out
}

// reply marks of mail programs, folded.
var marks = []string{"re", "aw", "sv", "vs", "ref", "odp", "ynt", "antw", "rv", "回复", "ответ"}

// answers says whether a subject is that of an answer: "Re: …", "RE : …", "Re[2]: …".
func answers(subject string) bool {
	head, _, ok := strings.Cut(subject, ":")
	if !ok || len(head) > 20 {
		return false
	}
	head, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(head)), "[")
	return slices.Contains(marks, strings.TrimSpace(head))
}
