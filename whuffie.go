package entregent

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/whuffie"
)

// Whuffie is the part of a report about standing: who is met by walks that start
// with people known to be real and go each time to somebody they thanked. People
// stand in it under pseudonyms unless the options say otherwise, by band and
// then by name: it is no ranking.
type Whuffie struct {
	Clock        time.Time         `json:"clock"`
	Circle       Circle            `json:"circle"`
	Thanks       []ThanksOfKind    `json:"thanks"`       // what it rests on, by kind
	People       []Standing        `json:"people"`       // who was thanked
	Organisation []Standing        `json:"organisation"` // counted apart
	Bands        []Band            `json:"bands"`
	Flow         []whuffie.Between `json:"flow"` // who lifts whom, band by band
	Reciprocity  Reciprocity       `json:"reciprocity"`
	LeftOut      int               `json:"left_out"` // events later than the clock, or without a meaning

	report *whuffie.Report
	log    *conversation.Log          // that was measured, or nil
	named  bool                       // by their own names
	refs   func() map[string]gift.Ref // the thanks found in the log, by what whuffie calls them
	alias  map[string]string          // names as they are shown
	behind map[string]string          // names behind pseudonyms
}

// ThanksOfKind counts the thanks of a kind, and says what each weighs.
type ThanksOfKind struct {
	Kind     string  `json:"kind"`
	Strength float64 `json:"strength"` // of one; 0: as its source says
	Count    int     `json:"count"`
	Paid     int     `json:"paid"` // of these, paid for: worth nothing
}

// Standing is somebody's. Shares of walks are null when too few walks met her to
// say anything.
type Standing struct {
	Person string            `json:"person"`
	Side   conversation.Side `json:"-"`
	Known  *float64          `json:"known"`
	Seen   *float64          `json:"seen"`
	Harm   *float64          `json:"harm"`
	Points *float64          `json:"points"`
	Err    *float64          `json:"err"`
	Gifts  int               `json:"gifts"` // thanks said to her
	Met    int               `json:"met"`   // walks
	Band   whuffie.Band      `json:"band"`
	Who    string            `json:"side"`
}

// Band counts the people of a band.
type Band struct {
	Band   whuffie.Band `json:"band"`
	People int          `json:"people"`
}

// Reciprocity says how often giving comes back within a time.
type Reciprocity struct {
	Direct   measure.Estimate `json:"direct"`
	Chain    measure.Estimate `json:"chain"`
	Within   string           `json:"within"`
	Estimate measure.Estimate `json:"estimate"`
	Anyone   measure.Estimate `json:"anyone"` // received from anybody at all
	Givers   int              `json:"givers"`
	Young    int              `json:"young"` // whose first gift is younger than that, and who received nothing yet
}

// WhuffieOptions say how standing is measured; the zero value is the published
// yardstick with a circle of regulars.
type WhuffieOptions struct {
	Until         time.Time // the last event if zero
	Circle        []string  // people known to be real; empty: the regulars
	Seen          []string
	Organisations []string
	Names         bool // show people by their names
	HalfLife      time.Duration
	Walks         int // a power of two
	Seed          uint64
}

// MeasureWhuffie tells standing by the thanks of a conversation and by events
// besides; either may be nil.
func MeasureWhuffie(log *conversation.Log, events []whuffie.Event, o WhuffieOptions) (*Whuffie, error) {
	var found []gift.Thanks
	if log != nil {
		found = gift.Find(log)
		o.Organisations = slices.Concat(o.Organisations, Staff(log))
	}
	return stand(log, found, events, o)
}

// reportWalks are the walks of a report beside other measures: a quarter of the
// published number, for a quarter of the memory.
const reportWalks = 1 << 18

// measureWhuffie is the part of a report; nil when nobody thanked anybody, or with
// an error.
func measureWhuffie(log *conversation.Log, found []gift.Thanks, options Options) (*Whuffie, error) {
	o := options.Whuffie
	if o.Until.IsZero() {
		o.Until = options.Presence.Until
	}
	early := func(at time.Time) bool { return o.Until.IsZero() || !at.After(o.Until) }
	if !slices.ContainsFunc(found, func(t gift.Thanks) bool { return early(t.Time) }) && !slices.ContainsFunc(options.Events, func(e whuffie.Event) bool { return early(e.Time) }) {
		return nil, nil
	}
	o.Walks = cmp.Or(o.Walks, reportWalks)
	o.Organisations = slices.Concat(o.Organisations, Staff(log))
	w, err := stand(log, found, options.Events, o)
	if err != nil || len(w.Thanks) == 0 {
		return nil, err
	}
	return w, nil
}

// stand measures standing by the thanks found in a log and events besides.
func stand(log *conversation.Log, found []gift.Thanks, events []whuffie.Event, o WhuffieOptions) (*Whuffie, error) {
	w := &Whuffie{log: log, People: []Standing{}, Organisation: []Standing{}}
	if !o.Until.IsZero() {
		w.LeftOut = len(found) + len(events)
		found = slices.DeleteFunc(slices.Clone(found), func(t gift.Thanks) bool { return t.Time.After(o.Until) })
		events = slices.DeleteFunc(slices.Clone(events), func(e whuffie.Event) bool { return e.Time.After(o.Until) })
		w.LeftOut -= len(found) + len(events)
	}
	w.refs = sync.OnceValue(func() map[string]gift.Ref {
		refs := make(map[string]gift.Ref, len(found))
		for _, t := range found {
			refs[t.Ref().String()] = t.Ref()
		}
		return refs
	})
	w.count(found, events)
	all := slices.Concat(ActsOf(found), events)
	var talk Talk
	if log != nil {
		talk = log
	}
	circle, told := Regulars(talk, all, o)
	w.Circle = told
	if len(circle) == 0 && len(o.Circle) > 0 {
		return nil, fmt.Errorf("measuring whuffie: nobody of the circle (%s) is in the log", strings.Join(o.Circle[:min(3, len(o.Circle))], ", "))
	}
	r, err := whuffie.Measure(all, whuffie.Options{Known: circle, Seen: o.Seen, Organisations: o.Organisations,
		HalfLife: o.HalfLife, Walks: o.Walks, Seed: o.Seed}, o.Until)
	if err != nil {
		return nil, err
	}
	w.report, w.Clock = r, r.Clock
	w.LeftOut += r.Later + r.Refused
	w.Circle.Seen = r.SeenCircle
	w.name(all, o.Names)
	w.stand(r)
	w.Flow = r.World.Flow()
	x := r.Reciprocity
	w.Reciprocity = Reciprocity{x.Direct, x.Chain, "90d", x.Estimate, x.Anyone, x.Givers, x.Young}
	return w, nil
}

// count counts the thanks by kind.
func (w *Whuffie) count(found []gift.Thanks, events []whuffie.Event) {
	kinds := map[string]*ThanksOfKind{}
	add := func(kind string, strength float64, paid bool) {
		if kinds[kind] == nil {
			kinds[kind] = &ThanksOfKind{Kind: kind, Strength: strength}
		}
		kinds[kind].Count++
		if paid {
			kinds[kind].Paid++
		}
	}
	for _, t := range found {
		add(string(t.Kind), t.Kind.Strength(), t.Paid)
	}
	for _, e := range events {
		if e.Kind == whuffie.Thanks || e.Kind == whuffie.Gift || e.Kind == whuffie.Harm {
			add(e.Kind.String(), 0, e.Paid)
		}
	}
	w.Thanks = []ThanksOfKind{}
	for _, k := range kinds {
		w.Thanks = append(w.Thanks, *k)
	}
	slices.SortFunc(w.Thanks, func(a, b ThanksOfKind) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.Kind, b.Kind))
	})
}

// name decides under which name everybody appears: the own one, or P and the
// order in which the thanks name them.
func (w *Whuffie) name(all []whuffie.Event, names bool) {
	w.named, w.alias, w.behind = names, map[string]string{}, map[string]string{}
	for _, e := range all {
		for _, name := range [...]string{e.From, e.To} {
			if _, done := w.alias[name]; done || name == "" {
				continue
			}
			alias := name
			if !names {
				alias = fmt.Sprintf("P%d", len(w.alias)+1)
			}
			w.alias[name], w.behind[alias] = alias, name
		}
	}
}

// Named tells whether people appear under their own names.
func (w *Whuffie) Named() bool { return w.named }

// Alias is the name under which somebody appears.
func (w *Whuffie) Alias(name string) string { return cmp.Or(w.alias[name], "—") }

// Behind is who appears under a name or bears it; false when nobody does.
func (w *Whuffie) Behind(name string) (string, bool) {
	if _, ok := w.alias[name]; ok {
		return name, true
	}
	real, ok := w.behind[name]
	return real, ok
}

// Ref is the thanks found in the conversation that whuffie calls so; false for
// other events.
func (w *Whuffie) Ref(id string) (gift.Ref, bool) {
	r, ok := w.refs()[id]
	return r, ok
}

// Said is the text of the message behind a thanks that was found in a
// conversation, and its language ("" if that isn't known). ok is false for other
// events, and where people aren't to be known.
func (w *Whuffie) Said(id string) (text, language string, ok bool) {
	ref, found := w.Ref(id)
	if w.log == nil || !w.named || !found {
		return "", "", false
	}
	i, ok := w.log.Find(ref.Message)
	if !ok {
		return "", "", false
	}
	return w.log.Text(i), w.log.Language(w.log.At(i).Lang), true
}

// World is what was measured, to ask on; nil when there is nothing.
func (w *Whuffie) World() *whuffie.World { return w.report.World }

// stand fills in everybody's standing.
func (w *Whuffie) stand(r *whuffie.Report) {
	people := map[whuffie.Band]int{}
	for _, p := range r.People {
		if p.Gifts == 0 && p.Met == 0 {
			continue
		}
		s := w.standing(p)
		people[s.Band]++
		w.People = append(w.People, s)
	}
	for _, p := range r.Organisations {
		if p.Gifts > 0 || p.Met > 0 {
			people[whuffie.BandOrganisation]++
			w.Organisation = append(w.Organisation, w.standing(p))
		}
	}
	for _, b := range whuffie.Bands {
		w.Bands = append(w.Bands, Band{b, people[b]})
	}
	for _, list := range [][]Standing{w.People, w.Organisation} {
		slices.SortFunc(list, func(a, b Standing) int {
			return cmp.Or(slices.Index(whuffie.Bands, b.Band)-slices.Index(whuffie.Bands, a.Band), len(a.Person)-len(b.Person), cmp.Compare(a.Person, b.Person))
		})
	}
}

func (w *Whuffie) standing(p whuffie.Person) Standing {
	s := Standing{Person: w.Alias(p.Name), Gifts: p.Gifts, Met: p.Met, Band: p.Score.Band(), Who: "community"}
	if p.Organisation {
		s.Who = "organisation"
	}
	if p.State() == whuffie.Enough {
		s.Known, s.Seen, s.Harm, s.Points, s.Err = &p.Known, &p.Seen, &p.Score.Harm, &p.Points, &p.Err
	}
	return s
}

// Seen is how a viewer sees somebody: half by walks that start with the viewer,
// half by the circle's.
type Seen struct {
	Person string  `json:"person"`
	Points float64 `json:"points"`
	Circle float64 `json:"circle"` // by the circle's walks alone
	Err    float64 `json:"err"`
}

// viewWalks are how many walks start with a viewer.
const viewWalks = 1 << 14

// As tells whom the walks of a viewer meet, and how often she and the circle
// together do. Whom too few walks met is left out.
func (w *Whuffie) As(viewer string) ([]Seen, error) {
	v, err := w.World().From(viewer, viewWalks)
	if err != nil {
		return nil, err
	}
	seen := []Seen{}
	for name, s := range v.Met() {
		if s.State() == whuffie.Enough && name != viewer {
			seen = append(seen, Seen{w.Alias(name), s.Points, w.World().Score(name).Points, s.Err})
		}
	}
	slices.SortFunc(seen, func(a, b Seen) int { return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Person, b.Person)) })
	return seen, nil
}

// WhuffiePeriod is standing at the end of one of several periods.
type WhuffiePeriod struct {
	Until   time.Time `json:"until"`
	Thanks  int       `json:"thanks"`  // said in the period, and worth something
	Thanked int       `json:"thanked"` // people they were said to
	Met     int       `json:"met"`     // people whom enough walks meet at its end
}

// OverTime tells standing at each of some times, in order.
func OverTime(log *conversation.Log, events []whuffie.Event, o WhuffieOptions, until []time.Time) ([]WhuffiePeriod, error) {
	var found []gift.Thanks
	if log != nil {
		found = gift.Find(log)
		o.Organisations = slices.Concat(o.Organisations, Staff(log))
	}
	all := slices.Concat(ActsOf(found), events)
	periods := []WhuffiePeriod{}
	for i, end := range until {
		p, thanked := WhuffiePeriod{Until: end}, map[string]bool{}
		for _, e := range all {
			if e.Kind == whuffie.Thanks && !e.Paid && e.From != e.To && !e.Time.After(end) && (i == 0 || e.Time.After(until[i-1])) {
				p.Thanks++
				thanked[e.To] = true
			}
		}
		p.Thanked = len(thanked)
		o.Until = end
		w, err := stand(log, found, events, o)
		if err != nil {
			return nil, err
		}
		for _, s := range w.People {
			if s.Points != nil {
				p.Met++
			}
		}
		periods = append(periods, p)
	}
	return periods, nil
}

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
		events = append(events, whuffie.Event{Kind: whuffie.Thanks, ID: t.Ref().String(), From: string(t.From), To: string(t.To),
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
