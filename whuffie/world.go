package whuffie

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// World is a log of thanks, the two circles, the clock, and the walks that follow from them. It isn't safe for
// concurrent use; methods that only read (Score, From, Explain, Exact, Attack, Save) may run side by side.
type World struct {
	opt     Options
	stick   yardstick
	lengths [Horizon - 1]uint64
	seedKey uint64

	names     words
	people    []person
	harm      []row    // rows of reports, by person.harm
	reporters []uint32 // whose each of them is
	ids       words    // of thanks and reports
	owners    []uint32 // who said each of them; none if nobody did yet

	clock    uint32      // T: the last second of a day
	reserves reserves    // at the clock
	circles  [2][]uint32 // known, seen; none in the place of an erased member
	walks    walks
}

// person is somebody, or an organisation.
type person struct {
	thanks       row
	key          uint64 // of the person's draws: a hash of the name
	harm         int32  // index of the row of reports, or −1
	organisation bool
	gone         bool // erased
}

// reserves are κ(T) and κ⁻(T).
type reserves struct{ thanks, harm float64 }

// New makes a world in which nothing happened yet.
func New(o Options) (*World, error) {
	w, err := empty(o)
	if err != nil {
		return nil, err
	}
	return w, w.Circle(o.Known, o.Seen)
}

// empty makes a world without circles.
func empty(o Options) (*World, error) {
	o, err := o.filled()
	if err != nil {
		return nil, err
	}
	w := &World{opt: o, stick: yardstick{half: o.halfLife()}, lengths: o.lengths(), seedKey: mix(o.Seed)}
	w.setClock(endOfDay(0))
	for _, name := range o.Organisations {
		if err := w.Organisation(name); err != nil {
			return nil, err
		}
	}
	w.opt.Known, w.opt.Seen, w.opt.Organisations = nil, nil, nil // kept as people
	return w, nil
}

// Clock is the time at which standing is told: the last second of a day, UTC.
func (w *World) Clock() time.Time { return time.Unix(int64(w.clock), 0).UTC() }

// Len is the number of people and organisations.
func (w *World) Len() int {
	n := 0
	for i := range w.people {
		if !w.people[i].gone {
			n++
		}
	}
	return n
}

// hash is the part of a person's draws that is hers: FNV-1a of her name, mixed with the world's seed.
func (w *World) hash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return mix(h ^ w.seedKey)
}

// named is the number of a name said by the operator.
func (w *World) named(name string) (uint32, error) {
	if name == "" {
		return none, errors.New("a name is missing")
	}
	if err := checkWord(name); err != nil {
		return none, err
	}
	return w.someone(name)
}

// someone is the number of a name, which may be new.
func (w *World) someone(name string) (uint32, error) {
	p, err := w.names.add(name)
	if err == nil && int(p) == len(w.people) {
		w.people = append(w.people, person{key: w.hash(name), harm: -1})
		w.walks.meet(len(w.people))
	}
	return p, err
}

// setClock sets T and what depends on it alone.
func (w *World) setClock(t uint32) {
	w.clock = t
	w.reserves = reserves{w.stick.mass(w.opt.Reserve, t), w.stick.mass(w.opt.HarmReserve, t)}
}

// Append takes events in order; it stops at the first that can't be taken and says which. An event later than the clock
// is an error: whoever knows the time passes the day with Tick.
func (w *World) Append(log ...Event) error {
	for i, e := range log {
		if err := w.take(e); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
	}
	return nil
}

func (w *World) take(e Event) error {
	if err := e.check(); err != nil {
		return err
	}
	switch e.Kind {
	case Thanks, Harm:
		return w.say(e)
	case Withdraw:
		return w.Withdraw(e.ID)
	case Forget:
		return w.Forget(e.From)
	case Day:
		return w.Tick(e.Time)
	}
	return nil // a gift waits for its receiver's thanks
}

// Thank takes one thanks: e.From, who received, thanks e.To, who gave. A second one with the same ID changes nothing,
// nor does one that is paid or that goes to oneself.
func (w *World) Thank(e Event) error {
	e.Kind = Thanks
	return w.take(e)
}

// Harm takes one report: e.From reports e.To for a reason. A reporter has one live report about a person: a new one
// takes the place of the one before.
func (w *World) Harm(e Event) error {
	e.Kind = Harm
	return w.take(e)
}

// say puts a thanks or a report on the row of who said it, and lets the walks feel it.
func (w *World) say(e Event) error {
	from, m, err := w.hear(e)
	switch {
	case err != nil || from == none:
		return err
	case e.Kind == Harm:
		w.reharm(from, func() { w.reports(from, m.to).add(m, w.stick, w.reserves.harm) })
	default:
		r := &w.people[from].thanks
		m.weight = faded(m.weight, r.earlier(m.to, m.time, w.stick))
		r.add(m, w.stick, w.reserves.thanks)
		w.recheck(from)
	}
	return nil
}

// hear turns a thanks or a report that makes sense into a mark and who said it; none if it is worth nothing or was heard before.
func (w *World) hear(e Event) (from uint32, m mark, err error) {
	m.time, _ = seconds(e.Time)
	if m.time > w.clock {
		return none, m, fmt.Errorf("%s at %s: %w", e.Kind, e.Time.UTC().Format(time.RFC3339), ErrAfterClock)
	}
	if m.weight = e.strength(); m.weight == 0 || w.ids.find(e.ID) != none {
		return none, m, nil
	}
	if from, err = w.someone(e.From); err != nil {
		return none, m, err
	}
	if m.to, err = w.someone(e.To); err != nil {
		return none, m, err
	}
	m.id, err = w.newID(e.ID, from)
	return from, m, err
}

func (w *World) newID(id string, owner uint32) (uint32, error) {
	if id == "" {
		return none, nil
	}
	n, err := w.ids.add(id)
	if err == nil {
		w.owners = append(w.owners, owner)
	}
	return n, err
}

// reporter gives p a row of reports.
func (w *World) reporter(p uint32, r row) {
	w.people[p].harm = int32(len(w.harm))
	w.harm, w.reporters = append(w.harm, r), append(w.reporters, p)
}

// reports is p's row of reports, made if need be, without any live one about somebody.
func (w *World) reports(p, about uint32) *row {
	q := &w.people[p]
	if q.harm < 0 {
		w.reporter(p, row{})
	}
	r := &w.harm[q.harm]
	for i := range r.marks {
		if old := &r.marks[i]; old.to == about && old.live() {
			old.weight = -old.weight
		}
	}
	return r
}

// Organisation says that a name is an organisation: a walk that meets one ends there.
func (w *World) Organisation(name string) error {
	p, err := w.named(name)
	if err != nil {
		return fmt.Errorf("organisation: %w", err)
	}
	w.reharm(p, func() { w.people[p].organisation = true })
	w.redraw(p)
	return nil
}

// Withdraw takes back the thanks or the report with this ID, for good: the same ID said later, or again, changes
// nothing. Only the walks that followed it change: they stop where they followed it.
func (w *World) Withdraw(id string) error {
	if err := (Event{Kind: Withdraw, ID: id}).check(); err != nil {
		return err
	}
	n := w.ids.find(id)
	if n == none {
		_, err := w.newID(id, none)
		return err
	}
	owner := w.owners[n]
	if owner == none {
		return nil
	}
	p := &w.people[owner]
	if m := p.thanks.find(n); m != nil && m.live() {
		m.weight = -m.weight
		w.redraw(owner)
	}
	if p.harm >= 0 {
		if m := w.harm[p.harm].find(n); m != nil && m.live() {
			w.reharm(owner, func() { m.weight = -m.weight })
		}
	}
	return nil
}

// reharm changes p's reports and counts anew what the walks through p draw.
func (w *World) reharm(p uint32, change func()) {
	through := w.walksAt(p)
	w.tally(through, -1)
	change()
	w.tally(through, +1)
}

// Forget erases somebody: her name, what she said, what was said to her and about her, and the IDs of all that. The walks
// that met her stop before her; no other walk changes. The same name, should it come again, is somebody new. Who isn't known needs no erasing.
func (w *World) Forget(name string) error {
	p := w.names.find(name)
	if p == none {
		return nil
	}
	for i := range w.people {
		w.eraseMarks(w.people[i].thanks.marks, p)
	}
	for _, v := range slices.Clone(w.walks.visits[p]) {
		if w.walks.visit(p, v) != nil {
			w.rewalk(v.walk(), v.pos())
		}
	}
	w.erase(p)
	return nil
}

// erase removes what is left of somebody whom no walk meets.
func (w *World) erase(p uint32) {
	q := &w.people[p]
	w.eraseIDs(q.thanks.marks)
	if q.harm >= 0 {
		w.eraseIDs(w.harm[q.harm].marks)
		w.harm[q.harm] = row{}
	}
	for i := range w.harm {
		w.eraseMarks(w.harm[i].marks, p)
	}
	for _, circle := range w.circles {
		for i := range circle {
			if circle[i] == p {
				circle[i] = none
			}
		}
	}
	w.names.erase(p)
	*q = person{harm: -1, gone: true}
	w.walks.harmed.add(p, -w.walks.harmed.of(p))
}

// eraseMarks makes every mark that leads to p lead nowhere.
func (w *World) eraseMarks(marks []mark, p uint32) {
	for i := range marks {
		if marks[i].to == p {
			w.eraseIDs(marks[i : i+1])
			marks[i].to = none
		}
	}
}

func (w *World) eraseIDs(marks []mark) {
	for i := range marks {
		if id := marks[i].id; id != none {
			w.ids.erase(id)
			w.owners[id] = none
			marks[i].id = none
		}
	}
}

// Tick passes time: the clock goes to the end of t's day, never back. Everyone's reserve grows, so what isn't renewed
// fades.
func (w *World) Tick(t time.Time) error {
	at, err := seconds(t)
	if err != nil {
		return err
	}
	if at <= w.clock {
		return nil
	}
	w.clock = endOfDay(at)
	if w.stick.rebased(w.clock)-w.stick.base > 60 {
		w.rebase()
	}
	w.setClock(w.clock)
	w.recheckAll()
	w.recountHarm()
	return nil
}

// rebase changes the unit of all masses, by a power of two.
func (w *World) rebase() {
	by := w.stick.rebased(w.clock) - w.stick.base
	for i := range w.people {
		w.people[i].thanks.shift(by)
	}
	for i := range w.harm {
		w.harm[i].shift(by)
	}
	w.walks.shift(by)
	w.stick.base += by
}
