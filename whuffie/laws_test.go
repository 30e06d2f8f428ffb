package whuffie

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var epoch = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// story makes a random log: n events among a few people, over about a year.
type story struct {
	r      *rand.Rand
	people int
	now    time.Time
	ids    []string
}

func newStory(seed uint64, people int) *story {
	return &story{r: rand.New(rand.NewPCG(seed, 1)), people: people, now: epoch}
}

func (s *story) who() string {
	return fmt.Sprintf("p%d", int(float64(s.people)*s.r.Float64()*s.r.Float64()))
}

func (s *story) next() Event {
	s.now = s.now.Add(time.Duration(s.r.ExpFloat64() * float64(6*time.Hour)))
	e := Event{ID: fmt.Sprintf("e%d", len(s.ids)), From: s.who(), To: s.who(), Time: s.now}
	if s.r.IntN(10) == 0 {
		e.Time = e.Time.Add(-time.Duration(s.r.IntN(60*24)) * time.Hour)
	}
	s.ids = append(s.ids, e.ID)
	switch u := s.r.IntN(100); {
	case u < 80:
		e.Kind, e.Strength = Thanks, []float64{0, .25, .5, 1}[s.r.IntN(4)]
		e.Paid = s.r.IntN(50) == 0
	case u < 90:
		e.Kind, e.Reason = Harm, "rude"
	case u < 96:
		e.Kind, e.ID = Withdraw, s.ids[s.r.IntN(len(s.ids))]
	case u < 97:
		e.Kind = Forget
	default:
		e.Kind, e.Time = Day, s.now.Add(time.Duration(s.r.IntN(240))*time.Hour)
		s.now = e.Time
	}
	return e
}

// live appends an event to a world as a server would: the day is passed first.
func live(w *World, e Event) error {
	if err := w.Tick(e.Time); err != nil {
		return err
	}
	return w.Append(e)
}

func circleOf(n, people int) (names []string) {
	for i := range min(n, people) {
		names = append(names, fmt.Sprintf("p%d", i))
	}
	return names
}

// same says where two worlds differ: their rows, walks or tallies.
func same(a, b *World) error {
	if a.clock != b.clock || len(a.people) != len(b.people) {
		return fmt.Errorf("clock %d %d, people %d %d", a.clock, b.clock, len(a.people), len(b.people))
	}
	if !slices.Equal(a.walks.size, b.walks.size) {
		return fmt.Errorf("sizes differ")
	}
	for i := range a.walks.size {
		x, y := a.walks.track(uint32(i)), b.walks.track(uint32(i))
		if x.people != y.people {
			return fmt.Errorf("walk %d: %v and %v", i, x.people[:x.size], y.people[:y.size])
		}
	}
	for p := range a.people {
		for c := range 2 {
			if a.walks.met[c][p] != b.walks.met[c][p] {
				return fmt.Errorf("met %d: %d %d", p, a.walks.met[c][p], b.walks.met[c][p])
			}
		}
		if a.walks.harmed[p] != b.walks.harmed[p] {
			return fmt.Errorf("harmed %d: %d %d", p, a.walks.harmed[p], b.walks.harmed[p])
		}
		x, y := a.people[p].thanks, b.people[p].thanks
		if len(x.marks) != len(y.marks) || scale(x.mass, a.stick.base-b.stick.base) != y.mass {
			return fmt.Errorf("row %d: %d %v, %d %v", p, len(x.marks), x.mass, len(y.marks), y.mass)
		}
	}
	return nil
}

func TestIncrementalIsBatch(t *testing.T) {
	for seed := range uint64(200) {
		s := newStory(seed, 12)
		o := Options{Known: circleOf(6, 12), Seen: circleOf(9, 12)[4:], Walks: 256, Organisations: []string{"p3"}, Seed: seed}
		w, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		var log []Event
		for range 200 {
			e := s.next()
			if err := live(w, e); err != nil {
				continue
			}
			log = append(log, e)
		}
		b, err := Build(o, slices.Values(log))
		if err != nil {
			t.Fatal(err)
		}
		if err := same(w, b); err != nil {
			t.Fatal(seed, err)
		}
	}
}

func TestOracle(t *testing.T) {
	worst, n := 0.0, 0
	for seed := range uint64(20) {
		seen := map[string]bool{}
		s := newStory(seed, 30)
		o := Options{Known: circleOf(20, 30), Seen: circleOf(9, 12)[4:], Walks: 1 << 18, Organisations: []string{"p3"}, Seed: seed}
		var log []Event
		for range 300 {
			if e := s.next(); e.Kind != Forget || seen[e.From] {
				seen[e.From] = e.Kind != Forget
				if e.Kind != Withdraw && e.Kind != Day {
					seen[e.To] = true
				}
				log = append(log, e)
			}
		}
		w, err := Build(o, slices.Values(log))
		if err != nil {
			t.Fatal(err)
		}
		or := w.Oracle()
		for name, sc := range w.All() {
			x, err := or.Score(name)
			if err != nil {
				t.Fatal(err)
			}
			for ci, pair := range [][2]float64{{sc.Known, x.Known}, {sc.Seen, x.Seen}, {sc.Harm, x.Harm}} {
				se := math.Sqrt(pair[1] * (1 - pair[1]) / float64(o.Walks))
				if se == 0 {
					if pair[0] != pair[1] {
						t.Error(seed, name, ci, pair)
					}
					continue
				}
				n++
				if z := math.Abs(pair[0]-pair[1]) / se; z > worst {
					worst = z
					t.Log(seed, name, ci, pair, z)
				}
			}
		}
	}
	t.Log(worst, n)
}
