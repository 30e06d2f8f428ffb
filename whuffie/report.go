package whuffie

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/entregent/entregent/measure"
)

// Report is what a log of thanks says about standing: who is met by walks of thanks, how sure that is, and how often
// giving comes back.
type Report struct {
	Clock         time.Time // when it is told
	Circle        int       // people known to be real, where walks start
	SeenCircle    int       // accounts only seen
	People        []Person  // by name: a report isn't a ranking
	Organisations []Person  // counted apart
	Reciprocity   Reciprocity
	Thanks        int     // that count
	Gifts         int     // that nobody acknowledged: they count for reciprocity only
	Reports       int     // of harm
	Later         int     // events left out because they are later than the clock
	Refused       int     // events that have no meaning
	Examples      []error // what is wrong with the first few of them
	Doubts        []measure.Doubt

	World *World // to ask on: From, Explain, Exact, Attack
}

// Person is somebody's standing in a report.
type Person struct {
	Name string
	Score
	Gifts int // thanks said to her
}

// ReciprocityWithin is the time in which a Report looks for something to come back.
const ReciprocityWithin = 90 * 24 * time.Hour

// Measure is the whole of it in one call: it takes a log, at the time `until` (the log's last event if that is zero),
// leaves out what is later or has no meaning, and says so. Without a Known circle, everybody in the log is taken to be
// real, which a doubt then says: whoever invents people can then raise herself.
func Measure(log []Event, o Options, until time.Time) (*Report, error) {
	r := &Report{}
	log = r.sift(log, until)
	if len(o.Known) == 0 {
		o.Known = everybody(log, o.Organisations)
		r.Doubts = append(r.Doubts, measure.Doubted("open-circle", len(o.Known)))
	}
	w, err := Build(o, slices.Values(log))
	if err == nil && !until.IsZero() {
		err = w.Tick(until)
	}
	if err != nil {
		return nil, fmt.Errorf("measuring whuffie: %w", err)
	}
	r.World, r.Clock = w, w.Clock()
	r.Circle, r.SeenCircle = len(w.circles[0]), len(w.circles[1])
	r.tell()
	r.Reciprocity = Reciprocate(log, o.Organisations, until, ReciprocityWithin)
	return r, nil
}

// sift puts a log in order of time and takes out what can't be measured. An event without a time, such as a withdrawal,
// stays behind the one before it.
func (r *Report) sift(log []Event, until time.Time) []Event {
	type timed struct {
		Event
		at time.Time
	}
	var at time.Time
	kept := make([]timed, 0, len(log))
	for _, e := range log {
		if !e.Time.IsZero() {
			at = e.Time
		}
		err := e.check()
		switch {
		case err != nil:
			if r.Refused++; len(r.Examples) < maxExamples {
				r.Examples = append(r.Examples, err)
			}
		case !until.IsZero() && at.After(until):
			r.Later++
		default:
			if e.Kind == Gift {
				r.Gifts++
			}
			kept = append(kept, timed{e, at})
		}
	}
	slices.SortStableFunc(kept, func(a, b timed) int { return a.at.Compare(b.at) })
	sorted := make([]Event, len(kept))
	for i, e := range kept {
		sorted[i] = e.Event
	}
	return sorted
}

// everybody lists the people of a log in the order in which they appear.
func everybody(log []Event, organisations []string) (names []string) {
	heard := map[string]bool{"": true}
	for _, name := range organisations {
		heard[name] = true
	}
	for _, e := range log {
		for _, name := range [...]string{e.From, e.To} {
			if !heard[name] {
				heard[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// tell fills in everybody's standing.
func (r *Report) tell() {
	w := r.World
	gifts := make([]int, len(w.people))
	for p := range w.people {
		for _, m := range w.people[p].thanks.marks {
			if m.live() {
				gifts[m.to]++
				r.Thanks++
			}
		}
	}
	for i := range w.harm {
		for _, m := range w.harm[i].marks {
			if m.live() {
				r.Reports++
			}
		}
	}
	for p := range w.people {
		if w.people[p].gone {
			continue
		}
		one := Person{Name: w.names.get(uint32(p)), Score: w.score(uint32(p)), Gifts: gifts[p]}
		if one.Organisation {
			r.Organisations = append(r.Organisations, one)
		} else {
			r.People = append(r.People, one)
		}
	}
	byName := func(a, b Person) int { return cmp.Compare(a.Name, b.Name) }
	slices.SortFunc(r.People, byName)
	slices.SortFunc(r.Organisations, byName)
}
