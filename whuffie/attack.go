package whuffie

import "fmt"

// Audit is what an attack would change, were it made now. It is told by the world's own walks from the known circle, so an
// owner whom no fake can raise keeps exactly her count. Walks that start with the owner herself are left out of Coalition
// and Reach: they are the circle's trust in her (at most 1/|σ|, see Start), whatever she does with it.
type Audit struct {
	Plan
	Before    float64 // the owner's Known, had the honest events of the plan gone to her directly
	After     float64 // her Known under attack
	Coalition float64 // what the owner and all fakes have together: the sum of their Known
	Reach     float64 // Φ: walks that meet any of them
	Start     float64 // walks that start with the owner
	Slandered float64 // walks that drew a fake's report
}

// Own is by how much the attack multiplies the owner's standing; 1 if she has none and keeps none.
func (a Audit) Own() float64 { return ratio(a.After, a.Before, 1) }

// Gain is how much the coalition has for each walk that reaches it: at most 1 + α + … + α⁷ = 3.1412 at the published α.
func (a Audit) Gain() float64 { return ratio(a.Coalition, a.Reach, 0) }

func ratio(a, b, neither float64) float64 {
	if a == 0 && b == 0 {
		return neither
	}
	return a / b
}

// Attack tells what would happen if somebody of middling standing invented k people and used them so.
func (w *World) Attack(shape Shape, k int) (Audit, error) {
	p, err := w.Plan(shape, k, "")
	if err != nil {
		return Audit{}, err
	}
	return w.Audit(p)
}

// Audit tells what a plan would change. The world stays as it is.
func (w *World) Audit(p Plan) (Audit, error) {
	t, err := w.stage(p)
	if err != nil {
		return Audit{}, fmt.Errorf("auditing %s: %w", p.Shape, err)
	}
	a := Audit{Plan: p, Before: w.share(w.walks.met[0].of(t.owner))}
	if len(p.Honest) > 0 {
		direct := Plan{Owner: p.Owner}
		for _, e := range p.Honest {
			e.To = p.Owner
			direct.Events = append(direct.Events, e)
		}
		u, err := w.stage(direct)
		if err != nil {
			return Audit{}, fmt.Errorf("auditing %s: %w", p.Shape, err)
		}
		a.Before = u.play().After
	}
	b := t.play()
	a.After, a.Coalition, a.Reach, a.Start, a.Slandered = b.After, b.Coalition, b.Reach, b.Start, b.Slandered
	return a, nil
}

// stage is a world on which a plan is played: its own rows lie over the world's.
type stage struct {
	w     *World
	owner uint32
	fakes int
	rows  map[uint32]*row   // of the people of the world who say something in the plan
	own   []row             // of the fakes, who are numbered on from the people
	harm  map[uint32]uint32 // whom a fake reports
	mass  float64           // of one thanks at the clock
	dense bool              // every fake thanks every other one
}

// stage puts a plan on stage.
func (w *World) stage(p Plan) (*stage, error) {
	s := &stage{
		w: w, owner: w.names.find(p.Owner), fakes: len(p.Fakes), dense: p.Clique,
		rows: map[uint32]*row{}, own: make([]row, len(p.Fakes)), harm: map[uint32]uint32{},
		mass: w.stick.mass(1, w.clock),
	}
	if s.owner == none {
		return nil, fmt.Errorf("%q: %w", p.Owner, ErrUnknown)
	}
	fakes := map[string]uint32{}
	for i, name := range p.Fakes {
		fakes[name] = uint32(len(w.people) + i)
	}
	find := func(name string) uint32 {
		if f, ok := fakes[name]; ok {
			return f
		}
		return w.names.find(name)
	}
	for _, e := range p.Events {
		from, to := find(e.From), find(e.To)
		if from == none || to == none {
			return nil, fmt.Errorf("%q or %q: %w", e.From, e.To, ErrUnknown)
		}
		if e.Kind == Harm {
			s.harm[from] = to
			continue
		}
		r := s.row(from)
		m := mark{to: to, time: w.clock, weight: e.strength(), id: none}
		m.weight = faded(m.weight, r.earlier(to, m.time, w.stick))
		r.add(m, w.stick, w.reserves.thanks)
	}
	return s, nil
}

// row is the row of a person on stage, which may be written.
func (s *stage) row(p uint32) *row {
	if i := int(p) - len(s.w.people); i >= 0 {
		return &s.own[i]
	}
	if s.rows[p] == nil {
		r := s.w.people[p].thanks
		r.marks = append(make([]mark, 0, len(r.marks)+1), r.marks...)
		s.rows[p] = &r
	}
	return s.rows[p]
}

// play makes the walks of the known circle on stage.
func (s *stage) play() (a Audit) {
	type counts struct{ after, coalition, reach, start, slandered int }
	w := s.w
	for _, c := range parallel(w.walks.n, 1<<13, func() *counts { return &counts{} }, func(c *counts, lo, hi int) {
		for i := lo; i < hi; i++ {
			t := w.walks.track(uint32(i))
			if t.size == 0 {
				continue
			}
			t.size = 1
			seed := w.seed(uint64(i))
			t.walk(s, seed, int(w.walks.off[i+1]-w.walks.off[i]))
			if s.slanders(&t, seed) {
				c.slandered++
			}
			if t.people[0] == s.owner {
				c.start++
				continue
			}
			inside := 0
			for k := 1; k < t.size; k++ {
				if p := t.people[k]; t.first(k) && (p == s.owner || int(p) >= len(w.people)) {
					inside++
					if p == s.owner {
						c.after++
					}
				}
			}
			c.coalition += inside
			c.reach += min(inside, 1)
		}
	}) {
		a.After += w.share(uint32(c.after))
		a.Coalition += w.share(uint32(c.coalition))
		a.Reach += w.share(uint32(c.reach))
		a.Start += w.share(uint32(c.start))
		a.Slandered += w.share(uint32(c.slandered))
	}
	return a
}

// slanders says whether a walk draws the report of a fake.
func (s *stage) slanders(t *track, seed uint64) bool {
	for k, p := range t.people[:t.size] {
		about, reports := s.harm[p]
		if !reports || !t.first(k) || t.met(about, k+1) {
			continue
		}
		c := s.w.reserves.harm + s.mass
		if last(mix(seed^s.key(p)^saltHarm), c, s.w.base()) > s.w.reserves.harm {
			return true
		}
	}
	return false
}

// A stage is ground.

func (s *stage) base() int { return s.w.base() }

func (s *stage) key(p uint32) uint64 {
	if i := int(p) - len(s.w.people); i >= 0 {
		return mix(s.w.seedKey + uint64(i)*saltHarm)
	}
	return s.w.key(p)
}

func (s *stage) length(p uint32) float64 {
	if i := int(p) - len(s.w.people); i >= 0 {
		c := s.w.reserves.thanks + s.own[i].mass
		if s.dense {
			c += float64(float64(s.fakes-1) * s.mass)
		}
		return c
	}
	c := s.w.length(p)
	if r := s.rows[p]; r != nil && c > 0 {
		c = s.w.reserves.thanks + r.mass
	}
	return c
}

func (s *stage) follow(p uint32, point float64) uint32 {
	i := int(p) - len(s.w.people)
	if i < 0 {
		if r := s.rows[p]; r != nil {
			return r.leads(r.search(point), point, s.w.stick)
		}
		return s.w.follow(p, point)
	}
	r := &s.own[i]
	beyond := point - s.w.reserves.thanks - r.mass
	if !s.dense || beyond <= 0 {
		return r.leads(r.search(point), point, s.w.stick)
	}
	other := min(int(beyond/s.mass), s.fakes-2)
	if other >= i {
		other++
	}
	return uint32(len(s.w.people) + other)
}
