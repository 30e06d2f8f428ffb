package whuffie

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"
)

// The laws of whuffie/1. Each says in words what must hold in every world, and is tried on random ones. ENTREGENT_LONG=1
// tries them on more than a million events in all.
var laws = []struct {
	name, words string
	try         func(t *testing.T, s *story) error
}{
	{"P1", "fakes change their owner's standing by exactly nothing", fakesRaiseNobody},
	{"P2", "no fake is met by more walks than enter the fakes", noFakeBeyondReach},
	{"P3", "all fakes together have at most 3.1412 times the walks that enter them", fakesTogether},
	{"P4", "an account that gets into the circle is worth at most its share of the circle", oneMember},
	{"P5", "an open second circle at most doubles what the first one says, whatever the number of fakes in it", openCircle},
	{"P6", "a thanks never lowers its giver", thanksNeverLower},
	{"P7", "thanking changes the thanker by exactly nothing", thankingIsFree},
	{"P8", "if nobody gives, nobody rises, and in the end all standing is gone", allFades},
	{"P9", "all standing together is at most 3.1412", notMinted},
	{"P10", "fakes who slander draw at most 3.1412 times the walks that enter them, and harm never alters what anybody was thanked for", slander},
	{"P11", "every point belongs to one thanks", exactPartition},
	{"P12", "other names change nothing but the noise", renaming},
	{"P13", "a log appended event by event, saved and loaded at any moment, gives bit for bit what it gives at once", incrementalIsBatch},
	{"P14", "taking back a thanks or erasing a person moves only what flowed through it", onlyWhatFlowed},
}

func TestLaws(t *testing.T) {
	each, events := 3000, 0
	if os.Getenv("ENTREGENT_LONG") != "" {
		each = 80_000
	}
	for i, law := range laws {
		t.Run(law.name, func(t *testing.T) {
			tried := 0
			for world := uint64(0); tried < each; world++ {
				s := newStory(uint64(i+1)<<32+world, 4+int(world%17))
				if err := law.try(t, s); err != nil {
					t.Fatalf("%s: %s. In world %d: %v", law.name, law.words, world, err)
				}
				tried += s.told
			}
			t.Logf("%s: %d events", law.words, tried)
			events += tried
		})
	}
	t.Logf("%d events in all", events)
}

// longest is Σ α^i for i < 8.
var longest = func() (sum float64) {
	for i := range Horizon {
		sum += math.Pow(.7, float64(i))
	}
	return sum
}()

var epoch = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// story tells random events among a few people, over some months.
type story struct {
	r      *rand.Rand
	people int
	now    time.Time
	told   int
}

func newStory(seed uint64, people int) *story {
	return &story{r: rand.New(rand.NewPCG(seed, 1)), people: people, now: epoch}
}

func name(i int) string { return fmt.Sprintf("p%d", i) }

// who is somebody; some come more often than others.
func (s *story) who() string { return name(int(float64(s.people) * s.r.Float64() * s.r.Float64())) }

// options draws a yardstick and circles that leave some people out.
func (s *story) options(walks int) Options {
	o := Options{Walks: walks, Seed: s.r.Uint64(), HalfLife: time.Duration(1+s.r.IntN(120)) * 24 * time.Hour}
	for i := range s.people {
		switch s.r.IntN(4) {
		case 0, 1:
			o.Known = append(o.Known, name(i))
		case 2:
			o.Seen = append(o.Seen, name(i))
		}
	}
	o.Known = append(o.Known, name(s.r.IntN(s.people)))
	if s.r.IntN(3) == 0 {
		o.Organisations = []string{name(s.r.IntN(s.people))}
	}
	o.Follow = []float64{0, .5, .9}[s.r.IntN(3)]
	return o
}

// next tells any event.
func (s *story) next() Event {
	e := s.thanks()
	switch u := s.r.IntN(100); {
	case u < 80:
	case u < 89:
		e.Kind, e.Reason = Harm, "rude"
	case u < 95:
		e.Kind, e.ID = Withdraw, fmt.Sprintf("e%d", s.r.IntN(s.told))
	case u < 96:
		e.Kind = Forget
	case u < 97:
		e.Kind = Gift
	default:
		s.now = s.now.Add(time.Duration(s.r.IntN(240)) * time.Hour)
		e.Kind, e.Time = Day, s.now
	}
	return e
}

// thanks tells a thanks, sometimes late, sometimes for oneself, sometimes paid.
func (s *story) thanks() Event {
	s.now = s.now.Add(time.Duration(s.r.ExpFloat64() * float64(6*time.Hour)))
	e := Event{Kind: Thanks, ID: fmt.Sprintf("e%d", s.told), From: s.who(), To: s.who(), Time: s.now}
	s.told++
	if s.r.IntN(10) == 0 {
		e.Time = e.Time.Add(-time.Duration(s.r.IntN(60*24)) * time.Hour)
	}
	if s.r.IntN(20) == 0 {
		e.ID = ""
	}
	e.Strength = []float64{0, .25, .5, 1}[s.r.IntN(4)]
	e.Paid = s.r.IntN(50) == 0
	return e
}

// log tells n events.
func (s *story) log(n int) []Event {
	log := make([]Event, n)
	for i := range log {
		log[i] = s.next()
	}
	return log
}

func build(t *testing.T, o Options, log []Event) *World {
	t.Helper()
	w, err := Build(o, slices.Values(log))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// live takes an event as a server would: the day is passed first.
func live(t *testing.T, w *World, e Event) {
	t.Helper()
	if err := w.Tick(e.Time); err != nil {
		t.Fatal(err)
	}
	if err := w.Append(e); err != nil {
		t.Fatal(err)
	}
}

// villain mixes into a log what an owner and k fakes may do: anything, except that nobody else thanks a fake.
func villain(s *story, log []Event, k int) (owner string, fakes []string, mixed []Event) {
	owner = s.who()
	for i := range k {
		fakes = append(fakes, fmt.Sprintf("fake%d", i))
	}
	fake := func() string { return fakes[s.r.IntN(k)] }
	for _, e := range log {
		mixed = append(mixed, e)
		for s.r.IntN(2) == 0 {
			f := Event{Kind: Thanks, Time: e.Time, ID: fmt.Sprintf("f%d", s.r.Uint64())}
			switch s.r.IntN(5) {
			case 0:
				f.From, f.To = fake(), owner
			case 1:
				f.From, f.To = owner, fake()
			case 2:
				f.From, f.To = fake(), fake()
			case 3:
				f.From, f.To = fake(), s.who()
			case 4:
				f.Kind, f.Reason, f.From, f.To = Harm, "slander", fake(), s.who()
			}
			mixed = append(mixed, f)
			s.told++
		}
	}
	return owner, fakes, mixed
}

func fakesRaiseNobody(t *testing.T, s *story) error {
	log := s.log(40)
	o := s.options(256)
	owner, _, mixed := villain(s, log, 1+s.r.IntN(9))
	calm, attacked := build(t, o, log).Score(owner), build(t, o, mixed).Score(owner)
	if calm != attacked {
		return fmt.Errorf("%s had %v, and with fakes %v", owner, calm, attacked)
	}
	return nil
}

// entering counts the known walks that meet one of some people.
func entering(w *World, people map[uint32]bool) (n uint32) {
	for i := range w.walks.n {
		t := w.walks.track(uint32(i))
		if slices.ContainsFunc(t.people[:t.size], func(p uint32) bool { return people[p] }) {
			n++
		}
	}
	return n
}

func numbers(w *World, names []string) map[uint32]bool {
	set := map[uint32]bool{}
	for _, name := range names {
		if p := w.names.find(name); p != none {
			set[p] = true
		}
	}
	return set
}

func noFakeBeyondReach(t *testing.T, s *story) error {
	_, fakes, mixed := villain(s, s.log(40), 1+s.r.IntN(9))
	w := build(t, s.options(256), mixed)
	set := numbers(w, fakes)
	phi := entering(w, set)
	for p := range set {
		if w.walks.met[0].of(p) > phi {
			return fmt.Errorf("a fake is met by %d walks, the fakes by %d", w.walks.met[0].of(p), phi)
		}
	}
	return nil
}

func fakesTogether(t *testing.T, s *story) error {
	_, fakes, mixed := villain(s, s.log(40), 1+s.r.IntN(9))
	o := s.options(16)
	o.Follow = .7
	w := build(t, o, mixed)
	c := newChain(w)
	set := numbers(w, fakes)
	phi, sum := c.share(set, nil), 0.0
	for p := range set {
		sum += c.share(map[uint32]bool{p: true}, nil)
	}
	if sum > phi*longest+1e-12 {
		return fmt.Errorf("%v enter, and the fakes have %v", phi, sum)
	}
	return nil
}

func oneMember(t *testing.T, s *story) error {
	log := s.log(40)
	o := s.options(256)
	o.Known = append(o.Known, "intruder")
	mixed := slices.Clone(log)
	for range 10 {
		s.told++
		mixed = append(mixed, Event{Kind: Thanks, From: "intruder", To: s.who(), Time: log[len(log)-1].Time})
	}
	without, with := build(t, o, log), build(t, o, mixed)
	intruder := without.names.find("intruder")
	starts := uint32(0)
	for i := range without.walks.n {
		if without.walks.track(uint32(i)).people[0] == intruder {
			starts++
		}
	}
	for who, s := range with.All() {
		if was := without.Score(who).Known; s.Known > was+without.share(starts) {
			return fmt.Errorf("%s went from %v to %v; the intruder starts %d walks", who, was, s.Known, starts)
		}
	}
	a, b := newChain(without), newChain(with)
	for p := range a.rows {
		one := map[uint32]bool{uint32(p): true}
		if d := b.share(one, nil) - a.share(one, nil); d > 1/float64(len(with.circles[0]))+1e-12 {
			return fmt.Errorf("%s gained %v of a circle of %d", with.names.get(uint32(p)), d, len(with.circles[0]))
		}
	}
	return nil
}

func openCircle(t *testing.T, s *story) error {
	_, fakes, mixed := villain(s, s.log(40), 9)
	o := s.options(256)
	o.Seen = append(o.Seen, fakes...)
	for who, s := range build(t, o, mixed).All() {
		if s.Points > 2*s.Known {
			return fmt.Errorf("%s has %v of %v", who, s.Points, s.Known)
		}
	}
	return nil
}

// lived makes a world in which some events happened.
func lived(t *testing.T, s *story, walks, events int) *World {
	w, err := New(s.options(walks))
	if err != nil {
		t.Fatal(err)
	}
	for range events {
		live(t, w, s.next())
	}
	return w
}

func thanksNeverLower(t *testing.T, s *story) error {
	w := lived(t, s, 256, 20)
	for range 40 {
		e := s.thanks()
		if err := w.Tick(e.Time); err != nil {
			return err
		}
		before := w.Score(e.To)
		if err := w.Thank(e); err != nil {
			return err
		}
		after := w.Score(e.To)
		if after.Known < before.Known || after.Seen < before.Seen || after.Harm > before.Harm || after.Points < before.Points {
			return fmt.Errorf("%s thanked %s, who had %+v and has %+v", e.From, e.To, before, after)
		}
	}
	return nil
}

func thankingIsFree(t *testing.T, s *story) error {
	w := lived(t, s, 256, 20)
	for range 40 {
		e := s.thanks()
		if err := w.Tick(e.Time); err != nil {
			return err
		}
		before := w.Score(e.From)
		if err := w.Thank(e); err != nil {
			return err
		}
		if after := w.Score(e.From); after != before {
			return fmt.Errorf("%s thanked %s, and went from %+v to %+v", e.From, e.To, before, after)
		}
	}
	return nil
}

func allFades(t *testing.T, s *story) error {
	w := lived(t, s, 256, 40)
	for range 40 {
		var before tallies
		for c := range 2 {
			before.met[c].sum(w.walks.met[c])
		}
		before.harmed.sum(w.walks.harmed)
		s.now = s.now.Add(w.opt.HalfLife)
		if err := w.Tick(s.now); err != nil {
			return err
		}
		for p := range w.people {
			p, now := uint32(p), &w.walks.tallies
			if now.met[0].of(p) > before.met[0].of(p) || now.met[1].of(p) > before.met[1].of(p) || now.harmed.of(p) > before.harmed.of(p) {
				return fmt.Errorf("%s rose though nobody gave", w.names.get(p))
			}
		}
	}
	for who, score := range w.All() {
		if score.Known+score.Seen+score.Harm > 0 {
			return fmt.Errorf("after 40 half-lives %s has %v", who, score)
		}
	}
	return nil
}

func notMinted(t *testing.T, s *story) error {
	o := s.options(256)
	o.Follow = .7
	w := build(t, o, s.log(60))
	c, sum := newChain(w), 0.0
	for p := range w.people {
		sum += c.share(map[uint32]bool{uint32(p): true}, nil)
	}
	if sum > longest-1+1e-12 {
		return fmt.Errorf("all standing together is %v", sum)
	}
	met, room := uint32(0), 0
	for _, n := range w.walks.met[0] {
		met += n
	}
	for i := range w.walks.n {
		room += int(w.walks.off[i+1]-w.walks.off[i]) - 1
	}
	if int(met) > room {
		return fmt.Errorf("%d meetings in walks of %d steps", met, room)
	}
	return nil
}

func slander(t *testing.T, s *story) error {
	_, fakes, mixed := villain(s, s.log(40), 1+s.r.IntN(9))
	o := s.options(256)
	o.Follow = .7
	w := build(t, o, mixed)
	set := numbers(w, fakes)
	phi, drawn := entering(w, set), uint32(0)
	perVictim := map[uint32]uint32{}
	for i := range w.walks.n {
		track := w.walks.track(uint32(i))
		w.harms(&track, w.seed(uint64(i)), func(reporter uint32, _ int, about uint32) {
			if set[reporter] {
				drawn++
				perVictim[about]++
			}
		})
	}
	met := uint32(0)
	for p := range set {
		met += w.walks.met[0].of(p)
	}
	if drawn > met {
		return fmt.Errorf("%d reports by fakes who are met %d times", drawn, met)
	}
	for p, n := range perVictim {
		if n > phi {
			return fmt.Errorf("%s is slandered by %d walks, of %d that enter", w.names.get(p), n, phi)
		}
	}
	before := slices.Clone(w.walks.met[0])
	s.told++
	e := Event{Kind: Harm, From: s.who(), To: s.who(), Reason: "anything", Time: w.Clock()}
	if err := w.Harm(e); err != nil {
		return err
	}
	for p, n := range before {
		if w.walks.met[0].of(uint32(p)) != n {
			return fmt.Errorf("a report about %s changed what %s was thanked for", e.To, w.names.get(uint32(p)))
		}
	}
	return nil
}

func exactPartition(t *testing.T, s *story) error {
	w := lived(t, s, 256, 60)
	for who, score := range w.All() {
		why, err := w.Explain(who)
		if err != nil {
			return err
		}
		known, seen, harm := 0.0, 0.0, 0.0
		n := float64(w.opt.Walks)
		for _, f := range why.Thanks {
			known += float64(f.Known) / n
			seen += float64(f.Seen) / n
			if f.From == "" {
				return fmt.Errorf("a thanks for %s by nobody", who)
			}
		}
		for _, f := range why.Reports {
			harm += float64(f.Known) / n
		}
		if known != score.Known || seen != min(score.Seen, score.Known) || harm != score.Harm {
			return fmt.Errorf("%s has %+v, and its parts are %v, %v and %v", who, score, known, seen, harm)
		}
		if max(0, known+seen-w.opt.lambda()*harm) != score.Points {
			return fmt.Errorf("%s has %v points, and its parts make another number", who, score.Points)
		}
	}
	return nil
}

func renaming(t *testing.T, s *story) error {
	o := s.options(256)
	log := s.log(60)
	other := func(name string) string {
		if name == "" {
			return ""
		}
		return "the late " + name
	}
	r, relog := o, slices.Clone(log)
	for _, list := range []*[]string{&r.Known, &r.Seen, &r.Organisations} {
		*list = slices.Clone(*list)
		for i, name := range *list {
			(*list)[i] = other(name)
		}
	}
	for i := range relog {
		relog[i].From, relog[i].To = other(relog[i].From), other(relog[i].To)
	}
	a, b := build(t, o, log), build(t, r, relog)
	x, y := newChain(a), newChain(b)
	for p := range a.people {
		one := map[uint32]bool{uint32(p): true}
		if x.share(one, nil) != y.share(one, nil) {
			return fmt.Errorf("%s has %v, and as %s %v", a.names.get(uint32(p)), x.share(one, nil), b.names.get(uint32(p)), y.share(one, nil))
		}
	}
	return nil
}

func saved(t testing.TB, w *World) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func incrementalIsBatch(t *testing.T, s *story) error {
	o := s.options(64)
	w, err := New(o)
	if err != nil {
		return err
	}
	log := s.log(20 + s.r.IntN(60))
	for i, e := range log {
		live(t, w, e)
		if s.r.IntN(10) == 0 {
			if w, err = Load(bytes.NewReader(saved(t, w))); err != nil {
				return err
			}
		}
		if s.r.IntN(20) == 0 {
			if err := same(w, build(t, o, log[:i+1])); err != nil {
				return fmt.Errorf("after %d events: %w", i+1, err)
			}
		}
	}
	b := build(t, o, log)
	if err := same(w, b); err != nil {
		return err
	}
	if !bytes.Equal(saved(t, w), saved(t, b)) {
		return fmt.Errorf("the saved states differ")
	}
	return nil
}

// same says where two worlds differ: in a walk or a tally.
func same(a, b *World) error {
	if a.clock != b.clock || len(a.people) != len(b.people) || !slices.Equal(a.walks.size, b.walks.size) {
		return fmt.Errorf("clocks %d and %d, %d and %d people, or the sizes of walks", a.clock, b.clock, len(a.people), len(b.people))
	}
	for i := range a.walks.size {
		if x, y := a.walks.track(uint32(i)), b.walks.track(uint32(i)); x.people != y.people {
			return fmt.Errorf("walk %d went %v and %v", i, x.people[:x.size], y.people[:y.size])
		}
	}
	for p := range a.people {
		p := uint32(p)
		x, y := a.walks.tallies, b.walks.tallies
		if x.met[0].of(p) != y.met[0].of(p) || x.met[1].of(p) != y.met[1].of(p) || x.harmed.of(p) != y.harmed.of(p) {
			return fmt.Errorf("%s has %+v and %+v", a.names.get(p), a.score(p), b.score(p))
		}
	}
	return nil
}

func onlyWhatFlowed(t *testing.T, s *story) error {
	w := lived(t, s, 256, 60)
	for range 10 {
		s.told++
		tracks := make([]track, len(w.walks.size))
		for i := range tracks {
			tracks[i] = w.walks.track(uint32(i))
		}
		var through func(i int) bool
		if s.r.IntN(3) == 0 {
			p := w.names.find(s.who())
			if p == none {
				continue
			}
			through = func(i int) bool { return slices.Contains(tracks[i].people[:tracks[i].size], p) }
			if err := w.Forget(w.names.get(p)); err != nil {
				return err
			}
		} else {
			n := w.ids.find(fmt.Sprintf("e%d", s.r.IntN(s.told)))
			if n == none || w.owners[n] == none || w.people[w.owners[n]].thanks.find(n) == nil {
				continue
			}
			followed := map[int]bool{}
			for i, t := range tracks {
				for k := 1; k < t.size; k++ {
					o := w.by(&t, uint32(i), k)
					followed[i] = followed[i] || w.people[o.from].thanks.marks[o.mark].id == n
				}
			}
			through = func(i int) bool { return followed[i] }
			if err := w.Withdraw(w.ids.get(n)); err != nil {
				return err
			}
		}
		for i, before := range tracks {
			after := w.walks.track(uint32(i))
			if moved := after.people != before.people || after.size != before.size; moved != through(i) {
				return fmt.Errorf("walk %d: %v became %v", i, before.people[:before.size], after.people[:after.size])
			}
		}
	}
	return nil
}
