// Package entregent reads the conversation between an organisation and its
// community and takes honest measures of it.
package entregent

import (
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/presence"
	"github.com/entregent/entregent/whuffie"
)

// Options say what to measure; the zero value measures everything with the
// published parameters.
type Options struct {
	Presence presence.Options
	Gap      gap.Options // over the whole log up to the census; Until and Seed, left out, are those of Presence
	NoGap    bool        // leave the values gap out, which reads every message of the log

	Whuffie   WhuffieOptions  // Until, left out, is that of Presence
	Events    []whuffie.Event // thanks besides those of the log, for standing
	NoWhuffie bool            // leave standing by thanks out
}

// Report is everything that was measured of one log. Its JSON form is stable
// and described by doc/report.schema.json.
type Report struct {
	Title    string          `json:"title"` // what the report is called; the caller's
	Log      Summary         `json:"log"`
	Reading  check.Reading   `json:"reading"` // what was taken for what, and whether it can be right
	Presence presence.Report `json:"presence"`
	Gap      *gap.Report     `json:"gap"`     // null when it was left out
	Whuffie  *Whuffie        `json:"whuffie"` // null when it was left out, or nobody thanked anybody

	// WhuffieErr says why standing couldn't be measured although somebody thanked
	// somebody: nobody of the circle given is in the log. Nil: it could.
	WhuffieErr error `json:"-"`
}

// Summary says what was read.
type Summary struct {
	Messages             int       `json:"messages"`
	Threads              int       `json:"threads"`
	People               int       `json:"people"`
	OrganisationMessages int       `json:"organisation_messages"`
	CommunityMessages    int       `json:"community_messages"`
	UnknownMessages      int       `json:"unknown_messages"` // no side is known
	First                time.Time `json:"first"`
	Last                 time.Time `json:"last"`
	Problems             []Problem `json:"problems"`
}

// Problem is a kind of fault in the input, how often it was met, and where
// first.
type Problem struct {
	Kind     conversation.Kind `json:"kind"`
	Count    int               `json:"count"`
	Examples []string          `json:"examples"` // file:line and what was found there
}

// Measure takes all the measures of a log, of which it reads every message once.
// Same log, same options, same report.
func Measure(log *conversation.Log, options Options) Report {
	p := presence.NewBatch(log, options.Presence)
	o := options.Presence.Reading()
	var values *gap.Batch
	if !options.NoGap {
		values = gap.NewBatch(log, options.gap())
		o.Model, o.Only = options.gap().Reading().Model, o.Only|reading.Values
	}
	var thanks *gift.Batch
	if !options.NoWhuffie {
		thanks = gift.NewBatch(log)
		o.Only |= reading.Gratitude
	}
	reading.Each(log, o, func(message int, row *reading.Row) {
		p.Take(message, row)
		if values != nil {
			values.Take(message, row)
		}
		if thanks != nil {
			thanks.Take(message, row)
		}
	})
	r := Report{Log: Summarise(log), Reading: check.Read(log, check.Span{Since: options.Presence.Since, Until: options.Presence.Until}), Presence: p.Report()}
	if values != nil {
		found := values.Report(gap.Deeds(r.Presence))
		r.Gap = &found
	}
	if thanks != nil {
		r.Whuffie, r.WhuffieErr = measureWhuffie(log, thanks.Thanks(), options)
	}
	return r
}

// Question is told instead of a report when the reading can't be right: no number
// measured in it would be true. Its JSON form is that of a report whose measures
// are null.
type Question struct {
	Title    string           `json:"title"`
	Log      Summary          `json:"log"`
	Reading  check.Reading    `json:"reading"`
	Presence *presence.Report `json:"presence"` // null
	Gap      *gap.Report      `json:"gap"`      // null
	Whuffie  *Whuffie         `json:"whuffie"`  // null
}

// Ask judges how a log was read, before anything is measured. ok is false when
// a number would not be true.
func Ask(log *conversation.Log, since, until time.Time) (q Question, ok bool) {
	q = Question{Reading: check.Read(log, check.Span{Since: since, Until: until})}
	if q.Reading.Blocks() {
		q.Log = Summarise(log)
		return q, false
	}
	return q, true
}

// gap are the options of the gap, with what they leave to those of presence.
func (options Options) gap() gap.Options {
	o := options.Gap
	if o.Until.IsZero() {
		o.Until = options.Presence.Until
	}
	if o.Seed == 0 {
		o.Seed = options.Presence.Seed
	}
	return o
}

// Summarise says what a log holds and what was wrong with it.
func Summarise(log *conversation.Log) Summary {
	s := Summary{Messages: log.Len(), Threads: len(log.Threads()), People: log.People(), Problems: []Problem{}}
	s.First, s.Last = log.Span()
	for i := range log.Len() {
		switch log.At(i).Side {
		case conversation.Organisation:
			s.OrganisationMessages++
		case conversation.Community:
			s.CommunityMessages++
		default:
			s.UnknownMessages++
		}
	}
	for _, t := range log.Problems().All() {
		p := Problem{Kind: t.Kind, Count: t.Count, Examples: []string{}}
		for i := range t.Examples {
			p.Examples = append(p.Examples, t.Examples[i].Error())
		}
		s.Problems = append(s.Problems, p)
	}
	return s
}
