package entregent

import (
	"cmp"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/whuffie"
)

// Circle is where the walks start.
type Circle struct {
	Rule    string   `json:"rule"` // given, regulars or everybody
	People  int      `json:"people"`
	Of      int      `json:"of"`             // people in all
	Weeks   int      `json:"weeks"`          // in so many different weeks a regular spoke
	Seen    int      `json:"seen"`           // accounts of the second circle
	Unheard []string `json:"unheard"`        // names given that nobody bears
	Walks   int      `json:"walks"`          // from each circle
	Half    float64  `json:"half_life_days"` // after which a thanks weighs half
}

// RegularWeeks is in how many different weeks somebody spoke who is a regular;
// fewRegulars is below how many of them everybody is taken instead.
const (
	RegularWeeks = 3
	fewRegulars  = 10
)

// Talk is a conversation as the circle is chosen from it: a [conversation.Log] is
// one.
type Talk interface {
	Len() int
	At(message int) conversation.Entry
	Person(n int) conversation.PersonID
}

// Acts are the thanks of a conversation, as whuffie takes them.
func Acts(log *conversation.Log) []whuffie.Event { return ActsOf(gift.Find(log)) }

// ActsOf are thanks that were found, as whuffie takes them.
func ActsOf(found []gift.Thanks) []whuffie.Event {
	var events []whuffie.Event
	for _, t := range found {
		events = append(events, whuffie.Event{Kind: whuffie.Thanks, ID: string(t.Kind) + " " + t.ID(), From: string(t.From), To: string(t.To),
			Time: t.Time, Strength: t.Strength, Paid: t.Paid})
	}
	return events
}

// Staff are the accounts that spoke for the organisation.
func Staff(log Talk) (names []string) {
	heard := map[int]bool{}
	for i := range log.Len() {
		if e := log.At(i); e.Side == conversation.Organisation && e.Author >= 0 && !heard[e.Author] {
			heard[e.Author] = true
			names = append(names, string(log.Person(e.Author)))
		}
	}
	return names
}

// Regulars chooses where the walks start, by name: who is given, else the
// regulars, else, when there are too few of these, everybody. The organisations
// of the options are left out, whoever else speaks in the log (which may be nil)
// or in the events can be chosen.
func Regulars(log Talk, events []whuffie.Event, o WhuffieOptions) (circle []string, told Circle) {
	people := speakers(log, events, o)
	told = Circle{Rule: "given", Of: len(people), Unheard: []string{}, Walks: cmp.Or(o.Walks, 1<<20), Half: cmp.Or(o.HalfLife, 90*24*time.Hour).Hours() / 24}
	if len(o.Circle) > 0 {
		for _, name := range o.Circle {
			if _, heard := people[name]; heard {
				circle = append(circle, name)
			} else {
				told.Unheard = append(told.Unheard, name)
			}
		}
		told.People = len(circle)
		return circle, told
	}
	told.Rule, told.Weeks = "regulars", RegularWeeks
	for name, weeks := range people {
		if len(weeks) >= RegularWeeks {
			circle = append(circle, name)
		}
	}
	if len(circle) < fewRegulars {
		told.Rule, told.Weeks, circle = "everybody", 0, circle[:0]
		for name := range people {
			circle = append(circle, name)
		}
	}
	slices.Sort(circle)
	told.People = len(circle)
	return circle, told
}

// speakers are the people who said something, and the weeks in which they did.
// Who was only thanked is among them with none.
func speakers(log Talk, events []whuffie.Event, o WhuffieOptions) map[string]map[int64]bool {
	people, apart := map[string]map[int64]bool{}, map[string]bool{}
	for _, name := range o.Organisations {
		apart[name] = true
	}
	spoke := func(name string, at time.Time, did bool) {
		if name == "" || apart[name] || !o.Until.IsZero() && at.After(o.Until) {
			return
		}
		if people[name] == nil {
			people[name] = map[int64]bool{}
		}
		if did {
			people[name][at.Unix()/(7*24*3600)] = true
		}
	}
	for _, e := range events {
		spoke(e.From, e.Time, true)
		spoke(e.To, e.Time, false)
	}
	if log != nil {
		for i := range log.Len() {
			if e := log.At(i); e.Author >= 0 && e.Side != conversation.Organisation && !e.Bot {
				spoke(string(log.Person(e.Author)), time.UnixMicro(e.Time), true)
			}
		}
	}
	return people
}
