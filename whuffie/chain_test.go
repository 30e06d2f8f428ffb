package whuffie

import (
	"math"
	"slices"
	"testing"
	"time"
)

// chain is a world as a table of chances, in float64: what the walks do, without walking.
type chain struct {
	rows   [][]float64 // P[a walk at r goes on to g]
	circle []float64
}

func newChain(w *World) *chain {
	n := len(w.people)
	c := &chain{rows: make([][]float64, n), circle: make([]float64, n)}
	for p := range w.people {
		c.rows[p] = make([]float64, n)
		if length := w.length(uint32(p)); length > 0 {
			for _, m := range w.people[p].thanks.marks {
				if m.live() {
					c.rows[p][m.to] += w.opt.Follow * w.stick.mass(float64(m.weight), m.time) / length
				}
			}
		}
	}
	for _, p := range w.circles[0] {
		if p != none {
			c.circle[p] = 1 / float64(len(w.circles[0]))
		}
	}
	return c
}

// share of the walks that meet one of some people, other than by starting there, before one of others.
func (c *chain) share(hits, stops map[uint32]bool) (sum float64) {
	f := make([]float64, len(c.rows))
	for range Horizon - 1 {
		g := make([]float64, len(f))
		for p, row := range c.rows {
			for q, chance := range row {
				v := f[q]
				if hits[uint32(q)] {
					v = 1
				} else if stops[uint32(q)] {
					v = 0
				}
				g[p] += chance * v
			}
		}
		f = g
	}
	for p, share := range c.circle {
		if !hits[uint32(p)] && !stops[uint32(p)] {
			sum += share * f[p]
		}
	}
	return sum
}

// book is whuffie/1 read from a log by its definition alone: no row, no hash, no code of the package. It follows every
// path there is, so it suits few people.
type book struct {
	o             Options
	now           float64
	known, harmed map[string]float64
	thanks        map[string]map[string]float64 // mass now, in fresh thanks, from whom for whom
	reports       map[string]map[string]float64
}

// said is a thanks or a report of a log.
type said struct {
	Event
	mass float64 // s, faded
	gone bool
}

// newBook reads a log that erases nobody.
func newBook(o Options, log []Event) *book {
	o, _ = o.filled()
	b := &book{o: o, known: map[string]float64{}, harmed: map[string]float64{}}
	var all []*said
	never := map[string]bool{}
	for _, e := range log {
		b.now = max(b.now, float64(e.Time.Truncate(24*time.Hour).Add(24*time.Hour-time.Second).Unix()))
		switch {
		case e.Kind == Withdraw:
			never[e.ID] = true
			for _, s := range all {
				s.gone = s.gone || s.ID == e.ID
			}
		case e.Kind != Thanks && e.Kind != Harm, e.Paid, e.From == e.To, e.ID != "" && never[e.ID]:
		default:
			all = append(all, heard(all, e, o.HalfLife))
			never[e.ID] = true
		}
	}
	b.thanks, b.reports = b.masses(all, Thanks), b.masses(all, Harm)
	return b
}

// heard fades a thanks by the pair's earlier ones, and lets a report take the place of the pair's earlier one.
func heard(all []*said, e Event, half time.Duration) *said {
	s := &said{Event: e, mass: e.Strength}
	if s.mass == 0 {
		s.mass = 1
	}
	for _, old := range all {
		if old.Kind != e.Kind || old.From != e.From || old.To != e.To {
			continue
		}
		if apart := e.Time.Unix() - old.Time.Unix(); e.Kind == Thanks && math.Abs(float64(apart)) < half.Seconds() {
			s.mass /= 2
		}
		old.gone = old.gone || e.Kind == Harm
	}
	return s
}

func (b *book) masses(all []*said, kind Kind) map[string]map[string]float64 {
	m := map[string]map[string]float64{}
	for _, s := range all {
		if s.Kind != kind {
			continue
		}
		if m[s.From] == nil {
			m[s.From] = map[string]float64{}
		}
		to := s.To
		if s.gone {
			to = "" // its mass stays, and leads nowhere
		}
		m[s.From][to] += s.mass * math.Exp2((float64(s.Time.Unix())-b.now)/b.o.HalfLife.Seconds())
	}
	return m
}

// chances are m/(reserve + M).
func chances(row map[string]float64, reserve float64) map[string]float64 {
	total := reserve
	for _, m := range row {
		total += m
	}
	c := map[string]float64{}
	for to, m := range row {
		if to != "" {
			c[to] = m / total
		}
	}
	return c
}

// tell follows every path from every member of the circle.
func (b *book) tell() {
	var circle []string
	for _, name := range b.o.Known {
		if !slices.Contains(circle, name) {
			circle = append(circle, name)
		}
	}
	for _, name := range circle {
		b.follow([]string{name}, 1/float64(len(circle)))
	}
}

// follow adds what a path that has this chance meets and draws at its last person, and all paths beyond.
func (b *book) follow(path []string, chance float64) {
	k := len(path) - 1
	r := path[k]
	organisation := slices.Contains(b.o.Organisations, r)
	if !slices.Contains(path[:k], r) {
		if k > 0 {
			b.known[r] += chance
		}
		if !organisation {
			b.draw(path, chance)
		}
	}
	if organisation || len(path) == Horizon {
		return
	}
	for to, p := range chances(b.thanks[r], b.o.Reserve) {
		b.follow(append(path[:k+1:k+1], to), chance*b.o.Follow*p)
	}
}

// draw adds the chance that the last of a path draws a report about somebody not met yet, about whom none was drawn yet.
func (b *book) draw(path []string, chance float64) {
	k := len(path) - 1
	for about, p := range chances(b.reports[path[k]], b.o.HarmReserve) {
		if slices.Contains(path, about) {
			continue
		}
		for i, q := range path[:k] {
			if !slices.Contains(path[:i], q) && !slices.Contains(b.o.Organisations, q) {
				p *= 1 - chances(b.reports[q], b.o.HarmReserve)[about]
			}
		}
		b.harmed[about] += chance * p
	}
}

// A world's exact standing is what the definition says, followed path by path.
func TestDefinition(t *testing.T) {
	for seed := range uint64(30) {
		s := newStory(seed, 5)
		o := s.options(16)
		var log []Event
		for range 40 {
			if e := s.next(); e.Kind != Forget {
				log = append(log, e)
			}
		}
		b := newBook(o, log)
		b.tell()
		w := build(t, o, log)
		oracle := w.Oracle()
		for who := range w.All() {
			score, err := oracle.Score(who)
			if err != nil {
				t.Fatal(err)
			}
			if near(score.Known, b.known[who]) && near(score.Harm, b.harmed[who]) {
				continue
			}
			t.Fatalf("world %d: %s has %v and %v, by definition %v and %v", seed, who, score.Known, score.Harm, b.known[who], b.harmed[who])
		}
	}
}

// near is equal within the oracle's precision.
func near(a, b float64) bool { return math.Abs(a-b) <= 2e-6*max(a, b)+1e-12 }

// The walks estimate what the oracle tells, within four standard errors, and their standard error is true.
func TestOracle(t *testing.T) {
	worst, squares, n := 0.0, 0.0, 0.0
	for seed := range uint64(12) {
		s := newStory(100+seed, 25)
		o := s.options(1 << 16)
		w := build(t, o, s.log(250))
		oracle := w.Oracle()
		for who, score := range w.All() {
			exact, err := oracle.Score(who)
			if err != nil {
				t.Fatal(err)
			}
			if exact.Err != 0 {
				t.Errorf("world %d: harm of %s has more reporters than an oracle tries", seed, who)
			}
			for _, pair := range [][2]float64{{score.Known, exact.Known}, {score.Seen, exact.Seen}, {score.Harm, exact.Harm}} {
				if pair[1]*float64(o.Walks) < MinWalks {
					continue
				}
				z := (pair[0] - pair[1]) / math.Sqrt(pair[1]*(1-pair[1])/float64(o.Walks))
				worst, squares, n = max(worst, math.Abs(z)), squares+z*z, n+1
			}
		}
	}
	t.Logf("%.0f comparisons: the farthest is %.2f standard errors off, the mean square %.3f", n, worst, squares/n)
	if worst > 4 || squares/n > 1.3 || n < 500 {
		t.Error("that is not what the definition says")
	}
}

// A view's own walks estimate what the oracle tells from the viewer.
func TestView(t *testing.T) {
	worst, n := 0.0, 0
	for seed := range uint64(10) {
		s := newStory(200+seed, 25)
		w := build(t, s.options(1<<10), s.log(250))
		oracle := w.Oracle()
		viewer := name(int(seed))
		v, err := w.From(viewer, 1<<16)
		if err != nil {
			continue
		}
		for who := range w.All() {
			exact, err := oracle.From(viewer, who)
			if err != nil {
				t.Fatal(err)
			}
			own := v.Own(who)
			if own.Met < MinWalks {
				continue
			}
			n++
			if own.Harm == 0 {
				worst = max(worst, math.Abs(own.Known-exact)/own.Err)
			}
		}
	}
	t.Logf("%d comparisons: the farthest is %.2f standard errors off", n, worst)
	if worst > 4 || n < 100 {
		t.Error("that is not what the viewer's walks do")
	}
}
