// Package gap measures how far apart the values stand that two sides of a
// conversation express: an organisation's and its community's.
//
// It begins with a log and a yardstick. Every message of a side is read by an
// [ethos.Scorer], which says how probable each value is. A person's messages
// are averaged, then the persons of a side, each counting once: that is the
// side's profile. Minus its own mean over the values (ipsatised), it says what a
// side speaks of more than of other things, and the difference of the two sides
// is the gap, value by value.
//
// A gap comes with an interval that knows two errors: that other persons might
// have spoken (they are drawn anew, a bootstrap) and that the scorer errs, on
// whole topics and on single texts (the spread that its model brings). With
// people's labels on messages of both sides, these take the place of the second
// ([Label]). A value is said to differ only when its gap survives the correction
// for looking at many values at once.
//
// Then come the two axes to which the fit between organisations and people
// reduces (Borg, Groenen, Jehn, Bilsky & Schwartz 2011), the distance of the two
// profiles minus what chance alone would show, the words that drive the gap, the
// messages to read, and the same over time and by group.
//
// Values are those that words express, never those that a person has. Nothing
// here holds or gives a person's values: below 30 persons and 100 messages on a
// side, no number is given at all.
package gap

import (
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure"
)

// Method is the version of how gaps are measured; it changes when numbers do.
const Method = "gap-1"

// Options say how to measure. The zero value measures the yardstick fosse once
// over the whole log.
type Options struct {
	Model  *ethos.Model // nil: fosse
	Quotes Quotes
	Since  time.Time // messages before are left out; zero: none
	Until  time.Time // messages from here on are left out; zero: none
	Every  Every     // how long a period is; "": no periods
	By     []By
	// Declared are texts in which the organisation says what it stands for.
	Declared []ethos.Text
	// Deeds are what it does, by ethos.Deeds, told beside what it declares: those
	// of [Deeds], or none.
	Deeds  map[string]measure.Estimate
	Labels []Label
	// Draws is how often persons are drawn anew; 0: 400. Seed begins the draws.
	Draws int
	Seed  uint64
	// Public holds back what may only be seen inside: see [Publish].
	Public bool
}

// Quotes says whose messages may be shown.
type Quotes string

// Whose messages are shown. In public, All is no more than Own.
const (
	QuoteAll  Quotes = "" // both sides'
	QuoteOwn  Quotes = "own"
	QuoteNone Quotes = "none"
)

// ParseQuotes reads none, own or all.
func ParseQuotes(word string) (q Quotes, ok bool) {
	switch word {
	case "none", "own":
		return Quotes(word), true
	case "all", "":
		return QuoteAll, true
	}
	return QuoteNone, false
}

// Every is the length of a period.
type Every string

// The periods, by the calendar in UTC.
const (
	Month   Every = "month"
	Quarter Every = "quarter"
	Year    Every = "year"
)

// By is what groups are made by.
type By string

// The groupings. A community's message belongs to the department it addresses.
const (
	Department By = "department"
	Channel    By = "channel"
	Language   By = "language"
)

// The least that is needed before a number about a side is given.
const (
	FewestPersons  = 30
	FewestMessages = 100
)

// Report is what [Measure] found. Its JSON form is stable.
type Report struct {
	Yardstick   string                      `json:"yardstick"`
	Method      string                      `json:"method"`
	Sides       Sides                       `json:"sides"`
	Values      []Value                     `json:"values"`
	Axes        map[string]measure.Estimate `json:"axes"` // results_relations, rules_openness: above 0 the organisation stands nearer the first
	Distance    Distance                    `json:"distance"`
	Reliability measure.Estimate            `json:"reliability"` // of the gaps, by halves of the persons
	Drivers     []Driver                    `json:"drivers"`
	Periods     []Period                    `json:"periods"`
	Groups      []Group                     `json:"groups"`
	Declared    []Declared                  `json:"declared"`
	Doubts      []measure.Doubt             `json:"doubts"`
}

// Sides are the two sides.
type Sides struct {
	Organisation Side `json:"organisation"`
	Community    Side `json:"community"`
}

// Side says who spoke and what they spoke of: the mean probability of each value
// by its id. Below the minimum, the profile is empty.
type Side struct {
	Persons  int                `json:"persons"`
	Messages int                `json:"messages"`
	Profile  map[string]float64 `json:"profile"`
	// Dominated says that one person wrote more than 85 % of the messages, and
	// Withheld that the side may not be shown: see [Publish].
	Dominated bool `json:"dominated"`
	Withheld  bool `json:"withheld"`
}

// Value is the gap on one value: the organisation's ipsatised profile minus the
// community's.
type Value struct {
	ID           string           `json:"id"`
	Name         ethos.Words      `json:"name"`
	Organisation *float64         `json:"organisation"` // mean probability; null below the minimum
	Community    *float64         `json:"community"`
	Gap          measure.Estimate `json:"gap"`
	// Differs says that the gap is there: its p, corrected for the number of
	// values looked at (Benjamini & Hochberg 1995), is below .05.
	Differs bool    `json:"differs"`
	More    *More   `json:"more"` // what would settle it; null when it is settled, or nothing would
	Quotes  []Quote `json:"quotes"`
}

// More is what would settle whether a gap of the size found is there: so many
// more messages on each side, from so many more topics in proportion, or labels
// on so many messages of each side.
type More struct {
	Messages int `json:"messages"`
	Labels   int `json:"labels"`
}

// Period is the gap in one stretch of time, and how it changed since the one
// before.
type Period struct {
	From   time.Time                   `json:"from"`
	To     time.Time                   `json:"to"` // exclusive
	Sides  Sides                       `json:"sides"`
	Axes   map[string]measure.Estimate `json:"axes"`
	Values map[string]measure.Estimate `json:"values"` // gaps by value id
	Change map[string]measure.Estimate `json:"change"` // of the axes since the period before
}

// Group is the gap in one department, channel or language.
type Group struct {
	By       By                          `json:"by"`
	Name     string                      `json:"name"`
	Sides    Sides                       `json:"sides"`
	Axes     map[string]measure.Estimate `json:"axes"`
	Values   map[string]measure.Estimate `json:"values"`
	Distance Distance                    `json:"distance"`
}

// Measure finds the gap between the two sides of a log. Same log, same options,
// same report. It gives no error: below the minimum on a side nothing is measured,
// with the reason among the doubts.
func Measure(log *conversation.Log, options Options) Report {
	return report(score(log, options), options)
}

// Batch is the measure of a log whose messages are read by somebody else, by
// [Options.Reading] or more.
type Batch struct {
	scores  *scores
	options Options
}

// NewBatch is ready to take the rows of a log.
func NewBatch(log *conversation.Log, options Options) *Batch {
	b := &Batch{newScores(log, options.model()), options}
	n := 0
	for i := range log.Len() {
		if b.counts(log.At(i)) {
			n++
		}
	}
	b.scores.messages, b.scores.p = make([]message, 0, n), make([]float32, 0, n*b.scores.width)
	return b
}

// Reading is how messages are to be read for these options.
func (o Options) Reading() reading.Options {
	return reading.Options{Model: o.model(), Only: reading.Values}
}

// Report is that of [Measure], when the rows of all messages were taken. Deeds
// stand for those of the options where these have none.
func (b *Batch) Report(deeds map[string]measure.Estimate) Report {
	o := b.options
	if o.Deeds == nil {
		o.Deeds = deeds
	}
	return report(b.scores, o)
}

func report(scores *scores, options Options) Report {
	r := newReport(options.model())
	m := meter{scores: scores, options: options}
	sides := m.sides(scores.all())
	r.Sides = m.shown(sides)
	r.Doubts = append(r.Doubts, m.doubts(sides)...)
	c := m.compare(sides)
	r.Values, r.Axes, r.Distance, r.Reliability = c.values(), c.axes(), m.distance(sides), m.reliability(sides)
	if c.enough {
		m.quote(r.Values, sides)
		r.Drivers = m.drivers(sides)
	}
	r.Periods = m.periods()
	r.Groups = m.groups()
	r.Declared = m.declared(sides.organisation)
	return Publish(r, options.Public)
}

func newReport(m *ethos.Model) Report {
	r := Report{Method: Method, Values: []Value{}, Axes: map[string]measure.Estimate{}, Drivers: []Driver{}, Periods: []Period{}, Groups: []Group{}, Declared: []Declared{}, Doubts: []measure.Doubt{}}
	if m != nil {
		r.Yardstick = m.Yardstick.ID
	}
	return r
}

func (o *Options) model() *ethos.Model {
	if o.Model == nil {
		o.Model, _ = ethos.Builtin("fosse") // the program's own file; a test opens it
	}
	return o.Model
}

func (o *Options) draws() int {
	if o.Draws <= 0 {
		return 400
	}
	return o.Draws
}
